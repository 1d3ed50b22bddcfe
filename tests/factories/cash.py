"""Boxes of cash, and batches for finance, for tests."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from casework.accounts.models import Office, User
from casework.funds.models import BudgetLine, CashBox, CashMovement, FinanceBatch
from casework.funds.services.boxes import move_cash, open_box
from casework.funds.services.finance import export_month
from casework.funds.states import CashKind, EntryKind
from casework.kernel.dates import add_months
from tests.factories.accounts import make_user
from tests.factories.funds import post

_number = count(1)


def make_box(office: Office, keeper: User, balance: int | str = 0, name: str = "") -> CashBox:
    """A box of the office with so much in it."""
    names = {"name_en": name or f"Box {next(_number)}", "name_th": "", "name_my": ""}
    box = open_box(office=office, keeper=keeper, names=names, by=keeper, now=timezone.now())
    if balance:
        move(box, CashKind.FILL, balance, keeper)
        box.refresh_from_db()
    return box


def move(box: CashBox, kind: CashKind, amount: int | str, by: User, key: str = "", **more: Any) -> CashMovement:
    """A movement of the box."""
    return move_cash(
        box=box, kind=kind, amount=Decimal(amount), key=key or f"test-{next(_number)}", by=by, now=timezone.now(),
        **_of_the_bank(kind, by) | more,
    )  # fmt: skip


def _of_the_bank(kind: CashKind, by: User) -> dict[str, Any]:
    if kind not in (CashKind.FILL, CashKind.TO_BANK):
        return {}
    return {
        "reference": f"SLIP-{next(_number)}", "confirmed_by": User.objects.exclude(pk=by.pk).first() or make_user()
    }  # fmt: skip


def make_batch(line: BudgetLine, by: User) -> FinanceBatch:
    """The last month of the line's office, with fifty baht paid in it."""
    first = add_months(timezone.localdate().replace(day=1), -1)
    for kind in (EntryKind.RESERVE, EntryKind.COMMIT, EntryKind.DISBURSE):
        post(line, kind, 50, by, on=first)
    return export_month(
        office=line.office, programme=line.programme, first=first, reason="For the accounts", by=by, now=timezone.now()
    )
