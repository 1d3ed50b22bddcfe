"""Reads over papers that came back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from PIL import Image

from . import rules, store
from .attachments_queries import can_add, may_about, subject_of
from .kinds import UnknownKind, kind_named
from .models import Attachment, Document, PaperReturn, ReturnedFile, ReturnedPage
from .pages import small_picture
from .pages_apart import drawn, sent_page_picture
from .reading import PageCode, page_code
from .states import DocumentState, PageState, ReturnState

READING_WIDTH = 1654
"""Pixels of a drawn page: 200 to the inch of A4, at which the codes at its foot are read when askew."""


@dataclass(frozen=True)
class Sheet:
    """One page that was sent, and the code found on it."""

    file: ReturnedFile
    number: int
    code: PageCode | None


@dataclass(frozen=True)
class Part:
    """A paper of which pages came back, where they lie now, and which pages of it never came."""

    document: Document
    attachment: Attachment
    pages: list[int]
    missing: list[int]


def sheets(file: ReturnedFile, contents: Mapping[int, bytes]) -> Iterator[Sheet]:
    """The pages of a file, each read for its code. Raises TooHard."""
    content = contents[file.pk]
    is_pdf = content.startswith(b"%PDF-")
    numbers = range(1, file.page_count + 1)
    pictures = drawn(content, numbers, width=READING_WIDTH) if is_pdf else [Image.open(BytesIO(content))]
    for number, picture in zip(numbers, pictures, strict=True):
        yield Sheet(file, number, page_code(picture))


def documents_of(codes: Iterable[PageCode], user: Any) -> dict[str, Document]:
    """The papers of codes on whose record the person may put their scans; the others stay unknown."""
    wanted = {code.code for code in codes}
    made = (DocumentState.READY, DocumentState.VOID)
    rows = Document.objects.visible_to(user).filter(verification_code__in=wanted, state__in=made)
    return {row.verification_code: row for row in rows.order_by("pk") if _may_return(row, user)}


def _may_return(document: Document, user: Any) -> bool:
    try:
        action = kind_named(document.kind).action
    except UnknownKind:
        return False
    subject = subject_of(document, user)
    if not hasattr(subject, "access_place") or (action and not may_about(user, action, subject)):
        return False
    return can_add(user, subject)


def missing_pages(document: Document) -> list[int]:
    """The pages of a paper that never came back."""
    back = ReturnedPage.objects.filter(document=document, state=PageState.ATTACHED)
    there = set(back.values_list("document_page", flat=True))
    return [page for page in range(1, document.pages + 1) if page not in there]


def left_pages(batch: PaperReturn) -> QuerySet[ReturnedPage]:
    """The pages of a return that lie on no record yet, in their order."""
    return ReturnedPage.objects.filter(file__batch=batch, state=PageState.LEFT).select_related("file")


def parts_of(batch: PaperReturn) -> list[Part]:
    """The papers a return held, each once."""
    pages = ReturnedPage.objects.filter(file__batch=batch, document__isnull=False, attachment__isnull=False)
    found: dict[int, list[ReturnedPage]] = {}
    for page in pages.select_related("document", "attachment").order_by("document_id", "document_page", "pk"):
        found.setdefault(page.document_id, []).append(page)  # type: ignore[arg-type]
    return [_part(rows) for rows in found.values()]


def _part(rows: list[ReturnedPage]) -> Part:
    document, attachment = rows[0].document, rows[0].attachment
    assert document is not None and attachment is not None  # noqa: S101  asked for above
    whole = kind_named(document.kind).comes_back_whole
    numbers = [row.document_page or 0 for row in rows]
    return Part(document, attachment, numbers, missing_pages(document) if whole else [])


def unsorted_returns(user: Any) -> QuerySet[PaperReturn]:
    """The person's own returns with pages that lie on no record, or that could not be sorted."""
    left = Exists(ReturnedPage.objects.filter(file__batch=OuterRef("pk"), state=PageState.LEFT))
    own = PaperReturn.objects.visible_to(user)
    return own.filter(Q(state=ReturnState.FAILED) | Q(left, state=ReturnState.SORTED))


def page_image(page: ReturnedPage) -> bytes:
    """One page as a small WebP picture. Raises DamagedFile, TooHard."""
    content = store.read(page.file.file, page.file.sha256)
    if content.startswith(b"%PDF-"):
        return sent_page_picture(content, page.number)
    return small_picture(Image.open(BytesIO(content)))


def lost(now: datetime) -> QuerySet[PaperReturn]:
    """Returns whose worker died: being sorted for longer than any worker is let run."""
    return PaperReturn.rows.filter(state=ReturnState.SORTING, claimed_at__lte=now - rules.LONGEST_SORTING)
