"""Accounts of families: the one that holds, whether another waits to be confirmed, and who else was paid to it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils import timezone

from casework.access.scopes import may
from casework.approvals.models import Proposal
from casework.kernel.subjects import subject_type
from casework.reference.queries import term
from emergency_fund.models import AssistanceLine, AssistanceRequest, Delivery, FamilyAccount
from emergency_fund.querysets import ENTER_ACCOUNT, PROGRAMME
from emergency_fund.rules.accounts import can_name_account
from emergency_fund.states import AccountState

from .interests import may_work_on

ACCOUNT = "emergency_fund.account"
"""The kind of proposal by which an account is confirmed."""
SAME_ACCOUNT = f"{PROGRAMME}.families_of_account"


def account_of(family: int) -> FamilyAccount | None:
    """The account to which money of a family is sent: the last one that was confirmed."""
    return _confirmed().filter(family=family).order_by("-confirmed_at").first()


def accounts_of(lines: Collection[AssistanceLine]) -> dict[int, FamilyAccount]:
    """The account of each family of these lines, by the family."""
    rows = _confirmed().filter(family__in={line.request.family_id for line in lines}).order_by("confirmed_at")
    return {row.family_id: row for row in rows}


def _confirmed() -> Any:
    return FamilyAccount.rows.filter(state=AccountState.CONFIRMED)


def account_context(request: AssistanceRequest, user: Any) -> dict[str, Any]:
    """The account for the page of a request: for who may write it down, and nothing for anybody else."""
    office_id, programmes = request.access_place()
    if may(user, ENTER_ACCOUNT, office_id=office_id, programmes=programmes) is None:
        return {}
    entered = FamilyAccount.rows.filter(family=request.family_id, state=AccountState.WAITING)
    waiting = Proposal.rows.open().filter(
        kind=ACCOUNT, subject_type=subject_type(FamilyAccount()), subject_id__in=entered.values("pk")
    )
    is_free = bool(can_name_account(request.state) and may_work_on(request, user, timezone.localdate()))
    return {
        "account": account_of(request.family_id), "account_waits": waiting.order_by("-pk").first(),
        "may_name_account": is_free,
    }  # fmt: skip


def other_families(account: FamilyAccount, request: AssistanceRequest) -> int:
    """How many other families, in any office, had a payment to the same account."""
    sent = Delivery.rows.filter(account_number=account.number).exclude(line__request__family=request.family_id)
    return sent.values("line__request__family").distinct().count()


def most_families(on: date) -> int:
    """How many other families may share an account before it is asked about."""
    return int(term(SAME_ACCOUNT, on))
