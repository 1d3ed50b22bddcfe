"""Whatever moves money of several budget lines holds them in one order: two acts never wait for each other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from casework.approvals.states import Act
from casework.funds.models import BudgetLine
from emergency_fund.models import AssistanceRequest
from emergency_fund.services.appeals import decide_appeal
from emergency_fund.services.asking import end_with_case, take_back
from emergency_fund.services.deciding import assess, decide, recommend, screen
from emergency_fund.services.delivering import expire
from emergency_fund.services.emergencies import help_now
from tests.factories.fund_after import appealed
from tests.factories.funds import make_line

from .test_money_path import FIGURES, NO_LONGER, NOW, SCREENED, ask, second_officer
from .waiting import wait_for_who_waits

pytestmark = pytest.mark.django_db(transaction=True)
NO = {"code": "entitlement", "comment": "The employer pays first"}


@pytest.fixture
def lines(cast) -> tuple[BudgetLine, BudgetLine]:
    """The line with the lower number first; requests are paid from the other one first."""
    kinds = ["health_cost", "nutrition"]
    return tuple(make_line(cast.mae_sot, cast.of("FA"), 10_000, kinds=kinds, name_en=name) for name in ("One", "Two"))


def in_order(lines: tuple[BudgetLine, BudgetLine], act: Callable[[], Any]) -> Any:
    """What the act answers, which waits for the first line while it holds nothing of the other one."""
    answers: list[Any] = []

    def go() -> None:
        try:
            answers.append(act())
        finally:
            connection.close()

    first, second = (BudgetLine.rows.select_for_update(of=("self",), nowait=True).filter(pk=line.pk) for line in lines)
    thread = threading.Thread(target=go)
    with transaction.atomic():
        assert first.get()
        thread.start()
        wait_for_who_waits()
        assert second.get()
    thread.join(20)
    return answers[0]


def screened(cast, case, *asked: tuple[str, int], urgency: str = "72h") -> dict[str, Any]:
    """The facts of a recommendation: the help named first is paid from the second line."""
    earlier = frozenset(AssistanceRequest.rows.values_list("pk", flat=True))
    request = ask(cast, case, *asked, urgency=urgency)
    request = screen(request=request, decided=earlier, by=cast.of("FO"), now=NOW, **SCREENED)
    assess(request=request, figures=FIGURES, by=cast.of("FO"), now=NOW)
    total = sum(line.asked for line in request.lines.all())
    return {"request": request, "total": total, "by": cast.of("FO"), "now": NOW}


def paid_from(request: AssistanceRequest, lines: tuple[BudgetLine, BudgetLine]) -> dict[int, BudgetLine]:
    hospital, food = request.lines.order_by("pk")
    return {hospital.pk: lines[1], food.pk: lines[0]}


def test_from_the_recommendation_to_the_end(cast, case, mother, lines):
    second = second_officer(cast)
    facts = screened(cast, case)
    request = in_order(lines, partial(recommend, budget=paid_from(facts["request"], lines), **facts))
    chosen = {"amounts": {}, "by": second, "now": NOW}
    request = in_order(lines, partial(decide, request=request, act=Act.REJECT, **chosen, **NO))
    appeal = appealed(request, cast.of("CW"))
    granted = {"appeal": appeal, "act": Act.APPROVE, "amounts": {}, "by": cast.of("FA"), "now": NOW}
    in_order(lines, partial(decide_appeal, **granted))
    request.refresh_from_db()
    late = NOW + timedelta(days=100)
    assert in_order(lines, partial(expire, request=request, by=cast.of("FO"), now=late)).state == "expired"


def test_from_help_that_comes_first_to_its_end(cast, case, mother, lines):
    second = second_officer(cast)
    facts = screened(cast, case, ("health_cost", 6000), ("nutrition", 1000), urgency="24h")
    request = recommend(budget=paid_from(facts["request"], lines), **facts)
    request = in_order(lines, partial(help_now, request=request, reason="The child cannot breathe", by=second, now=NOW))
    assert request.state == "approved"
    taken_back = partial(take_back, request=request, reason=NO_LONGER, by=cast.of("CW"), now=NOW)
    assert in_order(lines, taken_back).state == "withdrawn"


def test_all_requests_of_a_case_that_is_closed(cast, case, mother, lines):
    for kind, line in (("health_cost", lines[1]), ("nutrition", lines[0])):
        facts = screened(cast, case, (kind, 500))
        recommend(budget={facts["request"].lines.get().pk: line}, **facts)
    in_order(lines, partial(end_with_case, case=case, by=cast.of("CW"), now=NOW))
    assert set(AssistanceRequest.rows.values_list("state", flat=True)) == {"withdrawn"}
