"""The history viewer and the rows it shows: who, what, when; refusals too; values only for those who may."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from casework.accounts.services import change_office
from casework.accounts.states import Role
from casework.audit.models import Event
from casework.audit.queries import as_lines
from casework.audit.services import record_event
from casework.cases.services.cases import hold_case, seal_case
from casework.programmes.contributions import registry
from tests.factories.accounts import make_office, make_user, make_worker
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db


def page_of(client, user, name: str) -> str:
    client.force_login(user)
    return client.get(reverse(name)).content.decode()


def test_my_acts_are_mine(client):
    one, other = make_worker(Role.CASEWORKER, "MS"), make_worker(Role.CASEWORKER, "MS")
    record_event("accounts.profile.changed", actor=one, reason="mine")
    record_event("accounts.profile.changed", actor=other, reason="theirs")
    page = page_of(client, one, "home:history-own")
    assert "mine" in page
    assert "theirs" not in page


def test_the_history_is_never_counted_whole_and_its_last_page_comes_as_the_first(client, monkeypatch):
    me = make_worker(Role.CASEWORKER, "MS")
    for number in range(7):
        record_event("accounts.profile.changed", actor=me, reason=f"act {number}")
    monkeypatch.setattr("casework.home.history.PER_PAGE", 3)
    monkeypatch.setattr("casework.ui.paging.COUNT_CAP", 6)
    client.force_login(me)
    address, told = reverse("home:history-own"), []
    while address:
        page = client.get(address)
        told += [line.note for line in page.context["lines"] if str(line.note).startswith("act ")]
        assert "of more than 1,000" in page.content.decode()
        found = re.search(r'rel="next" href="([^"]+)"', page.content.decode())
        address = reverse("home:history-own") + unescape(found[1]) if found else ""
    assert told == [f"act {number}" for number in reversed(range(7))]


def test_a_supervisor_sees_the_acts_of_the_own_office_only(client):
    here, there = make_office("MS"), make_office("RN")
    worker = make_worker(Role.CASEWORKER, here)
    record_event("accounts.profile.changed", actor=worker, office_id=here.pk, reason="in Mae Sot")
    record_event("accounts.profile.changed", actor=worker, office_id=there.pk, reason="in Ranong")
    page = page_of(client, make_worker(Role.SUPERVISOR, here), "home:history-team")
    assert "in Mae Sot" in page
    assert "in Ranong" not in page


def test_an_administrator_sees_security_and_nothing_of_any_case(client):
    worker = make_worker(Role.CASEWORKER, "MS")
    record_event("accounts.session.opened", actor=worker, reason="a sign-in")
    record_event("cases.case.seen", actor=worker, case_id=7, reason="a case")
    record_event("accounts.profile.changed", actor=worker, case_id=7, reason="tied to a case")
    page = page_of(client, make_worker(Role.ADMINISTRATOR, "BK"), "home:history-security")
    assert "a sign-in" in page
    assert "a case" not in page


def test_an_auditor_sees_every_act_and_no_value(client):
    office = make_office("MS")
    change_office(office=office, by=make_user(), name_en="A secret word")
    record_event("cases.case.seen", actor=make_user(), case_id=7)
    page = page_of(client, make_worker(Role.AUDITOR, "MS"), "home:history-all")
    assert "Case opened" in page
    assert "name in English" in page
    assert "A secret word" not in page.replace(office.name_en, "")


def test_what_was_typed_of_a_family_is_told_to_who_sees_the_case_and_to_no_auditor(client, cast):
    case = make_case(cast.mae_sot, worker := cast.of("CW"))
    hold_case(case=case, reason="other", text="Moved to her aunt in Yangon", by=worker)
    record_event("accounts.profile.changed", actor=make_user(), reason="A new telephone")
    everything = page_of(client, cast.of("AUD"), "home:history-all")
    assert case.number in everything and "A new telephone" in everything
    assert "Moved to her aunt" not in everything
    assert "Moved to her aunt" not in page_of(client, cast.of("AUD"), "home:my-work")
    assert "Moved to her aunt" in page_of(client, worker, "home:history-own")
    assert "Moved to her aunt" in page_of(client, cast.of("SUP"), "home:history-team")


def test_the_team_view_leaves_out_restricted_acts_on_cases_the_supervisor_does_not_see(client, cast):
    case, other = make_case(cast.mae_sot, cast.of("CW")), make_case(cast.mae_sot, cast.of("CW"))
    for row in (case, other):
        hold_case(case=row, reason="other", text="Moved to her aunt", by=cast.of("CW"))
    seal_case(case=case, sealed=True, reason="The trafficker asked for her", by=cast.of("SUP"))
    seal_case(case=other, sealed=True, reason="Written by mistake", by=cast.of("SUP"))
    seal_case(case=other, sealed=False, reason="It was another child", by=cast.of("SUP"))
    team = page_of(client, cast.of("SUP"), "home:history-team")
    assert "The trafficker asked" not in team and team.count("Case sealed") == 1
    assert "It was another child" in team and "Written by mistake" in team
    assert team.count("Case put on hold") == 1 and case.number not in team and other.number in team
    assert "The trafficker asked" not in page_of(client, cast.of("SUP"), "home:history-own")


def test_a_line_has_words_and_the_before_and_after_of_each_field():
    office = make_office("MS")
    change_office(office=office, by=make_user(), name_en="New name", is_active=False)
    [line] = as_lines(Event.objects.filter(action="accounts.office.changed"), with_values=True)
    assert str(line.words) == "Office changed"
    assert [(str(c.label), c.before, c.after) for c in line.changes] == [
        ("name in English", "Office MS", "New name"),
        ("in use", "yes", "no"),
    ]
    [without] = as_lines(Event.objects.filter(action="accounts.office.changed"), with_values=False)
    assert without.changes == ()


def test_of_what_is_new_a_line_tells_what_it_has_and_of_what_is_gone_that_it_is():
    office = make_office("MS")
    facts = {"name_en": (None, "Mae Sot"), "name_my": ("", None), "name_th": ("แม่สอด", "")}
    record_event("accounts.office.changed", actor=make_user(), subject=office, changes=facts)
    [line] = as_lines(Event.objects.filter(action="accounts.office.changed"), with_values=True)
    told = [(change.before, change.after) for change in line.changes]
    assert told == [("", "Mae Sot"), ("แม่สอด", "–")]


def test_lines_take_the_same_number_of_queries_however_many(django_assert_max_num_queries):
    office, by = make_office("MS"), make_user()
    for number in range(10):
        change_office(office=office, by=by, name_en=f"Name {number}")
    with django_assert_max_num_queries(2):
        assert len(as_lines(Event.objects.select_related("actor", "values"), with_values=True)) >= 10


@pytest.mark.parametrize(
    ("role", "name", "status"),
    [
        (Role.CASEWORKER, "home:users", 403),
        (Role.ADMINISTRATOR, "home:users", None),
    ],
)
def test_a_refusal_stands_in_the_history_and_what_is_allowed_does_not(client, role, name, status):
    user = make_worker(role, "MS")
    client.force_login(user)
    client.get(reverse(name))
    found = [e.reason for e in Event.objects.filter(action="audit.request.refused", actor=user)]
    assert found == ([f"{status} GET"] if status else [])


@pytest.mark.parametrize("name", ["home:user", "api:cases-detail"])
def test_a_row_that_is_not_there_is_recorded_with_its_number_and_nothing_else(client, name):
    user = make_worker(Role.SUPERVISOR, "MS")
    client.force_login(user)
    assert client.get(reverse(name, args=[987654])).status_code == 404
    event = Event.objects.get(action="audit.request.refused", actor=user)
    assert (event.subject_type, event.subject_id, event.reason) == (name, 987654, "404 GET")


def test_a_number_that_no_row_can_have_is_recorded_without_it(client):
    user = make_worker(Role.SUPERVISOR, "MS")
    client.force_login(user)
    assert client.get(f"/settings/people/{2**63}/").status_code == 404
    event = Event.objects.get(action="audit.request.refused", actor=user)
    assert (event.subject_id, event.reason) == (None, "404 GET")


def test_refusals_of_people_who_are_not_signed_in_are_not_kept(client):
    client.get("/nowhere/")
    assert not Event.objects.filter(action="audit.request.refused").exists()


def test_every_act_of_these_rooms_reads_in_words():
    words = {event.action for event in registry.gather("events")}
    assert {"accounts.grant.given", "reference.row.replaced", "audit.request.refused"} <= words


def test_the_managers_see_numbers_of_their_offices(client):
    here, there = make_office("MS"), make_office("RN")
    for office in (here, here, there):
        record_event("accounts.office.changed", actor=make_user("w" + str(Event.objects.count())), office_id=office.pk)
    client.force_login(make_worker(Role.MANAGER, here))
    counts = dict(client.get(reverse("home:history-counts")).context["counts"])
    assert {str(words): number for words, number in counts.items()}["Office changed"] == 2


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.CASEWORKER, "home:history-own"),
        (Role.MANAGER, "home:history-counts"),
        (Role.ADMINISTRATOR, "home:history-security"),
        (Role.AUDITOR, "home:history-all"),
        (Role.MONITORING, None),
    ],
)
def test_history_opens_where_the_role_may_look(client, role, page):
    client.force_login(make_worker(role, "MS"))
    response = client.get(reverse("home:history"))
    assert response.status_code == (302 if page else 403)
    assert page is None or response["Location"] == reverse(page)


def test_a_form_of_an_earlier_session_is_no_refusal_of_the_person():
    browser, user = Client(enforce_csrf_checks=True), make_worker(Role.CASEWORKER, "MS")
    browser.force_login(user)
    assert browser.post(reverse("drafts:save"), {"_form": "registration.birth"}).status_code == 403
    assert not Event.objects.filter(action="audit.request.refused").exists()
    assert browser.get(reverse("home:users")).status_code == 403
    assert Event.objects.filter(action="audit.request.refused", actor=user).count() == 1
