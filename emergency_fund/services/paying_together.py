"""Several things of one request are paid at once to one payee: one receipt, and each its own entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from casework.accounts.models import User
from casework.kernel.acts import act
from casework.kernel.refusals import Conflict, Refusal, refuse_errors
from emergency_fund.models import AssistanceLine, Delivery
from emergency_fund.queries.payees import payees_of
from emergency_fund.rules import deliveries as rules

from .delivering import next_receipt, pay
from .holding import hold_with_budget


@dataclass(frozen=True, kw_only=True)
class Part:
    """What is paid of one line, and the key under which that happens once."""

    line: AssistanceLine
    amount: Decimal
    key: str


@act
def pay_together(*, parts: Sequence[Part], by: User, now: datetime, **how: Any) -> list[Delivery]:
    """Pay several things to one payee on one receipt, each once for its key; `how` is as `pay` takes it.

    All of them or none. Raises Refusal with E-EAF-219 and 261, Conflict with E-EAF-18 when one of them was paid
    otherwise meanwhile, and as `pay` does: of what is not the first, with the id of its line behind `amount`.
    """
    lines = [part.line for part in parts]
    payees = payees_of(lines, "en")
    requests = [line.request_id for line in lines]
    paid_to = [payees.get(line.pk, "") for line in lines]
    refuse_errors(rules.are_paid_together(lines=[line.pk for line in lines], payees=paid_to, requests=requests))
    request = hold_with_budget(requests[0])
    made = list(Delivery.rows.filter(key__in=[part.key for part in parts]).order_by("pk"))
    if made:
        rules.is_same_payment(made[0].number, is_same=_are_same(made, parts)).insist()
        return made
    number = next_receipt(request, timezone.localdate(now))
    how |= {"number": number, "by": by, "now": now}
    return [_pay(part, f"amount_{part.line.pk}" if place else "amount", how) for place, part in enumerate(parts)]


def _pay(part: Part, amount: str, how: Mapping[str, Any]) -> Delivery:
    """Pay one of them; what speaks against its amount is said of `amount`."""
    try:
        return pay(line=part.line, amount=part.amount, key=part.key, **how)
    except Conflict:
        raise
    except Refusal as refusal:
        named = [replace(one, field=amount if one.field == "amount" else one.field) for one in refusal.findings]
        raise Refusal.of(named) from refusal


def _are_same(made: Sequence[Delivery], parts: Sequence[Part]) -> bool:
    """Whether these very things were paid on one receipt."""
    paid = {(one.key, one.line_id, one.amount) for one in made}
    asked = {(part.key, part.line.pk, part.amount) for part in parts}
    return paid == asked and len({one.number for one in made}) == 1
