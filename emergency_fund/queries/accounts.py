"""Accounts that payments went to: the family's last one, and who else was paid to the same."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.reference.queries import term
from emergency_fund.models import AssistanceRequest, Delivery
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules.accounts import Account

SAME_ACCOUNT = f"{PROGRAMME}.families_of_account"


def account_before(request: AssistanceRequest) -> dict[str, Any]:
    """The account of the family's last transfer, under the names of the form; nothing where there was none."""
    sent = Delivery.rows.filter(line__request__family=request.family_id).exclude(account_number="")
    named = ("account_bank", "account_number", "account_holder")
    return sent.order_by("-pk").values(*named).first() or {}


def other_families(account: Account, request: AssistanceRequest) -> int:
    """How many other families, in any office, had a payment to the same account."""
    sent = Delivery.rows.filter(account_number=account.number).exclude(line__request__family=request.family_id)
    return sent.values("line__request__family").distinct().count()


def most_families(on: date) -> int:
    """How many other families may share an account before it is asked about."""
    return int(term(SAME_ACCOUNT, on))
