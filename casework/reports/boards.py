"""What a programme offers to be counted: one board of figures with its definitions, and the lists behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casework.people.masking import MaskedChild
from casework.programmes.contributions import registry

from .figures import Ids, ListedChild, Offered, Reading, Words
from .filters import Chosen, Filter
from .periods import Period


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which rows are counted: a period, its comparison, offices, or only the cases one person is assigned to."""

    period: Period
    before: Period | None
    offices: frozenset[int]
    own_offices: frozenset[int] = frozenset()
    """Offices in which only the person's own cases count."""
    user_id: int | None = None
    today: date
    language: str
    filters: Chosen = ()
    """What narrows it: a board counts of it no targets, and nothing that has no rows, such as what a hospital told."""
    reader: Any = None
    """With filters, the person who reads it: only rows that they may open are counted."""


class Board:
    """Base of a programme's figures. `read` asks a constant number of queries, however many rows there are."""

    key: ClassVar[str]
    label: ClassVar[Words]
    report_kind: ClassVar[str] = ""
    """The paper that prints this board."""
    timed: ClassVar[Sequence[str]] = ()
    """The codes of the figures of which `measures_time`, among the words of a reading, says what they measure."""
    opens_by_need: ClassVar[bool] = False
    """Whether those who see a summary of the need open the rows, because the rows are such summaries."""
    row_label: ClassVar[Words] = _("Case")
    """What the number of a listed row is the number of."""
    gap_words: ClassVar[Mapping[str, Words]] = {}
    """What may be missing from a month before it is closed, by key, in the order in which it is listed."""
    apart: ClassVar[Collection[str]] = ()
    """The keys of tables that stand with their definitions on a second page, so that the first stays short."""
    apart_label: ClassVar[Words] = ""
    """What the second page is called."""
    filters: ClassVar[Sequence[Filter]] = ()
    """How readers who may open the rows narrow what is counted."""
    not_narrowed: ClassVar[Words] = ""
    """Which figures are of everything, so that they are left out where a filter is at work."""

    def read(self, scope: Scope) -> Reading:
        """Count everything the board shows."""
        raise NotImplementedError

    def offered(self, language: str) -> Sequence[Offered]:
        """Every figure that it may show, in its order, by name: what a template for a donor chooses from."""
        return ()

    def counted_words(self, total: int) -> str:
        """How many rows stand in a list, in words."""
        return ngettext("%(n)s child", "%(n)s children", total) % {"n": f"{total:,}"}

    def more_periods(self, offices: Ids, today: date) -> list[tuple[Words, Period]]:
        """Periods of its own that are offered beside months and years: a name and the period of each."""
        return []

    def places(self, user: Any, about: Iterable[str]) -> Mapping[str, str]:
        """The addresses of what numbers about no person are of, such as stores, where the person may open them."""
        return {}

    def gaps(self, office: int, month: Period) -> Mapping[str, Ids]:
        """The rows of an office from whose month something is missing, for each key of `gap_words`."""
        return {}

    def open_rows(self, user: Any, ids: Ids) -> QuerySet:
        """The rows behind a figure that the person may open, in a fixed order."""
        raise NotImplementedError

    def masked_rows(self, ids: Ids) -> QuerySet:
        """The rows behind a figure for somebody who is told no names."""
        raise NotImplementedError

    def listed(self, rows: Sequence[Any]) -> list[ListedChild]:
        """What a list shows of rows that may be opened."""
        raise NotImplementedError

    def masked(self, rows: Sequence[Any], today: date) -> list[MaskedChild]:
        """What a list shows of rows without names."""
        raise NotImplementedError


def board_named(key: str) -> Board | None:
    """The board of this key that makes a report; None where there is none."""
    return next((board for board in boards() if board.key == key and board.report_kind), None)


def boards() -> list[Board]:
    """Every programme's board, in their order."""
    return [board() if isinstance(board, type) else board for board in registry.gather("indicators")]
