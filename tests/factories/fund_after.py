"""Requests after their decision, made through the services: rejected, appealed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from casework.accounts.models import User
from casework.approvals.models import Proposal
from casework.approvals.services.proposals import confirm
from casework.approvals.states import Act
from casework.cases.models import Case
from casework.funds.models import BudgetLine
from emergency_fund.models import (
    Appeal,
    AssistanceRequest,
    Collector,
    Complaint,
    Delivery,
    FamilyAccount,
    PostDistributionCheck,
    SampleDraw,
)
from emergency_fund.rules.accounts import Account
from emergency_fund.services import accounts, appeals, complaining, deciding

from .emergency_fund import asked, recommended

WHY = "The employer does not pay, he left the province"


def rejected(
    case: Case, asker: User, officer: User, second: User, budget: BudgetLine, *lines: tuple[str, int]
) -> AssistanceRequest:
    """Asked, recommended, and rejected by a second officer."""
    request = recommended(asked(case, asker, *lines), officer, budget)
    return deciding.decide(
        request=request, act=Act.REJECT, amounts={}, by=second, now=timezone.now(), code="entitlement",
        comment="The employer pays first",
    )  # fmt: skip


def appealed(request: AssistanceRequest, by: User, **facts: Any) -> Appeal:
    """The family does not agree with the decision."""
    now = timezone.now()
    values = {
        "made_by": request.requester, "relation": "mother", "channel": "walk_in", "made_on": timezone.localdate(now),
        "why": WHY,
    }  # fmt: skip
    return appeals.make_appeal(request=request, by=by, now=now, **values | facts)


def account_of_family(request: AssistanceRequest, by: User, second: User, **facts: Any) -> FamilyAccount:
    """The account of the family, written down by one officer and confirmed by another."""
    told = {"bank": "006", "number": "9871234567", "holder": "Naw Paw"} | facts
    now = timezone.now()
    made = accounts.enter_account(request=request, account=Account(**told), by=by, now=now)
    confirm(proposal=Proposal.rows.open().get(kind=accounts.ACCOUNT, subject_id=made.pk), by=second, now=now)
    made.refresh_from_db()
    return made


def drawn(delivery: Delivery) -> PostDistributionCheck:
    """A payment that was drawn: the family is to be asked about it."""
    now = timezone.now()
    SampleDraw.rows.create(delivery=delivery, is_drawn=True, chance=20, at=now)
    return PostDistributionCheck.rows.create(delivery=delivery, drawn_at=now)


def complained(request: AssistanceRequest, by: User, **facts: Any) -> Complaint:
    """The family complains that it takes too long."""
    now = timezone.now()
    values = {
        "kind": "waiting", "told_by": request.requester, "relation": "mother", "channel": "walk_in",
        "told_on": timezone.localdate(now), "what": "They came three times and nobody was there",
    }  # fmt: skip
    return complaining.note_complaint(request=request, by=by, now=now, **values | facts)


def to_be_fetched(request: AssistanceRequest, by: User) -> Collector:
    """Somebody whom who asks for the family named to fetch it."""
    return Collector.rows.create(
        request=request, named_by=request.requester, name="Saw Htoo", relation="Neighbour", paper="Pink card 0-55",
        by=by, at=timezone.now(),
    )  # fmt: skip
