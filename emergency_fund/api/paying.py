"""Money of a request over the API: what is to be paid, from where, one payment, and what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from casework.access.policies import Policy
from casework.ui.api.resources import add, part
from casework.ui.api.serializers import MOST_ID, Baht, Day, Line, Told
from emergency_fund.banks import Bank
from emergency_fund.models import Collector, Delivery, DeliveryReturn, FamilyAccount
from emergency_fund.queries import cash
from emergency_fund.queries.accounts import account_of
from emergency_fund.queries.collectors import collectors_of
from emergency_fund.queries.family import receivers_of
from emergency_fund.queries.page import lines_of
from emergency_fund.querysets import ENTER_ACCOUNT
from emergency_fund.rules.accounts import Account
from emergency_fund.rules.cash import FIELD
from emergency_fund.services import delivering
from emergency_fund.services.accounts import enter_account
from emergency_fund.services.collecting import name_collector
from emergency_fund.services.paying_together import Part, pay_together
from emergency_fund.states import ReceiverProof

from . import told
from .base import CASHIER, EDIT, OfRequest, collector_named
from .shown import (
    AccountShown,
    AskedShown,
    CashSourceShown,
    DeliveryShown,
    HelpCollectorShown,
    ReceiverShown,
    ReturnShown,
    asked_of,
)


class AccountTold(Told):
    """Where money of the family is sent, in digits alone. It holds once a second person has confirmed it."""

    bank = serializers.ChoiceField(choices=Bank.choices)
    number = Line(max_length=20)
    holder = Line(max_length=120)
    example = {"bank": "promptpay", "number": "0812345678", "holder": "Naw Paw"}


class HelpCollectorTold(Told):
    """Somebody outside the household who fetches it, as an adult of the family (`named_by`) says."""

    named_by = told.number()
    name = Line(max_length=120)
    relation = Line(max_length=40)
    paper = Line(max_length=80)
    example = {"named_by": 42, "name": "Saw Htoo", "relation": "Neighbour", "paper": "Pink card 0-5512-00001-23-4"}


class PaidAtOnceTold(Told):
    """What else is paid at once: a line and how much of it."""

    line = told.number()
    amount = Baht()
    example = {"line": 91, "amount": "800.00"}


class PaymentTold(Told):
    """One payment or hand-over of a line, or of a part of it.

    `also` are other lines of the request that go to the same payee at once: they stand on the same receipt (the same
    `number`), each as a payment of its own. `on` is the day on which it was paid, where that was before today.

    `received_by` is who of the family has it (`receivers/`); with a `collector` (`collectors/`) it is who named them.
    Without it the hospital or shop is paid that the request names; then the number of its receipt is needed, and no
    proof. With the `account` of the family (its id) the proof is `bank_slip`, and `reference` what the bank calls the
    transfer. `paid_from` is the `key` of a box of cash or an advance (`cash-sources/`), for what is handed over in an
    office that keeps its cash in boxes. `acknowledged` holds the codes of the warnings that somebody has seen.
    """

    called_by_rules = {"lines": "also", "amount_*": "also[line=*].amount", "account_reference": "reference"}
    line = told.number()
    amount = Baht()
    received_by = serializers.IntegerField(
        min_value=1, max_value=MOST_ID, required=False, allow_null=True, default=None
    )
    collector = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False, allow_null=True, default=None)
    proof = serializers.ChoiceField(choices=ReceiverProof.choices, default=ReceiverProof.THEIR_RECEIPT)
    witness = told.words(120)
    provider_receipt = told.words(60)
    account = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False, allow_null=True, default=None)
    reference = told.words(60)
    paid_from = told.words(40)
    on = Day(required=False, allow_null=True, default=None)
    also = serializers.ListField(child=PaidAtOnceTold(), required=False, default=list, max_length=told.MOST_CODES)
    acknowledged = serializers.ListField(child=Line(max_length=20), required=False, max_length=told.MOST_CODES)
    example = {
        "line": 90, "amount": "3000.00", "received_by": 42, "proof": "thumb_print", "witness": "Daw Khin",
        "paid_from": "box-3",
    }  # fmt: skip


class ReturnTold(Told):
    """What came back of a payment; of what was paid in cash `paid_from` is the box that has it again."""

    called_by_rules = {"then": "is_to_pay_again"}
    delivery = told.number()
    amount = Baht()
    reason = told.words(300)
    is_to_pay_again = serializers.BooleanField(default=False)
    paid_from = told.words(40)
    on = Day(required=False, allow_null=True, default=None)
    example = {
        "delivery": 15, "amount": "500.00", "reason": "The hospital asked for less than its quote.",
        "paid_from": "box-3",
    }  # fmt: skip


def _source(sources: Mapping[str, Any], key: str) -> Any:
    """The box or advance of a key, nothing without one. Raises ValidationError for a key that is not there."""
    if key and key not in sources:
        raise told.unknown(FIELD)
    return sources.get(key)


class Payments(OfRequest):
    """What a cashier pays of a request."""

    @part("to-pay", policy=CASHIER, shown=AskedShown)
    def to_pay(self) -> Iterable[Any]:
        """What is asked of it, with what is approved and what was paid: the cashier does not read the rest."""
        return asked_of(lines_of(self.row, is_hidden=False, today=self.today), is_hidden=False)

    @part("cash-sources", policy=CASHIER, shown=CashSourceShown)
    def cash_sources(self) -> Iterable[Any]:
        """Boxes and advances from which it can be paid in cash; none where the office keeps no boxes."""
        sources = cash.sources_to_pay_from(self.row.office_id)
        return [{"key": key, "name": cash.called(one), "left": cash.left_in(one)} for key, one in sources.items()]

    @part("receivers", policy=CASHIER, shown=ReceiverShown)
    def receivers(self) -> Iterable[Any]:
        """Who of the family can receive it today, by age."""
        return receivers_of(self.row.family, self.today)

    @part("payments", policy=CASHIER, shown=DeliveryShown)
    def payments(self) -> Iterable[Any]:
        """What was paid or handed over."""
        return self.deliveries().order_by("pk")

    @add(payments, policy=CASHIER, told=PaymentTold)
    def pay(self, values: dict[str, Any]) -> Delivery:
        """Pay or hand over a line or a part of it, once for the Idempotency-Key (with a fresh second factor).

        With others that are paid at once, the answer is the first of them.
        """
        first = {"line": values.pop("line"), "amount": values.pop("amount")}
        also = values.pop("also")
        parts = [self._part("line", **first)]
        parts += [self._part(f"also.{number}.line", **one) for number, one in enumerate(also)]
        received_by, account = values.pop("received_by"), values.pop("account")
        collector = collector_named(self.row, values.pop("collector"))
        received_by = collector.named_by_id if collector else received_by
        who = told.member_named(self.row.family, received_by, "received_by") if received_by else None
        source = _source(cash.sources_to_pay_from(self.row.office_id), values.pop(FIELD))
        return pay_together(
            parts=parts, collector=collector, received_by=who.person if who else None, relation=who.role if who else "",
            account=self._account(account) if account else None, **cash.as_facts(source), **values, **self.by_now,
        )[0]  # fmt: skip

    def _part(self, field: str, line: int, amount: Decimal) -> Part:
        row = self.named(self.row.lines.select_related("request"), line, field)
        return Part(line=row, amount=amount, key=f"{self.key}-{row.pk}")

    @part("collectors", policy=CASHIER, shown=HelpCollectorShown)
    def collectors(self) -> Iterable[Any]:
        """Who fetches it for the family."""
        return collectors_of(self.row)

    @add(collectors, policy=EDIT, told=HelpCollectorTold)
    def name_collector(self, values: dict[str, Any]) -> Collector:
        """The family names who fetches it."""
        who = told.member_named(self.row.family, values.pop("named_by"), "named_by")
        return name_collector(request=self.row, named_by=who.person, **values, **self.by_now)

    def _account(self, pk: int) -> FamilyAccount:
        held = account_of(self.row.family_id)
        if held is None or held.pk != pk:
            raise told.unknown("account")
        return held

    @part("accounts", policy=CASHIER, shown=AccountShown)
    def accounts(self) -> Iterable[Any]:
        """The account to which money of the family is sent: the bank and the last digits."""
        held = account_of(self.row.family_id)
        return [held] if held else []

    @add(accounts, policy=Policy(action=ENTER_ACCOUNT), told=AccountTold)
    def enter_account(self, values: dict[str, Any]) -> FamilyAccount:
        """Write the account of the family down; a second person confirms it (with a fresh second factor)."""
        return enter_account(request=self.row, account=Account(**values), **self.by_now)

    @part("returns", policy=CASHIER, shown=ReturnShown)
    def returns(self) -> Iterable[Any]:
        """What came back."""
        return DeliveryReturn.objects.visible_to(self.request.user).filter(delivery__line__request=self.row)

    @add(returns, policy=CASHIER, told=ReturnTold)
    def take_return(self, values: dict[str, Any]) -> DeliveryReturn:
        """A part of a payment came back, once for the Idempotency-Key (with a fresh second factor)."""
        delivery = self.delivery(values.pop("delivery"))
        box = _source(cash.sources_to_give_back_to(delivery), values.pop(FIELD))
        return delivering.take_return(delivery=delivery, key=self.key, box=box, **values, **self.by_now)
