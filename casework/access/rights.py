"""The truth table as the running site knows it: action → role → right, gathered from every room's contribution."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache

from casework.programmes.contributions import registry


class Reach(Enum):
    """How far a right reaches: all of the grant's office and programme, or only what is one's own or assigned."""

    ALL = "A"
    ASSIGNED = "a"
    OWN = "s"
    PSEUDONYM = "P"
    MONTH = "M"
    PROPOSE = "propose"
    NEED = "N"


@dataclass(frozen=True)
class Right:
    """What one role may do: how far, whether a fresh second factor is needed, whether a second person confirms."""

    reach: Reach
    is_fresh: bool = False
    is_confirmed: bool = False


def parse_right(text: str) -> Right:
    """Read "A", "a", "A*", "A2*", "propose" … as written in the truth table."""
    fresh, confirmed = "*" in text, "2" in text
    return Right(Reach(text.replace("*", "").replace("2", "")), fresh, confirmed)


def parse_row(row: str) -> dict[str, Right]:
    """Read "CW:A SUP:A* PM:P" into role → right."""
    return {role: parse_right(text) for role, _, text in (cell.partition(":") for cell in row.split())}


@cache
def truth_table() -> dict[str, dict[str, Right]]:
    """Every action with its roles. Raises ValueError when two rooms declare one action."""
    table: dict[str, dict[str, Right]] = {}
    for contribution in registry:
        for action, row in contribution.rights.items():
            if action in table:
                raise ValueError(f"action {action!r} is declared twice")
            table[action] = parse_row(row)
    return table
