"""Requests to the fund at several points of their way, made through the services."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from casework.accounts.models import User
from casework.approvals.states import Act
from casework.cases.models import Case
from casework.cases.services.records import living_consent
from casework.funds.models import BudgetLine
from casework.reference.models import Facility
from emergency_fund.models import AssistanceLine, AssistanceRequest, Delivery, InsurancePolicy
from emergency_fund.queries.insurance import fitting_scheme
from emergency_fund.rules.needs import NeedSaid
from emergency_fund.services import asking, deciding, delivering
from emergency_fund.services.insurance import quote_insurance
from tests.factories.cases import make_consent
from tests.factories.people import make_grown_up

FIGURES = {
    "income": Decimal(3000), "expenses": Decimal(6000), "debt": Decimal(10_000), "earners": 0, "dependants": 4,
    "food_days": 2,
}  # fmt: skip


def asked(case: Case, by: User, *lines: tuple[str, int], **facts: object) -> AssistanceRequest:
    """A family asks for the child of the case: a hospital stay and food, unless lines are named."""
    now = timezone.now()
    if living_consent(case, "emergency_fund", timezone.localdate(now)) is None:
        make_consent(case, by, purpose="emergency_fund")
    wanted = [
        asking.AskedLine(child=case.child, kind=kind, asked=Decimal(amount))
        for kind, amount in lines or (("health_cost", 900), ("nutrition", 800))
    ]
    values = {
        "requester": make_grown_up(), "channel": "walk_in", "urgency": "72h", "need": "Three nights in hospital",
        "acknowledged": ["E-EAF-262", "E-EAF-263"],
        "incident": {"kind": "illness", "occurred_on": timezone.localdate(now) - timedelta(days=3)},
    }  # fmt: skip
    return asking.ask_for_help(case=case, lines=wanted, by=by, now=now, **values | facts)


def recommended(request: AssistanceRequest, officer: User, budget: BudgetLine) -> AssistanceRequest:
    """Screened, assessed and recommended by one officer."""
    now = timezone.now()
    facts = {"entitlement": "none", "status": "not_eligible", "amount": None}
    earlier = frozenset(AssistanceRequest.rows.exclude(pk=request.pk).values_list("pk", flat=True))
    request = deciding.screen(request=request, decided=earlier, by=officer, now=now, **facts)
    needs = [
        NeedSaid(child_id=child, need="food", severity=1) for child in {line.child_id for line in request.lines.all()}
    ]
    deciding.assess(request=request, figures=FIGURES, needs=needs, by=officer, now=now)
    lines = list(request.lines.filter(state="asked"))
    total = sum((line.asked for line in lines), Decimal(0))
    return deciding.recommend(
        request=request, budget={line.pk: budget for line in lines}, total=total, by=officer, now=now
    )


def approved(case: Case, asker: User, officer: User, second: User, budget: BudgetLine) -> AssistanceRequest:
    """Asked, recommended, and approved by a second officer."""
    request = recommended(asked(case, asker), officer, budget)
    return deciding.decide(request=request, act=Act.APPROVE, amounts={}, by=second, now=timezone.now())


def paid(line: AssistanceLine, cashier: User) -> Delivery:
    """All of a line, handed to the first adult of the family."""
    members = line.request.family.members.exclude(person=line.child).select_related("person")
    return delivering.pay(
        line=line, amount=line.to_pay, received_by=members[0].person, relation="mother", proof="known_to_staff",
        witness="", key=f"line-{line.pk}-1", by=cashier, now=timezone.now(),
    )  # fmt: skip


def paid_there(line: AssistanceLine, cashier: User) -> Delivery:
    """All of a line, paid to the hospital that the request names, for its receipt."""
    AssistanceLine.rows.filter(pk=line.pk).update(provider="Mae Sot Hospital")
    return delivering.pay(
        line=line, amount=line.to_pay, provider_receipt="H-0042", key=f"line-{line.pk}-1", by=cashier,
        now=timezone.now(),
    )  # fmt: skip


def insured(line: AssistanceLine, officer: User, **facts: object) -> InsurancePolicy:
    """The insurance of a line, priced by an officer from today on by the child's age."""
    now = timezone.now()
    today = timezone.localdate(now)
    values = {"scheme": fitting_scheme(line.child, today), "starts_on": today}
    where = Facility.objects.filter(is_active=True).order_by("pk")[0]
    return quote_insurance(line=line, hospital=where, by=officer, now=now, **values | facts)
