"""The invented world of the demo: what every room's and programme's load_demo(world) builds upon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any


@dataclass(frozen=True, kw_only=True)
class World:
    """Offices by code (MS, RN, PN, BK, PR), people by sign-in name, the day and hour of the demo, seeded chance.

    `children` is how many children each programme should invent in all; None means a small hand-made cast.
    `kept` is where a room leaves rows for the rooms after it.
    """

    offices: Mapping[str, Any]
    users: Mapping[str, Any]
    today: date
    now: datetime
    random: Random
    children: int | None = None
    kept: dict[str, Any] = field(default_factory=dict)
