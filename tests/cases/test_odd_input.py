"""What tired clerks and attackers send to the pages of a case: long texts, odd days, an undone case."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.cases.forms import LONGEST
from casework.cases.models import Case, Consent, Note
from casework.cases.services.records import withdraw_consent
from casework.cases.states import CaseState
from casework.kernel.moves import move
from casework.kernel.refusals import Refusal
from tests.factories import cases
from tests.factories import registration as births
from tests.factories.cases import TODAY
from tests.factories.forms import date_boxes

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def case(cast) -> Case:
    return births.gathering(cast.mae_sot, cast.of("CW")).case


def page(name: str, row) -> str:
    return reverse(f"cases:{name}", args=[row.pk])


def test_a_note_is_some_pages_long_at_most_and_what_was_typed_stays(cast, case, client_of):
    client = client_of(cast.of("CW"))
    refused = client.post(page("note", case), {"text": "ก" * (LONGEST + 1), "readers": "team"})
    assert refused.status_code == 422
    assert "ก" * LONGEST in refused.content.decode()
    assert not Note.rows.exists()
    assert client.post(page("note", case), {"text": "ก" * LONGEST, "readers": "team"}).status_code == 302


def test_an_answer_ends_after_it_was_given_and_does_not_stand_before_a_newer_one(cast, case):
    worker = cast.of("CW")
    with pytest.raises(Refusal) as refused:
        cases.make_consent(case, worker, expires_on=YESTERDAY)
    assert refused.value.code == "CAS-CONS-3"
    newer = cases.make_consent(case, worker, expires_on=TODAY)
    with pytest.raises(Refusal) as refused:
        cases.make_consent(case, worker, given_on=YESTERDAY)
    assert refused.value.code == "CAS-CONS-4"
    cases.make_consent(case, worker)
    assert Consent.rows.get(pk=newer.pk).withdrawn_on == TODAY


def test_a_consent_withdrawn_twice_keeps_its_day(cast, case):
    consent = cases.make_consent(case, cast.of("CW"))
    withdraw_consent(consent=consent, by=cast.of("CW"), today=TODAY)
    withdraw_consent(consent=consent, by=cast.of("SUP"), today=TODAY + dt.timedelta(days=3))
    stored = Consent.rows.get(pk=consent.pk)
    assert (stored.withdrawn_on, stored.withdrawn_by) == (TODAY, cast.of("CW"))


def test_no_step_is_added_to_the_plan_of_an_undone_case(cast, case, client_of):
    client, goal = client_of(cast.of("CW")), cases.submitted_plan(case, cast.of("CW")).goals.first()
    assert client.get(page("step", goal)).status_code == 200
    move(case, CaseState.VOID)
    assert client.post(page("step", goal), {"title": "Ring the ward"}).status_code == 409


@pytest.mark.parametrize(("days", "status"), [(-1, 422), (0, 302)])
def test_a_goal_does_not_end_before_today(client_of, cast, case, days, status):
    day = timezone.localdate() + dt.timedelta(days=days)
    told = {"title": "Has a birth certificate", "domain": "legal", **date_boxes("due_on", day)}
    sent = client_of(cast.of("CW")).post(page("goal", case), told)
    assert sent.status_code == status
    assert ("Give today or a later day." in sent.content.decode()) is (status == 422)
