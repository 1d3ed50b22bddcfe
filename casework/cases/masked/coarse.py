"""How much is told of each child, so that nobody is picked out by it (decision 75)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

LEAST = 5
"""As few children may look alike on the list; of fewer, less is told (safety.md §6, inside the organisation)."""
YEAR_DIGITS = 4


class Traits(NamedTuple):
    """What somebody may know of a child besides; None where it is not told, empty where it is not known."""

    office: int
    programmes: tuple[str, ...]
    province: str | None
    band: str | None
    opened: str | None
    """Year and month, or the year."""


def traits_of(office: int, programmes: list[str], province: str, band: str, month: date) -> Traits:
    """The traits as the database knows them."""
    return Traits(office, tuple(programmes), province, band, f"{month:%Y-%m}")


def coarsened(counts: Mapping[Traits, int], least: int = LEAST) -> dict[Traits, Traits]:
    """Traits → what is told of them: as much as at least so many children on the list have in common.

    First the month goes, then the province, the age, the year. Office and programme are what one sees the child by.
    """
    told: dict[Traits, Traits] = {}
    for step in STEPS:
        alike: dict[Traits, list[Traits]] = defaultdict(list)
        for traits in counts:
            if traits not in told:
                alike[step(traits)].append(traits)
        for shown, members in alike.items():
            if sum(counts[one] for one in members) >= least or step is STEPS[-1]:
                told |= dict.fromkeys(members, shown)
    return told


def _of_month(traits: Traits) -> Traits:
    return traits


def _of_year(traits: Traits) -> Traits:
    return traits._replace(opened=(traits.opened or "")[:YEAR_DIGITS])


def _anywhere(traits: Traits) -> Traits:
    return _of_year(traits)._replace(province=None)


def _of_any_age(traits: Traits) -> Traits:
    return _anywhere(traits)._replace(band=None)


def _of_any_time(traits: Traits) -> Traits:
    return _of_any_age(traits)._replace(opened=None)


STEPS = (_of_month, _of_year, _anywhere, _of_any_age, _of_any_time)
