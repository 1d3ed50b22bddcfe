"""Setting up an empty site with its one-time link, and the demo's cast, which never enters a real site."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.access.scopes import roles_of
from casework.accounts.models import Grant, Office, User
from casework.accounts.services import issue_setup_token
from casework.accounts.states import Role
from casework.home.demo_accounts import ACCOUNTS, DEMO_PASSWORD
from casework.home.demo_world import load_cast
from casework.reference.queries import text_for
from tests.database import wait_for_a_lock
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
FORM = {
    "organisation_en": "House of Papers",
    "organisation_th": "บ้านเอกสาร",
    "office_en": "Mae Sot clinic",
    "office_th": "คลินิกแม่สอด",
    "office_code": "ms",
    "full_name": "Anong Rattana",
    "username": "Anong",
    "password": "a lamp beside the river",
    "again": "a lamp beside the river",
}


def test_the_link_makes_the_first_administrator_and_works_once(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    url = reverse("home:setup", args=[issue_setup_token()])
    assert client.get(url).status_code == 200
    assert client.post(url, FORM)["Location"] == "/"
    person = User.objects.get()
    assert (person.username, person.full_name) == ("anong", "Anong Rattana")
    assert roles_of(person) == {Role.ADMINISTRATOR}
    assert Office.objects.get().code == "MS"
    assert text_for("organisation.name", "th", timezone.localdate()).body == "บ้านเอกสาร"
    assert client.get("/")["Location"] == reverse("mfa_activate_totp")
    client.logout()
    assert client.get(url).status_code == 404
    assert client.post(url, {**FORM, "username": "second"}).status_code == 404
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"password": "short", "again": "short"}, {"again": "something else"}, {"office_code": "M5"}, {"full_name": ""}],
)
def test_a_wrong_answer_makes_nothing_and_the_link_still_works(client, wrong):
    url = reverse("home:setup", args=[issue_setup_token()])
    assert client.post(url, {**FORM, **wrong}).status_code == 422
    assert not User.objects.exists()
    assert not Office.objects.exists()
    assert client.post(url, FORM).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_link_sent_twice_at_once_makes_one_administrator():
    url = reverse("home:setup", args=[issue_setup_token()])

    def second() -> int:
        try:
            return Client().post(url, {**FORM, "username": "second", "office_code": "RN"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            assert Client().post(url, FORM).status_code == 302
            told = thread.submit(second)
            wait_for_a_lock(told)
        assert told.result() == 422
    assert User.objects.get().username == "anong"


def test_a_newer_link_voids_the_older_and_a_guess_is_a_404(client):
    older, newer = issue_setup_token(), issue_setup_token()
    assert client.get(reverse("home:setup", args=[older])).status_code == 404
    assert client.get(reverse("home:setup", args=["guess"])).status_code == 404
    assert client.get(reverse("home:setup", args=[newer])).status_code == 200


def test_the_command_prints_the_link_of_an_empty_site_only(capsys, client):
    call_command("setup_token")
    link = capsys.readouterr().out.strip()
    assert client.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200
    make_user()
    with pytest.raises(CommandError):
        call_command("setup_token")


def test_the_cast_signs_in_and_loading_again_adds_nobody(client):
    today = timezone.localdate()
    load_cast(today=today)
    before = (User.objects.count(), Grant.objects.count(), Office.objects.count())
    load_cast(today=today)
    assert (User.objects.count(), Grant.objects.count(), Office.objects.count()) == before
    assert before[0] == len(ACCOUNTS)
    assert Office.objects.filter(kind="practice").count() == 1
    response = client.post(reverse("account_login"), {"login": "naw.kham", "password": DEMO_PASSWORD})
    assert response.status_code == 302


@pytest.mark.parametrize("command", ["load_demo", "demo_accounts"])
def test_a_real_site_takes_no_demo(settings, command):
    settings.MODE = "site"
    with pytest.raises(CommandError):
        call_command(command)
    assert not User.objects.exists()


def test_the_list_of_demo_accounts_names_each_and_the_password(capsys):
    call_command("demo_accounts")
    printed = capsys.readouterr().out
    assert DEMO_PASSWORD in printed
    assert all(account.username in printed for account in ACCOUNTS)
