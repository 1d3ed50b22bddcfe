"""A reading as a donor wants it: the chosen figures in their order, under the donor's names, with their definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .boards import Board
from .figures import Grid, Legs, Reading, Stat, Table

Chosen = Sequence[Mapping[str, Any]]
"""Key and label of each figure; none for all of them."""


def of_template(reading: Reading, chosen: Chosen) -> Reading:
    """The chosen figures of a reading, each under its label, and the definitions by which they are read."""
    if not chosen:
        return reading
    stats = [_called(stat, one["label"]) for one in chosen if (stat := reading.stat(one["key"]))]
    tables = [_titled(table, one["label"]) for one in chosen if (table := reading.table(one["key"]))]
    codes = {code for figure in (*stats, *tables) for code in codes_of(figure)}
    kept = tuple(item for item in reading.definitions if item.code in codes)
    return replace(reading, stats=tuple(stats), tables=tuple(tables), definitions=kept)


def _called(stat: Stat, label: str) -> Stat:
    return replace(stat, label=label) if label else stat


def _titled(table: Table, label: str) -> Table:
    """Under the donor's name; its own one, which may say of which day it tells, stands below."""
    if not label:
        return table
    return replace(table, title=label, note=" ".join(filter(None, (f"({table.title})", str(table.note)))))


def codes_of(figure: Stat | Table) -> tuple[str, ...]:
    """The codes of the definitions by which a figure is read."""
    return (figure.code,) if isinstance(figure, Grid | Legs) else (figure.code, *figure.also)


def labels_by_code(reading: Reading, chosen: Chosen) -> dict[str, list[str]]:
    """What a donor calls the figures of each definition."""
    found: dict[str, list[str]] = {}
    for one in chosen:
        figure = reading.stat(one["key"]) or reading.table(one["key"])
        if one["label"] and figure is not None and one["label"] not in found.setdefault(figure.code, []):
            found[figure.code].append(one["label"])
    return found


def is_timed(reading: Reading, board: Board) -> bool:
    """Whether the reading has a figure of which it has to be said that it measures time."""
    figures: Iterable[Stat | Table] = (*reading.stats, *reading.tables)
    return any(code in board.timed for figure in figures for code in codes_of(figure))


def absent(reading: Reading, chosen: Chosen, board: Board, language: str) -> list[str]:
    """The names of chosen figures that this reading does not have, such as of a store where the office has none."""
    names = {one.key: one.name for one in board.offered(language)}
    missing = [one for one in chosen if reading.stat(one["key"]) is None and reading.table(one["key"]) is None]
    return [str(one["label"] or names.get(one["key"]) or one["key"]) for one in missing]
