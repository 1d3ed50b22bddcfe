"""Pictures of a PDF's pages, for the preview inside the page."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

import pypdfium2
from PIL import Image
from pypdfium2 import raw

MOST_BYTES = 60 * 1024
_WIDTHS = (1000, 860, 720, 560)
_QUALITIES = (80, 65, 50)
_A4_LONG = 842  # points
_LONGEST_PAGE = 12  # times its width
_CHANCE = re.compile(rb"<([0-9A-F]{32})>\]>>\s*startxref\s+\d+\s+%%EOF\s*$")
_one_at_a_time = threading.Lock()  # the library may not be entered twice at once


class NoSuchPage(LookupError):  # noqa: N818  what went wrong
    """The document has fewer pages."""


class UnreadablePdf(ValueError):  # noqa: N818  what went wrong
    """The PDF cannot be opened without a password, or not at all."""


def page_count(pdf: bytes) -> int:
    """Count the pages."""
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def rewritten(pdf: bytes) -> bytes:
    """Write the PDF anew: every object stands open, and what lay before, after or between them is gone.

    Raises UnreadablePdf for one that is locked, broken, empty, or has a page too long and narrow to draw.
    """
    out = BytesIO()
    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as fault:
            raise UnreadablePdf from fault
        try:
            sizes = [document.get_page_size(number) for number in range(len(document))]
            is_locked = raw.FPDF_GetSecurityHandlerRevision(document) != -1
            if is_locked or not sizes or any(not _is_page(*size) for size in sizes):
                raise UnreadablePdf
            document.save(out)
        finally:
            document.close()
    return out.getvalue()


def largest_picture(pdf: bytes) -> int:
    """The pixels of the largest picture that is drawn on a page; 0 without any. Nothing is unpacked for it."""
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return max((_pixels(picture) for page in document for picture in _pictures(page)), default=0)
        finally:
            document.close()


def _pictures(page: pypdfium2.PdfPage) -> Iterator[pypdfium2.PdfImage]:
    return page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])


def _pixels(picture: pypdfium2.PdfImage) -> int:
    width, height = picture.get_px_size()
    return width * height


def _is_page(width: float, height: float) -> bool:
    return 0 < max(width, height) <= _LONGEST_PAGE * min(width, height)


def joined(pdfs: Iterable[bytes]) -> bytes:
    """Give several PDFs as one, in their order."""
    return assembled((pdf, None) for pdf in pdfs)


def joined_under(pdfs: Sequence[bytes], sheets: Sequence[bytes]) -> bytes:
    """Give several PDFs as one, with the title of the first, each page under the sheet of the same place.

    The same PDFs give the same bytes: the library's chance number in the file's identifier is made from them.
    """
    out = BytesIO()
    with _one_at_a_time:
        target = pypdfium2.PdfDocument(pdfs[0])
        try:
            for pdf in pdfs[1:]:
                _add_pages(target, pdf, None)
            for page, sheet in zip(target, sheets, strict=True):
                _lay_over(target, page, sheet)
            target.save(out)
        finally:
            target.close()
    identifier = hashlib.sha256(b"".join((*pdfs, *sheets))).hexdigest()[:32].upper().encode()
    return _CHANCE.sub(lambda found: found[0].replace(found[1], identifier), out.getvalue())


def _lay_over(target: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, sheet: bytes) -> None:
    source = pypdfium2.PdfDocument(sheet)
    try:
        page.insert_obj(source.page_as_xobject(0, target).as_pageobject())
        page.gen_content()
    finally:
        source.close()


def assembled(parts: Iterable[tuple[bytes, int | None]]) -> bytes:
    """Give one PDF of parts: a page of a PDF (the first is 1), all its pages (None), or a JPEG as an A4 page."""
    out = BytesIO()
    with _one_at_a_time:
        target = pypdfium2.PdfDocument.new()
        try:
            for content, page in parts:
                if content.startswith(b"%PDF-"):
                    _add_pages(target, content, page)
                else:
                    _add_photo(target, content)
            target.save(out)
        finally:
            target.close()
    return out.getvalue()


def _add_pages(target: pypdfium2.PdfDocument, pdf: bytes, page: int | None) -> None:
    source = pypdfium2.PdfDocument(pdf)
    try:
        target.import_pages(source, None if page is None else [page - 1])
    finally:
        source.close()


def _add_photo(target: pypdfium2.PdfDocument, jpeg: bytes) -> None:
    picture = pypdfium2.PdfImage.new(target)
    picture.load_jpeg(BytesIO(jpeg))
    width, height = picture.get_px_size()
    scale = _A4_LONG / max(width, height)
    sheet = target.new_page(width * scale, height * scale)
    picture.set_matrix(pypdfium2.PdfMatrix().scale(width * scale, height * scale))
    sheet.insert_obj(picture)
    sheet.gen_content()


def page_text(pdf: bytes) -> list[str]:
    """Read the text of each page, without the zero-width breaks of Burmese."""
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [page.get_textpage().get_text_bounded().replace("\u200b", "") for page in document]
        finally:
            document.close()


def draw_page(pdf: bytes, page: int, *, width: int) -> Image.Image:
    """Draw one page (the first is 1), `width` pixels wide. Raises NoSuchPage."""
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if not 1 <= page <= len(document):
                raise NoSuchPage(page)
            sheet = document[page - 1]
            return sheet.render(scale=width / sheet.get_width(), draw_annots=False).to_pil().convert("RGB")
        finally:
            document.close()


def page_picture(pdf: bytes, page: int) -> bytes:
    """Give one page as WebP of at most 60 KB: the widest and finest that fits. Raises NoSuchPage."""
    return small_picture(draw_page(pdf, page, width=_WIDTHS[0]))


def small_picture(full: Image.Image) -> bytes:
    """Give a picture as WebP of at most 60 KB: the widest and finest that fits."""
    picture = b""
    for width in _WIDTHS:
        sized = full.resize((width, round(full.height * width / full.width)), Image.Resampling.LANCZOS)
        for quality in _QUALITIES:
            picture = _webp(sized, quality)
            if len(picture) <= MOST_BYTES:
                return picture
    return picture


def _webp(image: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()
