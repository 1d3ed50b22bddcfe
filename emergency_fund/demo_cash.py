"""The money of the demo after it left the budget line: a box, an advance, rates, two months at finance; invented."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from casework.approvals.models import Proposal
from casework.approvals.services.proposals import confirm
from casework.funds.cash_proposals import propose_count
from casework.funds.finance_queries import lines_of_batch
from casework.funds.models import BudgetLine, CashBox, ExchangeRate
from casework.funds.services import advances, boxes, budget, finance
from casework.funds.services.ledger import post_entry
from casework.funds.states import EntryKind
from casework.kernel.dates import add_months

from .models import AssistanceLine
from .querysets import PROGRAMME
from .services import delivering
from .states import LineState, Modality

RATES = {"USD": ("33.10", "32.85", "32.60"), "EUR": ("38.20", "38.05", "37.90")}
"""Baht for one unit, from the first day of each of the last months on."""
RATE_SOURCE = "Bank of Thailand, middle rate (demo figures)"
BEFORE = (("1200", 3), ("850", 9), ("2400.50", 17), ("640", 24))
"""What was paid in each of the two months before, and on which day."""
PIECES = {"1000": 5, "500": 2, "100": 8, "20": 3, "10": 1, "5": 2}


def load_demo_cash(world: Any) -> None:
    """Cash and finance of Mae Sot, once; nothing where a number of children is asked for instead."""
    if world.children is None and not CashBox.rows.exists():
        DemoCash(world).play()


class DemoCash:
    """Plays the cashier and the finance desk of one office."""

    def __init__(self, world: Any) -> None:
        self.now, self.today, self.office = timezone.now(), world.today, world.offices["MS"]
        self.manager, self.head, self.cashier, self.carrier = (
            world.users[name] for name in ("malee.c", "daniel.r", "anan.j", "somchai.k")
        )
        month = self.today.replace(day=1)
        self.months = [add_months(month, -2), add_months(month, -1)]

    def play(self) -> None:
        """Rates first, then the months that finance has, then the box of today."""
        self._rates()
        line = self._line()
        for month in self.months:
            self._month(line, month)
        box = self._box()
        self._advance(box)
        self._pay(box)
        self._count(box)

    def _rates(self) -> None:
        days = [*self.months, self.today.replace(day=1)]
        ExchangeRate.objects.bulk_create(
            ExchangeRate(currency=currency, valid_from=day, baht=Decimal(baht), source=RATE_SOURCE, checked_on=day)
            for currency, rates in RATES.items()
            for day, baht in zip(days, rates, strict=True)
        )

    def _line(self) -> BudgetLine:
        first, by = self.months[0], {"by": self.manager, "now": self.now}
        source = budget.open_source(
            facts={
                "code": "HM-USD", "donor": "Harbour Mission", "currency": "USD", "ceiling": "20000",
                "starts_on": str(first), "ends_on": str(date(self.today.year + 1, 12, 31)),
            },
            **by,
        )  # fmt: skip
        facts = {
            "office": self.office.pk, "programme": PROGRAMME, "name_en": "Transport", "name_th": "ค่าเดินทาง",
            "kinds": ["transport_to_care"], "ceiling": "300000",
        }  # fmt: skip
        line = budget.open_line(source=source, facts=facts, **by)
        gift = {"amount": "1500", "on": str(first)}
        budget.give(line=line, kind=EntryKind.ALLOT, facts=gift, key="demo-HM-USD", reason="Agreement", **by)
        return line

    def _month(self, line: BudgetLine, month: date) -> None:
        """Payments of a month that is over; the older one is closed, of the newer one finance was just told."""
        for number, (amount, day) in enumerate(BEFORE, start=1):
            reference = f"R-{self.office.code}-{month:%Y}-{month:%m}{number:02d}"
            for kind in (EntryKind.RESERVE, EntryKind.COMMIT, EntryKind.DISBURSE):
                post_entry(
                    line=line, kind=kind, amount=Decimal(amount), subject=line, key=f"demo-{month}-{number}-{kind}",
                    on=month.replace(day=day), reference=reference, by=self.cashier, now=self.now,
                )  # fmt: skip
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
                proof="thumb_print", witness="Ma Khin", key=f"line-{line.pk}-1", by=self.cashier, now=self.now, box=box,
            )  # fmt: skip

    def _count(self, box: CashBox) -> None:
        propose_count(
            box=box, pieces=PIECES, explanation="A note is missing since the morning", by=self.cashier, now=self.now
        )
        proposal = Proposal.rows.latest("pk")
        confirm(proposal=proposal, by=self.head, now=self.now)
