"""No help comes twice: not a kit for each child of a family, not the same again by a request that was on its way."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from casework.aid.models import AidGiven
from casework.approvals.services.chains import act_on
from casework.approvals.states import Act
from casework.people.services.families import add_member
from casework.people.services.merging import merge
from emergency_fund.models import AssistanceRequest
from emergency_fund.queries.kits import members_on
from emergency_fund.services.appeals import decide_appeal
from emergency_fund.services.asking import AskedLine, ask_for_help
from emergency_fund.services.deciding import decide
from emergency_fund.states import RequestState
from tests.factories.cast import make_cast
from tests.factories.fund_after import appealed
from tests.factories.funds import make_line
from tests.factories.people import make_grown_up, make_person

from .test_money_path import LESS, NOW, TODAY, recommended, refused, second_officer
from .test_proof import at_once, family_of

pytestmark = pytest.mark.django_db
LONG_AGO = {"incident": {"kind": "illness", "occurred_on": TODAY - timedelta(days=60)}}
BEFORE = {"received_at": NOW - timedelta(days=40), **LONG_AGO}
"""Asked for in another month, so that no index refuses it."""
LATER = NOW + timedelta(days=31)


def sister_of(case, worker):
    sister = make_person("Eh Paw", born=date(2022, 3, 1), sex="F")
    add_member(family=case.family, person=sister, role="sibling", by=worker)
    return sister


@pytest.fixture
def sister(cast, case):
    return sister_of(case, cast.of("CW"))


def asked_for(cast, case, *lines: tuple[object, str, int], **facts: object) -> AssistanceRequest:
    """A request with a line for each child, kind and amount."""
    made = [AskedLine(child=child, kind=kind, asked=Decimal(baht)) for child, kind, baht in lines]
    values = {
        "requester": make_grown_up(), "channel": "walk_in", "urgency": "72h", "need": "No work since the flood",
        "acknowledged": ("E-EAF-10", "E-EAF-262", "E-EAF-263"),
        "incident": {"kind": "illness", "occurred_on": TODAY - timedelta(days=5)},
    }  # fmt: skip
    return ask_for_help(case=case, lines=made, by=cast.of("CW"), now=NOW, **values | facts)


def others() -> frozenset[int]:
    return frozenset(AssistanceRequest.rows.values_list("pk", flat=True))


def waiting(cast, request, budget) -> AssistanceRequest:
    return recommended(cast, request, budget, decided=others())


def approve(request, by, now=NOW) -> AssistanceRequest:
    request = AssistanceRequest.rows.select_related("approval").get(pk=request.pk)
    act_on(request=request.approval, act=Act.APPROVE, by=by, now=now)
    request.refresh_from_db()
    return request


def test_a_kit_stands_once_on_a_request_whatever_the_children(cast, case, sister):
    two = [(case.child, "hygiene_kit", 450), (sister, "hygiene_kit", 450)]
    assert refused(asked_for, cast, case, *two) == "E-EAF-205"
    assert asked_for(cast, case, two[0], (case.child, "nutrition", 300), (sister, "nutrition", 300)).pk


def test_a_brother_or_sister_gets_no_second_kit_in_the_same_days(cast, case, budget, sister):
    officer = second_officer(cast)
    own = asked_for(cast, case, (case.child, "hygiene_kit", 450), (case.child, "nutrition", 9))
    approve(waiting(cast, own, budget), officer)
    again = asked_for(cast, case, (sister, "hygiene_kit", 450))
    assert refused(waiting, cast, again, budget) == "E-EAF-10"
    food = asked_for(cast, case, (sister, "nutrition", 300))
    assert approve(waiting(cast, food, budget), officer).state == RequestState.APPROVED


def test_what_happened_is_helped_once_and_the_officer_is_told_before_the_approver(cast, case, budget):
    first = waiting(cast, asked_for(cast, case, (case.child, "health_cost", 450)), budget)
    approve(first, second_officer(cast))
    same = (case.child, "health_cost", 90)
    assert refused(asked_for, cast, case, same, acknowledged=["E-EAF-262"]) == "E-EAF-263"
    again = asked_for(cast, case, same, acknowledged=["E-EAF-263"])
    assert refused(waiting, cast, again, budget) == "E-EAF-263"
    other = asked_for(cast, case, same, **LONG_AGO, acknowledged=["E-EAF-262"])
    assert waiting(cast, other, budget).state == RequestState.IN_APPROVAL


def test_another_family_has_a_kit_of_its_own(cast, case, budget, sister):
    officer = second_officer(cast)
    approve(waiting(cast, asked_for(cast, case, (case.child, "hygiene_kit", 450)), budget), officer)
    other, _mother = family_of(cast)
    theirs = waiting(cast, asked_for(cast, other, (other.child, "hygiene_kit", 450)), budget)
    assert approve(theirs, officer).state == RequestState.APPROVED


def test_a_kit_goes_along_with_who_moves_to_another_family(cast, case, budget):
    officer = second_officer(cast)
    approve(waiting(cast, asked_for(cast, case, (case.child, "hygiene_kit", 450)), budget), officer)
    other, _mother = family_of(cast)
    add_member(family=other.family, person=case.child, role="other_relative", by=cast.of("CW"))
    theirs = asked_for(cast, other, (other.child, "hygiene_kit", 450))
    assert refused(waiting, cast, theirs, budget) == "E-EAF-10"


@pytest.mark.parametrize("kind", ["hygiene_kit", "nutrition"])
def test_what_was_promised_since_it_was_recommended_is_not_promised_again(cast, case, budget, kind):
    officer = second_officer(cast)
    first = waiting(cast, asked_for(cast, case, (case.child, kind, 450), **BEFORE), budget)
    second = waiting(cast, asked_for(cast, case, (case.child, kind, 450), (case.child, "health_cost", 100)), budget)
    assert approve(first, officer).state == RequestState.APPROVED
    assert refused(approve, second, officer) == "E-EAF-10"
    assert (AidGiven.rows.count(), second.lines.filter(state="asked").count()) == (1, 2)
    without = {second.lines.get(kind=kind).pk: Decimal(0)}
    second = decide(request=second, act=Act.APPROVE, amounts=without, by=officer, now=NOW, **LESS)
    assert second.state == RequestState.APPROVED
    assert sorted(AidGiven.rows.values_list("kind", flat=True)) == sorted([kind, "health_cost"])


def test_after_its_days_the_same_is_promised_again(cast, case, budget):
    officer = second_officer(cast)
    first = waiting(cast, asked_for(cast, case, (case.child, "hygiene_kit", 450), **BEFORE), budget)
    second = waiting(cast, asked_for(cast, case, (case.child, "hygiene_kit", 450)), budget)
    approve(first, officer)
    assert approve(second, officer, LATER).state == RequestState.APPROVED


@pytest.mark.parametrize("days, answer", [(1, "E-EAF-10"), (31, "granted")])
def test_an_appeal_grants_nothing_that_was_given_meanwhile(cast, case, budget, mother, days, answer):
    officer = second_officer(cast)
    asked = asked_for(cast, case, (case.child, "hygiene_kit", 450), **BEFORE)
    first = waiting(cast, asked, budget)
    first = decide(request=first, act=Act.REJECT, amounts={}, by=officer, now=NOW, **LESS)
    appeal = appealed(first, cast.of("CW"))
    approve(waiting(cast, asked_for(cast, case, (case.child, "hygiene_kit", 450)), budget), officer)
    facts = {"appeal": appeal, "act": Act.APPROVE, "amounts": {}, "by": cast.of("FA"), "comment": "The need is shown"}
    now = NOW + timedelta(days=days)
    if answer == "granted":
        assert decide_appeal(now=now, **facts).state == answer
    else:
        assert refused(decide_appeal, now=now, **facts) == answer


def test_a_record_that_was_merged_counts_once_in_a_kit(cast, case, mother, sister):
    twin = make_person("Eh Paw", born=date(2022, 3, 1), sex="F")
    add_member(family=case.family, person=twin, role="sibling", by=cast.of("CW"))
    request = asked_for(cast, case, (case.child, "hygiene_kit", 450))
    assert len(members_on(request, TODAY)) == 4
    merge(kept=sister, dropped=twin, choices={}, by=cast.of("CW"), confirmed_by=cast.of("SUP"), now=timezone.now())
    assert len(members_on(request, TODAY)) == 3


@pytest.mark.django_db(transaction=True)
def test_two_kits_of_a_family_approved_at_the_same_moment_are_one():
    cast = make_cast()
    case, _mother = family_of(cast)
    sister, officer = sister_of(case, cast.of("CW")), second_officer(cast)
    both = [
        waiting(cast, asked_for(cast, case, (child, "hygiene_kit", 450), **facts), own_budget(cast))
        for child, facts in ((case.child, BEFORE), (sister, {}))
    ]
    assert at_once(2, lambda n: approve(both[n], officer)) == ["E-EAF-10", "approved"]
    assert AidGiven.rows.count() == 1


def own_budget(cast):
    """A budget line for one request alone: nothing else makes two of them wait for each other."""
    return make_line(cast.mae_sot, cast.of("FA"), 900, kinds=["hygiene_kit"])
