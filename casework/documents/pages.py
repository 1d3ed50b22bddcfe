"""Pictures of a PDF's pages, for the preview inside the page."""

from __future__ import annotations

import threading
from io import BytesIO

import pypdfium2
from PIL import Image

MOST_BYTES = 60 * 1024
_WIDTHS = (1000, 860, 720, 560)
_QUALITIES = (80, 65, 50)
_one_at_a_time = threading.Lock()  # the library may not be entered twice at once


class NoSuchPage(LookupError):  # noqa: N818  what went wrong
    """The document has fewer pages."""


def page_count(pdf: bytes) -> int:
    """Count the pages."""
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


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
            return sheet.render(scale=width / sheet.get_width()).to_pil().convert("RGB")
        finally:
            document.close()


def page_picture(pdf: bytes, page: int) -> bytes:
    """Give one page as WebP of at most 60 KB: the widest and finest that fits. Raises NoSuchPage."""
    full = draw_page(pdf, page, width=_WIDTHS[0])
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
