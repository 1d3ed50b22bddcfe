"""HTML to PDF: the only module that imports WeasyPrint.

Nothing is fetched but the site's own static files and what the caller hands over as `parts`. The same HTML and
parts give the same bytes.
"""

from __future__ import annotations

import hashlib
import logging
import mimetypes
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path

import pydyf
import weasyprint
import weasyprint.draw
from django.conf import settings
from PIL import ImageFile
from weasyprint.logger import PROGRESS_LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from casework.kernel.collecting import collector_at_rest

from .breaks import syllable_breaks, thai_kept_whole
from .parts import RenderFailed

STATIC = "own:"
"""Address of a file under static/, as in `own:kit/print-document.css`."""
PART = "part:"
"""Address of something made for this document alone, as in `part:qr-2`."""

_FAMILIES = {
    # Pango breaks Thai at words only when the Thai family stands first.
    "th": '"Kit Thai", "Kit Sans", "Kit Myanmar", "Kit Khmer", "Kit Lao"',
    "my": '"Kit Myanmar", "Kit Sans", "Kit Thai", "Kit Khmer", "Kit Lao"',
    "en": '"Kit Sans", "Kit Thai", "Kit Myanmar", "Kit Khmer", "Kit Lao"',
    "km": '"Kit Sans", "Kit Khmer", "Kit Thai", "Kit Myanmar", "Kit Lao"',
    "lo": '"Kit Sans", "Kit Lao", "Kit Thai", "Kit Myanmar", "Kit Khmer"',
}
_FACES = {
    "Kit Sans": "noto-sans-thai-looped-latin",
    "Kit Thai": "noto-sans-thai-looped-thai",
    "Kit Myanmar": "noto-sans-myanmar-myanmar",
}
_SELDOM = {
    "Kit Khmer": ("noto-sans-khmer-khmer", re.compile("[\u1780-\u17ff\u19e0-\u19ff]")),
    "Kit Lao": ("noto-sans-lao-lao", re.compile("[\u0e80-\u0eff]")),
}
"""Faces that are read only for papers in which such letters stand, as the pages do."""
ImageFile.LOAD_TRUNCATED_IMAGES = False  # the library turns it on for the whole process; sent photos must be whole
_one_at_a_time = threading.Lock()
_draw_text = weasyprint.draw.draw_text
_show_text = pydyf.Stream.show_text


def _draw_text_with_its_words(stream: pydyf.Stream, box: object, *args: object) -> None:
    """Draw a line of text and say which words it is, for search, copying and reading aloud.

    WeasyPrint maps glyphs to letters one by one, which loses Burmese vowels and shifts Thai marks. PDF has
    "ActualText" for this. The line breaks of Burmese are left out of it.
    """
    words = box.text.replace("\u200b", "")  # type: ignore[attr-defined]
    pydyf.Stream.begin_marked_content(stream, "Span", pydyf.Dictionary({"ActualText": pydyf.String(words)}))
    _draw_text(stream, box, *args)
    pydyf.Stream.end_marked_content(stream)


def _show_text_without_empty_strings(stream: pydyf.Stream, text: str) -> None:
    """Write a run of glyphs without its empty strings.

    PDFium, which shows PDFs in Chrome and Edge, loses the last advance of a run that holds one: what follows a Lao
    or Thai mark in another face is then drawn over it.
    """
    _show_text(stream, text.replace("<>", " "))


weasyprint.draw.draw_text = _draw_text_with_its_words
pydyf.Stream.show_text = _show_text_without_empty_strings


class StaticOnly(URLFetcher):
    """Serve files under static/ and the document's own parts. Any other address is refused, nothing is opened.

    A file of ours that is missing is a fault of ours and stops the document (`FatalURLFetchingError`); a
    foreign address is left out, and the rest is printed.
    """

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("own", "part"), allow_redirects=False)
        self.parts = parts

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if url.startswith(STATIC):
            body = _static_file(url.removeprefix(STATIC))
        else:
            made = self.parts.get(url.removeprefix(PART)) if url.startswith(PART) else None
            if made is None:
                raise ValueError("documents fetch nothing from outside")
            body = made
        kind = "image/svg+xml" if url.startswith(PART) else mimetypes.guess_type(url)[0]
        return URLFetcherResponse(url, body, {"Content-Type": kind or "application/octet-stream"})


def _static_file(name: str) -> bytes:
    root = Path(settings.BASE_DIR, "static").resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise FatalURLFetchingError(f"no static file {name!r}")
    return path.read_bytes()


@cache
def _fonts() -> FontConfiguration:
    """Give the process's one font configuration."""
    return FontConfiguration()


def _css(text: str) -> weasyprint.CSS:
    return weasyprint.CSS(string=text, font_config=_fonts(), url_fetcher=StaticOnly({}), base_url=STATIC)


@cache
def _sheet() -> weasyprint.CSS:
    """Give the faces and the styles of every paper, read once per process.

    One sheet, not four: each is asked about each element of a paper.
    """
    faces = "".join(_faces(family, file) for family, file in _FACES.items())
    families = "".join(f":lang({lang}) {{ font-family: {names} }}\n" for lang, names in _FAMILIES.items())
    styles = (_static_file(f"kit/{name}.css").decode() for name in ("charts", "print-document"))
    return _css("".join((faces, families, *styles)))


def _faces(family: str, file: str) -> str:
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight};'
        f' src: url("{STATIC}vendor/fonts/{file}-{weight}-normal.woff2") }}\n'
        for weight in (400, 600)
    )


@cache
def _seldom_sheet(family: str) -> weasyprint.CSS:
    """Give the faces of letters that few papers hold, read once per process."""
    return _css(_faces(family, _SELDOM[family][0]))


@cache
def _codes_sheet(pages: int) -> weasyprint.CSS:
    """Give the rules that put the part `qr-N` at the foot of page N, read once per process."""
    rule = '@page :nth({n}) {{ @bottom-left {{ background-image: url("{part}qr-{n}") }} }}\n'
    return _css("".join(rule.format(n=n, part=PART) for n in range(1, pages + 1)))


@lru_cache(maxsize=32)
def _words_sheet(language: str, watermark: str) -> weasyprint.CSS:
    """Give the family whose line breaking leads, and the watermark."""
    style = f"html {{ font-family: {_FAMILIES.get(language, _FAMILIES['en'])} }}\n"
    if watermark:
        style += f"body::after {{ content: {_css_string(watermark)} }}\n"
    return _css(style)


_STEP = re.compile(r"Step (\d)(?:.* Page (\d+))?")
_DONE_AT_STEP = {1: 5, 2: 10, 3: 20, 4: 35, 5: 45, 6: 85, 7: 95}
_LAYOUT = 5


class _Steps(logging.Handler):
    """Turn the library's account of its steps into percent: reading, styles, one page after the other, writing."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        super().__init__(logging.INFO)
        self.tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        found = _STEP.match(record.getMessage())
        if found:
            step, page = int(found[1]), int(found[2] or 0)
            self.tell(_DONE_AT_STEP.get(step, 0) + (min(page, 39) if step == _LAYOUT else 0))


@contextmanager
def _telling(tell: Callable[[int], None] | None) -> Iterator[None]:
    if tell is None:
        yield
        return
    steps, level, passes_on = _Steps(tell), PROGRESS_LOGGER.level, PROGRESS_LOGGER.propagate
    PROGRESS_LOGGER.addHandler(steps)
    PROGRESS_LOGGER.setLevel(logging.INFO)
    PROGRESS_LOGGER.propagate = False  # steps are for `tell`, not for the log
    try:
        yield
    finally:
        PROGRESS_LOGGER.removeHandler(steps)
        PROGRESS_LOGGER.setLevel(level)
        PROGRESS_LOGGER.propagate = passes_on


def render(
    html: str,
    *,
    language: str,
    watermark: str = "",
    parts: Mapping[str, bytes] | None = None,
    tell: Callable[[int], None] | None = None,
) -> bytes:
    """Lay out HTML as PDF and return its bytes.

    `language` chooses which script's line breaking leads (th, my, en, km or lo). `watermark` is printed large and pale
    behind every page. `parts` are pictures made for this document: `qr-1` for the foot of page 1, and so on.
    `tell` hears how far it is, in percent. Raises RenderFailed.
    """
    [pdf] = _written(html, language, watermark, parts, tell)
    return pdf


def render_sheets(html: str, *, language: str, parts: Mapping[str, bytes] | None = None) -> list[bytes]:
    """Lay out HTML as `render` does, and return each page as a PDF of its own, with nothing of the others."""
    return _written(html, language, "", parts, None, is_apart=True)


def _written(
    html: str,
    language: str,
    watermark: str,
    parts: Mapping[str, bytes] | None,
    tell: Callable[[int], None] | None,
    *,
    is_apart: bool = False,
) -> list[bytes]:
    fetcher = StaticOnly(parts or {})
    text = thai_kept_whole(syllable_breaks(html))
    identifier = hashlib.sha256("\0".join((text, language, watermark)).encode()).digest()[:16]
    try:
        with _one_at_a_time, collector_at_rest(), _telling(tell):
            document = weasyprint.HTML(string=text, base_url=STATIC, url_fetcher=fetcher)
            seldom = [_seldom_sheet(family) for family, (_file, letters) in _SELDOM.items() if letters.search(text)]
            sheets = [_sheet(), *seldom, _words_sheet(language, watermark)]
            sheets += [_codes_sheet(len(parts))] if parts else []
            whole = document.render(font_config=_fonts(), stylesheets=sheets)
            documents = [whole.copy([page]) for page in whole.pages] if is_apart else [whole]
            pdfs = [bytes(document.write_pdf(pdf_identifier=identifier) or b"") for document in documents]
    except FatalURLFetchingError as fault:
        raise RenderFailed(str(fault)) from fault
    except MemoryError as fault:
        raise RenderFailed("out of memory") from fault
    except Exception as fault:
        raise RenderFailed(f"{type(fault).__name__}: {fault}") from fault
    if not all(pdfs):
        raise RenderFailed("the layout gave no bytes")
    return pdfs


def _css_string(text: str) -> str:
    """Write text as a CSS string in which no character can end the string."""
    return '"' + "".join(f"\\{ord(c):06x}" for c in text) + '"'
