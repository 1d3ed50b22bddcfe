"""The money of the demo after it left the budget line: a box, an advance, a count. All invented."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from casework.funds.models import CashBox
from casework.funds.proposals.cash import propose_count
from casework.funds.services import advances, boxes
from emergency_fund.models import AssistanceLine
from emergency_fund.services import delivering
from emergency_fund.states import LineState, Modality

PIECES = {"1000": 5, "500": 2, "100": 8, "20": 3, "10": 1, "5": 2}


def past_cash(world: Any) -> None:
    """A box in Mae Sot. Once there is a box, cash is paid from it."""
    DemoCash(world).play()


class DemoCash:
    """Plays the cashier of one office."""

    def __init__(self, world: Any) -> None:
        self.now, self.today, self.office = world.now, world.today, world.offices["MS"]
        self.manager, self.head, self.cashier, self.carrier = (
            world.users[name] for name in ("malee.c", "daniel.r", "anan.j", "somchai.k")
        )

    def play(self) -> None:
        """The box of today: filled, taken from, counted."""
        box = self._box()
        self._advance(box)
        self._pay(box)
        self._count(box)

    def _box(self) -> CashBox:
        names = {"name_en": "Front desk", "name_th": "โต๊ะหน้า", "name_my": "ရှေ့စားပွဲ"}
        opened = self.now - timedelta(days=3)
        box = boxes.open_box(office=self.office, keeper=self.cashier, names=names, by=self.manager, now=opened)
        boxes.fill_box(
            box=box, amount=Decimal(10_000), reference="BBL 0041772", on=box.opened_on, key="demo-box-1",
            by=self.cashier, confirmed_by=self.manager, now=opened,
        )  # fmt: skip
        return box

    def _advance(self, box: CashBox) -> None:
        """Given the day before, and written down today."""
        advances.give_advance(
            box=box, holder=self.carrier, amount=Decimal(3000), purpose="Payments in the villages along the river",
            until_on=self.today + timedelta(days=5), by=self.cashier, now=self.now, on=self.today - timedelta(days=1),
        )  # fmt: skip

    def _pay(self, box: CashBox) -> None:
        """A part of what the first family in line gets in cash."""
        rows = AssistanceLine.rows.filter(state=LineState.APPROVED, modality=Modality.CASH, request__office=self.office)
        line = rows.select_related("request__requester").first()
        if line is not None:
            delivering.pay(
                line=line, amount=min(line.to_pay, Decimal(100)), received_by=line.request.requester, relation="mother",
                proof="thumb_print", witness="Ma Khin", by=self.cashier, now=self.now, box=box,
                key=f"line-{line.pk}-{line.deliveries.count() + 1}",
            )  # fmt: skip

    def _count(self, box: CashBox) -> None:
        propose_count(
            box=box, pieces=PIECES, explanation="A note is missing since the morning", by=self.cashier, now=self.now
        )
