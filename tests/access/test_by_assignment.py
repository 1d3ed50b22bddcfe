"""Grants never merge across offices: an assignment does not carry a role from one office to another (safety.md §1)."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.cases.services.cases import help_today
from tests.factories import cases
from tests.factories.accounts import make_grant, make_worker
from tests.factories.cast import make_cast, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def case(cast):
    """A case of Mae Sot whose plan waits for approval."""
    lead = make_worker("CW", cast.mae_sot)
    made = cases.make_case(cast.mae_sot, lead)
    cases.submitted_plan(made, lead)
    return made


def answer(case, user) -> int:
    """What approving the plan answers; the page of the case offers it to whom it is allowed, and to nobody else."""
    plan, client = case.plans.get(), signed_in(user)
    page, address = reverse("cases:detail", args=[case.pk]), reverse("cases:plan-approve", args=[plan.pk])
    is_offered = address in client.get(page).content.decode()
    answered = client.post(address, {"version": plan.version}).status_code
    assert is_offered == (answered == 302)
    return answered


def helping(case, user):
    """The person, assigned to the case for today."""
    help_today(case=case, user=user, reason="The lead is away today", now=timezone.now())
    return user


def test_a_caseworker_here_who_supervises_elsewhere_does_not_approve_here(cast, case):
    user = make_worker("CW", cast.mae_sot)
    make_grant(user, "SUP", cast.ranong)
    assert answer(case, helping(case, user)) == 403


def test_who_wrote_the_plan_does_not_approve_it_as_a_supervisor_either(cast, case):
    writer = case.lead
    make_grant(writer, "SUP", cast.mae_sot)
    assert answer(case, writer) == 409


def test_a_supervisor_of_the_office_does(cast, case):
    assert answer(case, make_worker("SUP", cast.mae_sot)) == 302


def test_a_supervisor_who_came_from_another_office_to_help_does(cast, case):
    assert answer(case, helping(case, make_worker("SUP", cast.ranong))) == 302
