"""From the file to records and back: two persons, all or nothing, closed history and a backlog, an undo."""

from __future__ import annotations

import io
import json
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import Office
from casework.accounts.services import create_user, give_grant
from casework.cases.models import Case, Enrolment
from casework.imports import queries, services
from casework.imports.models import ImportFile, ImportRow, ImportRun
from casework.imports.services import loading
from casework.imports.states import RunState
from casework.kernel.refusals import Conflict, Forbidden, Refusal
from casework.notifications.models import OutboxRow
from casework.notifications.states import OutboxState
from casework.people.models import DuplicateHit, IdentityDocument, Person, PersonName
from casework.people.services.persons import add_name
from registration.models import BirthRecord, RegistryOffice
from registration.services import progress
from tests.factories.cast import signed_in
from tests.factories.forms import date_boxes, fields_of, fill_in
from tests.imports.sheets import workbook

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
HEADINGS = (
    "วันที่รับเรื่อง", "ชื่อเด็ก", "เพศ", "วันเกิด", "ชื่อแม่", "เอกสารแม่", "เลขที่เอกสารแม่", "โทร", "ท.ร.1/1",
    "วันที่แจ้งเกิด", "วันที่ได้สูติบัตร", "ประเภท", "เลข 13 หลัก",
)  # fmt: skip
FINISHED = (
    "3/5/2559",
    "Ma Hla Win",
    "ญ",
    "2/5/2559",
    "Ma Mya",
    "PP",
    "M2538885",
    812345678,
    "มี",
    "5/5/2559",
    "9/5/2559",
    "ท.ร.3",
    63163726518,
)
OPEN = ("3/5/2567", "Saw Htoo Paw", "ช", "2/5/2567", "Naw Mu", "", "", 898765432, "", "5/5/2567", "", "", "")
TWINS = (
    ("1/6/2566", "Naw Eh Paw", "F", "1/6/2566", "Naw Paw Wah", "", "", 861112222, "", "", "", "", ""),
    ("1/6/2566", "Saw Eh Soe", "M", "1/6/2566", "Naw Paw Wah", "", "", 861112222, "", "", "", "", ""),
)  # fmt: skip
AGAIN = ("3/7/2559", "Ma Hla Winn", "ญ", "2/5/2559", "Ma Myar", "PP", "M2538885", 812345678, "มี", "", "", "", "")
BAD = ("3/7/2559", "Ma Oo", "?", "2/5/2559", "Ma Thida", "", "", "", "", "", "", "", "")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """Today is always the same day; the day of a moment is that of the clinic."""

    def day(at=None):
        return timezone.localtime(at).date() if at else TODAY

    monkeypatch.setattr("django.utils.timezone.localdate", day)


@pytest.fixture
def office():
    return Office.objects.get_or_create(code="MS", defaults={"name_en": "Mae Sot", "name_th": "แม่สอด"})[0]


def worker(office, username, role):
    user = create_user(username=username, full_name=username.title(), password="long-enough-7731", created_by=None)
    give_grant(
        user=user, role=role, office=office, programme="registration", given_by=None, confirmed_by=None, today=TODAY
    )  # fmt: skip
    return user


@pytest.fixture
def clerk(office):
    return worker(office, "clerk", "CW")


@pytest.fixture
def supervisor(office):
    return worker(office, "supervisor", "SUP")


def uploaded(office, by, *rows):
    content = workbook(("register", [HEADINGS, *rows]))
    return services.upload(
        content=content, file_name="r.xlsx", office=office, specification_key="registration.births", by=by, now=NOW
    )


def checked(office, by, *rows):
    run, _new = uploaded(office, by, *rows)
    return services.check(run=services.request_check(run=run, by=by, now=NOW), today=TODAY)


def imported(office, clerk, supervisor, *rows):
    run = services.propose(run=checked(office, clerk, *rows), by=clerk, now=NOW)
    return services.run_import(run=services.confirm(run=run, by=supervisor, now=NOW), now=NOW)


@pytest.mark.parametrize(("mothers", "is_asked"), [(("", ""), True), (("Naw Mu", "Naw Paw"), False)])
def test_a_file_without_mothers_is_asked_about_once(office, clerk, mothers, is_asked):
    rows = [(*OPEN[:1], f"Saw Htoo {mother or n}", *OPEN[2:4], mother, *OPEN[5:]) for n, mother in enumerate(mothers)]
    assert ("BR-PAR-2" in queries.mostly(checked(office, clerk, *rows))) == is_asked


def test_a_dry_run_that_ends_after_another_one_changes_nothing(office, clerk, supervisor):
    """A task that was sent twice, or a worker beside a command: the import may be confirmed by then."""
    run, _new = uploaded(office, clerk, FINISHED)
    services.request_check(run=run, by=clerk, now=NOW)
    late = ImportRun.rows.get(pk=run.pk)
    run = services.propose(run=services.check(run=run, today=TODAY), by=clerk, now=NOW)
    assert services.check(run=late, today=TODAY).state == RunState.PROPOSED
    assert ImportRun.rows.get(pk=run.pk).state == RunState.PROPOSED
    run = services.run_import(run=services.confirm(run=run, by=supervisor, now=NOW), now=NOW)
    assert (run.state, Case.rows.count()) == (RunState.DONE, 1)


def test_a_dry_run_that_was_given_up_can_be_asked_for_again(office, clerk):
    run, _new = uploaded(office, clerk, FINISHED)
    services.request_check(run=run, by=clerk, now=NOW)
    later = NOW + timedelta(hours=1)
    assert services.fail_lost(now=later) == 0, "it waits for a worker"
    OutboxRow.objects.filter(task="imports.check", row_id=run.pk).update(state=OutboxState.PARKED)
    assert services.fail_lost(now=NOW + timedelta(minutes=1)) == 0
    assert services.fail_lost(now=later) == 1
    run.refresh_from_db()
    assert run.state == RunState.UPLOADED
    assert services.request_check(run=run, by=clerk, now=later).state == RunState.CHECKING


def test_the_dry_run_writes_no_record(office, clerk):
    run = checked(office, clerk, FINISHED, OPEN, AGAIN, BAD)
    assert run.state == RunState.CHECKED
    assert run.counts["outcomes"] == {"import": 2, "duplicate": 1, "error": 1}
    assert not Case.rows.exists()
    assert not Person.rows.exists()


def test_a_child_with_a_certificate_is_closed_history(office, clerk, supervisor):
    run = imported(office, clerk, supervisor, FINISHED)
    case = Case.rows.get()
    assert run.state == RunState.DONE
    assert (case.number, case.state, case.closed_on) == ("MS-2016-0001", "closed", date(2016, 5, 9))
    assert (case.origin, case.opened_on, case.import_run) == ("imported", date(2016, 5, 3), run.pk)
    birth = BirthRecord.rows.get()
    assert (birth.status, birth.is_backlog, birth.track) == ("closed", False, "T1")
    assert (birth.outcome.child_number, birth.outcome.form) == ("0063163726518", "TR3")
    assert birth.outcome.notified_in_time is True
    assert case.child.name == "Ma Hla Win"
    assert case.consents.get().decision == "on_paper"
    mother = birth.parents.get(role="mother").person
    assert list(mother.papers.values_list("type", "number")) == [("passport", "M2538885")]
    assert case.family.phones.get().number == "0812345678"


def test_a_child_without_one_is_a_backlog_to_review(office, clerk, supervisor):
    imported(office, clerk, supervisor, OPEN)
    birth = BirthRecord.rows.get()
    assert (birth.status, birth.is_backlog, birth.case.state) == ("assessing", True, "open")
    assert not birth.submissions.filter(result__in=["pending", "inquiry"]).exists()


def test_the_backlog_is_taken_up_until_it_is_ready(office, clerk, supervisor):
    """The family is informed when the way is confirmed: before, nobody told them (decision 18, day.md 32)."""
    imported(office, clerk, supervisor, OPEN)
    birth, client = BirthRecord.rows.get(), signed_in(clerk)
    track = reverse("registration:track", args=[birth.pk])
    assert fill_in(client, track).status_code == 422, "nobody has informed the family"
    assert not birth.case.notices_given.exists()
    told = {"notice_language": "my", **date_boxes("notice_on", TODAY)}
    assert fill_in(client, track, **told).status_code == 302
    birth.refresh_from_db()
    assert (birth.status, birth.track, birth.is_backlog) == ("gathering", "T4", False)
    notice = birth.case.notices_given.get()
    assert (notice.language, notice.given_on, notice.given_by) == ("my", TODAY, clerk)
    assert "notice_language" not in fields_of(client.get(track)), "a family is informed once"
    registry = RegistryOffice.objects.filter(is_active=True).first()
    progress.choose_office(birth=birth, office=registry, by=clerk, today=TODAY)
    progress.see_originals(birth=birth, items=list(birth.items.all()), by=clerk)
    progress.set_late_reason(birth=birth, reason="unaware", text="", by=clerk)
    add_name(person=birth.case.child, full="ซอ ทู พอ", by=clerk)
    assert client.post(reverse("registration:ready", args=[birth.pk])).status_code == 302
    birth.refresh_from_db()
    assert birth.status == "ready"


def test_twins_share_mother_family_and_birth(office, clerk, supervisor):
    imported(office, clerk, supervisor, *TWINS)
    first, second = BirthRecord.rows.order_by("birth_order")
    assert (first.plurality, first.birth_order, second.birth_order) == (2, 1, 2)
    assert first.sibling_group == second.sibling_group is not None
    assert first.case.family_id == second.case.family_id
    assert PersonName.rows.filter(full="Naw Paw Wah").count() == 1


def test_numbers_follow_the_day_of_opening(office, clerk, supervisor):
    later = (*("9/5/2559", "Ma Su", "F", "8/5/2559", "Ma Oo Khin"), *[""] * 8)
    imported(office, clerk, supervisor, later, FINISHED)
    assert list(Case.rows.order_by("number").values_list("number", "opened_on")) == [
        ("MS-2016-0001", date(2016, 5, 3)),
        ("MS-2016-0002", date(2016, 5, 9)),
    ]


def test_the_same_file_twice_adds_nothing(office, clerk, supervisor):
    run = imported(office, clerk, supervisor, FINISHED)
    again, is_new = uploaded(office, clerk, FINISHED)
    assert (again.pk, is_new) == (run.pk, False)
    assert ImportRun.rows.count() == 1


def test_a_file_that_grew_suspects_what_is_known(office, clerk, supervisor):
    imported(office, clerk, supervisor, FINISHED)
    run = checked(office, clerk, FINISHED, OPEN)
    known = run.lines.get(outcome="duplicate")
    assert known.suspects[0]["case"] == "MS-2016-0001"


def test_who_prepared_it_does_not_confirm_it(office, supervisor):
    run = services.propose(run=checked(office, supervisor, FINISHED), by=supervisor, now=NOW)
    with pytest.raises(Conflict) as refused:
        services.confirm(run=run, by=supervisor, now=NOW)
    assert refused.value.code == "E-IMP-15"
    assert not Case.rows.exists()


def test_a_caseworker_does_not_confirm(office, clerk):
    run = services.propose(run=checked(office, clerk, FINISHED), by=clerk, now=NOW)
    with pytest.raises(Forbidden):
        services.confirm(run=run, by=worker(office, "other", "CW"), now=NOW)


def test_when_anything_fails_nothing_is_imported(office, clerk, supervisor):
    run = services.propose(run=checked(office, clerk, OPEN, FINISHED), by=clerk, now=NOW)
    run = services.confirm(run=run, by=supervisor, now=NOW)
    child = Person.rows.create(sex="F")
    IdentityDocument.rows.create(person=child, type="child_13_digit", number="0063163726518")
    with pytest.raises(Refusal) as refused:
        services.run_import(run=run, now=NOW)
    run.refresh_from_db()
    assert refused.value.code == "BR-ID-7"
    assert run.state == RunState.FAILED
    assert not Case.rows.exists()
    IdentityDocument.rows.filter(person=child).delete()
    with pytest.raises(Conflict):
        services.take_up(run=checked(office, clerk, OPEN), by=clerk, now=NOW)
    run = services.propose(run=services.take_up(run=run, by=clerk, now=NOW), by=clerk, now=NOW)
    services.run_import(run=services.confirm(run=run, by=supervisor, now=NOW), now=NOW)
    assert Case.rows.count() == 2


@pytest.mark.parametrize("seconds", [0, 99], ids=["seen on the way", "seen at the end"])
def test_an_import_is_stopped_on_its_way_and_confirmed_anew(office, clerk, supervisor, monkeypatch, seconds):
    monkeypatch.setattr("casework.imports.progress.SECONDS", seconds)
    run = services.propose(run=checked(office, clerk, FINISHED, OPEN), by=clerk, now=NOW)
    with pytest.raises(Conflict) as refused:
        services.stop(run=run, by=clerk, now=NOW)
    assert refused.value.code == "E-IMP-24"
    run = services.confirm(run=run, by=supervisor, now=NOW)

    @contextmanager
    def stopped_meanwhile():
        services.stop(run=ImportRun.rows.get(pk=run.pk), by=clerk, now=NOW)
        yield

    with monkeypatch.context() as stopping:
        stopping.setattr(loading, "collector_at_rest", stopped_meanwhile)
        assert services.run_import(run=run, now=NOW).state == RunState.CHECKED
    assert not Case.rows.exists()
    with pytest.raises(Conflict):
        services.confirm(run=run, by=supervisor, now=NOW)
    run = services.confirm(run=services.propose(run=run, by=clerk, now=NOW), by=supervisor, now=NOW)
    services.run_import(run=run, now=NOW)
    assert Case.rows.count() == 2


def test_a_check_is_stopped_and_its_columns_are_looked_at_again(office, clerk):
    run, _new = uploaded(office, clerk, FINISHED)
    run = services.request_check(run=run, by=clerk, now=NOW)
    services.stop(run=ImportRun.rows.get(pk=run.pk), by=clerk, now=NOW)
    assert services.check(run=run, today=TODAY).state == RunState.UPLOADED
    assert not run.lines.exists()
    assert services.check(run=services.request_check(run=run, by=clerk, now=NOW), today=TODAY).counts


def test_a_register_that_was_tried_in_a_practice_office_comes_in_all_the_same(office, clerk, supervisor):
    practice = Office.objects.create(code="PX", name_en="Practice", name_th="ฝึก", kind="practice")
    for place, by, confirms in (
        (practice, worker(practice, "learner", "CW"), worker(practice, "teacher", "SUP")),
        (office, clerk, supervisor),
    ):
        run = imported(place, by, confirms, FINISHED)
        assert (run.counts["outcomes"], run.state) == ({"import": 1}, "done")


def test_an_undecided_duplicate_is_left_out_and_can_be_decided_later(office, clerk, supervisor):
    run = imported(office, clerk, supervisor, FINISHED, AGAIN)
    assert Case.rows.count() == 1
    row = run.lines.get(outcome="duplicate")
    services.decide_duplicate(row=row, decision="different", by=clerk, now=NOW)
    services.import_row(row=row, by=supervisor, now=NOW)
    row.refresh_from_db()
    assert (Case.rows.count(), row.label) == (2, "MS-2016-0002")


def test_a_duplicate_decided_as_another_child_is_imported(office, clerk, supervisor):
    run = checked(office, clerk, FINISHED, AGAIN)
    services.decide_duplicate(row=run.lines.get(outcome="duplicate"), decision="different", by=clerk, now=NOW)
    run = services.confirm(run=services.propose(run=run, by=clerk, now=NOW), by=supervisor, now=NOW)
    services.run_import(run=run, now=NOW)
    assert Case.rows.count() == 2


def test_two_children_cannot_carry_one_number(office, clerk):
    run = checked(office, clerk, FINISHED, (*AGAIN[:12], 63163726518))
    with pytest.raises(Refusal) as refused:
        services.decide_duplicate(row=run.lines.get(outcome="duplicate"), decision="different", by=clerk, now=NOW)
    assert refused.value.code == "BR-ID-7"


def test_undo_leaves_voided_numbers_and_nothing_personal(office, clerk, supervisor):
    run = imported(office, clerk, supervisor, FINISHED, OPEN)
    imported_child, other = Case.rows.earliest("pk").child, Person.rows.create(sex="F")
    hit = DuplicateHit.rows.create(first=imported_child, second=other, band="high", score=9, fingerprint="x")
    run = services.request_undo(run=run, by=supervisor, reason="wrong office", now=NOW)
    run = services.undo(run=run, now=NOW)
    assert run.state == RunState.UNDONE
    assert set(Case.rows.values_list("state", flat=True)) == {"void"}
    assert not BirthRecord.rows.exists()
    assert not PersonName.rows.exists()
    assert not ImportRow.rows.exclude(values={}).exists()
    hit.refresh_from_db()
    assert hit.state == "stale"  # nobody is asked about a child of whom nothing is left
    again = imported(office, clerk, supervisor, FINISHED, OPEN)
    assert again.state == RunState.DONE
    assert Case.rows.exclude(state="void").first().number == "MS-2016-0002"


def test_what_is_imported_and_undone_at_night_has_the_day_of_the_clinic(office, clerk, supervisor, monkeypatch):
    monkeypatch.setitem(globals(), "NOW", datetime(2026, 11, 23, 18, 0, tzinfo=UTC))
    grown_up_today = (*("24/11/2551", "Ma Su", "F", "24/11/2551", "Ma Oo Khin"), *[""] * 8)
    run = imported(office, clerk, supervisor, grown_up_today)
    assert (Case.rows.get().state, Case.rows.get().closed_on) == ("closed", date(2026, 11, 24))
    services.undo(run=services.request_undo(run=run, by=supervisor, reason="x", now=NOW), now=NOW)
    assert Enrolment.rows.get().until_on == date(2026, 11, 24)


def test_an_import_that_was_worked_on_is_not_undone(office, clerk, supervisor):
    from casework.audit.services import record_event

    run = imported(office, clerk, supervisor, OPEN)
    case = Case.rows.get()
    record_event("cases.note.added", actor=clerk, subject=case, case_id=case.pk, office_id=office.pk)
    supervisor.language = "th"
    supervisor.save(update_fields=["language"])
    run = services.undo(run=services.request_undo(run=run, by=supervisor, reason="x", now=NOW), now=NOW)
    assert run.state == RunState.DONE
    assert case.number in run.failure and "ทั้งชุดไม่ได้" in run.failure and not run.is_fault
    assert BirthRecord.rows.count() == 1


def test_the_file_is_kept_only_until_it_is_imported(office, clerk, supervisor):
    run = services.propose(run=checked(office, clerk, FINISHED), by=clerk, now=NOW)
    assert ImportFile.objects.count() == 1
    services.run_import(run=services.confirm(run=run, by=supervisor, now=NOW), now=NOW)
    assert not ImportFile.objects.exists()


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "register.xlsx"
    path.write_bytes(workbook(("register", [HEADINGS, FINISHED, OPEN, AGAIN, BAD])))
    return path


def command(*arguments):
    out = io.StringIO()
    call_command("import_births", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_reports_each_row_without_writing(register, tmp_path):
    report = tmp_path / "report.json"
    assert "1 suspected duplicates" in command(register, "--dry-run", "--report", report)
    rows = json.loads(report.read_text())
    assert [row["outcome"] for row in rows] == ["import", "import", "duplicate", "error"]
    assert rows[0]["values"]["child_number"] == "0063163726518"
    assert rows[0]["values"]["born"] == "2016-05-02"
    assert rows[1]["values"]["registered"] is None
    assert rows[2]["suspects"] == [{"sheet": "register", "row": 2}]
    assert rows[3]["codes"] == ["BR-SEX-1"]
    assert not ImportRun.rows.exists()


def test_the_command_imports_with_two_persons(register, clerk, supervisor):
    assert "4 rows: 2 imported, 1 refused, 1 suspected" in command(
        register, "--by", "clerk", "--confirmed-by", "supervisor"
    )
    assert Case.rows.count() == 2
    assert not OutboxRow.objects.filter(task__startswith="imports.").exists(), "no worker does the same beside it"
    assert "Nothing was added" in command(register, "--by", "clerk", "--confirmed-by", "supervisor")
    assert Case.rows.count() == 2


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--by", "clerk"),
        ("--by", "supervisor", "--confirmed-by", "supervisor"),
        ("--by", "nobody", "--confirmed-by", "supervisor"),
    ],
)
def test_the_command_refuses_one_person(register, clerk, supervisor, arguments):
    with pytest.raises(CommandError):
        command(register, *arguments)
    assert not Case.rows.exists()
