"""The indicators of birth registration, M1 to M6 (birth_registration.md C10), as pure functions over counted lines.

A line is one child: a child with two records is counted once (`each_child_once`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casework.kernel.dates import BirthDate, Precision
from casework.reports.figures import Ids, Rate, Spread
from casework.reports.periods import Period

from .states import Status, Track

MONTH_KNOWN = (Precision.EXACT, Precision.MONTH)


@dataclass(frozen=True, kw_only=True)
class BlockedPaper:
    """A paper that something stops."""

    block: str
    requirement: int
    since: date


@dataclass(frozen=True, kw_only=True)
class Line:
    """One child's registration in dates."""

    id: int
    child: int = 0
    status: str = Status.GATHERING
    born_on: date | None = None
    precision: str = Precision.EXACT
    is_thai_birth: bool = True
    track: str = ""
    opened_on: date | None = None
    due_on: date | None = None
    effective_on: date | None = None
    ready_on: date | None = None
    first_submitted_on: date | None = None
    accepted_on: date | None = None
    """The day of the visit that led to the registration."""
    registered_on: date | None = None
    handed_over_on: date | None = None
    closed_on: date | None = None
    was_in_time: bool | None = None
    """As written on an imported record that has no visits."""
    province: str = ""
    blocked: tuple[BlockedPaper, ...] = ()
    is_still: bool = False
    """Nothing was done on the case for longer than is set, at first 30 days."""

    @property
    def is_open(self) -> bool:
        return self.status != Status.CLOSED

    @property
    def is_registered(self) -> bool:
        return self.registered_on is not None


def each_child_once(lines: Iterable[Line]) -> list[Line]:
    """One line a child: the registered one before others, then the open one, then the newest."""
    best: dict[int, Line] = {}
    for line in lines:
        held = best.get(line.child)
        if held is None or _rank(line) > _rank(held):
            best[line.child] = line
    return list(best.values())


def _rank(line: Line) -> tuple[bool, bool, int]:
    return line.is_registered, line.is_open, line.id


def only(lines: Iterable[Line], wanted: Ids) -> list[Line]:
    """The lines of these records: what is narrowed is a part of the whole, also of a child with two records."""
    return [line for line in lines if line.id in wanted]


def ids(lines: Iterable[Line]) -> Ids:
    """The lines as what a figure holds."""
    return frozenset(line.id for line in lines)


# M1, M2


def due_in(lines: Iterable[Line], period: Period) -> list[Line]:
    """Born in Thailand on a known day, the fifteenth day in the period."""
    return [
        line for line in lines if line.due_on in period and line.is_thai_birth and line.precision == Precision.EXACT
    ]


def was_seen_in_time(line: Line) -> bool:
    """Opened by the fifteenth day: the programme could still act."""
    return line.opened_on is not None and line.due_on is not None and line.opened_on <= line.due_on


def registered_in_time(line: Line) -> bool:
    """Registered on a visit by the effective last day; of an imported record, as it was written there."""
    if not line.is_registered:
        return False
    if line.accepted_on is None:
        return bool(line.was_in_time)
    return line.effective_on is not None and line.accepted_on <= line.effective_on


def submitted_in_time(line: Line) -> bool:
    """Any visit by the effective last day."""
    if line.first_submitted_on is None:
        return bool(line.was_in_time)
    return line.effective_on is not None and line.first_submitted_on <= line.effective_on


def _rate(lines: Iterable[Line], met: Callable[[Line], bool]) -> Rate:
    base = list(lines)
    return Rate(met=ids(line for line in base if met(line)), of=ids(base))


def m1_registered_within_15(lines: Iterable[Line], period: Period) -> Rate:
    """M1: registered in time of those opened in time whose last day lies in the period."""
    return _rate((line for line in due_in(lines, period) if was_seen_in_time(line)), registered_in_time)


def m1_of_all_opened(lines: Iterable[Line], period: Period) -> Rate:
    """M1, second figure: of all opened cases, also those that came too late to be in time."""
    return _rate(due_in(lines, period), registered_in_time)


def m2_submitted_within_15(lines: Iterable[Line], period: Period) -> Rate:
    """M2: the same with any visit to the office."""
    return _rate((line for line in due_in(lines, period) if was_seen_in_time(line)), submitted_in_time)


# M3


@dataclass(frozen=True)
class Leg:
    """A stretch of the way, between two dates of a line."""

    key: str
    start: Callable[[Line], date | None]
    end: Callable[[Line], date | None]
    from_birth: bool = False


LEGS = (
    Leg("birth_opened", lambda line: line.born_on, lambda line: line.opened_on, from_birth=True),
    Leg("opened_ready", lambda line: line.opened_on, lambda line: line.ready_on),
    Leg("ready_submitted", lambda line: line.ready_on, lambda line: line.first_submitted_on),
    Leg("submitted_registered", lambda line: line.first_submitted_on, lambda line: line.registered_on),
    Leg("registered_handed_over", lambda line: line.registered_on, lambda line: line.handed_over_on),
    Leg("birth_registered", lambda line: line.born_on, lambda line: line.registered_on, from_birth=True),
)


def m3_leg(lines: Iterable[Line], period: Period, leg: Leg) -> Spread:
    """M3: days of one stretch, of children who finished it in the period; from birth only with a known day."""
    found = []
    for line in lines:
        start, end = leg.start(line), leg.end(line)
        if start is None or end is None or end not in period or end < start:
            continue
        if not leg.from_birth or line.precision == Precision.EXACT:
            found.append((line.id, (end - start).days))
    return Spread(days=tuple(found))


# own service targets (C6)


def submitted_within(lines: Iterable[Line], period: Period, days: int) -> Rate:
    """Of T1, taken to the office so many days after first contact, of those whose last day lies in the period."""
    t1 = (line for line in lines if line.track == Track.T1)
    return _within(t1, period, days, lambda line: line.opened_on, lambda line: line.first_submitted_on)


def handed_over_within(lines: Iterable[Line], period: Period, days: int) -> Rate:
    """Certificates handed over so many days after registration, of those whose last day lies in the period."""
    return _within(lines, period, days, lambda line: line.registered_on, lambda line: line.handed_over_on)


def _within(
    lines: Iterable[Line], period: Period, days: int, begins: Callable[[Line], date | None],
    ends: Callable[[Line], date | None],
) -> Rate:  # fmt: skip
    due = [(line, start + timedelta(days=days)) for line in lines if (start := begins(line))]
    base = [(line, until) for line, until in due if until in period]
    met = (line for line, until in base if (end := ends(line)) and end <= until)
    return Rate(met=ids(met), of=ids(line for line, _until in base))


# M4, M5

BANDS = ("d15", "d30", "d90", "d365", "y4", "y6", "y14", "y17", "y18", "unknown")


def band(born_on: date | None, on: date) -> str:
    """The age band of C10: 0–15, 16–30, 31–90, 91–365 days; 1–4, 5–6, 7–14, 15–17 years; 18 and older."""
    if born_on is None:
        return "unknown"
    days = (on - born_on).days
    age = BirthDate(born_on).age_on(on)
    years = age[0] if age else 0
    for limit, key in ((15, "d15"), (30, "d30"), (90, "d90"), (365, "d365")):
        if days <= limit:
            return key
    for last, key in ((4, "y4"), (6, "y6"), (14, "y14"), (17, "y17")):
        if years <= last:
            return key
    return "y18"


def m4_registered(lines: Iterable[Line], period: Period) -> dict[str, Ids]:
    """M4: children registered in the period by their age on that day."""
    found: dict[str, list[Line]] = {key: [] for key in BANDS}
    for line in lines:
        if line.registered_on and line.registered_on in period:
            found[band(line.born_on, line.registered_on)].append(line)
    return {key: ids(held) for key, held in found.items()}


OPEN_COLUMNS = (
    ("assessing", (Status.DRAFT, Status.ASSESSING)),
    ("gathering", (Status.GATHERING,)),
    ("ready", (Status.READY,)),
    ("office", (Status.SUBMITTED, Status.INQUIRY)),
    ("registered", (Status.REGISTERED, Status.HANDED_OVER)),
)


def m5_backlog(lines: Iterable[Line], today: date) -> dict[str, tuple[Ids, ...]]:
    """M5: open records by the child's age today and by status."""
    found: dict[str, list[Line]] = {key: [] for key in BANDS}
    for line in lines:
        if line.is_open:
            found[band(line.born_on, today)].append(line)
    return {
        key: tuple(ids(line for line in held if line.status in statuses) for _column, statuses in OPEN_COLUMNS)
        for key, held in found.items()
    }


def m5_still(lines: Iterable[Line]) -> Ids:
    """Open records on which nothing was done for longer than is set, at first 30 days."""
    return ids(line for line in lines if line.is_open and line.is_still)


# M6


def blocked_lines(lines: Iterable[Line]) -> list[Line]:
    """Open records, not yet registered, with a paper that something stops."""
    return [line for line in lines if line.is_open and not line.is_registered and line.blocked]


def m6_by_code(lines: Iterable[Line], today: date) -> dict[str, tuple[Ids, Spread]]:
    """M6: children blocked and the days so far, by what blocks. One child may be blocked by two things."""
    return _m6(lines, today, lambda paper: paper.block)


def m6_by_requirement(lines: Iterable[Line], today: date) -> dict[int, tuple[Ids, Spread]]:
    """M6: the same by the paper that is missing."""
    return _m6(lines, today, lambda paper: paper.requirement)


def _m6(lines: Iterable[Line], today: date, key: Callable[[BlockedPaper], object]) -> dict:
    longest: dict[object, dict[int, int]] = {}
    for line in blocked_lines(lines):
        for paper in line.blocked:
            held = longest.setdefault(key(paper), {})
            held[line.id] = max(held.get(line.id, 0), (today - paper.since).days)
    return {name: (frozenset(held), Spread(days=tuple(held.items()))) for name, held in longest.items()}


# Births by month and result; open records


RESULTS = ("registered", "in_progress", "blocked", "ended")


def result_of(line: Line) -> str:
    """Where a birth stands today, in one of four words."""
    if line.is_registered:
        return "registered"
    if not line.is_open:
        return "ended"
    return "blocked" if line.blocked else "in_progress"


def births_by_month(lines: Iterable[Line], months: Sequence[Period]) -> list[tuple[Ids, ...]]:
    """Children by month of birth and result; the last line is those whose month is not known but whose year is."""
    found = list(lines)
    known = [line for line in found if line.precision in MONTH_KNOWN]
    span = Period(kind="free", first=months[0].first, last=months[-1].last)
    unsure = [line for line in found if line.precision not in MONTH_KNOWN and line.born_on in span]
    groups = [*([line for line in known if _born_in(line, month)] for month in months), unsure]
    return [_by_result(group) for group in groups]


def _by_result(lines: Iterable[Line]) -> tuple[Ids, ...]:
    found: dict[str, list[Line]] = {result: [] for result in RESULTS}
    for line in lines:
        found[result_of(line)].append(line)
    return tuple(ids(held) for held in found.values())


def _born_in(line: Line, month: Period) -> bool:
    """Born in the month; of a birth known to the month only, when any of its days lies in the part of it counted."""
    if line.born_on is None:
        return False
    if line.precision == Precision.MONTH:
        return (line.born_on.year, line.born_on.month) == (month.first.year, month.first.month)
    return line.born_on in month


def open_on(lines: Iterable[Line], day: date) -> Ids:
    """Records that were open at the end of a day."""
    return ids(
        line
        for line in lines
        if line.opened_on is not None
        and line.opened_on <= day
        and (line.is_open or (line.closed_on is not None and line.closed_on > day))
    )


def registered_in(lines: Iterable[Line], period: Period) -> Ids:
    """Children registered in the period."""
    return ids(line for line in lines if line.registered_on in period)


def open_by_province(lines: Iterable[Line]) -> dict[str, Ids]:
    """Open records by the official code of the province the family lives in; "" where it is not known."""
    found: dict[str, set[int]] = {}
    for line in lines:
        if line.is_open:
            found.setdefault(line.province, set()).add(line.id)
    return {code: frozenset(held) for code, held in found.items()}
