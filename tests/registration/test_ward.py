"""The ward's weekly list: taken in once, met, set aside, removed; and the coverage counted from it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from casework.audit.models import Event, EventValue
from casework.drafts.models import Draft
from casework.kernel.refusals import Conflict, Refusal
from casework.reference.models import Facility
from casework.reports.boards import Scope
from casework.reports.periods import month
from casework.reports.present import HIDDEN, value_text
from registration.models import ReportedBirths, WardBirth, WardList, WardTally
from registration.queries.coverage import ward_coverage
from registration.queries.ward import ward_lines, ward_rows
from registration.reports import BirthBoard
from registration.rules.ward import Recorded, Reported, record_of, same_birth
from registration.services import ward
from registration.states import WardState
from registration.tasks import tend_ward_list
from tests.factories import registration as births
from tests.factories.accounts import make_worker
from tests.factories.cases import make_sealed
from tests.factories.cast import signed_in
from tests.imports.sheets import workbook

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOW = timezone.now()


def day(ago: int) -> dt.date:
    return TODAY - dt.timedelta(days=ago)


def csv(*rows: str, head: str = "HN มารดา,ชื่อมารดา,วันเกิด,เพศ,น้ำหนัก") -> bytes:
    return "\n".join([head, *rows]).encode()


def thai(on: dt.date) -> str:
    """A day as the ward writes it: Thai digits, Buddhist year."""
    written = f"{on.day}/{on.month}/{on.year + 543}"
    return written.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))


@pytest.fixture
def hospital(db) -> Facility:
    return births.make_facility()


@pytest.fixture
def take(cast, hospital):
    def take(content: bytes, office=None, by=None) -> WardList:
        return ward.take_in_list(
            content=content, file_name="list.csv", office=office or cast.mae_sot, facility=hospital,
            by=by or cast.of("CW"), now=NOW, today=TODAY,
        )  # fmt: skip

    return take


def test_a_list_in_thai_digits_and_buddhist_years_is_taken_in(take, cast):
    taken = take(csv(f"๖๙-๐๐๑๒,Naw Paw,{thai(day(3))},ญ,๓.๑", f"69-0013,มะ นวย,{thai(day(9))},ชาย,2900"))
    assert (taken.added, taken.known, taken.refused) == (2, 0, [])
    first, second = ward_rows(cast.of("CW"), "waiting")
    assert (first.mother, first.born_on, first.sex, first.weight_g) == ("มะ นวย", day(9), "M", 2900)
    assert (second.hospital_no_mother, second.born_on, second.weight_g) == ("690012", day(3), 3100)
    assert [line.days for line in ward_lines([first, second], cast.of("CW"), TODAY)] == ["6 days left", "12 days left"]


def test_a_workbook_with_real_dates_and_hours_is_taken_in(take):
    sheet = ("Births", [["Baby HN", "Mother's name", "Date of birth", "Time", "Sex"],
                        ["A 77", "Ma Hnin", dt.datetime.combine(day(2), dt.time()), "๒๑.๔๕ น.", "F"]])  # fmt: skip
    take(workbook(sheet))
    row = WardBirth.rows.get()
    assert (row.hospital_no_child, row.mother, row.time, row.born_on) == ("A77", "Ma Hnin", dt.time(21, 45), day(2))


def test_the_same_list_twice_adds_nothing_and_a_later_one_fills_gaps(take):
    content = csv(f"690012,Naw Paw,{day(3)},F,", f",Ma Hnin,{day(2)},M,2900")
    take(content)
    again = take(content)
    assert (again.added, again.known, WardBirth.rows.count()) == (0, 2, 2)
    take(csv(f"690012,Naw Paw,{day(3)},F,3050"))
    assert WardBirth.rows.get(hospital_no_mother="690012").weight_g == 3050


def test_twins_of_one_mother_are_two_and_a_repeated_row_is_told(take):
    content = csv(*(f"690012,Naw Paw,{day(3)},F,{grams}" for grams in (2400, 2500, 2500)))
    taken = take(content)
    assert taken.added == 2 and [row for row, _sentence in taken.refused] == [4]
    again = take(content)
    assert (again.added, again.known) == (0, 2)


def test_each_bad_row_gets_its_sentence_and_the_others_are_taken_in(take):
    taken = take(
        csv(
            f"1,Naw Paw,{day(3)},F,3100",
            "2,Ma Hnin,31/02/2569,F,3100",
            f"3,Ma Khin,{day(-3)},F,3100",
            f",,{day(3)},F,3100",
            f"5,Naw Mu,{day(3)},zz,3100",
            f"6,Naw Eh,{day(3)},F,90000",
            "7,Naw Lah,,F,3100",
            f"8,Naw Dah,{day(60)},F,3100",
        )
    )
    assert taken.added == 1
    assert [row for row, _sentence in taken.refused] == [3, 4, 5, 6, 7, 8, 9]
    assert all(sentence.endswith(".") for _row, sentence in taken.refused)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "E-IMP-1"),
        (b"%PDF-1.7 \x00\x01", "E-IMP-2"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "E-IMP-2"),
        (b"only words\n", "E-IMP-7"),
        (csv(head="HN มารดา,ชื่อมารดา,วันเกิด"), "E-IMP-8"),
        (csv("1,F,3100,Mae Sot", head="ลำดับ,เพศ,น้ำหนัก,โทร"), "WRD-COLUMNS-1"),
        (csv(f"{day(1)},F,3100,0812345678", head="วันเกิด,เพศ,น้ำหนัก,โทร"), "WRD-COLUMNS-2"),
        (csv(*(f"{n},Naw {n},{day(1)},F,3100" for n in range(501))), "WRD-LIST-1"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_the_way_out(take, content, code):
    with pytest.raises(Refusal) as refused:
        take(content)
    assert refused.value.code == code
    assert not WardBirth.rows.exists()


def test_two_lines_are_one_birth_only_when_nothing_speaks_against_it():
    on = day(3)
    mother = Reported(born_on=on, mother="12", sex="F")
    assert same_birth(mother, Reported(born_on=on, mother="12"))
    assert not same_birth(mother, Reported(born_on=on, mother="12", sex="M"))
    assert not same_birth(mother, Reported(born_on=day(2), mother="12", sex="F"))
    assert not same_birth(Reported(born_on=on, child="1", mother="12"), Reported(born_on=on, child="2", mother="12"))
    assert same_birth(Reported(born_on=on, name="Naw Paw"), Reported(born_on=on, name="naw  paw"))


def test_a_record_is_met_by_number_and_day_and_never_by_one_of_several():
    record = Recorded(id=1, born_on=day(3), child="77", mother="12", sex="F")
    twin = Recorded(id=2, born_on=day(3), child="78", mother="12", sex="F")
    assert record_of(Reported(born_on=day(3), child="77"), [record, twin]) == record
    assert record_of(Reported(born_on=day(2), mother="12"), [record]) == record  # about midnight
    assert record_of(Reported(born_on=day(3), mother="12"), [record, twin]) is None
    assert record_of(Reported(born_on=day(9), mother="12"), [record]) is None
    assert record_of(Reported(born_on=day(3), either="77"), [record]) == record


def test_a_known_child_is_met_by_its_hospital_number(take, cast):
    known = births.make_birth(
        cast.mae_sot, cast.of("CW"), births.birth_facts(day(3), hospital_no_child="510/69"), today=TODAY
    )
    take(csv(f"510-69,Naw Paw,{day(3)},F,", head="HN ทารก,ชื่อมารดา,วันเกิด,เพศ,น้ำหนัก"))
    row = WardBirth.rows.get()
    assert (row.state, row.birth) == (WardState.MET, known)


def test_a_sealed_child_and_one_of_another_office_are_not_told(take, cast):
    facts = {"hospital_no_child": "510/69"}
    sealed = births.make_birth(cast.mae_sot, cast.of("CW"), births.birth_facts(day(3), **facts), today=TODAY)
    make_sealed(sealed.case, cast.of("SUP"))
    births.make_birth(cast.ranong, cast.of("CW", "RN"), births.birth_facts(day(3), **facts), today=TODAY)
    take(csv(f"510-69,Naw Paw,{day(3)},F,", head="HN ทารก,ชื่อมารดา,วันเกิด,เพศ,น้ำหนัก"))
    row = WardBirth.rows.get()
    assert (row.state, row.birth, row.likely) == (WardState.WAITING, None, None)


@pytest.mark.parametrize("is_sealed", [True, False])
def test_a_line_that_was_met_is_hidden_with_its_sealed_record(take, cast, client_of, is_sealed):
    facts = births.birth_facts(day(3), hospital_no_child="510/69")
    known = births.make_birth(cast.mae_sot, cast.of("CW"), facts, today=TODAY)
    take(csv(f"510-69,Naw Hser Gay,{day(3)},F,", head="HN ทารก,ชื่อมารดา,วันเกิด,เพศ,น้ำหนัก"))
    if is_sealed:
        make_sealed(known.case, cast.of("SUP"))
    colleague = make_worker("CW", cast.mae_sot)
    page = reverse("registration:ward")
    for reader, is_told in ((colleague, not is_sealed), (known.case.lead, True)):
        assert ("Naw Hser Gay" in client_of(reader).get(page, {"view": "met"}).content.decode()) is is_told
    back = reverse("registration:ward-back", args=[WardBirth.rows.get().pk])
    assert client_of(colleague).post(back).status_code == (404 if is_sealed else 302)


def test_a_mother_of_the_same_name_is_only_proposed(take, cast):
    facts = births.birth_facts(day(3), parents=(births.known("mother", "Naw Hser Gay"), births.missing("father")))
    known = births.make_birth(cast.mae_sot, cast.of("CW"), facts, today=TODAY)
    take(csv(f"690012,Naw Hser Gay,{day(3)},F,3100"))
    row = WardBirth.rows.get()
    assert (row.state, row.likely) == (WardState.WAITING, known)


def test_start_intake_prefills_a_draft_and_the_line_is_met_when_the_case_opens(take, cast, client_of):
    take(csv(f"690012,Naw Paw,{day(3)},F,3100"))
    row, worker = WardBirth.rows.get(), cast.of("CW")
    client = client_of(worker)
    answer = client.post(reverse("registration:ward-start", args=[row.pk]))
    draft = Draft.rows.get()
    assert answer["Location"] == reverse("registration:step", args=[draft.pk, "mother"])
    page = client.get(answer["Location"]).content.decode()
    assert "Naw Paw" in page
    assert draft.data["birth"]["hospital_no_mother"] == "690012"
    assert draft.data["child"]["birth_precision"] == "exact" and draft.data["child"]["weight_g"] == "3100"
    again = client.post(reverse("registration:ward-start", args=[row.pk]))
    assert again["Location"] == answer["Location"] and Draft.rows.count() == 1

    born = births.make_birth(cast.mae_sot, worker, births.birth_facts(day(3)), today=TODAY)
    ward.meet_by_draft(draft=draft, birth=born, by=worker, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.birth) == (WardState.MET, born)
    with pytest.raises(Conflict):
        ward.start_intake(row=row, by=worker, now=NOW)


def test_a_draft_with_the_number_is_shown_as_begun(take, cast):
    from casework.drafts.services import save_draft

    draft = save_draft(
        by=cast.of("CW"), form="registration.intake", step="birth", answers={"hospital_no_mother": "69-0012"},
        office_id=cast.mae_sot.pk,
    )  # fmt: skip
    take(csv(f"690012,Naw Paw,{day(3)},F,3100"))
    assert [row.draft for row in ward_rows(cast.of("SUP"), "begun")] == [draft]


def test_a_case_opened_by_another_way_meets_the_line_with_its_number(take, cast):
    take(csv(f"690012,Naw Paw,{day(3)},F,3100"))
    born = births.make_birth(
        cast.mae_sot, cast.of("CW"), births.birth_facts(day(3), hospital_no_mother="690012"), today=TODAY
    )
    assert WardBirth.rows.get().birth == born


def test_not_ours_needs_a_reason_and_can_be_taken_back(take, cast, client_of):
    take(csv(f"690012,Naw Paw,{day(3)},F,3100"))
    row, client = WardBirth.rows.get(), client_of(cast.of("CW"))
    url = reverse("registration:ward-not-ours", args=[row.pk])
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"why": "other", "reason": ""}).status_code == 422
    assert client.post(url, {"why": "thai"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.not_ours) == (WardState.NOT_OURS, "thai")
    client.post(reverse("registration:ward-back", args=[row.pk]))
    row.refresh_from_db()
    assert (row.state, row.not_ours) == (WardState.WAITING, "")


def test_met_already_takes_a_case_number_the_worker_may_see(take, cast, client_of):
    take(csv(f"690012,Naw Paw,{day(3)},F,3100"))
    row, client = WardBirth.rows.get(), client_of(cast.of("CW"))
    url = reverse("registration:ward-met", args=[row.pk])
    here = births.make_birth(cast.mae_sot, cast.of("CW"), births.birth_facts(day(4)), today=TODAY)
    there = births.make_birth(cast.ranong, cast.of("CW", "RN"), births.birth_facts(day(4)), today=TODAY)
    for number in ("", "MS-1999-0001", there.case.number):
        answer = client.post(url, {"number": number})
        assert answer.status_code == 422 and "case number" in answer.content.decode()
    assert client.post(url, {"number": here.case.number.lower()}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.birth) == (WardState.MET, here)


def test_the_page_takes_a_list_and_tells_bad_rows(cast, hospital, client_of):
    client = client_of(cast.of("CW"))
    file = SimpleUploadedFile("ward.csv", csv(f"1,Naw Paw,{day(3)},F,3100", "2,Ma Hnin,99/99/2569,F,3100"))
    answer = client.post(reverse("registration:ward-upload"), {"facility": hospital.pk, "file": file}, follow=True)
    told = answer.content.decode()
    assert "Received: 1. Here already: 0. Met: 0." in told and "1 row was not received" in told and ">3<" in told
    shown = client.get(reverse("registration:ward")).content.decode()
    assert "Naw Paw" in shown and "12 days left" in shown and "Ma Hnin" not in shown


def test_a_wrong_file_is_told_beside_its_field_and_nothing_is_kept(cast, hospital, client_of):
    client = client_of(cast.of("CW"))
    file = SimpleUploadedFile("ward.pdf", b"%PDF-1.7\x00\x00")
    answer = client.post(reverse("registration:ward-upload"), {"facility": hospital.pk, "file": file})
    assert answer.status_code == 422 and "not a spreadsheet" in answer.content.decode()
    assert not WardList.rows.exists()


@pytest.mark.parametrize(
    ("role", "office", "status"),
    [
        ("CW", "MS", 200),
        ("SUP", "MS", 200),
        ("CW", "RN", 200),
        ("PSY", "MS", 403),
        ("SYS", "MS", 403),
        ("PM", "MS", 403),
    ],
)
def test_only_the_office_sees_its_list(take, cast, role, office, status):
    take(csv(f"690012,Naw Paw,{day(3)},F,3100"))
    answer = signed_in(cast.of(role, office)).get(reverse("registration:ward"))
    assert answer.status_code == status
    assert ("Naw Paw" in answer.content.decode()) == (status == 200 and office == "MS")


def test_the_history_holds_no_name(take, cast):
    take(csv(f"690012,Naw Paw,{day(3)},F,3100"))
    ward.leave_out(row=WardBirth.rows.get(), why="other", reason="Naw Paw went home", by=cast.of("CW"), now=NOW)
    assert not [event for event in Event.objects.all() if "Naw" in event.reason]
    assert not EventValue.objects.filter(event__action__startswith="registration.ward.").exists()


def test_what_was_not_met_is_removed_after_its_time_and_the_count_stays(take, cast):
    take(csv(f"1,Naw Paw,{day(44)},F,3100", f"2,Ma Hnin,{day(45)},F,3100", f"3,Ma Thai,{day(45)},M,3100",
             f"4,Ma Met,{day(45)},M,3100"))  # fmt: skip
    rows = {row.mother: row for row in WardBirth.rows.all()}
    born = births.make_birth(cast.mae_sot, cast.of("CW"), births.birth_facts(day(45)), today=TODAY)
    ward.meet(row=rows["Ma Met"], birth=born, by=cast.of("CW"), now=NOW)
    ward.leave_out(row=rows["Ma Thai"], why="thai", reason="", by=cast.of("CW"), now=NOW)
    tend_ward_list()
    assert WardBirth.rows.count() == 4  # the last day is a day of grace
    gone = ward.remove_unmet(today=TODAY + dt.timedelta(days=1), now=NOW)
    assert gone == 2
    left = {row.mother: row for row in WardBirth.rows.all()}
    assert set(left) == {"Naw Paw", ""} and left[""].birth == born and not left[""].hospital_no_mother
    assert WardTally.objects.get().births == 1  # the child of a Thai parent was never ours


def test_the_job_is_in_the_schedule_and_looks_again(take, cast):
    from casework.programmes.contributions import registry

    assert "registration.ward_list" in {job.task for job in registry.gather("schedule")}
    take(csv(f"690012,Naw Paw,{day(3)},F,3100"))
    born = births.make_birth(cast.mae_sot, cast.of("CW"), births.birth_facts(day(3)), today=TODAY)
    born.hospital_no_mother = "690012"
    born.save(update_fields=["hospital_no_mother"])
    tend_ward_list()
    assert WardBirth.rows.get().birth == born


# coverage, M10


def scope(cast, *offices) -> Scope:
    period = month(TODAY.year, TODAY.month)
    return Scope(
        period=period, before=None, offices=frozenset(office.pk for office in offices or (cast.mae_sot,)), today=TODAY,
        language="en",
    )  # fmt: skip


@pytest.fixture
def ten(take, cast):
    """Ten births of today on the list: six met, one Thai."""
    take(csv(*(f"{n},Naw {n},{TODAY},F,{3000 + n}" for n in range(1, 11))))
    for n in range(1, 7):
        born = births.make_birth(cast.mae_sot, cast.of("CW"), births.birth_facts(TODAY), today=TODAY)
        ward.meet(row=WardBirth.rows.get(hospital_no_mother=str(n)), birth=born, by=cast.of("CW"), now=NOW)
    row = WardBirth.rows.get(hospital_no_mother="10")
    ward.leave_out(row=row, why="thai", reason="", by=cast.of("CW"), now=NOW)


def test_coverage_is_cases_of_births_on_the_list(ten, cast):
    share = ward_coverage(scope(cast), scope(cast).period).share
    assert (len(share.met), share.total, share.percent) == (6, 9, 67)
    stat = BirthBoard().read(scope(cast)).stat("ward")
    assert (stat.code, stat.measure.percent) == ("M10", 67)
    assert "M10" in {definition.code for definition in BirthBoard().read(scope(cast)).definitions}


def test_removed_births_still_count(ten, cast):
    WardTally.objects.create(office=cast.mae_sot, month=TODAY.replace(day=1), births=3)
    assert ward_coverage(scope(cast), scope(cast).period).share.total == 12


def test_a_reported_number_stands_for_the_list(ten, cast, hospital):
    ward.report_births(
        office=cast.mae_sot, facility=hospital, month=TODAY, births=30, source="ward sheet", by=cast.of("CW"),
        now=NOW, today=TODAY,
    )  # fmt: skip
    found = ward_coverage(scope(cast), scope(cast).period)
    assert (len(found.share.met), found.share.total, found.reported_months) == (6, 30, 1)


def test_small_coverage_is_hidden_from_those_who_are_told_no_names(ten, cast):
    share = ward_coverage(scope(cast), scope(cast).period).share
    assert value_text(share, 5, {}) == HIDDEN  # three were not met
    assert value_text(share, 0, {}) == "67%"


def test_a_practice_office_and_another_office_are_not_counted(take, cast):
    practice = cast.offices["PX"]
    take(csv(f"1,Naw Paw,{TODAY},F,3100"), office=practice, by=cast.of("CW", "PX"))
    assert ward_coverage(scope(cast, practice), scope(cast).period).share.total == 0
    take(csv(f"1,Naw Paw,{TODAY},F,3100"), office=cast.ranong, by=cast.of("CW", "RN"))
    assert ward_coverage(scope(cast), scope(cast).period).share.total == 0
    assert ward_coverage(scope(cast, cast.ranong), scope(cast).period).share.total == 1


def test_a_reported_number_needs_a_month_begun_and_a_source(cast, hospital, client_of):
    client, url = client_of(cast.of("CW")), reverse("registration:ward-count")
    this = TODAY.replace(day=1).isoformat()
    bad = ({"month": this, "births": "12", "source": ""}, {"month": this, "births": "-1", "source": "sheet"},
           {"month": "2999-01-01", "births": "12", "source": "sheet"})  # fmt: skip
    for data in bad:
        assert client.post(url, {"facility": hospital.pk, **data}).status_code == 422
    for number in ("12", "14"):
        sent = {"facility": hospital.pk, "month": this, "births": number, "source": "sheet"}
        assert client.post(url, sent).status_code == 302
    assert ReportedBirths.rows.get().births == 14
    with pytest.raises(Refusal):
        ward.report_births(
            office=cast.mae_sot, facility=hospital, month=TODAY + dt.timedelta(days=40), births=1, source="x",
            by=cast.of("CW"), now=NOW, today=TODAY,
        )  # fmt: skip
