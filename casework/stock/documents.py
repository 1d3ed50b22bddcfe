"""Papers of a store, from stored lots and movements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import Choice
from casework.documents.said import amount, moment, staff_name
from casework.kernel import dates
from casework.kernel.digits import quantity_text as quantity
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.money import baht_in_words
from casework.kernel.refusals import Refusal

from . import rules
from .models import Balance, Item, Kit, Lot, Movement, Store
from .papers import (
    CardLine,
    LotLine,
    PickedLot,
    PickLine,
    PickList,
    StockCard,
    StockCardKind,
    WriteOff,
    WriteOffKind,
)
from .queries import SIGNED, packing_of
from .states import COMES, MovementKind
from .words import CARD, CAUSES, MOVEMENTS, PICK_LIST, WRITE_OFF

MOST_LINES = 200
"""Movements a card lists; what was before them is brought forward."""
MOST_WRITE_OFFS = 50
CHOOSE = _("Choose one of the list.")
NEVER_LAY = _("Nothing has come to this store yet.")
NONE_WRITTEN_OFF = _("Nothing was written off in this store.")


def _expiry(lot: Lot, language: str, words: Mapping[str, str]) -> str:
    return dates.short(lot.expires_on, language) if lot.expires_on else words["no_expiry"]


@dataclass(frozen=True, kw_only=True)
class ListRow:
    """So much of an item from one lot; without a lot, what the store has too little of.

    `stands_for` is the item of the kit that it covers so much of; `instead` the number of the lot that would have
    expired first, and why it was left.
    """

    item: Item
    lot: Lot | None
    quantity: Decimal
    stands_for: Item | None = None
    covers: Decimal = Decimal(0)
    instead: tuple[str, str] | None = None


def pick_list(
    *, store: Store, kit: Kit, name: str, number: str, members: Sequence[rules.Member], months: int, on: date,
    language: str,
) -> PickList:  # fmt: skip
    """What a family of today gets and from which lots, the first to expire first; `name` is the kit's in words."""
    return frozen_list(
        store=store, kit=kit, name=name, number=number, people=len(members), months=months, on=on, language=language,
        rows=list(_picked(store, kit, members, months, on)),
    )  # fmt: skip


def frozen_list(
    *, store: Store, kit: Kit, name: str, number: str, people: int, months: int, on: date, rows: Sequence[ListRow],
    language: str,
) -> PickList:  # fmt: skip
    """A pick list that was frozen, row by row."""
    words = PICK_LIST[language]
    lines = tuple(_lines(rows, language))
    return PickList(
        number=number, store=store.name(language), on=dates.both(on, language), lines=lines,
        packed_for=words["people"] % {"people": people, "months": months},
        kit=words["version"] % {"kit": name, "version": kit.version}, is_short=any(line.short for line in lines),
    )  # fmt: skip


def _lines(rows: Sequence[ListRow], language: str) -> Iterator[PickLine]:
    """Each item of the kit with its lots, then with those that stand in for it."""
    words = PICK_LIST[language]
    for item in dict.fromkeys(row.stands_for or row.item for row in rows):
        own = [row for row in rows if (row.stands_for or row.item) == item]
        missing = sum((row.quantity for row in own if row.lot is None), Decimal(0))
        needed = sum((row.covers if row.stands_for else row.quantity for row in own), Decimal(0))
        yield PickLine(
            item=item.name(language), needed=_counted(needed, item, language),
            lots=tuple(_lot(row, row.lot, language) for row in own if row.lot is not None),
            short=words["short"] % {"missing": _counted(missing, item, language)} if missing else "",
        )  # fmt: skip


def _lot(row: ListRow, lot: Lot, language: str) -> PickedLot:
    words, notes = PICK_LIST[language], []
    if row.stands_for:
        notes.append(words["stands_in"] % {"item": row.item.name(language)})
    if row.instead:
        notes.append(words["instead"] % {"lot": row.instead[0], "why": row.instead[1]})
    return PickedLot(
        number=lot.number, expires=_expiry(lot, language, words), note="; ".join(notes),
        take=_counted(row.quantity, row.item, language) if row.stands_for else quantity(row.quantity),
    )  # fmt: skip


def _counted(number: Decimal, item: Item, language: str) -> str:
    return f"{quantity(number)}\u00a0{item.unit_for(number, language)}"


def _picked(store: Store, kit: Kit, members: Sequence[rules.Member], months: int, on: date) -> Iterator[ListRow]:
    """What would be taken for a family today."""
    packing = packing_of(kit)
    items = packing.items
    balances = Balance.rows.filter(store=store, lot__item__in=items, quantity__gt=0).select_related("lot")
    lots = {row.lot_id: row.lot for row in balances}
    lying = [
        rules.Lying(lot_id=row.lot_id, item_id=row.lot.item_id, quantity=row.quantity, expires_on=row.lot.expires_on)
        for row in balances
    ]
    for row in packing.pick(rules.packed(packing.needs, members, months), lying, on):
        yield ListRow(
            item=items[row.item_id], lot=lots[row.lot_id] if row.lot_id else None, quantity=row.quantity,
            stands_for=items[row.stands_for] if row.stands_for else None, covers=row.covers or Decimal(0),
        )  # fmt: skip


class StockCardPaper(StockCardKind):
    """One item of the store; the item is chosen."""

    def can_make(self, subject: Store) -> Verdict:
        return YES if _items(subject).exists() else no("E-STK-11", NEVER_LAY)

    def choices(self, subject: Store) -> Sequence[Choice]:
        language = (get_language() or "en")[:2]
        return [
            Choice(key=str(item.pk), label=item.name(language), options={"item": item.pk}) for item in _items(subject)
        ]

    def context(self, subject: Store, *, language: str, facts: Mapping[str, Any]) -> StockCard:
        item = _items(subject).filter(pk=facts.get("item", 0)).first()
        if item is None:
            raise Refusal("E-STK-12", "choice", CHOOSE)
        words, movements = CARD[language], Movement.rows.filter(store=subject, lot__item=item)
        listed = list(movements.select_related("lot", "by").order_by("-on", "-pk")[:MOST_LINES])[::-1]
        brought = _sum_of(movements) - sum((_signed(row) for row in listed), Decimal(0))
        balances = Balance.rows.filter(store=subject, lot__item=item, quantity__gt=0).select_related("lot")
        lots = sorted(balances, key=lambda row: (row.lot.expires_on or date.max, row.lot_id))
        return StockCard(
            store=subject.name(language),
            item=item.name(language),
            unit=item.unit_in(language),
            until=moment(timezone.now(), language),
            brought=quantity(brought),
            lines=tuple(_card_lines(listed, brought, language)),
            lots=tuple(
                LotLine(
                    number=row.lot.number,
                    expires=_expiry(row.lot, language, words),
                    quantity=quantity(row.quantity),
                )
                for row in lots
            ),
            left=quantity(sum((row.quantity for row in lots), Decimal(0))),
        )


def _items(store: Store) -> Any:
    """The items that ever lay in the store."""
    return Item.objects.filter(pk__in=Movement.rows.filter(store=store).values("lot__item")).order_by("name_en")


def _signed(movement: Movement) -> Decimal:
    return movement.quantity if movement.kind in COMES else -movement.quantity


def _sum_of(movements: Any) -> Decimal:
    return movements.aggregate(left=Sum(SIGNED))["left"] or Decimal(0)


def _card_lines(movements: Sequence[Movement], brought: Decimal, language: str) -> Iterator[CardLine]:
    left, words = brought, CARD[language]
    for row in movements:
        left += _signed(row)
        comes = row.kind in COMES
        yield CardLine(
            date=dates.short(row.on, language),
            what=MOVEMENTS[row.kind][language],
            lot=f"{row.lot.number}, {_expiry(row.lot, language, words)}",
            came=quantity(row.quantity) if comes else "",
            went="" if comes else quantity(row.quantity),
            left=quantity(left),
            by=staff_name(row.by, language),
            written=_written(row, language),
        )


def _written(movement: Movement, language: str) -> str:
    """The true day of what the book has on the day of a count, and when it was written down."""
    words, told = CARD[language], []
    if movement.happened_on:
        told.append(words["happened"] % {"day": dates.short(movement.happened_on, language)})
    if movement.is_late:
        told.append(words["written"] % {"day": dates.short(timezone.localdate(movement.at), language)})
    return "; ".join(told)


class WriteOffPaper(WriteOffKind):
    """One write-off of the store; which is chosen, the newest first."""

    def can_make(self, subject: Store) -> Verdict:
        return YES if _written_off(subject).exists() else no("E-STK-13", NONE_WRITTEN_OFF)

    def choices(self, subject: Store) -> Sequence[Choice]:
        language = (get_language() or "en")[:2]
        return [
            Choice(
                key=str(row.pk),
                label=f"{dates.short(row.on, language)}, {row.lot.item.name(language)}, {quantity(row.quantity)}",
                options={"movement": row.pk},
            )
            for row in _written_off(subject).select_related("lot__item")[:MOST_WRITE_OFFS]
        ]

    def context(self, subject: Store, *, language: str, facts: Mapping[str, Any]) -> WriteOff:
        rows = _written_off(subject).select_related("lot__item", "by", "confirmed_by", "store__office")
        row = rows.filter(pk=facts.get("movement", 0)).first()
        if row is None:
            raise Refusal("E-STK-12", "choice", CHOOSE)
        lot, worth = row.lot, (row.quantity * row.lot.unit_cost).quantize(Decimal("0.01"))
        return WriteOff(
            number=f"W-{row.store.office.code}-{row.on.year}-{row.pk}",
            store=subject.name(language),
            on=dates.both(row.on, language),
            item=lot.item.name(language),
            lot=lot.number,
            expires=_expiry(lot, language, WRITE_OFF[language]),
            quantity=_counted(row.quantity, lot.item, language),
            cost=amount(lot.unit_cost),
            worth=amount(worth),
            in_words={code: baht_in_words(worth, code) for code in ("th", "en")},
            reason=": ".join(filter(None, [CAUSES.get(row.cause, {}).get(language, ""), row.reason])),
            confirmed_by=staff_name(row.confirmed_by, language) if row.confirmed_by else "",
            proposed_by=staff_name(row.by, language),
            by=f"{staff_name(row.by, language)}, {moment(row.at, language)}",
        )


def _written_off(store: Store) -> Any:
    return Movement.rows.filter(store=store, kind=MovementKind.WRITE_OFF).order_by("-on", "-pk")


KINDS = (StockCardPaper, WriteOffPaper)
"""All kinds of the room; pick lists are a programme's."""
