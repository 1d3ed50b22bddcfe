"""A transfer that failed is paid again: what came back is approved and unpaid once more, with the days to fetch it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from casework.aid.models import AidGiven
from casework.funds.models import CashBox, FundingSource
from emergency_fund.models import AssistanceRequest, Delivery, DeliveryReturn
from emergency_fund.services.delivering import take_return
from emergency_fund.states import LineState, RequestState
from tests.factories.accounts import make_worker
from tests.factories.cash import make_box
from tests.factories.fund_after import account_of_family

from .test_accounts import sent
from .test_delivering import paid, paid_there, request_  # noqa: F401  a fixture
from .test_money_path import NOW, amounts, refused

pytestmark = pytest.mark.django_db

WHY = "The bank sent it back: the account was closed"


@pytest.fixture
def hospital(request_):  # noqa: F811
    request_.lines.filter(kind="health_cost").update(provider="Mae Sot Hospital")
    return request_.lines.get(kind="health_cost")


@pytest.fixture
def food(request_):  # noqa: F811
    return request_.lines.get(kind="nutrition")


def came_back(cast, delivery, amount, key="b-1", **facts) -> DeliveryReturn:
    values = {"reason": WHY, "by": cast.of("CSH"), "now": NOW, "is_to_pay_again": True}
    return take_return(delivery=delivery, amount=Decimal(amount), key=key, **values | facts)


def test_what_was_delivered_is_to_be_paid_again_and_then_is_delivered(cast, request_, hospital, food, mother, budget):  # noqa: F811
    account_of_family(request_, cast.of("FO"), make_worker("FO", cast.mae_sot))
    paid_there(cast, hospital, 3900, "h-1")
    receipt = sent(cast, food, 800, mother)
    request_.refresh_from_db()
    assert (request_.state, amounts(budget)) == (RequestState.DELIVERED, (0, 0, 5300))
    came_back(cast, receipt, 800)
    request_.refresh_from_db()
    food.refresh_from_db()
    assert (request_.state, food.state, food.paid, food.returned) == (RequestState.IN_DELIVERY, LineState.PARTLY, 0, 0)
    assert amounts(budget) == (0, 800, 5300)
    assert AidGiven.rows.get(kind="nutrition").state == "promised"
    assert request_.expires_on > NOW.date()
    paid(cast, food, 800, mother, "f-2")
    request_.refresh_from_db()
    assert (request_.state, amounts(budget)) == (RequestState.DELIVERED, (0, 0, 5300))
    assert (AidGiven.rows.get(kind="nutrition").state, AidGiven.rows.get(kind="nutrition").amount) == ("given", 800)


def test_a_part_that_came_back_goes_into_its_box_and_is_paid_out_of_it_again(cast, food, mother, budget):
    box = make_box(cast.mae_sot, cast.of("CSH"), 1000, "Front desk")
    receipt = paid(cast, food, 500, mother, "f-1", box=box)
    came_back(cast, receipt, 200, box=box)
    assert came_back(cast, receipt, 200, box=box) == DeliveryReturn.rows.get(), "sent twice, taken back once"
    assert refused(came_back, cast, receipt, 100, box=box) == "E-EAF-18"
    food.refresh_from_db()
    assert (food.to_pay, CashBox.rows.get().balance, amounts(budget)[1]) == (500, 700, 4400)
    paid(cast, food, 500, mother, "f-2", box=box, acknowledged=["W-11"])
    food.refresh_from_db()
    assert (food.state, CashBox.rows.get().balance) == (LineState.DELIVERED, 200)


def test_nothing_is_paid_again_of_what_has_ended_but_its_money_is_free(cast, request_, food, mother, budget):  # noqa: F811
    receipt = paid(cast, food, 300, mother, "f-1")
    AssistanceRequest.rows.filter(pk=request_.pk).update(state=RequestState.CLOSED)
    assert refused(came_back, cast, receipt, 300) == "E-EAF-195"
    assert came_back(cast, receipt, 300, is_to_pay_again=False).pk
    food.refresh_from_db()
    assert (food.paid, food.returned) == (300, 300)


def test_from_a_source_that_is_closed_nothing_is_paid_again_and_the_cashier_reads_the_way_out(
    cast, food, mother, budget, client_of
):
    receipt = paid(cast, food, 800, mother, "f-1")
    FundingSource.rows.update(state="closed")
    desk, address = client_of(cast.of("CSH")), reverse("emergency_fund:return", args=[receipt.pk])
    typed = {"amount": "800", "reason": WHY, "turn": "1"}
    answer = desk.post(address, typed | {"then": "again"})
    told = str(answer.context["form"].errors["then"])
    assert answer.status_code == 422 and "Tell the fund manager" in told and "line" not in told.lower()
    assert desk.post(address, typed | {"then": "free"}).status_code == 302
    assert amounts(budget)[1:] == (3900, 6100)


def test_the_same_part_twice_within_minutes_is_asked_about(cast, food, mother):
    paid(cast, food, 60, mother, "f-1")
    assert refused(paid, cast, food, 60, mother, "f-2") == "W-11"
    assert paid(cast, food, 61, mother, "f-3").pk
    assert paid(cast, food, 60, mother, "f-4", acknowledged=["W-11"]).pk
    assert paid(cast, food, 60, mother, "f-5", now=NOW + timedelta(hours=1)).pk


def test_the_cashier_says_what_happens_with_it(cast, food, mother, client_of):
    receipt = paid(cast, food, 800, mother, "f-1")
    desk, address = client_of(cast.of("CSH")), reverse("emergency_fund:return", args=[receipt.pk])
    typed = {"amount": "800", "reason": WHY, "turn": "1"}
    answer = desk.post(address, typed)
    assert answer.status_code == 422 and "then" in answer.context["form"].errors
    assert desk.post(address, typed | {"then": "again"}).status_code == 302
    food.refresh_from_db()
    assert (food.to_pay, Delivery.rows.count()) == (800, 1)
    shown = desk.get(reverse("emergency_fund:pay", args=[food.request_id])).content.decode()
    assert reverse("emergency_fund:pay-line", args=[food.pk]) in shown and "Partly delivered" not in shown


def test_the_list_of_the_cashier_says_how_much_is_left_to_pay(cast, food, mother, client_of):
    desk, listed = client_of(cast.of("CSH")), reverse("emergency_fund:list")
    assert "฿4,700" in desk.get(listed).content.decode()
    receipt = paid(cast, food, 800, mother, "f-1")
    assert "฿3,900" in desk.get(listed).content.decode()
    came_back(cast, receipt, 300)
    assert "฿4,200" in desk.get(listed).content.decode()


def test_two_who_take_something_back_at_once_lose_nothing(cast, food, mother, client_of):
    receipt = paid(cast, food, 800, mother, "f-1")
    desk, address = client_of(cast.of("CSH")), reverse("emergency_fund:return", args=[receipt.pk])
    typed = {"reason": WHY, "turn": "1", "then": "free"}
    assert desk.post(address, typed | {"amount": "100"}).status_code == 302
    assert desk.post(address, typed | {"amount": "200"}).status_code == 409
    assert DeliveryReturn.rows.get().amount == 100
