"""Boxes of cash for tests."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from casework.accounts.models import Office, User
from casework.funds.models import CashBox, CashMovement
from casework.funds.services.boxes import move_cash, open_box
from casework.funds.states import CashKind

_number = count(1)


def make_box(office: Office, keeper: User, balance: int | str = 0, name: str = "") -> CashBox:
    """A box of the office with so much in it."""
    names = {"name_en": name or f"Box {next(_number)}", "name_th": "", "name_my": ""}
    box = open_box(office=office, keeper=keeper, names=names, by=keeper, now=timezone.now())
    if balance:
        move(box, CashKind.FILL, balance, keeper, reference="BBL 1")
        box.refresh_from_db()
    return box


def move(box: CashBox, kind: CashKind, amount: int | str, by: User, key: str = "", **more: Any) -> CashMovement:
    """A movement of the box."""
    return move_cash(
        box=box, kind=kind, amount=Decimal(amount), key=key or f"test-{next(_number)}", by=by, now=timezone.now(),
        **({"reference": "BBL 1"} if kind == CashKind.FILL else {}) | more,
    )  # fmt: skip
