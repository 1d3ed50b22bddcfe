"""Appeals, calls, complaints, cash and stores over the API: what the pages show to the same people, and no more."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from casework.audit.models import Event
from casework.stock.services.movements import move_stock
from casework.stock.states import MovementKind
from emergency_fund.models import Appeal, Complaint
from tests.factories import emergency_fund as fund
from tests.factories import fund_after
from tests.factories.accounts import make_worker
from tests.factories.cash import make_box
from tests.factories.stock import make_item, make_lot, make_store

from .test_fund_requests import approved, budget, home  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db
KEY = {"Idempotency-Key": "appeal-1"}


@pytest.fixture
def refused_(home, cast, budget):  # noqa: F811
    second = make_worker("FO", cast.mae_sot)
    return fund_after.rejected(home[0], cast.of("CW"), cast.of("FO"), second, budget, ("nutrition", 500))


def ids(answer) -> list[int]:
    return [one["id"] for one in answer.json()["results"]]


def test_an_appeal_is_made_once_and_read_where_the_request_is(caller, home, refused_):  # noqa: F811
    here = f"fund-requests/{refused_.pk}/appeals/"
    body = {"made_by": home[1].pk, "channel": "phone", "made_on": str(timezone.localdate()),
            "why": "The hospital asks for the rest now"}  # fmt: skip
    assert caller("FA").post(here, body).status_code == 403
    made = caller().post(here, body, **KEY)
    assert (made.status_code, made.json()["state"], made.json()["relation"]) == (201, "open", "mother")
    assert caller().post(here, body, **KEY).json() == made.json() and Appeal.rows.count() == 1
    assert caller().post(here, body).status_code == 409
    for role in ("CW", "SUP", "FO", "FA", "PM", "AUD"):
        assert ids(caller(role).get("appeals/", state="open")) == [made.json()["id"]], role
        told = caller(role).get(f"appeals/{made.json()['id']}/").json()
        assert told["why"] == body["why"] and "made_by" not in told and "Naw Paw" not in str(told)
    assert caller("CSH").get("appeals/").status_code == 403
    assert caller("CW", "RN").get(f"appeals/{made.json()['id']}/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"made_by": 1}, 400, "made_by"), ({"made_on": "2569-11-26"}, 400, "made_on"), ({"why": ""}, 400, "why"),
        ({"made_on": str(timezone.localdate() + timedelta(days=1))}, 422, "made_on"), ({"x": 1}, 400, "x"),
    ],
)  # fmt: skip
def test_an_appeal_that_cannot_be_says_where(caller, home, refused_, changes, status, field):  # noqa: F811
    body = {"made_by": home[1].pk, "channel": "phone", "made_on": str(timezone.localdate()),
            "why": "The hospital asks for the rest now"}  # fmt: skip
    answer = caller().post(f"fund-requests/{refused_.pk}/appeals/", body | changes)
    assert answer.status_code == status and field in answer.content.decode() and not Appeal.rows.exists()


def test_a_complaint_about_the_staff_is_the_managers_alone(caller, cast, home, refused_):  # noqa: F811
    here = f"fund-requests/{refused_.pk}/complaints/"
    words, _manager = "Somebody asked us for fifty baht", cast.of("PM")
    body = {"told_by": home[1].pk, "channel": "phone", "told_on": str(timezone.localdate()), "kind": "staff_money",
            "what": words, "about": cast.of("SUP").pk}  # fmt: skip
    made = caller().post(here, body, **KEY)
    assert made.status_code == 201 and words not in made.content.decode()
    assert caller().post(here, body, **KEY).json() == made.json() and Complaint.rows.count() == 1
    number = made.json()["id"]
    for role in ("CW", "SUP", "FO", "FA"):
        assert ids(caller(role).get("complaints/")) == [] and caller(role).get(here).json() == []
        assert caller(role).get(f"complaints/{number}/").status_code == 404, role
    assert ids(caller("PM").get("complaints/")) == [number]
    assert words not in caller("PM").get("complaints/").content.decode()
    assert not Event.objects.filter(action="emergency_fund.complaint.read").exists()
    assert caller("PM").get(f"complaints/{number}/").json()["what"] == words
    assert Event.objects.filter(action="emergency_fund.complaint.read").count() == 1
    for role in ("AUD", "CSH"):
        assert caller(role).get("complaints/").status_code == 403
    stranger = make_worker("CW", cast.ranong)
    assert caller().post(here, body | {"about": stranger.pk}).status_code == 400
    ordinary = caller().post(here, body | {"kind": "waiting", "about": None})
    assert caller("SUP").get(f"complaints/{ordinary.json()['id']}/").json()["what"] == words


def test_calls_are_read_by_who_makes_them(caller, cast, home, budget):  # noqa: F811
    request = approved(home, cast, budget)
    check = fund_after.drawn(fund.paid(request.lines.first(), make_worker("CSH", cast.mae_sot)))
    for role in ("CW", "SUP"):
        assert ids(caller(role).get("payment-checks/", state="waiting")) == [check.pk]
    told = caller().get(f"payment-checks/{check.pk}/").json()
    assert (told["request"], told["receipt"]) == (request.pk, check.delivery.number)
    assert caller().get("payment-checks/", state="done").status_code in (200, 400)
    for role in ("FO", "FA", "PM", "AUD", "CSH"):
        assert caller(role).get("payment-checks/").status_code == 403
    assert caller("CW", "RN").get(f"payment-checks/{check.pk}/").status_code == 404


def test_cash_and_its_movements(caller, cast):
    box, far = make_box(cast.mae_sot, cast.of("CSH"), 500), make_box(cast.ranong, cast.of("CSH", "RN"), 70)
    for role in ("CSH", "FA", "PM", "AUD"):
        assert ids(caller(role).get("cash-boxes/")) == [box.pk]
        assert caller(role).get(f"cash-boxes/{box.pk}/").json()["balance"] == "500.00"
        assert caller(role).get(f"cash-boxes/{far.pk}/").status_code == 404
        [movement] = caller(role).get("cash-movements/", box=box.pk).json()["results"]
        assert (movement["kind"], movement["amount"]) == ("fill", "500.00")
        assert caller(role).get("cash-movements/", box=far.pk).json()["results"] == []
    assert caller("CW").get("cash-boxes/").status_code == caller("FO").get("cash-movements/").status_code == 403
    assert caller("CSH").post("cash-boxes/", {}).status_code == 403


def test_stores_with_their_lots(caller, cast):
    store, keeper, item = make_store(cast.mae_sot), cast.of("CSH"), make_item()
    make_lot(store, item, keeper, 5, number="LATE", expires_on=timezone.localdate() + timedelta(days=400))
    lot = make_lot(store, item, keeper, 7, number="SOON", expires_on=timezone.localdate() + timedelta(days=60))
    move_stock(store=store, lot=lot, kind=MovementKind.HAND_OVER, quantity=Decimal(2), key="a", by=keeper,
               now=timezone.now())  # fmt: skip
    far = make_store(cast.ranong, "Far away")
    for role in ("CSH", "PM", "AUD"):
        assert ids(caller(role).get("stores/")) == [store.pk]
        lots = caller(role).get(f"stores/{store.pk}/lots/").json()
        assert [(one["number"], one["quantity"]) for one in lots] == [("SOON", "5.00"), ("LATE", "5.00")]
        assert len(caller(role).get("stock-movements/", store=store.pk).json()["results"]) == 3
        assert caller(role).get(f"stores/{far.pk}/lots/").status_code == 404
    for role in ("CW", "FO", "FA"):
        assert caller(role).get("stores/").status_code == 403


def test_more_rows_are_not_more_reads(caller, cast, home, refused_, django_assert_max_num_queries):  # noqa: F811
    keeper = caller("PM")
    for path in ("appeals/", "complaints/", "cash-boxes/", "cash-movements/"):
        keeper.get(path)
        with django_assert_max_num_queries(30) as few:
            keeper.get(path)
        for _number in range(3):
            make_box(cast.mae_sot, cast.of("CSH"), 10)
            fund_after.complained(refused_, cast.of("CW"))
        with django_assert_max_num_queries(len(few)):
            keeper.get(path)
