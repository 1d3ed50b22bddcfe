"""From what a family asks to what is promised: each baht asked for, approved or released, and no help twice."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from casework.aid.models import AidGiven
from casework.approvals.services.chains import act_on
from casework.approvals.states import Act
from casework.funds.models import BudgetLine
from casework.kernel.refusals import Refusal
from emergency_fund.models import AssistanceRequest
from emergency_fund.services.asking import AskedLine, ask_for_help
from emergency_fund.services.deciding import assess, recommend, screen
from emergency_fund.states import RequestState
from tests.factories.accounts import make_grant, make_user

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
FIGURES = {"income": Decimal(3000), "expenses": Decimal(6000), "debt": Decimal(10000), "earners": 0, "dependants": 4,
           "food_days": 2}  # fmt: skip
SCREENED = {"entitlement": "wcf", "status": "applied", "amount": None, "is_referred": False}


def ask(cast, case, *lines: tuple[str, int], **facts: object) -> AssistanceRequest:
    made = [
        AskedLine(child=case.child, kind=kind, modality="cash", asked=Decimal(amount), period=f"{kind}-2026-11")
        for kind, amount in lines or (("health_cost", 3900), ("nutrition", 800))
    ]
    values = {
        "requester": case.child, "channel": "walk_in", "urgency": "72h", "need": "Pneumonia, three nights in hospital",
        "incident": {"kind": "work_injury", "occurred_on": TODAY - timedelta(days=3)}, "has_consent": True,
    }  # fmt: skip
    return ask_for_help(case=case, lines=made, by=cast.of("CW"), now=NOW, **values | facts)


def recommended(cast, request: AssistanceRequest, budget: BudgetLine, **more: object) -> AssistanceRequest:
    officer = cast.of("FO")
    request = screen(request=request, decided=frozenset(), by=officer, now=NOW, **SCREENED | more)
    assess(request=request, figures=FIGURES, by=officer, now=NOW)
    lines = {line.pk: budget for line in request.lines.all()}
    total = sum(line.asked for line in request.lines.all())
    return recommend(request=request, budget=lines, total=total, by=officer, now=NOW)


def second_officer(cast):
    person = make_user("fo.two")
    make_grant(person, "FO", cast.mae_sot)
    return person


def amounts(line: BudgetLine) -> tuple[int, ...]:
    line.refresh_from_db()
    return tuple(int(getattr(line, name)) for name in ("reserved", "committed", "left"))


def refused(call, *args, **more) -> str:
    with pytest.raises(Refusal) as answer:
        call(*args, **more)
    return answer.value.code


def test_asked_reserved_approved_promised(cast, case, budget):
    request = recommended(cast, ask(cast, case), budget)
    assert amounts(budget) == (4700, 0, 5300)
    assert (request.state, request.number) == (RequestState.IN_APPROVAL, f"EAF-MS-{TODAY.year}-0001")
    for maker in ("CW", "FO"):
        assert refused(act_on, request=request.approval, act=Act.APPROVE, by=cast.of(maker), now=NOW) in (
            "E-APR-01", "E-APR-03",
        )  # fmt: skip
    act_on(request=request.approval, act=Act.APPROVE, by=second_officer(cast), now=NOW)
    request.refresh_from_db()
    assert (request.state, amounts(budget)) == (RequestState.APPROVED, (0, 4700, 5300))
    assert {(aid.kind, int(aid.amount), aid.state) for aid in AidGiven.rows.all()} == {
        ("health_cost", 3900, "promised"), ("nutrition", 800, "promised"),
    }  # fmt: skip


@pytest.mark.parametrize("act, state", [(Act.REJECT, "rejected"), (Act.RETURN, "returned")])
def test_what_is_not_approved_is_released(cast, case, budget, act, state):
    request = recommended(cast, ask(cast, case), budget)
    act_on(
        request=request.approval, act=act, by=second_officer(cast), now=NOW, code="papers",
        comment="The quote of the hospital is missing",
    )  # fmt: skip
    request.refresh_from_db()
    assert (request.state, amounts(budget), AidGiven.rows.count()) == (state, (0, 0, 10_000), 0)


def test_each_guard_of_asking_and_its_twin(cast, case):
    def incident(days: int) -> dict:
        return {"kind": "illness", "occurred_on": TODAY - timedelta(days=days)}

    assert refused(ask, cast, case, has_consent=False) == "E-EAF-01"
    assert refused(ask, cast, case, incident=incident(-1)) == "E-EAF-03"
    assert refused(ask, cast, case, incident=incident(181)) == "E-EAF-04"
    assert ask(cast, case, incident=incident(181), old_reason="They were in hospital all the time").pk
    assert ask(cast, case, incident=incident(180)).pk
    case.child.born_on = date(2000, 1, 1)
    case.child.save()
    assert refused(ask, cast, case) == "E-EAF-02"


def test_each_guard_of_screening_and_recommending_and_its_twin(cast, case, budget):
    first = ask(cast, case)
    officer = cast.of("FO")
    assert refused(recommended, cast, first, budget, status="not_checked") == "E-EAF-06"
    other = ask(cast, case)
    plain = {"request": other, "by": officer, "now": NOW, **SCREENED}
    assert refused(screen, decided=frozenset(), **plain) == "E-EAF-05"
    other = screen(decided=frozenset({first.pk}), **plain)
    lines = {line.pk: budget for line in other.lines.all()}
    facts = {"request": other, "budget": lines, "total": Decimal(4700), "by": officer, "now": NOW}
    assert refused(recommend, **facts) == "E-EAF-07"
    assess(request=other, figures=FIGURES, by=officer, now=NOW)
    assert refused(recommend, **facts | {"total": Decimal("4700.01")}) == "E-EAF-08"
    assert refused(recommend, **facts | {"budget": {}}) == "E-EAF-25"
    assert recommend(**facts).state == RequestState.IN_APPROVAL
    assert amounts(budget) == (4700, 0, 5300)


def test_a_family_gets_so_much_in_a_year_what_it_asks_for_included(cast, case, budget):
    ask(cast, case, ("health_cost", 9000))
    second = ask(cast, case, ("nutrition", 6001))
    earlier = frozenset(AssistanceRequest.rows.exclude(pk=second.pk).values_list("pk", flat=True))

    def go(request: AssistanceRequest) -> AssistanceRequest:
        officer = cast.of("FO")
        request = screen(request=request, decided=earlier, by=officer, now=NOW, **SCREENED)
        assess(request=request, figures=FIGURES, by=officer, now=NOW)
        lines, total = {line.pk: budget for line in request.lines.all()}, request.lines.get().asked
        return recommend(request=request, budget=lines, total=total, by=officer, now=NOW)

    assert refused(go, second) == "E-EAF-09"
    second.lines.update(asked=Decimal(6000))
    second.refresh_from_db()
    facts = {"budget": {second.lines.get().pk: budget}, "total": Decimal(6000), "by": cast.of("FO"), "now": NOW}
    assert recommend(request=second, **facts).state == RequestState.IN_APPROVAL


def test_the_same_help_again_only_after_a_month(cast, case, budget):
    first = recommended(cast, ask(cast, case, ("hygiene_kit", 350)), budget)
    act_on(request=first.approval, act=Act.APPROVE, by=second_officer(cast), now=NOW)
    again = ask(cast, case, ("hygiene_kit", 350))
    officer = cast.of("FO")
    again = screen(request=again, decided=frozenset({first.pk}), by=officer, now=NOW, **SCREENED)
    assess(request=again, figures=FIGURES, by=officer, now=NOW)
    facts = {
        "request": again,
        "budget": {again.lines.get().pk: budget},
        "total": Decimal(350),
        "by": officer,
        "now": NOW,
    }
    assert refused(recommend, **facts) == "E-EAF-10"
    AidGiven.rows.update(promised_on=TODAY - timedelta(days=30))
    assert recommend(**facts).state == RequestState.IN_APPROVAL
