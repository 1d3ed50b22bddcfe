"""Headings of other clinics: other words, other order, two languages, two rows."""

from __future__ import annotations

import pytest

from casework.imports.columns import fingerprint, heading_score
from casework.imports.reading import Grid
from casework.imports.recognising import recognise
from casework.imports.table import find_table
from registration.imports.columns import COLUMNS


def recognised(headings, rows=()):
    columns = [[row[index] for row in rows if row[index] != ""] for index in range(len(headings))]
    return [
        proposals.key if (proposals := found.get(index)) else ""
        for found in [recognise(headings, columns, COLUMNS)]
        for index in range(len(headings))
    ]


@pytest.mark.parametrize(
    ("headings", "keys"),
    [
        (
            [
                "No.",
                "Date of Intake",
                "Baby's Name",
                "Gender",
                "D.O.B.",
                "Mother Name",
                "Father Name",
                "Tel.",
                "BW (g)",
            ],
            ["number", "opened", "child", "sex", "born", "mother", "father", "phone", "weight_g"],
        ),
        (
            [
                "เบอร์โทรศัพท์",
                "ชื่อ-สกุล มารดา",
                "ชื่อ-สกุล เด็ก",
                "ว/ด/ป เกิด",
                "เพศ (ช/ญ)",
                "วันที่ยื่นคำร้อง",
                "วันที่ได้รับสูติบัตร",
            ],
            ["phone", "mother", "child", "born", "sex", "submitted", "registered"],
        ),
        (
            [
                "Name of child",
                "Name of mother",
                "Mother's passport no",
                "Mother's document",
                "National ID (13 digits)",
                "Remarks",
            ],
            ["child", "mother", "mother_no", "mother_doc", "child_number", "remarks"],
        ),
        (
            ["ကလေးအမည်", "မိခင်အမည်", "ဖခင်အမည်", "မွေးနေ့", "ဖုန်းနံပါတ်", "မှတ်ချက်"],
            ["child", "mother", "father", "born", "phone", "remarks"],
        ),
        (
            ["วันเกิด / Date of birth", "ชื่อแม่ (ไทย)", "ชื่อแม่ (Eng)", "ชื่อเด็ก\nChild name", "สีเสื้อ"],
            ["born", "mother_th", "mother", "child", ""],
        ),
        (
            ["Name", "Age", "Phone", "Baby", "Sex", "DOB", "M. DOB", "Date", "Vaccination date"],
            ["", "", "phone", "child", "sex", "born", "", "opened", ""],
        ),
        (["ชื่อ-สกุล ผู้ป่วย", "ชื่อบุตร", "วันที่คลอด", "เพศ", "ปี (พ.ศ.)"], ["", "child", "born", "sex", ""]),
        (["ชื่อเด็ก", "วันที่ได้ใบเกิด", "DOB (M)"], ["child", "registered", ""]),
        (["ชื่อลูก", "เพศลูก", "วันเกิดลูก", "ชื่อแม่", "ปลูกฝี"], ["child", "sex", "born", "mother", ""]),
        (["Dat of brith", "Childs nmae", "Telephon number"], ["born", "child", "phone"]),
    ],
)
def test_headings_of_other_registers(headings, keys):
    assert recognised(headings) == keys


@pytest.mark.parametrize(
    ("headings", "keys", "looked_at"),
    [
        ("Child name|ID number|Mother name|ID number", "child|child_number|mother|mother_no", "1 3"),
        ("Child name|Sex|Mother name|Age|ID number", "child|sex|mother||mother_no", "4"),
        ("Child name|Mother name|Mother's passport no|ID number", "child|mother|mother_no|child_number", ""),
        ("Child name|Sex|ID number", "child|sex|child_number", ""),
        ("HN|ชื่อ-สกุล มารดา|เพศบุตร|วดป.คลอด", "hospital_no_mother|mother|sex|born", "0"),
        ("ชื่อมารดา|HN มารดา|ชื่อบุตร|HN", "mother|hospital_no_mother|child|hospital_no", ""),
        ("Child name|Registration date", "child|opened", "1"),
        ("Visit date|Child name|Registration date", "opened|child|registered", ""),
        ("Child name|Sex|DOB|Time of birth|delivery_mode", "child|sex|born|time|", ""),
        ("Name of mother|Baby sex|Date/Time of Delivery", "mother|sex|born", ""),
        ("CHILD_GIVEN|SEX_CODE|date_of_birth|BC_NO", "child|sex|born|child_number", ""),
    ],
)
def test_whose_number_it_is_and_which_day_the_columns_beside_tell_or_a_person(headings, keys, looked_at):
    """What can mean two facts is never sure, and not taken where nobody looks, unless the other has its own column."""
    found = recognise(headings.split("|"), [[]] * (headings.count("|") + 1), COLUMNS)
    assert "|".join(found[place].key if place in found else "" for place in range(headings.count("|") + 1)) == keys
    assert [str(place) for place, one in found.items() if not one.is_only] == looked_at.split()


def test_cells_alone_propose_a_day_that_no_heading_names_where_one_column_can_be_it():
    rows = [("Naw Eh", "Naw Mu", "0812345678", "5/3/2566", "6/3/2566", "BH-001/24")]
    assert recognised(["Child", "Mother", "Phone", "Day / Month / Year", "", "Case"], rows)[3] == "born"
    assert recognised(["Child", "Mother", "Phone", "Then", "Later", "Case"], rows)[3:5] == ["", ""]
    lived = [("Naw Eh", "Naw Mu", "0812345678", "Alive", "yes")]
    assert recognised(["Child", "Mother", "Phone", "Status", "Consent"], lived)[3:] == ["life", ""]


def test_a_third_row_of_headings_divides_those_above_it():
    found = find_table(
        Grid(
            name="a",
            rows=[
                ["ที่", "ข้อมูลมารดา", "", "", "ข้อมูลทารก", ""], ["", "ชื่อ - สกุล", "เลขบัตร", "", "วันเกิด", "เพศ"],
                ["", "", "ประเภท", "เลขที่", "", ""], ["1", "Ma Win", "บัตรชมพู", "0018955597975", "1/2/2567", "ช"],
            ],
            spans={0: {1: 3, 4: 5}, 1: {2: 3}},
        ),
        COLUMNS,
    )  # fmt: skip
    assert found.header_row == 3 and found.headings[2:4] == ("ข้อมูลมารดา เลขบัตร ประเภท", "ข้อมูลมารดา เลขบัตร เลขที่")
    assert [line.row for line in found.lines] == [4]


def test_the_mothers_birthday_is_not_the_childs():
    assert recognised(["Mother's date of birth", "วันเกิดมารดา"]) == ["", ""]


def test_a_place_that_begins_like_mother_is_no_mother():
    assert recognised(["HN แม่สอด"]) != ["mother"]


def test_what_stands_in_the_cells_decides_between_two_headings_alike():
    rows = [("TR031", "7-0038-08387-28-6"), ("TR3", "0063068689066")]
    assert recognised(["Type", "ID number"], rows) == ["form", "child_number"]
    by_name = {spec.key: spec for spec in COLUMNS}
    assert heading_score("ID number", by_name["child_number"]) == 1.0


def test_a_word_that_is_only_like_a_heading_is_not_sure_and_goes_where_its_cells_do_not_fit():
    assert not recognise(["Nationality"], [[]], COLUMNS)[0].is_named
    assert recognised(["Nationality"], [("Myanmar",)]) == [""]


def test_each_fact_is_proposed_once():
    assert sorted(recognised(["Date of birth", "DOB", "Born"])) == ["", "", "born"]


def test_the_fingerprint_ignores_dots_and_case_but_not_order():
    assert fingerprint(["D.O.B.", "Sex"]) == fingerprint(["dob", "sex "])
    assert fingerprint(["Sex", "DOB"]) != fingerprint(["DOB", "Sex"])


def table(*rows):
    return find_table(Grid(name="a", rows=rows), COLUMNS)


def test_headings_are_found_under_titles_and_rows_between_dividers():
    found = table(
        ["Register of births 2560", "", ""],
        ["", "", ""],
        ["Child's name", "Sex", "Date of birth"],
        ["Ma Hla", "F", "1/2/2560"],
        ["--- end of month ---", "", ""],
        ["", "", ""],
        ["Child's name", "Sex", "Date of birth"],
        ["Saw Htoo", "M", "3/2/2560"],
        ["Total", "", "2"],
    )
    assert found.header_row == 3
    assert [line.row for line in found.lines] == [4, 8]
    assert [(skip.row, skip.reason) for skip in found.skipped] == [
        (1, "title"),
        (5, "divider"),
        (7, "headings"),
        (9, "total"),
    ]
    assert found.blank_rows == 1


def test_a_title_in_which_somebody_is_mentioned_is_no_wide_heading():
    found = table(["ทะเบียนแจ้งเกิดเด็ก อบต.แม่ปะ", "", ""], ["ที่", "ชื่อเด็ก", "เพศ"], ["1", "Ma Hla", "F"])
    assert found.headings == ("ที่", "ชื่อเด็ก", "เพศ")


def test_a_name_alone_in_its_row_is_an_entry_not_a_divider():
    found = table(["Child's name", "Sex", "Date of birth"], ["Ma Hla", "", ""])
    assert [line.row for line in found.lines] == [2]


def test_wide_titles_above_short_headings_are_read_together():
    found = table(
        ["ที่", "เด็ก", "", "", "มารดา", "", "โทรศัพท์"],
        ["", "ชื่อ", "เพศ", "วันเกิด", "ชื่อ", "เลขที่บัตร", ""],
        ["1", "มะลิ", "หญิง", "1/2/2560", "จันทร์", "AB12345", "0812345678"],
    )
    proposals = recognise(found.headings, found.samples(), COLUMNS)
    assert [proposals[index].key for index in range(7)] == [
        "number",
        "child",
        "sex",
        "born",
        "mother",
        "mother_no",
        "phone",
    ]
    assert [line.row for line in found.lines] == [3]


@pytest.mark.parametrize(
    ("upper", "spans"),
    [
        (["ข้อมูลมารดา", "", "ข้อมูลทารก", "", ""], {}),
        (["Mother", "", "", "", ""], {}),
        (["Mother", "", "", "", ""], {0: {0: 1}}),
    ],
)
def test_a_wide_title_ends_where_its_cells_end_or_another_begins(upper, spans):
    lower = ["Name", "ID number", "Baby name", "Sex", "Date of birth"]
    found = find_table(
        Grid(name="a", rows=[upper, lower, ["Ma Win", "7", "Aye", "F", "1/2/2560"]], spans=spans), COLUMNS
    )
    proposals = recognise(found.headings, found.samples(), COLUMNS)
    assert [proposals[index].key for index in range(5)] == ["mother", "mother_no", "child", "sex", "born"]


def test_of_two_columns_named_alike_none_is_sure():
    two = recognise(["Name", "Sex", "Name"], [[], [], []], COLUMNS)
    assert [(one.key, one.is_sure, one.is_named) for one in two.values()] == [
        ("child", False, False),
        ("sex", True, True),
    ]
    one = recognise(["Name", "Sex", "Baby name"], [[], [], []], COLUMNS)
    assert [(index, found.is_named) for index, found in one.items() if found.key == "child"] == [(2, True)]


@pytest.mark.parametrize(
    ("first", "is_total"),
    [("Total", True), ("รวมทั้งสิ้น", True), ("ยอดรวม", True), ("Sumalee Jaidee", False), ("รวมพร ใจดี", False)],
)
def test_a_name_that_begins_like_a_total_is_an_entry(first, is_total):
    found = table(["Child's name", "Sex", "Date of birth"], [first, "F", "1/2/2560"])
    assert bool(found.skipped) is is_total and len(found.lines) == (not is_total)


def test_repeated_headings_in_another_order_are_followed():
    found = table(
        ["Child's name", "Sex", "Mother"],
        ["Aye", "F", "Ma Win"],
        ["Mother", "Child's name", "Sex"],
        ["Ma Hla", "Htoo", "M"],
    )
    assert [list(line.cells) for line in found.lines] == [["Aye", "F", "Ma Win"], ["Htoo", "M", "Ma Hla"]]


def test_a_sheet_without_headings_is_no_table():
    assert table(["Dear colleague", ""], ["please call me", ""]) is None
