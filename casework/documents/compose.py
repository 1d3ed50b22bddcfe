"""From a kind and its ready words to one PDF: the frame, footer, codes and watermark every paper shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from . import parts
from .digits import in_thai_digits
from .kinds import DocumentKind
from .pages import joined_under, page_count
from .qr import qr_svg
from .wording import FURTHER, READ_TO_YOU, translated, words_in

MOST_PAGES = 120
"""Pages that get a QR code of their own; a longer document is a fault."""

NUMBERS = "documents/numbers.html"

WATERMARKS = {"th": "ตัวอย่างสำหรับทดลองใช้", "my": "စမ်းသုံးရန် နမူနာ", "en": "Demo, not a real paper"}

NOT_A_REGISTER = (
    ("th", "เอกสารประกอบการช่วยเหลือ ไม่ใช่เอกสารทะเบียนราษฎร"),
    ("en", "Support document, not a civil registration document"),
)

MADE = (
    {"th": "จัดทำเมื่อ", "my": "ပြုလုပ်သည့်နေ့", "en": "Made"},
    {"th": "โดย", "my": "ပြုလုပ်သူ", "en": "by"},
    {"th": "ตรวจสอบรหัส", "my": "စစ်ဆေးရန်ကုဒ်", "en": "Verify code"},
)


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What the footer of each page says about the paper itself, in ready words of the paper's language."""

    code: str
    url: str
    made_at: str
    made_by: str
    office: str
    reference: str = ""
    """The tracking code of the record, never a name."""


def compose(
    kind: DocumentKind,
    facts: Mapping[str, Any],
    *,
    language: str,
    stamp: Stamp,
    watermark: str = "",
    digits: str = "",
    tell: Callable[[int], None] | None = None,
) -> bytes:
    """Lay a paper out as PDF from its stored facts; `digits` are “thai” or those of all papers, 0-9.

    `tell` hears how far it is, in percent.

    Raises RenderFailed; same facts and stamp, same bytes.
    """
    from . import pdf  # WeasyPrint is a quarter of what a process loads, and most processes lay nothing out

    def html(paper: Mapping[str, Any], layer: str = "") -> str:
        context = {
            "paper": paper,
            "layer": layer,
            "language": language,
            "title": kind.title_in(language),
            "words": kind.words(language),
            "stamp": stamp,
            "made": [words_in(words, language) for words in MADE],
            "not_a_register": NOT_A_REGISTER if kind.says_no_register else (),
            "read_to_you": translated(READ_TO_YOU, language) if language in FURTHER else "",
        }
        with translation.override(language):
            page = render_to_string(NUMBERS if layer == "numbers" else kind.template, context)
        return in_thai_digits(page) if digits == "thai" else page

    codes = Codes(stamp) if stamp.code else None
    with translation.override(language):
        papers = [kind.prepared(part) for part in kind.parted(facts)]
    if len(papers) == 1:
        return pdf.render(html(papers[0]), language=language, watermark=watermark, parts=codes, tell=tell)
    texts = [html(paper, "part") for paper in papers]
    laid_out = parts.laid_out(texts, language=language, watermark=watermark, tell=tell)
    count = sum(page_count(part) for part in laid_out)
    numbers = pdf.render_sheets(html({"pages": range(count)}, "numbers"), language=language, parts=codes)
    return joined_under(laid_out, numbers)


class Codes(Mapping[str, bytes]):
    """The QR picture of each page, drawn when the layout asks for it: address, code and page number."""

    def __init__(self, stamp: Stamp) -> None:
        self.stamp = stamp

    def __getitem__(self, name: str) -> bytes:
        page = name.removeprefix("qr-")
        if not page.isdecimal():
            raise KeyError(name)
        return qr_svg(f"{self.stamp.url}?p={page}")

    def __iter__(self) -> Any:
        return iter(f"qr-{n}" for n in range(1, MOST_PAGES + 1))

    def __len__(self) -> int:
        return MOST_PAGES


def as_facts(paper: Any) -> dict[str, Any]:
    """Give a paper's dataclass as plain values for the database: text, numbers, yes or no, lists, mappings."""
    return _plain(asdict(paper))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)
