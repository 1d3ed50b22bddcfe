"""Recovery codes and the second factor open only to password and code together, however fresh the sign-in is."""

from __future__ import annotations

import time
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from casework.accounts.models import User
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PAGES = [
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_deactivate_totp",
    "mfa_activate_totp",
]


def code_now() -> str:
    """The code of this moment; the mark that it was used is wiped."""
    cache.clear()
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


@pytest.fixture
def user() -> User:
    user = make_user("naw.kham")
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


@pytest.fixture
def fresh(user) -> Client:
    """The browser just after signing in with password and code."""
    client = Client()
    client.post(reverse("account_login"), {"login": "naw.kham", "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert client.session["_auth_user_id"] == str(user.pk)
    return client


def prove(client: Client, password: str = PASSWORD, code: str = "", page: str = PAGES[0]):
    words = {"password": password, "code": code or code_now(), "next": reverse(page)}
    return client.post(reverse("mfa_prove"), words)


def codes_of(user: User) -> list[str]:
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "post", "head", "options", "put"])
def test_a_session_stolen_just_after_the_sign_in_opens_nothing_of_the_second_factor(fresh, user, page, method):
    before = codes_of(user)
    answer = getattr(fresh, method)(reverse(page))
    assert (answer.status_code, unquote(answer["Location"])) == (302, f"{reverse('mfa_prove')}?next={reverse(page)}")
    assert codes_of(user) == before
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_the_proof_for_another_act_does_not_count(fresh):
    fresh.post(reverse("mfa_reauthenticate"), {"code": code_now(), "next": reverse(PAGES[0])})
    assert fresh.get(reverse(PAGES[0]))["Location"].startswith(reverse("mfa_prove"))


def test_password_and_code_open_it_for_five_minutes_under_a_new_number(fresh, user):
    stolen, shown = fresh.session.session_key, reverse(PAGES[0])
    assert prove(fresh)["Location"] == shown
    assert fresh.session.session_key != stolen
    page = fresh.get(shown).content.decode()
    assert all(code in page for code in codes_of(user))
    before = codes_of(user)
    assert fresh.post(reverse("mfa_generate_recovery_codes"))["Location"] == shown
    assert not set(codes_of(user)) & set(before)
    session = fresh.session
    session["factor_proven_at"] -= 301
    session.save()
    assert fresh.get(shown)["Location"].startswith(reverse("mfa_prove"))


@pytest.mark.parametrize("wrong", [{"password": "wrong wrong wrong"}, {"code": "000000"}])
def test_either_alone_opens_nothing(fresh, wrong):
    assert prove(fresh, **wrong).status_code == 200
    assert fresh.get(reverse(PAGES[0]))["Location"].startswith(reverse("mfa_prove"))


def test_a_wrong_password_uses_up_no_recovery_code(fresh, user):
    code = codes_of(user)[0]
    prove(fresh, password="wrong wrong wrong", code=code)
    assert code in codes_of(user)
    assert prove(fresh, code=code).status_code == 302
    assert code not in codes_of(user)


def test_the_proof_sends_nobody_to_another_site(fresh):
    words = {"password": PASSWORD, "code": code_now(), "next": "https://evil.example/"}
    assert fresh.post(reverse("mfa_prove"), words)["Location"] == "/"


def test_who_has_no_second_factor_has_nothing_to_prove_and_sets_it_up_after_the_sign_in(client):
    make_user("thida.oo")
    client.post(reverse("account_login"), {"login": "thida.oo", "password": PASSWORD})
    assert client.get(reverse("mfa_prove"))["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    secret = client.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post(reverse("mfa_activate_totp"), {"code": code})["Location"] == reverse(PAGES[0])
    assert client.get(reverse(PAGES[0])).status_code == 200
    assert client.get(reverse("mfa_download_recovery_codes")).status_code == 200
