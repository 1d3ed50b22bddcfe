"""One form open in two tabs: the second to save sees what the first one saved, and keeps what was typed."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from casework.ui.templatetags.words import shortdate
from tests.factories import cases

pytestmark = pytest.mark.django_db


def opened(client, address: str) -> dict[str, str]:
    return {"opened": re.search(r'name="opened" value="(\w+)"', client.get(address).content.decode())[1]}


def step(text: str) -> dict[str, str]:
    return {"step": text, "on_d": "1", "on_m": "12", "on_y": "2027"}


def review_on(day: dt.date) -> dict[str, str]:
    return {"review_on_d": str(day.day), "review_on_m": str(day.month), "review_on_y": str(day.year)}


@pytest.fixture
def case(cast):
    return cases.make_case(cast.mae_sot, cast.of("CW"))


def test_the_saved_answer_stands_beside_the_one_that_was_typed(client_of, cast, case):
    client, address = client_of(cast.of("CW")), reverse("cases:next", args=[case.pk])
    first, second = opened(client, address), opened(client, address)
    assert client.post(address, step("Ask the hospital") | first).status_code == 302
    refused = client.post(address, step("Call the mother") | second)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Saved meanwhile: Ask the hospital" in page and 'value="Call the mother"' in page
    assert page.count("Saved meanwhile") == 2, "at the field and in the summary; the day is the same"

    again = {"opened": re.search(r'name="opened" value="(\w+)"', page)[1]}
    assert client.post(address, step("Call the mother") | again).status_code == 302
    case.refresh_from_db()
    assert case.next_step == "Call the mother"


def test_the_saved_choice_and_day_read_in_words(client_of, cast, case):
    client, address = client_of(cast.of("SUP")), reverse("cases:risk", args=[case.pk])
    first, second = opened(client, address), opened(client, address)
    review = localdate() + dt.timedelta(days=30)
    typed = {"reason": "Seen at home"} | review_on(review)
    later = review_on(review + dt.timedelta(days=1))
    assert client.post(address, typed | {"risk": "high"} | first).status_code == 302
    page = client.post(address, typed | {"risk": "low"} | later | second).content.decode()
    assert "Saved meanwhile: High" in page and f"Saved meanwhile: {shortdate(review)}" in page


def test_who_has_the_form_open_too_is_told_until_it_is_saved_or_left(client_of, cast, case, monkeypatch):
    worker, supervisor = cast.of("CW"), cast.of("SUP")
    address, told = reverse("cases:next", args=[case.pk]), f"{worker.full_name} has this form open too"
    colleague, mine = client_of(worker), client_of(supervisor)
    mark = opened(colleague, address)
    assert "has this form open too" not in colleague.get(address).content.decode(), "nobody else has"
    assert told in mine.get(address).content.decode()
    assert colleague.post(address, step("Ask the hospital") | mark).status_code == 302
    assert told not in mine.get(address).content.decode()
    opened(colleague, address)
    assert told in mine.get(address).content.decode()
    monkeypatch.setattr("casework.ui.company.OPEN_FOR", 0)
    assert told not in mine.get(address).content.decode(), "left long ago"
