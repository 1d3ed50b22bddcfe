"""The money of the demo after it left the budget line: a box, an advance, two months at finance. All invented."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from casework.funds.models import CashBox
from casework.funds.proposals.cash import propose_count
from casework.funds.queries.finance import lines_of_batch
from casework.funds.services import advances, boxes, finance
from casework.kernel.dates import add_months
from emergency_fund.models import AssistanceLine, Delivery
from emergency_fund.querysets import PROGRAMME
from emergency_fund.services import delivering
from emergency_fund.states import LineState, Modality

PIECES = {"1000": 5, "500": 2, "100": 8, "20": 3, "10": 1, "5": 2}


def past_cash(world: Any) -> None:
    """Two months at finance and a box in Mae Sot. Once there is a box, cash is paid from it."""
    DemoCash(world).play()


class DemoCash:
    """Plays the cashier and the finance desk of one office."""

    def __init__(self, world: Any) -> None:
        self.now, self.today, self.office = world.now, world.today, world.offices["MS"]
        self.manager, self.head, self.cashier, self.carrier = (
            world.users[name] for name in ("malee.c", "daniel.r", "anan.j", "somchai.k")
        )
        month = self.today.replace(day=1)
        self.months = [add_months(month, -2), add_months(month, -1)]

    def play(self) -> None:
        """The months that finance has, then the box of today."""
        for month in self.months:
            self._month(month)
        box = self._box()
        self._advance(box)
        self._pay(box)
        self._count(box)

    def _month(self, month: date) -> None:
        """A month that is over; the older one is closed, of the newer one finance was just told."""
        last = add_months(month, 1) - timedelta(days=1)
        if not Delivery.rows.filter(line__request__office=self.office, on__range=(month, last)).exists():
            return
        batch = finance.export_month(
            office=self.office, programme=PROGRAMME, first=month, reason="Monthly accounts of the head office",
            by=self.manager, now=self.now,
        )  # fmt: skip
        if month == self.months[0]:
            answers = {
                own.pk: finance.Booked(amount=own.total - Decimal("0.50"), explanation="Rounded to whole baht there")
                for own in lines_of_batch(batch)
            }
            finance.answer_batch(batch=batch, answers=answers, by=self.manager, now=self.now)
            finance.close_batch(batch=batch, by=self.manager, now=self.now)

    def _box(self) -> CashBox:
        names = {"name_en": "Front desk", "name_th": "โต๊ะหน้า", "name_my": "ရှေ့စားပွဲ"}
        box = boxes.open_box(office=self.office, keeper=self.cashier, names=names, by=self.manager, now=self.now)
        boxes.fill_box(
            box=box, amount=Decimal(10_000), reference="BBL 0041772", on=self.today, key="demo-box-1", by=self.cashier,
            now=self.now,
        )  # fmt: skip
        return box

    def _advance(self, box: CashBox) -> None:
        advances.give_advance(
            box=box, holder=self.carrier, amount=Decimal(3000), purpose="Payments in the villages along the river",
            until_on=self.today + timedelta(days=5), by=self.cashier, now=self.now,
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
