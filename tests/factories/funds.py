"""Sources of money and budget lines for tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from casework.accounts.models import Office, User
from casework.funds.models import BudgetEntry, BudgetLine, FundingSource
from casework.funds.services.ledger import post_entry
from casework.funds.states import EntryKind

_number = count(1)


def make_source(**facts: Any) -> FundingSource:
    """A donor's money for the years 2026 and 2027."""
    values = {
        "code": f"D{next(_number)}", "donor": "Lake Foundation", "ceiling": Decimal(1_000_000),
        "starts_on": date(2026, 1, 1), "ends_on": date(2027, 12, 31),
    }  # fmt: skip
    return FundingSource.rows.create(**values | facts)


def make_line(office: Office, by: User, allotted: int | str = 0, **facts: Any) -> BudgetLine:
    """A line of a new source for hygiene kits, with so many baht on it."""
    values = {
        "source": facts.pop("source", None) or make_source(), "programme": "emergency_fund", "name_en": "Hygiene",
        "kinds": ["hygiene_kit"], "ceiling": Decimal(1_000_000),
    }  # fmt: skip
    line = BudgetLine.rows.create(office=office, **values | facts)
    if allotted:
        post(line, EntryKind.ALLOT, allotted, by)
    return line


def post(line: BudgetLine, kind: EntryKind, amount: int | str, by: User, key: str = "", **more: Any) -> BudgetEntry:
    """An entry about the line itself."""
    return post_entry(
        line=line, kind=kind, amount=Decimal(amount), subject=line, key=key or f"test-{next(_number)}", by=by,
        now=timezone.now(), **more,
    )  # fmt: skip
