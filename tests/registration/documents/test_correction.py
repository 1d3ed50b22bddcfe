"""The letter for a correction, the slip of its appointment, the receipt of the second handover."""

from __future__ import annotations

import json
from datetime import date

import pytest

from casework.documents.compose import as_facts, compose
from casework.documents.pages import page_text
from registration import documents
from registration.models import Correction, Discrepancy, Outcome, ParentLink

from .test_contexts import LETTER, STAMP, text_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture
def correction(birth, registry_office, ploy):
    birth.status = "handed_over"
    birth.save()
    Outcome.rows.create(
        birth=birth, registered_on=DAY, form="TR031", certificate_no="12/2569", checked_on=DAY, handed_over_on=DAY,
        handed_over_to="Naw Eh Mu", handed_over_relation="mother",
    )  # fmt: skip
    rows = [
        ("mother", "นางสาวหน่อเอมู", "นางสาวนอเอมู"),
        ("born_on", "2026-11-17", "2026-11-07"),
        ("sex", "Female", "M"),
        ("father", "Saw Htoo Wah", "Saw Too Wa"),
    ]
    found = [
        Discrepancy.rows.create(
            birth=birth, field=field, value_a=a, source_a="case", value_b=b, source_b="certificate", severity="blocks"
        )
        for field, a, b in rows
    ]
    row = Correction.rows.create(birth=birth, registry_office=registry_office, state_since=DAY)
    row.discrepancies.set(found)
    return row


def letter(birth, language="th"):
    return documents.LetterOfCorrection().context(birth, language=language, facts=LETTER)


def test_the_letter_puts_what_was_agreed_beside_what_is_written(birth, correction, supervisor):
    paper = letter(birth)
    assert paper.recipient == "นายทะเบียนท้องถิ่นเทศบาลนครแม่สอด"
    assert paper.refers == "สูติบัตร (ท.ร.031) เลขที่ 12/2569 ลงวันที่ 20\u00a0พฤศจิกายน 2569"
    lines = {line.label: (line.agreed, line.on_certificate) for line in paper.lines}
    assert list(lines) == ["เพศ", "วันเกิด", "ชื่อมารดา", "ชื่อบิดา"]
    assert lines["เพศ"] == ("หญิง", "ชาย")
    assert lines["ชื่อมารดา"] == ("นางสาวหน่อเอมู", "นางสาวนอเอมู")
    assert "17" in lines["วันเกิด"][0]
    assert "2569" in lines["วันเกิด"][1]
    assert (paper.signatory.name, paper.signatory.position) == ("กาญจนา วงศ์ไพร", "หัวหน้าคลินิกกฎหมาย")


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_word_is_on_one_page(birth, correction, supervisor, language):
    paper = letter(birth, language)
    stored = json.loads(json.dumps(as_facts(paper)))
    pages = page_text(compose(documents.LetterOfCorrection(), stored, language=language, stamp=STAMP))
    assert len(pages) == 1
    text = "".join("".join(pages).split())
    for word in (paper.number, paper.recipient, paper.refers, paper.child, paper.signatory.name):
        assert "".join(word.split()) in text
    for line in paper.lines:
        for word in (line.label, line.agreed, line.on_certificate):
            assert "".join(word.split()) in text
    wanted = ("เรื่อง", "เรียน", "อ้างถึง", "สิ่งที่ส่งมาด้วย", "ประทับตรา", "เลขรับ") if language == "th" else ("Reference",)
    assert all(word in text for word in wanted)


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_father_of_a_child_mothers_child_is_not_named(birth, correction, language):
    ParentLink.rows.filter(birth=birth, role="mother").update(age_at_birth=15)
    paper = letter(birth, language)
    assert "Saw" not in json.dumps([line.agreed + line.on_certificate for line in paper.lines])
    assert len(paper.lines) == 4


def test_the_slip_carries_the_appointment_of_the_correction(birth, correction):
    Correction.rows.filter(pk=correction.pk).update(
        state="appointed", appointment_on=date(2026, 11, 30), appointment_time="09.30"
    )
    paper = documents.Appointment().context(birth, language="my", facts={})
    assert (paper.time, paper.office.th) == ("09.30", "เทศบาลนครแม่สอด")
    assert [item.th for item in paper.bring] == ["สูติบัตรฉบับจริง"]
    assert "09.30" in text_of(documents.Appointment(), birth, "th")


def test_the_receipt_is_for_the_second_handover(birth, correction, ploy):
    first = documents.Receipt().context(birth, language="th", facts={})
    assert first.receiver == "Naw Eh Mu"
    Correction.rows.filter(pk=correction.pk).update(
        state="handed_over", result_on=DAY, checked_on=DAY, checked_by=ploy, handed_over_on=date(2026, 12, 1),
        handed_over_to="Saw Htoo Wah", handed_over_relation="father",
    )  # fmt: skip
    again = documents.Receipt().context(birth, language="th", facts={})
    assert (again.receiver, again.relation.main) == ("Saw Htoo Wah", "บิดา")
