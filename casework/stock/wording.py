"""Lots and the items of kits in words, for pages and proposals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.kernel.dates import short
from casework.kernel.digits import quantity_text

from .models import Item, Lot
from .rules import Need
from .states import Basis


def until_words(expires_on: date | None) -> str:
    """When a lot expires, in words."""
    if expires_on is None:
        return _("does not expire")
    return _("expires %(day)s") % {"day": short(expires_on, (get_language() or "en")[:2])}


def lot_words(lot: Lot) -> str:
    """A lot in a list to choose from: item, number, expiry."""
    return f"{lot.item} · {lot.number} · {until_words(lot.expires_on)}"


def stands_in_words(need: Need, items: Mapping[int, Item]) -> list[str]:
    """What stands in for an item of a kit, in its order: "3 pieces of Small bar for 1 piece"."""
    return [
        for_words(other.quantity, items[other.item_id], other.counts_for, items[need.item_id])
        for other in need.stands_in
    ]  # fmt: skip


def for_words(quantity: Decimal, other: Item, covers: Decimal, item: Item) -> str:
    """So much of another item for so much of one."""
    words = {"n": quantity_text(quantity), "unit": other.unit_for(quantity), "other": other}
    words |= {"of": quantity_text(covers), "unit_of": item.unit_for(covers)}
    return _("%(n)s %(unit)s of %(other)s for %(of)s %(unit_of)s") % words


def need_words(need: Any, item: Item) -> str:
    """So much of an item, how it is counted, and for which ages: "250 g per person and month, from age 2"."""
    told = f"{quantity_text(need.quantity)} {item.unit_for(need.quantity)} {Basis(need.basis).label}"
    if need.min_age is not None:
        told += ", " + _("from age %(age)s") % {"age": need.min_age}
    if need.max_age is not None:
        told += ", " + _("to age %(age)s") % {"age": need.max_age}
    return told
