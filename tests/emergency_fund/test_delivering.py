"""The cashier pays what was approved, once, to the right person; what is not fetched gives its money back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from casework.aid.models import AidGiven
from casework.approvals.services.chains import act_on
from casework.approvals.states import Act
from casework.people.services.families import add_member
from emergency_fund.models import Delivery
from emergency_fund.services.delivering import expire, pay
from emergency_fund.states import LineState, RequestState
from tests.factories.people import make_person

from .test_money_path import NOW, amounts, ask, recommended, refused, second_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(cast, case, budget, mother):
    """Approved: 3,900 for the hospital and 800 for food."""
    request = recommended(cast, ask(cast, case), budget)
    act_on(request=request.approval, act=Act.APPROVE, by=second_officer(cast), now=NOW)
    request.refresh_from_db()
    return request


def paid(cast, line, amount: int | str, person, key: str, **facts: object) -> Delivery:
    values = {"relation": "mother", "proof": "known_to_staff", "witness": "", "by": cast.of("CSH"), "now": NOW}
    return pay(line=line, amount=Decimal(amount), received_by=person, key=key, **values | facts)


def test_paid_in_parts_until_all_is_there(cast, request_, budget, mother):
    hospital, food = request_.lines.order_by("pk")
    paid(cast, hospital, 1000, mother, "h-1")
    request_.refresh_from_db()
    hospital.refresh_from_db()
    assert (request_.state, hospital.state, amounts(budget)) == (
        RequestState.IN_DELIVERY,
        LineState.PARTLY,
        (0, 3700, 5300),
    )
    paid(cast, hospital, 2900, mother, "h-2")
    paid(cast, food, 800, mother, "f-1")
    request_.refresh_from_db()
    assert (request_.state, amounts(budget)) == (RequestState.DELIVERED, (0, 0, 5300))
    assert set(AidGiven.rows.values_list("kind", "state")) == {("health_cost", "given"), ("nutrition", "given")}


def test_the_same_payment_is_made_once(cast, request_, budget, mother):
    line = request_.lines.first()
    first = paid(cast, line, 1000, mother, "h-1")
    assert paid(cast, line, 1000, mother, "h-1") == first
    assert amounts(budget) == (0, 3700, 5300)


def test_never_more_than_was_approved(cast, request_, mother):
    line = request_.lines.first()
    assert refused(paid, cast, line, "3900.01", mother, "h-1") == "E-EAF-17"
    paid(cast, line, 3000, mother, "h-1")
    assert refused(paid, cast, line, "900.01", mother, "h-2") == "E-EAF-19"
    assert paid(cast, line, 900, mother, "h-2").pk


def test_only_to_an_adult_of_the_family_or_an_older_child_before_a_witness(cast, case, request_, mother):
    line, stranger = request_.lines.first(), make_person("Saw Stranger")
    child = make_person("Saw Eh", born=NOW.date().replace(year=NOW.year - 16))
    add_member(family=case.family, person=child, role="sibling", by=cast.of("CW"))
    for person, facts in [(stranger, {}), (case.child, {"witness": "Ma Ma"}), (child, {})]:
        assert refused(paid, cast, line, 10, person, "h-1", **facts) == "E-EAF-15"
    assert paid(cast, line, 10, child, "h-1", witness="Ma Ma").pk
    with pytest.raises(IntegrityError, match="thumb print"), transaction.atomic():
        paid(cast, line, 10, mother, "h-2", proof="thumb_print")
    assert paid(cast, line, 10, mother, "h-2", proof="thumb_print", witness="Ma Ma").pk


def test_who_asked_assessed_or_approved_does_not_pay(cast, request_, mother):
    line = request_.lines.first()
    approver = request_.approval.actions.get().user
    for person in (cast.of("CW"), cast.of("FO"), approver):
        assert refused(paid, cast, line, 10, mother, "h-1", by=person) == "E-EAF-16"
    assert paid(cast, line, 10, mother, "h-1").pk


def test_what_is_not_fetched_gives_its_money_back(cast, request_, budget, mother):
    hospital, _food = request_.lines.order_by("pk")
    paid(cast, hospital, 1000, mother, "h-1")
    request_.refresh_from_db()
    assert expire(request=request_, by=cast.of("FO"), now=NOW).state == RequestState.EXPIRED
    assert amounts(budget) == (0, 0, 9000)
    assert set(AidGiven.rows.values_list("kind", "state", "amount")) == {
        ("health_cost", "given", Decimal(1000)), ("nutrition", "cancelled", Decimal(800)),
    }  # fmt: skip
    assert refused(paid, cast, hospital, 1, mother, "h-2") == "E-EAF-26"
