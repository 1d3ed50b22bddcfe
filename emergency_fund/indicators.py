"""The figures of the fund, F1 to F10 (reference programmes 2.6), as pure functions over counted requests.

What stands behind each figure are requests, by their ids; children and families are counted where they are named.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from casework.reports.measures import Amount, Count, Heads, Ids, Portion, Rate, Spread
from casework.reports.periods import Period

APPROVED, REJECTED, REFERRED, INELIGIBLE = "approved", "rejected", "referred_out", "ineligible"
OUTCOMES = (APPROVED, REJECTED, REFERRED, INELIGIBLE)
AGES = ((7, "d7"), (30, "d30"), (60, "d60"))
OLDER = "older"
TOP_SHARE = 0.05


@dataclass(frozen=True, kw_only=True)
class Paid:
    """Money or goods that reached a child, or came back from there (then below zero), on a day."""

    child: int
    kind: str
    on: date
    satang: int
    goods: Decimal = Decimal(0)
    """How much of goods, whatever they are counted in: they may have cost nothing."""


@dataclass(frozen=True, kw_only=True)
class Appealed:
    """The appeal of a family: when it was decided, if it was, and whether for the family."""

    decided_at: datetime | None = None
    is_granted: bool = False

    @property
    def decided_on(self) -> date | None:
        return None if self.decided_at is None else timezone.localdate(self.decided_at)


@dataclass(frozen=True, kw_only=True)
class Signed:
    """One person's act on a request, by a role."""

    user: int
    role: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request in moments and amounts."""

    id: int
    family: int = 0
    urgency: str = ""
    state: str = ""
    received_at: datetime
    due_at: datetime
    """By when it was to be decided the first time, whatever an appeal changed."""
    waits_until: datetime | None = None
    """By when it is to be decided as it stands now."""
    outcome: str = ""
    """Of the last decision, also on appeal."""
    decided_at: datetime | None = None
    """Of the first decision, or of the help that came before it."""
    code: str = ""
    """Why it was not approved."""
    is_waiting: bool = False
    """Whether the fund still owes a decision."""
    is_open: bool = False
    is_dropped: bool = False
    """The family took it back, or it was returned, before anybody decided."""
    gave_less: bool = False
    """The first decision gave nothing, or less than was asked for."""
    appeal: Appealed | None = None
    first_aid_at: datetime | None = None
    paid: tuple[Paid, ...] = ()
    signed: tuple[Signed, ...] = ()
    bypassed_on: date | None = None
    unpaid_satang: int = 0
    """Approved and not yet paid."""

    @property
    def decided_on(self) -> date | None:
        return None if self.decided_at is None else timezone.localdate(self.decided_at)


@dataclass(frozen=True, kw_only=True)
class Source:
    """A donor's money for these offices: how much, from when until when, and what was paid from it by request."""

    name: str
    starts_on: date
    ends_on: date
    given_satang: int
    paid: tuple[tuple[int, int], ...] = ()

    def elapsed(self, today: date) -> int:
        """How much of its time has gone by, in whole percent."""
        days, gone = (self.ends_on - self.starts_on).days + 1, (today - self.starts_on).days + 1
        return max(0, min(100, math.floor(100 * gone / days + 0.5)))


@dataclass(frozen=True, kw_only=True)
class World:
    """Everything that was read for one counting."""

    requests: tuple[Request, ...] = ()
    sources: tuple[Source, ...] = ()
    insured: Ids = field(default_factory=frozenset)
    """Children with a cover in force on the day of counting."""


def ids(requests: Iterable[Request]) -> Ids:
    """The requests as what a figure holds."""
    return frozenset(request.id for request in requests)


# F1 how quickly: decided inside the target


def f1_in_time(requests: Iterable[Request], period: Period, now: datetime, urgency: str = "") -> Rate:
    """F1: decided by the hour they were due, of requests due in the period whose hour has come."""
    base = [
        request for request in of_urgency(requests, urgency)
        if timezone.localdate(request.due_at) in period and request.due_at <= now and not request.is_dropped
    ]  # fmt: skip
    met = (one for one in base if one.decided_at is not None and one.decided_at <= one.due_at)
    return Rate(met=ids(met), of=ids(base))


def of_urgency(requests: Iterable[Request], urgency: str) -> list[Request]:
    """Those of one urgency; all for an empty one."""
    return [request for request in requests if not urgency or request.urgency == urgency]


# F2 to the decision, F3 to the first aid


def hours_between(first: datetime, last: datetime) -> int:
    """Whole hours from one moment to another."""
    return max(0, int((last - first).total_seconds() // 3600))


def f2_to_decision(requests: Iterable[Request], period: Period, urgency: str = "") -> Spread:
    """F2: hours from the request to its decision, of those decided in the period."""
    return _spread(of_urgency(requests, urgency), period, lambda request: request.decided_at)


def f3_to_first_aid(requests: Iterable[Request], period: Period, urgency: str = "") -> Spread:
    """F3: hours from the request to the first thing handed over, of those that had it in the period."""
    return _spread(of_urgency(requests, urgency), period, lambda request: request.first_aid_at)


def _spread(requests: Iterable[Request], period: Period, end: Callable[[Request], datetime | None]) -> Spread:
    ended = [(request, end(request)) for request in requests]
    return Spread(
        days=tuple(
            (request.id, hours_between(request.received_at, at))
            for request, at in ended
            if at is not None and timezone.localdate(at) in period
        ),
        unit="hour",
    )


# F4 what was decided


def decided_in(requests: Iterable[Request], period: Period) -> list[Request]:
    """Those decided in the period."""
    return [request for request in requests if request.outcome and request.decided_on in period]


def f4_outcome(requests: Iterable[Request], period: Period, outcome: str) -> Rate:
    """F4: decided so, of all that were decided in the period."""
    base = decided_in(requests, period)
    return Rate(met=ids(request for request in base if request.outcome == outcome), of=ids(base))


def f4_appealed(requests: Iterable[Request], period: Period) -> Rate:
    """F4: appealed against, of those that in the period gave nothing or less than was asked for."""
    base = [one for one in decided_in(requests, period) if one.gave_less]
    return Rate(met=ids(one for one in base if one.appeal is not None), of=ids(base))


def f4_reversed(requests: Iterable[Request], period: Period) -> Rate:
    """F4: granted, of appeals decided in the period."""
    base = [(one, one.appeal) for one in requests if one.appeal and one.appeal.decided_on in period]
    return Rate(met=ids(one for one, appeal in base if appeal.is_granted), of=ids(one for one, _appeal in base))


def f4_by_code(requests: Iterable[Request], period: Period) -> dict[str, tuple[Ids, Ids, Ids]]:
    """F4: not approved in the period by reason: rejected, referred on, not for the fund."""
    found: dict[str, dict[str, set[int]]] = {}
    for request in decided_in(requests, period):
        if request.outcome != APPROVED:
            found.setdefault(request.code, {}).setdefault(request.outcome, set()).add(request.id)
    return {
        code: (frozenset(by.get(REJECTED, ())), frozenset(by.get(REFERRED, ())), frozenset(by.get(INELIGIBLE, ())))
        for code, by in found.items()
    }


# F5 what it cost


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one kind of help cost: by request, all in all and for each child."""

    requests: Count
    paid: Amount
    per_child: Amount


def f5_cost(requests: Iterable[Request], period: Period, kind: str = "") -> Cost:
    """F5: paid in the period for one kind, less what came back, and that divided by the children who had it."""
    parts, children = _paid(requests, period, kind)
    return Cost(
        requests=Count(ids=frozenset(row for row, _satang in parts)), paid=Amount(parts=parts),
        per_child=Amount(parts=parts, over=len(children)),
    )  # fmt: skip


def _paid(requests: Iterable[Request], period: Period, kind: str = "") -> tuple[tuple[tuple[int, int], ...], Ids]:
    """Satang paid in the period by request, and the children who had money or goods of it that did not come back."""
    sums: dict[int, int] = {}
    children: dict[int, int] = {}
    goods: dict[tuple[int, int], Decimal] = {}
    for request in requests:
        for paid in request.paid:
            if paid.on in period and (not kind or paid.kind == kind):
                sums[request.id] = sums.get(request.id, 0) + paid.satang
                children[paid.child] = children.get(paid.child, 0) + paid.satang
                goods[request.id, paid.child] = goods.get((request.id, paid.child), Decimal(0)) + paid.goods
    stays = {(row, child) for (row, child), left in goods.items() if left > 0}
    had = {child for child, satang in children.items() if satang > 0} | {child for _row, child in stays}
    rows = {row for row, _child in stays}
    return tuple((row, satang) for row, satang in sums.items() if satang or row in rows), frozenset(had)


def f5_paid(requests: Iterable[Request], period: Period) -> Amount:
    """F5: all that was paid in the period, less what came back."""
    return Amount(parts=_paid(requests, period)[0])


def children_helped(requests: Iterable[Request], period: Period) -> Ids:
    """Children who had something in the period, each once."""
    return _paid(requests, period)[1]


# F6 burn against time, F7 ageing


def f6_burn(source: Source) -> Portion:
    """F6: how much of what the donor gave these offices is paid."""
    return Portion(parts=source.paid, whole=source.given_satang, base=len(source.paid))


def f7_ages(requests: Iterable[Request], now: datetime) -> dict[str, list[Request]]:
    """F7: requests with money approved and not yet paid, by days since the decision."""
    found: dict[str, list[Request]] = {key: [] for key in (*(key for _days, key in AGES), OLDER)}
    for request in requests:
        if request.unpaid_satang > 0 and request.decided_at is not None:
            days = (now - request.decided_at).days
            found[next((key for most, key in AGES if days <= most), OLDER)].append(request)
    return found


def unpaid(requests: Iterable[Request]) -> Amount:
    """What is approved and not yet paid."""
    return Amount(parts=tuple((request.id, request.unpaid_satang) for request in requests))


# F8 insured, F9 concentration, F10 who decides


def f8_insured(requests: Sequence[Request], period: Period, insured: Ids) -> Heads:
    """F8: children with health insurance on the day of counting, of those who had something in the period."""
    parts, had = _paid(requests, period)
    return Heads(met=had & insured, of=had, rows=frozenset(row for row, _satang in parts))


def f9_concentration(requests: Sequence[Request], period: Period) -> Portion:
    """F9: the part of the money that went to the twentieth of families that had most, one family at least."""
    parts = {row: satang for row, satang in _paid(requests, period)[0] if satang}
    family_of = {request.id: request.family for request in requests}
    sums: dict[int, int] = {}
    for row, satang in parts.items():
        sums[family_of[row]] = sums.get(family_of[row], 0) + satang
    most = sorted(sums, key=lambda family: (-sums[family], family))[: math.ceil(TOP_SHARE * len(sums))]
    top = tuple((row, satang) for row, satang in parts.items() if family_of[row] in most)
    return Portion(parts=top, whole=sum(parts.values()), base=len(sums))


def f10_signed(requests: Iterable[Request], period: Period) -> Mapping[str, Mapping[int, Ids]]:
    """F10: requests on which somebody acted in the period, by role and person."""
    found: dict[str, dict[int, set[int]]] = {}
    for request in requests:
        for act in request.signed:
            if act.on in period:
                found.setdefault(act.role, {}).setdefault(act.user, set()).add(request.id)
    return {role: {user: frozenset(rows) for user, rows in people.items()} for role, people in found.items()}


def f10_bypassed(requests: Iterable[Request], period: Period) -> Ids:
    """F10: helped before it was approved, in the period."""
    return ids(request for request in requests if request.bypassed_on in period)


# as things stand


def open_on(requests: Iterable[Request]) -> Ids:
    """Requests on their way."""
    return ids(request for request in requests if request.is_open)


def late_on(requests: Iterable[Request], now: datetime) -> Ids:
    """Requests that wait for a decision longer than they may."""
    return ids(one for one in requests if one.is_waiting and (one.waits_until or one.due_at) < now)
