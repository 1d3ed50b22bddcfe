"""For the demo: closed months, of which two read differently now, and templates for donors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from . import services, template_services
from .boards import Board, Scope
from .figures import Ids, Reading
from .measures import Count, Measure, Rate
from .models import MonthClose, Readers
from .months import MONTHS
from .periods import Period, full_months

OPEN_MONTHS = 2


class AsItWas(Board):
    """A board as it read before its newest row was entered."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.key = board.key  # type: ignore[misc]

    def read(self, scope: Scope) -> Reading:
        reading = self.board.read(scope)
        return replace(
            reading, stats=tuple(replace(stat, measure=_before_the_newest(stat.measure)) for stat in reading.stats)
        )

    def gaps(self, office: int, month: Period) -> Mapping[str, Ids]:
        return self.board.gaps(office, month)


def _before_the_newest(measure: Measure) -> Measure:
    newest = frozenset(sorted(measure.ids)[-1:])
    if isinstance(measure, Count):
        return Count(ids=measure.ids - newest)
    return Rate(met=measure.met - newest, of=measure.of - newest) if isinstance(measure, Rate) else measure


def load_months(world: Any, board: Board, office: str, closed_by: str, reason: str) -> None:
    """Close the months of an office. The newest two read differently now; of one of them somebody wrote why."""
    by = world.users[closed_by]
    explained, unexplained, *others = full_months(world.today, MONTHS)[OPEN_MONTHS:]
    for month in reversed((explained, unexplained, *others)):
        was = board if month in others else AsItWas(board)
        _close(world, was, office, month, by)
    close = MonthClose.rows.get(board=board.key, office=world.offices[office], month=explained.first)
    for key in close.figures:
        services.write_reason(close=close, key=key, reason=reason, by=by, now=close.closed_at + timedelta(days=9))


def load_template(
    world: Any, board: Board, written_by: str, figures: Mapping[str, str], boxes: Mapping[str, str], **more: Any
) -> None:
    """A template for a donor: figures with the donor’s labels, and boxes with their hints."""
    told = {
        "readers": Readers.OUTSIDE,
        "figures": [{"key": key, "label": label} for key, label in figures.items()],
        "boxes": [{"heading": heading, "hint": hint} for heading, hint in boxes.items()],
    }
    template_services.add_template(board=board, by=world.users[written_by], now=world.now, **told, **more)


def _close(world: Any, board: Board, office: str, month: Period, by: Any) -> None:
    at = timezone.make_aware(datetime.combine(month.last + timedelta(days=4), time(10, 20)))
    services.close_month(board=board, office=world.offices[office], month=month, remark="", by=by, now=at)
