"""What the ledger says: lines with their sources, gifts of a donor, the rate of a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Sum, When

from casework.accounts.models import Office

from .models import BudgetEntry, BudgetLine, ExchangeRate, FundingSource
from .states import BY_BUDGET, EntryKind


def lines_of(user: Any) -> QuerySet[BudgetLine]:
    """The lines the person looks after, with source and office."""
    rows: QuerySet[BudgetLine] = BudgetLine.objects.visible_to(user)
    return rows.select_related("source", "office").order_by("source__code", "office__code", "name_en")


def has_line(source: FundingSource, office: Office, values: Mapping[str, Any]) -> bool:
    """Whether the source has a line of this name for the office and programme."""
    same = {"programme": values["programme"], "name_en": values["name_en"]}
    return BudgetLine.rows.filter(source=source, office=office, **same).exists()


def given_by(source: FundingSource) -> Decimal:
    """What the source has given to its lines, in the donor's currency."""
    down = Q(kind=EntryKind.LOWER, reverses__isnull=True) | Q(
        kind__in=[EntryKind.ALLOT, EntryKind.RAISE], reverses__isnull=False
    )
    entries = BudgetEntry.rows.filter(line__source=source, kind__in=BY_BUDGET)
    signed = Case(When(down, then=-F("donor_amount")), default=F("donor_amount"))
    return entries.aggregate(given=Sum(signed))["given"] or Decimal(0)


def rate_on(currency: str, on: date) -> ExchangeRate | None:
    """The newest rate of a currency that holds on a day."""
    return ExchangeRate.objects.filter(currency=currency, valid_from__lte=on).order_by("-valid_from").first()
