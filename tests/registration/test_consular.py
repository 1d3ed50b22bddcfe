"""The talk about registration with the family's own state: its page, its refusals, the API."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from registration.models import ConsularStep
from registration.services import office
from tests.factories.registration import registered

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
TALK = {"risk_discussed": "on", "decision": "yes"}


def day_parts(name: str, on: dt.date) -> dict[str, str]:
    return {f"{name}_d": str(on.day), f"{name}_m": str(on.month), f"{name}_y": str(on.year), f"{name}_era": "ce"}


@pytest.fixture
def birth(cast):
    worker = cast.of("CW")
    outcome = registered(cast.mae_sot, worker)
    office.check_outcome(outcome=outcome, by=worker, today=TODAY)
    to = {"to": "Naw Paw", "relation": "mother", "sign": "thumb", "on": TODAY}
    return office.hand_over(birth=outcome.birth, by=worker, today=TODAY, **to).birth


def test_a_talk_is_noted_and_stands_with_its_time_limit(birth, cast, client_of):
    browser, address = client_of(cast.of("CW")), reverse("registration:consular", args=[birth.pk])
    page = reverse("registration:detail", args=[birth.pk])
    assert "Not yet talked about" in browser.get(page).content.decode()
    assert browser.post(address, {**TALK, **day_parts("offered_on", TODAY)}).status_code == 302
    step = ConsularStep.rows.get(birth=birth)
    born = birth.case.child.born_on
    assert (step.decision, step.due_on) == ("yes", born.replace(year=born.year + 1))
    assert "Not yet talked about" not in browser.get(page).content.decode()
    applied = {
        **TALK,
        **day_parts("offered_on", TODAY),
        **day_parts("applied_on", TODAY),
        "result": "Passport asked for",
    }
    assert browser.post(address, applied).status_code == 302
    assert "Passport asked for" in browser.get(page).content.decode()
    assert ConsularStep.rows.filter(birth=birth).count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (day_parts("offered_on", TODAY + dt.timedelta(days=1)), "offered_on"),
        ({"risk_discussed": ""}, "risk_discussed"),
        ({"decision": "later", **day_parts("applied_on", TODAY)}, "applied_on"),
        (day_parts("applied_on", TODAY + dt.timedelta(days=1)), "applied_on"),
    ],
)
def test_a_talk_that_cannot_be_so_is_refused_and_stays_typed(wrong, field, birth, cast, client_of):
    told = {**TALK, **day_parts("offered_on", TODAY), "result": "Nothing yet", **wrong}
    answer = client_of(cast.of("CW")).post(reverse("registration:consular", args=[birth.pk]), told)
    assert answer.status_code == 422 and "Nothing yet" in answer.content.decode()
    assert list(answer.context["form"].errors) == [field]
    assert not ConsularStep.rows.exists()


def test_nobody_of_another_office_notes_it(birth, cast, client_of):
    told = {**TALK, **day_parts("offered_on", TODAY)}
    answer = client_of(cast.of("CW", "RN")).post(reverse("registration:consular", args=[birth.pk]), told)
    assert answer.status_code == 404 and not ConsularStep.rows.exists()
