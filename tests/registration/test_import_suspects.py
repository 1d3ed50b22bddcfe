"""Rows of one register that may be one child: what the other name says where the births are some weeks apart."""

from __future__ import annotations

from datetime import date

import pytest

from casework.imports.checking import find_tables, propose_columns
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
    book = read_book(workbook(("Births", [HEADINGS, FIRST, ("2", child, "M", born, mother, "")])), "births.xlsx")
    [table] = find_tables(book, BIRTH_REGISTER)
    columns = propose_columns(table, BIRTH_REGISTER).columns
    first, second = check_book(book, {table.name: columns}, BIRTH_REGISTER, today=date(2026, 11, 23))
    assert [suspect.row for suspect in second.suspects] == ([0] if is_told else [])
    assert not first.suspects
