"""Months of an office that are closed, and what reads differently since then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casework.accounts.models import Office

from .boards import Board, Scope
from .figures import Change, Measure, Reading, Stat
from .models import MonthClose
from .packing import unpacked_measure
from .periods import Period, full_months
from .present import full_text
from .services import Counted, count_board
from .words import said

MONTHS = 12
"""So many months that are over are listed."""


def count_month(*, board: Board, office: Office, month: Period, today: date, language: str, now: datetime) -> Counted:
    """The figures of a month of one office."""
    offices = frozenset({office.pk})
    scope = Scope(period=month, before=None, offices=offices, today=today, language=language)
    return count_board(board=board, scope=scope, now=now)


@dataclass(frozen=True, kw_only=True)
class ListedMonth:
    """A month that is over, how it was closed, and whether it reads differently since."""

    period: Period
    close: MonthClose | None
    is_changed: bool


def listed_months(
    user: Any, board: Board, office: Office, today: date, language: str, now: datetime
) -> list[ListedMonth]:
    """The last months that are over, the newest first; one counting of the board tells which of them changed."""
    months = full_months(today, MONTHS)
    rows = MonthClose.objects.visible_to(user).filter(board=board.key, office=office)
    closes = {close.month: close for close in rows.select_related("closed_by")}
    changed: set[date] = set()
    if closes:
        counted = count_month(board=board, office=office, month=months[-1], today=today, language=language, now=now)
        changed = changed_months(closes, counted.reading, months, language)
    return [
        ListedMonth(period=month, close=closes.get(month.first), is_changed=month.first in changed) for month in months
    ]


def close_of(board: Board, scope: Scope) -> MonthClose | None:
    """How the scope was closed: one month of one office, every row of it; nothing of other scopes."""
    if scope.period.kind != "month" or scope.own_offices or scope.filters or len(scope.offices) != 1:
        return None
    found = MonthClose.rows.filter(board=board.key, office__in=scope.offices, month=scope.period.first)
    return found.select_related("closed_by").prefetch_related("reasons").first()


def changes_since(close: MonthClose, reading: Reading, language: str) -> dict[str, Change]:
    """The figures that read differently from how they were closed, each with the newest reason written for it."""
    words = {**said(language), **reading.units}
    reasons = {row.key: row.reason for row in close.reasons.all()}
    found = {}
    for stat in reading.stats:
        was = _was(close, stat, stat.measure, words)
        if was is not None:
            found[stat.key] = Change(
                key=stat.key, label=stat.label, was=was, now=stat.measure, reason=reasons.get(stat.key, "")
            )
    return found


def _was(close: MonthClose, stat: Stat, now: Measure, words: Mapping[str, str]) -> Measure | None:
    """What a figure was when the month was closed, where it reads differently now."""
    kept = close.figures.get(stat.key)
    if kept is None or stat.of_today:
        return None
    was = unpacked_measure(kept)
    return was if full_text(was, words) != full_text(now, words) else None


def changed_months(
    closes: Mapping[date, MonthClose], reading: Reading, months: Sequence[Period], language: str
) -> set[date]:
    """The first days of the closed months of which a figure reads differently now.

    `months` are those that are over, the newest first, and `reading` is of the oldest of them: of the others each
    figure is told by its months. A figure that has none is compared on the page of its month.
    """
    words = {**said(language), **reading.units}
    changed = set()
    for back, month in enumerate(months):
        close = closes.get(month.first)
        if close is None:
            continue
        then = [(stat, _in_month(stat, back, is_oldest=month is months[-1])) for stat in reading.stats]
        if any(now is not None and _was(close, stat, now, words) is not None for stat, now in then):
            changed.add(month.first)
    return changed


def _in_month(stat: Stat, back: int, *, is_oldest: bool) -> Measure | None:
    """What a figure is of a month so many before the last one, where it is told by month."""
    if is_oldest:
        return stat.measure
    place = len(stat.trend) - 2 - back  # behind it stands the running month
    return stat.trend[place] if place >= 0 else None
