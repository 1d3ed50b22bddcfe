"""How far an invented birth came, and when: the life of one record from the day it was opened to today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

TRACKS = (("T1", 68), ("T2", 12), ("T3", 15), ("T4", 5))
STOPS = (
    ("assessing", 5), ("gathering", 35), ("ready", 10), ("submitted", 22), ("inquiry", 6), ("registered", 14),
    ("handed_over", 8),
)  # fmt: skip
"""Where the records that are not closed stand, and how many of a hundred."""
NEXT_STEPS = {
    "assessing": "Confirm the way of registration", "gathering": "Get the missing papers",
    "ready": "Go to the registry office", "submitted": "Ask the registry office", "inquiry": "Bring the witnesses",
    "registered": "Hand over the certificate", "handed_over": "Ask about the public services",
}  # fmt: skip
STILL_OPEN = 0.03  # of those opened long ago
LONG_AGO = 120  # days
BACKLOG = 0.1  # of those long ago that are still open


@dataclass(frozen=True, kw_only=True)
class Path:
    """One record's days. A day that has not come is None."""

    born_on: date
    opened_on: date
    status: str
    track: str
    since: date
    submitted_on: date | None
    outcome_on: date | None
    handed_over_on: date | None
    closed_on: date | None
    is_backlog: bool

    @property
    def is_late(self) -> bool:
        return self.track in ("T3", "T4")

    @property
    def at_home(self) -> bool:
        return self.track in ("T2", "T4")

    @property
    def proof(self) -> str:
        return {"T2": "home_witness", "T4": "none"}.get(self.track, "TR1_1")

    @property
    def result(self) -> str:
        return "inquiry" if self.status == "inquiry" else "pending"

    @property
    def next_step(self) -> str:
        return NEXT_STEPS.get(self.status, "")

    def acts(self) -> Iterator[tuple[str, str, date]]:
        """What the history says of it: the act, on what, and when."""
        yield "cases.case.opened", "cases.case", self.opened_on
        yield "cases.enrolment.opened", "cases.case", self.opened_on
        if not self.is_backlog:
            yield "cases.notice.given", "cases.case", self.opened_on
        yield "registration.birth.opened", "registration.birthrecord", self.opened_on
        yield "registration.birth.assessing", "registration.birthrecord", self.opened_on
        if self.closed_on:
            yield "cases.case.closed", "cases.case", self.closed_on


def path_of(opened_on: date, today: date, chance: Random) -> Path:
    """A likely life for a record opened on that day."""
    track = chance.choices([key for key, _n in TRACKS], weights=[n for _key, n in TRACKS])[0]
    before = chance.randrange(20, 900) if track in ("T3", "T4") else chance.randrange(0, 6)
    age = (today - opened_on).days
    is_closed = age > 60 and chance.random() > (STILL_OPEN if age > LONG_AGO else 0.5)
    is_backlog = not is_closed and age > LONG_AGO and chance.random() < BACKLOG
    stop = chance.choices([key for key, _n in STOPS], weights=[n for _k, n in STOPS])[0]
    status = "closed" if is_closed else "assessing" if is_backlog else stop

    def day(reached: bool, least: int, most: int) -> date | None:
        return min(opened_on + timedelta(days=chance.randrange(least, most)), today) if reached else None

    registered = status in ("registered", "handed_over", "closed")
    handed_over = status in ("handed_over", "closed")
    days = {
        "submitted_on": day(registered or status in ("submitted", "inquiry"), 4, 14),
        "outcome_on": day(registered, 15, 30),
        "handed_over_on": day(handed_over, 31, 40),
        "closed_on": day(is_closed, 41, 60),
    }
    since = max([on for on in days.values() if on] or [opened_on])
    return Path(
        born_on=opened_on - timedelta(days=before), opened_on=opened_on, status=status, track=track, since=since,
        is_backlog=is_backlog, **days,
    )  # fmt: skip
