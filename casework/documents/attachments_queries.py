"""Reads over photos and scans that pages share."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from PIL import Image

from casework.access.scopes import may, may_on
from casework.access.subjects import subject_types
from casework.accounts.models import Office
from casework.kernel.refusals import Conflict, Forbidden
from casework.kernel.subjects import AboutSubject, subject_type
from casework.programmes.contributions import Words

from . import rules, store
from .models import Attachment
from .pages import NoSuchPage, page_count, small_picture
from .pages_apart import sent_page_picture
from .states import PaperKind

log = logging.getLogger(__name__)

ADD = "documents.attachment.add"
ADD_IDENTITY = "documents.identity.add"
"""To put identity papers there as well: who may not know what they say photographs none (decision 45)."""


def attachment_bytes(attachment: Attachment) -> bytes:
    """The stored bytes. Raises Conflict when they may not be opened or are not what was written."""
    rules.can_show(attachment).insist()
    try:
        return store.read(attachment.file, attachment.sha256)
    except store.DamagedFile as damage:
        log.error("the bytes of attachment %s are missing or changed", attachment.pk)
        raise Conflict("E-DOC-6", "", rules.DAMAGED_FILE) from damage


def pages_of(attachment: Attachment) -> int:
    """How many pages there are to show: of a PDF its pages, of a photo one. Raises Conflict as attachment_bytes."""
    content = attachment_bytes(attachment)
    return page_count(content) if attachment.is_pdf else 1


def picture_of(attachment: Attachment, page: int) -> bytes:
    """One page as a small WebP picture. Raises NoSuchPage, TooHard, and Conflict as attachment_bytes."""
    content = attachment_bytes(attachment)
    if attachment.is_pdf:
        return sent_page_picture(content, page)
    if page != 1:
        raise NoSuchPage(page)
    image = Image.open(BytesIO(content))
    return small_picture(image)


def subject_of(row: AboutSubject, user: Any) -> models.Model | None:
    """The record it is about, where the person may see it."""
    return subject_types()[row.subject_type].visible(user).filter(pk=row.subject_id).first()


def subjects_of(rows: Iterable[AboutSubject], user: Any) -> dict[tuple[str, int], models.Model]:
    """The records they are about that the person may see, by type and number; one query for each type."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        wanted.setdefault(row.subject_type, set()).add(row.subject_id)
    found = {key: subject_types()[key].visible(user).filter(pk__in=ids) for key, ids in wanted.items()}
    return {(key, subject.pk): subject for key, subjects in found.items() for subject in subjects}


def may_about(user: Any, action: str, subject: Any) -> bool:
    """Whether the person may do the action on papers about a record: where the record belongs, as grants never merge.

    A blank form is about an office, which is its own place. Nothing is done about a record that they do not see (None).
    """
    if isinstance(subject, Office):
        return may(user, action, office_id=subject.pk) is not None
    return subject is not None and may_on(user, action, subject)


def records_of(key: str, user: Any, *, takes_papers: bool = False) -> models.QuerySet | None:
    """The records of a type that the person may see, where papers can be about them.

    With `takes_papers` also those that are unfinished: photos and scans are put on them, nothing else.
    """
    kind = subject_types().get(key)
    if kind is None or (kind.is_unfinished and not takes_papers):
        return None
    found = kind.visible(user)
    return found if found is not None and hasattr(found.model, "access_place") else None


def papers_url(subject: models.Model) -> str:
    """The page on which the papers of a record are listed."""
    key = subject_type(subject)
    kind = subject_types()[key]
    if kind.is_unfinished:
        return reverse("documents:draft-papers", args=[key, subject.pk])
    return (kind.papers_url or kind.url)(subject)


def can_add(user: Any, subject: Any) -> bool:
    """Whether the person may put photos and scans on the record, and take them off."""
    if not subject_types()[subject_type(subject)].can_change(subject, user):
        return False
    return may_on(user, ADD, subject)


def kinds_for(user: Any, subject: Any) -> list[tuple[str, Words]]:
    """The kinds of photos and scans that the person may put on the record, with their words."""
    takes_identity = may_on(user, ADD_IDENTITY, subject)
    return [(kind, label) for kind, label in PaperKind.choices if kind != PaperKind.IDENTITY or takes_identity]


def refuse_kind(user: Any, subject: Any, kind: str) -> None:
    """Raise Forbidden E-DOC-21 for an identity paper where the person may put none on the record."""
    if kind == PaperKind.IDENTITY and not may_on(user, ADD_IDENTITY, subject):
        raise Forbidden("E-DOC-21", "paper_kind", _("Identity papers are photographed by a caseworker."))
