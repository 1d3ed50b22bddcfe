"""Which way a registration goes: the first matching row wins; the last row catches everything (C4, decision 21)."""

from __future__ import annotations

from datetime import date
from typing import Any

from registration.states import FACILITY_PLACES, HOME_PLACES, STATE_FACILITIES, FirstProof, Knowledge, PlaceKind, Track

from .deadlines import notify_deadline_of
from .facts import BirthFacts

LOST = frozenset({Knowledge.UNKNOWN, Knowledge.ABSENT_LOST})
ADULT_YEARS = 18


def age_in_years(facts: BirthFacts, today: date) -> int | None:
    """Whole years today, or None."""
    age = facts.birth.age_on(today)
    return None if age is None else age[0]


def is_late(facts: BirthFacts, *, effective: date | None, today: date) -> bool:
    """After the effective end of the 15 days. An imprecise date counts as late unless a certificate shows otherwise."""
    if effective is None:
        return not (
            facts.proof == FirstProof.TR1_1
            and facts.proof_issued_on is not None
            and (today - facts.proof_issued_on).days <= 15
        )
    return today > effective


def propose_track(facts: BirthFacts, *, effective: date | None, today: date) -> Track:
    """The track that the facts point to; total over all facts."""
    age = age_in_years(facts, today)
    if facts.is_already_registered:
        return Track.T9
    if facts.country != "TH":
        return Track.T8
    if age is not None and age >= ADULT_YEARS:
        return Track.T7
    parents = [facts.mother, facts.father]
    if facts.is_in_care or all(parent is not None and parent.knowledge in LOST for parent in parents):
        return Track.T6 if age is not None else Track.UNCLEAR
    if is_late(facts, effective=effective, today=today):
        return Track.T4 if facts.proof == FirstProof.NONE else Track.T3
    if facts.place_kind in FACILITY_PLACES:
        is_certified = facts.proof == FirstProof.TR1_1 or (facts.place_kind in STATE_FACILITIES and facts.is_certifying)
        return Track.T1 if is_certified else Track.T2
    if facts.place_kind in HOME_PLACES | {PlaceKind.CAMP, PlaceKind.OTHER_IN_THAILAND}:
        return Track.T2
    return Track.UNCLEAR


def reckoned(facts: BirthFacts, track: str, *, today: date) -> dict[str, Any]:
    """The columns of a record that rest on its facts, its confirmed track and the day: time limit, proposed track."""
    limit = notify_deadline_of(facts, track)
    effective = limit.effective if limit else None
    return {
        "notify_due_on": limit.due if limit else None,
        "notify_effective_on": effective,
        "track_proposed": propose_track(facts, effective=effective, today=today),
    }
