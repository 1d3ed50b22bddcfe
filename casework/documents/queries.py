"""Reads over documents that services, the relay and pages share."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from casework.accounts.models import Office
from casework.kernel.refusals import Conflict

from . import rules, store
from .codes import bare
from .kinds import UnknownKind, kind_named
from .models import Document
from .states import DocumentState, PaperTrail

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What the public page says of a code: never a person."""

    title: str
    made_on: date
    office: Office | None
    is_valid: bool


def verified(code: str) -> Verified | None:
    """What is known of a verification code as typed, or None."""
    document = Document.rows.filter(verification_code=bare(code), made_at__isnull=False).first()
    if document is None or document.made_at is None:
        return None
    return Verified(
        title=document.title,
        made_on=timezone.localdate(document.made_at),
        office=Office.objects.filter(pk=document.office_id_of).first(),
        is_valid=document.state == DocumentState.READY,
    )


def content(document: Document) -> bytes:
    """The stored bytes of a ready document. Raises Conflict when it has none or when they are not what was written."""
    rules.can_open(document).insist()
    try:
        return store.read(document.file, document.sha256)
    except store.DamagedFile as damage:
        log.error("the bytes of document %s are missing or changed", document.pk)
        raise Conflict("E-DOC-6", "", rules.DAMAGED) from damage


def unclaimed(now: datetime) -> QuerySet[Document, int]:
    """Ids of documents that nobody has claimed within the desk's patience, oldest first; for the relay."""
    waiting = Document.rows.filter(state=DocumentState.REQUESTED, requested_at__lte=now - rules.DESK_PATIENCE)
    return waiting.order_by("requested_at").values_list("pk", flat=True)


def dropped(now: datetime) -> QuerySet[Document]:
    """Documents whose maker died: being made for longer than any worker is let run."""
    return Document.rows.filter(state=DocumentState.RENDERING, claimed_at__lte=now - rules.LONGEST_RENDERING)


def waiting_for_signature(documents: QuerySet[Document]) -> list[Document]:
    """Those printed papers that must come back signed."""
    printed = documents.filter(trail=PaperTrail.PRINTED, state=DocumentState.READY)
    return [document for document in printed if _is_signed(document.kind)]


def papers_of(subject: Any, user: Any) -> QuerySet[Document]:
    """The papers made about a record that the person may see, newest first."""
    return Document.rows.all().visible_to(user).about(subject).order_by("-pk")


def _is_signed(key: str) -> bool:
    try:
        return kind_named(key).is_signed
    except UnknownKind:
        return False
