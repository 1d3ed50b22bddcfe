"""When two lines of the ward's lists are one birth, and when a record is that birth. Pure; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casework.people.names import search_key

NEAR_DAYS = 1  # a birth about midnight is written on either day


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What tells a reported birth from others: its numbers, the mother's name, the day, the sex."""

    born_on: date
    child: str = ""
    mother: str = ""
    either: str = ""
    name: str = ""
    sex: str = ""

    @property
    def identity(self) -> str:
        """The strongest thing that tells it: a hospital number, else the mother's name."""
        day = self.born_on.isoformat()
        if self.child:
            return f"c {self.child}"
        if self.mother:
            return f"m {self.mother} {day} {self.sex}"
        if self.either:
            return f"h {self.either} {day} {self.sex}"
        return f"n {search_key(self.name)[:80]} {day} {self.sex}"


def same_birth(one: Reported, other: Reported) -> bool:
    """Whether two lines report one birth: the child's number, else the mother's number or name with the day.

    Two children's numbers that differ are two children, and so are a girl and a boy.
    """
    if one.child and other.child:
        return one.child == other.child
    if one.sex and other.sex and one.sex != other.sex:
        return False
    if one.born_on != other.born_on:
        return False
    if one.mother and other.mother:
        return one.mother == other.mother
    if one.either and other.either:
        return one.either == other.either
    return bool(one.name and other.name) and search_key(one.name) == search_key(other.name)


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A record of the office with what is compared."""

    id: int
    born_on: date | None
    child: str = ""
    mother: str = ""
    sex: str = ""


def record_of(reported: Reported, records: Iterable[Recorded]) -> Recorded | None:
    """The record with the same hospital number and a birth within a day; None when none is, or when several are."""
    found = [record for record in records if _fits(reported, record)]
    own = [record for record in found if reported.child and record.child == reported.child]
    chosen: Sequence[Recorded] = own or found
    return chosen[0] if len(chosen) == 1 else None


def _fits(reported: Reported, record: Recorded) -> bool:
    if record.born_on is None or abs(record.born_on - reported.born_on) > timedelta(days=NEAR_DAYS):
        return False
    if reported.child and record.child:
        return reported.child == record.child
    if reported.sex in ("F", "M") and record.sex in ("F", "M") and reported.sex != record.sex:
        return False
    if reported.mother and reported.mother == record.mother:
        return True
    return bool(reported.either) and reported.either in (record.child, record.mother)
