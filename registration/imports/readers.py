"""Readers of the cells that only a register of births has.

Weight, names, papers, certificate forms, twins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.imports.apart import BETWEEN
from casework.imports.cells import Note, ReadCell, as_text, blank_of, choice_reader, says_nothing
from casework.imports.questions import NOT_ANSWERED, Question
from casework.imports.reading import Raw
from casework.kernel.digits import to_ascii_digits
from casework.kernel.refusals import error, warning
from casework.people.states import PaperType, Sex
from registration.imports import words
from registration.imports.life import died, says_died
from registration.imports.parents import parents_in
from registration.states import CertificateForm

HEAVY_KILOGRAMS = 5
FEWEST_HEAVY = 3  # weights above it from which on a column may hold pounds
MOST_KILOGRAMS = 20  # a bare number up to here is kilograms, above it grams; 8 to 299 is refused either way
_WEIGHT = re.compile(
    r"([0-9][0-9,. ]*)\s*(kg|kgs|kilo|kilos|k|กก|ก\.ก|กิโล|กิโลกรัม|g|gr|gm|gms|gram|grams|ก|กรัม|ကီလို|ကီလိုဂရမ်|ဂရမ်)?\.?",
    re.IGNORECASE,
)
_KILOGRAMS = frozenset({"kg", "kgs", "kilo", "kilos", "k", "กก", "ก.ก", "กิโล", "กิโลกรัม", "ကီလို", "ကီလိုဂရမ်"})
_BOTH_UNITS = re.compile(
    r"([0-9])\s*(?:kgs?|กก|ก\.ก|กิโลกรัม|กิโล)\.?\s*([0-9]{1,3})\s*(?:grams?|gms?|gr?|กรัม|ก)\.?", re.IGNORECASE
)
_HUNDREDS = re.compile(r"(?:([0-9])\s*(?:kgs?|กก|ก\.ก|กิโลกรัม|กิโล)\.?\s*)?([0-9]{1,2})\s*ขีด", re.IGNORECASE)
"""In hundreds of grams, as on a market: '3 กก. 2 ขีด', '32 ขีด'."""
_POUNDS = re.compile(
    r"([0-9]{1,2}(?:[.,][0-9]+)?)\s*(?:lbs?|pounds?|ปอนด์|ပေါင်)\.?"
    r"(?:\s*([0-9]{1,2}(?:[.,][0-9]+)?)\s*(?:oz|ounces?|ออนซ์|အောင်စ)\.?)?",
    re.IGNORECASE,
)
_POUND, _OUNCE = 0.45359237, 0.028349523125  # kilograms
_CLOCK = re.compile(r"([01]?\d|2[0-3])\s*[:.]\s*([0-5]\d)(?:\s*[:.]\s*\d\d)?\s*(?:น\.?|hrs?\.?)?", re.IGNORECASE)
_HALF_DAY = re.compile(r"(0?[1-9]|1[0-2])\s*[:.]\s*([0-5]\d)\s*([ap])\.?\s*m\.?", re.IGNORECASE)
_NOT_WEIGHED = re.compile(r"0(?:[.,]0+)?|ไม่ได้ชั่ง.*|ชั่งไม่ได้.*|ไม่ชั่ง.*|not weighed|not taken", re.IGNORECASE)
_NO_NAME = re.compile(
    r"(?:ยัง)?ไม่(?:ได้|มี|ระบุ|ทราบ)?(?:ตั้ง)?ชื่อ.*|-+\s*ไม่มี\s*-+|ยังไม่(?:ได้)?ตั้ง.*"
    r"|(?:no|without) name.*|not (?:yet )?named.*|unnamed"
    r"|(?:new ?born|baby|infant|child)?\s*(?:boy|girl|baby|infant)"
    r"|ด\.?\s*[ชญ]\.?|เด็ก(?:ชาย|หญิง)|ทารก(?:เพศ(?:ชาย|หญิง))?"
    r"|(?:เสียชีวิต|ตาย)(?:แล้ว)?|deceased|dead|died|သေဆုံး.*"
    r"|အမည်မ(?:ရှိ|ပေး).*|နာမည်မ(?:ရှိ|ပေး).*",
    re.IGNORECASE,
)

_sex_in_words = choice_reader(
    words.SEX,
    field="sex",
    code="BR-SEX-1",
    sentence=gettext_lazy("The sex cannot be read. Write หญิง or ชาย, F or M."),
)

read_sex_if_any = choice_reader(
    words.SEX,
    field="sex",
    code="BR-SEX-1",
    sentence=gettext_lazy("The sex cannot be read. Write หญิง or ชาย, F or M."),
    blank="",
)


_IN_TWO_LANGUAGES = re.compile(r"[/()|,]|\s-\s")
_SEX_NUMBERS = {"12": {"1": Sex.MALE, "2": Sex.FEMALE}, "21": {"1": Sex.FEMALE, "2": Sex.MALE}}


def _is_sex_number(raw: Raw) -> bool:
    """Whether a cell of the sex holds 1 or 2."""
    return to_ascii_digits(as_text(raw)) in _SEX_NUMBERS["12"]


def _sex_of_number(raw: Raw, answer: str, today: date) -> Raw:
    return str(_SEX_NUMBERS[answer].get(to_ascii_digits(as_text(raw)), raw))


SEX_NUMBERS = Question(
    key="sex",
    label=gettext_lazy("Numbers for the sex in this sheet"),
    choices=(
        NOT_ANSWERED,
        ("12", gettext_lazy("1 is male, 2 is female")),
        ("21", gettext_lazy("1 is female, 2 is male")),
    ),
    raised_by=lambda heading, cells: any(map(_is_sex_number, cells)),
    put_right=_sex_of_number,
    codes=frozenset({"BR-SEX-2"}),
    anywhere=False,
)


def read_sex(raw: Raw, today: date) -> ReadCell:
    """A sex in words or letters; of a number nobody has said which it is."""
    if _is_sex_number(raw):
        sentence = _("“%(written)s” can be either sex. Say on the page of the columns which number is which.")
        return ReadCell("", None, (error("BR-SEX-2", "sex", sentence % {"written": as_text(raw)}),))
    said = [_sex_in_words(part, today) for part in _IN_TWO_LANGUAGES.split(as_text(raw)) if part.strip()]
    return said[0] if len({read.value for read in said}) == 1 else _sex_in_words(raw, today)


def may_be_sex(raw: Raw) -> bool:
    """Whether a cell says a sex, also with a number of which nobody has said which it is."""
    return _is_sex_number(raw) or (isinstance(raw, str) and not _sex_in_words(raw, date.min).findings)


def read_name(raw: Raw, today: date) -> ReadCell:
    """A name as written, or "" when the cell holds only signs or says that there is no name, or none is known."""
    text = as_text(raw)
    if not any(letter.isalpha() for letter in text):
        return ReadCell("")
    if says_nothing(text) or _NO_NAME.fullmatch(text):
        return ReadCell("", Note(gettext_lazy("“%(written)s” is no name."), {"written": text}))
    return ReadCell(text[:200])


def read_child(raw: Raw, today: date) -> ReadCell:
    """As read_name; what says that the child died is refused."""
    text = as_text(raw)
    return ReadCell(text, None, (died(text, "child"),)) if says_died(text) else read_name(raw, today)


def read_mother(raw: Raw, today: date) -> ReadCell:
    """As read_name; a cell with mother and father is read as "mother / father" where their titles tell who is who."""
    parents = parents_in(raw) if isinstance(raw, str) else None
    if parents is None:
        return read_name(raw, today)
    words = gettext_lazy("“%(written)s” read as mother %(mother)s and father %(father)s.")
    facts = {"written": as_text(raw), "mother": parents[0], "father": parents[1]}
    return ReadCell(BETWEEN.join(parents)[:200], Note(words, facts))


def read_weight(raw: Raw, today: date) -> ReadCell:
    """Birth weight in grams, from kilograms, grams or pounds in any digits; None for a blank cell (BR-BIRTH-3)."""
    text = as_text(raw)
    if says_nothing(text) or _NOT_WEIGHED.fullmatch(text) or blank_of(raw, None):
        return ReadCell(None)
    number, unit = _weight_parts(raw, text)
    if number is None:
        sentence = _("The weight “%(written)s” cannot be read. Write it in grams, for example 3200.")
        return ReadCell(None, None, (error("BR-BIRTH-3", "weight_g", sentence % {"written": text[:40]}),))
    in_kilograms = unit in _KILOGRAMS or (not unit and number <= MOST_KILOGRAMS)
    grams = round(number * 1000) if in_kilograms else round(number)
    note = None
    if in_kilograms:
        note = Note(gettext_lazy("“%(written)s” read as %(grams)s g."), {"written": text, "grams": f"{grams:,}"})
    return ReadCell(grams, note, _weight_findings(grams))


def _weight_parts(raw: Raw, text: str) -> tuple[float | None, str]:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return float(raw), ""
    written = "" if isinstance(raw, date | datetime) else to_ascii_digits(text)
    if both := _BOTH_UNITS.fullmatch(written):
        return int(both[1]) + int(both[2]) / 1000, "kg"
    if hundreds := _HUNDREDS.fullmatch(written):
        return int(hundreds[1] or 0) + int(hundreds[2]) / 10, "kg"
    if pounds := _POUNDS.fullmatch(written):
        whole, ounces = (float((part or "0").replace(",", ".")) for part in pounds.groups())
        return whole * _POUND + ounces * _OUNCE, "kg"
    found = _WEIGHT.fullmatch(written)
    if not found:
        return None, ""
    digits, unit = found[1].replace(" ", ""), (found[2] or "").lower()
    if unit not in _KILOGRAMS and re.fullmatch(r"[0-9]{1,2},[0-9]{3}(?:\.0+)?", digits):
        digits = digits.replace(",", "")  # 3,200 is grams with a thousands sign
    try:
        return float(digits.replace(",", ".")), unit
    except ValueError:
        return None, ""


def _bare_kilograms(raw: Raw) -> float | None:
    """The kilograms of a weight that names no unit and is too small for grams, else None."""
    number, unit = _weight_parts(raw, as_text(raw))
    return number if number and not unit and number <= MOST_KILOGRAMS else None


def _may_be_pounds(heading: str, cells: Sequence[Raw]) -> bool:
    """Whether most small weights of a column are too large for kilograms: hardly a newborn weighs five."""
    small = [number for number in map(_bare_kilograms, cells) if number]
    heavy = sum(number > HEAVY_KILOGRAMS for number in small)
    return heavy >= FEWEST_HEAVY and heavy * 2 > len(small)


POUNDS = Question(
    key="weight",
    label=gettext_lazy("Weights such as 6.5 in this sheet"),
    choices=(
        NOT_ANSWERED,
        ("kg", gettext_lazy("Kilograms")),
        ("lb", gettext_lazy("Pounds: 6.5 is 2,948 g")),
    ),
    raised_by=_may_be_pounds,
    put_right=lambda raw, answer, today: f"{as_text(raw)} {answer}" if _bare_kilograms(raw) else raw,
    codes=frozenset({"BR-BIRTH-5"}),
    concerns=lambda raw: _bare_kilograms(raw) is not None,
    refusal=gettext_lazy("These weights can be pounds. Say on the page of the columns which they are."),
    anywhere=False,
)


def read_time(raw: Raw, today: date) -> ReadCell:
    """The hour of the birth in any digits, or as a spreadsheet's own time; what cannot be read is left out."""
    if isinstance(raw, datetime):
        return ReadCell(raw.time().replace(second=0, microsecond=0))
    if isinstance(raw, time):
        return ReadCell(raw.replace(second=0, microsecond=0))
    if isinstance(raw, timedelta):
        return ReadCell((datetime.min + raw % timedelta(days=1)).time().replace(second=0, microsecond=0))
    text = to_ascii_digits(as_text(raw))
    if says_nothing(text):
        return ReadCell(None)
    if half := _HALF_DAY.fullmatch(text):
        return ReadCell(time(int(half[1]) % 12 + (12 if half[3] in "pP" else 0), int(half[2])))
    found = _CLOCK.fullmatch(text)
    if found is None:
        sentence = _("The hour “%(written)s” cannot be read. It was left out.") % {"written": text[:20]}
        return ReadCell(None, None, (warning("BR-TIME-1", "time", sentence),))
    return ReadCell(time(int(found[1]), int(found[2])))


def _weight_findings(grams: int) -> tuple:
    if not 300 <= grams <= 7000:
        sentence = _("A birth weight of %(grams)s g is not possible. Check it with the paper.")
        return (error("BR-BIRTH-3", "weight_g", sentence % {"grams": f"{grams:,}"}),)
    if not 1500 <= grams <= 5500:
        sentence = _("A birth weight of %(grams)s g is rare. Check that it is grams, not kilograms.")
        return (warning("BR-BIRTH-3", "weight_g", sentence % {"grams": f"{grams:,}"}),)
    return ()


_known_paper = choice_reader(words.PAPERS, field="mother_doc", code="", sentence="", blank=words.NO_PAPER)


def read_paper(raw: Raw, today: date) -> ReadCell:
    """Which paper the mother has.

    Blank is no paper, and says so; a word not known is kept as another paper.
    """
    read = _known_paper(raw, today)
    if not read.findings:
        blank = isinstance(raw, str) and not any(letter.isalpha() for letter in raw)
        return ReadCell(read.value, Note(gettext_lazy("No paper named, read as none."), {}) if blank else None)
    sentence = _("The paper “%(written)s” is not in the list. It is kept as another paper.")
    finding = warning("BR-PAPER-1", "mother_doc", sentence % {"written": as_text(raw)[:60]})
    return ReadCell(PaperType.OTHER.value, None, (finding,))


_known_form = choice_reader(words.FORMS, field="form", code="", sentence="", blank="")


def read_form(raw: Raw, today: date) -> ReadCell:
    """Which form of birth certificate was issued; a word not known is kept as another form."""
    read = _known_form(raw, today)
    if not read.findings:
        return ReadCell(read.value)
    sentence = _("The certificate form “%(written)s” is not in the list. It is kept as another form.")
    finding = warning("BR-FORM-1", "form", sentence % {"written": as_text(raw)[:60]})
    return ReadCell(CertificateForm.OTHER.value, None, (finding,))


def read_as_it_stands(raw: Raw, today: date) -> ReadCell:
    """Keep the cell with its type: how it is read depends on another column of the row."""
    return ReadCell(raw)
