"""The cashier pays what was approved, once, to the right person; what is not fetched gives its money back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.aid.models import AidGiven
from casework.approvals.services.chains import act_on
from casework.approvals.states import Act
from casework.funds.services.budget import close_source, reopen_source
from casework.people.services.families import add_member
from emergency_fund.models import Delivery
from emergency_fund.queries.family import receivers_of
from emergency_fund.services.asking import take_back
from emergency_fund.services.delivering import expire, pay, take_return
from emergency_fund.states import LineState, RequestState
from tests.factories.accounts import make_worker
from tests.factories.fund_after import account_of_family
from tests.factories.people import make_person

from .test_money_path import NO_LONGER, NOW, amounts, ask, recommended, refused, second_officer

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


def paid_there(cast, line, amount: int | str, key: str, **facts: object) -> Delivery:
    """The hospital that the request names is paid, for its receipt."""
    values = {"provider_receipt": "H-1", "by": cast.of("CSH"), "now": NOW}
    return pay(line=line, amount=Decimal(amount), key=key, **values | facts)


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
    assert refused(paid, cast, line, 900, mother, "h-1") == "E-EAF-18"


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
    assert refused(paid, cast, line, 10, mother, "h-2", proof="thumb_print") == "E-EAF-35"
    made = {"line": line, "amount": 1, "number": "R-1", "key": "x", "received_name": "Naw Paw", "relation": "mother"}
    with pytest.raises(IntegrityError, match="thumb print"), transaction.atomic():
        Delivery.rows.create(**made, proof="thumb_print", on=NOW.date(), by=cast.of("CSH"), at=NOW)
    assert paid(cast, line, 11, mother, "h-2", proof="thumb_print", witness="Ma Ma").pk


def test_of_unknown_age_only_an_older_relative_receives_before_a_witness_or_by_the_bank(cast, case, request_):
    hospital, food = request_.lines.order_by("pk")
    grandmother, brother = make_person("Naw Wah"), make_person("Saw Htoo")
    add_member(family=case.family, person=grandmother, role="grandparent", by=cast.of("CW"))
    add_member(family=case.family, person=brother, role="sibling", by=cast.of("CW"))
    assert grandmother.born_on is brother.born_on is None
    offered = [member.person for member in receivers_of(case.family, NOW.date())]
    assert grandmother in offered and brother not in offered
    assert refused(paid, cast, hospital, 10, brother, "h-1", witness="Ma Ma") == "E-EAF-15"
    assert refused(paid, cast, hospital, 10, grandmother, "h-1") == "E-EAF-15"
    assert paid(cast, hospital, 10, grandmother, "h-1", witness="Ma Ma").pk
    account = account_of_family(request_, cast.of("FO"), make_worker("FO", cast.mae_sot))
    sent = {"proof": "bank_slip", "account": account, "reference": "T-1"}
    assert paid(cast, food, 10, grandmother, "f-1", **sent).pk


def test_what_is_approved_is_paid_when_a_source_closed_too_early_is_opened_again(
    cast, request_, budget, mother, client_of
):
    food, address = request_.lines.get(kind="nutrition"), reverse("emergency_fund:pay", args=[request_.pk])
    told = "nothing more is paid from it"
    assert told not in client_of(cast.of("CSH")).get(address).content.decode()
    close_source(source=budget.source, reason="The agreement is over", by=cast.of("FA"), now=NOW)
    assert refused(paid, cast, food, 800, mother, "f-1") == "E-BUD-02"
    assert client_of(cast.of("CSH")).get(address).content.decode().count(told) == 2, "before anybody types"
    reopen_source(source=budget.source, reason="It goes on until December", by=cast.of("FA"), now=NOW)
    assert paid(cast, food, 800, mother, "f-1").pk
    assert refused(reopen_source, source=budget.source, reason="Once more", by=cast.of("FA"), now=NOW) == "E-BUD-19"


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
    assert refused(expire, request=request_, by=cast.of("FO"), now=NOW) == "E-EAF-34"
    assert expire(request=request_, by=cast.of("FO"), now=NOW + timedelta(days=61)).state == RequestState.EXPIRED
    assert amounts(budget) == (0, 0, 9000)
    assert set(AidGiven.rows.values_list("kind", "state", "amount")) == {
        ("health_cost", "given", Decimal(1000)), ("nutrition", "cancelled", Decimal(800)),
    }  # fmt: skip
    assert refused(paid, cast, hospital, 1, mother, "h-2") == "E-EAF-26"


def test_what_comes_back_is_the_budget_lines_again(cast, request_, budget, mother):
    _hospital, food = request_.lines.order_by("pk")
    receipt = paid(cast, food, 800, mother, "f-1")
    facts = {"delivery": receipt, "by": cast.of("CSH"), "now": NOW}
    assert (
        refused(take_return, amount=Decimal("800.01"), reason="The shop was closed", key="b-1", **facts) == "E-EAF-32"
    )
    assert refused(take_return, amount=Decimal(100), reason="closed", key="b-1", **facts) == "E-EAF-33"
    more = facts | {"by": cast.of("FO"), "amount": Decimal(100), "reason": "The shop was closed", "key": "b-1"}
    assert refused(take_return, **more) == "E-EAF-16"
    first = take_return(amount=Decimal(300), reason="The shop was closed", key="b-1", **facts)
    assert take_return(amount=Decimal(300), reason="The shop was closed", key="b-1", **facts) == first
    assert amounts(budget) == (0, 3900, 5600)
    aid = AidGiven.rows.get(kind="nutrition")
    assert (aid.amount, aid.state) == (Decimal(500), "given")
    take_return(amount=Decimal(500), reason="The family has moved away", key="b-2", **facts)
    aid.refresh_from_db()
    assert (amounts(budget), aid.state) == ((0, 3900, 6100), "cancelled")


def test_taken_back_everything_that_is_not_paid_is_free_again(cast, case, request_, budget, mother):
    hospital, _food = request_.lines.order_by("pk")
    paid(cast, hospital, 1000, mother, "h-1")
    request_.refresh_from_db()
    assert take_back(request=request_, reason=NO_LONGER, by=cast.of("CW"), now=NOW).state == RequestState.WITHDRAWN
    assert amounts(budget) == (0, 0, 9000)
    waiting = recommended(cast, ask(cast, case, ("hygiene_kit", 500)), budget, decided=frozenset({request_.pk}))
    assert amounts(budget) == (500, 0, 8500)
    assert take_back(request=waiting, reason=NO_LONGER, by=cast.of("CW"), now=NOW).state == RequestState.WITHDRAWN
    assert amounts(budget) == (0, 0, 9000)
    waiting.approval.refresh_from_db()
    assert waiting.approval.state == "withdrawn"
    assert refused(take_back, request=waiting, reason=NO_LONGER, by=cast.of("CW"), now=NOW) == "E-STATE"
