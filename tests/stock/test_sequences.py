"""Whatever people do with a store in whatever order: nothing lies below zero, and the movements make up what lies."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Case, F, Sum, When
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.approvals.models import Proposal
from casework.approvals.services.proposals import confirm
from casework.kernel.refusals import Refusal
from casework.stock import proposals
from casework.stock.models import Balance, Movement
from casework.stock.services.movements import hand_over
from casework.stock.services.receiving import receive, transfer
from casework.stock.states import COMES
from tests.factories.people import make_person
from tests.factories.stock import make_store

pytestmark = pytest.mark.django_db
STEPS = st.tuples(
    st.sampled_from(["receive", "transfer", "hand over", "count", "write off"]), st.integers(0, 1), st.integers(0, 1),
    st.integers(0, 60),
)  # fmt: skip


class Keepers:
    """People at two stores with two lots of soap."""

    def __init__(self, keeper, manager, store, soap) -> None:
        self.stores, self.soap, self.n = [store, make_store(store.office, "Clinic")], soap, 0
        self.keeper, self.manager, self.family = keeper, manager, make_person()
        self.now = timezone.now()
        self.lots = [self._receive(0, number, 5).lot for number in (0, 1)]

    def _receive(self, store: int, lot: int, quantity: int) -> Movement:
        self.n += 1
        return receive(
            store=self.stores[store], item=self.soap, number=f"L{lot}", expires_on=None, quantity=Decimal(quantity),
            unit_cost=Decimal(1), reference="", key=f"r-{self.n}", by=self.keeper, now=self.now,
        )  # fmt: skip

    def do(self, what: str, store: int, lot: int, quantity: int) -> None:
        """One act; what stands against it is refused."""
        self.n += 1
        key, number = f"s-{self.n}", Decimal(quantity)
        here, there, of = self.stores[store], self.stores[1 - store], self.lots[lot]
        facts = {"by": self.keeper, "now": self.now}
        if what == "receive":
            self._receive(store, lot, quantity)
        elif what == "transfer":
            transfer(lot=of, quantity=number, source=here, target=there, key=key, **facts)
        elif what == "hand over":
            hand_over(store=here, item=self.soap, quantity=number, key=key, subject=self.family, **facts)
        elif what == "count":
            count = proposals.count_store(store=here, found={of.pk: number}, reasons={of.pk: "Counted"}, **facts)
            for proposal in Proposal.rows.open().filter(subject_id=count.pk, kind=proposals.COUNT):
                confirm(proposal=proposal, by=self.manager, now=self.now)
        else:
            proposal = proposals.propose_write_off(
                store=here, lot=of, quantity=number, cause="lost", reason=f"Stolen in night {self.n}", **facts
            )
            confirm(proposal=proposal, by=self.manager, now=self.now)


def made_up() -> dict[tuple[int, int], Decimal]:
    """Store and lot → the sum of the movements."""
    signed = Case(When(kind__in=COMES, then=F("quantity")), default=-F("quantity"))
    rows = Movement.rows.order_by().values_list("store", "lot").annotate(n=Sum(signed))
    return {(store, lot): n for store, lot, n in rows}


@pytest.fixture
def manager(cast):
    return cast.of("PM")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=4, max_size=14))
def test_no_sequence_loses_or_invents_anything(keeper, manager, store, soap, steps):
    with transaction.atomic():
        keepers = Keepers(keeper, manager, store, soap)
        for step in steps:
            try:
                with transaction.atomic():
                    keepers.do(*step)
            except Refusal as refusal:
                assert refusal.code in ("E-STK-01", "E-STK-03", "E-STK-08")
            lying = {(row.store_id, row.lot_id): row.quantity for row in Balance.rows.all()}
            assert lying == made_up() and min(lying.values()) >= 0
        transaction.set_rollback(True)
