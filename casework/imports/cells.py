"""Reading one cell: its value, what a person should know about how it was read, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casework.imports.columns import plain
from casework.imports.reading import Raw
from casework.kernel.dates import BUDDHIST_OFFSET, parse_text, short
from casework.kernel.digits import clean_line, to_ascii_digits
from casework.kernel.refusals import Finding, Refusal, error, warning
from casework.people.identifiers import is_thai_id, normalise_number, normalise_thai_id, thai_id_findings
from casework.people.phones import is_plausible, national_digits, phone_findings, split_phones


class Note(NamedTuple):
    """What was read from what, put into words only when someone looks."""

    words: str | Promise
    facts: Mapping[str, Any]

    def __str__(self) -> str:
        language = get_language() or "en"
        shown = {key: short(fact, language) if isinstance(fact, date) else fact for key, fact in self.facts.items()}
        return str(self.words) % shown


class ReadCell(NamedTuple):
    """The value of a cell, a note on what was read from what (None when it stands as written).

    And findings.
    """

    value: Any
    note: Note | None = None
    findings: tuple[Finding, ...] = ()


Reader = Callable[[Raw, date], ReadCell]

MOST_YEARS_BACK = 30
"""How old the entries of a register are at most, where the century of a year must be told."""
FIRST_DAY_COUNTED = date(1899, 12, 30)
"""Day 0 of Excel, which takes 1900 for a leap year; of LibreOffice too."""

_NOTHING = frozenset({
    "", "-", "--", "---", "–", "—", "?", "n/a", "n.a.", "na", "nil", "none", "no", "unknown", "not known", "no data",
    "ไม่มี", "ไม่ระบุ", "ไม่ทราบ", "ไม่ทราบชื่อ", "ไม่มีข้อมูล", "ไม่ปรากฏ", "ไม่ปรากฎ",
    "ไม่แจ้ง", "ไม่เปิดเผย", "unk", "not stated", "not available", "မရှိ", "မသိ",
})  # fmt: skip
_NOT_YET = re.compile(
    r"(?:ยัง|รอ|หาย|สูญหาย|กำลัง|ไม่ได้|ไม่ครบ|pending|not (?:yet|done|received)|wait|lost|in process|in progress"
    r"|စောင့်|မရသေး|ပျောက်).*",
    re.DOTALL,
)
_CANCELLED = re.compile(
    r"[\W_]*(?:ยกเลิก(?:แล้ว|แถวนี้|รายการ(?:นี้)?)?|cancell?ed|cancel|void(?:ed)?|deleted|ပယ်ဖျက်(?:ပြီး|သည်)?)[\W_]*",
    re.IGNORECASE,
)
_IN_POWERS = re.compile(r"[0-9.,]+e\+?[0-9]+", re.IGNORECASE)
_LONG_NUMBER = 9  # digits from which on a number of one digit alone was never given out
_YES = frozenset({"✓", "✔", "☑", "√", "/", "x", "y", "yes", "true", "1", "มี", "ใช่", "ได้", "ครบ", "ရှိ", "ဟုတ်"})
_NO = frozenset({"✗", "✘", "☐", "n", "no", "false", "0", "ไม่มี", "ไม่ใช่", "ไม่ได้", "none", "-", "မရှိ", "မဟုတ်"})


def as_text(raw: Raw) -> str:
    """A cell as one clean line; a whole number without the .0 a spreadsheet adds."""
    if isinstance(raw, str):
        return clean_line(raw)
    if isinstance(raw, bool):
        return "1" if raw else "0"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    return str(raw)


def is_blank(raw: Raw) -> bool:
    """Whether nothing stands in a cell."""
    return isinstance(raw, str) and not raw.strip()


def is_yes(raw: Raw) -> bool:
    """Whether a box is ticked."""
    return as_text(raw).casefold() in _YES


def is_mark(raw: Raw) -> bool:
    """Whether nothing but a tick, or a sign for none, stands in a cell."""
    text = as_text(raw).casefold()
    return not text or text in _YES or text in _NO


def says_nothing(text: str) -> bool:
    """Whether a text only says that nothing is known: '-', 'n/a', 'ไม่ระบุ'."""
    return text.casefold() in _NOTHING


def says_not_yet(text: str) -> bool:
    """Whether a cell for a day or number only says that there is none yet, or none any more: 'รอ', 'pending', 'หาย'."""
    return not any(letter.isdecimal() for letter in text) and bool(_NOT_YET.fullmatch(text.casefold().strip("()[] ")))


def says_cancelled(raw: Raw) -> bool:
    """Whether a cell says nothing but that its row does not hold: 'ยกเลิก', 'cancelled', '** VOID **'."""
    return isinstance(raw, str) and bool(_CANCELLED.fullmatch(raw))


def blank_of(raw: Raw, value: Any) -> ReadCell | None:
    """What a cell without a day or a number is read as, None where something stands in it; "not yet" is told."""
    if not isinstance(raw, str):
        return None
    text = clean_line(raw)
    if says_nothing(text):
        return ReadCell(value)
    if says_not_yet(text):
        return ReadCell(value, Note(gettext_lazy("“%(written)s” read as none yet."), {"written": text[:60]}))
    return None


def lost_digits(raw: Raw, field: str) -> ReadCell | None:
    """The refusal of a number of which a spreadsheet wrote only the first digits, '1.23E+12'; else None."""
    text = to_ascii_digits(as_text(raw))
    if not isinstance(raw, str) or not _IN_POWERS.fullmatch(text):
        return None
    sentence = _("“%(written)s” has lost its last digits. Write the whole number from the paper.")
    return ReadCell("", None, (error("BR-ID-1", field, sentence % {"written": text}),))


def no_number(raw: Raw) -> ReadCell | None:
    """The empty value of a number that stands for none, such as 0 or 0000000000000; else None."""
    bare = normalise_number(raw)
    if not bare.isdecimal() or len(set(bare)) > 1 or (bare[0] != "0" and len(bare) < _LONG_NUMBER):
        return None
    return ReadCell("", Note(gettext_lazy("“%(written)s” is no number."), {"written": as_text(raw)[:60]}))


def text_reader(*, longest: int = 200) -> Reader:
    """Read free words, at most so many characters (a longer text is cut, and says so)."""

    def read(raw: Raw, today: date) -> ReadCell:
        text = as_text(raw)
        if len(text) > longest:
            return ReadCell(text[:longest], Note(_("Cut to %(count)d characters."), {"count": longest}))
        return ReadCell(text)

    return read


def date_reader(field: str, *, codes: Mapping[str, str] | None = None) -> Reader:
    """Read a day in either era, from text or a real date. A blank cell is None.

    `codes` renames the codes of refusals for this fact. A bare number is refused, unless it is year, month and day in
    eight digits: it may be a day count or a slip.
    """
    renamed = codes or {}

    def read(raw: Raw, today: date) -> ReadCell:
        blank = blank_of(raw, None)
        if blank is not None:
            return blank
        doubt = _cut_year_finding(raw, today, field) or _day_count_finding(raw, today, field)
        if doubt is not None:
            return ReadCell(None, None, (_renamed(doubt, renamed),))
        if isinstance(raw, str) and (pair := day_and_month(raw)) and pair[0] <= MONTHS < pair[1]:
            sentence = _("“%(written)s”: there is no month %(month)s. If the month comes first, write it as a name.")
            finding = error("E-DATE-2", field, sentence % {"written": as_text(raw)[:30], "month": pair[1]})
            return ReadCell(None, None, (_renamed(finding, renamed),))
        try:
            found = parse_text(_apart(raw), today=today, field=field)
        except Refusal as refusal:
            return ReadCell(None, None, tuple(_renamed(finding, renamed) for finding in refusal.findings))
        return ReadCell(found.value, _era_note(raw, found.value, found.era))

    return read


def _apart(raw: Raw) -> Raw:
    """A day in eight digits, the year first, as hospitals exchange them (20240312, 25670312), in its three parts."""
    found = None if isinstance(raw, date) else _TOGETHER.fullmatch(to_ascii_digits(as_text(raw)))
    return "-".join(found.groups()) if found else raw


_TOGETHER = re.compile(r"((?:19|20|2[45])\d\d)(0[1-9]|1[0-2])([0-3]\d)")
MONTHS = 12
BOTH_WAYS = re.compile(r"\s*(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*[-/.]\s*(\d{2}|\d{4})(?!\d)")


def day_and_month(raw: Raw) -> tuple[int, int] | None:
    """The two numbers before the year of a day written in numbers, in the order in which they stand."""
    found = BOTH_WAYS.match(to_ascii_digits(raw)) if isinstance(raw, str) else None
    return (int(found[1]), int(found[3])) if found else None


_SHORT_YEAR = re.compile(r"(\d{1,2}(?:[./\-\s]+\d{1,2}[./\-\s]+|[./\-\s]*[^\W\d][^\d]*))(\d{2})")
CENTURIES = {"be": "25", "ce": "20"}


def has_short_year(raw: Raw) -> bool:
    """Whether a cell holds a day whose year has two digits."""
    return isinstance(raw, str) and bool(_SHORT_YEAR.fullmatch(to_ascii_digits(as_text(raw))))


def whole_year(raw: Raw, era: str, today: date) -> Raw:
    """A day with all digits of its year, where a person said of which era the years of two digits are.

    Also a real date of which a spreadsheet took the Buddhist 66 for 1966. A Buddhist year that no entry of a register
    can have stays as it is: a 24 among 66 and 67 is one of the other era.
    """
    if era == "be" and isinstance(raw, date) and _cut_year_finding(raw, today, ""):
        return f"{raw.day}/{raw.month}/{_cut_year(raw)}"
    found = _SHORT_YEAR.fullmatch(to_ascii_digits(as_text(raw))) if isinstance(raw, str) else None
    if not found or (era == "be" and not _may_be_buddhist(int(found[2]), today)):
        return raw
    return f"{found[1]}{CENTURIES[era]}{found[2]}"


def _may_be_buddhist(short_year: int, today: date) -> bool:
    """Whether two digits can be the Buddhist year of an entry."""
    return today.year - MOST_YEARS_BACK <= 2500 + short_year - BUDDHIST_OFFSET <= today.year


def _cut_year(day: date) -> int:
    """The Buddhist year of which a spreadsheet took the two digits for 19..: 2566 where it says 1966."""
    return day.year - 1900 + 2500


def _cut_year_finding(raw: Raw, today: date, field: str) -> Finding | None:
    """Refuse a real date in which a spreadsheet took the two digits of a Buddhist year for 19..: '12/3/66' is 1966."""
    if not isinstance(raw, date) or not 1900 <= raw.year <= 1999:
        return None
    if not _may_be_buddhist(raw.year - 1900, today):
        return None
    buddhist = _cut_year(raw)
    common = buddhist - BUDDHIST_OFFSET
    sentence = _(
        "Is the year %(year)s, or พ.ศ. %(buddhist)s (%(common)s) of which a spreadsheet kept two digits? "
        "Write the day as text, with all four digits."
    )
    facts = {"year": raw.year, "buddhist": buddhist, "common": common}
    return error("BR-DOB-6", field, sentence % facts)


def _day_count_finding(raw: Raw, today: date, field: str) -> Finding | None:
    """Refuse a number that may be a spreadsheet's count of days since 1900, and say which day it would be."""
    text = to_ascii_digits(as_text(raw))
    if isinstance(raw, date) or not re.fullmatch(r"[1-9][0-9]{4}", text):
        return None
    day = FIRST_DAY_COUNTED + timedelta(days=int(text))
    if day > today or day.year < today.year - MOST_YEARS_BACK:
        return None
    sentence = _(
        "“%(written)s” is a number. If a spreadsheet counted days, it is %(day)s. "
        "Show the column as dates, or write the day as text."
    )
    return error("E-DATE-2", field, sentence % {"written": text, "day": short(day, get_language() or "en")})


def _renamed(finding: Finding, codes: Mapping[str, str]) -> Finding:
    code = codes.get(finding.code, finding.code)
    return Finding(code=code, field=finding.field, sentence=finding.sentence, level=finding.level)


def _era_note(raw: Raw, value: date, era: str) -> Note | None:
    if era != "be":
        return None
    if isinstance(raw, date):
        return Note(
            _("A date with the Buddhist year %(year)s, read as %(date)s."),
            {"year": str(raw.year), "date": value},
        )
    return Note(_("“%(written)s” read as %(date)s (พ.ศ.)."), {"written": as_text(raw), "date": value})


def choice_reader(
    words: Mapping[str, str], *, field: str, code: str, sentence: str | Promise, blank: str | None = None
) -> Reader:
    """Read one of a list of words.

    `blank` is what an empty cell means, None where it is refused like any other.
    """
    table = {_choice_key(word): value for word, value in words.items()}

    def read(raw: Raw, today: date) -> ReadCell:
        text = as_text(raw)
        found = table.get(_choice_key(text))
        if found is not None:
            return ReadCell(found)
        if blank is not None and says_nothing(text):
            return ReadCell(blank)
        return ReadCell("", None, (error(code, field, sentence),))

    return read


def _choice_key(word: str) -> str:
    return re.sub(r"[\s.\-_]+", "", plain(word))


def mark_reader(field: str) -> Reader:
    """Read a yes or no mark, or the paper's number: text with a digit in it. Other words are left out, and say so."""

    def read(raw: Raw, today: date) -> ReadCell:
        text = as_text(raw)
        bare = text.casefold()
        if bare in _YES:
            return ReadCell("yes")
        if bare in _NO or says_nothing(text):
            return ReadCell("")
        if any(letter.isdecimal() for letter in text):
            return ReadCell(text)
        blank = blank_of(text, "")
        if blank is not None:
            return blank
        sentence = _("“%(written)s” is no yes and no number. It was left out.") % {"written": text[:60]}
        return ReadCell("", None, (warning("E-IMP-19", field, sentence),))

    return read


def number_reader(*, longest: int) -> Reader:
    """Read the number of a paper or record as it stands; words without a digit are none."""

    def read(raw: Raw, today: date) -> ReadCell:
        text = as_text(raw)
        if not any(letter.isdecimal() for letter in text):
            return blank_of(text, "") or ReadCell(
                "", Note(gettext_lazy("“%(written)s” is no number."), {"written": text})
            )
        return ReadCell(text[:longest])

    return read


def phone_reader(field: str) -> Reader:
    """Read the first number of a cell that can be dialled as national digits; further ones are named in the note."""

    def read(raw: Raw, today: date) -> ReadCell:
        blank = blank_of(raw, "")
        if blank is not None:
            return blank
        blank = no_number(raw)
        if blank is not None:
            return blank
        is_cut = lost_digits(raw, field) is not None
        numbers = [] if is_cut else sorted(split_phones(raw), key=is_plausible, reverse=True)
        if numbers and not is_plausible(numbers[0]) and is_plausible(whole := national_digits(raw)):
            numbers = [whole]  # "081/2345678"
        if not numbers:
            sentence = _("“%(written)s” is no phone number. It was left out.") % {"written": as_text(raw)[:60]}
            return ReadCell("", None, (warning("BR-PHONE-1", field, sentence),))
        facts = {"written": as_text(raw), "number": numbers[0], "others": ", ".join(numbers[1:])}
        note = None
        if len(numbers) > 1:
            note = Note(_("%(number)s was read. Also in the cell: %(others)s."), facts)
        elif not isinstance(raw, str) or (numbers[0][0] == "+" and "+" not in raw):
            note = Note(_("%(written)s read as %(number)s."), facts)
        return ReadCell(numbers[0], note, tuple(phone_findings(numbers[0], field=field)))

    return read


def thai_id(raw: Raw, *, field: str) -> ReadCell:
    """Read a 13-digit number; zeros that a spreadsheet dropped are put back, and the note says so."""
    blank = blank_of(raw, "")
    if blank is not None:
        return blank
    raw = re.sub(r"^['‘’]|\.0$", "", raw.strip()) if isinstance(raw, str) else raw
    unread = lost_digits(raw, field) or no_number(raw)
    if unread is not None:
        return unread
    number = normalise_thai_id(raw)
    bare = normalise_number(raw)
    has_lost_zeros = bare.isdecimal() and 10 <= len(bare) < 13 and bare[0] != "0" and is_thai_id(bare.zfill(13))
    if isinstance(raw, str) and has_lost_zeros:
        number = bare.zfill(13)  # a CSV file that went through a spreadsheet: the check digit proves the zeros
    note = None
    if number != bare:
        words = _("%(written)s read as %(number)s: leading zeros put back.")
        note = Note(words, {"written": bare, "number": number})
    return ReadCell(number, note, tuple(thai_id_findings(number, field=field)))


def thai_id_reader(field: str) -> Reader:
    """The reader of a column of 13-digit numbers."""

    def read(raw: Raw, today: date) -> ReadCell:
        return thai_id(raw, field=field)

    return read
