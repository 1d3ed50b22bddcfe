"""What the heading of a column says: which fact, of whom, in which script.

A heading is cut into whose fact it is (child, mother, father) and what it says of them, so that
"Mother's name", "ชื่อมารดา" and a "Name" under a wide "มารดา" are one thing.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from rapidfuzz import fuzz, process

from casework.kernel.digits import to_ascii_digits, without_zero_width
from casework.kernel.spoken import in_each_language

if TYPE_CHECKING:
    from casework.imports.cells import ReadCell
    from casework.imports.questions import Question
    from casework.imports.reading import Raw

SURE = 0.8  # from here on a proposal needs no second look
UNSURE = 0.79  # what a person looks at: just below SURE
LIKELY = 0.6  # below this nothing is proposed
_CONTAINED = 0.85  # of a heading that holds a known one and more
_SPELLED = 0.87  # likeness in letters from which on a heading is a known one misspelled, not another word
_LONG_ENOUGH = 8  # letters of a heading that can be misspelled: a "BCG date" is no "BC date", "lborn" is not "born"
_ALIKE = 0.75  # below it, words are not even proposed
_LONGEST_HEADING = 120
OF_CHILD = frozenset({"", "child"})
_TOO_WIDE = frozenset({"วันที่", "เลขที่", "number", "date"})
"""Words that stand in headings of many facts: they name one only by themselves."""

_SUBJECTS: Mapping[str, re.Pattern[str]] = {
    "guardian": re.compile(r"ผู้ปกครอง|ผู้ดูแล|\bguardian'?s?\b|\bcare ?(?:giver|taker)'?s?\b|အုပ်ထိန်းသူ"),
    "somebody else": re.compile(
        r"ผู้(?!หญิง|ชาย|คลอด|มาคลอด)[ก-๛]*|เจ้าหน้าที่|เจ้าบ้าน|พยาบาล|แพทย์|(?<![ก-๛])หมอ|นายจ้าง|ญาติ|กำนัน|\bพยาน|\bล่าม"
        r"|แม่ยาย|(?:แม่|พ่อ)สามี|พ่อตา"
        r"|\b(?:grand|step|god|foster)[\s-]?(?:mother|father)'?s?|\b(?:mother|father)[\s-]in[\s-]law'?s?"
        r"|\b(?:patient|informant|witness|midwife|nurse|doctor|staff|recorder|interpreter|translator|employer|relative"
        r"|clerk|reporter|contact person|attendant|householder|village head|headman)(?:'?s)?\b"
        r"|\b(?:recorded|filled|entered|delivered) by\b"
        r"|သားဖွားဆရာမ|ဆရာဝန်|အဖွား|အဘွား|အဖိုး|သက်သေ"
    ),
    "mother": re.compile(
        r"มารดา|แม่(?!สอด|ระมาด|ฮ่องสอน|สาย|ลาน)|mother'?s?|\bm[ou]m(?:my)?(?:'?s)?\b|maternal|\bm\.(?=\s*[a-z])|\(m\)|မိခင်|အမေ"
        r"|ผู้(?:มา)?คลอด|หญิง(?:คลอด|ตั้งครรภ์|มีครรภ์)|\bwom[ae]n'?s?\b|\bparturient"
    ),
    "father": re.compile(r"บิดา|พ่อ|สามี|father'?s?|\bdad(?:dy)?(?:'?s)?\b|\bhusband'?s?\b|paternal|ဖခင်|အဖေ|ခင်ပွန်း"),
    "child": re.compile(r"เด็ก|ทารก|บุตร|(?<!ป)ลูก(?!จ้าง|ค้า|หนี้)|child'?s?|baby'?s?|infant'?s?|newborn|ကလေး"),
}
_SOMETHING_ELSE = re.compile(
    r"\bexpected\b|\bestimated\b|\bed[dc]\b|\blmp\b|คาดว่าจะ|กำหนดคลอด|\bplacenta|(?<=น้ำหนัก)รก|\bdischarged?\b|จำหน่าย|\bbcg\b"
    r"|\bhbv\b|\bvaccin|วัคซีน|\bexpir|หมดอายุ"
)
"""Days and weights that are not those of the birth, nor of its papers."""
_SCRIPTS: Mapping[str, re.Pattern[str]] = {
    "th": re.compile(r"ภาษาไทย|ไทย|\bthai\b|\bth\b|ထိုင်း"),
    "my": re.compile(r"ภาษาพม่า|พม่า|burmese|myanmar|မြန်မာ|ဗမာ"),
    "en": re.compile(r"ภาษาอังกฤษ|อังกฤษ|english|\beng?\b|latin|အင်္ဂလိပ်"),
}
_LANGUAGES_APART = re.compile(
    r"[\n/|()\[\]]+|(?<=[\u0e00-\u0e7f\u1000-\u109f])\s+(?=[a-z])|(?<=[a-z.])\s+(?=[\u0e00-\u0e7f\u1000-\u109f])"
)
_WHOLE_DATE = re.compile(r"(?<![ก-๛])(?:วัน[\s./,-]*เดือน[\s./,-]*ปี|ว[\s./-]{0,2}ด[\s./-]{0,2}ป)(?:[\s.]*ที่)?(?![ะ-ฺ็-๎])")
"""“วดป” and “วัน/เดือน/ปี”: in headings the same as “วันที่”."""
_ASCII_SIGNS = re.compile(r"[^A-Za-z0-9]+")
_FILLERS = re.compile(
    r"\bof\b|\bthe\b|\bin\b|\bdata\b|\binfo(?:rmation)?\b|\bdetails?\b|\bparticulars\b|\(\s*\)|ของ(?=\W|$)|ข้อมูล|รายละเอียด"
)


@dataclass(frozen=True, kw_only=True)
class ColumnSpec:
    """One fact a register can hold: what people call its column, how its cells are read, what they look like.

    `headings` leave out whose fact it is (that is `about`; "" for facts of the whole row) and the script
    (`script`: th, my, or "" for any). An empty heading means the person's word alone is enough ("Mother").
    """

    key: str
    label: str | Promise
    headings: tuple[str, ...]
    read: Callable[[Raw, date], ReadCell]
    about: frozenset[str] = OF_CHILD
    script: str = ""
    required: bool = False
    looks: Callable[[Raw], bool] | None = None
    may_repeat: bool = False
    """Whether columns side by side may hold it, of which a row fills one or more, such as two phones."""
    by_cells: bool = False
    """Whether the cells alone may propose it, where no heading does and one column looks like it: days, a sex."""
    by_place: bool = False
    """Whether the columns beside it tell whose it is where its heading does not, such as “ID number”."""
    either: tuple[str, ...] = ()
    """Headings that can as well mean the fact `rival`: sure only where that one has a column of its own."""
    rival: str = ""
    asks: tuple[Question, ...] = ()
    """What its cells may leave open, to be answered once for a sheet."""
    words: Mapping[str, str | Promise] = field(default_factory=dict)
    """What a code of this fact is called on the pages."""
    write: Callable[[Any], str] = str
    """How a value of this fact is written on the pages, such as with its unit."""

    @cached_property
    def called(self) -> frozenset[str]:
        """What our pages and templates call it, in each of their languages."""
        return frozenset(plain(words) for words in in_any_language(self.label))


@dataclass(frozen=True)
class Heading:
    """A heading cut into whose fact, in which script, and the bare words: all, then those of each of its languages."""

    subjects: frozenset[str]
    scripts: frozenset[str]
    words: tuple[str, ...]


@lru_cache(maxsize=4096)
def cut(heading: str) -> Heading:
    """Cut a heading as written into its parts."""
    text = plain(heading)
    if _SOMETHING_ELSE.search(text):
        return Heading(frozenset({"something else"}), frozenset(), (squash(text),))
    subjects, scripts = set(), set()
    for subject, pattern in _SUBJECTS.items():
        text, count = pattern.subn(" ", text)
        if count:
            subjects.add(subject)
    for script, pattern in _SCRIPTS.items():
        text, count = pattern.subn(" ", text)
        if count:
            scripts.add(script)
    text = _WHOLE_DATE.sub("วันที่", _FILLERS.sub(" ", text))
    parts = [squash(part) for part in _LANGUAGES_APART.split(text)]
    if not all(part in _TOO_WIDE for part in parts):  # "Date/Time of Delivery" is no "Date"
        parts = [part for part in parts if part not in _TOO_WIDE]
    words = dict.fromkeys([squash(text), *parts])
    if len(words) > 1:
        words.pop("", None)
    return Heading(frozenset(subjects), frozenset(scripts), tuple(words))


def plain(heading: object) -> str:
    """A heading in one form of writing: NFKC (keeping the Thai sara am whole), small letters, digits 0-9."""
    text = str(heading or "")[:_LONGEST_HEADING].replace("_", " ")
    if text.isascii():
        return text.casefold().strip()
    text = text.replace("ำ", "\ue000")
    text = unicodedata.normalize("NFKC", text).replace("\ue000", "ำ")
    return without_zero_width(to_ascii_digits(text)).casefold().replace("’", "'").strip()


def squash(text: str) -> str:
    """Only letters, marks and digits, so that dots, spaces and dashes make no difference."""
    if text.isascii():
        return _ASCII_SIGNS.sub("", text)
    return "".join(letter for letter in text if unicodedata.category(letter)[0] in "LMN")


def in_any_language(words: str | Promise) -> tuple[str, ...]:
    """Words of our pages in each of their languages: what people copy from a list that they took along."""
    return tuple(dict.fromkeys(in_each_language(lambda: words).values()))


def fingerprint(headings: Sequence[str]) -> str:
    """The same for two sheets with the same headings in the same order."""
    joined = "\x1f".join(squash(plain(heading)) for heading in headings)
    return hashlib.sha256(joined.encode()).hexdigest()[:32]


def heading_score(heading: str, spec: ColumnSpec, whose: frozenset[str] = frozenset()) -> float:
    """How well a heading names a fact, 0 to 1; `whose` stands in where it does not say whose fact it is."""
    if plain(heading) in spec.called:
        return 1.0
    found = cut(heading)
    weight = subject_weight(found.subjects or whose, spec.about) * _script_weight(found.scripts, spec.script)
    if not weight:
        return 0.0
    return weight * words_score(found, _known(spec))


def words_score(heading: Heading, known: tuple[str, ...]) -> float:
    """How well a heading, whosever fact it is, fits the best of some known ones."""
    return max(_words_score(words, known) for words in heading.words)


def count_recognised(headings: Sequence[str], specs: Sequence[ColumnSpec]) -> int:
    """How many different facts a row of cells would name well, were it the row of headings."""
    named: set[str] = set()
    for heading in headings:
        if heading.strip() and len(heading) <= _LONGEST_HEADING:
            named.update(spec.key for spec in specs if heading_score(heading, spec) >= SURE)
    return len(named)


def _known(spec: ColumnSpec) -> tuple[str, ...]:
    return squashed(spec.headings)


@lru_cache(maxsize=512)
def squashed(headings: tuple[str, ...]) -> tuple[str, ...]:
    """Known headings as `cut` writes the words of one."""
    return tuple(squash(_WHOLE_DATE.sub("วันที่", _FILLERS.sub(" ", plain(heading)))) for heading in headings)


def _words_score(words: str, known: tuple[str, ...]) -> float:
    """How well words fit the best of a fact's known headings, 0 below LIKELY."""
    if words in known:
        return 1.0
    if not words:
        return 0.0
    nearest = process.extractOne(words, known, scorer=fuzz.ratio, score_cutoff=LIKELY * 100)
    score = nearest[1] / 100 if nearest else 0.0
    if nearest and score >= _SPELLED and len(nearest[0]) >= _LONG_ENOUGH:
        return score
    if any(len(heading) >= 6 and heading in words and heading not in _TOO_WIDE for heading in known):
        return _CONTAINED
    return min(score, UNSURE) if score >= _ALIKE else 0.0


def subject_weight(found: frozenset[str], about: frozenset[str]) -> float:
    """1 where whose fact a heading says to hold fits the fact, also where it says nothing; else 0."""
    if found:
        return 1.0 if found & about else 0.0
    return 1.0 if "" in about else 0.0


def _script_weight(found: frozenset[str], script: str) -> float:
    if script:
        return 1.0 if script in found else 0.0
    return 0.9 if found and "en" not in found else 1.0
