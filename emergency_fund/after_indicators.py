"""The figures of the fund on what comes after a decision, F11 to F16 (reference programmes 2.6), over counted facts.

What stands behind a figure are requests, as in F1 to F10; of goods in a store there is no list, they are of no person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casework.reports.measures import Amount, Heads, Ids, Rate, Things
from casework.reports.periods import Period

from .after_states import CheckResult

WAITING = ""
ANSWERS = (CheckResult.RECEIVED, CheckResult.ISSUES, CheckResult.NOT_RECEIVED, CheckResult.NOT_REACHED, WAITING)
WORST = (CheckResult.NOT_RECEIVED, CheckResult.ISSUES, WAITING, CheckResult.NOT_REACHED, CheckResult.RECEIVED)
"""By which answer a request counts of which several payments were drawn."""
OBTAINED, REFUSED, PENDING = "obtained", "refused", "pending"
CLAIM_ENDS = (OBTAINED, REFUSED, PENDING)
HUNDREDTHS = 100


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A payment drawn to be asked about: when, and what the family said; nothing while it waits."""

    request: int
    on: date
    result: str = WAITING


@dataclass(frozen=True, kw_only=True)
class Stock:
    """A watched item in a store over the period: its evenings, and those on which nothing of it lay there."""

    item: str
    evenings: int
    empty: int


@dataclass(frozen=True, kw_only=True)
class Goods:
    """One store: what was watched in it, and in satang what was written off as expired and what lies there expired."""

    id: int
    name: str
    is_active: bool = True
    watched: tuple[Stock, ...] = ()
    written_off_satang: int = 0
    expired_satang: int = 0


@dataclass(frozen=True, kw_only=True)
class Kit:
    """A kit by the day on which the first of it was handed over, and for how many people times months it is."""

    id: int
    request: int
    on: date
    months: int


@dataclass(frozen=True, kw_only=True)
class Ended:
    """An insurance whose time is over: whether nothing followed it."""

    id: int
    request: int
    on: date
    has_lapsed: bool


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a family with an injury at work claimed from who pays by law: when first, and what came of it."""

    request: int
    family: int
    on: date
    end: str


@dataclass(frozen=True, kw_only=True)
class AfterWorld:
    """Everything that was read for one counting."""

    drawn: tuple[Drawn, ...] = ()
    goods: tuple[Goods, ...] = ()
    kits: tuple[Kit, ...] = ()
    ended: tuple[Ended, ...] = ()
    claims: tuple[Claim, ...] = ()


# F11 whether it arrived


def f11_said(drawn: Iterable[Drawn], period: Period, answer: str | None = None) -> Rate:
    """F11: requests by the worst that was said of their payments drawn in the period; all of them without an answer."""
    found: dict[int, str] = {}
    for one in drawn:
        if one.on in period:
            found[one.request] = min(found.get(one.request, one.result), one.result, key=WORST.index)
    met = (row for row, said in found.items() if answer is None or said == answer)
    return Rate(met=frozenset(met), of=frozenset(found))


# F12 what ran out, F13 what expired


def f12_empty(watched: Iterable[Stock]) -> tuple[int, float | None]:
    """F12: evenings on which nothing of a watched item lay in a store, each item by itself; and of all, in percent."""
    rows = list(watched)
    empty, evenings = sum(one.empty for one in rows), sum(one.evenings for one in rows)
    return empty, 100 * empty / evenings if evenings else None


def f12_ran_out(goods: Goods) -> list[Stock]:
    """F12: what ran out in a store, the longest first."""
    return sorted((one for one in goods.watched if one.empty), key=lambda one: (-one.empty, one.item))


def f13_with_any(goods: Iterable[Goods]) -> list[Goods]:
    """F13: stores in use, and others of which something expired is to be told."""
    return [one for one in goods if one.is_active or one.written_off_satang or one.expired_satang]


# F14 kits


def f14_kits(kits: Iterable[Kit], period: Period) -> tuple[Things, Amount]:
    """F14: kits of which the first was handed over in the period, and for how many people times months they are."""
    given = [kit for kit in kits if kit.on in period]
    months: dict[int, int] = {}
    for kit in given:
        months[kit.request] = months.get(kit.request, 0) + kit.months * HUNDREDTHS
    rows = frozenset(months)
    return Things(of=frozenset(kit.id for kit in given), rows=rows), Amount(parts=tuple(months.items()), unit="")


def f14_months(kits: Sequence[Kit], period: Period) -> list[Period]:
    """F14: the months of the period, from the first in which a kit was handed over."""
    first = min((kit.on for kit in kits if kit.on in period), default=None)
    return [month for month in period.months() if first is not None and month.last >= first]


# F15 what was renewed


def f15_ended(ended: Iterable[Ended], period: Period, *, lapsed: bool | None = None) -> tuple[Things, Heads]:
    """F15: insurances that ended in the period, those of them with nothing following or the others; without, all."""
    base = [one for one in ended if one.on in period]
    met = [one for one in base if lapsed is None or one.has_lapsed == lapsed]
    things = Things(of=_ids(met), rows=frozenset(one.request for one in met))
    return things, Heads(met=things.of, of=_ids(base), rows=frozenset(one.request for one in base))


def _ids(ended: Iterable[Ended]) -> Ids:
    return frozenset(one.id for one in ended)


# F16 what the law gives


def f16_claimed(claims: Iterable[Claim], period: Period, end: str = "") -> tuple[Things, Heads]:
    """F16: families with an injury at work that first claimed in the period, by their best end; without one, all."""
    families: dict[int, list[Claim]] = {}
    for claim in claims:
        families.setdefault(claim.family, []).append(claim)
    base = {family: own for family, own in families.items() if min(claim.on for claim in own) in period}
    best = {family: min((claim.end for claim in own), key=CLAIM_ENDS.index) for family, own in base.items()}
    met = frozenset(family for family in base if not end or best[family] == end)
    things = Things(of=met, rows=frozenset(claim.request for family in met for claim in base[family]))
    rows = frozenset(claim.request for own in base.values() for claim in own)
    return things, Heads(met=met, of=frozenset(base), rows=rows)
