"""Targets of large numbers: dated rows of the reference tables, with “target” between board and figure (core.md §4)."""

from __future__ import annotations

from dataclasses import replace

from casework.reference.queries import terms

from .boards import Board, Scope
from .figures import Reading


def read_board(board: Board, scope: Scope) -> Reading:
    """The figures of a board, each large number with the target that held at the end of the period, if there is one.

    Of figures that are narrowed there is none: a target is of all.
    """
    reading = board.read(scope)
    if scope.filters:
        return reading
    targets = terms(f"{board.key}.target.", min(scope.period.last, scope.today))
    stats = [replace(stat, target=float(targets[stat.key])) if stat.key in targets else stat for stat in reading.stats]
    return replace(reading, stats=tuple(stats))
