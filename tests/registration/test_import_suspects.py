"""Rows of one register that may be one child: what the other name says where the births are some weeks apart."""

from __future__ import annotations

from datetime import date

import pytest

from casework.imports import duplicates
from casework.imports.checking import CheckedRow, find_tables, propose_columns
from casework.imports.dry_run import check_book
from casework.imports.reading import read_book
from registration.imports.specification import BIRTH_REGISTER
from tests.imports.sheets import HEADINGS, workbook

FIRST = ("1", "Saw Thura Win Htet Naing", "M", "03/05/2024", "Ma Hla Yin", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("child", "born", "mother", "is_told"),
    [
        ("Saw Thura Win Htet Naing", "23/05/2024", "Ma Hla Yi", True),
        ("Saw Thura Win Htet Naing", "23/05/2024", "Ma Nu Nu", False),
        ("Saw Thura Win Htet Naing", "23/08/2024", "Ma Hla Yi", False),
        ("Saw Thura Win Htet Naing", "04/05/2024", "Ma Nu Nu", False),
        ("Saw Thura Win Htet Naing", "05/03/2024", "Ma Hla Yi", True),
    ],
    ids=["mothers alike", "other mother", "months apart", "a day, other mother", "day and month exchanged"],
)
def test_a_name_heard_alike_tells_births_some_weeks_apart(child, born, mother, is_told):
    first, second = _checked(FIRST, ("2", child, "M", born, mother, ""))
    assert [suspect.row for suspect in second.suspects] == ([0] if is_told else [])
    assert not first.suspects


@pytest.mark.django_db
def test_rows_are_told_apart_on_a_second_core_as_on_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A repeat, which is a suspect, and a twin, which both rows tell."""
    again = ("2", *FIRST[1:])
    twin = ("3", "Naw Paw Say Wah", "F", "03/05/2024", "Ma Hla Yin", "")
    on_one = _checked(FIRST, again, twin)
    monkeypatch.setattr(duplicates, "WORTH_A_PROCESS", 1)
    assert _checked(FIRST, again, twin) == on_one
    assert [[suspect.row for suspect in row.suspects] for row in on_one] == [[], [0], []]
    assert [row.values["twin"] for row in on_one] == [1, 0, 2]


def _checked(*rows: tuple[str, ...]) -> list[CheckedRow]:
    book = read_book(workbook(("Births", [HEADINGS, *rows])), "births.xlsx")
    [table] = find_tables(book, BIRTH_REGISTER)
    columns = propose_columns(table, BIRTH_REGISTER).columns
    return check_book(book, {table.name: columns}, BIRTH_REGISTER, today=date(2026, 11, 23))
