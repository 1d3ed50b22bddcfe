"""What stands against packing a kit and handing it over from a store: E-EAF-13, 14 and 90 to 94 (reference 2.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.kernel.dates import short
from casework.kernel.digits import quantity_text
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Finding, error
from emergency_fund.states import LineKind

MOST_PEOPLE = 40
"""A family of more is a mistake, or two families."""


@dataclass(frozen=True, kw_only=True)
class Handed:
    """A row of a pick list as somebody hands it over: from which lot, how much of what is left on the list."""

    row_id: int
    item: str
    lot: str
    expires_on: date | None
    too_old: bool
    have: Decimal
    left: Decimal
    quantity: Decimal


@dataclass(frozen=True, kw_only=True)
class CameBack:
    """Goods of a receipt that came back: how much of what is still with the family."""

    movement_id: int
    item: str
    left: Decimal
    quantity: Decimal


def can_pay_out(kind: str, *, from_store: bool) -> Verdict:
    """E-EAF-90: a kit leaves a store; its money is not paid out."""
    if (kind == LineKind.HYGIENE_KIT) == from_store:
        return YES
    if from_store:
        return no("E-EAF-90", _("This is paid, not handed over from a store."))
    return no("E-EAF-90", _("A hygiene kit is handed over from a store. Open “To pay or hand over” of the request."))


def can_take_goods(*, is_from_store: bool) -> Verdict:
    """E-EAF-90: goods come back of what left a store."""
    return YES if is_from_store else no("E-EAF-90", _("This was paid. What came back of it is money."))


def can_take_money(*, is_from_store: bool) -> Verdict:
    """E-EAF-90: what left a store comes back as goods."""
    return no("E-EAF-90", _("This left a store. What came back of it are goods.")) if is_from_store else YES


def against_family(people: int) -> Iterator[Finding]:
    """E-EAF-91: a kit is for a family, of as many people as can live together."""
    if not people:
        yield error(
            "E-EAF-91", "", _("Nobody lives in this family by its record. Ask the caseworker to write them in.")
        )
    elif people > MOST_PEOPLE:
        words = {"people": people}
        told = _("%(people)s people live in this family by its record. Ask the caseworker to check that.")
        yield error("E-EAF-91", "", told % words)


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A row of a pick list and the lot that is to be taken instead."""

    item: str
    lot: str
    expires_on: date | None
    too_old: bool
    is_other: bool
    """Whether it is another lot of the same item than the one on the list."""
    have: Decimal
    """What lies of it in the store beside what the list takes of it already."""
    need: Decimal


def against_exchange(exchange: Exchange | None, *, store: str, reason: str) -> Iterator[Finding]:
    """E-EAF-173 to 176: another lot of the item, one that keeps, enough of it, and why."""
    if exchange is None or not exchange.is_other:
        yield error("E-EAF-173", "swap", _("Choose another lot of the same item from the list."))
    elif exchange.too_old and exchange.expires_on is not None:
        words = {"lot": exchange.lot, "day": short(exchange.expires_on, (get_language() or "en")[:2])}
        told = _("Lot %(lot)s expires %(day)s, too soon to hand over. Choose one that keeps longer.")
        yield error("E-EAF-174", "swap", told % words)
    elif exchange.have < exchange.need:
        words = {"item": exchange.item, "lot": exchange.lot, "store": store}
        words |= {"have": quantity_text(exchange.have), "need": quantity_text(exchange.need)}
        told = _("%(item)s: %(store)s has %(have)s of lot %(lot)s, %(need)s are needed. Choose another lot.")
        yield error("E-EAF-175", "swap", told % words)
    if not says_why(reason):
        told = _("Say in a sentence why the lot that expires first stays in the store. It is printed on the list.")
        yield error("E-EAF-176", "reason", told)


def against_nothing(needed: Sequence[int]) -> Iterator[Finding]:
    """E-EAF-91: the kit holds something for somebody of the family."""
    if not needed:
        told = _("The kit holds nothing for the people of this family. Ask the programme manager what to give.")
        yield error("E-EAF-91", "", told)


def nothing_there(*, item: str, store: str, need: Decimal) -> Finding:
    """E-EAF-14: of all that the kit holds, nothing lies in the store."""
    words = {"item": item, "store": store, "have": "0", "need": quantity_text(need)}
    told = _("%(item)s: %(store)s has %(have)s, %(need)s are needed. Choose another store, or order it.")
    return error("E-EAF-14", "store", told % words)


def can_hand_over_from(*, is_current: bool) -> Verdict:
    """E-EAF-93: by the newest list."""
    if is_current:
        return YES
    return no("E-EAF-93", _("There is a newer pick list, or none. Open the line again and hand over by that."))


def against_day_of_list(*, on: date, picked_on: date) -> Iterator[Finding]:
    """E-EAF-228: what was packed for a day was not handed over before it; the lots of that day are chosen again."""
    if on < picked_on:
        told = _("This was packed for %(day)s. Choose the lots again for the day on which it was handed over.")
        yield error("E-EAF-228", "on", told % {"day": short(picked_on, (get_language() or "en")[:2])})


def against_handing(rows: Sequence[Handed], *, store: str) -> Iterator[Finding]:
    """E-EAF-13, 14, 17 and 92: lots that keep, that lie there, no more than was packed, and something at all."""
    if not any(row.quantity for row in rows):
        yield error("E-EAF-92", "rows", _("Write how much of the list is handed over."))
    for row in rows:
        if not row.quantity:
            continue
        field = f"row_{row.row_id}"
        if row.quantity > row.left:
            words = {"item": row.item, "left": quantity_text(row.left)}
            yield error("E-EAF-17", field, _("%(item)s: the list has %(left)s left to hand over.") % words)
        elif row.too_old and row.expires_on is not None:
            words = {"item": row.item, "lot": row.lot, "day": short(row.expires_on, (get_language() or "en")[:2])}
            told = _("%(item)s: lot %(lot)s expires %(day)s, too soon to hand over. Choose the lots again.")
            yield error("E-EAF-13", field, told % words)
        elif row.quantity > row.have:
            words = {"item": row.item, "store": store}
            words |= {"have": quantity_text(row.have), "need": quantity_text(row.quantity)}
            told = _(
                "%(item)s: %(store)s has %(have)s of this lot, %(need)s are needed. Hand over less, or choose the lots "
                "again."
            )
            yield error("E-EAF-14", field, told % words)


def against_coming_back(rows: Sequence[CameBack], reason: str) -> Iterator[Finding]:
    """E-EAF-33 and 94: no more comes back than the family has, something does, and somebody says why."""
    if not any(row.quantity for row in rows):
        yield error("E-EAF-94", "rows", _("Write how much came back."))
    for row in rows:
        if row.quantity > row.left:
            words = {"item": row.item, "left": quantity_text(row.left)}
            told = _("%(item)s: up to %(left)s of this can come back.")
            yield error("E-EAF-94", f"row_{row.movement_id}", told % words)
    if not says_why(reason):
        yield error("E-EAF-33", "reason", _("Say in a sentence why it came back."))


def cost_of(goods: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """What goods cost: quantity and cost of one, to the satang."""
    return sum((quantity * cost for quantity, cost in goods), Decimal(0)).quantize(Decimal("0.01"))


def charged(*, cost: Decimal, left: Decimal) -> Decimal:
    """What the budget line pays for goods: what they cost, up to what is approved and not yet paid (decision 19)."""
    return min(cost, left)


def refunded(*, charged_so_far: Decimal, cost_left: Decimal) -> Decimal:
    """What the budget line has back: what it paid beyond the goods that stay with the family."""
    return max(charged_so_far - cost_left, Decimal(0))
