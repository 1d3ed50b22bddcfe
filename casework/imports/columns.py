"""Recognising which column of a register is which: by its heading in any language, then by what it holds.

A heading is cut into whose fact it is (child, mother, father) and what it says of them, so that
"Mother's name", "ชื่อมารดา" and a "Name" under a wide "มารดา" are one thing. What is found is a
proposal: a person can change it, and the office's answer is kept for the next file with the same headings.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from rapidfuzz import fuzz, process

from casework.kernel.digits import to_ascii_digits, without_zero_width
from casework.kernel.spoken import in_each_language

if TYPE_CHECKING:
    from casework.imports.cells import ReadCell
    from casework.imports.reading import Raw

SURE = 0.8  # from here on a proposal needs no second look
LIKELY = 0.6  # below this nothing is proposed
_CONTAINED = 0.85  # of a heading that holds a known one and more
_SPELLED = 0.87  # likeness in letters from which on a heading is a known one misspelled, not another word
_ALIKE = 0.75  # below it, words are not even proposed
_UNSURE = 0.79  # what a person looks at: just below SURE
_NAMED_WHOSE = 0.02  # a heading that says whose fact it is goes before one that leaves it open
_SECOND_CHOICE = 0.1  # a column whose fact is taken does not fall back on one that fits so much worse
_LONGEST_HEADING = 120
_TOO_WIDE = frozenset({"วันที่", "เลขที่", "number"})
"""Words that stand in headings of many facts: they name one only by themselves."""

_SUBJECTS: Mapping[str, re.Pattern[str]] = {
    "mother": re.compile(
        r"มารดา|แม่(?!สอด|ระมาด|ฮ่องสอน|สาย|ลาน)|mother'?s?|\bmom\b|\bmum\b|maternal|\bm\.(?=\s*[a-z])|\(m\)|မိခင်|အမေ"
    ),
    "father": re.compile(r"บิดา|พ่อ|father'?s?|\bdad\b|paternal|ဖခင်|အဖေ"),
    "child": re.compile(r"เด็ก|ทารก|บุตร|\bลูก|child'?s?|baby'?s?|infant'?s?|newborn|ကလေး"),
    "somebody else": re.compile(r"ผู้ป่วย|ผู้แจ้ง|ผู้ติดต่อ|\bพยาน|\bล่าม|\bpatient'?s?\b|\binformant'?s?\b|\bwitness"),
}
_SCRIPTS: Mapping[str, re.Pattern[str]] = {
    "th": re.compile(r"ภาษาไทย|ไทย|\bthai\b|\bth\b|ထိုင်း"),
    "my": re.compile(r"ภาษาพม่า|พม่า|burmese|myanmar|မြန်မာ|ဗမာ"),
    "en": re.compile(r"ภาษาอังกฤษ|อังกฤษ|english|\beng?\b|latin|အင်္ဂလိပ်"),
}
_LANGUAGES_APART = re.compile(
    r"[\n/|()\[\]]+|(?<=[\u0e00-\u0e7f\u1000-\u109f])\s+(?=[a-z])|(?<=[a-z.])\s+(?=[\u0e00-\u0e7f\u1000-\u109f])"
)
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
    about: frozenset[str] = frozenset({"", "child"})
    script: str = ""
    required: bool = False
    looks: Callable[[Raw], bool] | None = None
    words: Mapping[str, str | Promise] = field(default_factory=dict)
    """What a code of this fact is called on the pages."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a column was taken for, and how sure that is (0 to 1).

    `named` is how well its heading alone names the fact; `is_only` is false where another column is named as well and a
    register cannot do without the fact.
    """

    key: str
    score: float
    named: float = 1.0
    is_only: bool = True

    @property
    def is_sure(self) -> bool:
        return self.score >= SURE and self.is_only

    @property
    def is_named(self) -> bool:
        """Whether the heading says it, whatever stands in the cells."""
        return self.named >= SURE and self.is_only


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
    subjects, scripts = set(), set()
    for subject, pattern in _SUBJECTS.items():
        text, count = pattern.subn(" ", text)
        if count:
            subjects.add(subject)
    for script, pattern in _SCRIPTS.items():
        text, count = pattern.subn(" ", text)
        if count:
            scripts.add(script)
    text = _FILLERS.sub(" ", text)
    parts = [text, *_LANGUAGES_APART.split(text)]
    words = dict.fromkeys(squash(part) for part in parts)
    if len(words) > 1:
        words.pop("", None)
    return Heading(frozenset(subjects), frozenset(scripts), tuple(words))


def plain(heading: object) -> str:
    """A heading in one form of writing: NFKC (keeping the Thai sara am whole), small letters, digits 0-9."""
    text = str(heading or "")[:_LONGEST_HEADING]
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


def heading_score(heading: str, spec: ColumnSpec) -> float:
    """How well a heading names a fact, 0 to 1."""
    found = cut(heading)
    weight = _subject_weight(found.subjects, spec.about) * _script_weight(found.scripts, spec.script)
    if not weight:
        return 0.0
    return weight * max(_words_score(words, _known(spec)) for words in found.words)


def recognise(
    headings: Sequence[str], columns: Sequence[Sequence[Raw]], specs: Sequence[ColumnSpec]
) -> dict[int, Proposal]:
    """Propose a fact for each column, each fact once: the best fit first.

    `columns` holds a sample of filled cells per column. Of two columns that are named alike none is sure.
    """
    scored = []
    needed = {spec.key for spec in specs if spec.required}
    for index, heading in enumerate(headings):
        if not plain(heading):
            continue
        for spec in specs:
            named = heading_score(heading, spec)
            if named >= LIKELY:
                whose = _NAMED_WHOSE if cut(heading).subjects & spec.about else 0.0
                scored.append((_with_content(named, columns[index], spec) + whose, named + whose, -index, spec.key))
    best: dict[int, float] = {}
    for score, _named, minus_index, _key in scored:
        best[minus_index] = max(score, best.get(minus_index, 0.0))
    proposals: dict[int, Proposal] = {}
    taken: set[str] = set()
    for score, named, minus_index, key in sorted(scored, reverse=True):
        is_second_choice = score < best[minus_index] - _SECOND_CHOICE
        if score >= LIKELY and not is_second_choice and key not in taken and -minus_index not in proposals:
            rivals = [other for _score, other, place, name in scored if name == key and place != minus_index]
            is_only = key not in needed or max(rivals, default=0.0) < named
            shown = min(score, 1.0) if is_only else min(score, _UNSURE)
            proposals[-minus_index] = Proposal(key=key, score=round(shown, 2), named=named, is_only=is_only)
            taken.add(key)
    return dict(sorted(proposals.items()))


def count_recognised(headings: Sequence[str], specs: Sequence[ColumnSpec]) -> int:
    """How many different facts a row of cells would name well, were it the row of headings."""
    named: set[str] = set()
    for heading in headings:
        if heading.strip() and len(heading) <= _LONGEST_HEADING:
            named.update(spec.key for spec in specs if heading_score(heading, spec) >= SURE)
    return len(named)


def _known(spec: ColumnSpec) -> tuple[str, ...]:
    return _squashed(spec.headings)


@lru_cache(maxsize=512)
def _squashed(headings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(squash(_FILLERS.sub(" ", plain(heading))) for heading in headings)


def _words_score(words: str, known: tuple[str, ...]) -> float:
    """How well words fit the best of a fact's known headings, 0 below LIKELY."""
    if words in known:
        return 1.0
    if not words:
        return 0.0
    nearest = process.extractOne(words, known, scorer=fuzz.ratio, score_cutoff=LIKELY * 100)
    score = nearest[1] / 100 if nearest else 0.0
    if score >= _SPELLED:
        return score
    if any(len(heading) >= 6 and heading in words and heading not in _TOO_WIDE for heading in known):
        return _CONTAINED
    return min(score, _UNSURE) if score >= _ALIKE else 0.0


def _subject_weight(found: frozenset[str], about: frozenset[str]) -> float:
    if found:
        return 1.0 if found & about else 0.0
    return 1.0 if "" in about else 0.0


def _script_weight(found: frozenset[str], script: str) -> float:
    if script:
        return 1.0 if script in found else 0.0
    return 0.9 if found and "en" not in found else 1.0


def _with_content(named: float, sample: Sequence[Raw], spec: ColumnSpec) -> float:
    """The heading's score, lowered where most filled cells do not look like the fact.

    Raised where they do.
    """
    if spec.looks is None or not sample:
        return named
    share = sum(map(spec.looks, sample)) / len(sample)
    raised = 0.05 if SURE <= named < 1 and share > 0.9 else 0.0
    return named * (0.75 + 0.25 * min(1.0, share / 0.6)) + raised
