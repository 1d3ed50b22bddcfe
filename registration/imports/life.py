"""Whether a child lived, as delivery rooms write it: 'LB', 'stillborn', 'IUFD', 'มีชีพ', 'ตายคลอด'."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _

from casework.imports.cells import ReadCell, as_text, says_nothing
from casework.imports.reading import Raw
from casework.kernel.refusals import Finding, error, warning

HEADINGS = (
    "outcome", "birth outcome", "outcome of birth", "outcome of delivery", "delivery outcome", "pregnancy outcome",
    "lb/sb", "live birth", "alive", "alive/dead", "vital status", "ผลการคลอด", "การมีชีพ", "มีชีพ/ไร้ชีพ",
    "สถานะแรกเกิด", "สภาพแรกเกิด", "สภาพแรกคลอด", "มีชีวิต", "မွေးဖွားမှုရလဒ်", "အသက်ရှင်",
)  # fmt: skip
_MARKED = re.compile(r"y|yes|✓|well|ปกติ", re.IGNORECASE)
"""Answers that say it only under such a heading."""
_LIVED = re.compile(
    r"l\.?b\.?|live(?:[\s-]?birth|born)?|born alive|alive|living"
    r"|(?:เกิด)?มีชีพ|มีชีวิต(?:อยู่)?|แข็งแรง(?:ดี)?|รอด"
    r"|အသက်ရှင်.*|ရှင်",
    re.IGNORECASE,
)
_SHORT = r"\b(?:f\.?s\.?b|m\.?s\.?b|s\.?b|iufd|dfiu|n\.?n\.?d|e\.?n\.?d)\b\.?"
_IN_WORDS = (
    r"still[\s-]?b|\bdead\b|\bdied\b|\bdeath\b|passed away"
    r"|ตายคลอด|ตายใน|ไร้ชีพ|เสียชีวิต|ถึงแก่กรรม|(?<![ก-๛])ตาย(?![ก-๛])"
    r"|သေဆုံး|အသေမွေး|(?<![\u1000-\u109f])သေ(?![\u1000-\u109f])"
)
_DIED = re.compile(f"{_SHORT}|{_IN_WORDS}", re.IGNORECASE)
_NO_NAME = re.compile(f"{_SHORT}|.*(?:{_IN_WORDS}).*", re.IGNORECASE)
"""Letters such as SB can stand in a name."""


_NOT_BORN = re.compile(r"miscarr|abort|แท้ง", re.IGNORECASE)


def mentions_death(remark: str) -> bool:
    """Whether a remark says that somebody died."""
    return bool(_DIED.search(remark))


def says_died(name: str) -> bool:
    """Whether a cell for a child's name says that the child died: 'ตายคลอด', 'IUFD', 'Baby of Ma Win (stillborn)'."""
    return bool(_NO_NAME.fullmatch(name.strip(" .()")))


def died(written: str, field: str) -> Finding:
    """The refusal of a child that died: its birth and death are notified, and nobody is called."""
    sentence = _(
        "“%(written)s”: the child died or was born dead. Write it down on the intake page, and then that it died: "
        "birth and death have their own time limits."
    )
    return error("BR-DIED-6", field, sentence % {"written": written[:40]})


def looks_life(raw: Raw) -> bool:
    """Whether a cell says whether the child lived."""
    text = as_text(raw)
    return isinstance(raw, str) and bool(_LIVED.fullmatch(text) or _DIED.search(text))


def read_life(raw: Raw, today: date) -> ReadCell:
    """ "alive" or "". A child that died is refused."""
    text = as_text(raw)
    if says_nothing(text):
        return ReadCell("")
    if _LIVED.fullmatch(text) or _MARKED.fullmatch(text):
        return ReadCell("alive")
    if _DIED.search(text) or _NOT_BORN.search(text):
        return ReadCell("", None, (died(text, "life"),))
    sentence = _("“%(written)s” does not say whether the child lived. It was left out.")
    return ReadCell("", None, (warning("E-IMP-22", "life", sentence % {"written": text[:60]}),))
