"""What goes into a kit for a family, which lots it is taken from, and what stands against a movement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext_lazy as _

from casework.kernel.refusals import Finding, error

from .states import Basis

INFANT_UNTIL = 2
WOMAN_FROM, WOMAN_TO = 10, 49


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person of a family on the day of the pick list: age in whole years, None when it is not known."""

    age: int | None
    is_female: bool


@dataclass(frozen=True, kw_only=True)
class Need:
    """So much of an item, by a basis, for the ages it is meant for."""

    item_id: int
    basis: str
    quantity: Decimal
    min_age: int | None = None
    max_age: int | None = None


@dataclass(frozen=True, kw_only=True)
class Lying:
    """So much of a lot in a store."""

    lot_id: int
    item_id: int
    quantity: Decimal
    expires_on: date | None


def packed(needs: Iterable[Need], members: Sequence[Member], months: int) -> dict[int, Decimal]:
    """Item id → whole units of a kit for a family and so many months; items nobody needs are left out.

    Quantities per person are those of the kit's version (Sphere handbook: 250 g of bathing and 200 g of laundry soap a
    person and month, containers a household).
    """
    wanted: dict[int, Decimal] = {}
    for need in needs:
        amount = need.quantity * _counted(need, members, months)
        if amount:
            wanted[need.item_id] = wanted.get(need.item_id, Decimal(0)) + amount
    return {item: amount.to_integral_value(ROUND_CEILING) for item, amount in wanted.items()}


def _counted(need: Need, members: Sequence[Member], months: int) -> int:
    """By how much the quantity is multiplied."""
    if need.basis == Basis.HOUSEHOLD:
        return 1 if members else 0
    return sum(_needs(need, member) for member in members) * months


def _needs(need: Need, member: Member) -> bool:
    """Whether the item is for this person. Of unknown age, a person counts where no age is asked."""
    if need.basis == Basis.FEMALE_10_49:
        return member.is_female and member.age is not None and WOMAN_FROM <= member.age <= WOMAN_TO
    if need.basis == Basis.INFANT_MONTH:
        return member.age is not None and member.age < INFANT_UNTIL
    if need.min_age is None and need.max_age is None:
        return True
    return member.age is not None and (need.min_age or 0) <= member.age <= (need.max_age or 200)


def first_expiring(lying: Iterable[Lying], quantity: Decimal, *, on: date, keeps: int) -> list[tuple[int, Decimal]]:
    """Lot id and quantity to take from each, first expiry first; fewer in all when there is not enough.

    Lots that expire within `keeps` days of the day are left.
    """
    last = on + timedelta(days=keeps)
    good = [lot for lot in lying if lot.quantity > 0 and (lot.expires_on is None or lot.expires_on >= last)]
    taken, open_ = [], quantity
    for lot in sorted(good, key=lambda lot: (lot.expires_on or date.max, lot.lot_id)):
        if open_ <= 0:
            break
        taken.append((lot.lot_id, min(lot.quantity, open_)))
        open_ -= taken[-1][1]
    return taken


def against_leaving(
    *, item: str, store: str, have: Decimal, need: Decimal, expires_on: date | None, on: date, keeps: int
) -> Iterator[Finding]:
    """What stands against things leaving to a family: E-STK-01 too few there, E-STK-02 too old."""
    if need > have:
        words = {"item": item, "store": store, "have": f"{have:g}", "need": f"{need:g}"}
        yield error("E-STK-01", "quantity", _("%(item)s: %(store)s has %(have)s, %(need)s are needed.") % words)
    if expires_on is not None and expires_on < on + timedelta(days=keeps):
        yield error("E-STK-02", "lot", _("%(item)s: this lot is too old to hand over. Take another.") % {"item": item})
