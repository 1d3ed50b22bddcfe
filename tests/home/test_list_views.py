"""Filters of lists in the address, their chips, and saved views of a person and of an office."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.accounts.models import Office, User
from casework.accounts.saved_views import MOST_PER_LIST, save_view
from casework.cases.services.cases import set_risk
from casework.kernel.refusals import Refusal
from registration.models import BirthRecord
from tests.factories import registration as births
from tests.factories.registration import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    """Three births of Mae Sot: one at home by the supervisor, one of high risk, one as most are."""
    worker, supervisor = cast.of("CW"), cast.of("SUP")
    home = births.make_birth(
        cast.mae_sot, supervisor, births.birth_facts(place_kind="home", place_code="6306", proof="none")
    )
    risky = births.make_birth(cast.mae_sot, worker)
    set_risk(case=risky.case, risk="high", reason="Alone", review_on=TODAY + timedelta(days=30), by=worker, today=TODAY)
    return {"home": home, "risky": risky, "plain": births.make_birth(cast.mae_sot, worker)}


def shown(page, world) -> set[str]:
    text = page.content.decode()
    return {key for key, birth in world.items() if birth.case.number in text}


def test_a_list_is_filtered_by_its_address_and_shows_each_filter_as_a_chip(world, cast, client_of):
    page = client_of(cast.of("CW")).get("/registration/?place_kind=home")
    assert shown(page, world) == {"home"}
    text = page.content.decode()
    assert "Place of birth: Home" in text
    assert 'aria-label="Take away the filter Place of birth: Home"' in text


def test_filters_come_together_and_are_taken_away_one_by_one(world, cast, client_of):
    client, worker = client_of(cast.of("CW")), cast.of("CW")
    page = client.get(f"/cases/?risk=high&lead={worker.pk}")
    assert shown(page, world) == {"risky"}
    assert f'href="?lead={worker.pk}"' in page.content.decode()
    assert shown(client.get(f"/cases/?lead={worker.pk}"), world) == {"risky", "plain"}
    assert shown(client.get("/cases/"), world) == set(world)


@pytest.mark.parametrize("query", ["risk=none_such", "lead=x", "lead=999999", "lead=%00", "office=1%27", "stage="])
def test_a_filter_that_was_not_understood_filters_nothing(world, cast, client_of, query):
    assert shown(client_of(cast.of("CW")).get(f"/cases/?{query}"), world) == set(world)


def test_the_filters_offer_only_colleagues(world, cast, client_of):
    stranger = cast.of("CW", "RN")
    text = client_of(cast.of("CW")).get("/cases/?filters=open").content.decode()
    assert cast.of("SUP").full_name in text
    assert stranger.full_name not in text


def test_another_offices_case_is_found_by_no_filter(world, cast, client_of):
    page = client_of(cast.of("CW", "RN")).get(f"/cases/?lead={cast.of('CW').pk}")
    assert shown(page, world) == set()


def save(client, name="At home", query="place_kind=home", **more):
    sent = {"list": "registration:list", "name": name, "query": query, **more}
    return client.post("/views/save/", sent, follow=True)


def test_a_saved_view_stands_in_the_bar_with_its_count_until_it_is_removed(world, cast, client_of):
    client = client_of(cast.of("CW"))
    page = save(client)
    assert page.request["QUERY_STRING"] == "place_kind=home"
    assert 'At home <span class="count">1</span>' in page.content.decode()
    assert "At home" not in client_of(cast.of("SUP")).get("/registration/").content.decode()
    removed = client.post(
        "/views/remove/", {"list": "registration:list", "name": "At home", "query": "place_kind=home"}, follow=True
    )
    assert "At home" not in removed.content.decode().replace("The view is removed", "")


def test_a_view_counts_only_what_its_reader_may_see(world, cast, client_of):
    save_view(holder=cast.mae_sot, list_key="registration:list", name="At home", query="place_kind=home")
    assert 'At home <span class="count">1</span>' in client_of(cast.of("CW")).get("/registration/").content.decode()
    assert "At home" not in client_of(cast.of("CW", "RN")).get("/registration/").content.decode()


def test_a_supervisor_saves_for_everybody_of_the_office_and_a_caseworker_does_not(world, cast, client_of):
    assert save(client_of(cast.of("CW")), team="on").status_code == 403
    assert Office.objects.get(code="MS").list_views == {}
    save(client_of(cast.of("SUP")), team="on")
    assert "At home" in client_of(cast.of("CW")).get("/registration/").content.decode()
    assert "Remove the view" not in client_of(cast.of("CW")).get("/registration/?place_kind=home").content.decode()


def test_a_view_without_a_name_or_filter_is_refused_and_the_list_stays(world, cast, client_of):
    client = client_of(cast.of("CW"))
    page = save(client, name="  ")
    assert "Give the view a name of up to 40 letters." in page.content.decode()
    assert page.request["QUERY_STRING"] == "place_kind=home"
    assert "Choose a filter first" in save(client, query="").content.decode()
    assert User.objects.get(pk=cast.of("CW").pk).list_views == {}


def test_the_same_name_is_written_over_and_the_seventh_view_refused(cast):
    user = cast.of("CW")
    for number in range(MOST_PER_LIST):
        save_view(holder=user, list_key="cases:list", name=f"View {number}", query=f"risk={number}")
    save_view(holder=user, list_key="cases:list", name="View 0", query="risk=low")
    with pytest.raises(Refusal) as refused:
        save_view(holder=user, list_key="cases:list", name="One more", query="risk=high")
    assert refused.value.code == "ACC-VIEW-3"
    views = User.objects.get(pk=user.pk).list_views["cases:list"]
    assert {view["name"]: view["query"] for view in views}["View 0"] == "risk=low" and len(views) == MOST_PER_LIST


@pytest.mark.parametrize("list_key", ["", "registration:new", "account_logout", "https://elsewhere.example"])
def test_only_lists_of_the_navigation_have_views(cast, client_of, list_key):
    sent = {"list": list_key, "name": "x", "query": "a=b"}
    page = client_of(cast.of("CW")).post("/views/save/", sent, follow=True)
    assert page.request["PATH_INFO"] == "/" and "There is no such list." in page.content.decode()
    assert User.objects.get(pk=cast.of("CW").pk).list_views == {}


def test_filters_keep_the_queue_and_the_queue_keeps_its_order(cast, client_of):
    worker = cast.of("CW")
    late = births.make_birth(cast.mae_sot, worker)
    BirthRecord.rows.filter(pk=late.pk).update(notify_effective_on="2020-01-01", notify_due_on="2020-01-01")
    births.make_birth(cast.mae_sot, worker, **births.of_today())
    page = client_of(worker).get("/registration/?queue=late&place_kind=hospital")
    assert shown(page, {"late": late}) == {"late"}
    assert page.content.decode().count("data-row>") == 1
