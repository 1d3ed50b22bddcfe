"""What nobody fetches in time gives its money back each night, once; what waits for somebody of us stays their work."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from casework.aid.models import AidGiven
from casework.audit.models import Event
from casework.funds.models import BudgetEntry
from casework.kernel.refusals import Refusal
from casework.notifications.models import Notice
from casework.programmes.contributions import registry
from emergency_fund import tasks
from emergency_fund.models import AssistanceRequest, InsurancePolicy
from emergency_fund.services import expiring
from emergency_fund.services.cards import order_insurance
from emergency_fund.services.deciding import decide
from emergency_fund.states import LineState, RequestState
from tests.factories.fund_after import appealed

from .insured import approved as insured
from .insured import insurance_line, quoted
from .test_delivering import paid, request_  # noqa: F401  a fixture
from .test_money_path import LESS, NOW, TODAY, amounts, ask, recommended, refused, second_officer
from .test_my_work import shown_to
from .test_pages import page, send

pytestmark = pytest.mark.django_db

PAST = "Approved help that was not paid or fetched in time"


def night(days: int = 61) -> int:
    on = NOW + timedelta(days=days)
    return expiring.expire_by_itself(today=TODAY + timedelta(days=days), now=on)


def events(request: AssistanceRequest) -> int:
    return Event.objects.filter(action="emergency_fund.request.expired", subject_id=request.pk).count()


def past_its_day(request: AssistanceRequest) -> None:
    AssistanceRequest.rows.filter(pk=request.pk).update(expires_on=TODAY - timedelta(days=1))


def test_nothing_expires_on_its_last_day_and_all_of_it_the_night_after(cast, request_, budget):  # noqa: F811
    assert night(60) == 0 and amounts(budget) == (0, 4700, 5300)
    assert night() == 1
    request_.refresh_from_db()
    assert (request_.state, amounts(budget)) == (RequestState.EXPIRED, (0, 0, 10_000))
    assert set(request_.lines.values_list("state", flat=True)) == {LineState.EXPIRED}
    assert set(AidGiven.rows.values_list("state", flat=True)) == {"cancelled"}
    assert set(BudgetEntry.rows.filter(kind="cancel").values_list("by", flat=True)) == {None}
    assert Event.objects.get(action="emergency_fund.request.expired").actor is None
    assert Notice.rows.filter(action="emergency_fund.request.expired", recipient=request_.asked_by).count() == 1


def test_run_twice_it_is_done_once(request_):  # noqa: F811
    assert (night(), night(), events(request_)) == (1, 0, 1)
    assert BudgetEntry.rows.filter(kind="cancel").count() == 2


def test_what_was_fetched_stays_given(cast, request_, budget, mother):  # noqa: F811
    paid(cast, request_.lines.first(), 1000, mother, "h-1")
    assert night() == 1 and amounts(budget) == (0, 0, 9000)
    assert set(AidGiven.rows.values_list("state", "amount")) == {("given", 1000), ("cancelled", 800)}


def test_killed_between_two_requests_the_next_night_does_the_rest(cast, case, request_, budget, monkeypatch):  # noqa: F811
    other = ask(cast, case, ("health_cost", 100), incident={"kind": "illness", "occurred_on": TODAY})
    other = recommended(cast, other, budget, decided=frozenset({request_.pk}))
    decide(request=other, act="approve", amounts={}, by=request_.approval.actions.get().user, now=NOW)
    whole = expiring.expire

    def killed(*, request, **facts):
        if request.pk == other.pk:
            raise KeyboardInterrupt
        return whole(request=request, **facts)

    with monkeypatch.context() as broken:
        broken.setattr(expiring, "expire", killed)
        with pytest.raises(KeyboardInterrupt):
            night()
    assert (events(request_), events(other)) == (1, 0)
    assert night() == 1 and (events(request_), events(other), amounts(budget)) == (1, 1, (0, 0, 10_000))


def test_one_that_is_refused_does_not_stop_the_others_and_becomes_work(cast, request_, monkeypatch):  # noqa: F811
    past_its_day(request_)

    def refusing(**facts):
        raise Refusal("E-BUD-01", "amount", "No")

    with monkeypatch.context() as broken:
        broken.setattr(expiring, "expire", refusing)
        assert night(0) == 0
    item = shown_to(cast.of("FO"))[PAST]
    assert item.reference == request_.number and item.due_on == TODAY - timedelta(days=1)
    assert PAST not in shown_to(cast.of("CSH"))
    assert night(0) == 1 and PAST not in shown_to(cast.of("FO"))


def test_while_the_family_appeals_nothing_expires(cast, case, budget, mother):
    request = recommended(cast, ask(cast, case, requester=mother), budget)
    hospital = request.lines.first()
    request = decide(request=request, act="approve", amounts={hospital.pk: 3000}, by=second_officer(cast), now=NOW,
                     **LESS)  # fmt: skip
    appealed(request, cast.of("CW"))
    past_its_day(request)
    assert night() == 0 and PAST not in shown_to(cast.of("FO"))


def test_an_ordered_insurance_is_left_to_the_fund_officer(cast, case, mother, budget, client_of):
    line = insurance_line(cast, case)
    quoted(cast, line)
    request = insured(cast, line, budget)
    past_its_day(request)
    order_insurance(policy=InsurancePolicy.rows.get(), starts_on=TODAY, by=cast.of("FO"), now=NOW)
    assert night() == 0
    assert PAST in shown_to(cast.of("FO"))
    assert "Let it expire and free the money" in page(client_of(cast.of("FO")), "detail", request.pk).content.decode()
    assert send(client_of(cast.of("FO")), "expire", request.pk).status_code == 302
    assert PAST not in shown_to(cast.of("FO")) and amounts(budget) == (0, 0, 10_000)


def test_an_insurance_that_nobody_ordered_expires(cast, case, mother, budget):
    line = insurance_line(cast, case)
    quoted(cast, line)
    past_its_day(insured(cast, line, budget))
    assert night() == 1


def test_the_task_is_on_the_schedule_and_lets_expire(request_):  # noqa: F811
    assert "emergency_fund.expire" in {job.task for job in registry.gather("schedule")}
    tasks.expire()
    request_.refresh_from_db()
    assert request_.state == RequestState.APPROVED
    past_its_day(request_)
    tasks.expire()
    request_.refresh_from_db()
    assert request_.state == RequestState.EXPIRED


def test_the_page_of_the_line_says_that_the_calendar_did_it(cast, request_, budget, client_of):  # noqa: F811
    night()
    shown = client_of(cast.of("FA")).get(reverse("funds:line", args=[budget.pk])).content.decode()
    assert "by the calendar" in shown


def test_nobody_may_expire_it_before_its_time(cast, request_):  # noqa: F811
    assert refused(expiring.expire, request=request_, by=None, now=NOW) == "E-EAF-34"
