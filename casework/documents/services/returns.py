"""Take back papers: keep the files, find out which page is of which paper, put each paper on the record of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.core.files import File
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.documents import returns_queries as queries
from casework.documents import rules, store
from casework.documents.attachments import (
    MOST_BYTES,
    MOST_PAGES,
    TITLE_MISSING,
    TOO_MANY_PAGES,
    Cleaned,
    cleaned,
)
from casework.documents.attachments_queries import can_add, subject_of
from casework.documents.kinds import kind_named
from casework.documents.models import Attachment, Document, PaperReturn, ReturnedFile, ReturnedPage
from casework.documents.models.subjects import filed_with
from casework.documents.pages import assembled, page_count
from casework.documents.states import PageState, ReturnState
from casework.kernel.digits import clean_line
from casework.kernel.moves import TransitionNotAllowed, move
from casework.kernel.refusals import Conflict, Finding, Refusal, error
from casework.notifications.services import enqueue

from .attachments import is_clean, keep_cleaned
from .trail import note_returned

log = logging.getLogger(__name__)

TASK = "documents.sort_return"
AT_ONCE = 20
"""Pages that are sorted while the person waits: measured at under two seconds."""
NO_FILE = gettext_lazy("Choose a file or take a photo.")
NONE_CHOSEN = gettext_lazy("Choose the pages that you mean.")
NOT_HERE = gettext_lazy("You can no longer put papers on this record. Open the right record and send the pages again.")


class TakenBack(NamedTuple):
    """A return, and what was wrong with the files it does not hold."""

    batch: PaperReturn
    refused: list[Finding]


@transaction.atomic
def take_back(*, subject: models.Model, files: Sequence[File], by: User, now: datetime) -> TakenBack:
    """Keep photos and scans of papers that came back and return their row, which is also their place in the queue.

    Good files are kept where others are refused. A short scan is sorted at once, a long one by a worker. Raises what
    `attachments.cleaned` refuses when no file is left, and Refusal E-DOC-15 for too many pages.
    """
    kept, refused = _cleaned(files)
    if not kept:
        raise Refusal.of(refused) if refused else Refusal("BR-DOC-1", "files", NO_FILE)
    counts = [page_count(clean.content) if clean.mime == "application/pdf" else 1 for clean in kept]
    if sum(counts) > MOST_PAGES:
        raise Refusal("E-DOC-15", "files", TOO_MANY_PAGES % {"n": sum(counts), "most": MOST_PAGES})
    batch = PaperReturn.rows.create(
        **filed_with(subject),
        sent_by=by,
        sent_at=now,
    )
    for order, (clean, pages) in enumerate(zip(kept, counts, strict=True)):
        ReturnedFile.objects.create(
            batch=batch,
            order=order,
            file=store.save_unnamed(clean.content, now=now),
            mime=clean.mime,
            sha256=store.digest(clean.content),
            page_count=pages,
        )
    _remember("sent", batch, by, now)
    if sum(counts) <= AT_ONCE and not settings.ATTACHMENT_SCAN_COMMAND:
        batch = sort_return(return_id=batch.pk, now=now)
    else:
        enqueue(TASK, batch.pk)
    return TakenBack(batch, refused)


def _cleaned(files: Sequence[File]) -> tuple[list[Cleaned], list[Finding]]:
    kept, refused = [], []
    for file in files:
        try:
            kept.append(cleaned(file.read(max(MOST_BYTES.values()) + 1)))
        except Refusal as refusal:
            sentence = _("%(file)s: %(sentence)s") % {"file": file.name, "sentence": refusal.sentence}
            refused.append(error(refusal.code, refusal.field, sentence))
    return kept, refused


def sort_return(*, return_id: int, now: datetime) -> PaperReturn:
    """Sort the pages of a return and return its row. One that is sorted, or being sorted by another, is left alone.

    A failed try puts it back into the queue; after the third it is parked. Raises nothing of its own.
    """
    batch = PaperReturn.rows.select_related("sent_by").get(pk=return_id)
    try:
        with transaction.atomic():
            batch = move(batch, ReturnState.SORTING, claimed_at=now, tries=batch.tries + 1)
    except TransitionNotAllowed:
        return batch
    try:
        with transaction.atomic():
            _sort(batch, now)
            return move(batch, ReturnState.SORTED, sorted_at=now)
    except Exception:  # whatever it was, the row must not stay "being sorted"
        log.exception("return %s could not be sorted", batch.pk)
        return _put_back(batch)


@transaction.atomic
def _put_back(batch: PaperReturn) -> PaperReturn:
    if batch.tries >= rules.MOST_TRIES:
        return move(batch, ReturnState.FAILED)
    enqueue(TASK, batch.pk)
    return move(batch, ReturnState.WAITING)


def release_lost_returns(*, now: datetime) -> int:
    """Put back returns whose worker died and answer how many; for the periodic sweep."""
    rows = list(queries.lost(now))
    for batch in rows:
        try:
            _put_back(batch)
        except TransitionNotAllowed:
            continue
    return len(rows)


@transaction.atomic
def retry_return(*, batch: PaperReturn, now: datetime) -> PaperReturn:
    """Sort a parked return again. Raises TransitionNotAllowed when it is not parked."""
    batch = move(batch, ReturnState.WAITING, tries=0)
    enqueue(TASK, batch.pk)
    return batch


def _sort(batch: PaperReturn, now: datetime) -> None:
    by = batch.sent_by
    contents = {file.pk: content for file in batch.files.all() if (content := _content(file, batch, now))}
    sheets = [sheet for file in batch.files.all() if file.pk in contents for sheet in queries.sheets(file, contents)]
    known = queries.documents_of({sheet.code for sheet in sheets if sheet.code}, by)
    parts: dict[int, list[queries.Sheet]] = {}
    for sheet in sheets:
        document = known.get(sheet.code.code) if sheet.code else None
        if document is None or sheet.code is None or sheet.code.page > document.pages:
            ReturnedPage.objects.create(file=sheet.file, number=sheet.number)
        else:
            parts.setdefault(document.pk, []).append(sheet)
    for document in known.values():
        if document.pk in parts:
            _attach(document, parts[document.pk], contents, by, now)
    _settle(batch)


def _content(file: ReturnedFile, batch: PaperReturn, now: datetime) -> bytes:
    """The bytes of a file; nothing when the virus scanner refuses it."""
    content = store.read(file.file, file.sha256)
    if not settings.ATTACHMENT_SCAN_COMMAND or is_clean(content):
        return content
    file.is_refused = True
    file.save(update_fields=["is_refused"])
    _remember("refused", batch, None, now)
    return b""


def _attach(
    document: Document, sheets: Iterable[queries.Sheet], contents: dict[int, bytes], by: User, now: datetime
) -> None:
    """Put the pages of one paper on its record, in their order, and note that it came back."""
    subject = subject_of(document, by)
    assert subject is not None  # noqa: S101  only papers of records the person sees are known
    ordered = sorted(sheets, key=lambda sheet: sheet.code.page if sheet.code else 0)
    attachment = keep_cleaned(
        subject=subject,
        clean=_assembled([(contents[sheet.file.pk], sheet.number) for sheet in ordered]),
        title=document.title[:120],
        paper_kind=kind_named(document.kind).comes_back_as,
        by=by,
        now=now,
        document=document,
    )
    for sheet in ordered:
        ReturnedPage.objects.create(
            file=sheet.file,
            number=sheet.number,
            state=PageState.ATTACHED,
            document=document,
            document_page=sheet.code.page if sheet.code else None,
            attachment=attachment,
        )
    if not queries.missing_pages(document) or not kind_named(document.kind).comes_back_whole:
        note_returned(document=document, by=by, now=now)


def _assembled(parts: Sequence[tuple[bytes, int]]) -> Cleaned:
    if len(parts) == 1 and not parts[0][0].startswith(b"%PDF-"):
        return Cleaned(content=parts[0][0], mime="image/jpeg")
    return Cleaned(content=assembled(parts), mime="application/pdf")


@transaction.atomic
def keep_pages(
    *, batch: PaperReturn, pages: Sequence[int], title: str, paper_kind: str, by: User, now: datetime
) -> Attachment:
    """Put pages that belong to no paper of ours on the record from which they were sent, as one file.

    Raises Refusal E-DOC-10 for no title, E-DOC-18 for no pages, Conflict E-DOC-19 when the person may not.
    """
    title = clean_line(title)[:120]
    if not title:
        raise Refusal("E-DOC-10", "title", TITLE_MISSING)
    chosen = _left(batch, pages)
    subject = subject_of(batch, by)
    if subject is None or not can_add(by, subject):
        raise Conflict("E-DOC-19", "", NOT_HERE)
    contents = {page.file_id: store.read(page.file.file, page.file.sha256) for page in chosen}
    clean = _assembled([(contents[page.file_id], page.number) for page in chosen])
    attachment = keep_cleaned(subject=subject, clean=clean, title=title, paper_kind=paper_kind, by=by, now=now)
    for page in chosen:
        move(page, PageState.ATTACHED, attachment=attachment)
    _settle(batch)
    return attachment


@transaction.atomic
def drop_pages(*, batch: PaperReturn, pages: Sequence[int], by: User, now: datetime) -> int:
    """Throw pages away that belong on no record and answer how many. Raises Refusal E-DOC-18 for no pages."""
    chosen = _left(batch, pages)
    for page in chosen:
        move(page, PageState.DROPPED)
    _remember("dropped", batch, by, now)
    _settle(batch)
    return len(chosen)


def _left(batch: PaperReturn, pages: Sequence[int]) -> list[ReturnedPage]:
    chosen = list(queries.left_pages(batch).filter(pk__in=pages))
    if not chosen:
        raise Refusal("E-DOC-18", "pages", NONE_CHOSEN)
    return chosen


def _settle(batch: PaperReturn) -> None:
    """Delete the files of a return when each of their pages has its place."""
    if queries.left_pages(batch).exists():
        return
    for file in batch.files.exclude(file=""):
        name, file.file = file.file, ""
        file.save(update_fields=["file"])
        transaction.on_commit(lambda name=name: store.discard(name))  # type: ignore[misc]


def _remember(act: str, batch: PaperReturn, by: User | None, now: datetime) -> None:
    record_event(
        f"documents.return.{act}",
        actor=by,
        subject=batch,
        case_id=batch.case_id_of,
        office_id=batch.office_id_of,
        level=batch.level,
        at=now,
    )
