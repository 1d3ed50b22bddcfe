"""The invented year keeps to the order of days, whenever the demo is begun."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.db.models import F, Sum
from django.utils import timezone

from casework.approvals.models import Absence, ApprovalAction, ApprovalRequest
from casework.cases.models import Case
from casework.cases.queries import without_next_step
from casework.funds.models import BatchEntry, BudgetEntry, BudgetLine, FinanceBatch
from casework.funds.states import EFFECTS, EntryKind
from casework.home.demo_world import load_cast
from casework.programmes.world import World
from casework.reference.queries import term
from casework.stock.demo import load_demo as fill_stores
from emergency_fund.demo import load_demo, year
from emergency_fund.models import AssistanceRequest, Complaint, Delivery, PostDistributionCheck
from emergency_fund.querysets import PROGRAMME

pytestmark = pytest.mark.django_db


def play(today: date, random) -> None:
    offices, users = load_cast(today=today)
    now = timezone.make_aware(datetime.combine(today, time(18, 0)))
    world = World(offices=offices, users=users, today=today, now=now, random=random)
    fill_stores(world)
    load_demo(world)


def in_order(today: date) -> None:
    requests = AssistanceRequest.rows.order_by("pk")
    assert requests.count() > 10
    received = list(requests.values_list("received_at", flat=True))
    assert received == sorted(received) and received[0].date() < today - timedelta(days=300)
    assert not requests.filter(decided_at__lt=F("received_at")).exists()
    assert not Delivery.rows.filter(at__lt=F("line__request__decided_at")).exists()
    assert not ApprovalAction.objects.filter(at__gt=F("request__decided_at")).exists()
    paid = list(Delivery.rows.order_by("pk").values_list("at", flat=True))
    assert paid == sorted(paid) and paid


def entries_make_the_balances() -> None:
    for line in BudgetLine.rows.all():
        sums = dict(BudgetEntry.rows.filter(line=line).order_by().values_list("kind").annotate(Sum("amount")))
        paid = sum(EFFECTS[EntryKind(kind)].disbursed * amount for kind, amount in sums.items())
        assert line.disbursed == paid
    assert BudgetLine.rows.values("source").distinct().count() == 3


@pytest.mark.parametrize("today", [date(2027, 1, 2), date(2027, 1, 17), date(2028, 2, 29)])
def test_everything_happens_in_its_order(today, monkeypatch):
    monkeypatch.setattr(year, "A_MONTH", (2.0,) * 12)  # a small year: the order is the same
    play(today, random=None)
    in_order(today)
    entries_make_the_balances()
    helped = Case.rows.filter(enrolments__programme=PROGRAMME, state="open")
    assert helped.filter(without_next_step()).count() * 2 < helped.count(), "families are seen again, but for a few"


def test_no_family_of_the_demo_asks_for_more_than_it_may_get():
    ceiling = term("emergency_fund.family_ceiling", timezone.localdate())
    for kind, (_words, asked) in year.NEEDS.items():
        most = sum(highest * (2 if what.endswith("*") else 1) for what, _least, highest, _told in asked)
        assert most + (year.DEAR_BELOW if kind == year.DEAR else year.AGAIN_BELOW) <= ceiling


def test_a_number_of_children_leaves_the_fund_empty(world_of_bulk):
    load_demo(world_of_bulk)
    assert not AssistanceRequest.rows.exists()


@pytest.fixture
def world_of_bulk():
    today = date(2026, 11, 27)
    offices, users = load_cast(today=today)
    return World(offices=offices, users=users, today=today, now=timezone.now(), random=None, children=5)  # type: ignore[arg-type]


def test_help_came_first_twice_one_is_away_and_each_month_is_at_finance(monkeypatch):
    monkeypatch.setattr(year, "A_MONTH", (2.0,) * 12)
    today = timezone.localdate()
    play(today, random=None)
    in_order(today)
    approved, waiting = ApprovalRequest.rows.filter(bypassed_by__isnull=False).order_by("bypassed_at")
    assert approved.state == "approved" and approved.bypassed_at < approved.decided_at < approved.due_at
    assert waiting.state == "pending" and waiting.due_at > timezone.now()
    assert set(AssistanceRequest.rows.filter(approval=waiting).values_list("state", flat=True)) == {"in_delivery"}
    absence = Absence.rows.on(today).get()
    assert (absence.user.username, absence.deputy.username) == ("nok.s", "malee.c")
    batches = FinanceBatch.rows.order_by("first_on")
    first = batches[0].first_on
    assert set(BatchEntry.rows.values_list("is_late", flat=True)) == {False}
    assert batches.filter(state="open").count() <= 1 and not batches.filter(created_at__date__lte=first).exists()
    checks = PostDistributionCheck.rows.filter(drawn_at__lt=timezone.now() - timedelta(days=20))
    assert checks.exists() and not checks.filter(state="waiting").exists()
    assert not Complaint.rows.filter(kind="payment", state="open", told_on__lt=today).exists()
