"""Help now, approve later: money at once, the others within 72 hours, and what follows when they say no."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone

from casework.aid.models import AidGiven
from casework.approvals.models import ApprovalRequest
from casework.approvals.queries.chains import steps_shown
from casework.approvals.states import Act
from casework.documents.said import said_day
from casework.kernel.refusals import Conflict, Refusal
from casework.notifications.models import Notice
from emergency_fund.documents.family import DecisionPaper
from emergency_fund.models import Appeal, AssistanceRequest, Delivery
from emergency_fund.queries.lists import queue_counts
from emergency_fund.services.appeals import decide_appeal
from emergency_fund.services.asking import take_back
from emergency_fund.services.deciding import decide
from emergency_fund.services.delivering import expire, pay, take_return
from emergency_fund.services.emergencies import help_now
from tests.factories.accounts import make_grant, make_user
from tests.factories.fund_after import appealed
from tests.factories.funds import make_line

from .test_money_path import NO_LONGER, NOW, TODAY, amounts, ask, recommended, refused, second_officer
from .test_pages import page, send

pytestmark = pytest.mark.django_db
WHY = "The child cannot breathe, the hospital asks for a deposit"
NO = {"code": "not_needed", "comment": "The hospital treats such children without a deposit"}


@pytest.fixture
def urgent(cast, case, budget, mother) -> AssistanceRequest:
    """7,000 baht: an officer and the manager decide."""
    request = ask(cast, case, ("health_cost", 6000), ("nutrition", 1000), urgency="24h")
    return recommended(cast, request, budget)


@pytest.fixture
def officer(cast):
    return second_officer(cast)


def paid(cast, request: AssistanceRequest, mother, kind: str, amount: int, **more: object) -> Delivery:
    line = request.lines.get(kind=kind)
    facts = {"received_by": mother, "relation": "mother", "proof": "known_to_staff", "witness": "", "key": f"p-{kind}"}
    return pay(line=line, amount=Decimal(amount), **facts | {"by": cast.of("CSH"), "now": NOW} | more)


def test_helped_first_it_is_paid_at_once_and_approved_by_the_others(cast, urgent, budget, officer, mother):
    request = help_now(request=urgent, reason=WHY, by=officer, now=NOW)
    assert (request.state, amounts(budget)) == ("approved", (0, 7000, 3000))
    assert set(AidGiven.rows.values_list("kind", "state")) == {("health_cost", "promised"), ("nutrition", "promised")}
    paid(cast, request, mother, "health_cost", 6000)
    paid(cast, request, mother, "nutrition", 1000)
    request.refresh_from_db()
    assert (request.state, request.approval.state) == ("in_delivery", "pending")
    assert refused(decide, request=request, act=Act.APPROVE, amounts={}, by=officer, now=NOW) == "E-APR-02"
    back = {"amounts": {}, "now": NOW, "by": cast.of("FA"), "code": "papers", "comment": "The quote is missing"}
    assert refused(decide, request=request, act=Act.RETURN, **back) == "E-APR-13"
    request = decide(request=request, act=Act.APPROVE, amounts={}, by=cast.of("FA"), now=NOW)
    assert (request.state, request.approval.state, amounts(budget)) == ("delivered", "approved", (0, 0, 3000))


def test_what_is_all_paid_and_waits_for_its_approval_is_not_to_be_paid(cast, urgent, officer, mother, client_of):
    request, desk = help_now(request=urgent, reason=WHY, by=officer, now=NOW), client_of(cast.of("CSH"))

    def stands() -> tuple[bool, bool, int]:
        shown = [request.number in page(desk, "list", queue=key).content.decode() for key in ("pay", "paid")]
        return shown[0], shown[1], queue_counts(cast.of("CSH"))["pay"]

    paid(cast, request, mother, "health_cost", 6000)
    assert stands() == (True, False, 1)
    fetch, boss = ("to fetch it", "The cashier pays it"), client_of(cast.of("FA"))
    assert all(words in page(boss, "detail", request.pk).content.decode() for words in fetch)
    assert fetch[0] in page(boss, "list", queue="all").content.decode()
    assert DecisionPaper().context(DecisionPaper().whole(request), language="en", facts={}).fetch.main
    paid(cast, request, mother, "nutrition", 1000)
    request.refresh_from_db()
    assert request.state == "in_delivery" and stands() == (False, True, 0)
    assert not any(words in page(boss, "detail", request.pk).content.decode() for words in fetch)
    assert fetch[0] not in page(boss, "list", queue="all").content.decode()
    assert refused(take_back, request=request, reason="They found money", by=cast.of("CW"), now=NOW) == "E-EAF-188"
    assert not DecisionPaper().context(DecisionPaper().whole(request), language="en", facts={}).fetch.main
    decide(request=request, act=Act.APPROVE, amounts={}, by=cast.of("FA"), now=NOW)
    assert stands() == (False, True, 0)


def test_rejected_afterwards_the_rest_goes_back_and_paid_stays_paid(cast, urgent, budget, officer, mother):
    request = help_now(request=urgent, reason=WHY, by=officer, now=NOW)
    paid(cast, request, mother, "health_cost", 2000)
    request.refresh_from_db()
    request = decide(request=request, act=Act.REJECT, amounts={}, by=cast.of("FA"), now=NOW, **NO)
    assert (request.state, request.told, amounts(budget)) == ("delivered", NO["comment"], (0, 0, 8000))
    assert {(aid.kind, int(aid.amount), aid.state) for aid in AidGiven.rows.exclude(state="cancelled")} == {
        ("health_cost", 2000, "given")
    }


def test_rejected_afterwards_before_anything_was_paid(cast, urgent, budget, officer):
    request = help_now(request=urgent, reason=WHY, by=officer, now=NOW)
    request = decide(request=request, act=Act.REJECT, amounts={}, by=cast.of("FA"), now=NOW, **NO)
    assert (request.state, amounts(budget)) == ("rejected", (0, 0, 10_000))
    assert set(request.lines.values_list("state", "approved")) == {("refused", None)}
    assert not AidGiven.rows.exclude(state="cancelled").exists()


def granted(appeal: Appeal, by, **baht: int) -> Appeal:
    given = {line.pk: Decimal(baht[line.kind]) for line in appeal.request.lines.all()}
    return decide_appeal(
        appeal=appeal,
        act=Act.APPROVE,
        amounts=given,
        by=by,
        now=NOW,
        code="amount",
        comment="So much is shown by papers",
    )


def test_what_was_rejected_afterwards_is_appealed_and_granted(cast, urgent, budget, officer, mother):
    request, later = help_now(request=urgent, reason=WHY, by=officer, now=NOW), NOW + timedelta(seconds=1)
    request = decide(request=request, act=Act.REJECT, amounts={}, by=cast.of("FA"), now=later, **NO)
    assert request.decided_at == later, "the time to appeal runs from the day of the no"
    letter = DecisionPaper().context(DecisionPaper().whole(request), language="en", facts={})
    assert (letter.result, letter.total) == ("no", "7,000.00")
    appeal = appealed(request, cast.of("CW"))
    assert appeal.approval.amount == 7000
    assert refused(granted, appeal, cast.of("FA"), health_cost=6000, nutrition=0) == "E-APR-01"
    granted(appeal, cast.of("PM"), health_cost=6000, nutrition=500)
    request.refresh_from_db()
    assert (request.state, amounts(budget)) == ("approved", (0, 6500, 3500))
    paid(cast, request, mother, "health_cost", 6000)
    paid(cast, request, mother, "nutrition", 500)
    request.refresh_from_db()
    assert (request.state, amounts(budget)) == ("delivered", (0, 0, 3500))


def test_what_was_not_paid_when_it_was_rejected_is_appealed_beside_what_was(
    cast, urgent, budget, officer, mother, client_of
):
    request = help_now(request=urgent, reason=WHY, by=officer, now=NOW)
    paid(cast, request, mother, "health_cost", 2000)
    request = decide(request=request, act=Act.REJECT, amounts={}, by=cast.of("FA"), now=NOW, **NO)
    assert set(request.lines.values_list("state", "approved")) == {("delivered", 2000), ("refused", None)}
    told = Notice.rows.filter(action="emergency_fund.request.rejected-afterwards")
    assert set(told.values_list("recipient", flat=True)) == {request.asked_by_id, officer.pk}
    desk = page(client_of(cast.of("CSH")), "pay", request.pk).content.decode()
    assert "not approved afterwards" in desk and "Until " not in desk
    assert [step.is_refused for step in steps_shown(request.approval, TODAY)] == [False, True]
    appeal = appealed(request, cast.of("CW"))
    granted(appeal, cast.of("PM"), health_cost=4000, nutrition=0)
    request.refresh_from_db()
    assert (request.state, amounts(budget)) == ("in_delivery", (0, 4000, 4000))
    paid(cast, request, mother, "health_cost", 4000, key="p-2")
    request.refresh_from_db()
    assert (request.state, amounts(budget)) == ("delivered", (0, 0, 4000))
    assert AidGiven.rows.get(kind="health_cost", state="given").amount == 6000


def test_a_rest_that_was_granted_on_appeal_and_then_taken_back_is_free(
    cast, urgent, budget, officer
):  # fmt: skip
    request = help_now(request=urgent, reason=WHY, by=officer, now=NOW)
    request = decide(request=request, act=Act.REJECT, amounts={}, by=cast.of("FA"), now=NOW, **NO)
    granted(appealed(request, cast.of("CW")), cast.of("PM"), health_cost=6000, nutrition=1000)
    assert amounts(budget) == (0, 7000, 3000)
    request.refresh_from_db()
    assert take_back(request=request, reason=NO_LONGER, by=cast.of("CW"), now=NOW).state == "withdrawn"
    assert amounts(budget) == (0, 0, 10_000)


def test_what_was_paid_and_then_rejected_is_not_paid_again_but_after_an_appeal(
    cast, urgent, budget, officer, mother, client_of
):
    request = help_now(request=urgent, reason=WHY, by=officer, now=NOW)
    receipt = paid(cast, request, mother, "health_cost", 6000)
    back = {"delivery": receipt, "reason": "The transfer failed", "by": cast.of("CSH"), "now": NOW}
    take_return(amount=Decimal(1000), key="b-1", is_to_pay_again=True, **back)
    request.refresh_from_db()
    assert request.state == "in_delivery", "nobody has said no yet"
    paid(cast, request, mother, "health_cost", 1000, key="p-2")
    request.refresh_from_db()
    request = decide(request=request, act=Act.REJECT, amounts={}, by=cast.of("FA"), now=NOW, **NO)
    assert request.state == "delivered"
    again = {"amount": Decimal(2000), "key": "b-2", "is_to_pay_again": True}
    assert refused(take_return, **again, **back) == "E-EAF-196"
    desk = client_of(cast.of("CSH"))
    assert "then" not in page(desk, "return", receipt.pk).context["form"].fields
    granted(appealed(request, cast.of("CW")), cast.of("PM"), health_cost=0, nutrition=1000)
    assert "then" in page(desk, "return", receipt.pk).context["form"].fields
    take_return(**again, **back)
    line = request.lines.get(kind="health_cost")
    assert (line.state, line.to_pay) == ("partly", 2000)


def test_what_came_back_after_it_was_rejected_is_free(cast, urgent, budget, officer, mother):
    request = help_now(request=urgent, reason=WHY, by=officer, now=NOW)
    receipt = paid(cast, request, mother, "health_cost", 2000)
    request.refresh_from_db()
    decide(request=request, act=Act.REJECT, amounts={}, by=cast.of("FA"), now=NOW, **NO)
    back = {"delivery": receipt, "reason": "The transfer failed", "by": cast.of("CSH"), "now": NOW, "key": "b-1"}
    assert refused(take_return, amount=Decimal(2000), is_to_pay_again=True, **back) == "E-EAF-196"
    take_return(amount=Decimal(2000), **back)
    assert amounts(budget) == (0, 0, 10_000)
    assert AidGiven.rows.get(kind="health_cost").state == "cancelled"


def test_each_guard_of_helping_first_and_its_twin(cast, case, urgent, budget, officer):
    facts = {"reason": WHY, "now": NOW}
    AssistanceRequest.rows.filter(pk=urgent.pk).update(urgency="72h")
    urgent.refresh_from_db()
    assert refused(help_now, request=urgent, by=officer, **facts) == "E-EAF-130"
    AssistanceRequest.rows.filter(pk=urgent.pk).update(urgency="24h")
    urgent.refresh_from_db()
    assert refused(help_now, request=urgent, by=cast.of("FO"), **facts) == "E-APR-01"
    assert refused(help_now, request=urgent, by=cast.of("FA"), **facts) == "E-APR-03"
    assert refused(help_now, request=urgent, by=officer, **facts | {"reason": "Now"}) == "E-APR-07"
    ApprovalRequest.rows.update(band={**urgent.approval.band, "cap": "6999.99"})
    urgent.approval.refresh_from_db()
    assert refused(help_now, request=urgent, by=officer, **facts) == "E-APR-08"
    ApprovalRequest.rows.update(band={**urgent.approval.band, "cap": "7000"})
    urgent.approval.refresh_from_db()
    only = urgent.approval.band | {"steps": urgent.approval.steps[:1]}
    ApprovalRequest.rows.update(band=only)
    urgent.approval.refresh_from_db()
    assert refused(help_now, request=urgent, by=officer, **facts) == "E-EAF-131"
    ApprovalRequest.rows.update(band=only | {"steps": [*only["steps"], {"role": "FA", "quorum": "any"}]})
    urgent.approval.refresh_from_db()
    assert help_now(request=urgent, by=officer, **facts).state == "approved"


def test_an_overdue_approval_stands_against_the_next_emergency(cast, case, urgent, officer, client_of):
    help_now(request=urgent, reason=WHY, by=officer, now=NOW)
    AssistanceRequest.rows.filter(pk=urgent.pk).update(received_at=NOW - timedelta(days=31))  # not one amount with it
    more = make_line(cast.mae_sot, cast.of("FA"), 10_000, kinds=["hygiene_kit"], name_en="More")
    other = ask(cast, case, ("hygiene_kit", 5500), urgency="24h")
    other = recommended(cast, other, more, decided=frozenset({urgent.pk}))
    ApprovalRequest.rows.filter(bypassed_by=officer).update(due_at=NOW - timedelta(hours=1))
    assert refused(help_now, request=other, reason=WHY, by=officer, now=NOW) == "E-APR-09"
    assert "An earlier emergency of yours" in page(client_of(officer), "decide", other.pk).content.decode()
    third = make_user("fo.third")
    make_grant(third, "FO", cast.mae_sot)
    assert help_now(request=other, reason=WHY, by=third, now=NOW).state == "approved"


@pytest.mark.parametrize(("approved", "told"), [({"health_cost": 5000}, "limit"), ({}, "")])
def test_help_first_after_a_lowered_step_keeps_the_reason_of_it(cast, urgent, officer, approved, told):
    steps = [{"role": role, "quorum": "any"} for role in ("FO", "FO", "FA")]
    ApprovalRequest.rows.update(band=urgent.approval.band | {"steps": steps})
    lowered = {urgent.lines.get(kind=kind).pk: Decimal(amount) for kind, amount in approved.items()}
    reason = {"code": told, "comment": "The fund gives no more for this" if told else ""}
    urgent = decide(request=urgent, act=Act.APPROVE, amounts=lowered, by=officer, now=NOW, **reason)
    third = make_user("fo.third")
    make_grant(third, "FO", cast.mae_sot)
    request = help_now(request=urgent, reason=WHY, by=third, now=NOW)
    assert (request.state, request.told_code) == ("approved", told)
    request = decide(request=request, act=Act.APPROVE, amounts={}, by=cast.of("FA"), now=NOW)
    assert (request.approval.state, request.told_code) == ("approved", told)


@pytest.mark.parametrize("how", ["taken back", "expired"])
def test_what_ended_partly_paid_before_it_was_rejected_is_not_appealed(cast, urgent, budget, officer, mother, how):
    request = help_now(request=urgent, reason=WHY, by=officer, now=NOW)
    paid(cast, request, mother, "health_cost", 2000)
    AssistanceRequest.rows.update(expires_on=timezone.localdate(NOW) - timedelta(days=1))
    request.refresh_from_db()
    end = partial(take_back, reason=NO_LONGER) if how == "taken back" else expire
    request = end(request=request, by=cast.of("FO"), now=NOW)
    request = decide(request=request, act=Act.REJECT, amounts={}, by=cast.of("FA"), now=NOW, **NO)
    assert (request.state, amounts(budget)) == ("delivered", (0, 0, 8000))
    assert refused(appealed, request, cast.of("CW")) == "E-EAF-121"


@pytest.fixture
def less(cast, urgent, officer) -> AssistanceRequest:
    """Helped first with 5,000 of 6,000 for the hospital; the manager still decides."""
    steps = [{"role": role, "quorum": "any"} for role in ("FO", "FO", "FA")]
    ApprovalRequest.rows.update(band=urgent.approval.band | {"steps": steps})
    lowered = {urgent.lines.get(kind="health_cost").pk: Decimal(5000)}
    urgent = decide(request=urgent, act=Act.APPROVE, amounts=lowered, by=officer, now=NOW, code="limit",
                    comment="The fund gives no more for this")  # fmt: skip
    third = make_user("fo.third")
    make_grant(third, "FO", cast.mae_sot)
    return help_now(request=urgent, reason=WHY, by=third, now=NOW)


@pytest.mark.parametrize("is_paid", [True, False])
def test_a_family_appeals_when_the_others_have_decided_and_against_what_they_decided(
    cast, less, budget, mother, client_of, is_paid
):
    worker = client_of(cast.of("CW"))
    assert refused(appealed, less, cast.of("CW")) == "E-EAF-127"
    assert page(worker, "appeal", less.pk).status_code == 409
    assert "It can appeal when they have decided" in page(worker, "detail", less.pk).content.decode()
    if is_paid:
        paid(cast, less, mother, "health_cost", 2000)
        less.refresh_from_db()
    request = decide(request=less, act=Act.REJECT, amounts={}, by=cast.of("FA"), now=NOW, **NO)
    assert "The family can appeal until" in page(worker, "detail", request.pk).content.decode()
    appeal = appealed(request, cast.of("CW"))
    request.refresh_from_db()
    assert (request.state, appeal.first_code) == ("delivered" if is_paid else "appeal", NO["code"])
    had = 2000 if is_paid else 0
    assert refused(granted, appeal, cast.of("FA"), health_cost=6000 - had, nutrition=1000) == "E-APR-01"
    granted(appeal, cast.of("PM"), health_cost=6000 - had, nutrition=1000)
    request.refresh_from_db()
    assert (request.state, amounts(budget)) == ("in_delivery" if is_paid else "approved", (0, 7000 - had, 3000))
    paid(cast, request, mother, "health_cost", 6000 - had, key="p-2")
    paid(cast, request, mother, "nutrition", 1000)
    request.refresh_from_db()
    assert (request.state, amounts(budget)) == ("delivered", (0, 0, 3000))
    assert set(AidGiven.rows.exclude(state="cancelled").values_list("kind", "amount", "state")) == {
        ("health_cost", 6000, "given"), ("nutrition", 1000, "given"),
    }  # fmt: skip


def test_the_time_to_appeal_runs_from_the_approval_that_came_after_the_help(cast, less):
    then = NOW - timedelta(days=40)
    AssistanceRequest.rows.update(decided_at=then, received_at=then - timedelta(days=1))
    request = decide(request=less, act=Act.APPROVE, amounts={}, by=cast.of("FA"), now=NOW)
    assert request.decided_at == then, "the family was helped on that day"
    letter = DecisionPaper().context(DecisionPaper().whole(request), language="en", facts={})
    assert letter.appeal == said_day(timezone.localdate(NOW) + timedelta(days=30), "en")
    ApprovalRequest.rows.update(decided_at=NOW - timedelta(days=31))
    assert refused(appealed, request, cast.of("CW")) == "E-EAF-23"
    ApprovalRequest.rows.update(decided_at=NOW)
    request.refresh_from_db()
    appeal = appealed(request, cast.of("CW"))
    assert refused(granted, appeal, cast.of("FA"), health_cost=1000, nutrition=0) == "E-APR-01", "who approved it"
    granted(appeal, cast.of("PM"), health_cost=1000, nutrition=0)
    assert request.lines.get(kind="health_cost").approved == 6000


def test_whoever_paid_before_the_approval_does_not_approve(cast, urgent, officer, mother):
    request = help_now(request=urgent, reason=WHY, by=officer, now=NOW)
    manager = cast.of("FA")
    make_grant(manager, "CSH", cast.mae_sot)
    paid(cast, request, mother, "health_cost", 6000, by=manager)
    request.refresh_from_db()
    assert refused(decide, request=request, act=Act.APPROVE, amounts={}, by=manager, now=NOW) == "E-APR-01"
    assert refused(paid, cast, request, mother, "nutrition", 1000, by=officer) == "E-EAF-16"


@pytest.mark.parametrize("is_paid", [True, False])
@pytest.mark.parametrize("how", ["taken back", "expired"])
def test_what_ends_before_its_approval_is_approved_where_something_was_paid(
    cast, urgent, budget, officer, mother, how, is_paid
):
    request = help_now(request=urgent, reason=WHY, by=officer, now=NOW)
    if is_paid:
        paid(cast, request, mother, "health_cost", 2000)
    AssistanceRequest.rows.update(expires_on=timezone.localdate(NOW) - timedelta(days=1))
    request.refresh_from_db()
    end = partial(take_back, reason=NO_LONGER) if how == "taken back" else expire
    request = end(request=request, by=cast.of("FO"), now=NOW)
    assert amounts(budget) == (0, 0, 8000 if is_paid else 10_000)
    if is_paid:
        assert (request.state, request.approval.state) == ("in_delivery", "pending")
        assert decide(request=request, act=Act.APPROVE, amounts={}, by=cast.of("FA"), now=NOW).state == "delivered"
    else:
        request.approval.refresh_from_db()
        assert request.approval.state == "withdrawn"
        assert request.state == ("withdrawn" if how == "taken back" else "expired")


def test_in_the_browser_from_the_decision_page_to_the_late_approval(cast, urgent, budget, officer, mother, client_of):
    client, manager = client_of(officer), client_of(cast.of("FA"))
    assert "Help now, approve later" in page(client, "decide", urgent.pk).content.decode()
    assert "฿7,000 can be paid at once" in page(client, "help-now", urgent.pk).content.decode()
    short = send(client, "help-now", urgent.pk, {"reason": "now"})
    assert short.status_code == 422 and "Say what the emergency is" in short.content.decode()
    assert send(client, "help-now", urgent.pk, {"reason": WHY}).status_code == 302
    assert send(client, "help-now", urgent.pk, {"reason": WHY}).status_code == 409
    assert urgent.number in page(client_of(cast.of("CSH")), "list").content.decode()
    shown = page(manager, "list").content.decode()
    assert urgent.number in shown and "Helped first" in shown and "approve within 71 hours" in shown
    shown = page(manager, "decide", urgent.pk).content.decode()
    assert "With this ฿7,000 of the ฿15,000 a year" in shown
    assert WHY in shown and 'value="return"' not in shown and 'value="approve"' in shown
    assert "You helped first: get it approved" in client.get("/").content.decode()
    assert "approval is overdue" not in manager.get("/").content.decode()
    ApprovalRequest.rows.update(due_at=timezone.now() - timedelta(hours=5))
    shown = page(manager, "list").content.decode()
    assert 'danger-text">Helped first: approval 5 hours late' in shown
    assert "Helped first, and the approval is overdue" in manager.get("/").content.decode()
    assert "approval is overdue" not in client_of(cast.of("FO")).get("/").content.decode()
    assert send(manager, "decide", urgent.pk, {"act": "approve"}).status_code == 302
    assert "Helped first" not in page(client, "list", queue="all").content.decode()


def test_without_an_emergency_the_button_is_not_there(cast, case, budget, officer, client_of):
    request = recommended(cast, ask(cast, case, ("health_cost", 6000), urgency="72h"), budget)
    client = client_of(officer)
    assert "Help now, approve later" not in page(client, "decide", request.pk).content.decode()
    assert page(client, "help-now", request.pk).status_code == 409
    with pytest.raises((Conflict, Refusal)):
        help_now(request=request, reason=WHY, by=officer, now=NOW)
