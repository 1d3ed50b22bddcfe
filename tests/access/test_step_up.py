"""A sensitive act asks for a fresh proof and then goes on with what was typed."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casework.accounts.models import User
from casework.accounts.states import Role
from casework.approvals.models import Proposal
from tests.factories.accounts import PASSWORD, make_user, make_worker

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
RECORDS = "account_authentication_methods"


@pytest.fixture(autouse=True)
def only_with_proof(monkeypatch):
    """Keeping a person out asks for a fresh proof in these tests."""
    from casework.access import rights

    cache.clear()
    table = dict(rights.truth_table())
    table["accounts.user.disable"] = rights.parse_row("SYS:A*")
    table["accounts.user.reset"] = rights.parse_row("SYS:A2*")
    for module in ("casework.access.scopes", "casework.access.policies"):
        monkeypatch.setattr(f"{module}.truth_table", lambda: table)


@pytest.fixture
def admin() -> User:
    return make_worker(Role.ADMINISTRATOR, "BK", username="admin")


def sign_in(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    return client


def let_proof_age(client: Client, seconds: int) -> None:
    session = client.session
    session[RECORDS] = [{**record, "at": time.time() - seconds} for record in session[RECORDS]]
    session.save()


def test_a_fresh_proof_is_not_asked_again(admin):
    person, client = make_user(), sign_in(admin)
    let_proof_age(client, 290)
    client.post(reverse("home:user-switch", args=[person.pk]))
    assert not User.objects.get(pk=person.pk).is_active


def test_a_stale_proof_is_asked_and_the_act_goes_on_with_what_was_typed(admin):
    person, client = make_user(), sign_in(admin)
    let_proof_age(client, 310)
    url = reverse("home:user-reset", args=[person.pk])
    response = client.post(f"{url}?next=/profile/", {"reason": "lost the phone"})
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert not Proposal.rows.exists()
    number = client.session.session_key
    proof = response["Location"]
    response = client.post(proof, {"password": "wrong wrong wrong"})
    assert not Proposal.rows.exists()
    assert client.post(proof, {"password": PASSWORD})["Location"] == "/profile/"
    assert Proposal.rows.get().reason == "lost the phone"
    assert client.session.session_key != number


def test_an_act_left_waiting_is_shown_again_and_not_done_by_a_later_proof(admin):
    person, client = make_user(), sign_in(admin)
    let_proof_age(client, 310)
    url = reverse("home:user-reset", args=[person.pk])
    client.post(url, {"reason": "lost the phone"})
    session = client.session
    session["suspended_at"] -= 301
    session.save()
    client.post(reverse("home:lock"), {"next": url})
    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": url})
    assert answer["Location"] == url and not Proposal.rows.exists()
    assert "lost the phone" in client.get(url).content.decode()


def test_reading_needs_no_fresh_proof(admin):
    person, client = make_user(), sign_in(admin)
    let_proof_age(client, 9999)
    assert client.get(reverse("home:user-reset", args=[person.pk])).status_code == 200


def test_with_a_second_factor_only_a_code_is_a_proof(admin, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    TOTP.activate(admin, SECRET)
    person, client = make_user(), sign_in(admin)
    now = int(time.time()) // 30
    client.post(reverse("mfa_authenticate"), {"code": format_hotp_value(hotp_value(SECRET, now))})
    let_proof_age(client, 310)
    url = reverse("home:user-switch", args=[person.pk])
    response = client.post(url)
    assert response["Location"].startswith(reverse("mfa_reauthenticate"))
    by_password = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": url})
    assert by_password["Location"].startswith(reverse("mfa_reauthenticate"))
    assert User.objects.get(pk=person.pk).is_active
    cache.clear()
    client.post(reverse("mfa_reauthenticate"), {"code": format_hotp_value(hotp_value(SECRET, now)), "next": url})
    assert not User.objects.get(pk=person.pk).is_active


def test_a_hidden_screen_asks_for_a_proof_before_the_next_page(admin):
    client = sign_in(admin)
    page = reverse("home:users")
    response = client.post(reverse("home:lock"), {"next": page})
    assert response["Location"] == page
    response = client.get(page)
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    response = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": page})
    assert response["Location"] == page
    assert client.get(page).status_code == 200


@pytest.mark.parametrize(
    "name", ["mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_index",
             "mfa_deactivate_totp", "account_change_password"],
)  # fmt: skip
def test_a_hidden_screen_shows_and_changes_nothing_of_how_one_signs_in(admin, settings, name):
    settings.SECOND_FACTOR_REQUIRED = True
    TOTP.activate(admin, SECRET)
    RecoveryCodes.activate(admin)
    client, now, page = sign_in(admin), int(time.time()) // 30, reverse(name)
    client.post(reverse("mfa_authenticate"), {"code": format_hotp_value(hotp_value(SECRET, now))})
    client.post(reverse("home:lock"), {"next": "/"})
    for response in (client.get(page), client.post(page, {})):
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert client.get(client.get(page)["Location"], follow=True).status_code == 200
    cache.clear()
    client.post(reverse("mfa_reauthenticate"), {"code": format_hotp_value(hotp_value(SECRET, now)), "next": page})
    assert "/confirm/" not in client.get(page).headers.get("Location", "")


def test_the_lock_sends_nobody_to_another_site(admin):
    client = sign_in(admin)
    assert client.post(reverse("home:lock"), {"next": "https://evil.example/"})["Location"] == "/"


def test_a_form_that_needs_another_look_stands_on_its_own_page_after_the_proof(admin):
    person, client = make_user(), sign_in(admin)
    let_proof_age(client, 310)
    url = reverse("home:user-reset", args=[person.pk])
    client.post(url, {"reason": ""})
    client.post(url, {"reason": " ", "other": "x"})
    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": url})
    assert answer["Location"] == url
    page = client.get(url).content.decode()
    assert "Check what you typed and save again." in page
    client.post(url, {"reason": "lost the phone"})
    assert Proposal.rows.get().reason == "lost the phone"


def test_a_file_is_asked_for_again_after_the_proof_and_the_text_is_kept(admin):
    person, client = make_user(), sign_in(admin)
    let_proof_age(client, 310)
    url = reverse("home:user-reset", args=[person.pk])
    client.post(url, {"reason": "lost the phone", "paper": SimpleUploadedFile("a.txt", b"x")})
    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": url})
    assert answer["Location"] == url and not Proposal.rows.exists()
    page = client.get(url).content.decode()
    assert "Choose the files again." in page and "lost the phone" in page
