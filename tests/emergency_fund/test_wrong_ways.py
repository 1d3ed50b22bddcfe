"""Split requests, changes after the first approval, sources that close while requests wait: each has its way out."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from casework.approvals.states import Act
from casework.funds.models import FundingSource
from casework.people.models import ConflictOfInterest
from emergency_fund.models import AssistanceRequest
from emergency_fund.services.deciding import decide, turn_away
from emergency_fund.services.delivering import pay
from emergency_fund.services.emergencies import help_now
from emergency_fund.states import RequestState
from tests.factories.funds import make_line

from .test_money_path import NOW, amounts, ask, recommended, refused, second_officer
from .test_pages import page, send

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)


def steps(request: AssistanceRequest) -> list[str]:
    return [step["role"] for step in request.approval.steps]


@pytest.mark.parametrize("to", [RequestState.RETURNED, RequestState.INELIGIBLE, RequestState.REFERRED_OUT])
def test_one_officer_returns_what_another_recommends_meanwhile(cast, case, budget, to):
    """The page of the first was open before: what is kept of the line stays with those who decide."""
    asked = ask(cast, case)
    before = AssistanceRequest.rows.get(pk=asked.pk)
    words = {"code": "papers", "told": "The quote of the hospital is missing"}
    facts = {"to": to, "by": second_officer(cast), "now": NOW, **words}
    request = recommended(cast, asked, budget)
    assert refused(turn_away, request=before, **facts) == "E-EAF-38"
    request.refresh_from_db()
    assert (request.state, request.approval.state, amounts(budget)) == ("in_approval", "pending", (4700, 0, 5300))
    act = {"act": Act.RETURN, "amounts": {}, "by": facts["by"], "now": NOW, "code": "papers", "comment": words["told"]}
    returned = decide(request=request, **act)
    assert (returned.state, amounts(budget)) == (RequestState.RETURNED, (0, 0, 10_000)), "by who decides"


def test_before_it_is_recommended_an_officer_turns_it_away(cast, case, budget):
    asked = ask(cast, case)
    words = {"code": "papers", "told": "The quote of the hospital is missing"}
    turned = turn_away(request=asked, to=RequestState.RETURNED, by=cast.of("FO"), now=NOW, **words)
    assert (turned.state, amounts(budget)) == (RequestState.RETURNED, (0, 0, 10_000))


def test_requests_split_under_a_band_are_decided_in_the_band_of_their_sum(cast, case, budget, client_of):
    first = recommended(cast, ask(cast, case, ("health_cost", 4900)), budget)
    assert steps(first) == ["FO"]
    more = make_line(cast.mae_sot, cast.of("FA"), 10_000, kinds=["nutrition"], name_en="Food")
    second = recommended(cast, ask(cast, case, ("nutrition", 4900)), more, decided=frozenset({first.pk}))
    assert (steps(second), second.approval.amount, second.approval.band["weighed"]) == (["FO", "FA"], 4900, "9800.00")
    shown = page(client_of(second_officer(cast)), "decide", second.pk).content.decode()
    assert f"Together with {first.number} this is ฿9,800: it is decided as one amount" in shown
    shown = page(client_of(cast.of("FA")), "decide", first.pk).content.decode()
    assert "decided as one amount" not in shown


@pytest.mark.parametrize("change", [{"received_at": NOW - timedelta(days=31)}, {"state": "rejected"}])
def test_what_was_long_before_or_not_helped_does_not_count(cast, case, budget, change):
    first = recommended(cast, ask(cast, case, ("health_cost", 4900)), budget)
    AssistanceRequest.rows.filter(pk=first.pk).update(**change)
    second = recommended(cast, ask(cast, case, ("nutrition", 4900)), budget, decided=frozenset({first.pk}))
    assert steps(second) == ["FO"]


def test_a_split_is_no_way_around_the_cap_of_emergencies(cast, case, budget):
    more = make_line(cast.mae_sot, cast.of("FA"), 10_000, kinds=["nutrition"], name_en="Food")
    first = recommended(cast, ask(cast, case, ("health_cost", 3500), urgency="24h"), budget)
    second = ask(cast, case, ("nutrition", 4900), urgency="24h")
    second = recommended(cast, second, more, decided=frozenset({first.pk}))
    facts = {"request": second, "reason": "No milk for the twins since two days", "now": NOW}
    assert refused(help_now, by=second_officer(cast), **facts) == "E-APR-08"


def test_changed_after_it_was_asked_for_it_can_only_be_returned(cast, case, budget, client_of):
    request = recommended(cast, ask(cast, case), budget)
    AssistanceRequest.rows.filter(pk=request.pk).update(version=request.version + 1)
    client = client_of(second_officer(cast))
    shown = page(client, "decide", request.pk).content.decode()
    assert "Return it, so that it is asked for again" in shown
    assert 'value="return"' in shown and 'value="approve"' not in shown
    assert send(client, "decide", request.pk, {"act": "approve"}).status_code == 422
    back = {"act": "return", "code": "other", "comment": "It was changed while it waited"}
    assert send(client, "decide", request.pk, back).status_code == 302
    request.refresh_from_db()
    assert (request.state, amounts(budget)) == ("returned", (0, 0, 10_000))


def test_who_knows_the_family_reads_why_and_steps_aside(cast, case, budget, client_of, mother):
    request = recommended(cast, ask(cast, case), budget)
    officer = second_officer(cast)
    ConflictOfInterest.rows.create(user=officer, person=mother, reason="Sister", declared_on=TODAY)
    shown = page(client_of(officer), "decide", request.pk).content.decode()
    assert "You know the family. Somebody else decides." in shown and "Write down my decision" not in shown
    boxes = {f"line_{line.pk}": str(line.asked) for line in request.lines.all()}
    assert send(client_of(officer), "decide", request.pk, {"act": "approve"} | boxes).status_code == 409


@pytest.mark.parametrize("end", [{"state": "closed"}, {"ends_on": TODAY - timedelta(days=1)}])
def test_a_source_that_ends_while_a_request_waits_is_said_with_the_way_out(cast, case, budget, client_of, mother, end):
    request = recommended(cast, ask(cast, case), budget)
    before = {name: getattr(budget.source, name) for name in end}
    FundingSource.rows.update(**end)
    client = client_of(second_officer(cast))
    said = "nothing is approved or paid from it"
    assert said in page(client, "decide", request.pk).content.decode(), "before somebody decides"
    boxes = {f"line_{line.pk}": str(line.asked) for line in request.lines.all()}
    answer = send(client, "decide", request.pk, {"act": "approve"} | boxes)
    assert answer.status_code == 422 and "Return the request" in answer.content.decode()
    request.refresh_from_db()
    assert (request.state, request.approval.actions.count(), amounts(budget)) == ("in_approval", 0, (4700, 0, 5300))
    FundingSource.rows.update(**before)
    assert said not in page(client, "decide", request.pk).content.decode()
    assert send(client, "decide", request.pk, {"act": "approve"} | boxes).status_code == 302
    FundingSource.rows.update(**end)
    line = request.lines.order_by("pk")[0]
    facts = {"line": line, "amount": Decimal(100), "received_by": mother, "relation": "mother", "witness": "",
             "proof": "known_to_staff", "key": "k", "by": cast.of("CSH"), "now": NOW}  # fmt: skip
    assert refused(pay, **facts) == "E-BUD-02"
    FundingSource.rows.update(**before)
    assert pay(**facts).amount == 100


def test_returned_for_its_closed_source_it_is_paid_from_another(cast, case, budget):
    request = recommended(cast, ask(cast, case), budget)
    FundingSource.rows.update(state="closed")
    facts = {"request": request, "by": second_officer(cast), "now": NOW, "amounts": {}}
    assert refused(decide, act=Act.APPROVE, **facts) == "E-BUD-02"
    request = decide(act=Act.RETURN, code="other", comment="The source is closed, choose another line", **facts)
    assert (request.state, amounts(budget)) == ("returned", (0, 0, 10_000))
