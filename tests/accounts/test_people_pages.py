"""People, roles and offices: who may look after them, what takes two, what works at once."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.access.rights import truth_table
from casework.access.scopes import may
from casework.accounts.models import Grant, Office, User
from casework.accounts.sessions import live_sessions
from casework.accounts.states import Role
from casework.approvals.models import Proposal
from casework.audit.models import Event
from casework.audit.queries import REFUSED
from casework.audit.services import record_event
from casework.kernel.refusals import Refusal
from tests.database import wait_for_a_lock
from tests.factories.accounts import PASSWORD, give_role, make_grant, make_office, make_user, make_worker

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def as_user(user: User) -> Client:
    """A browser signed in with the password, so that the proof is fresh."""
    client = Client()
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    return client


def grant_form(role: str, office: Office, **other: str) -> dict[str, str]:
    until = TODAY() + dt.timedelta(days=100)
    days = {"valid_to_d": str(until.day), "valid_to_m": str(until.month), "valid_to_y": str(until.year)}
    return {"role": role, "office": str(office.pk), "programme": "", "reason": "new colleague", **days, **other}


@pytest.fixture
def admins(db) -> tuple[User, User]:
    return make_worker(Role.ADMINISTRATOR, "BK", username="admin"), make_worker(
        Role.ADMINISTRATOR, "BK", username="two"
    )


def test_a_role_takes_two_people_and_works_on_the_next_click(admins):
    one, two = admins
    clinic = make_office("MS")
    person = make_user("naw.kham")
    browser = as_user(person)
    assert browser.get(reverse("home:history-own")).status_code == 403
    response = as_user(one).post(reverse("home:grant", args=[person.pk]), grant_form(Role.CASEWORKER, clinic))
    assert response.status_code == 302
    assert browser.get(reverse("home:history-own")).status_code == 403
    proposal = Proposal.rows.get()
    as_user(one).post(reverse("approvals:confirm", args=[proposal.pk]))
    assert not Grant.objects.filter(user=person).exists()
    as_user(two).post(reverse("approvals:confirm", args=[proposal.pk]))
    grant = Grant.objects.get(user=person)
    assert (grant.given_by, grant.confirmed_by) == (one, two)
    assert browser.get(reverse("home:history-own")).status_code == 200


def test_the_position_on_letters_is_changed_later_by_two(admins):
    one, two = admins
    person = make_worker(Role.SUPERVISOR, "MS")
    page, told = (
        reverse("home:user-change", args=[person.pk]),
        {"full_name": person.full_name, "name_th": person.name_th},
    )
    assert as_user(one).post(page, told).status_code == 422  # nothing was changed
    sent = as_user(one).post(page, {**told, "position_th": "หัวหน้าคลินิก", "position_en": "Head of the clinic"})
    proposal = Proposal.rows.get()
    assert sent["Location"] == reverse("approvals:proposal", args=[proposal.pk])
    assert "หัวหน้าคลินิก" in as_user(two).get(sent["Location"]).content.decode()
    as_user(one).post(reverse("approvals:confirm", args=[proposal.pk]))
    person.refresh_from_db()
    assert person.position_th == ""
    as_user(two).post(reverse("approvals:confirm", args=[proposal.pk]))
    person.refresh_from_db()
    assert (person.position_th, person.position_en) == ("หัวหน้าคลินิก", "Head of the clinic")
    changed = Event.objects.get(action="accounts.user.changed", subject_id=person.pk)
    assert set(changed.fields) == {"position_th", "position_en"}
    shown = as_user(one).get(reverse("home:user", args=[person.pk])).content.decode()
    assert "Head of the clinic" in shown and page in shown
    assert (
        page
        not in as_user(make_worker(Role.SUPERVISOR, "MS", username="other"))
        .get(reverse("home:user", args=[person.pk]))
        .content.decode()
    )


def test_nobody_confirms_a_role_for_themselves(admins):
    one, two = admins
    as_user(one).post(reverse("home:grant", args=[two.pk]), grant_form(Role.AUDITOR, make_office("MS")))
    assert not Proposal.rows.exists()
    as_user(one).post(reverse("home:grant", args=[two.pk]), grant_form(Role.ADMINISTRATOR, make_office("MS")))
    as_user(two).post(reverse("approvals:confirm", args=[Proposal.rows.get().pk]))
    assert Grant.objects.filter(user=two).count() == 1


@pytest.mark.parametrize(
    ("role", "held", "code"),
    [
        (Role.CASEWORKER, Role.ADMINISTRATOR, 422),
        (Role.CASEWORKER, Role.AUDITOR, 422),
        (Role.AUDITOR, Role.PARTNER, 302),
    ],
)
def test_roles_that_nobody_may_hold_together(admins, role, held, code):
    person = make_worker(held, "MS")
    response = as_user(admins[0]).post(reverse("home:grant", args=[person.pk]), grant_form(role, make_office("MS")))
    assert response.status_code == code


@pytest.mark.parametrize(("days", "code"), [(365, 302), (366, 422), (-1, 422)])
def test_a_role_lasts_at_most_twelve_months(admins, days, code):
    until = TODAY() + dt.timedelta(days=days)
    form = grant_form(Role.CASEWORKER, make_office("MS"))
    form |= {"valid_to_d": str(until.day), "valid_to_m": str(until.month), "valid_to_y": str(until.year)}
    assert as_user(admins[0]).post(reverse("home:grant", args=[make_user().pk]), form).status_code == code


def test_a_supervisor_proposes_for_the_own_office_only(admins):
    supervisor = make_worker(Role.SUPERVISOR, "MS")
    person = make_worker(Role.CASEWORKER, "MS")
    stranger = make_worker(Role.CASEWORKER, "RN")
    client = as_user(supervisor)
    url = reverse("home:grant", args=[person.pk])
    assert client.post(url, grant_form(Role.PSYCHOLOGIST, make_office("RN"))).status_code == 422
    assert client.post(url, grant_form(Role.PSYCHOLOGIST, make_office("MS"))).status_code == 302
    assert client.get(reverse("home:user", args=[stranger.pk])).status_code == 404
    assert client.get(reverse("home:grant", args=[stranger.pk])).status_code == 404
    as_user(admins[0]).post(reverse("approvals:confirm", args=[Proposal.rows.get().pk]))
    assert Grant.objects.filter(user=person, role=Role.PSYCHOLOGIST, given_by=supervisor).exists()


def test_ending_a_role_works_on_the_next_click(admins):
    person = make_worker(Role.CASEWORKER, "MS")
    browser = as_user(person)
    assert browser.get(reverse("home:history-own")).status_code == 200
    url = reverse("home:grant-end", args=[person.pk, person.grants.get().pk])
    assert as_user(admins[0]).post(url, {"reason": "left the clinic"}).status_code == 302
    assert browser.get(reverse("home:history-own")).status_code == 403
    assert as_user(admins[0]).get(url).status_code == 404


def test_a_supervisor_only_proposes_to_end_a_role(admins):
    person = make_worker(Role.CASEWORKER, "MS")
    url = reverse("home:grant-end", args=[person.pk, person.grants.get().pk])
    as_user(make_worker(Role.SUPERVISOR, "MS")).post(url, {"reason": "left the clinic"})
    assert person.grants.get().ended_at is None
    as_user(admins[1]).post(reverse("approvals:confirm", args=[Proposal.rows.get().pk]))
    assert person.grants.get().ended_at is not None


def test_keeping_a_person_out_ends_their_session(admins):
    person = make_worker(Role.CASEWORKER, "MS")
    browser = as_user(person)
    assert browser.get(reverse("home:profile")).status_code == 200
    url = reverse("home:user-switch", args=[person.pk])
    as_user(admins[0]).post(url)
    assert browser.get(reverse("home:profile")).status_code == 302
    as_user(admins[0]).post(url)
    assert User.objects.get(pk=person.pk).is_active
    assert browser.get(reverse("home:profile")).status_code == 302  # what somebody stole stays shut
    assert as_user(person).get(reverse("home:profile")).status_code == 200


def test_an_administrator_does_not_keep_themselves_out(admins):
    as_user(admins[0]).post(reverse("home:user-switch", args=[admins[0].pk]))
    assert User.objects.get(pk=admins[0].pk).is_active


def test_a_new_person_signs_in_once_with_the_password_that_is_shown_once(admins):
    client = as_user(admins[0])
    form = {"full_name": "Paw Say", "username": "paw.say", "language": "my"}
    page = client.post(reverse("home:user-add"), form, follow=True)
    one_time = page.context["one_time"]
    assert one_time in page.content.decode()
    person = User.objects.get(username="paw.say")
    assert one_time not in client.get(reverse("home:user", args=[person.pk])).content.decode()
    newcomer = Client()
    newcomer.post(reverse("account_login"), {"login": "paw.say", "password": one_time})
    assert newcomer.get(reverse("home:profile"))["Location"] == reverse("account_change_password")
    assert client.post(reverse("home:user-add"), form).status_code == 422


def test_a_new_password_takes_two_administrators_and_ends_all_sessions(admins):
    one, two = admins
    person = make_worker(Role.CASEWORKER, "MS", username="naw.kham")
    browser = as_user(person)
    page = as_user(one).post(reverse("home:user-reset", args=[person.pk]), {"reason": "lost the phone"}, follow=True)
    one_time = page.context["one_time"]
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)
    as_user(two).post(reverse("approvals:confirm", args=[Proposal.rows.get().pk]))
    person.refresh_from_db()
    assert person.check_password(one_time)
    assert person.must_change_password
    assert person.password_ends_at is not None and "It works for 7 days" in page.content.decode()
    assert live_sessions(person) == []
    assert browser.get(reverse("home:profile")).status_code == 302


def test_the_only_administrator_acts_alone_and_it_shows():
    one = make_worker(Role.ADMINISTRATOR, "BK")
    person = make_user("naw.kham")
    client = as_user(one)
    client.post(reverse("home:grant", args=[person.pk]), grant_form(Role.CASEWORKER, make_office("MS")))
    client.post(reverse("approvals:confirm-alone", args=[Proposal.rows.get().pk]))
    grant = Grant.objects.get(user=person)
    assert (grant.given_by, grant.confirmed_by) == (one, None)
    assert "one person alone" in client.get(reverse("home:user", args=[person.pk])).content.decode()
    assert "the only administrator" in client.get(reverse("home:settings")).content.decode()


def test_the_last_administrator_stays_one_and_another_one_can_end(admins):
    one, two = admins
    end = reverse("home:grant-end", args=[two.pk, two.grants.get().pk])
    assert as_user(one).post(end, {"reason": "Left"}).status_code == 302
    alone = reverse("home:grant-end", args=[one.pk, one.grants.get().pk])
    refused = as_user(one).post(alone, {"reason": "Left too"})
    assert refused.status_code == 422 and "the last administrator" in refused.content.decode()
    assert one.grants.get().ended_at is None


def test_where_no_administrator_is_left_the_server_appoints_one():
    person, office = make_user("naw.kham"), make_office("MS")
    call_command("appoint_administrator", "naw.kham", "MS")
    grant = Grant.objects.get(user=person)
    assert (grant.role, grant.office, grant.given_by) == (Role.ADMINISTRATOR, office, None)
    assert Event.objects.filter(action="accounts.grant.given", subject_id=grant.pk).exists()
    person.is_active = False
    person.save()
    for name, letters in (("naw.kham", "MS"), ("nobody", "MS"), ("naw.kham", "XX")):
        with pytest.raises(CommandError):
            call_command("appoint_administrator", name, letters)


def test_administrators_are_told_of_roles_that_end_soon(admins):
    one, two = admins
    assert "Roles that end soon" not in as_user(one).get("/").content.decode()
    two.grants.update(valid_to=TODAY() + dt.timedelta(days=20))
    assert "Roles that end soon" in as_user(one).get("/").content.decode()
    make_grant(two, Role.ADMINISTRATOR, two.grants.get().office)
    assert "Roles that end soon" not in as_user(one).get("/").content.decode()


def test_administrators_are_told_when_somebody_is_refused_or_tried_too_often(admins):
    worker, now, browser = make_worker(Role.CASEWORKER, "MS"), timezone.now(), as_user(admins[0])

    def told_after(times: int, action: str, at: dt.datetime = now, **who: User) -> list[bool]:
        for _time in range(times):
            record_event(action, at=at, **{"actor": None, **who})
        page = browser.get("/").content.decode()
        return [words in page for words in ("Nothing unusual", "1 person was refused", "1 account was tried")]

    assert told_after(30, REFUSED, now - dt.timedelta(hours=25), actor=worker) == [True, False, False]
    assert told_after(29, REFUSED, actor=worker) == [True, False, False]
    assert told_after(1, REFUSED, actor=worker) == [False, True, False]
    assert told_after(9, "accounts.sign-in.failed", subject=worker) == [False, True, False]
    assert told_after(1, "accounts.code.failed", subject=worker) == [False, True, True]


def test_an_office_is_changed_by_two(admins):
    one, two = admins
    office = make_office("MS")
    form = {"name_en": "Clinic", "name_th": "คลินิก", "kind": "office", "letter_prefix": "มส"}
    form["thai_digits"] = "referrals.letter"
    as_user(one).post(reverse("home:office", args=[office.pk]), form)
    assert Office.objects.get(pk=office.pk).name_en == "Office MS"
    as_user(two).post(reverse("approvals:confirm", args=[Proposal.rows.get().pk]))
    office.refresh_from_db()
    assert (office.name_en, office.letter_prefix, office.code) == ("Clinic", "มส", "MS")
    assert office.thai_digits == ["referrals.letter"]


def test_an_office_is_added_by_two_and_its_letters_are_checked(admins):
    one, two = admins
    form = {"name_en": "Phang Nga", "name_th": "พังงา", "kind": "office", "code": "PN"}
    as_user(one).post(reverse("home:office-add"), form)
    as_user(two).post(reverse("approvals:confirm", args=[Proposal.rows.get().pk]))
    assert Office.objects.filter(code="PN").exists()
    assert as_user(one).post(reverse("home:office-add"), {**form, "code": "P1"}).status_code == 422


EVERY_ROLE = [role.value for role in Role]
TABLE = {
    "home:users": {"SUP", "PM", "SYS", "AUD"},
    "home:user-add": {"SYS"},
    "home:offices": {"PM", "SYS", "AUD"},
    "home:office-add": {"PM", "SYS"},
    "home:reference": {"SUP", "FO", "PM", "TRN", "AUD"},
    "home:history-own": {"CW", "SUP", "PSY", "TRF", "FO", "FA", "CSH", "TRN"},
    "home:history-team": {"SUP"},
    "home:history-security": {"DPO", "SYS"},
    "home:history-all": {"DPO", "AUD"},
    "home:history-counts": {"PM"},
    "home:settings": {"SUP", "FO", "PM", "TRN", "DPO", "SYS", "AUD"},
    "home:profile": set(EVERY_ROLE),
    "home:help": set(EVERY_ROLE),
}


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_every_page_of_settings_against_the_truth_table(client, role):
    client.force_login(make_worker(role, "MS"))
    answers = {name: client.get(reverse(name)).status_code for name in TABLE}
    assert answers == {name: 200 if role in allowed else 403 for name, allowed in TABLE.items()}


@pytest.mark.parametrize("name", sorted(TABLE))
def test_signed_out_people_are_sent_to_sign_in(client, name):
    assert client.get(reverse(name))["Location"].startswith(reverse("account_login"))


def test_an_administrator_has_no_right_on_any_case():
    rooms = ("cases.", "people.", "registration.", "documents.", "drafts.", "referrals.", "imports.", "audit.case")
    content = [action for action in truth_table() if action.startswith(rooms)]
    admin, caseworker = make_worker(Role.ADMINISTRATOR, "MS"), make_worker(Role.CASEWORKER, "MS")
    assert [action for action in content if may(admin, action)] == []
    assert [action for action in content if may(caseworker, action)]


def test_lists_of_people_take_the_same_number_of_queries(client, django_assert_max_num_queries):
    client.force_login(make_worker(Role.ADMINISTRATOR, "MS"))
    for _ in range(12):
        make_grant(make_user(), Role.CASEWORKER, "RN")
    client.get(reverse("home:users"))
    with django_assert_max_num_queries(14):
        client.get(reverse("home:users"))


@pytest.mark.django_db(transaction=True)
def test_two_roles_given_at_once_make_no_forbidden_mix():
    office, user = make_office("MS"), make_user()

    def second() -> str:
        try:
            give_role(user, "CW", office)
        except Refusal as refused:
            return refused.code
        finally:
            connection.close()
        return "given"

    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            give_role(user, "SYS", office)
            told = thread.submit(second)
            wait_for_a_lock(told)
        assert told.result() == "E-APR-30"
    assert [grant.role for grant in user.grants.all()] == ["SYS"]
