"""The pages of a store: what lies there, what comes, what goes to another store, and every wrong answer said."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from casework.reference.models import Term
from casework.stock.fields import QuantityField
from casework.stock.models import Balance, Item, Lot, Movement, Store
from tests.factories.accounts import make_grant, make_user
from tests.factories.cast import signed_in
from tests.factories.stock import make_item, make_lot, make_store
from tests.matrix.test_bad_input import BAD, names_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def boxes(on, era: str = "ce") -> dict[str, str]:
    year = on.year + 543 if era == "be" else on.year
    return {
        "expires_on_d": str(on.day),
        "expires_on_m": str(on.month),
        "expires_on_y": str(year),
        "expires_on_era": era,
    }


def address(name: str, *args: object) -> str:
    return reverse(f"stock:{name}", args=args)


@pytest.fixture
def client(keeper):
    return signed_in(keeper)


@pytest.fixture
def delivery(soap) -> dict[str, str]:
    """The answers of the page on which a delivery is taken in."""
    later = boxes(TODAY + timedelta(days=400))
    return {
        "item": str(soap.pk), "number": "A1", "quantity": "1,250", "unit_cost": "0.20", "reference": "INV 7",
        "idempotency_key": "k1", **later,
    }  # fmt: skip


def test_a_delivery_is_taken_in_and_lies_there(client, store, delivery):
    answer = client.post(address("receive", store.pk), delivery)
    assert answer.status_code == 302 and answer.url == address("store", store.pk)
    movement = Movement.rows.get()
    assert (movement.kind, movement.quantity, movement.reference) == ("receive", Decimal(1250), "INV 7")
    page = client.get(answer.url).content.decode()
    for words in ("Bathing soap", "A1", "1,250 g", "INV 7", "+1,250"):
        assert words in page


def test_a_delivery_sent_twice_is_taken_in_once(client, store, delivery):
    for _time in range(2):
        assert client.post(address("receive", store.pk), delivery).status_code == 302
    assert Balance.rows.get().quantity == 1250
    client.post(address("receive", store.pk), delivery | {"idempotency_key": "k2"})
    assert (Balance.rows.get().quantity, Lot.objects.count()) == (2500, 1)


@pytest.mark.parametrize("typed", ["๑,๒๕๐", "၁၂၅၀", "1250.00", " 1250 "])
@pytest.mark.parametrize("era", ["be", "ce"])
def test_digits_of_three_scripts_and_both_eras_are_read(client, store, delivery, typed, era):
    until = TODAY + timedelta(days=400)
    assert (
        client.post(address("receive", store.pk), delivery | {"quantity": typed} | boxes(until, era)).status_code == 302
    )
    assert (Movement.rows.get().quantity, Lot.objects.get().expires_on) == (1250, until)


WRONG = [
    ({"quantity": "-5"}, "cannot be negative"),
    ({"quantity": "1e5"}, "as a number, for example 1,250"),
    ({"quantity": "12,50"}, "as a number, for example 1,250"),
    ({"quantity": "0"}, "Write how much, more than 0."),
    ({"quantity": "9" * 12}, "more than a store holds"),
    ({"quantity": ""}, "“Quantity” needs an answer."),
    ({"unit_cost": "0.005"}, "at most two decimals"),
    ({"expires_on_d": "30", "expires_on_m": "2"}, "id_expires_on"),
    (boxes(TODAY - timedelta(days=1)), "is past. Check the day on the pack"),
    ({"item": "999999"}, "choose one of the answers shown"),
    ({"number": ""}, "“Lot number” needs an answer."),
]


@pytest.mark.parametrize("change, sentence", WRONG)
def test_each_wrong_answer_is_said_and_what_was_typed_stays(client, store, delivery, change, sentence):
    answer = client.post(address("receive", store.pk), delivery | change)
    page = answer.content.decode()
    assert (answer.status_code, Movement.rows.count()) == (422, 0)
    assert sentence in page and "INV 7" in page
    assert client.post(address("receive", store.pk), delivery).status_code == 302


def test_a_lot_has_one_expiry_and_one_cost(client, store, soap, delivery):
    client.post(address("receive", store.pk), delivery)
    for change, sentence in (
        ({"unit_cost": "0.30"}, "Lot A1 came at 0.20 baht for one."),
        (boxes(TODAY + timedelta(days=10)), "Lot A1 is known already and expires"),
    ):
        answer = client.post(address("receive", store.pk), delivery | {"idempotency_key": "k2"} | change)
        assert answer.status_code == 422 and sentence in answer.content.decode()
    other = delivery | {"idempotency_key": "k3", "number": "A2", "unit_cost": "0.30"}
    assert client.post(address("receive", store.pk), other).status_code == 302


def test_things_go_to_another_store_in_one_act(client, cast, store, soap, keeper):
    lot, second, far = make_lot(store, soap, keeper, 100), make_store(cast.mae_sot, "Clinic"), make_store(cast.ranong)
    told = {"lot": str(lot.pk), "target": str(second.pk), "quantity": "๔๐", "idempotency_key": "t"}
    assert str(far.pk) not in [value for value, _ in _targets(client, store)]
    for change, sentence in (
        ({"quantity": "101"}, "Bathing soap: Store room has 100, 101 are needed."),
        ({"target": str(far.pk)}, "choose one of the answers shown"),
        ({"target": str(store.pk)}, "choose one of the answers shown"),
        ({"lot": "x"}, "choose one of the answers shown"),
    ):
        answer = client.post(address("transfer", store.pk), told | change)
        assert answer.status_code == 422 and sentence in answer.content.decode()
    for _time in range(2):
        assert client.post(address("transfer", store.pk), told).status_code == 302
    assert dict(Balance.rows.values_list("store__name_en", "quantity")) == {"Store room": 60, "Clinic": 40}


def test_two_stores_of_one_name_are_told_apart_by_their_office(cast, store):
    user = make_user("two-offices")
    for office in (cast.mae_sot, cast.ranong):
        make_grant(user, "CSH", office)
    others = [make_store(cast.mae_sot, "Clinic"), make_store(cast.ranong, "Clinic")]
    told = dict(_targets(signed_in(user), store))
    assert [told[str(other.pk)] for other in others] == [f"Clinic, {other.office.name_now}" for other in others]


def _targets(client, store) -> list[tuple[str, str]]:
    form = client.get(address("transfer", store.pk)).context["form"]
    return [(str(value), str(label)) for value, label in form.fields["target"].choices]


def test_a_delivery_came_on_a_day_that_has_been(client, store, soap, keeper):
    told = {"item": soap.pk, "number": "B7", "quantity": "๕๐", "unit_cost": "0.5", "expires_on_d": ""}
    for days, answer in ((1, 422), (-3, 302)):
        on = TODAY + timedelta(days=days)
        sent = told | {"on_d": on.day, "on_m": on.month, "on_y": on.year + 543}
        assert client.post(address("receive", store.pk), sent).status_code == answer
    came = Movement.rows.get(lot__number="B7")
    assert (came.on, came.is_late) == (TODAY - timedelta(days=3), True)


def test_what_expires_soon_and_what_is_low_is_marked_and_filtered(client, store, soap, keeper):
    pads = make_item("pads", "pack", minimum=50)
    for number, days in (("SOON", 60), ("OLD", 10), ("LATE", 400)):
        make_lot(store, soap, keeper, 300, number=number, expires_on=TODAY + timedelta(days=days))
    make_lot(store, pads, keeper, 20, number="P1")
    page = client.get(address("store", store.pk)).content.decode()
    assert "Use first" in page and "Too old to hand over" in page and "Pads: 20 of at least 50 packs" in page
    assert "Bathing soap: " not in page, "900 g are more than 500"
    listed = {
        show: [one.lot.number for one in client.get(address("store", store.pk), {"show": show}).context["found"].shown]
        for show in ("", "soon", "expired", "low", "nonsense")
    }
    assert listed == {
        "": ["OLD", "SOON", "LATE", "P1"], "soon": ["SOON"], "expired": ["OLD"], "low": ["P1"],
        "nonsense": ["OLD", "SOON", "LATE", "P1"],
    }  # fmt: skip
    found = client.get(address("store", store.pk), {"q": "late"}).context["found"].shown
    assert [one.lot.number for one in found] == ["LATE"]
    Term.objects.filter(key="stock.soon_days").update(value=60)
    assert client.get(address("store", store.pk), {"show": "soon"}).context["found"].shown == []
    assert "Nothing here answers to that" in client.get(address("store", store.pk), {"q": "rice"}).content.decode()


def test_movements_are_listed_in_pages_and_more_are_not_more_reads(client, store, soap, keeper):
    for number in range(30):
        make_lot(store, soap, keeper, number + 1)
    page = client.get(address("store", store.pk))
    assert len(page.context["page"].object_list) == 25
    assert len(client.get(address("store", store.pk), {"page": 2}).context["page"].object_list) == 5


def test_the_page_of_a_store_is_read_in_few_reads(client, store, soap, keeper, django_assert_max_num_queries):
    make_lot(store, soap, keeper, 10)
    client.get(address("store", store.pk))
    with django_assert_max_num_queries(30) as few:
        client.get(address("store", store.pk))
    for number in range(8):
        make_lot(store, make_item(f"i{number}"), keeper, 10, number=f"N{number}")
    with django_assert_max_num_queries(len(few)):
        client.get(address("store", store.pk))


@pytest.mark.parametrize(
    "role, sees, keeps", [("CSH", 200, 200), ("PM", 200, 403), ("AUD", 200, 403), ("FO", 404, 404), ("CW", 404, 404)]
)
def test_who_sees_a_store_and_who_keeps_it(cast, store, role, sees, keeps):
    client = signed_in(cast.of(role))
    assert client.get(address("store", store.pk)).status_code == sees
    for name in ("receive", "transfer"):
        assert client.get(address(name, store.pk)).status_code == keeps
    assert signed_in(cast.of(role, "RN")).get(address("store", store.pk)).status_code == 404
    page = client.get(address("store", store.pk)).content.decode()
    assert (address("receive", store.pk) in page) == (keeps == 200)


def test_a_store_is_opened_once_under_a_name(cast, client):
    told = {"office": str(cast.mae_sot.pk), "name_en": "Clinic", "name_th": "คลินิก", "idempotency_key": "s"}
    assert client.post(address("store-new"), told).status_code == 302
    answer = client.post(address("store-new"), told | {"idempotency_key": "s2"})
    assert answer.status_code == 422 and "The office has a store of this name." in answer.content.decode()
    far = client.post(address("store-new"), told | {"office": str(cast.ranong.pk), "idempotency_key": "s3"})
    assert far.status_code == 422 and Store.rows.count() == 1
    assert Item.objects.count() == 0


def test_no_form_of_a_store_falls_over(client, store, soap, keeper):
    make_lot(store, soap, keeper, 10)
    client.raise_request_exception = False
    pages = [address(name, store.pk) for name in ("receive", "transfer", "count", "write-off")]
    pages += [address("store-new"), address("item-new"), address("item", soap.pk), address("kit", "hygiene")]
    fields = {page: names_of(client, page) for page in pages}
    for kind, bad in BAD.items():
        for page, names in fields.items():
            for told in ({name: [bad, "1"] for name in names}, dict.fromkeys(names, bad)):
                answer = client.post(page, told).status_code
                assert answer in (302, 400, 422), (kind, page, "400: more than a page may send")
        for name in ("q", "show", "page"):
            assert client.get(address("store", store.pk), {name: bad}).status_code == 200, (kind, name)
        assert client.get(address("write-off", store.pk), {"lot": bad}).status_code == 200, kind


def test_the_list_of_stores_tells_what_is_to_be_used_first_from_what_is_too_old(client, keeper, store, soap):
    later = make_item("towel", shelf_days=0)
    for number, item, days in (
        ("A", soap, 40),
        ("B", soap, 20),
        ("C", later, -1),
        ("D", later, 400),
        ("E", later, None),
    ):
        lot = make_lot(store, item, keeper, 5, number=number, expires_on=TODAY + timedelta(days=400))
        Lot.objects.filter(pk=lot.pk).update(expires_on=None if days is None else TODAY + timedelta(days=days))
    [shown] = client.get(address("stores")).context["stores"]
    assert (shown.items, shown.marked, shown.too_old) == (2, 1, 2)


def test_of_what_is_counted_in_whole_there_is_no_half(client, cast, store, soap, keeper):
    pads, second = make_item("pads", "pack", is_whole=True), make_store(cast.mae_sot, "Clinic")
    lots = [make_lot(store, item, keeper, 20, number=f"L-{item.code}") for item in (pads, soap)]
    delivery = {"number": "A9", "unit_cost": "1"}
    for number, (item, lot) in enumerate(zip((pads, soap), lots, strict=True)):
        facts = {"idempotency_key": f"w{number}", "quantity": "1.5", "item": str(item.pk), "lot": str(lot.pk)}
        sent = [
            client.post(address("receive", store.pk), facts | delivery),
            client.post(address("transfer", store.pk), facts | {"idempotency_key": f"t{number}", "target": second.pk}),
        ]
        counted = {f"found_{lot.pk}": "19.5", f"reason_{lot.pk}": "A half is gone", "idempotency_key": f"c{number}"}
        sent.append(client.post(address("count", store.pk), counted))
        assert [answer.status_code for answer in sent] == ([422] * 3 if item == pads else [302] * 3)
        assert all("counted in whole" in answer.content.decode() for answer in sent if item == pads)
    facts = {"item": str(pads.pk), "quantity": "๒.๐๐", "idempotency_key": "x"}
    assert client.post(address("receive", store.pk), facts | delivery).status_code == 302


def test_a_box_for_what_is_counted_in_whole_takes_no_part():
    assert QuantityField(is_whole=True).clean("๒.๐") == QuantityField().clean("2") == 2
    assert QuantityField().clean("0.5") == Decimal("0.5")
    with pytest.raises(ValidationError, match="counted in whole"):
        QuantityField(is_whole=True).clean("0.5")
