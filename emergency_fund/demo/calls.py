"""Calls about payments over the demo year: drawn by the week, made two days later. All invented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from casework.kernel.requests import as_of
from emergency_fund.after_states import CheckState, ComplaintState
from emergency_fund.models import Complaint, Delivery, PostDistributionCheck
from emergency_fund.services import checking, complaining

from .way import Step

SEED, SHARE = 411, 0.3
CALLERS = {"MS": "somchai.k", "RN": "kanya.s"}
ANSWERS = "preecha.w"
FIRST_DAYS, LAST_DAYS, EVERY = 343, 21, 14
"""Drawn between so many days ago, once in so many days."""
ISSUE_EVERY = 7
"""Of so many families in Mae Sot one says that something was wrong."""


def past_calls(world: Any) -> Iterator[Step]:
    """Each draw and its calls, with their moments."""
    chance, calls = Random(SEED), Calls(world.users)  # noqa: S311
    for days in range(FIRST_DAYS, LAST_DAYS, -EVERY):
        night = _moment(world, days, 2)
        yield night, lambda night=night: draw(night, chance)  # type: ignore[misc]
        for hour, act in ((10, calls.make), (15, calls.answer)):
            at = _moment(world, days - 2, hour)
            yield at, lambda at=at, act=act: act(at)  # type: ignore[misc]


def _moment(world: Any, days: int, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(world.today - timedelta(days=days), time(hour, 0)))


def draw(now: datetime, chance: Random) -> None:
    """Draw of the payments since the last draw, where somebody calls."""
    today = timezone.localdate(now)
    waiting = Delivery.rows.filter(draw__isnull=True, on__lt=today).order_by("pk")
    turn = iter(waiting.values_list("line__request__office__code", flat=True))
    checking.draw_sample(
        today=today, now=now, is_drawn=lambda _chance: next(turn) in CALLERS and chance.random() < SHARE
    )


class Calls:
    """Whoever had no part in a payment asks the family; what was wrong is answered the same day."""

    def __init__(self, users: Mapping[str, Any]) -> None:
        self.users, self.count = users, 0

    def make(self, now: datetime) -> None:
        """Call every family that was drawn."""
        waiting = PostDistributionCheck.rows.filter(state=CheckState.WAITING).select_related(
            "delivery__line__request__office"
        )
        for check in waiting.order_by("pk"):
            code, paid = check.delivery.line.request.office.code, check.delivery.amount
            self.count += 1
            is_wrong = code == "MS" and self.count % ISSUE_EVERY == 0 and paid > 200
            with as_of(now):
                checking.record_check(
                    check=check, result="issues" if is_wrong else "received", by=self.users[CALLERS[code]], now=now,
                    amount=paid - Decimal(50) if is_wrong else paid,
                    said="The driver kept 50 baht for the way." if is_wrong else "",
                )  # fmt: skip

    def answer(self, now: datetime) -> None:
        """Answer what families said was wrong, and tell them."""
        for complaint in Complaint.rows.filter(state=ComplaintState.OPEN, kind="payment").order_by("pk"):
            by = self.users[ANSWERS]
            with as_of(now):
                complaint = complaining.answer_complaint(
                    complaint=complaint, answer="The driver gave the money back and was told not to ask for any.",
                    by=by, now=now,
                )  # fmt: skip
                complaining.close_complaint(complaint=complaint, told_on=timezone.localdate(now), by=by, now=now)
