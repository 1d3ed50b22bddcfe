"""What lies in a store is what came and did not go; never below zero, never too old, first expiry first."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.kernel.refusals import Conflict, Refusal
from casework.stock.models import Balance, Item, Lot, Movement, Store
from casework.stock.picking import Thing, pick
from casework.stock.rules import Lying, Member, Need, StandsIn, packed
from casework.stock.services.movements import hand_over, move_stock
from casework.stock.services.receiving import receive
from casework.stock.states import COMES, CONFIRMED, Basis, MovementKind
from tests.factories.cast import make_cast
from tests.factories.people import make_person
from tests.factories.stock import second_person

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 27)


@pytest.fixture
def keeper(cast):
    return cast.of("CSH")


@pytest.fixture
def store(cast) -> Store:
    return Store.rows.create(office=cast.mae_sot, name_en="Store room")


@pytest.fixture
def soap(db) -> Item:
    return Item.objects.create(code="soap", name_en="Bathing soap", unit="g", shelf_days=30)


def lot(item: Item, number: str, expires_on: date | None = None) -> Lot:
    return Lot.objects.create(item=item, number=number, expires_on=expires_on, unit_cost=Decimal("0.20"))


def move(store, lot, kind, quantity, by, key: str = "", **more) -> Movement:
    key = key or f"test-{Movement.rows.count()}-{quantity}-{kind}"
    if kind in CONFIRMED:
        more.setdefault("confirmed_by", second_person())
    return move_stock(
        store=store,
        lot=lot,
        kind=kind,
        quantity=Decimal(quantity),
        key=key,
        by=by,
        now=timezone.now(),
        on=TODAY,
        **more,
    )


def lies(store, lot) -> int:
    return int(Balance.rows.filter(store=store, lot=lot).values_list("quantity", flat=True).first() or 0)


def refused(act, *args, **more) -> str:
    with pytest.raises(Refusal) as answer:
        act(*args, **more)
    return answer.value.code


def test_what_lies_there_is_what_came_and_did_not_go(store, soap, keeper):
    first = lot(soap, "A1")
    for kind, quantity in [("receive", 100), ("hand_over", 30), ("take_back", 5), ("count_less", 3), ("write_off", 2)]:
        move(store, first, MovementKind(kind), quantity, keeper)
    assert lies(store, first) == 70
    assert refused(move, store, first, MovementKind.HAND_OVER, 71, keeper) == "E-STK-01"
    move(store, first, MovementKind.HAND_OVER, 70, keeper)
    assert lies(store, first) == 0


def test_a_lot_in_another_store_is_not_here(cast, store, soap, keeper):
    first, other = lot(soap, "A1"), Store.rows.create(office=cast.ranong, name_en="Store room")
    move(store, first, MovementKind.RECEIVE, 10, keeper)
    assert refused(move, other, first, MovementKind.HAND_OVER, 1, keeper) == "E-STK-01"
    assert move(store, first, MovementKind.HAND_OVER, 1, keeper).pk


def test_a_lot_too_old_is_not_handed_over_but_may_be_written_off(store, soap, keeper):
    old, good = lot(soap, "OLD", date(2026, 12, 26)), lot(soap, "GOOD", date(2026, 12, 27))
    for each in (old, good):
        move(store, each, MovementKind.RECEIVE, 10, keeper)
    assert refused(move, store, old, MovementKind.HAND_OVER, 1, keeper) == "E-STK-02"
    move(store, good, MovementKind.HAND_OVER, 1, keeper)
    move(store, old, MovementKind.WRITE_OFF, 10, keeper)


def test_the_same_key_moves_once(store, soap, keeper):
    first = lot(soap, "A1")
    came = move(store, first, MovementKind.RECEIVE, 10, keeper, key="delivery-7")
    assert move(store, first, MovementKind.RECEIVE, 10, keeper, key="delivery-7") == came
    assert lies(store, first) == 10
    with pytest.raises(Conflict):
        move(store, first, MovementKind.RECEIVE, 11, keeper, key="delivery-7")


def test_first_expiry_first_over_several_lots_and_all_or_nothing(store, soap, keeper):
    late, early, never = lot(soap, "L", date(2028, 1, 1)), lot(soap, "E", date(2027, 1, 1)), lot(soap, "N")
    old, family = lot(soap, "O", date(2026, 12, 1)), make_person()
    for each in (late, early, never, old):
        move(store, each, MovementKind.RECEIVE, 10, keeper)

    def take(quantity: int, key: str) -> list[tuple[str, int]]:
        moved = hand_over(
            store=store, item=soap, quantity=Decimal(quantity), key=key, subject=family, by=keeper, on=TODAY,
            now=timezone.now(),
        )  # fmt: skip
        return [(movement.lot.number, int(movement.quantity)) for movement in moved]

    assert take(15, "kit-1") == [("E", 10), ("L", 5)]
    assert take(15, "kit-1") == [("E", 10), ("L", 5)] and lies(store, late) == 5
    assert refused(take, 16, "kit-2") == "E-STK-01"
    assert (lies(store, late), lies(store, never), lies(store, old)) == (5, 10, 10)
    assert take(15, "kit-3") == [("L", 5), ("N", 10)]


def test_the_database_lets_nobody_write_a_balance_or_change_a_movement(store, soap, keeper):
    first = lot(soap, "A1")
    movement = move(store, first, MovementKind.RECEIVE, 10, keeper)
    for act in (
        lambda: Balance.rows.update(quantity=99),
        lambda: Balance.rows.create(store=store, lot=lot(soap, "A2"), quantity=99),
        lambda: Movement.rows.filter(pk=movement.pk).update(quantity=99),
        lambda: Movement.rows.filter(pk=movement.pk).delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            act()
    facts = {"store": store, "lot": first, "on": TODAY, "by": keeper, "at": timezone.now()}
    for confirmed_by in (None, keeper):
        with pytest.raises(IntegrityError, match="second person"), transaction.atomic():
            Movement.rows.create(kind="write_off", quantity=1, key="y", confirmed_by=confirmed_by, **facts)
    with pytest.raises(IntegrityError, match="below zero"), transaction.atomic():
        Movement.rows.create(kind="hand_over", quantity=11, key="x", **facts)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(MovementKind), st.integers(1, 40)), min_size=5, max_size=40))
def test_no_sequence_makes_things_out_of_nothing(store, soap, keeper, steps):
    with transaction.atomic():
        here, there = lot(soap, "P"), 0
        for number, (kind, quantity) in enumerate(steps):
            try:
                move(store, here, kind, quantity, keeper, key=f"step-{number}")
                there += quantity if kind in COMES else -quantity
            except Refusal as refusal:
                assert refusal.code == "E-STK-01" and quantity > there
            assert lies(store, here) == there >= 0
        transaction.set_rollback(True)


def at_once(*calls) -> list[str]:
    """The answers to what several people do at the same moment."""
    together, answers = threading.Barrier(len(calls)), []

    def do(call) -> None:
        together.wait()
        try:
            call(now=timezone.now(), on=TODAY)
            answers.append("done")
        except Refusal as refusal:
            answers.append(refusal.code)
        connection.close()

    threads = [threading.Thread(target=do, args=[call]) for call in calls]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return sorted(answers)


@pytest.mark.django_db(transaction=True)
def test_of_the_last_kit_one_is_handed_over_and_a_new_lot_has_one_cost_also_at_once():
    cast = make_cast()
    keeper, store = cast.of("CSH"), Store.rows.create(office=cast.mae_sot, name_en="Store room")
    item = Item.objects.create(code="kit", name_en="Kit", unit="piece")
    move(store, lot(item, "K"), MovementKind.RECEIVE, 1, keeper)
    wanted = {"store": store, "item": item, "quantity": Decimal(1), "by": keeper}
    families = [make_person(), make_person()]
    kits = [partial(hand_over, **wanted, key=f"kit-{family.pk}", subject=family) for family in families]
    assert at_once(*kits) == ["E-STK-01", "done"]
    told = wanted | {"number": "N", "expires_on": None, "reference": ""}
    deliveries = [partial(receive, **told, unit_cost=Decimal(cost), key=f"in-{cost}") for cost in range(1, 5)]
    assert at_once(*deliveries) == ["E-STK-04"] * 3 + ["done"]


def member(age: int | None, *, is_female: bool = False) -> Member:
    return Member(age=age, is_female=is_female)


NEEDS = [
    Need(item_id=1, basis=Basis.HOUSEHOLD, quantity=Decimal(2)),
    Need(item_id=2, basis=Basis.PERSON_MONTH, quantity=Decimal(250)),
    Need(item_id=3, basis=Basis.FEMALE_10_49, quantity=Decimal("1.5")),
    Need(item_id=4, basis=Basis.INFANT_MONTH, quantity=Decimal(60)),
    Need(item_id=5, basis=Basis.PERSON_MONTH, quantity=Decimal(1), min_age=3, max_age=12),
]


def test_a_kit_is_counted_from_the_family_as_it_is():
    mother, girl, boy, baby = member(31, is_female=True), member(10, is_female=True), member(9), member(1)
    family = [mother, girl, boy, baby, member(None, is_female=True)]
    assert packed(NEEDS, family, 2) == {1: 2, 2: 2500, 3: 6, 4: 120, 5: 4}
    assert packed(NEEDS, [member(50, is_female=True)], 1) == {1: 2, 2: 250}
    assert packed(NEEDS, [mother], 1)[3] == 2, "whole units"
    assert packed(NEEDS, [], 1) == {}


BIG, SMALL, GRAMS = 1, 2, 3
THINGS = {
    BIG: Thing(keeps=30, is_whole=True), SMALL: Thing(keeps=10, is_whole=True), GRAMS: Thing(keeps=0, is_whole=False),
}  # fmt: skip


def of(item: int, lot: int, quantity: int, days: int = 400) -> Lying:
    return Lying(lot_id=lot, item_id=item, quantity=Decimal(quantity), expires_on=TODAY + timedelta(days=days))


def stands(item: int, quantity: int, counts_for: int) -> StandsIn:
    return StandsIn(item_id=item, quantity=Decimal(quantity), counts_for=Decimal(counts_for))


@pytest.mark.parametrize("wanted, lying, expected", [
    ({BIG: 3}, [of(BIG, 11, 3), of(SMALL, 21, 9)], [(BIG, 11, 3, None, None)]),
    ({BIG: 3}, [of(BIG, 11, 1), of(SMALL, 21, 9)], [(BIG, 11, 1, None, None), (SMALL, 21, 6, BIG, 2)]),
    ({BIG: 2}, [of(SMALL, 21, 4, 50), of(SMALL, 22, 9, 20)], [(SMALL, 22, 6, BIG, 2)]),
    ({BIG: 2}, [of(SMALL, 21, 4), of(SMALL, 22, 9, 9)], [(SMALL, 21, 3, BIG, 1), (BIG, None, 1, None, None)]),
    ({BIG: 2}, [of(SMALL, 21, 2)], [(BIG, None, 2, None, None)]),
    ({BIG: 2}, [of(SMALL, 21, 3), of(GRAMS, 31, 900)], [(SMALL, 21, 3, BIG, 1), (GRAMS, 31, 100, BIG, 1)]),
    ({SMALL: 2, BIG: 1}, [of(SMALL, 21, 5)], [(SMALL, 21, 2, None, None), (SMALL, 21, 3, BIG, 1)]),
    ({BIG: 1, SMALL: 3}, [of(SMALL, 21, 5)], [(BIG, None, 1, None, None), (SMALL, 21, 3, None, None)]),
    ({GRAMS: 250}, [of(GRAMS, 31, 50), of(SMALL, 21, 9)], [(GRAMS, 31, 50, None, None), (SMALL, 21, 3, GRAMS, 200)]),
    ({GRAMS: 250}, [of(SMALL, 21, 2)], [(SMALL, 21, 2, GRAMS, 160), (GRAMS, None, 90, None, None)]),
])  # fmt: skip
def test_what_stands_in_is_taken_in_its_order_for_what_is_missing(wanted, lying, expected):
    others = {BIG: [stands(SMALL, 3, 1), stands(GRAMS, 100, 1)], GRAMS: [stands(SMALL, 1, 80)]}
    needed = {item: Decimal(number) for item, number in wanted.items()}
    taken = pick(needed, others, THINGS, lying, on=TODAY)
    assert [(row.item_id, row.lot_id, row.quantity, row.stands_for, row.covers) for row in taken] == expected


def test_of_two_lots_that_stand_in_each_covers_its_share_and_nothing_is_lost():
    lying = [of(SMALL, 21, 1, 20), of(SMALL, 22, 5, 60)]
    taken = pick({BIG: Decimal(2)}, {BIG: [stands(SMALL, 3, 1)]}, THINGS, lying, on=TODAY)
    assert [(row.lot_id, row.quantity, row.covers) for row in taken] == [
        (21, 1, Decimal("0.33")), (22, 5, Decimal("1.67")),
    ]  # fmt: skip
