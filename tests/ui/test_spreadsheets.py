"""Spreadsheet files: numbers as numbers, ids as text, formulas as text."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from casework.ui.spreadsheets import as_csv, as_xlsx, plain


@pytest.mark.parametrize(
    "text", ["=1+1", "+66 81", "-5", "@sum", "|calc", "%x", "\tx", "\rx", "\nx", "＝1+1", "＋66", "－5", "＠sum"]
)
def test_what_a_spreadsheet_would_run_becomes_text(text: str):
    assert plain(text) == f"'{text}"
    assert f"'{text[0]}".encode() in as_csv([[text]])


def test_counts_are_numbers_and_ids_stay_text():
    assert plain("1,234") == 1234
    assert plain("0") == 0
    assert plain("0631234567890") == "0631234567890"
    assert plain("1234567890123") == "1234567890123"
    assert plain("*") == "*"


def test_csv_opens_with_thai_letters_in_excel():
    body = as_csv([["จังหวัด", "เด็ก"], ["ตาก", "12"]])
    assert body.startswith(b"\xef\xbb\xbf")
    assert body.decode("utf-8-sig").splitlines() == ["จังหวัด,เด็ก", "ตาก,12"]


def test_xlsx_holds_the_same_rows():
    body = as_xlsx("Open: by province [all]", [["Province", "Children"], ["=HYPERLINK(1)", "1,234"], ["ตาก", "0012"]])
    assert _sheet(body) == [["Province", "Children"], ["'=HYPERLINK(1)", 1234.0], ["ตาก", "0012"]]


def test_two_columns_of_one_heading_are_told_apart():
    assert _sheet(as_xlsx("Two", [["Office", "Office"], ["MS", "RN"]])) == [["Office", "Office 2"], ["MS", "RN"]]


def test_rows_below_may_be_shorter_and_a_heading_may_stand_alone():
    assert _sheet(as_xlsx("", [["A", "B"], ["a"], ["c", Decimal("1.50")]])) == [["A", "B"], ["a", ""], ["c", 1.5]]
    assert _sheet(as_xlsx("'[/]'", [["A", "B"]])) == [["A", "B"]]


def test_xlsx_holds_any_letter_and_none_is_taken_for_another():
    told = ["a & <b>", "_x0041_", "two\nlines", "ကလေး 😀", ""]
    body = as_xlsx("A & <B>", [["A", "B", "C", "D", "E"], told])
    book = CalamineWorkbook.from_filelike(BytesIO(body))
    assert book.sheet_names == ["A & <B>"]
    assert book.get_sheet_by_index(0).to_python()[1:] == [told]


def test_xlsx_holds_no_cell_longer_than_excel_takes():
    [row] = _sheet(as_xlsx("Long", [["x" * 40_000, "short"]]))
    assert (len(row[0]), row[1]) == (32_767, "short")


def _sheet(body: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python()
