"""From stored rows to the words of the papers."""

from __future__ import annotations

import json
import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework.audit.services import record_event
from casework.cases.models import Consent as ConsentRow
from casework.documents.compose import Stamp, as_facts, compose
from casework.documents.models import Document
from casework.documents.pages import page_text
from casework.kernel.dates import Precision
from casework.kernel.refusals import Refusal
from casework.reference.models import Holiday, Text
from registration import documents
from registration.documents import KINDS, values
from registration.models import BirthRecord, Outcome, ParentLink, Requirement, Submission
from registration.services.witnesses import add_witness
from registration.states import Result, Status

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
LETTER = {"letter_number": "คกม. 1/2569", "letter_date": "2026-11-23"}
STAMP = Stamp(code="K7PD-3MXA-9QRT", url="https://x/verify/", made_at="", made_by="", office="", reference="AB0001")


def text_of(kind, birth, language, **facts) -> str:
    """The paper's text as it comes out of the PDF, made from facts that went through the database's JSON."""
    paper = kind.context(birth, language=language, facts={**LETTER, **facts})
    stored = json.loads(json.dumps(as_facts(paper)))
    pages = page_text(compose(kind, stored, language=language, stamp=STAMP))
    return "".join("".join(pages).split())


def rendered(kind, birth, language, **facts) -> str:
    paper = kind.context(birth, language=language, facts={**LETTER, **facts})
    pages = page_text(compose(kind, as_facts(paper), language=language, stamp=STAMP))
    return " ".join(" ".join(pages).split())


def letter(birth, language="th", **facts):
    return documents.Letter().context(birth, language=language, facts={**LETTER, **facts})


def test_the_letter_says_what_the_record_says(birth, world, supervisor):
    world.item(birth, "หนังสือรับรองการเกิด", "original_seen")
    world.item(birth, "บัตรของมารดา", "in_hand_copy")
    world.item(birth, "รูปถ่าย", "needed")
    world.item(birth, "การอ่านชื่อ", "original_seen", key="consent")
    paper = letter(birth)
    assert (paper.number, paper.date) == ("คกม. 1/2569", "23\u00a0พฤศจิกายน 2569")
    assert paper.recipient == "นายทะเบียนท้องถิ่นเทศบาลนครแม่สอด"
    assert [(e.name, e.count) for e in paper.enclosures] == [
        ("หนังสือรับรองการเกิด", "1 ฉบับ"),
        ("สำเนาบัตรของมารดา", "1 ฉบับ"),
    ]
    (child,) = paper.children
    assert (child.name, child.name_latin, child.sex, child.time) == ("เด็กหญิงพอวา", "Naw Paw Wah", "หญิง", "04.35 น.")
    assert "2569" in child.born
    assert "2026" in child.born
    assert child.born.startswith("วันอังคารที่")
    assert "อำเภอแม่สอด จังหวัดตาก" in child.place
    assert paper.mother.paper == "หนังสือเดินทาง เลขที่\u00a0MC123456"
    assert (paper.father.name, paper.father.no_paper) == ("Saw Htoo Wah", "ไม่มีเอกสารแสดงตน")
    assert (paper.signatory.name, paper.signatory.position) == ("กาญจนา วงศ์ไพร", "หัวหน้าคลินิกกฎหมาย")
    assert not paper.is_late
    assert "2" in paper.due


@pytest.mark.parametrize(
    ("state", "block", "said"),
    [
        ("impossible", "father_absent", "ยังไม่ได้แสดงเอกสารแสดงตน เนื่องจากบิดาไม่อยู่ในพื้นที่"),
        ("impossible", "family_fear", "ยังไม่ได้แสดงเอกสารแสดงตน"),
        ("impossible", "parent_no_id", "ไม่มีเอกสารแสดงตน"),
        ("in_hand_copy", "", ""),
    ],
)
def test_the_letter_says_why_a_parent_shows_no_paper_as_far_as_the_registrar_needs_it(birth, world, state, block, said):
    birth.parents.filter(role="father").update(has_paper=None)
    assert letter(birth).father.no_paper == "", "nobody asked"
    item = world.item(birth, "บัตรของบิดา", state, block=block)
    Requirement.objects.filter(pk=item.requirement_id).update(condition="father_known")
    assert letter(BirthRecord.rows.get(pk=birth.pk)).father.no_paper == said


def test_the_english_copy_says_the_same(birth):
    paper = letter(birth, "en")
    assert paper.recipient == "The Registrar, Mae Sot City Municipality"
    assert paper.children[0].sex == "girl"
    assert "NawPawWah" in text_of(documents.Letter(), birth, "en")


def test_twins_go_in_one_letter_with_their_papers_counted(world):
    group = uuid.uuid4()
    first = world.birth("เด็กหญิงพอวา", plurality=2, birth_order=1, sibling_group=group)
    second = world.birth("เด็กชายพอเซ", sex="M", number=2, plurality=2, birth_order=2, sibling_group=group)
    item = world.item(first, "หนังสือรับรองการเกิด", "original_seen")
    second.items.create(requirement=item.requirement, level="star", state="original_seen", responsible="hospital")
    paper = letter(second)
    assert [child.order for child in paper.children] == ["แฝดคนที่ 1 ใน 2", "แฝดคนที่ 2 ใน 2"]
    assert paper.children_count == "2 ราย (แฝด)"
    assert paper.enclosures[0].count == "2 ฉบับ"


def test_a_twin_that_is_not_ready_stays_out_of_the_letter(world):
    group = uuid.uuid4()
    first = world.birth("เด็กหญิงพอวา", plurality=2, birth_order=1, sibling_group=group)
    world.birth("เด็กชายพอเซ", number=2, plurality=2, birth_order=2, sibling_group=group, status="gathering")
    assert len(letter(first).children) == 1


def test_a_letter_after_the_last_day_gives_the_reason(birth):
    birth.late_reason = "no_interpreter"
    paper = letter(birth, letter_date="2026-12-03")
    assert (paper.is_late, paper.late_reason, paper.due) == (True, "ไม่มีล่าม", "")
    assert not letter(birth, letter_date="2026-12-02").is_late


def month_only(birth, on=date(2026, 11, 1)):
    """The day of birth is not known; nothing is counted from it."""
    child = birth.case.child
    child.born_on, child.born_precision = on, Precision.MONTH
    child.save()
    birth.notify_due_on = birth.notify_effective_on = None
    birth.save()
    return birth


def test_a_letter_does_not_say_that_the_days_are_over_while_the_day_of_birth_is_not_known(birth):
    month_only(birth)
    birth.late_reason = "no_interpreter"
    paper = letter(birth, letter_date="2026-11-29")
    assert (paper.is_late, paper.is_unsure, paper.due) == (False, True, "")
    thai = text_of(documents.Letter(), birth, "th", letter_date="2026-11-29")
    assert "พฤศจิกายน2569" in thai and "พ.ย." not in thai
    assert "นับแต่วันเกิดแล้วหรือไม่" in thai and "ครั้งนี้พ้นกำหนด" not in thai and "ไม่มีล่าม" in thai
    english = text_of(documents.Letter(), birth, "en", letter_date="2026-11-29")
    assert "cannotbesaid" in english and "November2026" in english


@pytest.mark.parametrize(("on", "told"), [("2026-11-16", (False, False)), ("2026-12-16", (True, False))])
def test_a_letter_says_so_when_no_day_of_the_month_can_make_it_otherwise(birth, on, told):
    paper = letter(month_only(birth), letter_date=on)
    assert (paper.is_late, paper.is_unsure) == told


def test_the_letter_sets_the_name_of_whom_to_call_apart(birth):
    assert "โปรดติดต่อ พลอย คำแก้ว โทรศัพท์" in rendered(documents.Letter(), birth, "th")


def test_a_letter_after_a_visit_in_time_is_not_called_late(birth, registry_office):
    birth.status = Status.SUBMITTED
    Submission.rows.create(
        birth=birth, number=1, registry_office=registry_office, submitted_on=date(2026, 12, 1), by="parent"
    )
    paper = letter(birth, letter_date="2026-12-09")
    assert (paper.is_late, paper.due) == (False, "")
    Submission.rows.update(submitted_on=date(2026, 12, 4))
    assert letter(birth, letter_date="2026-12-09").is_late


@pytest.mark.parametrize("status", [Status.REGISTERED, Status.HANDED_OVER, Status.CLOSED])
def test_no_letter_notifies_a_birth_that_is_registered_or_closed(birth, status):
    birth.status = status
    verdict = documents.Letter().can_make(birth)
    assert (verdict.allowed, verdict.code) == (False, "E-PRT-8")
    with pytest.raises(Refusal):
        letter(birth)
    birth.status = Status.INQUIRY
    assert documents.Letter().can_make(birth)


def test_a_registered_twin_stays_out_of_the_letter(world):
    group = uuid.uuid4()
    first = world.birth("เด็กหญิงพอวา", plurality=2, birth_order=1, sibling_group=group)
    world.birth("เด็กชายพอเซ", number=2, plurality=2, birth_order=2, sibling_group=group, status="registered")
    assert [child.name for child in letter(first).children] == ["เด็กหญิงพอวา"]


def test_a_letter_without_enclosures_says_who_has_the_papers(birth, world):
    assert "ผู้แจ้งการเกิดจะนำเอกสารมาแสดง" in letter(birth).nothing_enclosed
    world.item(birth, "หนังสือรับรองการเกิด", "submitted")
    paper = letter(birth)
    assert paper.enclosures == ()
    assert "ได้ยื่นต่อสำนักทะเบียนไว้แล้ว" in text_of(documents.Letter(), birth, "th")
    world.item(birth, "บัตรของมารดา", "original_seen")
    assert letter(birth).nothing_enclosed == ""


def test_a_letter_has_one_kind_of_digits(birth, office):
    office.address_th = "๑๗๕/๑๖ ถนนศรีพานิช จังหวัดตาก ๖๓๑๑๐"
    office.save()
    birth.office.refresh_from_db()
    text = text_of(documents.Letter(), birth, "th")
    assert "175/16" in text
    assert not any(digit in text for digit in "๐๑๒๓๔๕๖๗๘๙")


def test_the_family_lives_at_a_place_with_a_thai_name(birth):
    family = birth.case.family
    for typed, code, thai, english in (
        ("Tha Sai Luat", "", "ตำบลท่าสายลวด อำเภอแม่สอด จังหวัดตาก", "Tha Sai Luat, Mae Sot, Tak"),
        ("Tha Sai Luat", "630606", "ตำบลท่าสายลวด อำเภอแม่สอด จังหวัดตาก", "Tha Sai Luat, Mae Sot, Tak"),
        ("12 หมู่ 3", "630601", "12 หมู่ 3 ตำบลแม่สอด อำเภอแม่สอด จังหวัดตาก", "12 หมู่ 3, Mae Sot, Tak"),
        ("behind the market", "", "behind the market", "behind the market"),
    ):
        family.address_text, family.place_code = typed, code
        birth.office.province_code = "63"
        assert (values.home_address(birth, "th"), values.home_address(birth, "en")) == (thai, english)


def test_who_notifies_is_called_as_the_parent_above(birth):
    assert letter(birth).notifier == "นางสาวหน่อเอมู มารดา"
    birth.informant_name = "Somebody Else"
    assert letter(birth).notifier == "Somebody Else มารดา"


def test_places_are_said_in_burmese_where_they_have_a_burmese_name(birth):
    assert values.birth_place(birth, "my") == "မဲဆောက်ဆေးရုံ၊ မဲဆောက်၊ တာ့ခ်"
    assert values.birth_place(birth, "en") == "Mae Sot Hospital, Mae Sot, Tak"
    assert values.registry_name(birth.registry_office, "my") == "မဲဆောက် မြူနီစပယ် မှတ်ပုံတင်ရုံး"
    birth.registry_office.place = None
    assert values.registry_name(birth.registry_office, "my") == "Mae Sot City Municipality"


def test_a_parent_nobody_knows_is_said_to_be_unknown(birth):
    ParentLink.rows.filter(birth=birth, role="father").update(knowledge="not_disclosed", person=None)
    paper = letter(birth)
    assert (paper.father.name, paper.father.not_named_reason) == ("", "ไม่ประสงค์ระบุ")


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_father_of_a_child_mothers_child_stays_off_every_print(birth, world, supervisor, language):
    ParentLink.rows.filter(birth=birth, role="mother").update(age_at_birth=15)
    world.plan(birth, approved_by=supervisor)
    Outcome.rows.create(birth=birth, registered_on=date(2026, 11, 25), form="TR3", checked_on=date(2026, 11, 26))
    for kind in KINDS:
        made_later = (documents.Appointment, documents.LetterOfCorrection)  # with a day, with a correction
        if kind.subject_type == "registration.birthrecord" and kind not in made_later:
            for lang in {language} & set(kind.languages):
                assert "Htoo" not in text_of(kind(), birth, lang), kind


def test_the_father_of_a_grown_mothers_child_is_named(birth):
    assert "SawHtooWah" in text_of(documents.Letter(), birth, "th")
    assert "SawHtooWah" in text_of(documents.Spelling(), birth, "my")


@pytest.mark.parametrize(
    ("change", "code"),
    [({"registry_office": None}, "E-PRT-1"), ({"status": Status.GATHERING}, "E-PRT-2")],
)
def test_a_letter_waits_for_the_office_and_the_papers(birth, change, code):
    for name, value in change.items():
        setattr(birth, name, value)
    with pytest.raises(Refusal) as refused:
        letter(birth)
    assert refused.value.code == code


def test_the_checklist_tells_what_is_missing_where_and_by_when(birth, world, on):
    on(TODAY)
    world.item(birth, "หนังสือรับรองการเกิด", "original_seen")
    world.item(birth, "รูปถ่าย", "needed", due_on=date(2026, 11, 30))
    world.item(birth, "บัตรของบิดา", "impossible", block="parent_no_id")
    paper = documents.Checklist().context(birth, language="my", facts={})
    assert [(line.name.main, line.name.th) for line in paper.have] == [("စာရွက် หนังสือรับรองการเกิด", "หนังสือรับรองการเกิด")]
    (missing,) = paper.missing
    assert (missing.name.th, missing.source.main, missing.by) == (
        "รูปถ่าย",
        "ဆေးရုံမှ",
        "30\u00a0နိုဝင်ဘာ 2026 (ထိုင်းနှစ်\u00a02569)",
    )
    assert paper.due.main.startswith("ဗုဒ္ဓဟူးနေ့")
    assert paper.read_in.main == "စကောကရင်"
    assert "လိုအပ်သေးသော" in text_of(documents.Checklist(), birth, "my")


def test_the_family_reads_what_is_waived_and_what_only_helps(birth, world):
    world.item(birth, "ทะเบียนบ้าน", "waived", waived_by=world.by, waive_reason="It burnt down")
    world.item(birth, "รูปถ่าย", "needed")
    helpful = world.item(birth, "สมุดฝากครรภ์", "needed")
    helpful.level = "helpful"
    helpful.save()
    for language, excused, helps in (
        ("en", "You do not need these", "helpful, but you can do without it"),
        ("th", "เอกสารที่ไม่ต้องใช้", "มีก็ดี ไม่มีก็ได้"),
        ("my", "မလိုတော့သော", "မရှိလည်း ရပါသည်"),
    ):
        paper = documents.Checklist().context(birth, language=language, facts={})
        assert not paper.have
        assert len(paper.excused) == 1
        assert [helps in line.note.main for line in paper.missing] == [False, True]
        assert excused.replace(" ", "") in text_of(documents.Checklist(), birth, language)
        assert helps.replace(" ", "") in text_of(documents.Folder(), birth, language)


@pytest.fixture
def on(monkeypatch):
    """Set the day on which papers are made."""
    return lambda day: monkeypatch.setattr("registration.documents.family.timezone.localdate", lambda: day)


def test_after_the_limit_the_checklist_names_no_day_that_is_past(birth, world, on):
    birth.status = Status.GATHERING
    world.item(birth, "รูปถ่าย", "needed", due_on=date(2026, 12, 2))
    on(date(2026, 12, 2))
    paper = documents.Checklist().context(birth, language="my", facts={})
    assert (bool(paper.due.main), paper.is_late, bool(paper.missing[0].by)) == (True, False, True)
    on(date(2026, 12, 3))
    paper = documents.Checklist().context(birth, language="my", facts={})
    assert (paper.due.main, paper.is_late, paper.missing[0].by, paper.next_on.main) == ("", True, "", "")
    text = text_of(documents.Checklist(), birth, "my")
    assert "မှတ်ပုံတင်နိုင်ပါသေးသည်" in text
    assert "โทรนัดวันกับเรา" in text
    birth.case.next_step_on = date(2026, 12, 9)
    text = text_of(documents.Checklist(), birth, "th")
    assert "นัดครั้งต่อไปวันพุธที่9ธันวาคม" in text
    assert "2ธันวาคม" not in text
    birth.case.next_step_on = date(2026, 12, 1)
    assert documents.Checklist().context(birth, language="th", facts={}).next_on.main == ""


def test_a_last_day_moved_to_a_working_day_is_the_last_day_once_the_first_is_over(birth, on):
    birth.notify_effective_on = date(2026, 12, 4)
    on(date(2026, 12, 3))
    paper = documents.Checklist().context(birth, language="en", facts={})
    assert not paper.is_late
    assert paper.due.main.startswith("Friday 4")


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 11, 30), "Friday 4"),
        (date(2026, 12, 4), "Friday 4"),
        (date(2026, 12, 5), "Tuesday 8"),
        (date(2026, 12, 8), "Tuesday 8"),
        (date(2026, 12, 9), ""),
    ],
)
def test_a_family_is_not_sent_on_a_day_on_which_the_office_is_closed(birth, world, on, today, told):
    """Monday 7 December 2026 stands in for the fifth, a Saturday."""
    Holiday.objects.update_or_create(on=date(2026, 12, 7), defaults={"name_th": "ชดเชย", "name_en": "Substitution"})
    birth.status = Status.GATHERING
    birth.notify_due_on, birth.notify_effective_on = date(2026, 12, 7), date(2026, 12, 8)
    world.item(birth, "รูปถ่าย", "needed", due_on=date(2026, 12, 7))
    on(today)
    paper = documents.Checklist().context(birth, language="en", facts={})
    assert paper.due.main.startswith(told) and bool(paper.due.main) == bool(told)
    if today <= date(2026, 12, 4):
        assert paper.missing[0].by.startswith("4\u00a0December")


def test_a_last_day_on_which_the_office_is_open_stays(birth, on):
    on(date(2026, 11, 30))
    assert documents.Checklist().context(birth, language="en", facts={}).due.main.startswith("Wednesday 2")


def test_a_family_that_reads_the_paper_needs_no_interpreter(birth):
    birth.interpreter_language = "my"
    assert documents.Checklist().context(birth, language="my", facts={}).read_in.main == ""


def test_a_checklist_after_the_visit_has_no_last_day(birth):
    birth.status = Status.SUBMITTED
    assert documents.Checklist().context(birth, language="th", facts={}).due.main == ""


def test_an_appointment_is_at_the_office_that_gave_the_day(birth, registry_office, on):
    on(TODAY)
    visit = Submission.rows.create(
        birth=birth, number=1, registry_office=registry_office, submitted_on=date(2026, 11, 20), by="parent",
        appointment_on=date(2026, 11, 30),
    )  # fmt: skip
    paper = documents.Appointment().context(birth, language="th", facts={"time": "09.30 น."})
    assert paper.day.main.startswith("วันจันทร์ที่")
    assert "พ.ศ. 2569 (ค.ศ. 2026)" in paper.day.main.replace("\u00a0", " ")
    assert paper.office.main == "เทศบาลนครแม่สอด"
    assert "09.30" in text_of(documents.Appointment(), birth, "th", time="09.30 น.")
    visit.result, visit.result_on = Result.RETURNED, TODAY
    visit.save()
    assert documents.Appointment().can_make(birth), "it comes again with what was missing"
    on(date(2026, 12, 1))
    assert not documents.Appointment().can_make(birth), "the day is over"
    on(TODAY)
    visit.result = Result.WITHDRAWN
    visit.save()
    assert not documents.Appointment().can_make(birth), "nobody goes there any more"


def test_an_appointment_without_a_day_is_refused_and_with_a_next_step_made(birth):
    with pytest.raises(Refusal) as refused:
        documents.Appointment().context(birth, language="my", facts={})
    assert refused.value.code == "E-PRT-4"
    birth.case.next_step_on = date(2026, 11, 30)
    paper = documents.Appointment().context(birth, language="my", facts={})
    assert paper.office.th == "คลินิกกฎหมาย โรงพยาบาลแม่สอด"


def test_consent_shows_the_answers_given_and_leaves_the_others_open(birth, ploy):
    for purpose, answer in (("hospital", "yes"), ("school", "no")):
        ConsentRow.rows.create(
            case=birth.case, purpose=purpose, decision=answer, given_on=date(2026, 11, 23), recorded_by=ploy
        )
    paper = documents.Consent().context(birth, language="my", facts={})
    answers = [sharing.answer for sharing in paper.sharings]
    assert answers[:2] == ["yes", "no"]
    assert (paper.told_in.main, paper.interpreter) == ("စကောကရင်", "Naw Mu Mu")
    assert paper.notice.reviewed_by == ""


def test_the_notice_is_the_reviewed_text_once_there_is_one(birth):
    Text.objects.create(
        key="notice.short", language="my", version=2, body="ပထမ\nဒုတိယ", source="t", reviewed_by="ฝ่ายกฎหมาย"
    )
    notice = documents.Consent().context(birth, language="my", facts={}).notice
    assert [p.main for p in notice.paragraphs] == ["ပထမ", "ဒုတိယ"]
    assert notice.reviewed_by == "ฝ่ายกฎหมาย"


def test_a_receipt_waits_until_the_certificate_was_compared(birth, ploy):
    outcome = Outcome.rows.create(birth=birth, registered_on=date(2026, 11, 25), form="TR3", certificate_no="6301-418")
    with pytest.raises(Refusal) as refused:
        documents.Receipt().context(birth, language="my", facts={})
    assert refused.value.code == "E-PRT-5"
    outcome.checked_on = date(2026, 11, 26)
    assert "6301-418" in text_of(documents.Receipt(), birth, "my")
    assert set(documents.Receipt().context(birth, language="my", facts={}).giver.name) == {"…"}
    outcome.handed_over_on = date(2026, 11, 26)
    record_event("registration.birth.handed_over", actor=ploy, case_id=birth.case_id)
    assert documents.Receipt().context(birth, language="th", facts={}).giver.name == "พลอย คำแก้ว"


def test_the_summary_has_the_record_and_masks_names_when_asked(birth, world, ploy):
    world.item(birth, "บัตรของบิดา", "impossible", block="parent_no_id")
    record_event("registration.birth.ready", actor=ploy, case_id=birth.case_id)
    record_event("registration.visit.recorded", actor=ploy, case_id=birth.case_id, level=3)
    type(birth).rows.filter(pk=birth.pk).update(notify_effective_on=timezone.localdate())
    birth.refresh_from_db()
    paper = documents.Summary().context(birth, language="th", facts={})
    assert [event.who for event in paper.timeline] == ["พลอย คำแก้ว"], "nothing restricted"
    assert paper.flags == ("บัตรของบิดา: บิดาหรือมารดาไม่มีเอกสาร",)
    assert paper.certificate == ()
    text = text_of(documents.Summary(), birth, "th")
    assert "เด็กหญิงพอวา" in text
    assert "ยังไม่จดทะเบียน" in text
    masked = text_of(documents.Summary(), birth, "en", masked=True)
    assert "Paw" not in masked
    assert "NawEhMu" not in masked
    assert "K." not in [event.who for event in paper.timeline]


def test_the_summary_says_what_is_to_be_watched(birth, registry_office):
    today = timezone.localdate()
    link = birth.parents.get(role="mother")
    link.age_at_birth = 16
    link.save()
    days = {"notify_due_on": today - timedelta(days=3), "notify_effective_on": today - timedelta(days=2)}
    type(birth).rows.filter(pk=birth.pk).update(status="gathering", **days)
    birth.submissions.create(
        registry_office=registry_office, number=1, submitted_on=today - timedelta(days=9), result="refused",
        result_on=today,
    )  # fmt: skip
    said = ("2 days late", "Refused by the registry office", "The mother is a child")
    assert watched(birth, "en") == said
    type(birth).rows.filter(pk=birth.pk).update(status="submitted")
    birth.submissions.update(result="pending", result_on=None, submitted_on=today - timedelta(days=99))
    said = ("More than 90 days at the office", "The mother is a child")
    assert watched(birth, "en") == said
    assert watched(birth, "th")[0].startswith("อยู่")


def watched(birth, language: str) -> tuple[str, ...]:
    """What the summary of the record as it stands says is to be watched."""
    return documents.Summary().context(type(birth).rows.get(pk=birth.pk), language=language, facts={}).flags


def test_the_summary_tells_what_matters_once_and_names_the_papers(birth, ploy):
    document = Document.rows.create(
        kind="registration.referral_letter", title="หนังสือถึงนายทะเบียน", subject_type="registration.birthrecord",
        subject_id=birth.pk, office_id_of=birth.office_id, language="th", facts={}, verification_code="X1",
        requested_by=ploy, requested_at="2026-11-24T03:00Z",
    )  # fmt: skip
    record_event("registration.item.changed", actor=ploy, case_id=birth.case_id)
    record_event("documents.document.requested", actor=ploy, case_id=birth.case_id)
    for _again in range(3):
        record_event("documents.document.printed", actor=ploy, case_id=birth.case_id, subject=document)
    timeline = documents.Summary().context(birth, language="en", facts={}).timeline
    assert [event.what for event in timeline] == ["Paper printed: Letter to the registry office"]


def test_the_summary_has_the_certificate_and_who_holds_it(birth):
    outcome = Outcome.rows.create(
        birth=birth, registered_on=date(2026, 11, 25), form="TR031", certificate_no="6301-418", name_th="พอวา",
        child_number="0630100012345",
    )  # fmt: skip
    lines = [line.value for line in documents.Summary().context(birth, language="th", facts={}).certificate]
    assert lines == ["25\u00a0พ.ย. 2569", "ท.ร.031 · 6301-418", "พอวา", "0630100012345", "ยังไม่ได้มอบ"]
    outcome.checked_on = outcome.handed_over_on = date(2026, 11, 26)
    outcome.handed_over_to, outcome.handed_over_relation = "Naw Eh Mu", "mother"
    lines = [
        line.value for line in documents.Summary().context(birth, language="en", facts={"masked": True}).certificate
    ]
    assert lines[1:] == ["Tor.Ror.031 · …418", "พ.", "…345", "26\u00a0Nov 2026, N. E. M. (mother)"]


def test_the_summary_is_marked_confidential_with_who_printed(birth):
    text = text_of(documents.Summary(), birth, "en")
    assert text.count("Confidential") == 2, "at the head and in the foot"
    assert "Printedby" in text


def test_the_family_gets_the_plan_when_it_is_approved(birth, world, supervisor):
    with pytest.raises(Refusal) as none:
        documents.CasePlan().context(birth, language="th", facts={})
    assert none.value.code == "E-PRT-6"
    plan = world.plan(birth)
    assert "ยังไม่ผ่านความเห็นชอบ" in text_of(documents.CasePlan(), birth, "th")
    with pytest.raises(Refusal) as early:
        documents.FamilyPlanPaper().context(birth, language="my", facts={})
    assert early.value.code == "E-PRT-7"
    type(plan).rows.filter(pk=plan.pk).update(state="approved", decided_by=supervisor, decided_at="2026-11-24T03:00Z")
    paper = documents.FamilyPlanPaper().context(birth, language="my", facts={})
    assert [step.is_done for step in paper.goals[0].steps] == [True, False]
    assert [step.who for step in paper.goals[0].steps] == ["Ploy K.", "แม่"]


def test_a_plan_in_letters_the_family_may_not_read_says_so(birth, world, supervisor):
    world.plan(birth, approved_by=supervisor)
    in_burmese = documents.FamilyPlanPaper().context(birth, language="my", facts={})
    assert in_burmese.is_in_other_script, "goals are written in Thai"
    assert "အခြားဘာသာစကားဖြင့်" in text_of(documents.FamilyPlanPaper(), birth, "my")
    assert not documents.FamilyPlanPaper().context(birth, language="th", facts={}).is_in_other_script


def test_the_plan_for_the_file_says_so_as_well(birth, world, supervisor):
    world.plan(birth, approved_by=supervisor)
    in_english, in_thai = (documents.CasePlan().context(birth, language=way, facts={}) for way in ("en", "th"))
    assert (in_english.is_in_other_script, in_thai.is_in_other_script) == (True, False)
    note = {"en": "Parts of this plan are written in another language", "th": "เขียนเป็นภาษาอื่น"}
    squeezed = {way: "".join(words.split()) for way, words in note.items()}
    assert squeezed["en"] in "".join(text_of(documents.CasePlan(), birth, "en").split())
    assert squeezed["th"] not in "".join(text_of(documents.CasePlan(), birth, "th").split())


def test_the_blank_form_is_about_nobody(office):
    pages = page_text(
        compose(
            documents.BlankIntake(),
            as_facts(documents.BlankIntake().context(office, language="th", facts={})),
            language="th",
            stamp=STAMP,
        )
    )
    assert "แบบบันทึกรับเรื่อง" in pages[0]


def test_the_footer_carries_the_tracking_code_and_the_list_the_case(birth):
    assert documents.Letter().reference(birth) == "AB0001"
    assert documents.Letter().case_id(birth) == birth.case_id


def test_witnesses_come_along_and_are_no_paper(birth, world):
    world.item(birth, "รูปถ่าย", "original_seen")
    world.item(birth, "พยาน", "original_seen", key="witnesses")
    assert [enclosure.name for enclosure in letter(birth).enclosures] == ["รูปถ่าย"]
    have = documents.Checklist().context(birth, language="th", facts={}).have
    assert [(line.name.main, bool(line.note.main)) for line in have] == [("รูปถ่าย", True), ("พยาน", False)]


def witnesses(birth, language="th"):
    return documents.Witnesses().context(birth, language=language, facts={})


def test_a_statement_has_a_page_for_each_willing_witness_and_is_blank_without_one(birth):
    """C9, P6: kind of witness, facts, signature."""
    (blank,) = witnesses(birth).statements
    assert blank.name == "" and len(blank.kinds) == 5 and not any(kind.is_theirs for kind in blank.kinds)
    worker = birth.case.lead
    told = {"kinds": ["attendant", "parentage"], "relation": "Grandmother", "contact": "081 000 2222"}
    add_witness(birth=birth, by=worker, today=TODAY, name="Naw Hser Gay", **told)
    add_witness(birth=birth, by=worker, today=TODAY, name="Saw Doh", kinds=["pregnancy"], is_willing=False)
    add_witness(birth=birth, by=worker, today=TODAY, name="Naw Paw", kinds=["identity"])
    first, second = witnesses(birth).statements
    assert (first.name, first.relation, first.contact, second.name) == (
        "Naw Hser Gay", "Grandmother", "081 000 2222", "Naw Paw",
    )  # fmt: skip
    assert [kind.words.main for kind in first.kinds if kind.is_theirs] == ["เป็นผู้ทำคลอด", "รู้ว่าใครเป็นบิดามารดา"]
    assert "SawDoh" not in text_of(documents.Witnesses(), birth, "my")
    assert len(witnesses(birth, "th").lines) > len(witnesses(birth, "my").lines), "the Thai alone leaves more room"


def test_the_father_of_a_child_mothers_child_is_on_no_statement(birth):
    assert witnesses(birth).father is not None
    ParentLink.rows.filter(birth=birth, role="mother").update(age_at_birth=15)
    assert witnesses(documents.Witnesses().whole(birth)).father is None
