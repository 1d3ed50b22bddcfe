"""Put photos and scans on a record, check them for viruses, take them off again."""

from __future__ import annotations

import shlex
import subprocess
from datetime import datetime

from django.conf import settings
from django.core.files import File
from django.db import models, transaction

from casework.access.subjects import subject_types
from casework.accounts.models import User
from casework.audit.services import record_event
from casework.documents import rules, store
from casework.documents.attachments import MOST_BYTES, TITLE_MISSING, Cleaned, cleaned
from casework.documents.attachments_queries import refuse_kind
from casework.documents.models import Attachment, CaptureLink, Document
from casework.documents.models.subjects import filed_with
from casework.documents.states import AttachmentState, PaperKind
from casework.documents.straighten import Corners
from casework.kernel.digits import clean_line
from casework.kernel.moves import move
from casework.kernel.refusals import Refusal
from casework.kernel.subjects import subject_type
from casework.notifications.services import enqueue

TASK = "documents.scan"
SCAN_SECONDS = 60


@transaction.atomic
def add_attachment(
    *,
    subject: models.Model,
    file: File,
    title: str,
    paper_kind: str,
    by: User,
    now: datetime,
    corners: Corners | None = None,
    capture: CaptureLink | None = None,
) -> Attachment:
    """Put a photo or scan on a record and return its row.

    The bytes are on the disk before the row is written. Where a virus scanner is configured the row waits for it and
    nobody can open the file until then. `corners` are those of the paper on a photo, `capture` the link a phone sent it
    by. Raises what `attachments.cleaned` refuses, Refusal E-DOC-10 for no title, and Forbidden E-DOC-21 for an identity
    paper of somebody who may put none there.
    """
    title = clean_line(title)[:120]
    if not title:
        raise Refusal("E-DOC-10", "title", TITLE_MISSING)
    if capture is None:  # what a phone sends was chosen when it was let in
        refuse_kind(by, subject, paper_kind)
    clean = cleaned(file.read(max(MOST_BYTES.values()) + 1), corners)
    return keep_cleaned(
        subject=subject, clean=clean, title=title, paper_kind=paper_kind, by=by, now=now, capture=capture
    )


@transaction.atomic
def keep_cleaned(
    *,
    subject: models.Model,
    clean: Cleaned,
    title: str,
    paper_kind: str,
    by: User,
    now: datetime,
    capture: CaptureLink | None = None,
    document: Document | None = None,
) -> Attachment:
    """Put bytes that were made fit to keep on a record and return their row. `document` is the paper they show.

    Raises Conflict where the record is an unfinished one that is gone or somebody else's.
    """
    is_scanned = bool(settings.ATTACHMENT_SCAN_COMMAND)
    if capture is None:  # a phone's photo goes where its link leads, which is locked
        subject_types()[subject_type(subject)].hold(subject, by)
    attachment = Attachment.rows.create(
        **filed_with(subject),
        title=title,
        paper_kind=PaperKind(paper_kind),
        file=store.save_unnamed(clean.content, now=now),
        mime=clean.mime,
        size=len(clean.content),
        sha256=store.digest(clean.content),
        state=AttachmentState.SCANNING if is_scanned else AttachmentState.SAFE,
        capture=capture,
        document=document,
        added_by=by,
        added_at=now,
    )
    if is_scanned:
        enqueue(TASK, attachment.pk)
    _remember("photographed" if capture else "added", attachment, by, now)
    return attachment


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: User, reason: str, now: datetime) -> Attachment:
    """Take a photo or scan off its record: the row and the reason stay, the file goes. Raises Conflict E-DOC-12.

    On a record that is not finished no reason is asked for; elsewhere Refusal E-DOC-13 without one.
    """
    attachment = Attachment.rows.select_for_update().get(pk=attachment.pk)
    rules.can_remove(attachment).insist()
    reason = clean_line(reason)
    if not reason and not subject_types()[attachment.subject_type].is_unfinished:
        raise Refusal("E-DOC-13", "reason", rules.REASON_MISSING)
    attachment.removed_at, attachment.removed_by = now, by
    attachment.save(update_fields=["removed_at", "removed_by"])
    _remember("removed", attachment, by, now, reason)
    transaction.on_commit(lambda: store.discard(attachment.file))
    return attachment


def scan_attachment(*, attachment_id: int, now: datetime) -> Attachment | None:
    """Let the configured scanner look at a waiting file: it becomes safe, or is refused and deleted.

    The row is not locked meanwhile. None when the file went with its unfinished form. Raises RuntimeError when the
    scanner itself fails, so that the task is tried again; the file stays closed.
    """
    attachment = Attachment.rows.filter(pk=attachment_id).first()
    if attachment is None or not _waits_for_scan(attachment):
        return attachment
    return _scanned(attachment_id, is_clean(store.read(attachment.file, attachment.sha256)), now)


def _waits_for_scan(attachment: Attachment) -> bool:
    return attachment.state == AttachmentState.SCANNING and attachment.removed_at is None


@transaction.atomic
def _scanned(attachment_id: int, clean: bool, now: datetime) -> Attachment | None:
    """Keep what the scanner said, unless the file was taken off or another scan said it meanwhile."""
    attachment = Attachment.rows.select_for_update().filter(pk=attachment_id).first()
    if attachment is None or not _waits_for_scan(attachment):
        return attachment
    if clean:
        return move(attachment, AttachmentState.SAFE)
    _remember("refused", attachment, None, now)
    transaction.on_commit(lambda: store.discard(attachment.file))
    return move(attachment, AttachmentState.REFUSED)


def is_clean(content: bytes) -> bool:
    """Ask the configured scanner about a file. Raises RuntimeError when it fails itself."""
    command = shlex.split(settings.ATTACHMENT_SCAN_COMMAND)
    if not command:  # the scanner was taken out of use while the file waited
        return True
    done = subprocess.run(command, input=content, capture_output=True, timeout=SCAN_SECONDS, check=False)  # noqa: S603
    if done.returncode not in (0, 1):
        raise RuntimeError(f"the virus scanner ended with {done.returncode}")
    return done.returncode == 0


def note_seen(*, attachment: Attachment, by: User, now: datetime, is_download: bool = False) -> None:
    """Note that a photo or scan was looked at or downloaded."""
    _remember("downloaded" if is_download else "seen", attachment, by, now)


def _remember(act: str, attachment: Attachment, by: User | None, now: datetime, reason: str = "") -> None:
    record_event(
        f"documents.attachment.{act}",
        actor=by,
        subject=attachment,
        case_id=attachment.case_id_of,
        office_id=attachment.office_id_of,
        level=attachment.level,
        reason=reason,
        at=now,
    )
