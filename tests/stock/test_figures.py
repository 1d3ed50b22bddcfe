"""What is counted of the stores, and what waits for those who keep them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.programmes.work import read_work
from casework.stock.models import Item, Lot, Store
from casework.stock.queries import days_without, low_in, with_expired
from casework.stock.services.movements import move_stock
from casework.stock.states import MovementKind
from casework.stock.work import work_sources
from tests.factories.cast import signed_in
from tests.factories.people import make_person
from tests.factories.stock import make_item, make_lot, make_store, second_person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def move(store, lot, kind: MovementKind, quantity: int, by, days_ago: int, **more: object) -> None:
    on = TODAY - timedelta(days=days_ago)
    move_stock(
        store=store, lot=lot, kind=kind, quantity=Decimal(quantity), key=f"{kind}-{quantity}-{days_ago}-{lot.pk}",
        by=by, now=timezone.now(), on=on, **more,
    )  # fmt: skip


def empty(first, last, *stores) -> dict[tuple[int, int], tuple[int, int]]:
    """Store and item → its evenings, and the empty ones."""
    found = days_without(Store.rows.filter(pk__in=[store.pk for store in stores]), first, last)
    return {(shelf.store_id, shelf.item_id): (shelf.evenings, shelf.empty) for shelf in found}


def test_days_without_are_counted_from_the_day_it_first_came(store, soap, keeper):
    lot, here = Lot.objects.create(item=soap, number="A1", unit_cost=Decimal(1)), (store.pk, soap.pk)
    first, last = TODAY - timedelta(days=20), TODAY
    assert empty(first, last, store) == {}
    move(store, lot, MovementKind.RECEIVE, 10, keeper, 15)
    move(store, lot, MovementKind.HAND_OVER, 10, keeper, 12, subject=make_person())
    move(store, lot, MovementKind.RECEIVE, 5, keeper, 9)
    assert empty(first, last, store) == {here: (16, 3)}, "the evenings 12, 11 and 10 days ago"
    assert empty(TODAY - timedelta(days=10), last, store) == {here: (11, 1)}
    assert empty(TODAY - timedelta(days=12), TODAY - timedelta(days=12), store) == {here: (1, 1)}
    assert empty(first, TODAY - timedelta(days=16), store) == {}, "it had not come yet"
    move(store, lot, MovementKind.WRITE_OFF, 5, keeper, 1, confirmed_by=second_person())
    assert empty(first, last, store) == {here: (16, 5)}
    assert empty(TODAY, TODAY, store) == {here: (1, 1)}


def test_each_store_and_watched_item_is_counted_by_itself(store, soap, keeper, django_assert_num_queries):
    other, pads, cups = make_store(store.office, "Other"), make_item("pads", minimum=5), make_item("cups")
    for place, item in ((store, soap), (store, pads), (store, cups), (other, soap)):
        lot = make_lot(place, item, keeper, 10, number=f"{place.pk}-{item.pk}")
        if item != soap:
            move(place, lot, MovementKind.HAND_OVER, 10, keeper, 0, subject=make_person())
    with django_assert_num_queries(1):
        found = empty(TODAY, TODAY, store, other)
    assert found == {(store.pk, soap.pk): (1, 0), (store.pk, pads.pk): (1, 1), (other.pk, soap.pk): (1, 0)}
    Item.objects.filter(pk=pads.pk).update(is_active=False)
    assert set(empty(TODAY, TODAY, store, other)) == {(store.pk, soap.pk), (other.pk, soap.pk)}


def test_what_expired_is_worth_what_it_cost(store, soap, keeper):
    old = Lot.objects.create(item=soap, number="OLD", unit_cost=Decimal("0.20"), expires_on=TODAY - timedelta(days=3))
    move(store, old, MovementKind.RECEIVE, 1000, keeper, 30)
    move(store, old, MovementKind.WRITE_OFF, 400, keeper, 2, confirmed_by=second_person(), cause="expired")
    move(store, old, MovementKind.WRITE_OFF, 100, keeper, 1, confirmed_by=second_person(), cause="damaged")
    make_store(store.office, "Other")

    def told(first: int, last: int, today: int = 0) -> list[tuple[Decimal, Decimal]]:
        days = [TODAY - timedelta(days=ago) for ago in (first, last, today)]
        return list(with_expired(Store.rows.order_by("pk"), *days).values_list("written_off", "expired"))

    assert told(10, 0) == [(80, 100), (0, 0)]
    assert told(2, 2) == [(80, 100), (0, 0)] and told(1, 0) == told(10, 3) == [(0, 100), (0, 0)]
    assert told(10, 0, today=3) == [(80, 0), (0, 0)], "on its last day it is still good"


def test_who_keeps_a_store_is_told_what_to_use_and_to_order(cast, store, soap, keeper):
    assert read_work(work_sources(keeper, TODAY)) == []
    make_lot(store, soap, keeper, 499, expires_on=TODAY + timedelta(days=60))
    assert [low.have for low in low_in(store)] == [499]
    told = {item.key: str(item.note) for item in read_work(work_sources(keeper, TODAY))}
    assert told == {"stock-expiring": "1 lot", "stock-low": "1 store"}
    assert read_work(work_sources(cast.of("CSH", "RN"), TODAY)) == []
    assert read_work(work_sources(cast.of("CW"), TODAY)) == []
    page = signed_in(keeper).get(reverse("home:my-work")).content.decode()
    assert "Goods to order: below the minimum" in page
    make_lot(store, soap, keeper, 2, number="B", expires_on=TODAY + timedelta(days=400))
    told = {item.key for item in read_work(work_sources(keeper, TODAY))}
    assert told == {"stock-expiring"}, "501 are enough"
