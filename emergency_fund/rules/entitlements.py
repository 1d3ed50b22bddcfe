"""What stands against a new word on a claim on another source: E-EAF-64 to 67 (reference programmes 2.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from casework.kernel.guards import YES, Verdict, no
from casework.kernel.refusals import Finding, error
from emergency_fund.states import Entitlement, EntitlementStatus, RequestState


def can_follow_up(state: str) -> Verdict:
    """E-EAF-64: after the screening, in which it is first asked; also when the request has ended."""
    if state in (RequestState.SUBMITTED, RequestState.WITHDRAWN):
        return no("E-EAF-64", _("Who pays first by law is noted when the request is screened."))
    return YES


def against_update(
    *, entitlement: str, status: str, amount: Decimal | None, on: date, occurred_on: date, today: date
) -> Iterator[Finding]:
    """E-EAF-65 to 67: a day between what happened and today, an amount where it pays, a source where one is asked."""
    if on > today:
        yield error("E-EAF-65", "on", _("That day is still to come. Check the date."))
    elif on < occurred_on:
        yield error("E-EAF-65", "on", _("That was before it happened. Check the date."))
    if status == EntitlementStatus.RECEIVING and not amount:
        yield error("E-EAF-66", "amount", _("Write how much it pays a month."))
    yield from against_no_source(entitlement, status)


def against_no_source(entitlement: str, status: str) -> Iterator[Finding]:
    """E-EAF-67: only a source that is named can refuse, pay or be asked."""
    if entitlement == Entitlement.NONE and status != EntitlementStatus.NOT_ELIGIBLE:
        yield error("E-EAF-67", "entitlement", _("Choose who should pay, or “not entitled”."))
