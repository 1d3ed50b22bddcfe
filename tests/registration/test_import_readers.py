"""What clerks write for sex, weight, papers, forms and twins."""

from __future__ import annotations

from datetime import date

import pytest

from registration.imports import readers
from registration.imports.rules import mother_number
from registration.imports.twins import read_twin

TODAY = date(2026, 11, 23)


def codes(read):
    return [finding.code for finding in read.findings]


@pytest.mark.parametrize(
    ("raw", "sex"),
    [
        ("ด.ญ.", "F"),
        ("หญิง", "F"),
        ("Girl", "F"),
        ("f", "F"),
        ("ญ", "F"),
        ("ด.ช.", "M"),
        ("ชาย", "M"),
        ("Boy", "M"),
        ("M", "M"),
        ("ช", "M"),
        ("ยังไม่ทราบ", ""),
        ("หญิง/Female", "F"),
        ("ช (M)", "M"),
        ("ช/ญ", ""),
        ("หญิง (ช)", ""),
    ],
)
def test_sex(raw, sex):
    assert readers.read_sex(raw, TODAY).value == sex


@pytest.mark.parametrize("raw", ["?", "", "x", 3.0])
def test_a_sex_that_cannot_be_read_is_refused(raw):
    assert codes(readers.read_sex(raw, TODAY)) == ["BR-SEX-1"]


@pytest.mark.parametrize(
    ("raw", "grams"),
    [
        ("3.09 kg", 3090), (2.87, 2870), (3.0, 3000), (3950.0, 3950), ("๓๗๖๐", 3760),
        ("3,200", 3200), ("3,2 kg", 3200),
        ("๓.๒ กก.", 3200), ("2900 g", 2900), ("2900 กรัม", 2900), ("", None), ("-", None),
    ],
)  # fmt: skip
def test_weight_in_grams(raw, grams):
    read = readers.read_weight(raw, TODAY)
    assert read.value == grams
    assert not read.findings


@pytest.mark.parametrize("raw", [31000.0, 31.0, "31 kg", 0.1, "heavy", "12 g"])
def test_a_weight_no_child_has_is_refused(raw):
    assert codes(readers.read_weight(raw, TODAY)) == ["BR-BIRTH-3"]


def test_a_rare_weight_is_questioned():
    read = readers.read_weight(1200.0, TODAY)
    assert [finding.level.value for finding in read.findings] == ["warning"]


@pytest.mark.parametrize(
    ("raw", "paper"),
    [
        ("พาสปอร์ต", "passport"), ("PP", "passport"), ("บัตรชมพู", "pink_card_non_thai"),
        ("บัตรสีชมพู", "pink_card_non_thai"),
        ("Pink Card", "pink_card_non_thai"), ("TBC", "camp_household"),
        ("ค่าย", "camp_household"), ("ใบอนุญาตทำงาน", "work_permit"),
        ("ไม่มี", "none"), ("-", "none"), ("", "none"), ("กระดาษ", "other"),
    ],
)  # fmt: skip
def test_papers(raw, paper):
    assert readers.read_paper(raw, TODAY).value == paper


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        ("ทร.๐๓๑", "TR031"),
        ("TR031", "TR031"),
        ("ท.ร. 031", "TR031"),
        ("ท.ร.3", "TR3"),
        ("ท.ร.03", "TR03"),
        ("", ""),
        ("แบบใหม่", "other"),
    ],
)
def test_certificate_forms(raw, form):
    assert readers.read_form(raw, TODAY).value == form


@pytest.mark.parametrize(
    ("raw", "order"),
    [
        ("", 0), ("singleton", 0), ("ไม่มี", 0), ("ไม่ใช่แฝด", 0), ("ครรภ์เดี่ยว", 0), ("–", 0), ("မရှိ", 0), ("1 คน", 0),
        ("1", 1), ("twin 2", 2), ("แฝด ๑", 1), ("B", 2), ("แฝดพี่", 1), ("แฝดน้อง", 2), ("Twin II", 2), ("first twin", 1),
        ("2/2", 2), ("แฝดคนที่ 2", 2), ("แฝด", None), ("twins", None), ("x", None),
    ],
)  # fmt: skip
def test_twins(raw, order):
    read = read_twin(raw, TODAY)
    assert (read.value, read.findings) == (order, ())


def test_what_says_nothing_of_twins_is_a_single_child_and_is_told():
    read = read_twin("G2P1", TODAY)
    assert (read.value, [finding.code for finding in read.findings]) == (0, ["E-IMP-20"])


@pytest.mark.parametrize(
    "raw", ["ยังไม่ตั้งชื่อ", "No name yet", "Baby girl", "ด.ญ.", "none", "ไม่ทราบชื่อ", "unknown", "အမည်မပေးရသေး"]
)
def test_what_is_no_name_makes_nobody(raw):
    assert readers.read_name(raw, TODAY).value == ""


@pytest.mark.parametrize("raw", ["ด.ญ. มะลิ", "Baby of Ma Win", "Girly Mae", "Noname Htoo"])
def test_what_begins_like_no_name_stays_a_name(raw):
    assert readers.read_name(raw, TODAY).value == raw


@pytest.mark.parametrize("raw", ["ผู้หญิง", "ลูกสาว", "daughter", "G", "သမီး", "မိန်းမ", "♀"])
def test_words_for_a_girl(raw):
    assert readers.read_sex(raw, TODAY).value == "F"


@pytest.mark.parametrize("raw", ["ผู้ชาย", "ลูกชาย", "son", "B", "သား", "ယောက်ျား"])
def test_words_for_a_boy(raw):
    assert readers.read_sex(raw, TODAY).value == "M"


@pytest.mark.parametrize(
    ("raw", "grams"),
    [
        ("3 กก. 100 กรัม", 3100),
        ("3.1 ก.ก.", 3100),
        ("၃.၁ ကီလိုဂရမ်", 3100),
        ("ไม่ได้ชั่ง", None),
        ("ชั่งไม่ได้", None),
        (0, None),
        ("0.0", None),
    ],
)
def test_weights_in_other_units_and_none(raw, grams):
    read = readers.read_weight(raw, TODAY)
    assert (read.value, read.findings) == (grams, ())


@pytest.mark.parametrize(
    ("raw", "paper", "number"),
    [
        (18955597975.0, "pink_card_non_thai", "0018955597975"),
        ("0018955597975", "pink_card_non_thai", "0018955597975"),
        ("m2538885", "passport", "M2538885"),
        ("T388-4968", "camp_household", "T388-4968"),
        (2538885.0, "passport", "2538885"),
        ("-", "passport", ""),
        ("ไม่มีบัตร", "none", ""),
        ("หาย", "passport", ""),
        (63163726518.0, "none", "0063163726518"),
        ("0-0631-63726-51-8", "other", "0063163726518"),
    ],
)
def test_the_number_of_the_mothers_paper(raw, paper, number):
    read = mother_number(raw, paper)
    assert read.value == number
    assert not read.findings
