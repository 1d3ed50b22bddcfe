"""Autosave over HTTP, and the list of drafts."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.accounts.services import end_grant
from casework.drafts.models import Draft
from tests.factories.accounts import make_grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client, clerk):
    client.force_login(clerk)
    return client


def send(browser, **fields):
    return browser.post("/drafts/save", {"_form": "tests.intake", "_step": "mother", **fields})


def test_autosave_answers_with_version_and_time(browser):
    device = uuid4()
    answer = send(browser, device_id=device, mother_name="Naw Paw Wah", papers=["passport", "letter"])
    assert answer.status_code == 200 and answer.json()["version"] == 1
    assert len(answer.json()["saved_at"]) == 5
    assert Draft.rows.get().data["mother"] == {"mother_name": "Naw Paw Wah", "papers": ["passport", "letter"]}
    assert send(browser, device_id=device, mother_name="Naw Paw", version=1).json()["version"] == 2


def test_nothing_typed_answers_without_content(browser):
    assert send(browser, device_id=uuid4(), mother_name="").status_code == 204


def test_two_windows_get_both_values(browser):
    pk = send(browser, mother_name="Naw Paw Wah").json()["id"]
    send(browser, _draft=pk, version=1, mother_name="Naw Paw")
    answer = send(browser, _draft=pk, version=1, mother_name="Naw Wah")
    assert answer.status_code == 409
    assert answer.json()["fields"] == [{"field": "mother_name", "stored": "Naw Paw", "sent": "Naw Wah"}]
    assert answer.json()["version"] == 2


def test_json_is_read_too(browser):
    body = {"_form": "tests.intake", "_step": "mother", "mother_name": "Naw Paw Wah", "weight": 3100}
    answer = browser.post("/drafts/save", body, content_type="application/json")
    assert answer.status_code == 200
    assert Draft.rows.get().data["mother"] == {"mother_name": "Naw Paw Wah", "weight": 3100}


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", "[" * 50_000, '"x"', '{"_form": []}', '{"_form": "tests.intake", "version": "1e3"}',
     '{"_form": "tests.intake", "device_id": 5}', '{"_form": "nobody"}', '{"_form": "tests.intake", "a": NaN}',
     '{"_form": "tests.intake", "_draft": 99999999999999999999}', '{"_form": "tests.intake", "_step": "a b", "a": "x"}',
     json.dumps({"_form": "tests.intake", "_step": "a" * 41, "a": "x"}),
     json.dumps({"_form": "x", "a": "b" * 500_000})],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(browser, body):
    answer = browser.post("/drafts/save", body, content_type="application/json")
    assert answer.status_code == 422 and answer.json()["message"]


def test_signed_out_and_without_the_token_nothing_is_kept(browser, clerk):
    assert send(Client(), mother_name="x").status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(clerk)
    assert send(strict, mother_name="x").status_code == 403
    assert not Draft.rows.exists()


def test_a_draft_of_another_office_is_not_there(browser, client, stranger, colleague):
    pk = send(browser, mother_name="Naw Paw Wah").json()["id"]
    client.force_login(stranger)
    for act in ("take-over", "throw-away", "park"):
        assert client.post(f"/drafts/{pk}/{act}").status_code == 404
    assert b"Naw Paw Wah" not in client.get("/drafts/").content
    client.force_login(colleague)
    assert client.post(f"/drafts/{pk}/throw-away").status_code == 404
    assert client.post(f"/drafts/{pk}/take-over")["Location"] == f"/somewhere/{pk}"
    assert client.post(f"/drafts/{pk}/throw-away").status_code == 302
    assert not Draft.rows.exists()


def test_ones_own_drafts_are_gone_with_the_last_grant_of_their_office(browser, clerk, colleague, client):
    pk = send(browser, mother_name="Naw Paw Wah").json()["id"]
    make_grant(clerk, "CW", "CM")
    assert b"Naw Paw Wah" in browser.get("/drafts/").content
    for grant in clerk.grants.filter(office__code="MS"):
        end_grant(grant=grant, ended_by=colleague, now=timezone.now())
    assert b"Naw Paw Wah" not in browser.get("/drafts/").content
    assert "Naw Paw Wah" not in send(browser, _draft=pk, mother_name="x", version=0).content.decode()
    client.force_login(colleague)
    assert b"Naw Paw Wah" in client.get("/drafts/").content


def test_the_list_shows_mine_and_my_colleagues_in_a_fixed_number_of_queries(browser, colleague):
    other = Client()
    other.force_login(colleague)
    send(browser, mother_name="Naw Paw Wah")
    send(other, mother_name="Ma Hnin")
    browser.get("/drafts/")
    with CaptureQueriesContext(connection) as one:
        browser.get("/drafts/")
    for n in range(5):
        send(browser, mother_name=f"Naw {n}")
        send(other, mother_name=f"Ma Hnin {n}")
    with CaptureQueriesContext(connection) as many:
        page = browser.get("/drafts/").content.decode()
    assert len(many) == len(one)
    assert "Naw Paw Wah" in page and "Step 1 of 2: Mother" in page
    assert page.count("Take over") >= 5 and "Ma Hnin 4" in page


def test_an_empty_list_says_what_will_stand_there(browser):
    assert "No drafts of yours" in browser.get("/drafts/").content.decode()
