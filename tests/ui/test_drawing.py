"""Rows of lists that are drawn once as long as their facts stay the same."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import override

from casework.kernel.dates import BirthDate, Precision
from casework.ui.drawing import drawn_rows

TODAY = date(2026, 11, 30)


class Facts(NamedTuple):
    number: str
    name: str


class Line(NamedTuple):
    pk: int
    number: str
    names: tuple[str, ...]
    birth: BirthDate
    days: str


def lines(*facts: Facts, today: date = TODAY) -> tuple[list[str], list[Facts]]:
    """What is drawn of facts, and of which of them words were made for it."""
    worded = []

    def told(row: Facts, today: date) -> Line:
        worded.append(row)
        return Line(1, row.number, (row.name,), BirthDate(date(2026, 11, 1), Precision.EXACT), str(today.day))

    drawn_rows("registration/_line.html", facts, today, told=told)
    return drawn_rows("registration/_line.html", facts, today, told=told), worded


def test_a_row_is_drawn_anew_only_when_its_facts_the_day_or_the_language_are_others():
    first, second = Facts("MS-1", "Mu Say"), Facts("MS-2", "<b>Paw</b>")
    (one, two), worded = lines(first, second)
    assert worded == [first, second]
    assert "MS-1" in one and "Mu Say" in one and "&lt;b&gt;Paw" in two and "<b>" not in two
    (tomorrow,), _worded = lines(first, today=date(2026, 12, 1))
    with override("th"):
        (thai,), _worded = lines(first)
    assert len({one, tomorrow, thai}) == 3 and "พ.ย." in thai
