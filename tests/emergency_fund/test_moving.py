"""Approved help whose source pays no more: two people give it another budget line, and the family can fetch it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from casework.approvals.models import Proposal
from casework.approvals.services.proposals import confirm
from casework.funds.models import BudgetEntry, BudgetLine, FundingSource
from casework.funds.queries.budget import paid_from
from casework.funds.services.budget import close_source, reopen_source
from casework.kernel.refusals import Conflict, Refusal
from casework.notifications.models import Notice
from emergency_fund.queries.budget import as_decided
from emergency_fund.services.delivering import expire, take_return
from emergency_fund.services.moving import propose_moving
from tests.factories.funds import make_line

from .test_delivering import paid, request_  # noqa: F401  a fixture
from .test_money_path import NOW, TODAY, amounts, refused
from .test_my_work import shown_to

pytestmark = pytest.mark.django_db
WHY = "The grant of the lake foundation is over"
STUCK = "Approved help waits for a source that pays no more"
KINDS = ["health_cost", "nutrition"]


def over(line: BudgetLine) -> BudgetLine:
    """The last day of its source was yesterday."""
    FundingSource.rows.filter(pk=line.source_id).update(ends_on=TODAY - timedelta(days=1))
    return BudgetLine.rows.select_related("source").get(pk=line.pk)


def line_of(office, by, amount: int, kinds: list[str] = KINDS) -> BudgetLine:
    made = make_line(office, by, amount, kinds=kinds)
    made.refresh_from_db()
    return made


@pytest.fixture
def other(cast) -> BudgetLine:
    return line_of(cast.mae_sot, cast.of("FA"), 6000)


def proposed(cast, budget, other, chosen, **changes: object) -> Proposal:
    facts = {"line": over(budget), "to": other, "lines": [line.pk for line in chosen], "reason": WHY}
    return propose_moving(**facts | changes, by=cast.of("FA"), now=NOW)


def moved(cast, budget, other, lines) -> None:
    confirm(proposal=proposed(cast, budget, other, lines), by=cast.of("PM"), now=NOW + timedelta(seconds=1))


def test_a_manager_moves_it_in_the_browser_and_the_family_is_paid(cast, client_of, request_, budget, other, mother):  # noqa: F811
    lines = list(request_.lines.order_by("pk"))
    over(budget)
    assert refused(paid, cast, lines[0], 3900, mother, "h-1") == "E-BUD-02"
    page = reverse("emergency_fund:unpaid", args=[budget.pk])
    assert page in client_of(cast.of("FA")).get(reverse("funds:line", args=[budget.pk])).content.decode()
    shown = client_of(cast.of("FA")).get(page).content.decode()
    assert request_.number in shown and "6,000.00" in shown and shown.count("checked") >= 2
    sent = {"lines": [line.pk for line in lines], "to": other.pk, "reason": WHY}
    assert client_of(cast.of("FA")).post(page, sent).status_code == 302
    assert amounts(budget) == (0, 4700, 5300) and amounts(other) == (0, 0, 6000)
    proposal = Proposal.rows.get(kind="emergency_fund.line.move")
    assert refused(confirm, proposal=proposal, by=cast.of("FA"), now=NOW) == "APR-SELF"
    told = client_of(cast.of("PM")).get(reverse("approvals:proposal", args=[proposal.pk])).content.decode()
    assert request_.number in told and WHY in told
    assert client_of(cast.of("PM")).post(reverse("approvals:confirm", args=[proposal.pk])).status_code == 302
    assert amounts(budget) == (0, 0, 10_000) and amounts(other) == (0, 4700, 1300)
    paid(cast, lines[0], 3900, mother, "h-2")
    other.refresh_from_db()
    budget.refresh_from_db()
    assert (other.disbursed, budget.disbursed) == (3900, 0)


def test_entries_are_added_by_two_people_and_the_days_begin_anew(cast, request_, budget, other):  # noqa: F811
    type(request_).rows.filter(pk=request_.pk).update(expires_on=TODAY + timedelta(days=1))
    before = set(BudgetEntry.rows.values_list("pk", flat=True))
    moved(cast, budget, other, request_.lines.all())
    made = BudgetEntry.rows.exclude(pk__in=before)
    assert before <= set(BudgetEntry.rows.values_list("pk", flat=True))
    assert sorted(made.values_list("line", "kind")) == sorted(
        [(budget.pk, "cancel"), (other.pk, "reserve"), (other.pk, "commit")] * 2
    )
    assert set(made.values_list("proposed_by", "by", "reason")) == {(cast.of("FA").pk, cast.of("PM").pk, WHY)}
    request_.refresh_from_db()
    assert request_.expires_on == TODAY + timedelta(days=60)
    assert Notice.rows.filter(action="emergency_fund.request.moved", recipient=request_.asked_by).count() == 1


def test_of_what_is_paid_in_part_the_rest_moves_and_what_comes_back_stays_the_first_donors(
    cast, request_, budget, other, mother  # noqa: F811
):  # fmt: skip
    hospital = request_.lines.order_by("pk").first()
    first = paid(cast, hospital, 1000, mother, "h-1")
    moved(cast, budget, other, [hospital])
    assert amounts(budget) == (0, 800, 8200) and amounts(other) == (0, 2900, 3100)
    assert paid_from(first) == budget
    take_return(
        delivery=first, amount=Decimal(400), reason="The hospital took less", key="b-1", by=cast.of("CSH"), now=NOW
    )
    assert amounts(budget) == (0, 800, 8600) and amounts(other) == (0, 2900, 3100)
    hospital.refresh_from_db()
    paid(cast, hospital, 2900, mother, "h-2")
    assert amounts(other) == (0, 0, 3100)
    told = as_decided(list(request_.lines.order_by("pk")), request_.approval.decided_at)
    assert [line.budget_line for line in told] == [budget, budget]


def test_what_comes_back_to_be_paid_again_is_kept_on_the_new_line(cast, request_, budget, other, mother):  # noqa: F811
    hospital = request_.lines.order_by("pk").first()
    first = paid(cast, hospital, 1000, mother, "h-1")
    moved(cast, budget, other, [hospital])
    facts = {"reason": "The transfer failed", "key": "b-1", "by": cast.of("CSH"), "now": NOW}
    take_return(delivery=first, amount=Decimal(1000), is_to_pay_again=True, **facts)
    assert amounts(budget) == (0, 800, 9200) and amounts(other) == (0, 3900, 2100)


@pytest.mark.parametrize(
    "change, code",
    [
        ({"lines": []}, "E-EAF-217"),
        ({"lines": [10**9]}, "E-EAF-217"),
        ({"reason": "so"}, "E-APR-07"),
    ],
)
def test_what_stands_against_it(cast, request_, budget, other, change, code):  # noqa: F811
    lines = list(request_.lines.all())
    assert refused(proposed, cast, budget, other, lines, **change) == code
    assert proposed(cast, budget, other, lines).state == "open"


def test_the_other_line_has_room_pays_for_that_and_is_of_the_office(cast, request_, budget):  # noqa: F811
    lines, by = list(request_.lines.all()), cast.of("FA")
    small = line_of(cast.mae_sot, by, 4699)
    kits = line_of(cast.mae_sot, by, 9000, ["hygiene_kit"])
    far = line_of(cast.ranong, by, 9000)
    ended = over(line_of(cast.mae_sot, by, 9000))
    codes = [refused(proposed, cast, budget, line, lines) for line in (small, kits, far, budget, ended)]
    assert codes == ["E-BUD-01", "E-BUD-03", "E-EAF-218", "E-EAF-218", "E-BUD-02"]
    assert proposed(cast, budget, line_of(cast.mae_sot, by, 4700), lines)


def test_as_long_as_its_source_pays_nothing_moves(cast, client_of, request_, budget, other):  # noqa: F811
    page = reverse("emergency_fund:unpaid", args=[budget.pk])
    facts = {"to": other, "lines": [line.pk for line in request_.lines.all()], "reason": WHY, "by": cast.of("FA")}
    assert client_of(cast.of("FA")).get(page).status_code == 409
    assert page not in client_of(cast.of("FA")).get(reverse("funds:line", args=[budget.pk])).content.decode()
    assert refused(propose_moving, line=budget, now=NOW, **facts) == "E-EAF-216"
    close_source(source=budget.source, reason="The donor left", by=cast.of("PM"), now=NOW)
    budget.refresh_from_db()
    proposal = propose_moving(line=budget, now=NOW, **facts)
    reopen_source(source=budget.source, reason="The donor stays", by=cast.of("PM"), now=NOW)
    assert refused(confirm, proposal=proposal, by=cast.of("PM"), now=NOW) == "E-EAF-216"


def test_what_was_given_up_meanwhile_is_proposed_again(cast, request_, budget, other):  # noqa: F811
    proposal = proposed(cast, budget, other, request_.lines.all())
    type(request_).rows.filter(pk=request_.pk).update(expires_on=TODAY - timedelta(days=1))
    expire(request=request_, by=None, now=NOW)
    assert refused(confirm, proposal=proposal, by=cast.of("PM"), now=NOW) == "APR-CHANGED"
    assert amounts(other) == (0, 0, 6000)


def test_two_proposals_move_it_once(cast, request_, budget, other):  # noqa: F811
    lines = list(request_.lines.order_by("pk"))
    both, one = proposed(cast, budget, other, lines), proposed(cast, budget, other, lines[:1])
    confirm(proposal=both, by=cast.of("PM"), now=NOW)
    with pytest.raises((Conflict, Refusal)):
        confirm(proposal=one, by=cast.of("PM"), now=NOW)
    assert amounts(other) == (0, 4700, 1300)


def test_it_is_work_of_the_fund_manager_until_it_is_proposed(cast, request_, budget, other):  # noqa: F811
    assert STUCK not in shown_to(cast.of("FA"))
    over(budget)
    found = shown_to(cast.of("FA"))[STUCK]
    assert found.url == reverse("emergency_fund:unpaid", args=[budget.pk]) and found.reference == budget.source.code
    assert STUCK not in shown_to(cast.of("FO")) and STUCK not in shown_to(cast.of("FA", "RN"))
    proposed(cast, budget, other, request_.lines.all())
    assert STUCK not in shown_to(cast.of("FA"))


@pytest.mark.parametrize("role, status", [("FA", 200), ("PM", 403), ("AUD", 403), ("FO", 404), ("CSH", 404)])
def test_only_the_fund_manager_of_the_office_proposes(cast, client_of, request_, budget, role, status):  # noqa: F811
    over(budget)
    page = reverse("emergency_fund:unpaid", args=[budget.pk])
    assert client_of(cast.of(role)).get(page).status_code == status
    assert client_of(cast.of("FA", "RN")).get(page).status_code == 404
