"""Two stores in Mae Sot with what a hygiene kit needs: a lot near its expiry, too few pads, a write-off that waits."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from . import proposals, rules
from .models import Item, Lot, Store
from .services import catalogue, receiving
from .states import Basis, KitKey, WriteOffCause

STORES = (
    ("Main store", "คลังหลัก", "ပင်မသိုလှောင်ခန်း"),
    ("Clinic cupboard", "ตู้ของคลินิก", "ဆေးခန်း ဗီရို"),
)
ITEMS = (
    ("soap-bath", "Bathing soap", "สบู่ถูตัว", "ရေချိုးဆပ်ပြာ", "g", 30, 5000),
    ("soap-laundry", "Laundry soap", "สบู่ซักผ้า", "အဝတ်လျှော်ဆပ်ပြာ", "g", 30, 4000),
    ("pads", "Sanitary pads", "ผ้าอนามัย", "လစဉ်သုံးပဒ်", "pack", 30, 60),
    ("container", "Water container 10 L", "ภาชนะใส่น้ำ 10 ลิตร", "ရေထည့်ပုံး 10 L", "piece", 0, 10),
    ("nappies", "Nappies", "ผ้าอ้อมเด็ก", "ကလေးအနှီး", "pack", 60, 10),
)
NEEDS = (
    ("soap-bath", Basis.PERSON_MONTH, 250),
    ("soap-laundry", Basis.PERSON_MONTH, 200),
    ("pads", Basis.FEMALE_10_49, 1),
    ("container", Basis.HOUSEHOLD, 2),
    ("nappies", Basis.INFANT_MONTH, 2),
)
SOURCE = "Sphere handbook 2018, hygiene promotion standard 1.2"
LOTS = (
    ("soap-bath", "B-1142", 62, 3000, "0.10", "INV-2201"),
    ("soap-bath", "B-1207", 420, 12000, "0.10", "INV-2260"),
    ("soap-laundry", "L-330", 500, 9000, "0.05", "INV-2201"),
    ("pads", "P-77", 700, 40, "35", "INV-2214"),
    ("container", "C-5", None, 30, "60", "INV-2214"),
    ("nappies", "N-19", 20, 6, "120", "INV-1988"),
    ("nappies", "N-23", 380, 24, "120", "INV-2260"),
)
"""Item, lot, days until it expires, quantity, cost of one, the supplier's paper."""


def load_demo(world: Any) -> None:
    """The stores of Mae Sot by hand; nothing where a number of children is asked for instead."""
    if world.children is not None or Store.rows.exists():
        return
    keeper, manager, office = world.users["anan.j"], world.users["daniel.r"], world.offices["MS"]
    facts = {"by": keeper, "now": world.now}
    stores = [
        catalogue.open_store(office=office, facts={"name_en": en, "name_th": th, "name_my": my}, **facts)
        for en, th, my in STORES
    ]
    for code, en, th, my, unit, keeps, least in ITEMS:
        told = {"code": code, "name_en": en, "name_th": th, "name_my": my, "unit": unit, "shelf_days": keeps}
        catalogue.save_item(item=None, facts=told | {"minimum": Decimal(least)}, **facts)
    items = {item.code: item for item in Item.objects.all()}
    needs = [rules.Need(item_id=items[code].pk, basis=basis, quantity=Decimal(n)) for code, basis, n in NEEDS]
    first = world.today.replace(month=1, day=1)
    catalogue.add_version(
        key=KitKey.HYGIENE, valid_from=first, source=SOURCE, needs=needs, by=manager, now=world.now
    )  # fmt: skip
    _fill(stores, items, world, keeper)


def _fill(stores: list[Store], items: dict[str, Item], world: Any, keeper: Any) -> None:
    """Deliveries of two months ago, some of them brought to the clinic; wet pads wait to be written off."""
    main, clinic = stores
    facts = {"by": keeper, "now": world.now}
    for code, number, days, quantity, cost, paper in LOTS:
        receiving.receive(
            store=main, item=items[code], number=number, quantity=Decimal(quantity), unit_cost=Decimal(cost),
            expires_on=None if days is None else world.today + timedelta(days=days), reference=paper,
            key=f"demo-{number}", on=world.today - timedelta(days=60), **facts,
        )  # fmt: skip
    lots = {lot.number: lot for lot in Lot.objects.select_related("item")}
    for number, quantity in (("B-1207", 3000), ("P-77", 8), ("C-5", 4)):
        receiving.transfer(
            lot=lots[number], quantity=Decimal(quantity), source=main, target=clinic, key=f"demo-{number}", **facts
        )
    proposals.propose_write_off(
        store=main, lot=lots["P-77"], quantity=Decimal(3), cause=WriteOffCause.DAMAGED,
        reason="Water came through the roof in the night", **facts,
    )  # fmt: skip
