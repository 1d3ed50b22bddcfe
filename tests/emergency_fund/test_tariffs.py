"""Prices of health insurance: dated rows with a source, edited on the reference pages, one for an age on a day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from emergency_fund.models import InsuranceTariff

from .test_pages import date_boxes

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
TABLE = "insurance-prices"


def add(client, **changes: str):
    answers = {
        "scheme": "private", "age_from": "0", "age_to": "17", "premium": "1800", "check_up": "0", "months": "12",
        "source": "Price list of the insurer, seen today", **date_boxes("valid_from", TODAY),
    }  # fmt: skip
    return client.post(reverse("home:reference-add", args=[TABLE]), answers | changes)


def test_the_first_prices_say_that_they_are_to_be_confirmed():
    rows = InsuranceTariff.objects.live(TODAY)
    assert {row.scheme for row in rows} == {"migrant_card", "migrant_card_u7", "ucs_t99"}
    assert all(row.source.startswith("[U] to be confirmed") and row.checked_on is None for row in rows)
    assert rows.get(scheme="migrant_card_u7").price == Decimal(365)


def test_a_supervisor_writes_a_price_and_a_caseworker_does_not(cast, client_of):
    supervisor = client_of(cast.of("SUP"))
    assert add(supervisor).status_code == 302
    row = InsuranceTariff.objects.get(scheme="private")
    assert (row.price, row.checked_on, row.valid_from) == (1800, TODAY, TODAY)
    shown = supervisor.get(reverse("home:reference-table", args=[TABLE])).content.decode()
    assert "Private insurance" in shown and "to be confirmed with the hospital" in shown
    assert add(client_of(cast.of("CW"))).status_code == 403


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"age_from": "9", "age_to": "8"}, "The second age is below the first one."),
        ({"months": "0"}, "Write between 1 and 60 months of cover."),
        ({"premium": "-1"}, "Write amounts of 0 or more."),
        ({"scheme": "migrant_card_u7", "age_to": "3"}, "Another price holds for this insurance, age and time."),
    ],
)
def test_what_a_price_may_not_say_and_its_twin(cast, client_of, wrong, sentence):
    supervisor = client_of(cast.of("SUP"))
    answer = add(supervisor, **wrong)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert add(supervisor).status_code == 302


def test_a_newer_price_ends_the_older_one(cast, client_of):
    supervisor, row = client_of(cast.of("SUP")), InsuranceTariff.objects.get(scheme="migrant_card_u7")
    answers = {
        "scheme": row.scheme, "age_from": "0", "age_to": "6", "premium": "500", "check_up": "0", "months": "12",
        "source": "Announcement of the ministry", **date_boxes("valid_from", TODAY + timedelta(days=30)),
    }  # fmt: skip
    address = reverse("home:reference-change", args=[TABLE, row.pk])
    assert supervisor.post(address, answers).status_code == 302
    prices = {
        on: InsuranceTariff.objects.live(on).get(scheme=row.scheme).premium
        for on in (TODAY, TODAY + timedelta(days=29), TODAY + timedelta(days=30))
    }
    assert list(prices.values()) == [365, 365, 500]


def test_two_prices_at_once_are_refused_by_the_database():
    facts = {"age_from": 5, "age_to": 9, "premium": 1, "source": "x", "valid_from": date(2030, 1, 1)}
    with pytest.raises(IntegrityError, match="one price for an age"), transaction.atomic():
        InsuranceTariff.objects.create(scheme="migrant_card_u7", **facts)
    assert InsuranceTariff.objects.create(scheme="private", **facts).pk
