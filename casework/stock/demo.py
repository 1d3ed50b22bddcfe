"""Stores with what a year of hygiene kits needs: a lot near its expiry, a write-off that waits for a second person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from casework.kernel.dates import add_months
from casework.kernel.requests import as_of

from . import proposals, rules
from .models import Item, Lot, Store
from .services import catalogue, counting, receiving
from .states import Basis, KitKey, WriteOffCause

STORES = (
    ("MS", "Main store", "คลังหลัก", "ပင်မသိုလှောင်ခန်း"),
    ("MS", "Clinic cupboard", "ตู้ของคลินิก", "ဆေးခန်း ဗီရို"),
    ("RN", "Store room", "ห้องเก็บของ", "သိုလှောင်ခန်း"),
    ("PN", "Store room", "ห้องเก็บของ", "သိုလှောင်ခန်း"),
)
ITEMS = (
    ("soap-bath", "Bathing soap", "สบู่ถูตัว", "ရေချိုးဆပ်ပြာ", "g", 30, 5000),
    ("soap-laundry", "Laundry soap", "สบู่ซักผ้า", "အဝတ်လျှော်ဆပ်ပြာ", "g", 30, 4000),
    ("pads", "Sanitary pads", "ผ้าอนามัย", "လစဉ်သုံးပဒ်", "packs", 30, 60),
    ("container", "Water container 10 L", "ภาชนะใส่น้ำ 10 ลิตร", "ရေထည့်ပုံး 10 L", "pieces", 0, 10),
    ("nappies", "Nappies", "ผ้าอ้อมเด็ก", "ကလေးအနှီး", "packs", 60, 10),
    ("soap-bar", "Hotel soap bar 25 g", "สบู่ก้อนเล็ก 25 กรัม", "ဆပ်ပြာတုံးသေး 25 g", "pieces", 30, 0),
)
STANDS_IN = {"soap-bath": ("soap-bar", 1, 25)}
"""What is taken where a store has too little: so much of it for so much."""
UNITS = {"g": ("กรัม", "ဂရမ်"), "packs": ("ห่อ", "ထုပ်"), "pieces": ("ชิ้น", "ခု")}
NEEDS = (
    ("soap-bath", Basis.PERSON_MONTH, 250),
    ("soap-laundry", Basis.PERSON_MONTH, 200),
    ("pads", Basis.FEMALE_10_49, 1),
    ("container", Basis.HOUSEHOLD, 2),
    ("nappies", Basis.INFANT_MONTH, 2),
)
SOURCE = "Sphere handbook 2018, hygiene promotion standard 1.2"
YEAR = (
    ("soap-bath", "B-0988", 400, "0.10"),
    ("soap-laundry", "L-301", 400, "0.05"),
    ("pads", "P-61", 700, "35"),
    ("container", "C-4", None, "60"),
    ("nappies", "N-12", 300, "120"),
)
"""What each store began the year with: item, lot, days until it expires, cost of one."""
BEGAN = {"soap-bath": 45_000, "soap-laundry": 36_000, "pads": 90, "container": 80, "nappies": 60}
LATER = (
    ("soap-bath", "B-1207", 420, 12000, "0.10", "INV-2260"),
    ("pads", "P-77", 800, 40, "35", "INV-2214"),
    ("nappies", "N-23", 480, 24, "120", "INV-2260"),
)
"""What came to the main store two months ago: with quantity and the supplier's paper."""


def load_demo(world: Any) -> None:
    """The stores of Mae Sot by hand; nothing where a number of children is asked for instead."""
    if world.children is not None or Store.rows.exists():
        return
    keeper, manager = world.users["anan.j"], world.users["daniel.r"]
    facts = {"by": keeper, "now": world.now}
    stores = [
        catalogue.open_store(office=world.offices[code], facts={"name_en": en, "name_th": th, "name_my": my}, **facts)
        for code, en, th, my in STORES
    ]
    for code, en, th, my, unit, keeps, least in ITEMS:
        told = {"code": code, "name_en": en, "name_th": th, "name_my": my, "unit": unit, "shelf_days": keeps}
        told |= dict(zip(("unit_th", "unit_my"), UNITS[unit], strict=True))
        told |= {"minimum": Decimal(least), "is_whole": unit != "g"}
        catalogue.save_item(item=None, facts=told, **facts)
    items = {item.code: item for item in Item.objects.all()}
    needs = [
        rules.Need(
            item_id=items[code].pk, basis=basis, quantity=Decimal(n), stands_in=tuple(_stands_in(items, code))
        )
        for code, basis, n in NEEDS
    ]  # fmt: skip
    first = add_months(world.today.replace(day=1), -13)
    catalogue.add_version(
        key=KitKey.HYGIENE, valid_from=first, source=SOURCE, needs=needs, by=manager, now=world.now
    )  # fmt: skip
    _fill(stores, items, world, keeper)


def _stands_in(items: dict[str, Item], code: str) -> Iterator[rules.StandsIn]:
    if code in STANDS_IN:
        other, much, counts_for = STANDS_IN[code]
        yield rules.StandsIn(item_id=items[other].pk, quantity=Decimal(much), counts_for=Decimal(counts_for))


def _fill(stores: list[Store], items: dict[str, Item], world: Any, keeper: Any) -> None:
    """What each store began with and what came since; some is at the clinic, wet pads wait to be written off."""
    main, clinic, *others = stores
    began, later = world.today - timedelta(days=380), world.today - timedelta(days=60)
    for store in (main, *others):
        for code, number, days, cost in YEAR:
            _receive(
                store, items[code], f"{number}-{store.office.code}", days, BEGAN[code], cost, "INV-1702", began, world
            )
    for code, number, days, quantity, cost, paper in LATER:
        _receive(main, items[code], number, days, quantity, cost, paper, later, world)
    _receive(clinic, items["soap-bar"], "H-5", 500, 240, "1.50", "INV-2291", later, world)
    _receive(clinic, items["nappies"], "N-08", -40, 9, "120", "INV-1811", world.today - timedelta(days=200), world)
    _receive(clinic, items["nappies"], "N-19", 20, 6, "120", "INV-1988", later, world)
    _lose(main, clinic, world)
    facts = {"by": keeper, "now": world.now}
    lots = {lot.number: lot for lot in Lot.objects.select_related("item")}
    for number, quantity in (("B-1207", 3000), ("P-77", 8), ("C-4-MS", 4)):
        receiving.transfer(
            lot=lots[number], quantity=Decimal(quantity), source=main, target=clinic, key=f"demo-{number}", **facts
        )
    proposals.propose_write_off(
        store=main, lot=lots["P-77"], quantity=Decimal(3), cause=WriteOffCause.DAMAGED,
        reason="Water came through the roof in the night", **facts,
    )  # fmt: skip


def _lose(main: Store, clinic: Store, world: Any) -> None:
    """Of the clinic: pads that mice got at a month ago, and nappies that expired; some of those still lie there."""
    lots = {lot.number: lot for lot in Lot.objects.select_related("item").filter(number__in=["N-08", "P-61-MS"])}
    brought = world.now - timedelta(days=120)
    with as_of(brought):
        receiving.transfer(
            lot=lots["P-61-MS"], quantity=Decimal(6), source=main, target=clinic, key="demo-P-61",
            by=world.users["anan.j"], now=brought,
        )  # fmt: skip
    for number, quantity, cause, reason, days in (
        ("N-08", 5, WriteOffCause.EXPIRED, "Found past their date behind the new ones", 35),
        ("P-61-MS", 6, WriteOffCause.DAMAGED, "Mice have torn every pack open", 30),
    ):
        at = world.now - timedelta(days=days)
        with as_of(at):
            counting.write_off(
                store=clinic, lot=lots[number], quantity=Decimal(quantity), cause=cause, reason=reason,
                key=f"demo-lost-{number}", by=world.users["anan.j"], confirmed_by=world.users["daniel.r"], now=at,
            )  # fmt: skip


def _receive(
    store: Store, item: Item, number: str, days: int | None, quantity: int, cost: str, paper: str, on: date, world: Any
) -> None:
    came = world.now - (world.today - on)
    with as_of(came):
        receiving.receive(
            store=store, item=item, number=number, quantity=Decimal(quantity), unit_cost=Decimal(cost),
            expires_on=None if days is None else world.today + timedelta(days=days), reference=paper,
            key=f"demo-{number}", by=world.users["anan.j"], now=came,
        )  # fmt: skip
