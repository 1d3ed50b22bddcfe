"""Every month of the demo year at finance, each in the days after it was over. All invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from casework.funds.models import FinanceBatch
from casework.funds.queries.finance import lines_of_batch
from casework.funds.services import finance
from casework.kernel.dates import add_months
from casework.kernel.requests import as_of
from emergency_fund.models import Delivery
from emergency_fund.querysets import PROGRAMME

from .teams import Team
from .way import Step

MONTHS = 12
ANSWERED_AFTER = timedelta(days=8)
ROUNDED = Decimal("0.50")


def past_months(world: Any, team: Team) -> Iterator[Step]:
    """Each month that is over goes to finance on the day after; of the newest one finance was just told."""
    running = world.today.replace(day=1)
    for back in range(MONTHS, 0, -1):
        month = Month(team, add_months(running, -back), is_rounded=back == 2)
        at = min(_ten(month.end), world.now)
        yield at, lambda month=month, at=at: month.export(at)  # type: ignore[misc]
        if back > 1:
            answered = at + ANSWERED_AFTER
            yield answered, lambda month=month, at=answered: month.settle(at)  # type: ignore[misc]


def _ten(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(10, 0)))


class Month:
    """A month of one office at finance."""

    def __init__(self, team: Team, first: date, *, is_rounded: bool) -> None:
        self.team, self.first, self.end, self.is_rounded = team, first, add_months(first, 1), is_rounded
        self.batch: FinanceBatch | None = None

    def export(self, now: datetime) -> None:
        """The manager exports it, where something was paid in it."""
        last = self.end - timedelta(days=1)
        if Delivery.rows.filter(line__request__office=self.team.office, on__range=(self.first, last)).exists():
            with as_of(now):
                self.batch = finance.export_month(
                    office=self.team.office, programme=PROGRAMME, first=self.first,
                    reason="Monthly accounts of the head office", by=self.team.manager, now=now,
                )  # fmt: skip

    def settle(self, now: datetime) -> None:
        """Finance booked the same, or rounded; it is closed."""
        if self.batch is None:
            return
        gap, why = (ROUNDED, "Rounded to whole baht there") if self.is_rounded else (Decimal(0), "")
        answers = {
            own.pk: finance.Booked(amount=own.total - gap, explanation=why) for own in lines_of_batch(self.batch)
        }
        with as_of(now):
            finance.answer_batch(batch=self.batch, answers=answers, by=self.team.manager, now=now)
            finance.close_batch(batch=self.batch, by=self.team.manager, now=now)
