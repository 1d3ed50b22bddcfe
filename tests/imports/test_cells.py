"""One cell at a time: what is read, what is said about it, what is refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from casework.imports import cells

TODAY = date(2026, 11, 23)
read_date = cells.date_reader("born")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2/5/2559", date(2016, 5, 2)),
        ("๐๒/๐๕/๒๕๕๙", date(2016, 5, 2)),
        ("22 เม.ย. 2559", date(2016, 4, 22)),
        ("2016-05-10", date(2016, 5, 10)),
        (date(2559, 4, 22), date(2016, 4, 22)),
        (datetime(2016, 4, 22, 9, 30), date(2016, 4, 22)),
        ("29/2/2567", date(2024, 2, 29)),
        ("15 ม.ค. 2566 02.26 น.", date(2023, 1, 15)),
        ("12/3/2566 เวลา 14.35 น.", date(2023, 3, 12)),
        ("12/3/2023 2:35 PM", date(2023, 3, 12)),
        ("2023-03-12T14:35+07:00", date(2023, 3, 12)),
        ("วันที่ 12 เดือนมีนาคม พ.ศ. 2566", date(2023, 3, 12)),
        ("Sunday, 12 March 2023", date(2023, 3, 12)),
        ("จันทร์ 12/3/2566", date(2023, 3, 12)),
        ("၁၂ ရက်နေ့ မတ်လ ၂၀၂၃ ခုနှစ်", date(2023, 3, 12)),
        ("12 มีนา 2566.", date(2023, 3, 12)),
        (date(1985, 3, 12), date(1985, 3, 12)),
        ("", None),
        ("-", None),
        ("ไม่ทราบ", None),
        ("รอ", None),
        ("ยังไม่แจ้ง", None),
        ("pending", None),
    ],
)
def test_a_day_in_either_era(raw, value):
    assert read_date(raw, TODAY).value == value
    assert not read_date(raw, TODAY).findings


def test_a_buddhist_year_is_told_and_a_common_one_is_not():
    assert "2/5/2559" in str(read_date("2/5/2559", TODAY).note)
    assert "2559" in str(read_date(date(2559, 4, 22), TODAY).note)
    assert read_date("2016-05-10", TODAY).note is None


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("5/6/62", "BR-DOB-6"),
        ("31/2/2567", "E-DATE-1"),
        (42500.0, "E-DATE-2"),
        ("soon", "E-DATE-2"),
        ("1/1/2250", "BR-DOB-3"),
        (date(1966, 3, 12), "BR-DOB-6"),
    ],
)
def test_a_day_that_cannot_be_read_is_refused(raw, code):
    read = read_date(raw, TODAY)
    assert read.value is None
    assert [finding.code for finding in read.findings] == [code]


@pytest.mark.parametrize("raw", [45000.0, "45000", "๔๕๐๐๐"])
def test_a_number_that_counts_days_says_which_day_it_would_be(raw):
    assert "15\u00a0Mar 2023" in str(read_date(raw, TODAY).findings[0].sentence)


@pytest.mark.parametrize("raw", [99999.0, "10258", 7.0])
def test_another_number_is_no_day(raw):
    (finding,) = read_date(raw, TODAY).findings
    assert finding.code == "E-DATE-2" and "counted days" not in str(finding.sentence)


@pytest.mark.parametrize(
    ("raw", "number", "codes"),
    [
        (63163726518.0, "0063163726518", []),
        ("0-0631-63726-51-8", "0063163726518", []),
        (
            "63163726518",
            "0063163726518",
            [],
        ),  # a CSV file that went through a spreadsheet: the check digit proves it
        ("63163726517", "63163726517", ["BR-ID-1"]),
        ("๐๐๖๓๑๖๓๗๒๖๕๑๘", "0063163726518", []),
        ("1234545678789", "1234545678789", ["BR-ID-3"]),
        ("6.31637E+10", "", ["BR-ID-1"]),
        ("ไม่มีข้อมูล", "", []),
    ],
)
def test_thirteen_digits_with_the_zeros_a_spreadsheet_dropped(raw, number, codes):
    read = cells.thai_id(raw, field="child_number")
    assert read.value == number
    assert [finding.code for finding in read.findings] == codes


def test_zeros_put_back_are_told():
    assert "0063163726518" in str(cells.thai_id(63163726518.0, field="n").note)
    assert cells.thai_id("0063163726518", field="n").note is None


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (990996030.0, "0990996030"),
        ("+66833875004", "0833875004"),
        ("061-471 0497", "0614710497"),
        ("๐๙๓๔๑๗๐๔๗๑", "0934170471"),
        ("", ""),
        ("-", ""),
    ],
)
def test_phones_with_their_leading_zero(raw, number):
    assert cells.phone_reader("phone")(raw, TODAY).value == number


def test_a_second_phone_and_words_are_told_not_dropped_silently():
    assert "0812345678" in str(cells.phone_reader("phone")("061-471 0497, 0812345678", TODAY).note)
    assert [finding.code for finding in cells.phone_reader("phone")("ask the aunt", TODAY).findings] == ["BR-PHONE-1"]


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("✓", "yes"),
        ("มี", "yes"),
        ("Y", "yes"),
        ("", ""),
        ("ไม่มี", ""),
        ("19144", "19144"),
        (True, "yes"),
        (19144.0, "19144"),
    ],
)
def test_marks_and_the_numbers_written_in_their_place(raw, value):
    assert cells.mark_reader("delivery_proof")(raw, TODAY).value == value


def test_a_text_too_long_is_cut_and_says_so():
    read = cells.text_reader(longest=5)("abcdefgh", TODAY)
    assert read.value == "abcde"
    assert "5" in str(read.note)


def test_what_is_not_there_yet_is_told():
    assert "รอ" in str(read_date("รอ", TODAY).note)
    assert read_date("-", TODAY).note is None


@pytest.mark.parametrize(
    ("raw", "value", "codes"),
    [
        ("✓", "yes", []),
        ("มี", "yes", []),
        ("๒๓๔/๒๕๖๖", "๒๓๔/๒๕๖๖", []),
        ("ไม่มี", "", []),
        ("unknown", "", []),
        ("ยังไม่ได้", "", []),
        ("หาย", "", []),
        ("not yet", "", []),
        ("กับแม่", "", ["E-IMP-19"]),
    ],
)
def test_a_mark_is_a_yes_a_number_or_nothing(raw, value, codes):
    read = cells.mark_reader("delivery_proof")(raw, TODAY)
    assert (read.value, [finding.code for finding in read.findings]) == (value, codes)


@pytest.mark.parametrize(
    ("raw", "number"), [("690012", "690012"), (690012.0, "690012"), ("-", ""), ("ไม่มี", ""), ("รอ", ""), ("none", "")]
)
def test_words_are_no_hospital_number(raw, number):
    assert cells.number_reader(longest=20)(raw, TODAY).value == number


@pytest.mark.parametrize("raw", ["'0063163726518", "63163726518.0", "0-0631-63726-51-8"])
def test_thirteen_digits_however_a_spreadsheet_left_them(raw):
    assert cells.thai_id(raw, field="child_number").value == "0063163726518"
