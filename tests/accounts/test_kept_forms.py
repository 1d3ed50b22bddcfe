"""A form sent after the session ended: its text comes back to its writer once, filled in and never sent by itself."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from casework.accounts.kept import MOST_BYTES, cookie_names
from casework.cases.models import Case, Note
from casework.drafts.models import Draft
from tests.factories import cases
from tests.factories import registration as births
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db
TEXT = "The grandmother came alone"
BACK = "Nothing is lost; check and save again."


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def case(cast) -> Case:
    return cases.make_case(cast.mae_sot, cast.of("CW"))


@pytest.fixture
def browser() -> Client:
    """A browser that has to send the token of the form, like a real one."""
    return Client(enforce_csrf_checks=True)


def token_in(page) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]


def sign_in(browser: Client, user, to: str = "/"):
    page = browser.get(reverse("account_login"), {"next": to})
    typed = {"login": user.username, "password": PASSWORD, "next": to, "csrfmiddlewaretoken": token_in(page)}
    return browser.post(reverse("account_login"), typed)


def end_sessions() -> None:
    Session.objects.all().delete()


def send_note(browser: Client, case: Case, **more):
    """Open the form of a note, lose the session, send it."""
    address = reverse("cases:note", args=[case.pk])
    page = browser.get(address)
    end_sessions()
    typed = {"text": TEXT, "readers": "team", "csrfmiddlewaretoken": token_in(page), **more}
    return address, browser.post(address, typed)


def test_the_text_comes_back_to_its_writer_and_is_not_saved(browser, cast, case):
    sign_in(browser, cast.of("CW"))
    address, turned_away = send_note(browser, case)
    assert turned_away["Location"] == f"{reverse('account_login')}?next={address}"
    assert "What you typed is kept" in browser.get(turned_away["Location"]).content.decode()

    assert sign_in(browser, cast.of("CW"), address)["Location"] == address
    page = browser.get(address)

    assert TEXT in page.content.decode()
    assert BACK in page.content.decode()
    assert not Note.objects.visible_to(cast.of("CW")).exists()
    again = {"text": TEXT, "readers": "team", "csrfmiddlewaretoken": token_in(page)}
    assert browser.post(address, again).status_code == 302
    assert Note.objects.visible_to(cast.of("CW")).get().text == TEXT


def test_it_is_given_once(browser, cast, case):
    sign_in(browser, cast.of("CW"))
    address, _turned_away = send_note(browser, case)
    sign_in(browser, cast.of("CW"), address)
    assert TEXT in browser.get(address).content.decode()
    assert TEXT not in browser.get(address).content.decode()
    assert BACK not in browser.get(address).content.decode()


def test_another_person_at_the_same_desk_never_sees_it(browser, cast, case):
    sign_in(browser, cast.of("CW"))
    address, _turned_away = send_note(browser, case)
    sign_in(browser, cast.of("SUP"), address)
    page = browser.get(address)
    assert page.status_code == 200
    assert TEXT not in page.content.decode()
    assert BACK not in page.content.decode()


def test_it_comes_back_at_its_own_address_only(browser, cast, case):
    sign_in(browser, cast.of("CW"))
    address, _turned_away = send_note(browser, case)
    sign_in(browser, cast.of("CW"))
    assert TEXT not in browser.get(reverse("cases:task", args=[case.pk])).content.decode()
    assert TEXT in browser.get(address).content.decode()


def test_it_is_sealed_where_it_lies(browser, cast, case):
    sign_in(browser, cast.of("CW"))
    send_note(browser, case)
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM cache")
        stored = [json.loads(value) for (value,) in cursor.fetchall()]
    assert stored and not any("kept-form" in str(value) or TEXT in str(value) for value in stored)


def test_a_cookie_of_another_making_opens_nothing(browser, cast, case):
    sign_in(browser, cast.of("CW"))
    address, _turned_away = send_note(browser, case)
    browser.cookies[cookie_names()[1]] = "another-token"
    sign_in(browser, cast.of("CW"), address)
    assert TEXT not in browser.get(address).content.decode()


def test_a_browser_in_which_nobody_signed_in_keeps_nothing(browser, cast, case):
    page = browser.get(reverse("account_login"))
    typed = {"text": TEXT, "csrfmiddlewaretoken": token_in(page)}
    answer = browser.post(reverse("cases:note", args=[case.pk]), typed)
    assert answer.status_code == 302
    assert cookie_names()[1] not in answer.cookies


@pytest.mark.parametrize("forged", ["", "1:AAAA", "garbage", "%E0%B9%91", "1:"])
def test_a_forged_writer_keeps_nothing(browser, cast, case, forged):
    page = browser.get(reverse("account_login"))
    browser.cookies[cookie_names()[0]] = forged
    typed = {"text": TEXT, "csrfmiddlewaretoken": token_in(page)}
    assert cookie_names()[1] not in browser.post(reverse("cases:note", args=[case.pk]), typed).cookies


def test_a_form_without_its_token_is_refused_and_not_kept(browser, cast, case):
    sign_in(browser, cast.of("CW"))
    _address, refused = send_note(browser, case, csrfmiddlewaretoken="x" * 64)
    assert refused.status_code == 403
    assert cookie_names()[1] not in refused.cookies


def test_passwords_and_files_are_not_kept(browser, cast, case):
    sign_in(browser, cast.of("CW"))
    file = SimpleUploadedFile("photo.jpg", b"photo")
    address, _turned_away = send_note(browser, case, new_password="hunter-hunter", extra=file)
    sign_in(browser, cast.of("CW"), address)
    answer = browser.get(address)
    assert answer.wsgi_request.kept_form.dict().keys() == {"text", "readers"}
    assert "Choose the files again." in answer.content.decode()


def test_a_huge_form_is_not_kept(browser, cast, case):
    sign_in(browser, cast.of("CW"))
    _address, turned_away = send_note(browser, case, text="x" * MOST_BYTES)
    assert cookie_names()[1] not in turned_away.cookies


def test_who_signs_out_leaves_no_trace_of_themselves(browser, cast):
    sign_in(browser, cast.of("CW"))
    assert browser.cookies[cookie_names()[0]].value
    page = browser.get(reverse("account_logout"))
    browser.post(reverse("account_logout"), {"csrfmiddlewaretoken": token_in(page)})
    assert not browser.cookies[cookie_names()[0]].value


def test_a_button_leads_back_to_the_page_it_stood_on(client, cast):
    birth = births.make_birth(cast.mae_sot, cast.of("CW"))
    page, button = (reverse(f"registration:{name}", args=[birth.pk]) for name in ("detail", "ready"))
    for referer, following in (
        (f"http://testserver{page}", page),
        ("https://evil.example/x", "/"),
        ("", "/"),
    ):
        answer = client.post(button, HTTP_REFERER=referer)
        assert answer["Location"] == f"{reverse('account_login')}?next={following.replace('/', '%2F')}"


@pytest.mark.parametrize("name", ["registration:quick", "registration:new"])
def test_the_intake_comes_back_filled(browser, cast, name):
    sign_in(browser, cast.of("CW"))
    page = browser.get(reverse(name))
    end_sessions()
    browser.post(reverse(name), {"mother_name_Latn": "Naw Paw Wah", "csrfmiddlewaretoken": token_in(page)})
    sign_in(browser, cast.of("CW"), reverse(name))
    assert "Naw Paw Wah" in browser.get(reverse(name)).content.decode()
    assert not Draft.objects.visible_to(cast.of("CW")).exists()


def test_the_facts_of_a_birth_come_back_filled(browser, cast):
    birth = births.make_birth(cast.mae_sot, cast.of("CW"))
    address = reverse("registration:facts", args=[birth.pk])
    sign_in(browser, cast.of("CW"))
    page = browser.get(address)
    end_sessions()
    browser.post(address, {"child_name_Latn": "Nan Moe Moe", "csrfmiddlewaretoken": token_in(page)})
    sign_in(browser, cast.of("CW"), address)
    assert "Nan Moe Moe" in browser.get(address).content.decode()
    birth.refresh_from_db()
    assert birth.case.child.name != "Nan Moe Moe"
