"""Pressed twice, or pressed on a page that is old: what the forms and buttons of the case page do then."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from casework.approvals.models import Proposal
from casework.cases.models import Case, CasePlan, ContactAttempt, Note, Step, Task
from casework.cases.services import plans, records
from tests.factories import cases
from tests.factories import registration as births
from tests.factories.cases import NOW, TODAY
from tests.factories.forms import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast) -> Case:
    return births.gathering(cast.mae_sot, cast.of("CW")).case


def page(name: str, row) -> str:
    return reverse(f"cases:{name}", args=[row.pk])


def key_of(client, case: Case) -> dict[str, str]:
    """The key that the buttons of a case page carry."""
    return {"idempotency_key": client.get(page("detail", case)).context["idempotency_key"]}


def twice(client, address: str, sent: dict) -> list[int]:
    return [client.post(address, sent).status_code for _time in range(2)]


def test_a_note_is_written_once_and_another_note_is_another(cast, case, client_of):
    client = client_of(cast.of("CW"))
    sent = key_of(client, case) | {"text": "She came with her aunt", "readers": "team"}
    assert twice(client, page("note", case), sent) == [302, 302]
    assert Note.rows.count() == 1
    client.post(page("note", case), sent | {"text": "She came alone"})
    assert Note.rows.count() == 2


@pytest.mark.parametrize(
    ("name", "typed", "model"),
    [
        ("call", {"result": "no_answer"}, ContactAttempt),
        ("task", {"title": "Ring the ward"}, Task),
    ],
)
def test_what_is_written_down_twice_stands_once(cast, case, client_of, name, typed, model):
    client = client_of(cast.of("CW"))
    sent = fields_of(client.get(page(name, case))) | typed
    assert twice(client, page(name, case), sent) == [302, 302]
    assert model.rows.filter(case=case).count() == 1


def test_a_step_ticked_twice_stays_done_and_the_other_button_takes_it_back(cast, case, client_of):
    client = client_of(cast.of("CW"))
    step = Step.rows.filter(goal__plan=cases.submitted_plan(case, cast.of("CW"))).first()
    tick = key_of(client, case) | {"done": "yes"}
    twice(client, page("step-tick", step), tick)
    assert Step.rows.get(pk=step.pk).state == "done"
    client.post(page("step-tick", step), {"done": "yes"})  # the page of a colleague, opened before
    assert Step.rows.get(pk=step.pk).state == "done"
    client.post(page("step-drop", step), key_of(client, case))  # a step that is done stays
    assert Step.rows.get(pk=step.pk).state == "done"
    client.post(page("step-tick", step), {"done": "no"})
    assert Step.rows.get(pk=step.pk).state == "to_do"
    assert twice(client, page("step-drop", step), key_of(client, case)) == [302, 302]
    assert Step.rows.get(pk=step.pk).state == "dropped"
    assert step.title not in client.get(page("detail", case)).content.decode()


def test_a_task_ticked_on_an_old_page_stays_done(cast, case, client_of):
    worker = cast.of("CW")
    task = records.add_task(case=case, title="Ring the ward", owner=worker, due_on=TODAY, by=worker, now=NOW)
    for done, state in (("yes", "done"), ("yes", "done"), ("no", "to_do")):
        client_of(worker).post(page("task-tick", task), {"done": done})
        assert Task.rows.get(pk=task.pk).state == state


def test_a_seal_set_meanwhile_is_not_taken_off_by_an_old_page(cast, client_of):
    case = births.gathering(cast.mae_sot, cast.of("SUP")).case  # its lead goes on seeing it
    client = client_of(cast.of("SUP"))
    old = fields_of(client.get(page("seal", case))) | {"reason": "Danger"}
    assert twice(client, page("seal", case), old) == [302, 302]
    assert Case.rows.get(pk=case.pk).is_sealed
    late = client.post(page("seal", case), old | {"idempotency_key": "another"})
    assert late.status_code == 422
    assert Case.rows.get(pk=case.pk).is_sealed
    assert (
        client.post(page("seal", case), fields_of(client.get(page("seal", case))) | {"reason": "Over"}).status_code
        == 302
    )
    assert not Case.rows.get(pk=case.pk).is_sealed


def test_a_caseworker_asks_for_a_seal_and_a_supervisor_sets_it(cast, client_of):
    case = births.gathering(cast.mae_sot, cast.of("CW")).case
    worker, supervisor, ask = client_of(cast.of("CW")), client_of(cast.of("SUP")), page("seal-ask", case)
    assert ask in worker.get(page("detail", case)).content.decode()
    assert worker.post(ask, {"reason": " "}).status_code == 422
    assert worker.post(ask, {"reason": "Her uncle works here"}).status_code == 302
    assert worker.post(ask, {"reason": "Her uncle works here"}).status_code == 422  # it waits already
    proposal = Proposal.rows.get()
    told = reverse("approvals:proposal", args=[proposal.pk])
    shown = supervisor.get(told).content.decode()
    assert case.number in shown and "Her uncle" in shown
    assert worker.post(reverse("approvals:confirm", args=[proposal.pk])).status_code == 409
    assert supervisor.post(reverse("approvals:confirm", args=[proposal.pk])).status_code == 302
    assert Case.rows.get(pk=case.pk).is_sealed
    shown = supervisor.get(told).content.decode()
    assert case.number not in shown and "Her uncle" not in shown
    assert worker.post(ask, {"reason": "Her uncle works here"}).status_code == 409


def test_a_goal_is_taken_out_on_its_page_until_the_plan_is_approved(client_of, cast, case):
    client = client_of(cast.of("CW"))
    cases.make_plan(case, cast.of("CW"))
    review_on = localdate() + timedelta(days=30)
    CasePlan.rows.update(review_on=None)
    early = client.get(page("detail", case)).content.decode()
    assert "Set the review date" in early and "Send for approval" not in early
    plan = plans.set_review_date(case=case, review_on=review_on, by=cast.of("CW"), today=TODAY)
    assert "Send for approval" in client.get(page("detail", case)).content.decode()
    plans.submit_plan(plan=plan, by=cast.of("CW"), now=NOW, today=TODAY)
    out = page("goal-remove", plan.goals.get())
    assert out in client.get(page("detail", case)).content.decode()
    plans.approve_plan(plan=plan, version=plan.version, by=cast.of("SUP"), now=NOW)
    shown = client.get(page("detail", case)).content.decode()
    assert out not in shown and page("goal", case) in shown and page("hold", case) in shown
    Case.rows.filter(pk=case.pk).update(state="closed", closed_on=TODAY, close_reason="withdrawn", stage="closed")
    shown = client.get(page("detail", case)).content.decode()
    assert "Closed on" in shown and page("safety", case) in shown
    assert page("goal", case) not in shown and page("hold", case) not in shown
    assert client.post(out).status_code == 302 and not plans.current_plan(case).goals.exists()
