"""What makes a row an entry: each rule of the register with its allowed twin."""

from __future__ import annotations

from datetime import date

import pytest

from casework.imports.cells import ReadCell
from casework.kernel.refusals import Level
from registration.imports.columns import COLUMNS
from registration.imports.rules import check_columns, check_row

TODAY = date(2026, 11, 23)
READ = {spec.key: spec.read for spec in COLUMNS}
GOOD = {
    "child": "Ma Hla",
    "sex": "F",
    "born": "2/5/2569",
    "opened": "3/5/2569",
    "mother": "Ma Mya",
    "submitted": "5/5/2569",
    "registered": "9/5/2569",
}


def checked(**changes):
    row = {key: raw for key, raw in (GOOD | changes).items() if raw is not None}
    cells: dict[str, ReadCell] = {key: READ[key](raw, TODAY) for key, raw in row.items()}
    values, findings = check_row(cells, TODAY)
    errors = [finding.code for finding in findings if finding.level is Level.ERROR]
    return values, errors, [finding.code for finding in findings if finding.level is Level.WARNING]


def test_a_good_row_has_nothing_to_say():
    values, errors, warnings = checked()
    assert (errors, warnings) == ([], [])
    assert values["born"] == date(2026, 5, 2)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"born": ""}, "BR-DOB-0"),
        ({"born": "31/2/2567"}, "E-DATE-1"),
        ({"born": "5/6/62"}, "BR-DOB-6"),
        ({"born": "15/1/2570"}, "BR-DOB-1"),
        ({"child": "—"}, "BR-NAME-1"),
        ({"child": ""}, "BR-NAME-1"),
        ({"sex": "?"}, "BR-SEX-1"),
        ({"opened": ""}, "BR-OPEN-1"),
        ({"opened": "1/12/2569"}, "BR-OPEN-1"),
        ({"submitted": "1/5/2569"}, "BR-SUB-1"),
        ({"submitted": "1/12/2569", "registered": ""}, "BR-SUB-1"),
        ({"registered": "4/5/2569"}, "BR-REG-1"),
        ({"registered": "1/5/2569", "submitted": ""}, "BR-REG-1"),
        ({"child_number": "1234545678789"}, "BR-ID-3"),
        ({"weight_g": 31000.0}, "BR-BIRTH-3"),
    ],
)
def test_a_row_is_refused_for_its_reason_and_no_other(changes, code):
    _values, errors, _warnings = checked(**changes)
    assert errors == [code]


@pytest.mark.parametrize(
    "changes",
    [
        {"registered": "5/5/2569"},
        {"submitted": "2/5/2569", "opened": "2/5/2569", "registered": "2/5/2569"},
        {"submitted": "", "registered": ""},
        {"child": "", "child_th": "มะลิ"},
        {"child": "Baby of Ma Mya"},
        {"born": "23/11/2569", "opened": "23/11/2569", "submitted": "", "registered": ""},
    ],
)
def test_a_row_at_the_edge_is_taken(changes):
    _values, errors, _warnings = checked(**changes)
    assert errors == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"mother": ""}, "BR-PAR-2"),
        ({"opened": "1/5/2569"}, "BR-OPEN-3"),
        ({"opened": None}, "BR-OPEN-2"),
        ({"born": "2/5/2549"}, "BR-AGE-1"),
        ({"child_number": "0063163726518", "registered": ""}, "BR-REG-6"),
        ({"child_number": "0063163726517"}, "BR-ID-4"),
        ({"child": "Ma ลา"}, "BR-NAME-3"),
        ({"mother_no": "A123"}, "BR-PAPER-1"),
    ],
)
def test_what_is_odd_is_questioned_and_taken(changes, code):
    _values, errors, warnings = checked(**changes)
    assert (errors, warnings) == ([], [code])


def test_without_a_date_opened_the_earliest_of_the_row_stands_in():
    values, _errors, _warnings = checked(opened=None)
    assert values["opened"] == date(2026, 5, 2)


def test_a_twin_is_known_by_its_column_or_its_remark():
    assert checked(twin="2")[0]["twin"] == 2
    assert checked(remarks="แฝด")[0]["is_twin"]
    assert not checked()[0]["is_twin"]


def test_a_register_needs_name_sex_and_birth():
    assert not check_columns(frozenset({"child_th", "sex", "born"}))
    assert {finding.field for finding in check_columns(frozenset({"phone"}))} == {"child", "sex", "born"}


def test_in_a_register_without_names_of_children_each_is_the_baby_of_its_mother():
    """The book of a delivery room; where there is such a column an empty cell is refused."""
    assert not check_columns(frozenset({"mother", "sex", "born"}))
    values, errors, warnings = checked(child=None)
    assert (values["child"], errors, warnings) == ("Baby of Ma Mya", [], ["BR-NAME-1"])
    assert checked(child="")[1] == ["BR-NAME-1"]
    assert checked(child="unknown")[0]["child"] == "Baby of Ma Mya"


def test_a_child_without_a_name_yet_is_the_baby_of_its_mother():
    values, errors, warnings = checked(child="ยังไม่ตั้งชื่อ")
    assert (values["child"], errors, warnings) == ("Baby of Ma Mya", [], ["BR-NAME-1"])
    assert checked(child="")[1] == checked(child="no name yet", mother="ไม่ทราบ")[1] == ["BR-NAME-1"]


def test_a_parent_who_is_only_a_word_is_nobody():
    values, _errors, warnings = checked(mother="ไม่มี", father="unknown")
    assert (values["mother"], values["father"], warnings) == ("", "", ["BR-PAR-2"])


@pytest.mark.parametrize(
    ("remark", "is_twin"), [("แฝด", True), ("ไม่ใช่แฝด", False), ("not a twin", False), ("twins", True)]
)
def test_a_remark_that_denies_twins_makes_none(remark, is_twin):
    assert checked(remarks=remark)[0]["is_twin"] is is_twin


@pytest.mark.parametrize(
    ("life", "codes"),
    [("LB", []), ("มีชีพ", []), ("-", []), ("SB", ["BR-DIED-6"]), ("ตายคลอด", ["BR-DIED-6"]), ("3 days", [])],
)
def test_a_child_that_died_is_not_brought_in_as_one_that_lives(life, codes):
    """Nobody is called about it, and its death has a time limit: that is written down where both are asked."""
    assert checked(life=life)[1] == codes
    assert checked(remarks="เสียชีวิต 3 วันหลังคลอด")[2] == ["BR-DIED-7"] != checked(remarks="ปกติดี")[2]
