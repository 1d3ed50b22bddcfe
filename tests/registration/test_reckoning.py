"""What rests on the facts of a birth and on the day is kept true: time limit, proposed way, days of papers, the key."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from casework.audit.models import Event
from casework.kernel.dates import BirthDate, Precision
from casework.kernel.refusals import Refusal
from casework.people.models import MatchKey
from casework.people.services.persons import change_birth, change_facts, change_name
from casework.programmes.contributions import registry
from casework.reference.models import Holiday
from registration.models import BirthRecord
from registration.services import progress, reckoning
from registration.services.discrepancies import note_difference
from registration.tasks import reckon_limits
from tests.factories import registration as births
from tests.factories.cast import signed_in
from tests.factories.forms import fill_in
from tests.factories.registration import NOW, TODAY

pytestmark = pytest.mark.django_db
LAST_DAY = dt.date(2026, 12, 8)
"""Born on 20 November: the 15 days end on a Saturday and holiday, the Monday after it is one too."""
NEXT = LAST_DAY + dt.timedelta(days=1)


@pytest.fixture
def worker(cast):
    return cast.of("CW")


@pytest.fixture
def office(cast):
    return cast.mae_sot


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The day of the clinic is TODAY until it is set; the day of a moment is its own."""
    days = [TODAY]
    monkeypatch.setattr("django.utils.timezone.localdate", lambda at=None: at.date() if at else days[-1])
    return days.append


def told(birth):
    return Event.objects.filter(action="registration.limits.changed", case_id_of=birth.case_id)


# A birth that became late (C4, decision 21)


def test_the_night_proposes_the_way_of_a_late_birth_once_and_confirms_nothing(office, worker):
    birth = births.gathering(office, worker)
    assert reckoning.reckon_all(today=LAST_DAY) == 0
    assert reckoning.reckon_all(today=NEXT) == 1
    birth.refresh_from_db()
    assert (birth.status, birth.track, birth.track_proposed) == ("gathering", "T1", "T3")
    assert told(birth).get().actor is None
    assert reckoning.reckon_all(today=NEXT) == 0, "run again, nothing is written"
    assert told(birth).count() == 1


def test_the_night_leaves_what_is_at_the_office(office, worker):
    birth = births.ready(office, worker)
    births.visit(birth, worker)
    assert reckoning.reckon_all(today=NEXT) == 0
    birth.refresh_from_db()
    assert birth.track_proposed == "T1"


def test_one_that_fails_keeps_what_was_reckoned_before(office, worker, monkeypatch):
    first, second = births.gathering(office, worker), births.gathering(office, worker)
    whole = reckoning.reckon

    def fails(*, birth, by, today):
        changed = whole(birth=birth, by=by, today=today)
        if birth.pk == second.pk:
            raise RuntimeError
        return changed

    monkeypatch.setattr(reckoning, "reckon", fails)
    with pytest.raises(RuntimeError):
        reckoning.reckon_all(today=NEXT)
    assert list(BirthRecord.rows.order_by("pk").values_list("track_proposed", flat=True)) == ["T3", "T1"]
    assert not told(second).exists()
    monkeypatch.undo()
    assert reckoning.reckon_all(today=NEXT) == 1
    assert told(first).count() == told(second).count() == 1


def test_the_job_runs_every_night(office, worker, today):
    assert "registration.limits" in {job.task for job in registry.gather("schedule")}
    birth = births.gathering(office, worker)
    today(NEXT)
    reckon_limits()
    birth.refresh_from_db()
    assert birth.track_proposed == "T3"


def declared(birth, worker, today):
    with pytest.raises(Refusal) as refused:
        progress.declare_ready(birth=birth, by=worker, now=NOW, today=today)
    return {finding.code for finding in refused.value.findings}


def test_a_way_in_time_is_looked_at_again_when_the_time_is_over(office, worker):
    birth = births.ready(office, worker)
    progress.back_to_gathering(birth=birth, by=worker, today=TODAY, reason="A paper is looked for")
    assert declared(birth, worker, NEXT) == {"BR-READY-7"}
    assert progress.declare_ready(birth=birth, by=worker, now=NOW, today=LAST_DAY).status == "ready"


def test_who_keeps_the_way_in_time_afterwards_says_why_and_goes_on(office, worker):
    """Such as a family that went in time and told us later."""
    birth = births.ready(office, worker)
    progress.back_to_gathering(birth=birth, by=worker, today=TODAY, reason="A paper is looked for")
    reckoning.reckon_all(today=NEXT)
    birth.refresh_from_db()
    later = dt.datetime(2026, 12, 9, 3, 0, tzinfo=dt.UTC)
    with pytest.raises(Refusal) as refused:
        progress.confirm_track(birth=birth, track="T1", reason="", by=worker, now=later, today=NEXT)
    assert refused.value.code == "BR-TRACK-2"
    progress.confirm_track(birth=birth, track="T1", reason="They went on day ten", by=worker, now=later, today=NEXT)
    assert progress.declare_ready(birth=birth, by=worker, now=later, today=NEXT).status == "ready"


def test_a_ready_birth_that_became_late_takes_the_late_way(office, worker, today):
    birth, client = births.ready(office, worker), signed_in(worker)
    detail, track = (reverse(f"registration:{name}", args=[birth.pk]) for name in ("detail", "track"))
    today(NEXT)
    assert "Change the way" not in client.get(detail).content.decode(), "nothing else is proposed yet"
    reckon_limits()
    assert "Change the way" in client.get(detail).content.decode()
    assert fill_in(client, track, track="T3").status_code == 302
    birth.refresh_from_db()
    assert (birth.status, birth.track) == ("gathering", "T3")
    assert birth.items.filter(requirement__key="photos", state="needed").exists()
    page = client.get(detail).content.decode()
    assert "Change the way" not in page
    assert "Say why the registration is late." in page


def test_a_way_that_was_chosen_knowingly_is_not_questioned(office, worker):
    birth = births.make_birth(office, worker)
    progress.confirm_track(birth=birth, track="T3", reason="The office says so", by=worker, now=NOW, today=TODAY)
    page = signed_in(worker).get(reverse("registration:detail", args=[birth.pk])).content.decode()
    assert "Change the way" not in page


# Holidays and dates that are changed later


def test_a_holiday_that_is_added_moves_the_time_limit_and_the_days_of_papers_at_night(office, worker):
    birth = births.gathering(office, worker, births.birth_facts(dt.date(2026, 11, 17)))
    assert birth.notify_effective_on == dt.date(2026, 12, 2)
    Holiday.objects.create(on=dt.date(2026, 12, 2), name_en="New", name_th="ใหม่", source="Cabinet")
    reckoning.reckon_all(today=TODAY)
    birth.refresh_from_db()
    assert (birth.notify_due_on, birth.notify_effective_on) == (dt.date(2026, 12, 2), dt.date(2026, 12, 3))


def test_a_birth_date_changed_on_the_persons_page_moves_what_rests_on_it(office, worker):
    birth = births.gathering(office, worker)
    child, born = birth.case.child, dt.date(2024, 11, 18)
    change_birth(person=child, birth=BirthDate(born), by=worker, today=TODAY)
    birth.refresh_from_db()
    assert (birth.notify_due_on, birth.track, birth.track_proposed) == (dt.date(2024, 12, 3), "T1", "T3")
    assert set(birth.items.values_list("due_on", flat=True)) == {dt.date(2024, 12, 3)}
    assert MatchKey.objects.get(child=child).born_on == born
    change_birth(person=child, birth=BirthDate(born, Precision.MONTH), by=worker, today=TODAY)
    birth.refresh_from_db()
    assert birth.notify_due_on is None
    assert set(birth.items.values_list("due_on", flat=True)) == {None}
    assert "BR-DOB-7" in declared(birth, worker, TODAY), "a way in time has an exact day (C7)"


def test_what_rests_on_nothing_that_changed_is_not_written(office, worker):
    birth = births.gathering(office, worker, births.birth_facts(dt.date(2024, 11, 20)))
    change_name(name=birth.case.child.current_names()[0], full="Naw Written Otherwise", by=worker)
    assert not told(birth).exists()


def test_a_birth_date_changed_while_the_papers_are_at_the_office_is_a_difference(office, worker):
    birth = births.ready(office, worker)
    births.visit(birth, worker)
    due, child = birth.notify_due_on, birth.case.child
    change_birth(person=child, birth=BirthDate(dt.date(2026, 11, 19)), by=worker, today=TODAY)
    row = birth.discrepancies.get()
    assert (row.field, row.value_a, row.value_b) == ("born_on", "2026-11-19", "2026-11-20")
    assert (row.severity, row.source_b) == ("blocks", "letter")
    birth.refresh_from_db()
    assert (birth.status, birth.notify_due_on) == ("submitted", due)
    change_facts(person=child, by=worker, needs_interpreter=True)
    assert birth.discrepancies.count() == 1, "what is on no paper differs from none"
    settle = reverse("registration:settle", args=[row.pk])
    assert "Our letter to the office" in signed_in(worker).get(settle).content.decode()


MONTH, YEAR, GUESS = Precision.MONTH, Precision.YEAR, Precision.ESTIMATED


@pytest.mark.parametrize(
    ("on", "precision", "told"),
    [(dt.date(2026, 10, 1), MONTH, "2026-10"), (dt.date(2025, 1, 1), YEAR, "2025"), (dt.date(2026, 11, 1), MONTH, ""),
     (dt.date(2026, 1, 1), YEAR, ""), (dt.date(2024, 7, 1), GUESS, "")],
)  # fmt: skip
@pytest.mark.parametrize("is_registered", [False, True])
def test_a_birth_known_to_the_month_or_year_differs_from_a_day_outside_it(
    office, worker, on, precision, told, is_registered
):
    if is_registered:
        birth = births.registered(office, worker, born_on=dt.date(2026, 11, 20)).birth
    else:
        birth = births.ready(office, worker)
        births.visit(birth, worker)
    change_birth(person=birth.case.child, birth=BirthDate(on, precision), by=worker, today=TODAY)
    rows = list(birth.discrepancies.values_list("value_a", "value_b", "severity"))
    assert rows == ([(told, "2026-11-20", "blocks")] if told else [])


def test_a_month_told_before_is_not_another_day_and_a_sex_is_told_whatever_the_date(office, worker):
    birth = births.ready(office, worker)
    births.visit(birth, worker)
    child = birth.case.child
    change_birth(person=child, birth=BirthDate(dt.date(2026, 11, 1), MONTH), by=worker, today=TODAY)
    change_birth(person=child, birth=BirthDate(dt.date(2026, 11, 20)), by=worker, today=TODAY)
    assert not birth.discrepancies.exists()
    change_birth(person=child, birth=BirthDate(dt.date(2026, 11, 1), MONTH), by=worker, today=TODAY)
    change_facts(person=child, by=worker, sex="M" if child.sex == "F" else "F")
    assert birth.discrepancies.get().field == "sex"


@pytest.mark.parametrize(
    ("written", "told"), [("2026-10", "Oct\xa02026"), ("2026-02-30", "2026-02-30"), ("2569", "2569")]
)
def test_what_was_written_of_a_birth_date_is_told_as_far_as_it_is_a_date(office, worker, written, told):
    birth = births.ready(office, worker)
    births.visit(birth, worker)
    note_difference(birth=birth, field="born_on", right="2026-11-20", written=written, on="certificate", by=worker)
    assert birth.discrepancies.get().told_b == told
    page = signed_in(worker).get(reverse("registration:detail", args=[birth.pk]))
    assert (page.status_code, told in page.content.decode()) == (200, True)


def test_a_thai_name_changed_while_the_papers_are_at_the_office_is_a_difference(office, worker):
    birth = births.ready(office, worker)
    births.visit(birth, worker)
    names = {name.script: name for name in birth.case.child.current_names()}
    before = names["Thai"].full
    change_name(name=names["Thai"], full="นันวา", by=worker)
    change_name(name=names["Latn"], full="Nan Wah", by=worker)
    row = birth.discrepancies.get()
    assert (row.field, row.value_a, row.value_b, row.severity) == ("name_th", "นันวา", before, "should_fix")


def test_a_birth_date_changed_after_registration_is_compared_with_the_certificate(office, worker):
    outcome = births.registered(office, worker, born_on=dt.date(2026, 11, 20))
    birth, child = outcome.birth, outcome.birth.case.child
    assert not birth.discrepancies.exists()
    change_birth(person=child, birth=BirthDate(dt.date(2026, 11, 19)), by=worker, today=TODAY)
    row = birth.discrepancies.get()
    assert (row.value_a, row.value_b, row.source_b, row.state) == ("2026-11-19", "2026-11-20", "certificate", "open")
    change_birth(person=child, birth=BirthDate(dt.date(2026, 11, 20)), by=worker, today=TODAY)
    row.refresh_from_db()
    assert row.state == "corrected"


def test_a_closed_registration_stays_as_it_was(office, worker):
    birth = births.gathering(office, worker)
    progress.close_birth(birth=birth, reason="withdrawn", text="They ask no more", by=worker, today=TODAY)
    due = birth.notify_due_on
    change_birth(person=birth.case.child, birth=BirthDate(dt.date(2026, 11, 18)), by=worker, today=TODAY)
    birth.refresh_from_db()
    assert (birth.status, birth.notify_due_on) == ("closed", due)
    assert not birth.discrepancies.exists()
