"""A donor's month in its own currency: what came and was paid at the rate of its day, what is promised at the last."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Q, Sum, When

from casework.funds.models import BudgetEntry, BudgetLine, ExchangeRate
from casework.funds.states import EFFECTS, EntryKind

IS_MONEY = [kind for kind, effect in EFFECTS.items() if effect.allotted or effect.disbursed]
"""Kinds by which money comes or goes; the others promise it, or give a promise back."""


@dataclass
class Converted:
    """What came and was paid before the month and in it, unrounded; the rates that were used; the first day without."""

    opening: Decimal = field(default=Decimal(0))
    allotted: Decimal = field(default=Decimal(0))
    paid: Decimal = field(default=Decimal(0))
    rates: list[ExchangeRate] = field(default_factory=list)
    missing_on: date | None = None

    def use(self, rate: ExchangeRate) -> None:
        """Note a rate of the month."""
        if rate not in self.rates:
            self.rates.append(rate)


class Rates:
    """The rates of a currency up to a day, in their order."""

    def __init__(self, currency: str, until: date) -> None:
        rows = ExchangeRate.objects.filter(currency=currency, valid_from__lte=until)
        self.rows = list(rows.order_by("valid_from"))
        self.days = [row.valid_from for row in self.rows]

    def on(self, day: date) -> ExchangeRate | None:
        """The one that holds on a day."""
        place = bisect_right(self.days, day)
        return self.rows[place - 1] if place else None


def converted(lines: Iterable[BudgetLine], rates: Rates, first: date, last: date) -> Converted:
    """What came to the lines and was paid from them until the end of a month, each entry at the rate of its day.

    Gifts count with what the donor sent. The first day whose entry has no rate is told.
    """
    total = Converted()
    for row in _by_day([line.pk for line in lines], last):
        amount, rate = row["own"] or Decimal(0), rates.on(row["on"])
        if row["baht"]:
            if rate is None:
                total.missing_on = row["on"]
                return total
            amount += row["baht"] / rate.baht
        effect, is_before = EFFECTS[EntryKind(row["kind"])], row["on"] < first
        if is_before:
            total.opening += (effect.allotted - effect.disbursed) * amount
        else:
            total.allotted += effect.allotted * amount
            total.paid += effect.disbursed * amount
            if rate is not None:
                total.use(rate)
    return total


def _by_day(lines: Sequence[int], last: date) -> Any:
    """Kind and day of entries of money, with what the donor sent and the baht of those without it."""
    minus = Q(reverses__isnull=False)
    baht = Case(When(minus, then=-F("amount")), default=F("amount"))
    own = Case(When(minus, then=-F("donor_amount")), default=F("donor_amount"))
    rows = BudgetEntry.rows.filter(line__in=lines, on__lte=last, kind__in=IS_MONEY).order_by("on").values("on", "kind")
    return rows.annotate(own=Sum(own), baht=Sum(baht, filter=Q(donor_amount__isnull=True)))
