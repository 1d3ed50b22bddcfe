"""Who speaks to the API: a browser's session or a person's token."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.authtoken.models import Token

from casework.accounts import tokens
from casework.accounts.services import set_one_time_password, set_user_active
from casework.audit.models import Event
from casework.kernel.refusals import Refusal
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.cast import signed_in

BIRTHS = "/api/v1/births/"


def with_token(token: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def token(cast) -> str:
    return tokens.make_token(user=cast.of("CW"), now=timezone.now())


@pytest.mark.parametrize("path", [BIRTHS, "/api/v1/cases/1/", "/api/v1/places/", "/api/v1/schema"])
def test_nobody_speaks_without_signing_in(db, path):
    answer = Client().get(path)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert b"not_authenticated" in answer.content


def test_a_token_speaks_for_its_person(token):
    assert with_token(token).get(BIRTHS).status_code == 200


def test_the_table_does_not_hold_the_token(token):
    assert Token.objects.get().key not in token
    assert with_token(Token.objects.get().key).get(BIRTHS).status_code == 401


@pytest.mark.parametrize("wrong", ["", "x", "\xff", "a b c", "x" * 5000])
def test_another_token_does_not(token, wrong):
    assert with_token(wrong).get(BIRTHS).status_code == 401


@pytest.mark.parametrize("change", [{"is_active": False}, {"must_change_password": True}])
def test_a_token_of_who_may_not_sign_in_does_not_work(cast, token, change):
    user = cast.of("CW")
    type(user).objects.filter(pk=user.pk).update(**change)

    assert with_token(token).get(BIRTHS).status_code == 401
    with pytest.raises(Refusal):
        tokens.make_token(user=cast.of("CW"), now=timezone.now())


def test_where_a_second_factor_is_required_a_token_needs_one(token, settings):
    settings.SECOND_FACTOR_REQUIRED = True

    assert with_token(token).get(BIRTHS).status_code == 401


def test_a_token_ends(cast, token):
    user = cast.of("CW")
    Token.objects.update(created=timezone.now() - tokens.KEPT - dt.timedelta(minutes=1))
    assert with_token(token).get(BIRTHS).status_code == 401
    fresh = tokens.make_token(user=user, now=timezone.now())
    assert with_token(fresh).get(BIRTHS).status_code == 200
    tokens.end_token(user=user, by=user, now=timezone.now())
    assert with_token(fresh).get(BIRTHS).status_code == 401


def reset(user) -> None:
    set_one_time_password(user=user, encoded=make_password("told once 4417"), by=make_user("boss"), now=timezone.now())


def disable(user) -> None:
    set_user_active(user=user, is_active=False, by=make_user("boss"), now=timezone.now())


def choose_a_password(user) -> None:
    words = {"oldpassword": PASSWORD, "password1": "a kettle of 9 herons", "password2": "a kettle of 9 herons"}
    assert signed_in(user).post(reverse("account_change_password"), words).status_code == 302


@pytest.mark.parametrize("act", [reset, disable, choose_a_password])
def test_a_token_ends_for_good_with_the_password_and_the_account(cast, token, act):
    other = tokens.make_token(user=cast.of("SUP"), now=timezone.now())
    act(cast.of("CW"))
    type(cast.of("CW")).objects.update(is_active=True, must_change_password=False)

    assert with_token(token).get(BIRTHS).status_code == 401
    assert with_token(other).get(BIRTHS).status_code == 200
    assert Event.objects.filter(action="accounts.token.ended", subject_id=cast.of("CW").pk).exists()


def test_a_token_stays_when_an_account_is_let_in(cast, token):
    set_user_active(user=cast.of("CW"), is_active=True, by=make_user("boss"), now=timezone.now())

    assert with_token(token).get(BIRTHS).status_code == 200


def test_a_new_token_takes_the_place_of_the_old(cast, token):
    tokens.make_token(user=cast.of("CW"), now=timezone.now())

    assert with_token(token).get(BIRTHS).status_code == 401


def test_the_page_shows_a_token_once(cast):
    client = signed_in(cast.of("CW"))
    shown = client.post("/profile/token/")
    assert with_token(shown.context["token"]).get(BIRTHS).status_code == 200
    assert shown.context["token"] in shown.content.decode()
    assert shown.context["token"] not in client.get("/profile/token/").content.decode()
    client.post("/profile/token/end/")
    assert with_token(shown.context["token"]).get(BIRTHS).status_code == 401


def test_a_token_is_made_only_after_a_fresh_proof(cast):
    answer = signed_in(cast.of("CW"), fresh=False).post("/profile/token/")

    assert answer.status_code == 302
    assert "/account/" in answer["Location"]
    assert not Token.objects.exists()


def test_a_browser_needs_its_csrf_token_to_write(cast):
    client = signed_in(cast.of("CW"))
    client.handler.enforce_csrf_checks = True

    assert client.post("/api/v1/births/", {}, content_type="application/json").status_code == 403


def test_a_token_is_not_a_fresh_proof(cast, token):
    from tests.factories.registration import gathering

    birth = gathering(cast.mae_sot, cast.of("CW"))
    boss = with_token(tokens.make_token(user=cast.of("SUP"), now=timezone.now()))
    path = f"{BIRTHS}{birth.pk}/items/{birth.items.first().pk}/waive/"
    answer = boss.post(path, {"reason": "lost"}, content_type="application/json", headers={"If-Match": "*"})

    assert (answer.status_code, answer.json()["code"]) == (403, "E-FRESH")
    assert "not done by token" in answer.json()["message"]
