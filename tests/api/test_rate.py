"""How fast lists are read over the API: sixty pages in a minute for a person, through every door."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from casework.accounts.tokens import make_token
from casework.audit.models import Event
from casework.home.api.throttling import PAGES_A_MINUTE
from casework.people.services.papers import add_paper
from tests.factories.cases import TODAY, make_case


@pytest.fixture
def read(cast):
    """Note that the person has read so many pages of lists so long ago."""

    def note(
        count: int, ago: dt.timedelta = dt.timedelta(seconds=20), role: str = "CW", action: str = "home.list.seen"
    ) -> None:
        at = timezone.now() - ago
        line = {"actor": cast.of(role), "action": action, "at": at}
        Event.objects.bulk_create(Event(**line) for _ in range(count))

    return note


def test_after_sixty_pages_in_a_minute_a_list_says_when_it_goes_on(caller, cast, read):
    read(PAGES_A_MINUTE - 1)
    assert caller().get("cases/").status_code == 200
    refused = caller().get("births/")
    assert (refused.status_code, refused.json()["code"]) == (429, "E-RATE-1")
    assert 0 < int(refused["Retry-After"]) <= 40, "as soon as the first of them is a minute old"
    token = make_token(user=cast.of("CW"), now=timezone.now())
    by_token = Client(headers={"Authorization": f"Bearer {token}"}).get("/api/v1/persons/")
    assert by_token.status_code == 429, "a token is the same person"
    assert caller("SUP").get("births/").status_code == 200


def test_what_is_no_page_of_a_list_goes_on(caller, cast, read):
    case = make_case(cast.mae_sot, cast.of("CW"))
    paper = add_paper(person=case.child, type="passport", number="MC0123456", by=cast.of("CW"), today=TODAY)
    read(PAGES_A_MINUTE)
    assert caller().get("cases/").status_code == 429
    assert caller().get(f"cases/{case.pk}/").status_code == 200
    assert caller().post(f"cases/{case.pk}/notes/", {"text": "She comes on Friday."}).status_code == 201
    assert caller().get(f"persons/{case.child_id}/papers/{paper.pk}/number/").status_code == 200
    read(PAGES_A_MINUTE, action="people.paper.revealed")
    assert caller().get(f"persons/{case.child_id}/papers/{paper.pk}/number/").status_code == 429
    assert caller().get("places/", q="Mae So").status_code == 200, "which everybody sees, to choose from"


def test_pages_older_than_a_minute_do_not_count(caller, read):
    read(PAGES_A_MINUTE, ago=dt.timedelta(seconds=61))
    assert caller().get("cases/").status_code == 200
