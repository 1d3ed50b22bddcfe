"""What comes back after a request has ended is booked, and reopens nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from casework.aid.models import AidGiven
from casework.audit.models import Event
from casework.funds.models import BudgetEntry
from casework.notifications.models import Notice
from casework.stock.models import Balance, Movement
from emergency_fund.models import AssistanceRequest, Delivery, DeliveryReturn
from emergency_fund.services.closing import close_request
from emergency_fund.services.delivering import take_return
from emergency_fund.services.kits import hand_over_kit, make_pick_list, take_goods_back
from emergency_fund.states import RequestState
from tests.factories.accounts import make_worker
from tests.factories.fund_after import drawn

from .test_checking import answered
from .test_closing import not_drawn
from .test_delivering import paid, request_  # noqa: F401  a fixture
from .test_kits import approved, kit, pads, soap, store  # noqa: F401  fixtures
from .test_money_path import NOW, amounts, refused

pytestmark = pytest.mark.django_db
WHY = "The hospital gave it back"


@pytest.fixture
def closed(cast, request_, mother) -> AssistanceRequest:  # noqa: F811
    """Everything is paid, the family was asked, and an officer closed it."""
    hospital, food = request_.lines.order_by("pk")
    answered(drawn(paid(cast, hospital, 3900, mother, "h-1")), cast.of("SUP"))
    not_drawn(paid(cast, food, 800, mother, "f-1"))
    request_.refresh_from_db()
    return close_request(request=request_, comment="", by=cast.of("FO"), now=NOW)


def test_money_comes_back_on_a_closed_request(cast, closed, budget):
    receipt = Delivery.rows.get(line__kind="health_cost")
    facts = {"delivery": receipt, "amount": Decimal(900), "reason": WHY, "key": "b-1", "now": NOW}
    assert refused(take_return, **facts, by=cast.of("FO")) == "E-EAF-16"
    assert refused(take_return, **facts | {"amount": Decimal("3900.01")}, by=cast.of("CSH")) == "E-EAF-32"
    before = amounts(budget)
    first = take_return(**facts, by=cast.of("CSH"))
    assert take_return(**facts, by=cast.of("CSH")) == first
    closed.refresh_from_db()
    receipt.line.refresh_from_db()
    assert (closed.state, receipt.line.state) == (RequestState.CLOSED, "delivered")
    assert amounts(budget) == (0, 0, before[2] + 900)
    assert BudgetEntry.rows.filter(kind="refund", amount=900, reference=receipt.number).count() == 1
    assert AidGiven.rows.get(kind="health_cost").amount == 3000
    assert Event.objects.filter(action="emergency_fund.line.given-back").exists()
    assert Notice.rows.filter(recipient=closed.asked_by, action="emergency_fund.line.given-back").exists()


def test_goods_come_back_into_their_lots_on_a_closed_request(cast, case, budget, mother, store):  # noqa: F811
    request = approved(cast, case, budget)
    line, cashier = request.lines.get(), cast.of("CSH")
    picked = make_pick_list(line=line, store=store, by=cashier, now=NOW)
    quantities = {row.pk: row.quantity for row in picked.items.all() if row.lot_id}
    facts = {"received_by": mother, "relation": "mother", "proof": "known_to_staff", "witness": "", "by": cashier}
    receipt = hand_over_kit(picked=picked, quantities=quantities, key="k-1", now=NOW, **facts)
    AssistanceRequest.rows.filter(pk=request.pk).update(state=RequestState.CLOSED)
    movement = receipt.line.deliveries.get()
    goods = {one.pk: one.quantity for one in _movements(movement)}
    lots = {one.lot_id: one.quantity for one in _movements(movement)}
    before = {lot: Balance.rows.get(store=store, lot=lot).quantity for lot in lots}
    take_goods_back(delivery=receipt, quantities=goods, reason=WHY, key="g-1", by=cashier, now=NOW)
    assert {lot: Balance.rows.get(store=store, lot=lot).quantity for lot in lots} == {
        lot: before[lot] + lots[lot] for lot in lots
    }
    request.refresh_from_db()
    assert request.state == RequestState.CLOSED and amounts(budget)[2] == 10_000


def _movements(delivery: Delivery):
    return list(Movement.rows.filter(subject_type="emergency_fund.delivery", subject_id=delivery.pk))


def test_a_cashier_finds_the_receipt_and_others_do_not(cast, closed, client_of):
    receipt = Delivery.rows.get(line__kind="nutrition")
    cashier = client_of(cast.of("CSH"))
    listed = cashier.get(reverse("emergency_fund:list"), {"queue": "paid"}).content.decode()
    assert reverse("emergency_fund:pay", args=[closed.pk]) in listed
    assert cashier.get(reverse("emergency_fund:pay", args=[closed.pk])).status_code == 200
    page = cashier.get(reverse("emergency_fund:receipt", args=[receipt.pk])).content.decode()
    address = reverse("emergency_fund:return", args=[receipt.pk])
    assert "The request stays as it is" in page and address in page
    wrong = cashier.post(address, {"amount": "900", "reason": WHY, "turn": "1"})
    assert wrong.status_code == 422 and WHY in wrong.content.decode()
    assert cashier.post(address, {"amount": "100", "reason": WHY, "turn": "1"}).status_code == 302
    assert DeliveryReturn.rows.get().amount == 100
    closed.refresh_from_db()
    assert closed.state == RequestState.CLOSED
    assert client_of(make_worker("CSH", cast.ranong)).get(address).status_code == 404
    for role in ("FO", "PM", "CW"):
        assert client_of(cast.of(role)).get(address).status_code == 403


def test_what_ended_without_a_payment_stays_out_of_sight(cast, request_, mother, client_of):  # noqa: F811
    cashier, address = client_of(cast.of("CSH")), reverse("emergency_fund:pay", args=[request_.pk])
    AssistanceRequest.rows.filter(pk=request_.pk).update(state=RequestState.EXPIRED)
    assert cashier.get(address).status_code == 404
    AssistanceRequest.rows.filter(pk=request_.pk).update(state=RequestState.APPROVED)
    paid(cast, request_.lines.first(), 10, mother, "h-1")
    AssistanceRequest.rows.filter(pk=request_.pk).update(state=RequestState.EXPIRED)
    assert cashier.get(address).status_code == 200
