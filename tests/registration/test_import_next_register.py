"""Registers of other clerks: rows they crossed out in words, twins as they write them, parents in one cell, pounds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casework.imports.checking import CheckedRow, find_tables, propose_columns
from casework.imports.dry_run import check_book
from casework.imports.reading import Grid, read_book
from casework.imports.recognising import recognise
from casework.imports.table import find_table, go_on
from registration.imports.specification import BIRTH_REGISTER

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
HEADINGS = "Child's name;Sex;Date of birth;Mother;Phone;Weight;Remarks"


def read(*lines: str, headings: str = HEADINGS) -> list[CheckedRow]:
    book = read_book("\n".join((headings, *lines)).encode(), "births.csv")
    columns = {table.name: propose_columns(table, BIRTH_REGISTER).named for table in find_tables(book, BIRTH_REGISTER)}
    return check_book(book, columns, BIRTH_REGISTER, today=TODAY)


def errors(row: CheckedRow) -> list[str]:
    return [finding.code for finding in row.errors]


def the(row: CheckedRow, *keys: str) -> list[Any]:
    return [row.values[key] for key in keys]


@pytest.mark.parametrize(
    ("remark", "refused", "codes"),
    [
        ("ยกเลิก", ["E-IMP-26"], []), ("** CANCELLED **", ["E-IMP-26"], []), ("Void.", ["E-IMP-26"], []),
        ("ပယ်ဖျက်သည်", ["E-IMP-26"], []), ("ยกเลิกนัด 5 มี.ค.", [], ["E-IMP-27"]),
        ("cancelled the visit of 5 March", [], ["E-IMP-27"]), ("cancer in the family", [], []), ("", [], []),
    ],
)  # fmt: skip
def test_a_row_that_says_it_was_cancelled_is_refused(remark, refused, codes):
    [row] = read(f"Naw Aye;F;12/3/2024;Naw Paw;;3000;{remark}")
    assert (errors(row), [code for code in row.codes if code == "E-IMP-27"]) == (refused, codes)


def test_a_cancelled_row_is_refused_whatever_column_says_it():
    rows = read(
        "Cancelled;F;12/3/2024;Naw Paw;;3000;;", "Naw Aye;F;12/3/2024;Naw Mu;;3000;;ยกเลิก", headings=HEADINGS + ";State"
    )
    assert [errors(row) for row in rows] == [["E-IMP-26"], ["E-IMP-26"]]


TWIN = "{child};M;12/3/2024;Ma Win;0812345678;{weight};{remark}"


@pytest.mark.parametrize(
    ("names", "weights", "remarks", "are_twins"),
    [
        (("Saw Htoo Paw", "Saw Ler Doh"), ("3000", "2900"), ("", ""), True),
        (("Saw Htoo Paw", "Saw Ler Doh"), ("", ""), ("", ""), True),
        (("Saw Htoo Paw", "Saw Ler Doh"), ("3000", "3000"), ("", ""), False),
        (("Saw Htoo Paw", "Saw Htu Paw"), ("3000", "2900"), ("", ""), False),
        (("ด.ช. โท (แฝดพี่)", "ด.ช. โท (แฝดน้อง)"), ("3000", "3000"), ("", ""), True),
        (("Saw Htoo twin 1", "Saw Htoo twin 2"), ("3000", "3000"), ("", ""), True),
        (("B/O Ma Win", "B/O Ma Win"), ("3000", "3000"), ("twin A", "twin B"), True),
        (("B/O Ma Win", "B/O Ma Win"), ("3000", "2900"), ("แฝด", "แฝด"), True),
        (("B/O Ma Win", "B/O Ma Win"), ("3000", "3000"), ("แฝด", "แฝด"), False),
        (("B/O Ma Win", "B/O Ma Win"), ("3000", "2900"), ("", ""), False),
    ],
)  # fmt: skip
def test_twins_of_one_sex_are_told_by_what_their_clerk_wrote(names, weights, remarks, are_twins):
    first, second = read(
        *(
            TWIN.format(child=child, weight=weight, remark=remark)
            for child, weight, remark in zip(names, weights, remarks, strict=True)
        )
    )
    assert [suspect.row for suspect in second.suspects] == ([] if are_twins else [0])
    assert the(first, "twin")[0] + the(second, "twin")[0] == (3 if are_twins else 0)


def test_two_names_far_apart_in_a_register_may_be_one_child():
    """Somebody wrote the child down again, by then under its own name."""
    rows = read(
        TWIN.format(child="Saw Htoo Paw", weight="3000", remark=""),
        "Naw Mu;F;1/6/2024;Ma Hla;0899999999;2500;",
        TWIN.format(child="Saw Ler Doh", weight="2900", remark=""),
    )
    assert [[suspect.row for suspect in row.suspects] for row in rows] == [[], [], [0]]


def test_the_third_of_triplets_stands_beside_both_others():
    names = ("Saw Htoo Paw", "Saw Ler Doh", "Saw Eh Kwa")
    rows = read(*(TWIN.format(child=name, weight=3000 - 100 * n, remark="") for n, name in enumerate(names)))
    assert [(row.suspects, *the(row, "twin")) for row in rows] == [([], 1), ([], 2), ([], 3)]


@pytest.mark.parametrize(
    ("cell", "mother", "father", "is_told"),
    [
        ("นายโก / นางมะ", "นางมะ", "นายโก", False), ("น.ส.มะ ซู/นายโก", "น.ส.มะ ซู", "นายโก", False),
        ("Ma Win + U Ba", "Ma Win", "U Ba", False), ("ဦးဘ / ဒေါ်လှ", "ဒေါ်လှ", "ဦးဘ", False),
        ("Win / Ba", "Win / Ba", "", True), ("Ma Win / Ma Winn", "Ma Win / Ma Winn", "", True),
        ("Ma Win", "Ma Win", "", False), ("Ma Win (มะวิน)", "Ma Win (มะวิน)", "", False),
    ],
)  # fmt: skip
def test_mother_and_father_in_one_cell_are_told_apart_by_their_titles(cell, mother, father, is_told):
    [row] = read(f"Naw Aye;F;12/3/2024;{cell}", headings="Child's name;Sex;Date of birth;Mother/Father")
    assert (the(row, "mother", "father"), "E-IMP-28" in row.codes, errors(row)) == ([mother, father], is_told, [])


def test_a_father_in_a_column_of_his_own_stays():
    [row] = read("Naw Aye;F;12/3/2024;Ma Win / U Ba;U Aung", headings="Child's name;Sex;Date of birth;Mother;Father")
    assert the(row, "mother", "father") == ["Ma Win", "U Aung"]


@pytest.mark.parametrize(
    ("heading", "cell", "grams"),
    [
        ("Weight (lb)", "7.1", 3221), ("น้ำหนัก (ปอนด์)", "๗", 3175), ("Birth weight (lbs)", "6 lb 3 oz", 2807),
        ("Weight (lb)", "3.2 kg", 3200), ("Weight", "7 lbs 2 oz", 3232), ("Weight (kg)", "3.2", 3200),
    ],
)  # fmt: skip
def test_pounds_are_not_taken_for_kilograms(heading, cell, grams):
    [row] = read(f"Naw Aye;F;12/3/2024;Ma Win;{cell}", headings=f"Child's name;Sex;Date of birth;Mother;{heading}")
    assert (the(row, "weight_g"), errors(row)) == ([grams], [])


@pytest.mark.parametrize(
    ("cell", "mother_no", "refused"),
    [
        ("1.89556E+10", "", ["BR-ID-1"]), ("1.23e+12", "", ["BR-ID-1"]), ("0", "", []),
        ("'0", "", []), ("'MB1", "MB1", []),
        ("0-0000-00000-00-0", "", []), ("MB123456", "MB123456", []), ("0012345", "0012345", []),
    ],
)  # fmt: skip
def test_a_number_that_lost_its_digits_is_refused_and_zeros_are_none(cell, mother_no, refused):
    [row] = read(f"Naw Aye;F;12/3/2024;Ma Win;{cell}", headings="Child's name;Sex;Date of birth;Mother;Mother's ID no")
    assert (the(row, "mother_no"), errors(row)) == ([mother_no], refused)


def test_strangers_without_a_number_are_not_suspected_for_its_zeros():
    headings = "Child's name;Sex;Date of birth;Mother;Mother's ID no;Phone"
    rows = read(
        "Naw Aye;F;12/3/2024;Ma Win;0000000000000;0000000000", "Naw Eh;F;12/3/2024;Naw Mu;0000000000000;0000000000",
        headings=headings,
    )  # fmt: skip
    assert [(row.suspects, *the(row, "mother_no", "phone")) for row in rows] == [([], "", "")] * 2


def test_titles_and_notes_that_come_again_on_each_page_are_no_entries():
    book = read_book(
        "\n".join(
            ("Register of births;;;", HEADINGS, "Naw Aye;F;12/3/2024;Ma Win", "Note: new book from here;;;",
             "Register of births;;;", HEADINGS, "Naw Eh;F;13/3/2024;Naw Mu", "Notha Paw;;;")
        ).encode(), "births.csv",
    )  # fmt: skip
    [table] = find_tables(book, BIRTH_REGISTER)
    assert [line.row for line in table.lines] == [3, 7, 8]
    assert [(skip.row, skip.reason) for skip in table.skipped] == [
        (1, "title"), (4, "note"), (5, "title"), (6, "headings")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("child", "remark", "refused"),
    [
        ("ด.ช.เอ / ด.ช.บี", "", ["E-IMP-29"]), ("Saw Htoo + Naw Say", "", ["E-IMP-29"]), ("เอ/บี", "แฝด", ["E-IMP-29"]),
        ("Saw Htoo / ซอ ทู", "", []), ("Saw, Po", "", []), ("ด.ช.เอ", "แฝด", []),
        ("ตายคลอด", "", ["BR-DIED-6"]), ("IUFD", "", ["BR-DIED-6"]), ("Baby of Ma Win (stillborn)", "", ["BR-DIED-6"]),
        ("S.B. Lwin", "", []), ("Saw Ba s/o Ma Win", "", []), ("B/O Ma Win", "twin A", []),
    ],
)  # fmt: skip
def test_a_cell_for_a_name_that_holds_two_children_or_none_that_lives_is_refused(child, remark, refused):
    [row] = read(f"{child};M;12/3/2024;Ma Win;;3000;{remark}")
    assert errors(row) == refused


@pytest.mark.parametrize(
    ("heading", "cells", "codes"),
    [
        ("DOB (mm/dd/yyyy)", ("3/5/2024", "6/6/2024"), [["E-DATE-4"], []]),
        ("Date of birth (month/day/year)", ("3/5/2024", "6/7/2024"), [["E-DATE-4"], ["E-DATE-4"]]),
        ("DOB (mm/dd/yyyy)", ("3/5/2024", "25/6/2024"), [[], []]),
        ("DOB (dd/mm/yyyy)", ("3/5/2024", "6/7/2024"), [[], []]), ("DOB", ("3/5/2024", "6/7/2024"), [[], []]),
    ],
)  # fmt: skip
def test_a_heading_with_the_month_first_is_asked_about_where_no_day_speaks_against_it(heading, cells, codes):
    rows = read(
        *(
            f"{name};M;{cell};{mother}"
            for name, cell, mother in zip(("Saw Ba", "Saw Po"), cells, ("Ma Win", "Naw Mu"), strict=True)
        ),
        headings=f"Child's name;Sex;{heading};Mother",
    )
    assert [errors(row) for row in rows] == codes


def weighed(*weights: str, **answers: str) -> list[tuple[list[str], int | None]]:
    text = "\n".join(
        (
            "Child's name;Sex;Date of birth;Mother;Weight",
            *(f"Saw B{n};M;{n}/3/2024;Ma W{n};{weight}" for n, weight in enumerate(weights, 1)),
        )
    )
    book = read_book(text.encode(), "births.csv")
    [table] = find_tables(book, BIRTH_REGISTER)
    columns = propose_columns(table, BIRTH_REGISTER).named
    rows = check_book(book, {"births": columns}, BIRTH_REGISTER, today=TODAY, answers={"births": answers})
    return [(errors(row), row.values["weight_g"]) for row in rows]


def test_weights_that_may_be_pounds_are_asked_about():
    pounds = ("6.5", "7.1", "4.9", "8", "3200", "3.1 kg")
    assert [codes for codes, _grams in weighed(*pounds)] == [
        ["BR-BIRTH-5"], ["BR-BIRTH-3", "BR-BIRTH-5"], ["BR-BIRTH-5"], ["BR-BIRTH-3", "BR-BIRTH-5"], [], [],
    ]  # fmt: skip
    assert weighed(*pounds, weight="lb") == [([], grams) for grams in (2948, 3221, 2223, 3629, 3200, 3100)]
    assert [codes for codes, _grams in weighed("3.1", "5.2", "3.4", "5.1", "2.9", "5.3")] == [[]] * 6


@pytest.mark.parametrize(
    ("era", "written", "born"),
    [
        ("be", "5/3/67", date(2024, 3, 5)), ("be", "5/3/24", None), ("be", "5/3/40", date(1997, 3, 5)),
        ("ce", "5/3/24", date(2024, 3, 5)), ("ce", "5/3/67", None),
    ],
)  # fmt: skip
def test_a_year_of_two_digits_in_the_other_era_is_no_birth_of_long_ago(era, written, born):
    book = read_book(f"Child's name;Sex;Date of birth;Mother\nSaw Ba;M;{written};Ma Win".encode(), "births.csv")
    [table] = find_tables(book, BIRTH_REGISTER)
    columns = propose_columns(table, BIRTH_REGISTER).named
    [row] = check_book(book, {"births": columns}, BIRTH_REGISTER, today=TODAY, answers={"births": {"era": era}})
    assert (None if row.errors else row.values["born"]) == born


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("ชื่อ-สกุล ผู้คลอด", "mother"), ("ชื่อ-สกุล ผู้ทำคลอด", None), ("ชื่อ-สกุล ผู้ปกครอง", None), ("ชื่อ-สกุล สามี", "father"),
        ("Full name of midwife", None), ("Grandmother's name", None), ("Woman's full name", "mother"),
        ("Guardian's phone", "phone"), ("เบอร์โทรผู้ปกครอง", "phone"), ("Mother-in-law's name", None),
        ("BCG date", None), ("BC date", "registered"), ("Expected date of delivery", None),
        ("Date of delivery", "born"),
        ("น้ำหนักรก", None), ("น้ำหนัก", "weight_g"), ("Weight at discharge", None), ("Mother's nationality", None),
        ("ชื่อ-สกุล ทารก", "child"), ("Full name", "child"),
    ],
)  # fmt: skip
def test_a_heading_of_another_person_or_day_is_not_taken_for_a_fact_of_the_birth(heading, key):
    found = recognise([heading], [[]], BIRTH_REGISTER.columns)
    assert (found[0].key if found and found[0].is_sure else None) == key


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("081/2345678", "0812345678"), ("084-5678/084-1234567", "0841234567"), ("8.12E+08", ""),
        ("0812345678/9", "0812345678"), ("66-0812345678", "0812345678"),
    ],
)  # fmt: skip
def test_of_a_cell_the_phone_that_can_be_dialled_is_read(cell, phone):
    [row] = read(f"Naw Aye;F;12/3/2024;Ma Win;{cell}")
    assert the(row, "phone") == [phone]


def test_a_mother_of_whom_only_stands_that_she_died_has_no_name():
    [row] = read("Naw Aye;F;12/3/2024;เสียชีวิตแล้ว")
    assert (the(row, "mother"), errors(row)) == ([""], [])


def test_what_stands_beside_a_name_for_no_surname_is_no_part_of_it():
    headings = "ชื่อเด็ก;นามสกุล;เพศ;วันเกิด;ชื่อมารดา;นามสกุลมารดา;ชื่อบิดา"
    [row] = read("อาทิตย์;-;Ｍ;1/2/2567;หน่อ มู;ไม่มี;ไม่ปรากฏ", headings=headings)
    assert (the(row, "child", "mother", "father", "sex"), errors(row)) == (["อาทิตย์", "หน่อ มู", "", "M"], [])


@pytest.mark.parametrize(
    ("line", "is_entry"),
    [
        ("มี.ค. 67;;;", False), ("*** March 2024 ***;;;", False), ("กุมภาพันธ์ พ.ศ. ๒๕๖๗;;;", False), ("หน้า 2;;;", False),
        ("-;-;-;-", False), ("May;;;", True), ("June Paw;;;", True), ("Naw Mu;F;;-", True),
    ],
)  # fmt: skip
def test_what_stands_between_the_months_is_no_entry(line, is_entry):
    rows = read("Naw Aye;F;12/3/2024;Ma Win", line, "Naw Eh;F;13/3/2024;Naw Mu")
    assert [row.row for row in rows] == ([2, 3, 4] if is_entry else [2, 4])


@pytest.mark.parametrize(
    ("cell", "number", "refused"),
    [
        ("63163726518", "0063163726518", []), ("0063163726518", "0063163726518", []),
        ("081234500043", "081234500043", ["BR-ID-1"]),
    ],
)  # fmt: skip
def test_a_number_that_still_begins_with_zero_has_lost_none(cell, number, refused):
    headings = "Child's name;Sex;Date of birth;Mother;Child's 13-digit number"
    [row] = read(f"Naw Aye;F;12/3/2024;Ma Win;{cell}", headings=headings)
    assert (the(row, "child_number"), errors(row)) == ([number], refused)


@pytest.mark.parametrize(
    ("cell", "hour"),
    [("5:30 AM", "05:30"), ("11.45 p.m.", "23:45"), ("12:05 am", "00:05"), ("12:05 PM", "12:05"), ("13:05 PM", None)],
)
def test_hours_before_and_after_noon(cell, hour):
    [row] = read(f"Naw Aye;F;12/3/2024;Ma Win;{cell}", headings="Child's name;Sex;Date of birth;Mother;Time of birth")
    assert the(row, "time") == [hour]


def test_a_sheet_goes_on_with_the_columns_of_the_one_before_however_often_it_is_read():
    """Of cells of two kinds the first decides: which process reads the file makes no difference."""
    first = [["Child", "Address", "No"], ["Saw Ba", "Mae Sot", 1], ["Naw Mu", 5, "x"]]
    second = [["Saw Po", "Mae Tao", 3], ["Naw Eh", "Mae Ku", 4]]
    grids = [Grid(name=name, rows=rows) for name, rows in (("1", first), ("2", second))]
    table = find_table(grids[0], BIRTH_REGISTER.columns)
    assert table and go_on(grids[1], table)


def test_an_export_of_a_hospital_is_read():
    headings = "HN_MOTHER;MOTHER_NAME;MOTHER_CID;BABY_NAME;SEX;BDATE;BWEIGHT;LBORN;TEL"
    [row] = read("000123;MA WIN;0;BABY OF MA WIN;M;25670312;3200;1;812344001", headings=headings)
    assert (the(row, "born", "registered", "phone"), errors(row)) == ([date(2024, 3, 12), None, "0812344001"], [])


def test_a_birth_date_in_three_columns_of_which_one_says_of_what():
    headings = "ชื่อเด็ก;เพศ;วัน;เดือน;ปีเกิด (พ.ศ.);ชื่อมารดา"
    rows = read("ซอ ทู;ช;๑๒;มี.ค.;๖๗;หน่อ พอ", "ซอ เล;ช;31;6;67;หน่อ วา", headings=headings)
    assert (the(rows[0], "born"), [errors(row) for row in rows]) == ([date(2024, 3, 12)], [[], ["E-DATE-1"]])


@pytest.mark.parametrize(
    ("cell", "born", "refused"),
    [
        ("20240312", date(2024, 3, 12), []), ("๒๕๖๗๐๓๑๒", date(2024, 3, 12), []), ("20240230", None, ["E-DATE-1"]),
        ("20241303", None, ["E-DATE-2"]), ("12032567", None, ["E-DATE-2"]), ("45363", None, ["E-DATE-2"]),
    ],
)  # fmt: skip
def test_eight_digits_are_a_day_only_with_the_year_first(cell, born, refused):
    [row] = read(f"Naw Aye;F;{cell};Ma Win")
    assert (the(row, "born"), errors(row)) == ([born], refused)
