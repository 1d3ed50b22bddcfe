"""Help that came before its approval, one approved in time and one whose clock runs; and an officer who is away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

from casework.approvals.services.absences import propose_absence
from casework.approvals.services.proposals import confirm
from casework.kernel.refusals import Refusal
from casework.kernel.requests import as_of

from .families import Household, Neighbourhood
from .recent import FIGURES, morning_of
from .teams import HEAD, MANAGER, OFFICERS, Team
from .way import Need, Step, Way

SEED = 7272
PLAYED = (
    (8, "helped_approved", 6_200, "The newborn cannot breathe. The provincial hospital asks for a deposit tonight."),
    (1, "helped", 5_600, "Burnt by boiling water on both arms. The hospital asks for a deposit before the operation."),
)
"""Days ago, the way, baht and why."""
HOURS, APPROVED_AFTER = 3, 26
"""From the request until it is helped, and from there until the others approve."""
AWAY_DAYS = 4


def helped_first(world: Any, team: Team) -> Iterator[Step]:
    """Each emergency with its moments: paid within hours, approved the day after, or not yet."""
    neighbourhood = Neighbourhood(Random(SEED))  # noqa: S311
    for turn, (days, way, baht, words) in enumerate(PLAYED):
        start = morning_of(world.today - timedelta(days=days))
        with as_of(start):
            house = neighbourhood.move_in(team, start, start.date())
        yield from Way(team, house, _need(house, baht, words), way, start, turn).steps(world.now, in_hours=False)


def _need(house: Household, baht: int, words: str) -> Need:
    return Need(
        kind="illness", words=words, lines=[(house.children[0], "health_cost", baht, "Deposit of the hospital")],
        urgency="24h", channel="clinic", happened_before=1, hours=HOURS, paid_after=APPROVED_AFTER, figures=FIGURES,
    )  # fmt: skip


def one_is_away(world: Any) -> None:
    """The second officer is away for some days; the manager of the fund stands in, confirmed by the programme's."""
    away, deputy, head = (world.users[name] for name in (OFFICERS[1], MANAGER, HEAD))
    proposal = propose_absence(
        user=away, deputy=deputy, from_on=world.today, until_on=world.today + timedelta(days=AWAY_DAYS),
        reason="Training in Bangkok, from noon", by=away, now=world.now,
    )  # fmt: skip
    with suppress(Refusal):  # of another day than today, on which nobody holds their role yet
        confirm(proposal=proposal, by=head, now=world.now)
