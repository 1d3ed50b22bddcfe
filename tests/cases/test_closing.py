"""A family is gone: what each reason for closing asks for, and the twin that is allowed (day.md 18)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.cases.closing_rules import Gone
from casework.cases.models import Case, Departure
from casework.cases.services.cases import close_case, reopen_case
from casework.cases.services.contacts import record_contact
from casework.kernel.refusals import Refusal
from tests.factories import cases
from tests.factories.cases import NOW, TODAY

pytestmark = pytest.mark.django_db
MOVED = {"on": TODAY, "place_code": "85", "news_from": "relative"}
LEFT = {"on": TODAY, "country": "MM", "news_from": "family"}
LOST = {"on": TODAY, "news_from": "ourselves"}
WHOLE = {"transferred_out": MOVED, "left_thailand": LEFT, "deported": LEFT, "unreachable": LOST}


@pytest.fixture
def case(cast):
    cast.of("SUP")  # made before anything is undone
    cast.mae_sot.province_code = "63"
    cast.mae_sot.save()
    return cases.make_case(cast.mae_sot, cast.of("CW"))


def close(case, cast, reason, **gone):
    row = Case.rows.get(pk=case.pk)
    return close_case(case=row, reason=reason, text="They are gone", by=cast.of("SUP"), today=TODAY, gone=Gone(**gone))


def refused_with(case, cast, reason, **gone):
    with pytest.raises(Refusal) as refused, transaction.atomic():
        close(case, cast, reason, **gone)
    return {(finding.code, finding.field) for finding in refused.value.findings}


@pytest.mark.parametrize("reason", WHOLE)
@pytest.mark.parametrize(
    ("part", "wrong", "expected"),
    [
        ("on", None, ("CAS-GONE-1", "gone_on")),
        ("on", TODAY + dt.timedelta(days=1), ("CAS-GONE-1", "gone_on")),
        ("news_from", "", ("CAS-GONE-4", "news_from")),
        ("news_from", "a bird", ("CAS-GONE-4", "news_from")),
    ],
)
def test_every_reason_asks_since_when_and_who_told_us(case, cast, reason, part, wrong, expected):
    cases.missed_calls(case, cast.of("CW"))
    assert refused_with(case, cast, reason, **{**WHOLE[reason], part: wrong}) == {expected}
    assert close(case, cast, reason, **WHOLE[reason]).state == "closed"


@pytest.mark.parametrize("place", ["", "63", "6306"])
def test_who_moved_went_to_another_province(case, cast, place):
    assert refused_with(case, cast, "transferred_out", **{**MOVED, "place_code": place}) == {("CAS-GONE-2", "place")}
    close(case, cast, "transferred_out", **MOVED)
    row = Departure.rows.get()
    assert (row.place_id, row.country, row.on, row.recorded_by) == ("85", "", TODAY, cast.of("SUP"))


@pytest.mark.parametrize("reason", ["left_thailand", "deported"])
@pytest.mark.parametrize("country", ["", "TH", "Burma"])
def test_who_left_went_to_a_country(case, cast, reason, country):
    assert refused_with(case, cast, reason, **{**LEFT, "country": country}) == {("CAS-GONE-3", "country")}
    close(case, cast, reason, **LEFT)
    assert Departure.rows.get().country == "MM"


@pytest.mark.parametrize("days", [0, 1, 2])
def test_nobody_counts_as_not_to_be_found_before_enough_calls(case, cast, days):
    cases.missed_calls(case, cast.of("CW"), days)
    assert refused_with(case, cast, "unreachable", **LOST) == {("CAS-GONE-5", "reason")}
    cases.missed_calls(case, cast.of("CW"), 3)
    assert close(case, cast, "unreachable", **LOST).close_reason == "unreachable"


def test_reaching_them_starts_the_count_again(case, cast):
    by = cast.of("CW")
    cases.missed_calls(case, by)
    record_contact(case=case, result="reached", by=by, now=NOW + dt.timedelta(hours=1), today=TODAY)
    assert refused_with(case, cast, "unreachable", **LOST) == {("CAS-GONE-5", "reason")}


def test_a_family_that_must_not_be_called_is_not_counted(case, cast):
    Case.rows.filter(pk=case.pk).update(do_not_contact=True)
    assert close(case, cast, "unreachable", **LOST).state == "closed"


def test_other_reasons_ask_for_nothing_of_it(case, cast):
    close(case, cast, "withdrawn")
    assert not Departure.rows.exists()


def test_a_departure_stays_when_the_case_is_opened_again(case, cast):
    closed = close(case, cast, "left_thailand", **LEFT)
    reopen_case(case=closed, reason="They are back", by=cast.of("SUP"), today=TODAY)
    assert Departure.rows.get().case_id == case.pk


def test_the_database_asks_where_they_went(case, cast):
    facts = {
        "case": case, "on": TODAY, "news_from": "family", "recorded_on": TODAY, "recorded_by": cast.of("SUP"),
    }  # fmt: skip
    for reason in ("left_thailand", "deported", "transferred_out"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Departure.rows.create(reason=reason, **facts)
    assert Departure.rows.create(reason="unreachable", **facts).pk


def test_the_page_asks_beside_the_fields_and_keeps_what_was_typed(case, cast, client_of):
    client, today = client_of(cast.of("SUP")), timezone.localdate()
    address = f"/cases/{case.pk}/close/"
    page = client.get(address).content.decode()
    assert 'data-shown-by="reason=transferred_out"' in page and "Calls on 0 days stayed unanswered." in page
    sent = {"reason": "deported", "text": "At the bridge", "gone_on_d": today.day, "gone_on_m": today.month}
    sent |= {"gone_on_y": today.year, "news_from": "authority", "country": "", "place_text": ""}
    refused = client.post(address, sent)
    text = refused.content.decode()
    assert refused.status_code == 422 and "Choose the country." in text and 'value="At the bridge"' in text
    assert client.post(address, sent | {"country": "MM"}).status_code == 302
    assert Departure.rows.get().reason == "deported"


def test_what_is_open_is_said_before_the_reason_is_sent(case, cast, client_of):
    address, title = reverse("cases:close", args=[case.pk]), "Still open before it is completed"
    assert title not in client_of(cast.of("SUP")).get(address).content.decode()
    cases.make_task(case, cast.of("CW"))
    page = client_of(cast.of("SUP")).get(address).content.decode()
    assert title in page and f'<a href="{reverse("cases:detail", args=[case.pk])}">1 task is open.</a>' in page
