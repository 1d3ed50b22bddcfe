"""The list behind a number: the rows that are counted in it, as far as the person may be told them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404

from casework.people.masking import MaskedChild

from .behind import added_by, figure_told
from .boards import Board
from .figures import Ids, ListedChild, Words, measure_behind
from .filters import written
from .suppression import hides

if TYPE_CHECKING:
    from .counting import Counting

ROWS_PER_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class RowList:
    """The rows behind one number for one person."""

    user: Any
    board: Board
    ids: Ids
    is_open: bool
    """Whether the rows are told with their names; else by codes."""
    number: str
    """Which number it is, as the history keeps it."""
    heading: Words
    figure: str = ""
    """The number with what it counts, where it is not simply the rows."""
    added: Mapping[int, str] = field(default_factory=dict)
    """What each row adds to the number, by its id."""

    @property
    def rows(self) -> QuerySet:
        """The rows that this person is told, in a fixed order."""
        return self.board.open_rows(self.user, self.ids) if self.is_open else self.board.masked_rows(self.ids)

    def told(self, rows: Sequence[Any], today: date) -> Sequence[ListedChild | MaskedChild]:
        """What is told of some of the rows. Open ones stand in the order of the rows, masked ones by their codes."""
        if not self.is_open:
            return self.board.masked(rows, today)
        listed = zip(self.board.listed(rows), rows, strict=True)
        return [replace(one, adds=self.added.get(row.pk, "")) for one, row in listed]


def list_behind(counting: Counting, key: str, row: int, column: int) -> RowList:
    """The list behind a number of a board. Raises Http404 where this person has none, or may not know the number."""
    measure = measure_behind(counting.reading, key, row, column) if counting.list_kind else None
    if measure is None:  # such as figures that the person sees without the list behind them
        raise Http404
    heading, what = _heading(counting, key, row, column)
    is_open = counting.list_kind == "open"
    return RowList(
        user=counting.user,
        board=counting.board,
        ids=measure.ids,
        is_open=is_open,
        number=" ".join(filter(None, (f"{counting.board.key} {key} {row} {column}", written(counting.filters)))),
        heading=heading,
        figure=figure_told(measure, what, counting.words),
        added=added_by(measure, counting.words) if is_open else {},
    )


def _heading(counting: Counting, key: str, row: int, column: int) -> tuple[str, str]:
    """What the figure and its column are called. Raises Http404 for a number that may not be told."""
    stat = counting.reading.stat(key)
    if stat is not None:
        if hides(stat.measure, counting.hide_below):
            raise Http404
        return str(stat.label), str(stat.label)
    shown = counting.table(key)
    cells = shown.cells[row] if row < len(shown.cells) else ()
    if column not in [cell.place[1] for cell in cells if cell.place and cell.place[0] == row]:
        raise Http404
    part = shown.part
    name = part.columns[column + 1] if len(part.columns) > 2 and len(cells) == len(part.columns) - 1 else ""
    return ", ".join(text for text in (part.title, part.rows[row][0], name) if text), name
