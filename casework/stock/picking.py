"""From which lots a kit is packed: its own items first, and what stands in for one where a store has too little."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from .rules import Lying, StandsIn, first_expiring

SMALLEST = Decimal("0.01")
"""Of what is not counted in whole."""


@dataclass(frozen=True, kw_only=True)
class Thing:
    """How an item is packed: for how many days it must keep, and whether there is a half of one."""

    keeps: int
    is_whole: bool


@dataclass(frozen=True, kw_only=True)
class Picked:
    """So much of an item of one lot; without a lot, what is missing. `covers` so much of another one it stands for."""

    item_id: int
    lot_id: int | None
    quantity: Decimal
    stands_for: int | None = None
    covers: Decimal | None = None


def rounded(number: Decimal, thing: Thing, rounding: str = ROUND_CEILING) -> Decimal:
    """A quantity of an item as it is counted, rounded up."""
    return number.quantize(Decimal(1) if thing.is_whole else SMALLEST, rounding)


def pick(
    wanted: Mapping[int, Decimal], stands_in: Mapping[int, Sequence[StandsIn]], things: Mapping[int, Thing],
    lying: Iterable[Lying], *, on: date,
) -> list[Picked]:  # fmt: skip
    """What is taken for what is wanted (item id → how much), item by item; what lies there is given out once.

    Of every item its own lots come first, the first to expire before the others; then what stands in for what is still
    missing, in its order; then what is missing. An item that is counted in whole is stood in for in whole.
    """
    shelf = _Shelf(things, lying, on)
    own = {item: shelf.take(item, quantity) for item, quantity in wanted.items()}
    found: list[Picked] = []
    for item, quantity in wanted.items():
        found += [Picked(item_id=item, lot_id=lot, quantity=taken) for lot, taken in own[item]]
        missing = quantity - _sum(own[item])
        for other in stands_in.get(item, ()):
            for row in shelf.stand_in(item, missing, other):
                found.append(row)
                missing -= row.covers or Decimal(0)
        if missing > 0:
            found.append(Picked(item_id=item, lot_id=None, quantity=missing))
    return found


class _Shelf:
    """What lies in a store, less what was taken."""

    def __init__(self, things: Mapping[int, Thing], lying: Iterable[Lying], on: date) -> None:
        self.things, self.on = things, on
        self.lots = {lot.lot_id: lot for lot in lying}

    def would_take(self, item: int, quantity: Decimal) -> list[tuple[int, Decimal]]:
        """Lots and quantities of an item, the first to expire first, up to so much."""
        own = [lot for lot in self.lots.values() if lot.item_id == item]
        return first_expiring(own, quantity, on=self.on, keeps=self.things[item].keeps)

    def take(self, item: int, quantity: Decimal) -> list[tuple[int, Decimal]]:
        """The same, and they are gone."""
        taken = self.would_take(item, quantity)
        for lot, number in taken:
            self.lots[lot] = replace(self.lots[lot], quantity=self.lots[lot].quantity - number)
        return taken

    def stand_in(self, item: int, missing: Decimal, other: StandsIn) -> list[Picked]:
        """What is taken of another item for so much that is missing; nothing where it does not stand for one of it."""
        thing, need = self.things[other.item_id], missing * other.quantity / other.counts_for
        have = _sum(self.would_take(other.item_id, rounded(need, thing)))
        covers = min(missing, rounded(have * other.counts_for / other.quantity, self.things[item], ROUND_FLOOR))
        if covers <= 0:
            return []
        taken = self.take(other.item_id, rounded(covers * other.quantity / other.counts_for, thing))
        return [
            Picked(item_id=other.item_id, lot_id=lot, quantity=number, stands_for=item, covers=part)
            for (lot, number), part in zip(taken, _shares(taken, covers), strict=True)
        ]


def _sum(taken: Iterable[tuple[int, Decimal]]) -> Decimal:
    return sum((number for _lot, number in taken), Decimal(0))


def _shares(taken: Sequence[tuple[int, Decimal]], covers: Decimal) -> list[Decimal]:
    """How much of what is stood in for each lot covers; the last one the rest, so that nothing is lost by rounding."""
    whole = _sum(taken)
    parts = [(covers * number / whole).quantize(SMALLEST, ROUND_FLOOR) for _lot, number in taken[:-1]]
    return [*parts, covers - sum(parts, Decimal(0))]
