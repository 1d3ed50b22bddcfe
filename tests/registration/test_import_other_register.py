"""A register of other habits: English headings in another order, TIS-620 text, its own words, its own mistakes."""

from __future__ import annotations

from datetime import date

import pytest

from casework.imports.cells import whole_year
from casework.imports.checking import CheckedRow, find_tables, propose_columns, whole_sheets
from casework.imports.dry_run import check_book
from casework.imports.queries import answers_of, asked_by
from casework.imports.reading import read_book
from casework.imports.recognising import recognise
from registration.imports.specification import BIRTH_REGISTER
from tests.imports.sheets import workbook

TODAY = date(2026, 11, 23)

HEADINGS = (
    "Mobile;Mother's document;Mother's doc. number;D.O.B.;Birth weight (kg);Baby's full name;Gender;"
    "Name of mother;Visit date;Date notified;Certificate received;Form;National ID;Remarks"
)
ROWS = (
    "081-555 1234;Passport;MB123456;04/03/2019;3,15;ด.ช.อาทิตย์;male;"
    "Daw Hla Hla;10/03/2019;12-03-2019;15 Mar 2019;TR 3;0-0631-63726-51-8;ok",
    "815551235;none;;5 March 2562;2.9;Naw Eh Paw;Female;Naw Mu;2019-03-11;;;;;",
    "815551236;pink card;63163726518;05-03-62;2.9;Naw Eh Say;Female;Naw Mu Paw;2019-03-11;;;;;",
    "end of page 1;;;;;;;;;;;;;",
    "0815551237;;;30/02/2019;3.1;Saw Ler;M;Naw Paw;12/03/2019;;;;;",
)


@pytest.fixture
def rows(db):
    text = "\r\n".join((HEADINGS, *ROWS))
    book = read_book(text.encode("tis-620"), "births.csv")
    mappings = {
        table.name: propose_columns(table, BIRTH_REGISTER).columns for table in find_tables(book, BIRTH_REGISTER)
    }
    return check_book(book, mappings, BIRTH_REGISTER, today=TODAY)


def test_a_row_is_understood_by_other_headings(rows):
    first = rows[0]
    assert not first.errors
    expected = {
        "phone": "0815551234",
        "mother_doc": "passport",
        "mother_no": "MB123456",
        "born": date(2019, 3, 4),
        "weight_g": 3150,
        "child": "ด.ช.อาทิตย์",
        "sex": "M",
        "mother": "Daw Hla Hla",
        "opened": date(2019, 3, 10),
        "submitted": date(2019, 3, 12),
        "registered": date(2019, 3, 15),
        "form": "TR3",
        "child_number": "0063163726518",
        "remarks": "ok",
    }
    assert {key: first.values[key] for key in expected} == expected


def test_a_month_in_words_with_a_buddhist_year(rows):
    assert rows[1].values["born"] == date(2019, 3, 5)
    assert rows[1].values["phone"] == "0815551235"


def test_two_digits_and_days_that_are_not_are_refused(rows):
    assert [[finding.code for finding in row.errors] for row in rows[2:]] == [["BR-DOB-6"], ["E-DATE-1"]]


def test_zeros_lost_on_the_way_through_a_spreadsheet_come_back(rows):
    assert rows[2].values["mother_no"] == "0063163726518"


def test_a_divider_is_left_out(rows):
    assert [row.row for row in rows] == [2, 3, 4, 6]


def judged(*rows: str, **answers: str) -> list[list[str]]:
    """The codes of what is refused, row by row."""
    found = read(("Child's name;Sex;Date of birth;Mother", *rows), **answers)
    return [[finding.code for finding in row.errors] for row in found]


def read(lines: tuple[str, ...], **answers: str) -> list[CheckedRow]:
    text = "\n".join(lines)
    book = read_book(text.encode(), "births.csv")
    mappings = {table.name: propose_columns(table, BIRTH_REGISTER).named for table in find_tables(book, BIRTH_REGISTER)}
    return check_book(book, mappings, BIRTH_REGISTER, today=TODAY, answers=dict.fromkeys(mappings, answers))


@pytest.mark.parametrize(
    ("era", "written", "born"),
    [
        ("be", "05/03/66", date(2023, 3, 5)), ("be", "5 มี.ค. ๖๖", date(2023, 3, 5)), ("ce", "5-3-23", date(2023, 3, 5)),
        ("be", "05/03/2566", date(2023, 3, 5)), ("be", "2023-03-05", date(2023, 3, 5)), ("", "05/03/66", None),
        ("be", "29/02/66", None), ("ce", "05/03/66", None),
    ],
)  # fmt: skip
def test_a_person_says_of_which_era_years_of_two_digits_are(db, era, written, born):
    [row] = read(("Child's name;Sex;Date of birth;Mother", f"Aye;F;{written};Ma Win"), era=era)
    assert (not row.errors, row.values["born"] if not row.errors else None) == (born is not None, born)


def test_a_spreadsheet_that_took_a_buddhist_year_for_another_is_put_right_by_that_answer():
    assert whole_year(date(1966, 3, 12), "be", TODAY) == "12/3/2566"
    assert whole_year(date(1966, 3, 12), "ce", TODAY) == date(1966, 3, 12)


ONE = "Aye;{sex};{day};Ma Win"
LATE = "Htoo;M;25/1/2566;Ma Hla"


@pytest.mark.parametrize(
    ("answers", "sex", "day", "codes", "read_as"),
    [
        ({}, "1", "5/3/2566", ["BR-SEX-2"], ""), ({"sex": "12"}, "1", "5/3/2566", [], "M 2023-03-05"),
        ({"sex": "21"}, "๑", "5/3/2566", [], "F 2023-03-05"), ({"sex": "12"}, "ญ", "5/3/2566", [], "F 2023-03-05"),
        ({"sex": "12"}, "3", "5/3/2566", ["BR-SEX-1"], ""),
        ({"order": "month"}, "F", "3/25/2023", [], "F 2023-03-25"),
        ({"order": "day"}, "F", "3/25/2023", ["E-DATE-2"], ""),
        ({"order": "month"}, "F", "3/5/2023", [], "F 2023-03-05"),
        ({"order": "day"}, "F", "3/5/2023", [], "F 2023-05-03"),
        ({"order": "month", "era": "ce"}, "F", "3/5/23", [], "F 2023-03-05"),
        ({"order": "month"}, "F", "5 Mar 2023", [], "F 2023-03-05"),
    ],
)  # fmt: skip
def test_a_person_says_once_what_the_cells_of_a_sheet_leave_open(db, answers, sex, day, codes, read_as):
    [row, _late] = read(("Child's name;Sex;Date of birth;Mother", ONE.format(sex=sex, day=day), LATE), **answers)
    assert [finding.code for finding in row.errors] == codes
    assert codes or f"{row.values['sex']} {row.values['born']}" == read_as


@pytest.mark.parametrize(
    ("late", "answers", "codes", "born"),
    [
        ("25/1/2023", {}, ["E-IMP-23"], None), ("25/1/2023", {"exchanged": "yes"}, [], date(2023, 3, 1)),
        ("25/1/2023", {"exchanged": "no"}, [], date(2023, 1, 3)), (date(2023, 1, 25), {}, [], date(2023, 1, 3)),
        ("5/1/2023", {}, [], date(2023, 1, 3)),
    ],
)  # fmt: skip
def test_dates_that_a_spreadsheet_may_have_turned_round_are_asked_about(db, late, answers, codes, born):
    """It made dates of 3/1 to 10/1, read month first, and left 25/1 as text; no other day speaks against it."""
    days = [date(2023, 1, day) for day in range(3, 11)]
    rows = [["Aye", "F", day, "Ma Win", f"081234567{number}"] for number, day in enumerate(days)]
    headings = ["Child's name", "Sex", "Date of birth", "Mother", "Phone"]
    book = read_book(workbook(("a", [headings, *rows, ["Htoo", "M", late, "Ma Hla", ""]])), "a.xlsx")
    [table] = find_tables(book, BIRTH_REGISTER)
    columns = propose_columns(table, BIRTH_REGISTER).columns
    asked = asked_by(table, columns, BIRTH_REGISTER)
    assert bool(asked) is (late == "25/1/2023")
    told = answers_of({"answers": answers, "asked": asked}, BIRTH_REGISTER)
    found = check_book(book, {"a": columns}, BIRTH_REGISTER, today=TODAY, answers={"a": told})
    assert ([finding.code for finding in found[0].errors], found[0].values["born"] if born else None) == (codes, born)


def test_a_row_that_was_struck_through_is_read_and_says_so(db):
    rows = [["Child's name", "Sex", "Date of birth"], ["Aye", "F", "1/2/2566"], ["Htoo", "M", "3/2/2566"]]
    book = read_book(workbook(("a", rows), struck=(3,)), "a.xlsx")
    columns = propose_columns(find_tables(book, BIRTH_REGISTER)[0], BIRTH_REGISTER).columns
    found = check_book(book, {"a": columns}, BIRTH_REGISTER, today=TODAY)
    assert [("E-IMP-21" in row.codes, row.outcome) for row in found] == [(False, "import"), (True, "import")]


def test_words_apart_under_the_entries_are_no_entry(db):
    rows = (
        "Child's name;Sex;Date of birth;Mother",
        "Aye;F;5/3/2566;Ma Win",
        ";;;",
        "Written by the clinic in April;;;",
    )
    assert len(read(rows)) == 1
    assert len(read((rows[0], rows[1], rows[3]))) == 2, "beside the entries it may be a child whose row is not finished"


@pytest.mark.parametrize(
    ("heading", "cells", "key"),
    [
        ("เลขที่", [1.0, 2.0], "number"), ("สูติบัตร วันที่รับ", ["5/3/2566"], "registered"),
        ("วันที่ฉีดวัคซีน", ["5/3/2566"], None), ("วันที่", ["5/3/2566"], "opened"),
        ("Mum's ID", ["Passport", "Pink card"], "mother_doc"), ("Mum's ID", ["MA123456", "0012345"], "mother_no"),
    ],
)  # fmt: skip
def test_a_heading_is_not_taken_for_a_fact_by_a_word_that_many_have(heading, cells, key):
    found = recognise([heading], [cells], BIRTH_REGISTER.columns)
    assert (found[0].key if found and found[0].is_sure else None) == key


def test_where_one_day_has_its_month_first_no_other_is_guessed(db):
    rows = ("Aye;F;04/03/2023;Ma Win", "Htoo;M;5 March 2023;Ma Hla", "Moo;F;05/05/2023;Ma Mya")
    assert judged(*rows) == [[], [], []]
    assert judged(*rows, "Say;M;12/25/2023;Ma Su") == [["E-DATE-4"], [], [], ["E-DATE-2"]]


def test_a_summary_beside_the_register_is_left_out(db):
    births = ["Child's name", "Sex", "Date of birth"]
    content = workbook(
        ("2566", [births, ["Aye", "F", "1/2/2566"]]), ("Sum", [["No", "Sex", "Remarks"], [1, "F", "12"]])
    )
    columns = {
        table.name: propose_columns(table, BIRTH_REGISTER).named
        for table in find_tables(read_book(content, "a.xlsx"), BIRTH_REGISTER)
    }
    assert set(columns) == {"2566", "Sum"} and all(columns.values())
    kept = whole_sheets(columns, BIRTH_REGISTER)
    assert kept["2566"] == columns["2566"] and kept["Sum"] == {}
    assert whole_sheets({"Sum": columns["Sum"]}, BIRTH_REGISTER) == {"Sum": columns["Sum"]}, "a person completes it"
    staff, births = {0: "child", 1: "sex", 2: "born"}, {0: "child", 1: "sex", 2: "born", 3: "mother"}
    assert whole_sheets({"Staff": staff, "2566": births}, BIRTH_REGISTER) == {"Staff": {}, "2566": births}
    assert whole_sheets({"2566": staff}, BIRTH_REGISTER) == {"2566": staff}
