"""Insurances of the demo, one in each state. All invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from casework.aid.models import InsuranceCover
from casework.kernel.dates import add_months
from emergency_fund.insurance_states import PolicyState
from emergency_fund.models import InsurancePolicy
from emergency_fund.queries.insurance import fitting_scheme
from emergency_fund.services import cards
from emergency_fund.services.renewing import tend_insurances

from .families import Household
from .recent import FIGURES
from .teams import Team
from .way import Need, Way

STAGES = ("active", "ordered", "expiring", "refused", "expired", "priced", "approved")
WHY = "The family cannot pay for the insurance since the father lost his work."
PRICE = 365


def past_insurances(world: Any, team: Team, houses: Sequence[Household]) -> None:
    """One insurance for each of the first families whose child is older than some days and has an age with a price."""
    fitting = [house for house in houses if _is_older(house, world.today)]
    for turn, (house, stage) in enumerate(zip(fitting, STAGES, strict=False)):
        DemoInsurance(world, team, house, turn).play(stage)
    tend_insurances(today=world.today, now=world.now)


def _is_older(house: Household, today: date) -> bool:
    """Old enough for an insurance that has run out, at an age for which there is a price."""
    child = house.children[0]
    born = child.born_on
    return born is not None and born < today - timedelta(days=10) and bool(fitting_scheme(child, today))


class DemoInsurance:
    """Plays the insurance of one child as far as its stage."""

    def __init__(self, world: Any, team: Team, house: Household, turn: int) -> None:
        self.today, self.now, self.team = world.today, world.now, team
        child = house.children[0]
        need = Need(
            kind="job_termination", words=WHY, lines=[(child, "health_insurance", PRICE, "Card for a year")],
            urgency="14d", figures=FIGURES,
        )  # fmt: skip
        self.way = Way(team, house, need, "approved", self.now, turn=2 * turn)

    def play(self, stage: str) -> None:
        """Ask, screen, which prices it, and go on."""
        for name in ("ask", "screen"):
            self.way.do(name, self.way.start)
        policy = InsurancePolicy.rows.get(line__request=self.way.request)
        steps: dict[str, Sequence[Callable[[InsurancePolicy], Any]]] = {
            "priced": (),
            "approved": (self._approve,),
            "ordered": (self._approve, self._order),
            "refused": (self._approve, self._order, self._refuse),
            "active": (self._approve, self._order, lambda row: self._card(row, self.today + timedelta(days=330))),
            "expiring": (self._approve, self._order, lambda row: self._card(row, self.today + timedelta(days=40))),
            "expired": (self._approve, self._order, lambda row: self._card(row, self.today), self._run_out),
        }
        for step in steps[stage]:
            step(InsurancePolicy.rows.get(pk=policy.pk))

    def _approve(self, policy: InsurancePolicy) -> None:
        for name in ("assess", "recommend", "approve", "approve_last"):
            self.way.do(name, self.now)

    def _order(self, policy: InsurancePolicy) -> None:
        cards.order_insurance(policy=policy, starts_on=self.today, by=self.way.officer, now=self.now)

    def _card(self, policy: InsurancePolicy, last: date) -> None:
        born: Any = policy.line.child.born_on
        first: date = max(born, add_months(last, -12) + timedelta(days=1))
        cards.take_card(
            policy=policy, number=f"63-{policy.pk:06}", valid_from=first, valid_to=last, photo=None,
            by=self.way.asker, now=self.now,
        )  # fmt: skip

    def _run_out(self, policy: InsurancePolicy) -> None:
        """Its time was over some days ago; the night does the rest."""
        InsuranceCover.rows.filter(pk=policy.cover_id).update(valid_to=self.today - timedelta(days=6))

    def _refuse(self, policy: InsurancePolicy) -> None:
        cards.end_insurance(
            policy=policy, to=PolicyState.REJECTED, reason="The quota of this month is full", by=self.way.officer,
            now=self.now,
        )  # fmt: skip
