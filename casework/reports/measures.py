"""What one figure measures: how many, how many of how many, how long, how much; each knows the rows behind it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median

Ids = frozenset[int]
NONE: Ids = frozenset()
SATANG = 100


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many."""

    ids: Ids

    @property
    def value(self) -> float:
        return len(self.ids)


@dataclass(frozen=True, kw_only=True)
class Part(Count):
    """How many of a number that stands beside it: hidden also where the rest is small. `ids` lies within `of`."""

    of: Ids


def _whole_percent(met: Ids, of: Ids) -> int | None:
    return math.floor(100 * len(met) / len(of) + 0.5) if of else None


@dataclass(frozen=True, kw_only=True)
class _Proportion:
    """How many of how many. `met` lies within `of`."""

    met: Ids
    of: Ids

    @property
    def percent(self) -> int | None:
        """Whole percent, half rounded up; None of nobody."""
        return _whole_percent(self.met, self.of)

    @property
    def value(self) -> float | None:
        return self.percent


@dataclass(frozen=True, kw_only=True)
class Rate(_Proportion):
    """How many of how many rows."""

    @property
    def ids(self) -> Ids:
        return self.of


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How long it took: pairs of row and days, or hours where `unit` says so."""

    days: tuple[tuple[int, int], ...]
    unit: str = "day"

    @property
    def ids(self) -> Ids:
        return frozenset(row for row, _days in self.days)

    @property
    def value(self) -> float | None:
        """The median; of an even number the middle of the middle two."""
        return median(days for _row, days in self.days) if self.days else None

    @property
    def ninetieth(self) -> int | None:
        """The day or hour by which nine in ten were done (nearest rank)."""
        ordered = sorted(days for _row, days in self.days)
        return ordered[math.ceil(0.9 * len(ordered)) - 1] if ordered else None


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many rows of a number that was told from outside: there is no list behind the rest of it."""

    met: Ids
    total: int

    @property
    def ids(self) -> Ids:
        return self.met

    @property
    def percent(self) -> int | None:
        """Whole percent, half rounded up; None of nobody. Above 100 the number told is too low."""
        return math.floor(100 * len(self.met) / self.total + 0.5) if self.total else None

    @property
    def value(self) -> float | None:
        return self.percent


@dataclass(frozen=True, kw_only=True)
class Things:
    """How many of what is no row of the list behind: kits or families, and the requests they belong to."""

    of: Ids
    rows: Ids

    @property
    def ids(self) -> Ids:
        return self.rows

    @property
    def value(self) -> float:
        return len(self.of)


@dataclass(frozen=True, kw_only=True)
class Heads(_Proportion):
    """How many of how many persons or families, where the list behind is of other rows: the requests for them."""

    rows: Ids

    @property
    def ids(self) -> Ids:
        return self.rows


@dataclass(frozen=True, kw_only=True)
class Amount:
    """How much money: pairs of row and satang; divided by `over`, such as the children who had it.

    Where `unit` is empty it is not money, and the pairs are of row and hundredths.
    """

    parts: tuple[tuple[int, int], ...]
    over: int = 1
    unit: str = "baht"

    @property
    def ids(self) -> Ids:
        return frozenset(row for row, _satang in self.parts)

    @property
    def value(self) -> float | None:
        """Baht, or units; None where it is divided by nobody."""
        return sum(satang for _row, satang in self.parts) / SATANG / self.over if self.over else None


@dataclass(frozen=True, kw_only=True)
class Portion:
    """How much of a whole in satang; told where `base` rows or persons stand behind the whole."""

    parts: tuple[tuple[int, int], ...]
    whole: int
    base: int

    @property
    def ids(self) -> Ids:
        return frozenset(row for row, _satang in self.parts)

    @property
    def value(self) -> float | None:
        """Whole percent, half rounded up; None of nothing."""
        part = sum(satang for _row, satang in self.parts)
        return math.floor(100 * part / self.whole + 0.5) if self.whole else None


@dataclass(frozen=True, kw_only=True)
class Told:
    """A number about no person, such as what a donor gives: no list stands behind it, and it is never hidden."""

    value: float | None
    unit: str = ""
    """"baht", "percent" or a bare number."""
    about: str = ""
    """What it is a number of, such as a store: the board knows its address."""

    @property
    def ids(self) -> Ids:
        return NONE


Measure = Count | Part | Rate | Spread | Share | Things | Heads | Amount | Portion | Told
