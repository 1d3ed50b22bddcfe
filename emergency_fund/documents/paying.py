"""Papers of the one who pays and hands over, from the stored request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from casework.approvals.states import Act
from casework.documents.kinds import Choice
from casework.documents.said import NOTHING, Person, Said, amount, clinic, moment, said, said_day, staff_name
from casework.kernel import dates
from casework.kernel.digits import quantity_text
from casework.kernel.guards import Verdict
from casework.kernel.money import baht_in_words
from casework.kernel.refusals import Refusal
from casework.stock.models import Item
from emergency_fund.models import AssistanceLine, AssistanceRequest, Delivery
from emergency_fund.papers.paying import (
    RECEIPTS,
    VOUCHERS,
    HandOverReceipt,
    PaymentVoucher,
    ReceiptKind,
    ReceiptLine,
    VoucherKind,
    VoucherLine,
)
from emergency_fund.queries.chains import chains_that_pay
from emergency_fund.queries.insurance import waits_for_order
from emergency_fund.queries.kits import goods_of, rows_of
from emergency_fund.queries.payees import payees_of
from emergency_fund.states import LineState, Modality
from emergency_fund.wording.codes import KINDS, PROOFS, RELATIONS
from emergency_fund.wording.paying import VOUCHER

from . import values
from .staff import signed_by

__all__ = ["RECEIPTS", "VOUCHERS", "ReceiptPaper", "VoucherPaper"]

OPEN = frozenset({LineState.APPROVED, LineState.PARTLY})
NOTHING_TO_PAY = _(
    "Nothing is to be paid: it is not approved or not ordered, or it is paid or handed over from the store."
)
NOTHING_RECEIVED = _("Write down first what was paid or handed over.")
CHOOSE = _("Choose one of the list.")


@dataclass(frozen=True, kw_only=True)
class Payment:
    """What is open for one payee: its place among the payees of the request, and how often it was paid before."""

    payee: str
    place: int
    turn: int
    lines: tuple[AssistanceLine, ...]

    @property
    def key(self) -> str:
        """The place and the turn: the same until something is paid."""
        return f"{self.place}.{self.turn}"

    @property
    def total(self) -> Decimal:
        """What is approved of its lines and not yet paid."""
        return sum((_open_of(line) for line in self.lines), Decimal(0))


def _open_of(line: AssistanceLine) -> Decimal:
    return (line.approved or Decimal(0)) - line.paid


def _is_due(line: AssistanceLine) -> bool:
    return line.state in OPEN and _open_of(line) > 0


def payments_of(request: AssistanceRequest, language: str) -> list[Payment]:
    """What is to be paid in money, by payee: who is named or insures, else who asked.

    Goods go out with a receipt; an insurance is paid once it is ordered.
    """
    rows = request.lines.exclude(modality=Modality.IN_KIND).prefetch_related("deliveries")
    lines = list(rows.select_related("budget_line__source"))
    paid, not_ordered = payees_of(lines, language), waits_for_order(lines)
    named = {line.pk: paid.get(line.pk) or request.requester.name for line in lines}
    payees = list(dict.fromkeys(named.values()))
    found = []
    for place, payee in enumerate(payees, start=1):
        own = [line for line in lines if named[line.pk] == payee]
        open_ = tuple(line for line in own if _is_due(line) and line.pk not in not_ordered)
        turn = sum(len(line.deliveries.all()) for line in own) + 1
        if open_:
            found.append(Payment(payee=payee, place=place, turn=turn, lines=open_))
    return found


class VoucherPaper(values.OfAssistanceRequest, VoucherKind):
    """One payee's open lines, in figures and in words."""

    def can_make(self, subject: AssistanceRequest) -> Verdict:
        return values.has_one(bool(payments_of(subject, "en")), "E-EAF-55", NOTHING_TO_PAY)

    def choices(self, subject: AssistanceRequest) -> Sequence[Choice]:
        return [
            Choice(key=payment.key, label=f"{payment.payee}, {amount(payment.total)}", options={"payment": payment.key})
            for payment in payments_of(subject, (translation.get_language() or "en")[:2])
        ]

    def context(self, subject: AssistanceRequest, *, language: str, facts: Mapping[str, Any]) -> PaymentVoucher:
        payments = payments_of(subject, language)
        values.has_one(bool(payments), "E-EAF-55", NOTHING_TO_PAY).insist()
        wanted = facts.get("payment") or payments[0].key
        payment = next((payment for payment in payments if payment.key == wanted), None)
        if payment is None:
            raise Refusal("E-EAF-57", "choice", CHOOSE)
        return PaymentVoucher(
            number=f"{subject.number}/{payment.key}",
            request=subject.number,
            on=dates.both(timezone.localdate(), language),
            payee=payment.payee,
            lines=tuple(
                VoucherLine(
                    what=values.counted_kind(line, _open_of(line), language),
                    budget=f"{line.budget_line.name(language)}, {line.budget_line.source.code}"
                    if line.budget_line
                    else "–",
                    amount=amount(_open_of(line)),
                )
                for line in payment.lines
            ),
            total=amount(payment.total),
            in_words={code: baht_in_words(payment.total, code) for code in ("th", "en")},
            approved_by=tuple(_approvers(subject, language)),
        )


def _approvers(request: AssistanceRequest, language: str) -> Iterator[str]:
    """Who helped first, who approved it for whom, also on appeal, and when."""
    for chain in chains_that_pay(request):
        if chain.bypassed_by is not None and chain.bypassed_at is not None:
            who = f"{staff_name(chain.bypassed_by, language)} ({VOUCHER[language]['helped_first']})"
            yield f"{who}, {moment(chain.bypassed_at, language)}"
        for act in chain.actions.all():
            if act.act == Act.APPROVE and act.user_id != chain.bypassed_by_id:
                yield f"{signed_by(act, language)}, {moment(act.at, language)}"


class ReceiptPaper(values.OfAssistanceRequest, ReceiptKind):
    """One payment or hand-over: what, how much, to whom, before which witness."""

    def can_make(self, subject: AssistanceRequest) -> Verdict:
        return values.has_one(_deliveries(subject).exists(), "E-EAF-56", NOTHING_RECEIVED)

    def choices(self, subject: AssistanceRequest) -> Sequence[Choice]:
        language = (translation.get_language() or "en")[:2]
        return [
            Choice(
                key=str(on_it[0].pk),
                label=f"{on_it[0].number}, {dates.short(on_it[0].on, language)}, {amount(_total(on_it))}",
                options={"delivery": on_it[0].pk},
            )
            for on_it in _receipts(_deliveries(subject))
        ]

    def context(self, subject: AssistanceRequest, *, language: str, facts: Mapping[str, Any]) -> HandOverReceipt:
        known = list(_deliveries(subject).select_related("line", "by").prefetch_related("line__child__names"))
        values.has_one(bool(known), "E-EAF-56", NOTHING_RECEIVED).insist()
        wanted = facts.get("delivery", known[0].pk)
        on_it = next((rows for rows in _receipts(known) if wanted in [row.pk for row in rows]), None)
        if on_it is None:
            raise Refusal("E-EAF-57", "choice", CHOOSE)
        delivery, total = on_it[0], _total(on_it)
        rest = sum((_rest_after(row, known) for row in on_it), Decimal(0))
        children = list(dict.fromkeys(values.name_of(row.line.child, language) for row in on_it))
        return HandOverReceipt(
            number=delivery.number,
            request=subject.number,
            child=", ".join(children),
            lines=tuple(_line(row, language, is_named=len(children) > 1) for row in on_it),
            amount=amount(total),
            in_words=said(baht_in_words(total, language), baht_in_words(total, "th"), language),
            rest=amount(rest) if rest > 0 else "",
            goods_to_come=_goods_to_come(delivery, known, language),
            account=values.account_of(delivery, language),
            receiver=delivery.received_name if delivery.is_to_family else subject.requester.name,
            paid_to="" if delivery.is_to_family else delivery.received_name,
            their_receipt=delivery.provider_receipt,
            relation=_relation(delivery.relation, language),
            proof=values.coded(PROOFS, delivery.proof, language),
            witness=delivery.witness,
            on=said_day(delivery.on, language),
            written=_written(delivery, language),
            giver=Person(name=staff_name(delivery.by, language)),
            clinic=clinic(subject.office, language),
        )


def _written(delivery: Delivery, language: str) -> Said:
    if not delivery.is_late:
        return NOTHING
    day = timezone.localdate(delivery.at)
    return said(dates.short(day, language), dates.short(day, "th"), language)


def _line(delivery: Delivery, language: str, *, is_named: bool) -> ReceiptLine:
    return ReceiptLine(
        what=values.coded(KINDS, delivery.line.kind, language),
        amount=amount(delivery.amount),
        times=values.said_times(delivery.line, delivery.amount, language),
        child=values.name_of(delivery.line.child, language) if is_named else "",
        goods=_goods(delivery, language),
    )


def _receipts(known: Iterable[Delivery]) -> list[list[Delivery]]:
    """What stands on each receipt, in the order of the request; the receipts as they are known."""
    found: dict[str, list[Delivery]] = {}
    for delivery in known:
        found.setdefault(delivery.number, []).append(delivery)
    return [sorted(rows, key=lambda row: row.line_id) for rows in found.values()]


def _total(deliveries: Iterable[Delivery]) -> Decimal:
    return sum((delivery.amount for delivery in deliveries), Decimal(0))


def _goods(delivery: Delivery, language: str) -> str:
    """What left the store by a receipt: "Bathing soap 500 g, Bucket 1 piece"; nothing for a payment."""
    return _named(_gone_by([delivery]), language) if delivery.pick_list_id else ""


def _goods_to_come(delivery: Delivery, known: Sequence[Delivery], language: str) -> str:
    """What of the kit's list the family did not have after this receipt; nothing where it gets no more."""
    if not delivery.pick_list_id or delivery.line.state not in (*OPEN, LineState.DELIVERED):
        return ""
    so_far = [row for row in known if row.pick_list_id == delivery.pick_list_id and row.pk <= delivery.pk]
    left: dict[Item, Decimal] = {}
    for row in rows_of(delivery.pick_list):
        left[row.item] = left.get(row.item, Decimal(0)) + row.quantity
    had = _gone_by(so_far)
    return _named({item: n - had.get(item, 0) for item, n in left.items() if n > had.get(item, 0)}, language)


def _gone_by(deliveries: Iterable[Delivery]) -> dict[Item, Decimal]:
    """How much of each item left the store by receipts."""
    sums: dict[Item, Decimal] = {}
    for delivery in deliveries:
        for one in goods_of(delivery):
            item = one.movement.lot.item
            sums[item] = sums.get(item, Decimal(0)) + one.movement.quantity
    return sums


def _named(sums: Mapping[Item, Decimal], language: str) -> str:
    return ", ".join(
        f"{item.name(language)} {quantity_text(n)}\u00a0{item.unit_for(n, language)}" for item, n in sums.items()
    )


def _relation(written: str, language: str) -> Said:
    """A relation of the list in the paper's language, and any other as it was written."""
    return values.coded(RELATIONS, written, language) if written in RELATIONS else Said(main=written)


def _deliveries(request: AssistanceRequest) -> Any:
    """What was paid or handed over of the request, the newest first."""
    return Delivery.rows.filter(line__request=request).order_by("-pk")


def _rest_after(delivery: Delivery, known: Sequence[Delivery]) -> Decimal:
    """What money of the line is still to come after this delivery; nothing of a line that has ended, or of goods."""
    line = delivery.line
    if delivery.pick_list_id:
        return Decimal(0)
    had = sum((row.amount for row in known if row.line_id == line.pk and row.pk <= delivery.pk), Decimal(0))
    return (line.approved or Decimal(0)) - had if line.state in (*OPEN, LineState.DELIVERED) else Decimal(0)
