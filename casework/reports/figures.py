"""What is counted, as sets of rows: a figure always equals the list behind it, being the length of that list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from .measures import NONE as NONE
from .measures import Amount as Amount
from .measures import Count as Count
from .measures import Heads as Heads
from .measures import Ids, Measure, Rate
from .measures import Part as Part
from .measures import Portion as Portion
from .measures import Share as Share
from .measures import Spread as Spread
from .measures import Things as Things
from .measures import Told as Told

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What an indicator counts, printed beside it."""

    code: str
    name: Words
    numerator: Words
    denominator: Words = ""
    period: Words = ""


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A figure of a board by name, before anything is counted."""

    key: str
    name: str
    is_large: bool = False
    """Whether it is a large number; else a table or chart."""


@dataclass(frozen=True, kw_only=True)
class Stat:
    """One large number with what it was in the period compared with, and how it moved by month."""

    key: str
    label: Words
    measure: Measure
    before: Measure | None = None
    trend: tuple[Measure, ...] = ()
    """By month, the running one last."""
    code: str = ""
    also: tuple[str, ...] = ()
    """The codes of further definitions by which it is read."""
    note: Words = ""
    told: tuple[int, ...] = ()
    """The counts that the note tells: it goes where one of them is too small to be told."""
    more_is_better: bool = True
    of_today: bool = False
    """Whether it tells of the day of counting, whatever the period: then it is no figure of a closed month."""
    target: float | None = None
    """What it is to reach, in its own unit; of what is better small, what it is not to exceed."""
    split: tuple[Words, ...] = ()
    """Of a rate, what those are called for whom it was met and the others; in time and not where nothing is said."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a table of counts. `code` is an official province code where the lines are places."""

    name: Words
    cells: tuple[Ids, ...]
    code: str = ""

    @property
    def ids(self) -> Ids:
        return frozenset().union(*self.cells)


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table of counts and how it is drawn: columns, lines, map, or only as a table.

    `adds_up` is false where one row may stand in several lines: then the sum is of rows, each counted once.
    """

    key: str
    title: Words
    heading: Words
    columns: tuple[Words, ...]
    rows: tuple[Row, ...]
    shape: str = "table"
    partial: frozenset[int] = frozenset()
    adds_up: bool = True
    code: str = ""
    note: Words = ""
    finding: Words = ""
    credit: Words = ""
    undrawn: int = 0
    """How many of the last lines stand in the table only."""
    told: tuple[int, ...] = ()
    """The counts that the finding tells besides those of the table."""

    @property
    def ids(self) -> Ids:
        return frozenset().union(*(row.ids for row in self.rows))


@dataclass(frozen=True, kw_only=True)
class Legs:
    """A table of spreads: the stretches of a way and how long each took.

    The first `parts` lines make up a whole that is told behind them, so that one of them could be worked out.
    """

    key: str
    title: Words
    heading: Words
    rows: tuple[tuple[Words, Spread], ...]
    columns: tuple[Words, Words, Words]
    """The words for median, ninetieth percentile, number of children."""
    parts: int = 0
    code: str = ""
    note: Words = ""
    finding: Words = ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table of measures: each cell is a figure of its own, with its own list.

    The first `parts` lines make up a whole that is told elsewhere, so that one of them could be worked out.
    """

    key: str
    title: Words
    heading: Words
    columns: tuple[Words, ...]
    rows: tuple[tuple[Words, tuple[Measure, ...]], ...]
    parts: int = 0
    code: str = ""
    also: tuple[str, ...] = ()
    """The codes of further definitions by which its cells are read."""
    note: Words = ""


Table = Grid | Legs | Sheet


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Everything a board shows for one period and audience."""

    stats: tuple[Stat, ...]
    tables: tuple[Table, ...]
    definitions: tuple[Definition, ...]
    words: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    """What this board says in place of the reports room's own words, such as “of %(count)s requests”."""

    def table(self, key: str) -> Table | None:
        return next((table for table in self.tables if table.key == key), None)

    def definitions_of(self, keys: Collection[str], *, are_apart: bool) -> list[Definition]:
        """Those by which the tables of these keys are read, or all others."""
        tables = [table for table in self.tables if table.key in keys]
        codes = {code for table in tables for code in (table.code, *getattr(table, "also", ()))}
        return [one for one in self.definitions if (one.code in codes) == are_apart]

    def stat(self, key: str) -> Stat | None:
        return next((stat for stat in self.stats if stat.key == key), None)


@dataclass(frozen=True, kw_only=True)
class Change:
    """A figure of a closed month that reads differently now."""

    key: str
    label: Words
    was: Measure
    now: Measure
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ListedChild:
    """A child in the list behind a figure, for those who may open the case."""

    name: str
    url: str
    born: Any
    number: str
    status: Words
    office: str
    adds: str = ""
    """What it adds to the figure, where that is a sum."""


def measure_behind(reading: Reading, key: str, row: int, column: int) -> Measure | None:
    """What one number measures, or None when there is no such figure.

    Of a stat, line 0 is all; of a rate line 1 those it was met for and line 2 those it was not.
    """
    stat = reading.stat(key)
    if stat is not None:
        return _of_stat(stat.measure, row)
    table = reading.table(key)
    if table is None or not 0 <= row < len(table.rows):
        return None
    if isinstance(table, Legs):
        return table.rows[row][1]
    if isinstance(table, Sheet):
        return table.rows[row][1][column] if 0 <= column < len(table.columns) else None
    if column == len(table.columns):
        return Count(ids=table.rows[row].ids)
    return Count(ids=table.rows[row].cells[column]) if 0 <= column < len(table.columns) else None


def _of_stat(measure: Measure, row: int) -> Measure | None:
    if isinstance(measure, Rate) and row in (1, 2):
        return Count(ids=measure.met if row == 1 else measure.of - measure.met)
    return measure if row == 0 else None


def numbers(grid: Grid) -> list[list[int]]:
    """The counts of a grid, line by line."""
    return [[len(cell) for cell in row.cells] for row in grid.rows]


def joined(cells: Sequence[Ids]) -> Ids:
    """All rows of some cells, each once."""
    return frozenset().union(*cells)
