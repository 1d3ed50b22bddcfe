"""Insurances of the demo, one in each state. All invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from casework.aid.models import InsuranceCover
from casework.cases.models import Case
from casework.kernel.dates import add_months
from casework.people.states import FamilyRole

from .insurance_states import PolicyState
from .models import AssistanceRequest, InsurancePolicy
from .queries.insurance import fitting_scheme, hospitals
from .services import asking, cards, insurance
from .services.renewing import tend_insurances

STAGES = ("active", "ordered", "expiring", "refused", "expired", "priced", "approved")


class DemoInsurances:
    """Plays insurances of the fund of one office; `fund` knows its people and does what every request goes through."""

    def __init__(self, fund: Any) -> None:
        self.fund, self.today, self.now = fund, fund.today, fund.world.now
        here = [hospital for hospital in hospitals() if "Mae Sot" in hospital.name_en]
        self.where = (here or hospitals())[0]

    def play(self, cases: Sequence[Case]) -> None:
        """One insurance for each of the first cases whose child is older than some days and has an age with a price."""
        fitting = [case for case in cases if self._is_older(case.child) and fitting_scheme(case.child, self.today)]
        for case, stage in zip(fitting, STAGES, strict=False):
            policy = self._priced(case, case.child)
            if policy is not None:
                self._go_on(policy, stage)
        tend_insurances(today=self.today, now=self.now)

    def _is_older(self, child: Any) -> bool:
        """Old enough for an insurance that has run out."""
        return child.born_on is not None and child.born_on < self.today - timedelta(days=10)

    def _priced(self, case: Case, child: Any) -> InsurancePolicy | None:
        family: Any = case.family
        mother = family.members.exclude(role=FamilyRole.CHILD).select_related("person").first()
        if mother is None:
            return None
        request = asking.ask_for_help(
            case=case, requester=mother.person, channel="walk_in", urgency="14d", by=self.fund.asker, now=self.now,
            need="The family cannot pay for the insurance since the father lost his work.",
            lines=[asking.AskedLine(child=child, kind="health_insurance", asked=Decimal(365))],
            incident={"kind": "job_termination", "occurred_on": self.today - timedelta(days=9), "employer": ""},
            consent={"given_by_name": mother.person.name, "relation": "mother", "how": "thumb", "language": "my"},
        )  # fmt: skip
        self.fund._screen(request, self.now)
        return insurance.quote_insurance(
            line=request.lines.get(), scheme=fitting_scheme(child, self.today), hospital=self.where,
            starts_on=self.today, by=self.fund.officer, now=self.now,
        )  # fmt: skip

    def _go_on(self, policy: InsurancePolicy, stage: str) -> None:
        """Play the insurance as far as its stage."""
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
            policy = InsurancePolicy.rows.get(pk=policy.pk)
            step(policy)

    def _approve(self, policy: InsurancePolicy) -> None:
        for step in (self.fund._assess, self.fund._recommend, self.fund._approve):
            step(AssistanceRequest.rows.get(pk=policy.line.request_id), self.now)

    def _order(self, policy: InsurancePolicy) -> None:
        cards.order_insurance(policy=policy, starts_on=self.today, by=self.fund.officer, now=self.now)

    def _card(self, policy: InsurancePolicy, last: date) -> None:
        born: Any = policy.line.child.born_on
        first: date = max(born, add_months(last, -12) + timedelta(days=1))
        cards.take_card(
            policy=policy, number=f"63-{policy.pk:06}", valid_from=first, valid_to=last, photo=None,
            by=self.fund.asker, now=self.now,
        )  # fmt: skip

    def _run_out(self, policy: InsurancePolicy) -> None:
        """Its time was over some days ago; the night does the rest."""
        InsuranceCover.rows.filter(pk=policy.cover_id).update(valid_to=self.today - timedelta(days=6))

    def _refuse(self, policy: InsurancePolicy) -> None:
        cards.end_insurance(
            policy=policy, to=PolicyState.REJECTED, reason="The quota of this month is full", by=self.fund.officer,
            now=self.now,
        )  # fmt: skip
