"""The clinic's register as it was kept, against what each of its rows means (everybody in it is invented)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from casework.imports.checking import find_tables, propose_columns
from casework.imports.dry_run import check_book
from casework.imports.reading import read_book
from registration.imports.specification import BIRTH_REGISTER

TODAY = date(2026, 11, 23)
DATA = Path(__file__).parent.parent / "data"
REASONS = {
    "dob_impossible": "E-DATE-1",
    "dob_future": "BR-DOB-1",
    "dob_missing": "BR-DOB-0",
    "dob_two_digit": "BR-DOB-6",
    "name_missing": "BR-NAME-1",
    "number_check_digit": "BR-ID-3",
    "registered_before_birth": "BR-REG-1",
    "sex_unreadable": "BR-SEX-1",
    "weight_absurd": "BR-BIRTH-3",
}
FACTS = (
    "born",
    "phone",
    "mother_no",
    "child_number",
    "weight_g",
    "sex",
    "opened",
    "submitted",
    "registered",
    "mother_doc",
    "mother",
)


@pytest.fixture(scope="module")
def book():
    return read_book((DATA / "birth_register_2016_2026.xlsx").read_bytes(), "birth_register_2016_2026.xlsx")


@pytest.fixture(scope="module")
def tables(book):
    return find_tables(book, BIRTH_REGISTER)


@pytest.fixture(scope="module")
def rows(book, tables, django_db_setup, django_db_blocker):
    mappings = {table.name: propose_columns(table, BIRTH_REGISTER).columns for table in tables}
    with django_db_blocker.unblock():
        return check_book(book, mappings, BIRTH_REGISTER, today=TODAY)


@pytest.fixture(scope="module")
def truth():
    return json.loads((DATA / "birth_register_2016_2026.truth.json").read_text())


def test_each_entry_is_found_and_nothing_else(rows, truth):
    assert [(row.sheet, row.row) for row in rows] == [(entry["sheet"], entry["row"]) for entry in truth]


def test_what_is_left_out_is_said(tables):
    assert [sum(skip.reason == "divider" for skip in table.skipped) for table in tables] == [4, 2]
    assert all(table.blank_rows for table in tables)


def test_every_good_row_is_understood(rows, truth):
    wrong = []
    for row, entry in zip(rows, truth, strict=True):
        if entry["kind"] == "bad":
            continue
        values = {key: value.isoformat() if isinstance(value, date) else value for key, value in row.values.items()}
        wrong += [(row.sheet, row.row, key, values[key], entry[key]) for key in FACTS if values[key] != entry[key]]
        wrong += [(row.sheet, row.row, finding.code) for finding in row.errors]
    assert wrong == []


def test_every_bad_row_is_refused_for_its_reason(rows, truth):
    bad = [(row, entry["why"]) for row, entry in zip(rows, truth, strict=True) if entry["kind"] == "bad"]
    assert [[finding.code for finding in row.errors] for row, _why in bad] == [[REASONS[why]] for _row, why in bad]


def test_nothing_is_changed_without_a_note(rows, truth):
    """A Buddhist year, kilograms and zeros put back are told in the row they happen in."""
    first = rows[0]
    assert {"opened", "born", "weight_g", "phone", "submitted", "registered"} == set(first.notes)
    assert "22" in str(first.notes["born"])
    assert "2559" in str(first.notes["born"])


def test_a_child_entered_again_is_suspected_with_its_first_entry(rows, truth):
    again = [(row, entry["of"]) for row, entry in zip(rows, truth, strict=True) if entry["kind"] == "duplicate"]
    found = [row for row, of in again if of in [suspect.row for suspect in row.suspects]]
    assert len(found) >= 0.9 * len(again)
    assert all(row.outcome == "duplicate" for row in found)


def test_few_other_rows_are_suspected_and_no_twin(rows, truth):
    others = [(row, entry) for row, entry in zip(rows, truth, strict=True) if entry["kind"] == "ok"]
    suspected = [entry for row, entry in others if row.suspects]
    assert len(suspected) <= 0.02 * len(others)
    assert not [entry for entry in suspected if entry["twin"]]


def test_twins_are_told_in_the_second_row(rows, truth):
    told = {(row.sheet, row.row) for row in rows if row.values.get("twin_with")}
    assert told == {(entry["sheet"], entry["row"]) for entry in truth if entry["twin"] == 2}
