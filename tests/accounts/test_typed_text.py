"""Text that goes along with a change of language: given back once, on its page, to the session that typed it."""

from __future__ import annotations

import time

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from casework.accounts.typed import KEPT_SECONDS, MOST_LETTERS
from tests.factories import cases

pytestmark = pytest.mark.django_db
TYPED = '[[["text","The grandmother came alone"]]]'
SHOWN = "The grandmother came alone"


@pytest.fixture
def note(cast) -> str:
    return reverse("cases:note", args=[cases.make_case(cast.mae_sot, cast.of("CW")).pk])


def switch(client, address: str, typed: str = TYPED):
    return client.post(reverse("set_language"), {"language": "th", "next": address, "typed": typed})


def test_the_text_comes_back_once_in_the_other_language(client_of, cast, note):
    client = client_of(cast.of("CW"))
    assert switch(client, note)["Location"] == note
    page = client.get(note).content.decode()
    assert SHOWN in page and '<html lang="th">' in page
    assert SHOWN not in client.get(note).content.decode()


def test_it_comes_back_on_its_own_page_only(client_of, cast, note):
    client = client_of(cast.of("CW"))
    switch(client, note)
    assert SHOWN not in client.get("/").content.decode()
    assert SHOWN in client.get(note).content.decode()


def test_nothing_is_kept_for_somebody_who_is_not_signed_in(client, cast, client_of, note):
    switch(client, note)
    assert not Session.objects.exists()
    assert SHOWN not in client_of(cast.of("CW")).get(note).content.decode()


def test_it_is_dropped_after_two_minutes(client_of, cast, note, monkeypatch):
    client = client_of(cast.of("CW"))
    switch(client, note)
    later = time.time() + KEPT_SECONDS + 1
    monkeypatch.setattr("casework.accounts.typed.time.time", lambda: later)
    assert SHOWN not in client.get(note).content.decode()


def test_signing_out_drops_it(client_of, cast, note):
    client = client_of(cast.of("CW"))
    switch(client, note)
    client.logout()
    client.force_login(cast.of("CW"), backend="django.contrib.auth.backends.ModelBackend")
    assert SHOWN not in client.get(note).content.decode()


def test_it_is_sealed_where_it_lies_and_never_too_long(client_of, cast, note):
    client = client_of(cast.of("CW"))
    switch(client, note)
    assert SHOWN not in str(client.session["typed"])
    client.get(note)
    switch(client, note, "x" * (MOST_LETTERS + 1))
    assert "typed" not in client.session


def test_what_is_no_list_harms_nothing(client_of, cast, note):
    client = client_of(cast.of("CW"))
    for odd in ('"><script>alert(1)</script>', "{", "\x00"):
        switch(client, note, odd)
        page = client.get(note)
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()
