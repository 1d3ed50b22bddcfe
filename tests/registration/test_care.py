"""Hard births: the child died, the mother is a child herself (day.md 7 and 8)."""

from __future__ import annotations

import datetime as dt

import pytest

from casework.cases.models import Case
from casework.kernel.dates import BirthDate
from casework.kernel.refusals import Refusal
from casework.people.models import Person
from casework.programmes.work import read_work
from casework.referrals.models import Referral, Service
from casework.referrals.services import send_referral
from registration.models import BirthRecord, ChildDeath, FollowUp, YoungMother
from registration.queries.work import births_led
from registration.rules.care import death_due_on
from registration.services import deaths, young_mothers
from tests.factories import registration as births
from tests.factories.cases import make_consent
from tests.factories.registration import NOW, TODAY

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def worker(cast):
    return cast.of("CW")


@pytest.fixture
def birth(cast, worker):
    return births.gathering(cast.mae_sot, worker)


def died(birth, by, **more) -> ChildDeath:
    facts = {"died_on": YESTERDAY, "is_stillbirth": False, "told_by": "the aunt", **more}
    return deaths.record_child_death(birth=birth, by=by, now=NOW, today=TODAY, **facts)


def codes(refused: pytest.ExceptionInfo) -> set[str]:
    return {finding.code for finding in refused.value.findings}


# The child died


def test_one_act_ends_the_services_and_opens_both_notifications(birth, worker):
    death = died(birth, worker)
    assert Person.rows.get(pk=birth.case.child_id).died_on == YESTERDAY
    assert [child.last_day(TODAY) for child in (Person.rows.get(pk=birth.case.child_id), Person())] == [
        YESTERDAY,
        TODAY,
    ]
    assert set(FollowUp.rows.filter(birth=birth).values_list("answer", flat=True)) == {"not_applicable"}
    assert (death.death_due_on, death.birth_notified_on, death.death_notified_on) == (TODAY, None, None)
    birth.refresh_from_db()
    assert birth.status == "gathering", "the registration goes on"


@pytest.mark.parametrize(("hours", "days"), [(24, 1), (48, 2), (25, 2), (1, 1)])
def test_the_hours_of_the_rule_end_on_a_day(hours, days):
    assert death_due_on(died_on=TODAY, hours=hours) == TODAY + dt.timedelta(days=days)


def test_referrals_of_the_child_are_taken_back_and_those_of_others_are_not(cast, worker, birth):
    other = births.make_birth(cast.mae_sot, worker)
    service = Service.objects.create(kind="vaccination", name_en="Health centre", name_th="รพ.สต.", source="telephone")
    for case in (birth.case, other.case):
        make_consent(case, worker)
        send_referral(
            case=case, service=service, kind="vaccination", urgency="14d", reason="First doses",
            shared_fields=["name"], by=worker, now=NOW,
        )  # fmt: skip
    died(birth, worker)
    assert dict(Referral.rows.values_list("case", "state")) == {birth.case_id: "cancelled", other.case_id: "pending"}


def test_the_living_twin_is_untouched(cast, worker):
    first = births.make_birth(cast.mae_sot, worker, births.birth_facts(plurality=2, birth_order=1))
    second = births.make_birth(
        cast.mae_sot, worker, births.birth_facts(plurality=2, birth_order=2), twin_of=first, acknowledged=["BR-BIRTH-2"]
    )
    died(first, worker)
    second.refresh_from_db()
    assert Person.rows.get(pk=second.case.child_id).died_on is None
    assert not FollowUp.rows.filter(birth=second).exists()


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"died_on": None}, "BR-DIED-1"),
        ({"died_on": YESTERDAY, "is_stillbirth": True}, "BR-DIED-2"),
        ({"died_on": TODAY + dt.timedelta(days=1)}, "PPL-DEATH-1"),
        ({"died_on": TODAY - dt.timedelta(days=400)}, "PPL-DEATH-1"),
    ],
)
def test_an_impossible_death_is_refused_and_nothing_changes(birth, worker, facts, code):
    with pytest.raises(Refusal) as refused:
        died(birth, worker, **facts)
    assert code in codes(refused)
    assert not ChildDeath.rows.exists()


def test_a_child_born_dead_has_one_day(birth, worker):
    death = died(birth, worker, died_on=None, is_stillbirth=True)
    assert death.died_on == birth.case.child.born_on


def test_the_work_of_the_day_asks_to_notify_and_never_to_vaccinate(birth, worker):
    died(birth, worker)
    (item,) = [item for item in read_work([births_led(worker, TODAY)]) if item.case_id == birth.case_id]
    assert (item.title, item.due_on) == ("Notify the birth and the death", TODAY)
    deaths.note_death_notified(
        death=birth.death,
        birth_notified_on=TODAY,
        death_notified_on=TODAY,
        help_answer="wanted",
        by=worker,
        today=TODAY,
    )
    (item,) = [item for item in read_work([births_led(worker, TODAY)]) if item.case_id == birth.case_id]
    assert item.due_on == birth.notify_due_on


def test_a_death_is_not_notified_before_it_happened(birth, worker):
    death = died(birth, worker)
    with pytest.raises(Refusal) as refused:
        deaths.note_death_notified(
            death=death,
            birth_notified_on=TODAY + dt.timedelta(days=1),
            death_notified_on=YESTERDAY - dt.timedelta(days=1),
            help_answer="declined",
            by=worker,
            today=TODAY,
        )
    assert codes(refused) == {"BR-DIED-3", "BR-DIED-4"}


def test_only_a_supervisor_takes_a_death_back_and_says_why(birth, worker, cast, client_of):
    died(birth, worker)
    address = f"/registration/{birth.pk}/died/take-back/"
    assert client_of(worker).post(address, {"reason": "Other child"}).status_code == 403
    supervisor = client_of(cast.of("SUP"))
    refused = supervisor.post(address, {"reason": " "})
    assert refused.status_code == 422 and "Write how the mistake was found." in refused.content.decode()
    assert supervisor.post(address, {"reason": "It was the neighbour’s child"}).status_code == 302
    assert Person.rows.get(pk=birth.case.child_id).died_on is None
    assert set(FollowUp.rows.filter(birth=birth).values_list("answer", flat=True)) == {"open"}


def test_the_page_shows_what_must_be_notified_and_the_header_says_it_calmly(birth, worker, client_of):
    client = client_of(worker)
    assert "The child died" in client.get(f"/registration/{birth.pk}/").content.decode()
    sent = {"died_on_d": YESTERDAY.day, "died_on_m": YESTERDAY.month, "died_on_y": YESTERDAY.year, "told_by": "aunt"}
    assert client.post(f"/registration/{birth.pk}/died/", sent).status_code == 302
    text = client.get(f"/registration/{birth.pk}/").content.decode()
    assert "Died on" in text and "Notify the death" in text and "24 November 2026" not in text
    assert client.get(f"/registration/{birth.pk}/died/notified/").status_code == 200


def test_there_is_nothing_to_note_where_nobody_died(birth, worker, cast, client_of):
    assert client_of(worker).get(f"/registration/{birth.pk}/died/notified/").status_code == 404
    assert client_of(cast.of("SUP")).get(f"/registration/{birth.pk}/died/take-back/").status_code == 404


# The mother is a child herself


@pytest.fixture
def young(cast, worker) -> BirthRecord:
    """A birth whose mother is fifteen."""
    mother = births.known("mother", "Naw Young", birth=BirthDate(TODAY.replace(year=TODAY.year - 15)))
    return births.make_birth(cast.mae_sot, worker, births.birth_facts(parents=(mother, births.known("father"))))


def told(**more):
    return {
        "spoken_alone": True, "spoken_on": TODAY, "interpreter": "", "consent_by": "parent", "consent_note": "",
        "reported_on": None, "reported_to": "", **more,
    }  # fmt: skip


def test_a_mother_of_fifteen_has_a_panel_and_an_adult_has_none(young, birth, worker, client_of):
    client = client_of(worker)
    assert "Speak with her alone" in client.get(f"/registration/{young.pk}/").content.decode()
    assert "Speak with her alone" not in client.get(f"/registration/{birth.pk}/").content.decode()
    assert client.get(f"/registration/{young.pk}/young-mother/").status_code == 200
    assert client.get(f"/registration/{birth.pk}/young-mother/").status_code == 404


def test_what_was_done_is_kept_with_who_spoke(young, worker):
    row = young_mothers.record_young_mother(birth=young, values=told(), by=worker, today=TODAY)
    assert (row.spoken_alone, row.spoken_by, row.consent_by) == (True, worker, "parent")
    assert row.report_due_on == young.case.opened_on + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"interpreter": "saw htoo"}, "BR-YOUNG-1"),
        ({"spoken_on": TODAY + dt.timedelta(days=1)}, "BR-YOUNG-2"),
        ({"reported_on": TODAY}, "BR-YOUNG-3"),
    ],
)
def test_the_father_never_interprets_and_a_report_names_its_reader(young, worker, values, code):
    with pytest.raises(Refusal) as refused:
        young_mothers.record_young_mother(birth=young, values=told(**values), by=worker, today=TODAY)
    assert codes(refused) == {code}
    assert not YoungMother.rows.exists()
    fit = {"interpreter": "Naw Helpful", "reported_on": TODAY, "reported_to": "the children’s home of the province"}
    assert young_mothers.record_young_mother(birth=young, values=told(**fit), by=worker, today=TODAY).reported_on


def test_the_mother_has_a_case_of_her_own_with_its_own_lead(young, worker, cast, client_of):
    other = cast.of("PSY")
    sent = {"lead": other.pk}
    assert client_of(worker).post(f"/registration/{young.pk}/young-mother/case/", sent).status_code == 302
    row = YoungMother.rows.get(birth=young)
    mother = young.parents.get(role="mother").person
    assert (row.own_case.child, row.own_case.lead) == (mother, other)
    again = young_mothers.open_mothers_case(birth=young, lead=worker, by=worker, now=NOW, today=TODAY)
    assert again == row.own_case and Case.rows.filter(child=mother).count() == 1


def test_her_sealed_case_is_named_to_nobody_who_may_not_open_it(young, worker, cast, client_of):
    case = young_mothers.open_mothers_case(birth=young, lead=cast.of("SUP"), by=worker, now=NOW, today=TODAY)
    assert case.number in client_of(worker).get(f"/registration/{young.pk}/").content.decode()
    Case.rows.filter(pk=case.pk).update(is_sealed=True)
    text = client_of(worker).get(f"/registration/{young.pk}/").content.decode()
    assert case.number not in text and "It is not open to you." in text


def test_what_is_late_counts_from_the_working_day_to_which_the_last_day_moved(cast, worker):
    birth = births.make_birth(cast.mae_sot, worker, births.birth_facts(TODAY - dt.timedelta(days=40)))
    sunday = TODAY - dt.timedelta(days=2)
    for due, moved, told in (
        (sunday, TODAY, TODAY),
        (TODAY + dt.timedelta(days=2), TODAY + dt.timedelta(days=3), TODAY + dt.timedelta(days=2)),
        (sunday, sunday + dt.timedelta(days=1), sunday + dt.timedelta(days=1)),
    ):
        BirthRecord.rows.filter(pk=birth.pk).update(notify_due_on=due, notify_effective_on=moved)
        (item,) = [one for one in read_work([births_led(worker, TODAY)]) if one.case_id == birth.case_id]
        assert item.due_on == told
