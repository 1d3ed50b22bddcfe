"""Lists and pages ask the database as often for many rows as for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.audit.services import record_event
from casework.home.demo_world import load_world
from registration.models import BirthRecord
from tests.factories import cases

CHILDREN = 40
LIST = 8
CASE_PAGE = 15


@pytest.fixture(scope="module")
def loaded(once):
    """Forty invented children of one office's last eight years, for all tests of the module."""
    return once(lambda: load_world(today=timezone.localdate(), now=timezone.now(), children=CHILDREN))


@pytest.fixture
def world(loaded, db):
    return loaded()


def asked(client, address: str) -> int:
    """Queries of a page, warm."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")) for query in caught)


@pytest.mark.parametrize("address", ["/registration/", "/cases/", "/registration/?queue=closed", "/cases/?view=closed"])
def test_a_list_asks_eight_times_at_most_whatever_its_length(world, client_of, monkeypatch, address):
    client = client_of(world.users["somchai.k"])
    many = asked(client, address)
    monkeypatch.setattr("registration.views.records.ROWS_PER_PAGE", 1)
    monkeypatch.setattr("casework.cases.views.pages.ROWS_PER_PAGE", 1)
    assert asked(client, address) in range(many, LIST + 1)


@pytest.mark.parametrize("username", ["naw.kham", "nan.su", "somchai.k"])
def test_my_work_asks_eight_times_at_most_for_a_full_day_as_for_an_empty_one(world, client_of, username):
    assert asked(client_of(world.users[username]), "/") <= LIST


def test_a_case_page_asks_fifteen_times_at_most_with_goals_and_notes_too(world, client_of):
    birth = BirthRecord.rows.filter(office=world.offices["MS"]).order_by("pk").first()
    worker, client = world.users["naw.kham"], client_of(world.users["somchai.k"])
    assert asked(client, f"/cases/{birth.case_id}/") <= CASE_PAGE
    cases.submitted_plan(birth.case, worker)
    cases.make_note(birth.case, worker)
    assert asked(client, f"/cases/{birth.case_id}/") <= CASE_PAGE


def test_the_dashboard_asks_as_often_for_many_children_as_for_few(world, client_of):
    client = client_of(world.users["somchai.k"])
    few = asked(client, "/reports/")
    load_world(today=timezone.localdate(), now=timezone.now() + timedelta(hours=1), children=CHILDREN + 50)
    assert asked(client, "/reports/") == few


def test_a_case_page_asks_as_often_with_a_long_history_as_with_a_short_one(world, client_of):
    client = client_of(world.users["somchai.k"])
    birth = BirthRecord.rows.filter(office=world.offices["MS"]).order_by("pk").first()
    few = asked(client, f"/cases/{birth.case_id}/")
    for _ in range(50):
        record_event(
            "cases.next_step.changed", actor=world.users["somchai.k"], subject=birth.case, case_id=birth.case_id
        )
    assert asked(client, f"/cases/{birth.case_id}/") == few


def test_the_bulk_holds_what_was_asked_for_and_can_be_loaded_twice(world):
    assert BirthRecord.rows.count() == CHILDREN
    later = timezone.now() + timedelta(hours=1)
    load_world(today=timezone.localdate(), now=later, children=5)
    assert BirthRecord.rows.count() == CHILDREN + 5
