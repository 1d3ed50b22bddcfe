"""Papers of a store: which lots to take, an item's card that adds up, what was written off and what it was worth."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.documents.models import Document
from casework.kernel.refusals import Refusal
from casework.stock.documents import MOST_LINES, StockCardPaper, WriteOffPaper, pick_list
from casework.stock.models import Item, Kit, KitItem, Lot, Movement, Store
from casework.stock.rules import Member
from casework.stock.services.movements import move_stock
from casework.stock.states import CONFIRMED, MovementKind
from tests.factories.cast import signed_in
from tests.factories.papers import pages_of, text_of
from tests.factories.stock import second_person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
FAMILY = [Member(age=31, is_female=True), Member(age=33, is_female=False), Member(age=1, is_female=True)]


@pytest.fixture
def keeper(cast):
    return cast.of("CSH")


@pytest.fixture
def store(cast) -> Store:
    return Store.rows.create(office=cast.mae_sot, name_en="Store room", name_th="ห้องคลัง")


@pytest.fixture
def soap(db) -> Item:
    return Item.objects.create(code="soap", name_en="Bathing soap", name_th="สบู่", unit="g", shelf_days=30)


def lot(item: Item, number: str, days: int | None = None, cost: str = "0.20") -> Lot:
    expires_on = None if days is None else TODAY + timedelta(days=days)
    return Lot.objects.create(item=item, number=number, expires_on=expires_on, unit_cost=Decimal(cost))


def move(store, of, kind: str, quantity: int | str, by, on: date = TODAY, **more) -> Movement:
    if kind in CONFIRMED:
        more.setdefault("confirmed_by", second_person())
    return move_stock(
        store=store, lot=of, kind=MovementKind(kind), quantity=Decimal(quantity), by=by, now=timezone.now(), on=on,
        key=f"test-{Movement.rows.count()}", **more,
    )  # fmt: skip


@pytest.fixture
def kit(soap) -> Kit:
    pads = Item.objects.create(code="pads", name_en="Pads", name_th="ผ้าอนามัย", unit="pack")
    bucket = Item.objects.create(code="bucket", name_en="Bucket", name_th="ถัง", unit="piece")
    kit = Kit.objects.create(key="hygiene", version=2, valid_from=date(2026, 1, 1), source="Sphere handbook")
    for item, basis, quantity in ((soap, "person_month", 250), (pads, "female_10_49", 1), (bucket, "household", 2)):
        KitItem.objects.create(kit=kit, item=item, basis=basis, quantity=quantity)
    return kit


def picked(store, kit, language: str = "en", members=FAMILY):
    return pick_list(
        store=store, kit=kit, name="Hygiene kit", number="EAF-MS-2026-0001", members=members, months=1, on=TODAY,
        language=language,
    )  # fmt: skip


def test_the_lots_that_expire_first_are_taken_first_and_what_is_missing_is_said(store, kit, soap, keeper):
    for number, days, quantity in (("LATE", 400, 9000), ("OLD", 10, 500), ("SOON", 60, 600)):
        move(store, lot(soap, number, days), "receive", quantity, keeper)
    paper = picked(store, kit)
    soaps, pads, bucket = paper.lines
    assert [(one.number, one.take) for one in soaps.lots] == [("SOON", "600"), ("LATE", "150")]
    assert (soaps.needed, soaps.short) == ("750\u00a0g", "")
    assert (pads.needed, pads.short, pads.lots) == ("1\u00a0pack", "1\u00a0pack missing", ())
    assert (bucket.needed, bucket.short) == ("2\u00a0pieces", "2\u00a0pieces missing")
    assert (paper.is_short, paper.packed_for, paper.kit) == (True, "People: 3, months: 1", "Hygiene kit, version 2")
    larger = picked(store, kit, members=[*FAMILY, Member(age=8, is_female=False)])
    assert larger.lines[0].needed == "1,000\u00a0g", "as many as the family has today"


def test_a_pick_list_is_read_in_few_reads_however_many_lots(store, kit, soap, keeper, django_assert_num_queries):
    for n in range(3):
        move(store, lot(soap, f"L{n}", 60 + n), "receive", 100, keeper)
    with django_assert_num_queries(3):
        picked(store, kit)
    for n in range(3, 9):
        move(store, lot(soap, f"L{n}", 60 + n), "receive", 100, keeper)
    with django_assert_num_queries(3):
        picked(store, kit)


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_card_runs_from_what_came_to_what_lies_there(store, soap, keeper, language):
    first, second = lot(soap, "A1", 60), lot(soap, "B2")
    steps = [
        (first, "receive", 1000),
        (second, "receive", "200.5"),
        (first, "hand_over", 300),
        (second, "write_off", 50),
    ]
    for n, (of, kind, quantity) in enumerate(steps):
        move(store, of, kind, quantity, keeper, on=TODAY - timedelta(days=4 - n))
    paper = StockCardPaper().context(store, language=language, facts={"item": soap.pk})
    assert [line.left for line in paper.lines] == ["1,000", "1,200.5", "900.5", "850.5"]
    assert [(one.number, one.quantity) for one in paper.lots] == [("A1", "700"), ("B2", "150.5")]
    assert (paper.brought, paper.left) == ("0", "850.5")
    text = text_of(StockCardPaper(), store, language, item=soap.pk)
    for words in ("850.5", "1,200.5", {"en": "writtenoff", "th": "ตัดจำหน่าย"}[language], "A1", "B2"):
        assert words in text
    assert pages_of(StockCardPaper(), store, language, item=soap.pk) == 1


def test_what_is_older_than_the_card_is_brought_forward(store, soap, keeper, monkeypatch):
    monkeypatch.setattr("casework.stock.documents.MOST_LINES", 2)
    assert MOST_LINES > 2
    one = lot(soap, "A1")
    for quantity in (100, 20, 3):
        move(store, one, "receive", quantity, keeper)
    paper = StockCardPaper().context(store, language="en", facts={"item": soap.pk})
    assert (paper.brought, [line.left for line in paper.lines], paper.left) == ("100", ["120", "123"], "123")


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_write_off_says_what_it_was_worth_and_who_confirms(store, soap, keeper, language):
    gone = move(store, _received(store, soap, keeper), "write_off", "50.5", keeper, reason="Wet through the roof")
    text = text_of(WriteOffPaper(), store, language, movement=gone.pk)
    for words in (
        "50.5",
        "10.10",
        "สิบบาทสิบสตางค์",
        "Tenbahtandtensatang",
        "Wetthroughtheroof",
        f"W-MS-{TODAY.year}-{gone.pk}",
    ):
        assert words in text
    assert {"en": "Confirmedbyasecondperson", "th": "ผู้ยืนยันอีกคนหนึ่ง"}[language] in text
    assert pages_of(WriteOffPaper(), store, language, movement=gone.pk) == 1


def _received(store, soap, keeper) -> Lot:
    one = lot(soap, "A1", 60)
    move(store, one, "receive", 1000, keeper)
    return one


def test_nothing_came_nothing_written_off_and_their_twins(store, soap, keeper, cast):
    assert (StockCardPaper().can_make(store).code, WriteOffPaper().can_make(store).code) == ("E-STK-11", "E-STK-13")
    one = _received(store, soap, keeper)
    assert StockCardPaper().can_make(store)
    assert not WriteOffPaper().can_make(store)
    gone = move(store, one, "write_off", 5, keeper)
    assert WriteOffPaper().can_make(store)
    other = Store.rows.create(office=cast.ranong, name_en="Other")
    for kind, facts in ((StockCardPaper(), {"item": soap.pk}), (WriteOffPaper(), {"movement": gone.pk})):
        assert kind.context(store, language="en", facts=facts)
        for wrong, where in (({}, store), (facts, other)):
            with pytest.raises(Refusal, match="E-STK-12"):
                kind.context(where, language="en", facts=wrong)


@pytest.mark.parametrize("role, status", [("CSH", 200), ("PM", 200), ("AUD", 200), ("FO", 404), ("CW", 404)])
def test_who_orders_the_papers_of_a_store(cast, store, soap, keeper, role, status):
    _received(store, soap, keeper)
    client = signed_in(cast.of(role))
    address = reverse("documents:papers", args=["stock.store", store.pk])
    assert client.get(address).status_code == status
    client.post(address, {"kind": "stock.card", "language": "th", "choice": str(soap.pk)})
    assert Document.rows.exists() == (status == 200)
    assert signed_in(cast.of(role, "RN")).get(address).status_code == 404


def test_the_way_to_the_papers_stands_on_the_page_of_stores(cast, store, soap, keeper):
    _received(store, soap, keeper)
    Store.rows.create(office=cast.ranong, name_en="Far away")
    address = reverse("stock:stores")
    page = signed_in(keeper).get(address).content.decode()
    assert reverse("documents:papers", args=["stock.store", store.pk]) in page
    assert ">1 item" in page
    assert "Far away" not in page
    assert signed_in(cast.of("CW")).get(address).status_code == 403


def test_more_movements_are_not_more_reads(store, soap, keeper, django_assert_num_queries):
    one = _received(store, soap, keeper)
    for _more in range(2):
        with django_assert_num_queries(4):
            StockCardPaper().context(store, language="en", facts={"item": soap.pk})
        for _n in range(4):
            move(store, one, "hand_over", 1, keeper)
