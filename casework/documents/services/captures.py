"""Let a phone send photos to one record: the link is made, opened by one phone, used and ended."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.core.files import File
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from casework.access.subjects import subject_types
from casework.accounts.models import User
from casework.audit.services import record_event
from casework.documents import codes, queries
from casework.documents.attachments import TITLE_MISSING
from casework.documents.attachments_queries import can_add, refuse_kind, subject_of
from casework.documents.models import MOST_PHOTOS, Attachment, CaptureLink
from casework.documents.models.subjects import filed_with
from casework.documents.states import CaptureState, PaperKind
from casework.documents.straighten import corners_from
from casework.kernel.digits import clean_line
from casework.kernel.moves import move
from casework.kernel.refusals import Refusal
from casework.kernel.subjects import subject_type

from .attachments import add_attachment

LIFE = timedelta(minutes=10)
TOKEN_LENGTH = 27
"""30^27, about 2^132."""
MOST_TRIES = 60
"""Sendings by one link, with those that were refused."""

NO_MORE_PHOTOS = _("This code took %(n)d photos; that is all it takes. Ask at the desk for a new one.")
NOT_VALID = _("This code is no longer valid. Ask at the desk for a new one.")


class LinkNotValid(LookupError):  # noqa: N818  what went wrong
    """Unknown, over, ended, or another phone's: which of these is not told."""


@transaction.atomic
def make_link(
    *, subject: models.Model, title: str, paper_kind: str, by: User, now: datetime
) -> tuple[CaptureLink, str]:
    """Make the link of a record for a phone and return its row and its secret, which is kept nowhere.

    A link the person made for this record before ends. Raises Refusal E-DOC-10 for no title, Forbidden E-DOC-21 for an
    identity paper of somebody who may put none there, and Conflict where the record is an unfinished one that is gone
    or somebody else's.
    """
    title = clean_line(title)[:120]
    if not title:
        raise Refusal("E-DOC-10", "title", TITLE_MISSING)
    refuse_kind(by, subject, paper_kind)
    subject_types()[subject_type(subject)].hold(subject, by)
    for earlier in queries.live_links(subject, by).select_for_update():
        end_link(link=earlier, by=by, now=now)
    token = "".join(secrets.choice(codes.ALPHABET) for _ in range(TOKEN_LENGTH))
    link = CaptureLink.rows.create(
        **filed_with(subject),
        title=title,
        paper_kind=PaperKind(paper_kind),
        token_digest=digest_of(token),
        made_by=by,
        made_at=now,
        expires_at=now + LIFE,
    )
    _remember("made", link, by, now)
    return link, token


@transaction.atomic
def open_link(*, token: str, device: str, now: datetime) -> CaptureLink:
    """Let a phone in by the secret of a link and its own; the first phone is the only one.

    Raises LinkNotValid, also when who made the link may no longer put files on the record.
    """
    link = CaptureLink.rows.select_for_update().filter(token_digest=digest_of(codes.bare(token, 64))).first()
    if link is None or link.state == CaptureState.ENDED or link.expires_at <= now:
        raise LinkNotValid
    if link.state == CaptureState.BOUND and not secrets.compare_digest(link.device_digest, digest_of(device)):
        raise LinkNotValid
    subject = subject_of(link, link.made_by) if link.made_by.is_active else None
    if subject is None or not can_add(link.made_by, subject):
        raise LinkNotValid
    if link.state == CaptureState.WAITING:
        link = move(link, CaptureState.BOUND, device_digest=digest_of(device), opened_at=now)
        _remember("opened", link, None, now)
    return link


@transaction.atomic
def count_try(*, link: CaptureLink, now: datetime) -> None:
    """Count a sending before it is looked at; too many end the link."""
    CaptureLink.rows.filter(pk=link.pk).update(tries=models.F("tries") + 1)
    link.refresh_from_db()
    if link.tries > MOST_TRIES:
        end_link(link=link, by=None, now=now)


@transaction.atomic
def take_photo(*, link: CaptureLink, file: File, corners: str, now: datetime) -> Attachment:
    """Put a photo that a phone sent on the record of its link, straightened between the corners that were told.

    Raises Refusal E-DOC-17 when the link ended or took all its photos, E-DOC-14 for corners without a paper between,
    and what `add_attachment` refuses.
    """
    link = CaptureLink.rows.select_for_update(of=("self",)).select_related("made_by").get(pk=link.pk)
    subject = subject_of(link, link.made_by)
    if link.state != CaptureState.BOUND or subject is None:
        raise Refusal("E-DOC-17", "photo", NOT_VALID)
    if link.photo_count >= MOST_PHOTOS:
        raise Refusal("E-DOC-17", "photo", NO_MORE_PHOTOS % {"n": MOST_PHOTOS})
    link.photo_count += 1
    link.save(update_fields=["photo_count"])
    return add_attachment(
        subject=subject,
        file=file,
        title=link.title if link.photo_count == 1 else f"{link.title[:110]} ({link.photo_count})",
        paper_kind=link.paper_kind,
        by=link.made_by,
        now=now,
        corners=corners_from(corners),
        capture=link,
    )


@transaction.atomic
def end_link(*, link: CaptureLink, by: User | None, now: datetime) -> CaptureLink:
    """End a link before or at its time. One that has ended stays as it is."""
    if link.state == CaptureState.ENDED:
        return link
    link = move(link, CaptureState.ENDED, ended_at=now)
    _remember("ended", link, by, now)
    return link


def end_expired_links(*, now: datetime) -> int:
    """End the links whose time is over and return how many; for the periodic sweep."""
    rows = list(CaptureLink.rows.exclude(state=CaptureState.ENDED).filter(expires_at__lte=now))
    for link in rows:
        end_link(link=link, by=None, now=now)
    return len(rows)


def digest_of(secret: str) -> str:
    """What is kept of a secret that is too long to be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _remember(act: str, link: CaptureLink, by: User | None, now: datetime) -> None:
    record_event(
        f"documents.capture.{act}",
        actor=by,
        subject=link,
        case_id=link.case_id_of,
        office_id=link.office_id_of,
        level=link.level,
        at=now,
    )
