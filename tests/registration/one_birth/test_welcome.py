"""They come back after eight months: old facts asked once, stale things dropped, the case taken up."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.audit.models import Event
from casework.cases.facts import last_confirmed
from casework.cases.models import FactConfirmed, Task
from casework.cases.services import cases as case_services
from casework.cases.services.facts import FactSaid, drop_step, drop_task
from casework.kernel.moves import TransitionNotAllowed
from casework.kernel.refusals import Conflict, Refusal
from casework.people.services.persons import change_name
from registration.models import BirthRecord
from registration.queries import welcome as queries
from registration.rules.welcome import status_when_reopened
from registration.services import progress
from registration.services import welcome as services
from tests.factories import cases
from tests.factories import registration as births
from tests.factories.cast import Cast, make_cast
from tests.factories.registration import NOW, TODAY

pytestmark = pytest.mark.django_db
LATER = TODAY + dt.timedelta(days=243)
GO_ON = {"next_step": "Fetch the delivery certificate", "reason": "The mother came"}


def make_rows() -> tuple[Cast, BirthRecord]:
    cast = make_cast()
    return cast, births.gathering(cast.mae_sot, cast.of("CW"), births.birth_facts(phones=("0812345678",)))


@pytest.fixture
def supervisor(cast):
    return cast.of("SUP")


def closed(birth, by, reason="unreachable", on=TODAY):
    if reason == "unreachable":
        cases.missed_calls(birth.case, by)
    gone = cases.Gone(on=on, news_from="ourselves")
    progress.close_birth(birth=birth, reason=reason, text="Nobody answers the phone", by=by, today=on, gone=gone)
    return BirthRecord.rows.get(pk=birth.pk)


def come_back(birth, by, *, said=(), today=TODAY, **more):
    told = {"dropped_tasks": (), "dropped_steps": (), "next_step_on": today, **GO_ON, **more}
    return services.welcome_back(birth=birth, said=said, by=by, now=NOW, today=today, **told)


def posted(day, **more):
    """The form as it is sent."""
    parts = {"next_step_on_d": day.day, "next_step_on_m": day.month, "next_step_on_y": day.year}
    return {**parts, "next_step_on_era": "ce", "next_step": "Fetch the paper", "reason": "Here again", **more}


def url_of(birth):
    return reverse("registration:welcome-back", args=[birth.pk])


def test_an_open_case_somebody_works_on_is_not_away(birth, worker):
    assert queries.away(birth, TODAY) == []
    with pytest.raises(Conflict) as refused:
        come_back(birth, worker)
    assert refused.value.code == "BR-BACK-1"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"suspension": "lost_contact"}, "Contact was lost."),
        ({"suspension": "on_hold"}, "The case is on hold."),
        ({"is_backlog": True}, "From the old register, not looked at yet."),
    ],
)
def test_why_a_family_counts_as_away(birth, change, words):
    BirthRecord.rows.filter(pk=birth.pk).update(**change)
    assert queries.away(BirthRecord.rows.get(pk=birth.pk), TODAY) == [words]


def test_months_without_any_act_count(birth):
    assert queries.away(birth, timezone.localdate() + dt.timedelta(days=170)) == []
    assert queries.away(birth, timezone.localdate() + dt.timedelta(days=200)) == [
        "Nothing was done for more than 6 months."
    ]


def test_a_case_on_hold_counts_and_is_taken_up(birth, worker):
    case_services.hold_case(case=birth.case, reason="lost_contact", text="", by=worker)
    birth = BirthRecord.rows.get(pk=birth.pk)
    assert queries.away(birth, TODAY) == ["Contact was lost."]
    come_back(birth, worker)
    birth.case.refresh_from_db()
    assert (birth.case.state, birth.case.next_step) == ("open", GO_ON["next_step"])


def test_a_lost_family_is_taken_up_with_a_next_step(birth, worker):
    progress.suspend(birth=birth, suspension="lost_contact", by=worker, reason="No answer")
    BirthRecord.rows.filter(pk=birth.pk).update(is_backlog=True)
    birth = BirthRecord.rows.get(pk=birth.pk)
    with pytest.raises(Refusal) as refused:
        come_back(birth, worker, next_step=" ")
    assert (refused.value.code, refused.value.field) == ("CAS-NEXT-1", "next_step")
    birth = BirthRecord.rows.get(pk=birth.pk)
    with pytest.raises(Refusal) as refused:
        come_back(birth, worker, next_step_on=None)
    assert refused.value.field == "next_step_on"
    come_back(BirthRecord.rows.get(pk=birth.pk), worker)
    birth.refresh_from_db()
    assert (birth.suspension, birth.is_backlog) == ("none", False)
    assert Event.objects.filter(action="registration.family.came_back", case_id_of=birth.case_id).count() == 1


def test_a_closed_case_is_opened_again_with_todays_way(birth, supervisor):
    birth = closed(birth, supervisor)
    assert birth.track == "T1"
    come_back(birth, supervisor, today=LATER)
    birth.refresh_from_db()
    birth.case.refresh_from_db()
    assert (birth.status, birth.case.state, birth.track, birth.track_proposed) == ("assessing", "open", "", "T3")
    assert birth.case.enrolments.filter(until_on__isnull=True, programme="registration").exists()


def test_opening_again_needs_a_reason(birth, supervisor):
    with pytest.raises(Refusal) as refused:
        come_back(closed(birth, supervisor), supervisor, reason="")
    assert refused.value.code == "CAS-REOPEN-1"


def test_the_case_of_a_child_who_died_is_not_welcomed_back(birth, supervisor):
    birth = closed(birth, supervisor, "child_died")
    with pytest.raises(Conflict) as refused:
        come_back(birth, supervisor)
    assert refused.value.code == "BR-BACK-2"
    assert queries.welcome_urls([birth.case], TODAY) == {}


def test_a_child_with_another_open_case_goes_on_there(cast, birth, supervisor):
    birth = closed(birth, supervisor)
    cases.make_case(cast.mae_sot, supervisor, child=birth.case.child)
    with pytest.raises(Conflict) as refused:
        come_back(birth, supervisor)
    assert refused.value.code == "CAS-REOPEN-2"
    with pytest.raises(Conflict):
        progress.reopen_birth(birth=birth, reason="Again", by=supervisor, today=TODAY)


def test_a_registered_child_goes_on_where_the_certificate_is(cast, worker, birth):
    outcome = births.registered(cast.mae_sot, worker)
    assert status_when_reopened(outcome.birth, "T1") == "registered"
    assert status_when_reopened(birth, birth.track) == "gathering"
    assert status_when_reopened(birth, "T2") == "assessing", "another way is confirmed anew"
    assert status_when_reopened(births.make_birth(cast.mae_sot, worker), "T1") == "assessing"


def test_every_old_fact_is_there_with_the_page_that_changes_it(birth, worker, supervisor):
    facts = {fact.key: fact for fact in queries.old_facts(birth, worker, TODAY)}
    wanted = {
        "child.name.Thai", "child.name.Latn", "mother.name.Latn", "father.name.Latn", "child.born", "birth.place",
        "child.languages", "mother.knowledge", "father.knowledge", "birth.registry_office", "case.lead",
    }  # fmt: skip
    assert wanted <= set(facts)
    assert any(key.startswith("phone.") and "081" in fact.value for key, fact in facts.items())
    assert any(key.endswith(".address") for key in facts)
    assert facts["case.lead"].change_url == ""
    assert {f.key: f for f in queries.old_facts(birth, supervisor, TODAY)}["case.lead"].change_url
    assert all(fact.confirmed == "" for fact in facts.values())


def test_an_answer_is_remembered_until_the_fact_changes(birth, worker):
    facts = {fact.key: fact for fact in queries.old_facts(birth, worker, TODAY)}
    said = [
        FactSaid(key=key, value=facts[key].stored, answer=answer)
        for key, answer in (("child.name.Thai", "still_true"), ("child.born", "changed"), ("birth.place", "not_asked"))
    ]
    services.confirm_old_facts(birth=birth, said=said, by=worker, now=NOW)
    assert {row.key: row.answer for row in FactConfirmed.rows.all()} == {
        "child.name.Thai": "still_true", "child.born": "changed",
    }  # fmt: skip
    later = TODAY + dt.timedelta(days=3)
    facts = {fact.key: fact.confirmed for fact in queries.old_facts(birth, worker, later)}
    assert facts["child.name.Thai"] == f"confirmed 3 days ago by {worker.full_name}"
    assert facts["child.born"] == f"changed 3 days ago by {worker.full_name}"
    assert facts["birth.place"] == ""
    change_name(name=birth.case.child.names.get(script="Thai"), full="ชื่ออื่น", by=worker)
    birth = BirthRecord.rows.get(pk=birth.pk)
    assert {fact.key: fact.confirmed for fact in queries.old_facts(birth, worker, later)}["child.name.Thai"] == ""


def test_not_asked_writes_nothing(birth, worker):
    services.confirm_old_facts(birth=birth, said=[], by=worker, now=NOW)
    assert last_confirmed(birth.case) == {}
    assert not Event.objects.filter(action="cases.facts.confirmed").exists()


def test_stale_things_are_those_past_their_day(birth, worker):
    task = cases.make_task(birth.case, worker)
    plan = cases.make_plan(birth.case, worker)
    consent = cases.make_consent(birth.case, worker, expires_on=TODAY + dt.timedelta(days=30))
    assert queries.stale_things(birth, TODAY).tasks == []
    stale = queries.stale_things(birth, LATER)
    assert (list(stale.tasks), [row.pk for row, _label in stale.consents]) == ([task], [consent.pk])
    step = plan.goals.get().steps.get()
    assert list(stale.steps) == [step]
    drop_task(task=task, by=worker, now=NOW)
    drop_step(step=step, by=worker, now=NOW)
    assert (task.state, step.state) == ("dropped", "dropped")
    with pytest.raises(TransitionNotAllowed):
        drop_task(task=task, by=worker, now=NOW)


def test_the_page_lists_old_facts_and_says_who_closed(client_of, birth, supervisor):
    birth = closed(birth, supervisor)
    page = client_of(supervisor).get(url_of(birth))
    text = page.content.decode()
    assert birth.case.child.name_in("Thai") in text
    assert "Cannot be found" in text
    assert "Nobody answers the phone" in text
    assert f"by {supervisor.full_name}" in text
    chosen = [field.value() for field in page.context["form"] if field.name.startswith("fact_")]
    assert set(chosen) == {"not_asked"}


def test_a_supervisor_opens_again_in_one_save(cast, client_of, supervisor):
    today = timezone.localdate()
    birth = births.gathering(cast.mae_sot, cast.of("CW"), **births.of_today(phones=("0812345678",)))
    birth = closed(birth, supervisor, on=today)
    answer = client_of(supervisor).post(url_of(birth), posted(today, **{"fact_child.born": "still_true"}))
    assert answer.status_code == 302
    birth.refresh_from_db()
    assert birth.status == "gathering"
    assert FactConfirmed.rows.get().by == supervisor
    page = client_of(supervisor).get(reverse("registration:detail", args=[birth.pk])).content.decode()
    assert "confirmed today by" in page


def test_a_caseworker_is_told_who_opens_and_sends_a_request(client_of, birth, worker, supervisor):
    birth = closed(birth, supervisor)
    client = client_of(worker)
    page = client.get(url_of(birth)).content.decode()
    assert "A closed case is opened again by: Supervisor" in page
    today = timezone.localdate()
    refused = client.post(url_of(birth), posted(today, supervisor=""))
    assert refused.status_code == 422
    assert "Choose who is asked" in refused.content.decode()
    answer = client.post(url_of(birth), posted(today, supervisor=supervisor.pk, **{"fact_child.born": "still_true"}))
    assert answer.status_code == 302
    task = Task.rows.get()
    assert (task.owner, task.due_on, task.state) == (supervisor, today, "to_do")
    assert "Fetch the paper" in task.title
    birth.refresh_from_db()
    assert birth.status == "closed"
    assert FactConfirmed.rows.count() == 1


def test_changed_leads_to_the_right_page_and_comes_back(client_of, birth, supervisor):
    birth = closed(birth, supervisor)
    client = client_of(supervisor)
    answer = client.post(url_of(birth), {"then": "mother.knowledge", "fact_mother.knowledge": "changed"})
    link = birth.parents.get(role="mother")
    assert answer.url == f"{reverse('registration:parent', args=[link.pk])}?next={url_of(birth).replace('/', '%2F')}"
    assert FactConfirmed.rows.get().answer == "changed"
    back = client.post(answer.url, {"mother_knowledge": "absent_contactable", "mother_reason": "Works in Bangkok"})
    assert back.url == url_of(birth)
    link.refresh_from_db()
    assert (link.knowledge, link.reason) == ("absent_contactable", "Works in Bangkok")
    assert "changed today by" in client.get(url_of(birth)).content.decode()


def test_a_strange_way_back_is_not_followed(client_of, birth, worker):
    link = birth.parents.get(role="mother")
    url = f"{reverse('registration:parent', args=[link.pk])}?next=https://example.org/"
    answer = client_of(worker).post(url, {"mother_knowledge": "absent_lost", "mother_reason": "Gone"})
    assert answer.url == reverse("registration:detail", args=[birth.pk])


def test_the_birth_the_case_and_the_search_lead_there(client_of, cast, birth, worker, supervisor):
    client = client_of(worker)
    number, url = birth.case.number, url_of(birth)
    pages = [reverse("registration:detail", args=[birth.pk]), reverse("cases:detail", args=[birth.case_id])]
    assert all(url not in client.get(page).content.decode() for page in pages)
    closed(birth, supervisor)
    assert all(url in client.get(page).content.decode() for page in pages)
    assert url in client.post(reverse("home:search"), {"q": birth.case.child.name_in("Latn")}).content.decode()
    assert number in client.post(reverse("home:search"), {"q": birth.case.child.name_in("Latn")}).content.decode()
    card = client_of(cast.of("PSY")).get(reverse("cases:card", args=[birth.case_id])).content.decode()
    assert "has not been here for a long time" in card


def test_a_family_whose_case_is_closed_today_was_just_here(client_of, birth, worker, supervisor):
    birth = closed(birth, supervisor)
    client, url = client_of(worker), url_of(birth)
    pages = [reverse("registration:detail", args=[birth.pk]), reverse("cases:detail", args=[birth.case_id])]
    birth.case.closed_on = timezone.localdate()
    birth.case.save(update_fields=["closed_on"])
    assert all(url not in client.get(page).content.decode() for page in pages)
    assert url not in client.post(reverse("home:search"), {"q": birth.case.child.name_in("Latn")}).content.decode()
    assert reverse("registration:reopen", args=[birth.pk]) in client_of(supervisor).get(pages[0]).content.decode()
