"""What goes into a kit for a family, which lots it is taken from, and what stands against a movement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.kernel.dates import short
from casework.kernel.digits import quantity_text
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Finding, error

from .states import CONFIRMED, Basis, WriteOffCause

INFANT_UNTIL = 2
WOMAN_FROM, WOMAN_TO = 10, 49


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person of a family on the day of the pick list: age in whole years, None when it is not known."""

    age: int | None
    is_female: bool


@dataclass(frozen=True, kw_only=True)
class StandsIn:
    """So much of another item that stands in for so much of one that a store has too little of."""

    item_id: int
    quantity: Decimal
    counts_for: Decimal


@dataclass(frozen=True, kw_only=True)
class Need:
    """So much of an item, by a basis, for the ages it is meant for; and what stands in for it, in this order."""

    item_id: int
    basis: str
    quantity: Decimal
    min_age: int | None = None
    max_age: int | None = None
    stands_in: tuple[StandsIn, ...] = ()


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


def by_basis(members: Sequence[Member]) -> dict[str, int]:
    """Basis → how many it counts of a family."""
    counted = {}
    for basis in Basis:
        need = Need(item_id=0, basis=basis, quantity=Decimal(1))
        counted[str(basis)] = _counted(need, members, 1)
    return counted


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
    good = [lot for lot in lying if lot.quantity > 0 and not is_too_old(lot.expires_on, on=on, keeps=keeps)]
    taken, open_ = [], quantity
    for lot in sorted(good, key=lambda lot: (lot.expires_on or date.max, lot.lot_id)):
        if open_ <= 0:
            break
        taken.append((lot.lot_id, min(lot.quantity, open_)))
        open_ -= taken[-1][1]
    return taken


def against_leaving(
    *, item: str, store: str, have: Decimal, need: Decimal, expires_on: date | None, on: date, keeps: int,
    is_past: bool = False,
) -> Iterator[Finding]:  # fmt: skip
    """What stands against things leaving to a family: E-STK-01 too few there, E-STK-02 too old.

    `is_past` says that `have` is what could leave on a day before today.
    """
    if need > have:
        words = {"item": item, "store": store, "have": quantity_text(have), "need": quantity_text(need)}
        told = _("%(item)s: %(store)s has %(have)s, %(need)s are needed.")
        if is_past:
            words["day"] = _told(on)
            told = _("%(item)s: since %(day)s, %(have)s could leave %(store)s, %(need)s are needed. Check the day.")
        yield error("E-STK-01", "quantity", told % words)
    if is_too_old(expires_on, on=on, keeps=keeps):
        yield error("E-STK-02", "lot", _("%(item)s: this lot is too old to hand over. Take another.") % {"item": item})


def _told(on: date) -> str:
    return short(on, (get_language() or "en")[:2])


def can_write_down(kind: str, *, by_id: int, confirmed_by_id: int | None) -> Verdict:
    """E-STK-15: what is written off or counted differently is confirmed by somebody else."""
    if kind in CONFIRMED and confirmed_by_id in (None, by_id):
        return no("E-STK-15", _("A second person confirms this. Propose it."))
    return YES


def against_quantity(quantity: Decimal) -> Iterator[Finding]:
    """E-STK-03: something moves."""
    if quantity <= 0:
        yield error("E-STK-03", "quantity", _("Write how much, more than 0."))


def against_part(quantity: Decimal, *, is_whole: bool, field: str = "quantity") -> Iterator[Finding]:
    """E-STK-33: of what is counted in whole no part comes, goes, is counted or written off."""
    if is_whole and quantity != quantity.to_integral_value():
        yield error("E-STK-33", field, _("This is counted in whole. Write a number without a part."))


@dataclass(frozen=True, kw_only=True)
class KnownLot:
    """What is written down of a lot already."""

    expires_on: date | None
    unit_cost: Decimal


def against_receiving(
    *, number: str, expires_on: date | None, unit_cost: Decimal, known: KnownLot | None, today: date
) -> Iterator[Finding]:
    """E-STK-04 and 05: nothing comes expired, and a lot has one expiry and one cost."""
    if expires_on is not None and expires_on < today:
        told = _("%(day)s is past. Check the day on the pack; expired goods go back to the supplier.")
        yield error("E-STK-05", "expires_on", told % {"day": _told(expires_on)})
    if known is None:
        return
    words = {"number": number}
    if known.expires_on != expires_on:
        until = _told(known.expires_on) if known.expires_on else _("never")
        told = _("Lot %(number)s is known already and expires %(until)s. Check the day, or write another lot number.")
        yield error("E-STK-04", "expires_on", told % {**words, "until": until})
    if known.unit_cost != unit_cost:
        told = _("Lot %(number)s came at %(cost)s baht for one. Check the cost, or write another lot number.")
        yield error("E-STK-04", "unit_cost", told % {**words, "cost": f"{known.unit_cost:,.2f}"})


def against_day(on: date, *, today: date) -> Iterator[Finding]:
    """E-STK-34: goods moved on a day that has been."""
    if on > today:
        yield error("E-STK-34", "on", _("This day is still to come. Write the true day, up to today."))


def against_transfer(*, is_same: bool) -> Iterator[Finding]:
    """E-STK-06: from one store to another."""
    if is_same:
        yield error("E-STK-06", "target", _("That is the store where it lies. Choose another one."))


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A lot that was counted: what the books say, what lies there, why they differ."""

    lot_id: int
    book: Decimal
    found: Decimal
    reason: str = ""

    @property
    def difference(self) -> Decimal:
        """How much more lies there than the books say; negative when it is less."""
        return self.found - self.book


def against_count(lines: Sequence[Counted], *, is_waiting: bool) -> Iterator[Finding]:
    """E-STK-08 to 10: something was counted, each difference has its reason, and no other count waits."""
    if is_waiting:
        told = _("A count of this store waits for a second person. Count again when it is confirmed or declined.")
        yield error("E-STK-10", "", told)
    if not lines:
        yield error("E-STK-08", "", _("Write what you counted, at least of one lot."))
    for line in lines:
        if line.difference and not line.reason.strip():
            told = _("The books say %(book)s. Count once more, or say why it differs.")
            yield error("E-STK-09", f"reason_{line.lot_id}", told % {"book": quantity_text(line.book)})


def against_write_off(*, cause: str, reason: str, expires_on: date | None, keeps: int, on: date) -> Iterator[Finding]:
    """E-STK-14 and 22: a reason in words; what is written off as expired can no longer be handed over."""
    if not says_why(reason):
        yield error("E-STK-14", "reason", _("Say in a sentence what happened. The second person reads it."))
    if cause == WriteOffCause.EXPIRED and not is_too_old(expires_on, on=on, keeps=keeps):
        yield error("E-STK-22", "cause", _("This lot can still be handed over. Choose another cause."))


def is_too_old(expires_on: date | None, *, on: date, keeps: int) -> bool:
    """Whether a lot no longer keeps as long as it must when it is handed over."""
    return expires_on is not None and expires_on < on + timedelta(days=keeps)


def against_item(*, is_taken: bool, unit_before: str, unit: str, has_moved: bool) -> Iterator[Finding]:
    """E-STK-16 and 17: a code of its own; what is counted in pieces is not counted in grams from tomorrow."""
    if is_taken:
        yield error("E-STK-16", "code", _("Another item has this code. Write another one."))
    if has_moved and unit != unit_before:
        told = _("This item was counted in %(unit)s. To count it otherwise, add another item.")
        yield error("E-STK-17", "unit", told % {"unit": unit_before})


def against_store(*, is_taken: bool) -> Iterator[Finding]:
    """E-STK-23: an office names a store once."""
    if is_taken:
        yield error("E-STK-23", "name_en", _("The office has a store of this name. Write another one."))


def against_kit(
    needs: Sequence[Need], *, valid_from: date, previous_from: date | None, source: str
) -> Iterator[Finding]:
    """E-STK-18 to 21: some of each item, each counted one way once, from a day after the version before, by a source.

    E-STK-36 to 38: what stands in for an item is another one, named once, in one row of it.

    Fields are those of the form: `row_1` is the first row.
    """
    if not needs:
        yield error("E-STK-18", "", _("Write at least one item of the kit."))
    if not source.strip():
        yield error("E-STK-20", "source", _("Say where these quantities come from."))
    if previous_from is not None and valid_from < previous_from:
        told = _("The version before holds from %(day)s. The new one begins on that day or later.")
        yield error("E-STK-20", "valid_from", told % {"day": _told(previous_from)})
    seen: set[tuple[int, str]] = set()
    for number, need in enumerate(needs):
        if need.quantity <= 0:
            yield error("E-STK-18", f"row_{number}", _("Write how much, more than 0."))
        if (need.item_id, need.basis) in seen:
            yield error("E-STK-19", f"row_{number}", _("This item is counted this way in another row. Add them up."))
        if need.min_age is not None and need.max_age is not None and need.min_age > need.max_age:
            yield error("E-STK-21", f"row_{number}", _("The first age is above the last one."))
        seen.add((need.item_id, need.basis))
        yield from _against_standing_in(need, f"row_{number}")
    named = [need.item_id for need in needs if need.stands_in]
    for number, need in enumerate(needs):
        if need.stands_in and named.count(need.item_id) > 1:
            told = _("What stands in for this item is named in another row. Name it in one of them.")
            yield error("E-STK-37", f"row_{number}", told)


def _against_standing_in(need: Need, field: str) -> Iterator[Finding]:
    """E-STK-36 and 38: another item, each once, so much of it for so much."""
    others = [other.item_id for other in need.stands_in]
    if need.item_id in others or len(set(others)) < len(others):
        yield error("E-STK-36", field, _("Choose another item to stand in, each of them once."))
    if any(other.quantity <= 0 or other.counts_for <= 0 for other in need.stands_in):
        yield error("E-STK-38", field, _("Write how much of it stands in for how much, more than 0."))
