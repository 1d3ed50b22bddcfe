"""Stores with what lies in them, made through the services."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils import timezone

from casework.accounts.models import Office, User
from casework.stock.models import Item, Kit, KitItem, Lot, Store
from casework.stock.services.receiving import receive
from tests.factories.accounts import make_user


def second_person() -> User:
    """Somebody else, who confirms."""
    return User.objects.filter(username="second.person").first() or make_user("second.person")


def make_store(office: Office, name: str = "Store room") -> Store:
    """A store of an office."""
    return Store.rows.create(office=office, name_en=name)


def make_item(code: str = "soap", unit: str = "g", **facts: object) -> Item:
    """An item that is kept in store."""
    return Item.objects.create(**{"code": code, "name_en": code.capitalize(), "unit": unit} | facts)


def make_lot(
    store: Store, item: Item, by: User, quantity: int | str, *, number: str = "A1", expires_on: date | None = None,
    cost: str = "0.20",
) -> Lot:  # fmt: skip
    """So much of an item that came to a store in one lot."""
    movement = receive(
        store=store, item=item, number=number, expires_on=expires_on, quantity=Decimal(quantity),
        unit_cost=Decimal(cost), reference="", key=f"{store.pk}-{item.pk}-{number}-{quantity}", by=by,
        now=timezone.now(),
    )  # fmt: skip
    return movement.lot


def make_kit(*needs: tuple[Item, str, int], key: str = "hygiene", version: int = 1) -> Kit:
    """A version of a kit that holds since the beginning of the year."""
    kit = Kit.objects.create(key=key, version=version, valid_from=date(2026, 1, 1), source="Sphere handbook")
    for item, basis, quantity in needs:
        KitItem.objects.create(kit=kit, item=item, basis=basis, quantity=quantity)
    return kit
