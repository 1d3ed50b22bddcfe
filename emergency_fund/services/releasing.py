"""Money of a line on its budget line: posted once for each act, released when it is no longer asked for."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from casework.accounts.models import User
from casework.funds.services.ledger import post_entry
from casework.funds.states import EntryKind
from casework.kernel.moves import move
from emergency_fund.models import AssistanceLine
from emergency_fund.states import LineKind, LineState

from .insurance import drop_insurance


def post(line: AssistanceLine, kind: EntryKind, amount: Decimal, *, by: User, now: datetime) -> None:
    """Write an entry of the line for this version of its request."""
    budget_line: Any = line.budget_line
    key = f"eaf-{line.pk}-{kind}-{line.request.version}"
    post_entry(
        line=budget_line, kind=kind, amount=amount, subject=line, key=key, by=by, now=now,
        reference=line.request.number,
    )  # fmt: skip


def release_line(line: AssistanceLine, *, by: User, now: datetime) -> None:
    """What was reserved for a line is its budget line's again."""
    if line.budget_line is not None:
        post(line, EntryKind.RELEASE, line.asked, by=by, now=now)


def end_line(line: AssistanceLine, to: LineState, *, now: datetime, **facts: Any) -> AssistanceLine:
    """The line is not asked for any more, or not approved; nor is the insurance that was priced for it."""
    if line.kind == LineKind.HEALTH_INSURANCE:
        drop_insurance(line, today=timezone.localdate(now))
    return move(line, to, **facts)
