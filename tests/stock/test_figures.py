"""What is counted of the stores, and what waits for those who keep them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.programmes.work import read_work
from casework.stock.models import Lot
from casework.stock.queries import days_without, expired_lying, expired_value, handed_over_by_month, low_in
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


def test_days_without_are_counted_from_the_day_it_first_came(store, soap, keeper):
    lot = Lot.objects.create(item=soap, number="A1", unit_cost=Decimal(1))
    first, last = TODAY - timedelta(days=20), TODAY
    assert days_without(store, soap, first, last) == 0
    move(store, lot, MovementKind.RECEIVE, 10, keeper, 15)
    move(store, lot, MovementKind.HAND_OVER, 10, keeper, 12, subject=make_person())
    move(store, lot, MovementKind.RECEIVE, 5, keeper, 9)
    assert days_without(store, soap, first, last) == 3, "the evenings 12, 11 and 10 days ago"
    assert days_without(store, soap, TODAY - timedelta(days=10), last) == 1
    move(store, lot, MovementKind.WRITE_OFF, 5, keeper, 1, confirmed_by=second_person())
    assert days_without(store, soap, first, last) == 5


def test_what_expired_is_worth_what_it_cost(store, soap, keeper):
    old = Lot.objects.create(item=soap, number="OLD", unit_cost=Decimal("0.20"), expires_on=TODAY - timedelta(days=3))
    move(store, old, MovementKind.RECEIVE, 1000, keeper, 30)
    move(store, old, MovementKind.WRITE_OFF, 400, keeper, 2, confirmed_by=second_person(), cause="expired")
    move(store, old, MovementKind.WRITE_OFF, 100, keeper, 1, confirmed_by=second_person(), cause="damaged")
    first = TODAY - timedelta(days=10)
    assert expired_value([store], first, TODAY) == 80
    assert expired_value([store], TODAY, TODAY) == 0
    assert expired_lying([store], TODAY) == 100
    assert expired_lying([store], TODAY - timedelta(days=4)) == 0


def test_what_left_together_counts_once_in_its_month(store, soap, keeper):
    lot, more = make_lot(store, soap, keeper, 100), make_lot(store, make_item("pads"), keeper, 100)
    first, second = make_person(), make_person()
    for of, family, days in ((lot, first, 0), (more, first, 0), (lot, second, 1), (lot, second, 40)):
        move(store, of, MovementKind.HAND_OVER, 1 + days, keeper, days, subject=family)
    found = handed_over_by_month([store], TODAY - timedelta(days=60), TODAY)
    assert sum(found.values()) == 3 and all(month.day == 1 for month in found)
    assert handed_over_by_month([make_store(store.office, "Other")], TODAY - timedelta(days=60), TODAY) == {}


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
