"""Signing in, being locked out, the second factor, a step-up that goes on, idle time, one's own sessions."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.services import set_user_active
from casework.accounts.tasks import forget_ended
from casework.audit.models import Event
from casework.audit.queries import as_lines
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client: Client, username: str, password: str = PASSWORD, **extra: str):
    return client.post(reverse("account_login"), {"login": username, "password": password}, **extra)


def test_at_night_what_ended_by_itself_is_removed_and_what_holds_stays(client):
    make_user("naw.kham")
    sign_in(client, "naw.kham")
    sign_in(Client(), "thida.oo", "wrong")
    sign_in(gone := Client(), make_user("somchai.k").username)
    Session.objects.filter(session_key=gone.session.session_key).update(expire_date=timezone.now() - timedelta(hours=1))
    forget_ended()
    assert Session.objects.get().session_key == UserSession.objects.get().session_key == client.session.session_key
    assert client.get("/").status_code == 200 and AccessAttempt.objects.count() == 1
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(hours=1))
    forget_ended()
    assert not AccessAttempt.objects.exists() and Session.objects.exists()


def test_a_person_signs_in_and_it_stands_in_the_history(client):
    user = make_user("naw.kham")
    before = client.session.session_key
    response = sign_in(client, "naw.kham")
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.session.session_key != before
    assert Event.objects.filter(action="accounts.session.opened", actor=user).count() == 1


def test_the_sign_in_name_may_be_typed_in_capitals(client):
    make_user("naw.kham")
    assert sign_in(client, " Naw.Kham ").status_code == 302


def test_known_and_unknown_names_and_the_disabled_get_the_same_answer():
    make_user("naw.kham")
    set_user_active(user=make_user("gone"), is_active=False, by=make_user("boss"), now=timezone.now())
    pages = set()
    for name, password in (("naw.kham", "wrong wrong wrong"), ("nobody", "wrong wrong wrong"), ("gone", PASSWORD)):
        response = sign_in(Client(), name, password)
        assert response.status_code == 200
        assert "_auth_user_id" not in response.wsgi_request.session
        text = response.content.decode().replace(name, "NAME")
        pages.add("\n".join(line for line in text.splitlines() if "csrf" not in line.lower()))
    assert len(pages) == 1
    assert Event.objects.filter(action="accounts.sign-in.failed").count() == 3


def test_five_wrong_tries_lock_the_name_here_and_not_elsewhere(client):
    make_user("naw.kham")
    for _ in range(4):
        assert sign_in(client, "naw.kham", "wrong wrong wrong").status_code == 200
    assert sign_in(client, "naw.kham", "wrong wrong wrong").status_code == 429
    assert sign_in(client, "naw.kham").status_code == 429
    assert sign_in(Client(), "naw.kham", REMOTE_ADDR="10.1.1.9").status_code == 302


def test_an_unknown_name_is_locked_the_same_way(client):
    answers = [sign_in(client, "nobody", "wrong wrong wrong").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]


def test_an_office_signs_in_from_one_address(monkeypatch):
    people = [make_user(f"worker.{n}").username for n in range(40)]
    assert {sign_in(Client(), name, "wrong wrong wrong").status_code for name in people} == {200}
    assert {sign_in(Client(), name).status_code for name in people} == {302}
    monkeypatch.setattr("allauth.account.app_settings.RATE_LIMITS", {"login": "2/m/ip"})
    assert [sign_in(Client(), name).status_code for name in people[:3]] == [302, 302, 429]


def test_wrong_codes_of_some_keep_no_other_from_signing_in():
    told = []
    for n, tries in enumerate((6, 5, 5)):
        browser, user = Client(), make_user(f"worker.{n}")
        TOTP.activate(user, SECRET)
        sign_in(browser, user.username)
        wrong = [browser.post(reverse("mfa_authenticate"), {"code": "000000"}) for _time in range(tries)]
        told.append(["too many tries" in answer.content.decode() for answer in wrong])
    assert told == [[False] * 5 + [True], [False] * 5, [False] * 5]


def test_tries_without_end_leave_few_rows_and_say_how_many_they_were(monkeypatch):
    guessed, other = make_user("naw.kham"), make_user("hla.hla")

    def rows(account: User | None) -> list[str]:
        failed = Event.objects.filter(action="accounts.sign-in.failed", subject_id=account and account.pk)
        return [str(line.note) for line in as_lines(failed.order_by("pk"), with_values=False)]

    for n in range(33):
        for name in ("naw.kham", f"nobody.{n}"):
            sign_in(Client(), name, "wrong wrong wrong", REMOTE_ADDR=f"10.0.0.{n}")
    many = [""] * 10 + ["Tries within the hour: 16", "Tries within the hour: 32"]
    assert rows(guessed) == rows(None) == many
    sign_in(Client(), other.username, "wrong wrong wrong")
    assert rows(other) == [""], "nobody's tries hide those of another account"
    later = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr("casework.accounts.failures.timezone.now", lambda: later)
    sign_in(Client(), "naw.kham", "wrong wrong wrong")
    assert rows(guessed) == [*many, ""]


def test_four_wrong_tries_and_a_right_one_sign_in(client):
    make_user("naw.kham")
    for _ in range(4):
        sign_in(client, "naw.kham", "wrong wrong wrong")
    assert sign_in(client, "naw.kham").status_code == 302


def test_signing_out_clears_the_cache_only(client):
    make_user("naw.kham")
    sign_in(client, "naw.kham")
    response = client.post(reverse("account_logout"))
    assert response.status_code == 302
    assert response["Clear-Site-Data"] == '"cache"'
    assert "_auth_user_id" not in client.session


def test_getting_the_sign_out_page_does_not_sign_out(client):
    make_user("naw.kham")
    sign_in(client, "naw.kham")
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("language", ["en", "th", "my"])
def test_the_sign_in_page_speaks_three_languages_and_names_nothing(client, language):
    page = client.get(reverse("account_login"), headers={"accept-language": language}).content.decode()
    assert f'<html lang="{language}">' in page
    assert page.count('name="login"') == 1


def test_a_second_factor_is_asked_at_sign_in(client):
    user = make_user("naw.kham")
    TOTP.activate(user, SECRET)
    response = sign_in(client, "naw.kham")
    assert response["Location"].startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session
    code = code_of(SECRET)
    client.post(reverse("mfa_authenticate"), {"code": f"{code[:3]} {code[3:]}"})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_same_code_does_not_work_twice_and_the_try_stands_in_the_history(monkeypatch):
    user = make_user("naw.kham")
    TOTP.activate(user, SECRET)
    code, next_period, first, second = code_of(SECRET), time.time() + 30, Client(), Client()
    sign_in(first, "naw.kham")
    first.post(reverse("mfa_authenticate"), {"code": code})
    cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")  # the library forgets it after 30 seconds
    sign_in(second, "naw.kham")
    monkeypatch.setattr(time, "time", lambda: next_period)
    second.post(reverse("mfa_authenticate"), {"code": code})
    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session
    assert [event.subject_id for event in Event.objects.filter(action="accounts.code.failed")] == [user.pk]


def test_seeds_are_sealed_in_the_database():
    user = make_user("naw.kham")
    TOTP.activate(user, SECRET)
    assert SECRET not in str(Authenticator.objects.get(user=user).data)


def test_without_a_second_factor_only_its_set_up_opens(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = make_user("naw.kham")
    sign_in(client, "naw.kham")
    response = client.get(reverse("styleguide"))
    assert (response.status_code, response["Location"]) == (302, reverse("mfa_activate_totp"))
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    assert secret in page.content.decode()
    response = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    codes = client.get(reverse("mfa_view_recovery_codes"))
    assert len(codes.context["unused_codes"]) == 10
    assert client.get(reverse("styleguide")).status_code == 200
    assert Authenticator.objects.filter(user=user).count() == 2


def test_nobody_switches_a_required_second_factor_off(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = make_user("naw.kham")
    TOTP.activate(user, SECRET)
    sign_in(client, "naw.kham")
    client.post(reverse("mfa_authenticate"), {"code": code_of(SECRET)})
    cache.clear()
    client.post(reverse("mfa_prove"), {"password": PASSWORD, "code": code_of(SECRET)})
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 200
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_a_password_made_by_somebody_else_is_changed_first(client):
    user = make_user("new.one", must_change_password=True)
    sign_in(client, "new.one")
    assert client.get(reverse("styleguide"))["Location"] == reverse("account_change_password")
    new = "a lamp beside the river"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    user.refresh_from_db()
    assert not user.must_change_password and user.password_ends_at is None
    assert user.check_password(new)
    assert client.get(reverse("styleguide")).status_code == 200


@pytest.mark.parametrize(("ends_in", "is_open"), [(1, True), (-1, False)])
def test_a_password_made_by_somebody_else_ends(client, ends_in, is_open):
    ends_at = timezone.now() + timedelta(minutes=ends_in)
    make_user("new.one", must_change_password=True, password_ends_at=ends_at)
    told = sign_in(client, "new.one")
    assert (told.status_code == 302, client.session.get("_auth_user_id") is not None) == (is_open, is_open)
    assert ("has ended. Ask an administrator" in told.content.decode()) is not is_open
    wrong = sign_in(Client(), "new.one", "another password")
    assert "has ended" not in wrong.content.decode(), "who does not know it learns nothing"


@pytest.mark.parametrize("weak", ["short one", "password1234", "naw.kham.naw"])
def test_weak_passwords_are_refused(client, weak):
    user = make_user("naw.kham")
    sign_in(client, "naw.kham")
    response = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    )
    assert response.status_code == 200
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def move_clock(client: Client, seconds: int, key: str) -> None:
    session = client.session
    session[key] = int(time.time()) - seconds
    session.save()


def test_half_an_hour_without_a_request_ends_the_session(client):
    make_user("naw.kham")
    sign_in(client, "naw.kham")
    client.get(reverse("styleguide"))
    move_clock(client, 29 * 60, "last_seen")
    assert client.get(reverse("styleguide")).status_code == 200
    move_clock(client, 31 * 60, "last_seen")
    assert reverse("account_login") in client.get(reverse("styleguide"))["Location"]


def test_twelve_hours_end_the_session_however_busy(client):
    make_user("naw.kham")
    sign_in(client, "naw.kham")
    client.get(reverse("styleguide"))
    move_clock(client, 12 * 3600 + 5, "signed_in_at")
    assert reverse("account_login") in client.get(reverse("styleguide"))["Location"]


def test_disabling_a_person_works_on_their_next_request(client):
    user = make_user("naw.kham")
    sign_in(client, "naw.kham")
    assert client.get(reverse("styleguide")).status_code == 200
    set_user_active(user=user, is_active=False, by=make_user("boss"), now=timezone.now())
    assert reverse("account_login") in client.get(reverse("styleguide"))["Location"]


def test_there_is_no_sign_up_and_no_reset_by_mail(client):
    for path in ("/account/signup/", "/account/password/reset/", "/accounts/login/"):
        assert client.get(path).status_code in (302, 404)
        assert User.objects.count() == 0


@pytest.mark.parametrize("address", ["/", "/profile/", "/cases/0/"])
def test_the_browser_keeps_nothing_of_what_a_signed_in_person_saw(client, address):
    make_user("naw.kham")
    assert client.get(address).headers.get("Cache-Control", "") != "no-store", "nobody saw anything yet"
    sign_in(client, "naw.kham")
    assert client.get(address).headers["Cache-Control"] == "no-store"


def test_of_the_api_nobody_keeps_anything(client):
    make_user("naw.kham")
    assert client.get("/api/v1/cases/").headers["Cache-Control"] == "no-store"
    sign_in(client, "naw.kham")
    assert client.get("/api/v1/cases/").headers["Cache-Control"] == "no-store"
