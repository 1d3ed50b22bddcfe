"""Digits and characters: what people type in Thai, Burmese or English, made safe to keep and to compare."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

# Marks on one letter. The longest stack in Burmese or Thai spelling is seven; more is noise or an attack on
# the reader.
MOST_MARKS = 12
# Nothing a person types into one box is longer; the rest is cut before any costly step.
LONGEST_TEXT = 20_000

_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_WORD, _LATIN = re.compile(r"\S+"), re.compile(r"[A-Za-z]")
_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

# Bidirectional marks, byte order mark, interlinear marks, soft hyphen, non-characters: invisible and
# harmful in a name.
_HARMFUL = dict.fromkeys(
    [
        *(code for code in range(0x20) if chr(code) not in "\t\n"),
        *range(0x7F, 0xA0),
        0x00AD,
        0x061C,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0xFEFF,
        *range(0xFFF9, 0xFFFC),
        0xFFFE,
        0xFFFF,
        *range(0xD800, 0xE000),
        *range(0xE0000, 0xE0080),
    ]
)
_ZERO_WIDTH = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0x180E])
_EDGES = " \t\n\u00a0\u200b\u200c\u200d\u2060\u3000"


def to_ascii_digits(text: str) -> str:
    """Write Thai, Burmese, full-width and every other decimal digit as 0-9; all else stays."""
    return text if text.isascii() else _OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


def to_thai_digits(text: str) -> str:
    """Write 0-9 as Thai digits, but in what has Latin letters too: the number of a passport or of a case."""
    return _WORD.sub(lambda word: word[0] if _LATIN.search(word[0]) else word[0].translate(_THAI), text)


def clean_text(text: str) -> str:
    """Make typed or pasted text fit to store: NFC, no control, bidirectional or broken characters, trimmed.

    Line breaks and zero-width characters inside the text stay (Burmese needs the latter for line breaks;
    searching ignores them). Long runs of marks on one letter are cut to MOST_MARKS, the text to
    LONGEST_TEXT characters.
    """
    if text.isascii() and text.isprintable() and len(text) <= LONGEST_TEXT:
        return text.strip()
    plain = text[:LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n").translate(_HARMFUL)
    return unicodedata.normalize("NFC", _bounded(plain)).strip(_EDGES)


def clean_line(text: str) -> str:
    """As clean_text, for one line: every run of white space becomes one space."""
    if text.isascii() and text.isprintable() and "  " not in text and len(text) <= LONGEST_TEXT:
        return text.strip()
    return re.sub(r"\s+", " ", clean_text(text)).strip(_EDGES)


def without_zero_width(text: str) -> str:
    """Drop zero-width characters: only for searching and comparing, never for what is stored."""
    return text if text.isascii() else text.translate(_ZERO_WIDTH)


def _bounded(text: str) -> str:
    """Cut runs of combining marks: normalising a long run is slow, and no writing has one."""
    if text.isascii():
        return text
    kept: list[str] = []
    run = 0
    for letter in text:
        run = run + 1 if unicodedata.category(letter).startswith("M") else 0
        if run <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def quantity_text(number: Decimal) -> str:
    """A quantity without zeros that say nothing: "1,250", "0.5"."""
    return f"{number:,.2f}".rstrip("0").rstrip(".")


LONGEST_ID = 19


def row_number(sent: object) -> int:
    """The number of a row as a form sends it; 0, which no row has, when it is none."""
    text = str(sent or "")
    return int(text) if text.isdecimal() and len(text) < LONGEST_ID else 0
