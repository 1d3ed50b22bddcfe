"""Facts that a register keeps in several columns are read as one, and sheets that go on without headings as well."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from casework.imports.checking import CheckedRow, check_table, find_tables, propose_columns, whole_sheets
from casework.imports.dry_run import check_book
from casework.imports.reading import read_book
from registration.imports.specification import BIRTH_REGISTER
from registration.imports.ward import WARD_LIST
from tests.imports.sheets import workbook

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 29)


def read(*sheets: Sequence[Sequence[Any]]) -> list[CheckedRow]:
    """The rows of a workbook, its columns as nobody had looked at them."""
    book = read_book(workbook(*((f"Sheet{n}", rows) for n, rows in enumerate(sheets, 1))), "a.xlsx")
    tables = find_tables(book, BIRTH_REGISTER)
    columns = {table.name: propose_columns(table, BIRTH_REGISTER).named for table in tables}
    kept = {name: keys for name, keys in whole_sheets(columns, BIRTH_REGISTER).items() if keys}
    return check_book(book, kept, BIRTH_REGISTER, today=TODAY)


def codes(row: CheckedRow) -> list[str]:
    return [finding.code for finding in row.errors]


@pytest.mark.parametrize(
    "headings, written",
    [
        (("วันเกิด", "เดือนเกิด", "ปีเกิด"), ("๑๒", "มี.ค.", "2560")),
        (("วันเกิด", "เดือนเกิด", "ปีเกิด (พ.ศ.)"), (12, 3, 60)),
        (("Birth day", "Birth month", "Birth year"), (12, 3, 2017)),
        (("Year of birth", "Month of birth", "Day of birth"), (2017, "March", 12)),
        (("DOB M", "DOB D", "DOB Y"), (3, 12, 2017)),
        (("မွေးရက်", "မွေးလ", "မွေးနှစ်"), ("၁၂", "၃", "၂၀၁၇")),
    ],
)
def test_a_birth_date_in_three_columns(headings, written):
    [row] = read([("Name of child", "Sex", *headings, "Mother"), ("Saw Htoo", "M", *written, "Naw Paw")])
    assert (codes(row), row.values["born"], row.values["mother"]) == ([], date(2017, 3, 12), "Naw Paw")


def test_a_birth_date_under_a_wide_heading_and_a_part_that_is_missing():
    rows = read([
        ("ชื่อเด็ก", "เพศ", "วันเดือนปีเกิด", "", "", "ชื่อมารดา"), ("", "", "วันที่", "เดือน", "พ.ศ.", ""),
        ("ซอ ทู", "ชาย", 12, 3, 2560, "หน่อ พอ"), ("หน่อ วา", "หญิง", 12, "", 2560, "หน่อ มู"),
        ("ซอ เอ", "ชาย", 5, 13, 2560, "หน่อ เล"),
    ])  # fmt: skip
    assert rows[0].values["born"] == date(2017, 3, 12)
    assert [codes(row) for row in rows] == [[], ["E-DATE-2"], ["E-DATE-2"]]


def test_an_age_in_years_months_and_days_is_no_date():
    [row] = read([
        ("Name of child", "Sex", "Age year", "Age month", "Age day", "Date of birth"),
        ("Saw Htoo", "M", 2017, 3, 12, "1/2/2018"),
    ])  # fmt: skip
    assert row.values["born"] == date(2018, 2, 1)


@pytest.mark.parametrize("headings", [("ชาย", "หญิง"), ("Boy", "Girl"), ("Sex M", "Sex F"), ("ကျား", "မ")])
def test_a_column_for_each_sex(headings):
    rows = read([
        ("Name of child", *headings, "Date of birth"),
        ("Saw Htoo", "/", "", "1/2/2018"), ("Naw Wa", "", 1, "3/2/2018"), ("Naw Eh", "x", "x", "4/2/2018"),
        ("Naw Mu", "", "", "5/2/2018"),
    ])  # fmt: skip
    assert [row.values["sex"] for row in rows[:2]] == ["M", "F"]
    assert [codes(row) for row in rows] == [[], [], ["BR-SEX-1"], ["BR-SEX-1"]]


def test_a_surname_beside_a_name_is_part_of_it_and_another_persons_is_not():
    rows = read([
        ("Child's first name", "Surname", "Sex", "Date of birth", "Mother's name", "Mother's surname", "Father's name"),
        ("Somchai", "Jaidee", "M", "1/2/2018", "Malee", "Jaidee", "Saw Htoo"),
        ("Saw Eh", "", "M", "3/2/2018", "Naw Wa", "", ""),
    ])  # fmt: skip
    names = [(row.values["child"], row.values["mother"], row.values["father"]) for row in rows]
    assert names == [("Somchai Jaidee", "Malee Jaidee", "Saw Htoo"), ("Saw Eh", "Naw Wa", "")]


def test_a_surname_before_the_name_and_a_fact_in_columns_side_by_side():
    rows = read([
        ("Last name", "First name", "Sex", "Date of birth", "Mother", "Mother's passport no", "Mother's pink card no",
         "Phone", "Alt contact"),
        ("Htoo", "Saw Eh", "M", "1/2/2018", "Naw Wa", "", 6813973750043.0, "", "0812345678"),
        ("Paw", "Naw Mu", "F", "3/2/2018", "Naw Eh", "MB123456", "-", "0812345679", "0812345670"),
        ("Wah", "Naw Say", "F", "4/2/2018", "Naw Paw", "MB123457", "0018955597975", "", ""),
    ])  # fmt: skip
    told = [(row.values["child"], row.values["mother_no"], row.values["phone"]) for row in rows]
    assert told == [
        ("Saw Eh Htoo", "6813973750043", "0812345678"), ("Naw Mu Paw", "MB123456", "0812345679"),
        ("Naw Say Wah", "MB123457", ""),
    ]  # fmt: skip
    assert "0812345670" in str(rows[1].notes["phone"])
    assert ["BR-PAPER-2" in row.codes for row in rows] == [False, False, True]


def test_a_sheet_without_headings_goes_on_and_one_of_other_things_does_not():
    headings = ("Name of child", "Sex", "Date of birth", "Mother", "Phone")
    first = [headings, ("Saw Htoo", "M", "1/2/2018", "Naw Paw", "0812345678")]
    more = [("Naw Wa", "F", "3/2/2018", "Naw Mu", "0812345679"), ("Saw Eh", "M", "4/2/2018", "", "")]
    other = [(2018, 12, "Mae Sot", 4, "done"), (2019, 15, "Mae La", 5, "done")]
    rows = read(first, more, other)
    assert [(row.sheet, row.row, row.values["child"], codes(row)) for row in rows] == [
        ("Sheet1", 2, "Saw Htoo", []), ("Sheet2", 1, "Naw Wa", []), ("Sheet2", 2, "Saw Eh", []),
    ]  # fmt: skip


def test_a_ward_list_as_well():
    book = read_book(workbook(("Ward", [
        ("HN", "Mother's name", "Surname", "Birth day", "Birth month", "Birth year", "Boy", "Girl"),
        ("123456", "Naw", "Paw", 28, 11, 2026, "", "/"),
    ])), "ward.xlsx")  # fmt: skip
    [table] = find_tables(book, WARD_LIST)
    [row] = check_table(table, propose_columns(table, WARD_LIST).columns, WARD_LIST, today=TODAY)
    told = [row.values[name] for name in ("mother", "sex", "born")]
    assert (codes(row), told) == ([], ["Naw Paw", "F", date(2026, 11, 28)])
