"""One counting of a board for one person and one filter: what the dashboard, its lists and its exports share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language

from . import periods
from .audience import Audience, audience_of, boards_of, filters_for
from .boards import Board, Scope
from .figures import Change, Reading
from .filters import Chosen, in_words
from .forms import FilterForm
from .models import MonthClose
from .months import changes_since, close_of
from .periods import Period
from .present import ShownStat, ShownTable, shown_stat, shown_table
from .rules import against_filters
from .services import Counted, count_board
from .suppression import MASKED
from .words import narrowed_text, said


@dataclass
class Counting:
    """A person's choice and what is counted for it."""

    user: Any
    board: Board
    audience: Audience
    form: FilterForm
    today: date

    @cached_property
    def language(self) -> str:
        return (get_language() or "en")[:2]

    @cached_property
    def period(self) -> Period:
        """The chosen period, this year when it cannot be read."""
        return self.form.cleaned_data.get("span") or periods.year(self.today.year)

    @cached_property
    def before(self) -> Period | None:
        """The period compared with, cut to as many days as the running one has had."""
        how = self.form.cleaned_data.get("compare") or "before"
        if how == "none":
            return None
        other = self.period.year_before() if how == "year" else self.period.before()
        return other.as_far_as(self.period, self.today)

    @cached_property
    def chosen(self) -> frozenset[int]:
        """The offices counted."""
        offices = frozenset(office.pk for office in self.audience.all_offices)
        one = self.form.cleaned_data.get("office")
        return offices & {int(one)} if one else offices

    @cached_property
    def filters(self) -> Chosen:
        """The filters at work; none where one of them is refused."""
        return self.form.cleaned_data.get("filters") or ()

    @cached_property
    def filter_words(self) -> list[str]:
        """Each filter at work with its value."""
        return in_words(self.board.filters, self.filters, self.chosen)

    @property
    def narrowed_text(self) -> str:
        """The filters at work as a file says them; nothing without one."""
        return narrowed_text(self.filter_words, self.user, said(self.language))

    @cached_property
    def scope(self) -> Scope:
        wide = frozenset(office.pk for office in self.audience.offices)
        return Scope(
            period=self.period, before=self.before, offices=self.chosen & wide, own_offices=self.chosen - wide,
            user_id=self.user.pk, today=self.today, language=self.language, filters=self.filters,
            reader=self.user if self.filters else None,
        )  # fmt: skip

    @cached_property
    def hide_below(self) -> int:
        return self.audience.hide_below(self.chosen)

    @cached_property
    def list_kind(self) -> str:
        return self.audience.list_kind(self.chosen)

    @cached_property
    def counted(self) -> Counted:
        return count_board(board=self.board, scope=self.scope, now=timezone.now())

    @cached_property
    def close(self) -> MonthClose | None:
        """How the month was closed, where it is one month of one office and it was."""
        return close_of(self.board, self.scope)

    @cached_property
    def changes(self) -> dict[str, Change]:
        """The figures that read differently since the month was closed."""
        return changes_since(self.close, self.reading, self.language) if self.close else {}

    @property
    def reading(self) -> Reading:
        return self.counted.reading

    @cached_property
    def words(self) -> Mapping[str, str]:
        return {**said(self.language), **self.reading.units}

    def stats(self) -> list[ShownStat]:
        """The large numbers as this person may be told them."""
        before = self.before.text(self.language) if self.before else ""
        return [
            shown_stat(stat, self.hide_below, self.words, before, self.changes.get(stat.key))
            for stat in self.reading.stats
        ]

    def tables(self, *, are_apart: bool | None = None) -> list[ShownTable]:
        """The figures as this person may be told them: all, or those of the board's first or second page."""
        tables = self.reading.tables
        if are_apart is not None:
            tables = tuple(table for table in tables if (table.key in self.board.apart) == are_apart)
        return [self._shown(table, self.hide_below) for table in tables]

    def exported(self, key: str) -> ShownTable:
        """One figure for a file, which travels: never with small counts (C10). Raises Http404."""
        return self._shown(self._table(key), max(self.hide_below, MASKED))

    def table(self, key: str) -> ShownTable:
        """One figure as this person may be told it. Raises Http404."""
        return self._shown(self._table(key), self.hide_below)

    def _table(self, key: str) -> Any:
        table = self.reading.table(key)
        if table is None:
            raise Http404
        return table

    def _shown(self, table: Any, below: int) -> ShownTable:
        partial = self.words["partial"] if self.period.is_partial(self.today) else ""
        return shown_table(table, below, self.words, partial)


def counting_for(user: Any, params: Mapping[str, str], today: date, board_key: str = "") -> Counting | None:
    """The counting a person asked for, or None when their grants reach no board. Raises Http404 for an unknown one."""
    reached = boards_of(user)
    if not reached:
        return None
    board = next((board for board in reached if board.key == board_key), None) if board_key else reached[0]
    if board is None:
        raise Http404
    audience = audience_of(user, board)
    more = board.more_periods(frozenset(office.pk for office in audience.all_offices), today)
    form = FilterForm(
        {**defaults(today), **params}, today=today, offices=audience.all_offices, more=more,
        filters=filters_for(user, board, audience),
        against=lambda offices, chosen: against_filters(user, board, audience, offices, chosen),
    )  # fmt: skip
    form.is_valid()
    return Counting(user=user, board=board, audience=audience, form=form, today=today)


def defaults(today: date) -> dict[str, str]:
    """The filter as it stands before anything is chosen."""
    return {"period": periods.year(today.year).key, "compare": "before", "office": ""}
