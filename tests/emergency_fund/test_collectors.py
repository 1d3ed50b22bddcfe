"""Somebody outside the household fetches the help of a family that named them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from emergency_fund.models import Collector, Delivery
from emergency_fund.services.asking import take_back
from emergency_fund.services.collecting import name_collector
from tests.factories.accounts import make_worker
from tests.factories.fund_after import account_of_family
from tests.factories.people import make_person

from .test_delivering import paid, request_  # noqa: F401  a fixture
from .test_money_path import NOW, ask, refused
from .test_pages import page, send

pytestmark = pytest.mark.django_db
WHO = {"name": "Saw Htoo", "relation": "Neighbour", "paper": "Pink card 0-5512"}


def named(cast, request, mother, **facts: object) -> Collector:
    return name_collector(request=request, by=cast.of("CW"), now=NOW, **{"named_by": mother, **WHO, **facts})


def test_who_was_named_fetches_it_for_who_named_them(cast, request_, mother, client_of):  # noqa: F811
    worker, client, line = client_of(cast.of("CW")), client_of(cast.of("CSH")), request_.lines.last()
    assert "Name somebody who fetches it" in page(worker, "detail", request_.pk).content.decode()
    assert send(worker, "collector", request_.pk, WHO | {"named_by": mother.pk}).status_code == 302
    assert "Saw Htoo, Neighbour" in page(worker, "detail", request_.pk).content.decode()
    assert "Saw Htoo" not in page(client_of(cast.of("FO")), "detail", request_.pk).content.decode()
    collector = Collector.rows.get()
    assert "Saw Htoo (Neighbour, Pink card 0-5512), for Naw Paw" in page(client, "pay-line", line.pk).content.decode()
    told = {"amount": "800", "turn": "1", "received_by": f"collector-{collector.pk}", "proof": "paper"}
    assert send(client, "pay-line", line.pk, told).status_code == 302
    delivery = Delivery.rows.get()
    assert (delivery.received_by, delivery.collector) == (mother, collector)
    assert (delivery.received_name, delivery.relation) == ("Saw Htoo", "Neighbour")
    shown = page(client, "receipt", delivery.pk).content.decode()
    assert "for Naw Paw" in shown and "Pink card 0-5512" in shown


@pytest.mark.parametrize("changes, code", [
    ({"name": " "}, "E-EAF-225"), ({"relation": ""}, "E-EAF-225"), ({"paper": ""}, "E-EAF-225"), ({}, None),
])  # fmt: skip
def test_the_counter_has_what_it_compares(cast, request_, mother, changes, code):  # noqa: F811
    if code:
        assert refused(named, cast, request_, mother, **changes) == code
    else:
        assert named(cast, request_, mother).name == "Saw Htoo"


def test_an_adult_of_the_family_says_so(cast, case, request_, mother):  # noqa: F811
    for person in (case.child, make_person("Somebody else")):
        assert refused(named, cast, request_, person) == "E-EAF-224"
    assert named(cast, request_, mother).named_by == mother


def test_of_a_request_that_has_ended_nothing_is_fetched(cast, case, mother):
    request = ask(cast, case)
    named(cast, request, mother)
    take_back(request=request, reason="They moved to another province", by=cast.of("CW"), now=NOW)
    assert refused(named, cast, request, mother) == "E-EAF-223"


def test_only_for_who_named_them_and_not_by_who_wrote_it_down(cast, request_, mother):  # noqa: F811
    line, other = request_.lines.last(), make_person("Somebody else")
    collector = named(cast, request_, mother)
    assert refused(paid, cast, line, 100, other, "k-1", collector=collector) == "E-EAF-226"
    Collector.rows.update(by=cast.of("CSH"))
    collector.refresh_from_db()
    assert refused(paid, cast, line, 100, mother, "k-1", collector=collector) == "E-EAF-226"
    Collector.rows.update(by=cast.of("CW"))
    collector.refresh_from_db()
    assert paid(cast, line, 100, mother, "k-1", collector=collector).amount == Decimal(100)


def test_what_is_sent_to_an_account_nobody_fetches(cast, request_, mother):  # noqa: F811
    account = account_of_family(request_, cast.of("FO"), make_worker("FO", cast.mae_sot))
    line, sent = request_.lines.last(), {"account": account, "proof": "bank_slip", "reference": "T-1"}
    collector = named(cast, request_, mother)
    assert refused(paid, cast, line, 100, mother, "k-1", collector=collector, **sent) == "E-EAF-227"
    assert paid(cast, line, 100, mother, "k-1", **sent).account


def test_what_a_hospital_has_nobody_fetches(cast, request_, mother):  # noqa: F811
    delivery = paid(cast, request_.lines.last(), 100, mother, "k-1")
    collector = named(cast, request_, mother)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.rows.create(
            line=delivery.line, amount=1, number="R-X", key="k-2", received_name="A", relation="", collector=collector,
            proof="their_receipt", provider_receipt="H-1", on=delivery.on, by=delivery.by, at=NOW,
        )  # fmt: skip
