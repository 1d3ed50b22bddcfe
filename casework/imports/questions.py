"""What cells leave open and a person answers once for a sheet: of which era, in which order, which number is which.

Nobody types a thousand cells anew, and nothing is guessed: without an answer such rows are refused (decision 56).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.imports.cells import BOTH_WAYS, MONTHS, as_text, day_and_month, has_short_year, whole_year
from casework.imports.reading import Raw
from casework.kernel.digits import to_ascii_digits

Answers = Mapping[str, str]
"""What was answered for a sheet: {key of the question: answer}; for one column under "key@index"."""
NO_ANSWERS: Answers = {}
_MONTH_FIRST = re.compile(r"\bmm?\s*[-/.]\s*dd?\b|\bmonth\s*[-/.]\s*day\b|เดือน\s*[-/.]\s*วัน", re.IGNORECASE)
FEWEST_DAYS = 8  # real dates from which on it says something that none has a day after the 12th


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question about a sheet.

    `raised_by` says of the heading and the filled cells of a column whether they leave it open; `codes` are those of
    refusals that it would have spared. `put_right` is the cell as it is meant. Where a cell by itself does not show it,
    `concerns` says which are refused with `refusal` as long as nobody answered.
    """

    key: str
    label: str | Promise
    choices: Sequence[tuple[str, str | Promise]]
    raised_by: Callable[[str, Sequence[Raw]], bool]
    put_right: Callable[[Raw, str, date], Raw]
    codes: frozenset[str] = frozenset()
    concerns: Callable[[Raw], bool] | None = None
    refusal: str | Promise = ""
    of_columns: bool = False
    """Whether it is answered only for the columns that raise it."""
    anywhere: bool = True
    """Whether any column raises it, also one whose fact nobody knows yet."""


def may_have_month_first(heading: str, cells: Sequence[Raw]) -> bool:
    """Whether a day of a column has its month before the day, or the heading says so and no day speaks against it."""
    pairs = [pair for pair in map(day_and_month, cells) if pair]
    if any(first <= MONTHS < second for first, second in pairs):
        return True
    return bool(pairs and _MONTH_FIRST.search(heading)) and not any(first > MONTHS for first, _second in pairs)


def has_two_ways(raw: Raw) -> bool:
    """Whether a day in numbers is another one with its month first."""
    pair = day_and_month(raw)
    return pair is not None and max(pair) <= MONTHS and pair[0] != pair[1]


def may_be_exchanged(heading: str, cells: Sequence[Raw]) -> bool:
    """Whether a spreadsheet may have read the days of a column month first, or the other way round.

    It then made dates of those it could read so, none of which has a day after the 12th, and left as text the others,
    each of which has a number above 12.
    """
    if any(isinstance(raw, date) and raw.day > MONTHS for raw in cells):
        return False
    if sum(isinstance(raw, date) for raw in cells) < FEWEST_DAYS:
        return False
    written = [pair for pair in map(day_and_month, cells) if pair]
    return bool(written) and all(max(pair) > MONTHS for pair in written)


def _can_turn(raw: Raw) -> bool:
    """Whether a real date is another one with day and month exchanged."""
    return isinstance(raw, date) and raw.day != raw.month


def _turned(raw: Raw, answer: str, today: date) -> Raw:
    """A day in numbers, day first, where a person said that the month stands first."""
    pair = day_and_month(raw)
    if answer != "month" or pair is None or pair[0] > MONTHS:
        return raw
    return BOTH_WAYS.sub(r"\3\2\1\2\4", to_ascii_digits(as_text(raw)), count=1)


def _exchanged(raw: Raw, answer: str, today: date) -> Raw:
    """A real date with day and month exchanged back."""
    if answer != "yes" or not isinstance(raw, date) or raw.day > MONTHS:
        return raw
    return raw.replace(month=raw.day, day=raw.month)


NOT_ANSWERED = ("", _("Not answered"))
"""The choice that each question begins with."""
YEARS = Question(
    key="era",
    label=_("Years of two digits in this sheet"),
    choices=(
        NOT_ANSWERED,
        ("be", _("พ.ศ.: 66 is 2566")),
        ("ce", _("C.E.: 23 is 2023")),
    ),
    raised_by=lambda heading, cells: any(map(has_short_year, cells)),
    put_right=whole_year,
    codes=frozenset({"BR-DOB-6"}),
)
ORDER = Question(
    key="order",
    label=_("Days such as 05/03/2023 in this sheet"),
    choices=(
        NOT_ANSWERED,
        ("day", _("The day comes first: 5 March")),
        ("month", _("The month comes first: 3 May")),
    ),
    raised_by=may_have_month_first,
    put_right=_turned,
    codes=frozenset({"E-DATE-4"}),
    concerns=has_two_ways,
    refusal=_(
        "Other rows of this column, or its heading, have the month before the day. Say on the page of the columns "
        "which is first."
    ),
)
EXCHANGED = Question(
    key="exchanged",
    label=_("Dates that a spreadsheet may have turned round"),
    choices=(
        NOT_ANSWERED,
        ("no", _("They are right: 5 March is 5 March")),
        ("yes", _("Day and month are exchanged: 5 March is 3 May")),
    ),
    raised_by=may_be_exchanged,
    put_right=_exchanged,
    codes=frozenset({"E-IMP-23"}),
    concerns=_can_turn,
    refusal=_(
        "A spreadsheet may have exchanged day and month here: no date of this column is after the 12th, and days "
        "after the 12th are text. Say on the page of the columns which it is."
    ),
    of_columns=True,
)
DAYS = (YEARS, ORDER, EXCHANGED)
"""What columns of days ask."""


def answers_for(answers: Answers, question: Question, index: int) -> str:
    """What was answered for one column, "" for nothing."""
    return answers.get(f"{question.key}@{index}" if question.of_columns else question.key, "")
