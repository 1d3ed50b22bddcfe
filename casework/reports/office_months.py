"""One month of an office, whose every row a person sees counted, as far as they may be told it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.access.scopes import may_on
from casework.accounts.models import Office

from . import periods
from .audience import Audience, audience_of, boards_of
from .boards import Board
from .figures import Change, Ids, Reading, Words
from .lists import RowList
from .missing import gap_words, missing_from
from .models import ChangeReason, MonthClose
from .months import changes_since, count_month
from .periods import Period
from .present import HIDDEN, ShownStat, restated_text, shown_stat
from .suppression import hides_change, is_small
from .words import said

CLOSE = "reports.month.close"


def language_now() -> str:
    """The language of the person."""
    return (get_language() or "en")[:2]


@dataclass(frozen=True, kw_only=True)
class ToldGap:
    """How many rows something is missing from, and whether the person may see which."""

    key: str
    label: Words
    count: str
    has_list: bool = False
    url: str = ""
    """The page where it lies, where it is no row of the board yet."""


@dataclass(frozen=True, kw_only=True)
class ClosedFigure:
    """A figure of a closed month as it reads now, from what to what it changed, and why."""

    shown: ShownStat
    change: str
    reasons: list[ChangeReason]


@dataclass(kw_only=True)
class OfficeMonth:
    """A month of a board and an office for one person."""

    user: Any
    board: Board
    audience: Audience
    office: Office
    period: Period
    today: date

    def access_place(self) -> tuple[int, list[str]]:
        """Office and programme whose month it is."""
        return self.office.pk, [self.board.key]

    @property
    def is_over(self) -> bool:
        return not self.period.is_partial(self.today)

    @property
    def may_close(self) -> bool:
        return may_on(self.user, CLOSE, self)

    @property
    def hide_below(self) -> int:
        return self.audience.hide_below(frozenset({self.office.pk}))

    @property
    def list_kind(self) -> str:
        return self.audience.list_kind(frozenset({self.office.pk}))

    @cached_property
    def close(self) -> MonthClose | None:
        """The closed month; nothing while it is open."""
        rows = MonthClose.objects.visible_to(self.user).filter(board=self.board.key, office=self.office)
        return rows.filter(month=self.period.first).select_related("closed_by").prefetch_related("reasons__by").first()

    @cached_property
    def reading(self) -> Reading:
        """The figures of the month as they are now."""
        return count_month(
            board=self.board, office=self.office, month=self.period, today=self.today, language=language_now(),
            now=timezone.now(),
        ).reading  # fmt: skip

    @cached_property
    def words(self) -> dict[str, str]:
        return {**said(language_now()), **self.reading.units}

    @cached_property
    def changes(self) -> dict[str, Change]:
        """The figures that read differently since the month was closed."""
        return changes_since(self.close, self.reading, language_now()) if self.close else {}

    def change_told(self, key: str) -> str:
        """From what to what a figure changed, as this person may be told it; nothing where it did not."""
        change = self.changes.get(key)
        return restated_text(change, self.hide_below, self.words, with_reason=False) if change else ""

    def reads_why(self, key: str) -> bool:
        """Whether this person reads why a figure changed: a reason may tell the numbers that are hidden from them."""
        change = self.changes.get(key)
        return change is not None and (self.may_close or not hides_change(change.was, change.now, self.hide_below))

    def told(self, number: int) -> str:
        """A count as this person may be told it."""
        return HIDDEN if is_small(number, self.hide_below) else f"{number:,}"

    def missing(self) -> list[ToldGap]:
        """What is missing: now, or from a closed month when it was closed."""
        if self.close:
            kept = self.close.missing
            return [
                ToldGap(key=key, label=label, count=self.told(kept[key]))
                for key, label in gap_words(self.board).items()
                if kept.get(key)
            ]
        return [
            ToldGap(
                key=gap.key,
                label=gap.label,
                count=self.told(gap.count),
                has_list=bool(gap.is_of_board and self.list_kind) and not is_small(gap.count, self.hide_below),
                url=gap.url,
            )
            for gap in missing_from(self.board, self.office, self.period, self.user)
        ]

    def figures(self) -> list[ClosedFigure]:
        """The figures of the closed month as they read now, and how those read then that differ."""
        if self.close is None:
            return []
        reasons: dict[str, list[ChangeReason]] = {}
        for row in self.close.reasons.all():
            reasons.setdefault(row.key, []).append(row)
        return [
            ClosedFigure(
                shown=shown_stat(stat, self.hide_below, self.words),
                change=self.change_told(stat.key),
                reasons=reasons.get(stat.key, []) if self.reads_why(stat.key) else [],
            )
            for stat in self.reading.stats
            if stat.key in self.close.figures
        ]

    def rows_missing(self, key: str) -> RowList:
        """The rows something is missing from now. Raises Http404 where they are too few to be told, or not theirs."""
        ids: Ids = self.board.gaps(self.office.pk, self.period).get(key, frozenset())
        if not self.list_kind or is_small(len(ids), self.hide_below):
            raise Http404
        return RowList(
            user=self.user,
            board=self.board,
            ids=ids,
            is_open=self.list_kind == "open",
            number=f"{self.board.key} {key}",
            heading=self.board.gap_words[key] if ids else _("Missing"),
        )


def month_for(user: Any, *, board: str, office: int, month: str, today: date) -> OfficeMonth:
    """The month of an office for a person; `month` such as 2026-11.

    Raises Http404 for a board or office they do not see whole, and for a month that has not begun.
    """
    found = next((one for one in boards_of(user) if one.key == board), None)
    if found is None:
        raise Http404
    audience = audience_of(user, found)
    here = next((one for one in audience.offices if one.pk == office), None)
    try:
        period = periods.parse(f"month:{month}")
    except periods.BadPeriod as fault:
        raise Http404 from fault
    if here is None or period.first > today:
        raise Http404
    return OfficeMonth(user=user, board=found, audience=audience, office=here, period=period, today=today)
