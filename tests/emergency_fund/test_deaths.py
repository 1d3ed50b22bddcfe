"""A child died: what the fund still does for that child ends at once; what is for the others goes on (day.md 8)."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from django.db import connection, transaction

from casework.aid.models import AidGiven
from casework.approvals.states import Act
from casework.notifications.models import Notice
from casework.people.models import Person
from casework.people.services.persons import record_death
from emergency_fund.models import AssistanceRequest
from emergency_fund.queries.family import receivers_of
from emergency_fund.queries.kits import members_on
from emergency_fund.queries.renewals import listed
from emergency_fund.services.cards import order_insurance
from emergency_fund.services.deciding import decide
from emergency_fund.services.holding import hold_with_budget
from emergency_fund.states import RequestState
from tests.factories.cast import make_cast
from tests.factories.funds import make_line

from .insured import approved as insured
from .insured import insurance_line, quoted
from .test_delivering import paid
from .test_double_help import approve, asked_for, sister, sister_of, waiting
from .test_money_path import NOW, TODAY, amounts, refused, second_officer
from .test_proof import at_once, family_of
from .test_renewals import days, in_force, tended
from .waiting import wait_for_who_waits

__all__ = ["sister"]
pytestmark = pytest.mark.django_db


def dies(cast, person: Person) -> Person:
    return record_death(person=person, died_on=TODAY, by=cast.of("CW"), today=TODAY)


def approved(cast, case, budget, kind: str) -> AssistanceRequest:
    return approve(waiting(cast, asked_for(cast, case, (case.child, kind, 800)), budget), second_officer(cast))


def states(request: AssistanceRequest) -> list[str]:
    request.refresh_from_db()
    return [request.state, *request.lines.order_by("pk").values_list("state", flat=True)]


def test_what_is_not_paid_goes_back_and_the_others_are_paid(cast, case, budget, mother, sister):
    asked = asked_for(
        cast, case, (case.child, "health_cost", 3000), (case.child, "nutrition", 800), (sister, "nutrition", 500)
    )
    request = approve(waiting(cast, asked, budget), second_officer(cast))
    hospital, food, hers = request.lines.order_by("pk")
    paid(cast, hospital, 100, mother, "h-1")
    assert amounts(budget) == (0, 4200, 5700)
    dies(cast, case.child)
    assert states(request) == ["in_delivery", "cancelled", "cancelled", "approved"]
    assert amounts(budget) == (0, 500, 9400)
    given = AidGiven.rows.filter(child=case.child).order_by("subject_id")
    assert [(aid.state, aid.amount) for aid in given] == [("given", 100), ("cancelled", 800)]
    assert refused(paid, cast, food, 10, mother, "f-1") == "E-EAF-26"
    assert paid(cast, hers, 500, mother, "f-2").pk
    assert states(request)[0] == "delivered"
    assert Notice.rows.filter(recipient=request.asked_by, action="emergency_fund.request.child-died").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_death_and_an_approval_of_the_same_second_wait_for_each_other(cast, case, budget):
    request, officer = (
        waiting(cast, asked_for(cast, case, (case.child, "nutrition", 800)), budget),
        second_officer(cast),
    )

    def death() -> None:
        dies(cast, case.child)
        connection.close()

    thread = threading.Thread(target=death)
    with transaction.atomic():
        hold_with_budget(request.pk)
        thread.start()
        wait_for_who_waits()
        assert approve(request, officer).state == RequestState.APPROVED
    thread.join(20)
    assert Person.rows.get(pk=case.child_id).died_on == TODAY
    assert states(request) == ["withdrawn", "cancelled"] and amounts(budget) == (0, 0, 10_000)


def test_what_waits_for_approval_is_released_and_the_rest_is_decided(cast, case, budget, sister):
    asked = asked_for(cast, case, (case.child, "nutrition", 800), (sister, "nutrition", 500))
    request = waiting(cast, asked, budget)
    dies(cast, case.child)
    assert states(request) == ["in_approval", "cancelled", "asked"] and amounts(budget) == (500, 0, 9500)
    assert approve(request, second_officer(cast)).state == RequestState.APPROVED
    assert amounts(budget) == (0, 500, 9500)


@pytest.mark.parametrize("is_recommended", [True, False])
def test_with_nothing_left_the_request_ends(cast, case, budget, is_recommended):
    request = asked_for(cast, case, (case.child, "nutrition", 800))
    request = waiting(cast, request, budget) if is_recommended else request
    dies(cast, case.child)
    assert states(request) == ["withdrawn", "cancelled"] and amounts(budget) == (0, 0, 10_000)
    assert refused(asked_for, cast, case, (case.child, "nutrition", 800)) == "E-EAF-201"


def test_a_kit_stays_with_the_brothers_and_sisters_and_counts_the_living(cast, case, budget, mother, sister):
    request = approve(
        waiting(cast, asked_for(cast, case, (case.child, "hygiene_kit", 450)), budget), second_officer(cast)
    )
    assert len(members_on(request, TODAY)) == 3
    dies(cast, case.child)
    assert states(request) == ["approved", "approved"] and len(members_on(request, TODAY)) == 2
    dies(cast, sister)
    assert states(request) == ["withdrawn", "cancelled"], "nobody is left for whom the fund helps"


def test_a_kit_for_nobody_goes_back(cast, case, budget, mother):
    request = approve(
        waiting(cast, asked_for(cast, case, (case.child, "hygiene_kit", 450)), budget), second_officer(cast)
    )
    dies(cast, case.child)
    assert states(request) == ["withdrawn", "cancelled"] and amounts(budget) == (0, 0, 10_000)


def test_a_death_that_came_with_a_merge_is_seen_by_each_act(cast, case, budget, mother):
    """The hook is told of a death that is written down; what learns of it otherwise meets the rules."""

    def lives(yes: bool) -> None:
        Person.rows.filter(pk=case.child_id).update(died_on=None if yes else TODAY)

    asked, officer = asked_for(cast, case, (case.child, "nutrition", 800)), second_officer(cast)
    lives(False)
    assert refused(waiting, cast, asked, budget) == "E-EAF-201"
    lives(True)
    AssistanceRequest.rows.update(state=RequestState.SUBMITTED)
    asked.refresh_from_db()
    request = waiting(cast, asked, budget)
    lives(False)
    assert refused(approve, request, officer) == "E-EAF-201"
    reject = {"act": Act.REJECT, "amounts": {}, "by": officer, "now": NOW, "code": "other", "comment": "The child died"}
    lives(True)
    line = approve(request, officer).lines.get()
    lives(False)
    assert refused(paid, cast, line, 10, mother, "f-1") == "E-EAF-201"
    assert refused(decide, request=request, **reject) == "APR-STATE"
    lives(True)
    assert paid(cast, line, 10, mother, "f-1").pk


def test_no_insurance_is_ordered_for_the_dead(cast, case, budget):
    line = insurance_line(cast, case)
    policy = quoted(cast, line)
    insured(cast, line, budget)
    Person.rows.filter(pk=case.child_id).update(died_on=TODAY)
    facts = {"policy": policy, "starts_on": TODAY, "by": cast.of("FO"), "now": NOW}
    assert refused(order_insurance, **facts) == "E-EAF-201"
    Person.rows.filter(pk=case.child_id).update(died_on=None)
    assert order_insurance(**facts).state == "ordered"


def test_the_insurance_of_a_dead_child_is_not_renewed(cast, case, budget):
    in_force(cast, case, budget, days(20))
    assert tended() == (1, 0, 0) and listed(cast.of("CW"), TODAY).exists()
    dies(cast, case.child)
    assert not listed(cast.of("CW"), TODAY).exists()


def test_the_dead_receive_nothing(cast, case, budget, mother):
    request = approve(
        waiting(cast, asked_for(cast, case, (case.child, "nutrition", 800)), budget), second_officer(cast)
    )
    line = request.lines.get()
    assert paid(cast, line, 10, mother, "f-1").pk and mother in {m.person for m in receivers_of(case.family, TODAY)}
    dies(cast, mother)
    assert mother not in {member.person for member in receivers_of(case.family, TODAY)}
    assert refused(paid, cast, line, 20, mother, "f-2") == "E-EAF-15"


@pytest.mark.django_db(transaction=True)
def test_paid_at_the_moment_of_the_death_or_given_back():
    cast = make_cast()
    case, mother = family_of(cast)
    officer, budget = second_officer(cast), make_line(cast.mae_sot, cast.of("FA"), 900, kinds=["nutrition"])
    asked = asked_for(cast, case, (case.child, "nutrition", 800))
    line = approve(waiting(cast, asked, budget), officer).lines.get()
    sister_of(case, cast.of("CW"))

    def press(n: int) -> AssistanceRequest:
        if n:
            dies(cast, case.child)
        else:
            paid(cast, line, 100, mother, "f-1")
        return AssistanceRequest.rows.get()

    assert "withdrawn" in (answers := at_once(2, press)) or "delivered" in answers
    line.refresh_from_db()
    budget.refresh_from_db()
    assert line.state == "cancelled" and (budget.committed, budget.disbursed) == (Decimal(0), line.paid)
