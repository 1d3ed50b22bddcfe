"""One's own page: language, shortcuts, sessions; settings with the last backup; help and credits."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from casework.accounts.sessions import live_sessions
from casework.accounts.states import Role
from casework.home.credits import TOLD
from casework.reference.loading import sources
from tests.factories.accounts import PASSWORD, make_office, make_user, make_worker

pytestmark = pytest.mark.django_db


def sign_in(username: str) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": username, "password": PASSWORD})
    return client


def test_the_language_of_the_profile_is_spoken_from_then_on(client):
    user = make_user("naw.kham")
    client.force_login(user)
    assert client.post(reverse("home:profile"), {"language": "th"}).status_code == 302
    user.refresh_from_db()
    assert (user.language, user.shortcuts_on) == ("th", False)
    assert '<html lang="th">' in client.get(reverse("home:help")).content.decode()
    assert client.post(reverse("home:profile"), {"language": "xx"}).status_code == 422


def test_one_sees_and_ends_ones_own_sessions_and_nobody_elses():
    user, other = make_user("naw.kham"), make_user("thida.oo")
    here, there, stranger = sign_in("naw.kham"), sign_in("naw.kham"), sign_in("thida.oo")
    assert len(live_sessions(user)) == 2
    distant = next(s for s in live_sessions(user) if s.session_key == there.session.session_key)
    foreign = live_sessions(other)[0]
    assert here.post(reverse("home:session-end", args=[foreign.pk])).status_code == 404
    here.post(reverse("home:session-end", args=[distant.pk]))
    assert there.get(reverse("home:profile")).status_code == 302
    assert here.get(reverse("home:profile")).status_code == 200
    assert stranger.get(reverse("home:profile")).status_code == 200


WINDOWS = "(Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
IPHONE = "(iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17 Mobile/15E14"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (f"Mozilla/5.0 {WINDOWS}", "Chrome on Windows"),
        ("Mozilla/5.0 (Android 13; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0", "Firefox on Android"),
        (f"Mozilla/5.0 {IPHONE} Safari/604.1", "Safari on iOS"),
        ("curl/8.1", "curl"),
        ("something <b>else</b>", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_a_session_is_named_by_its_browser_in_words(told, words):
    make_user("naw.kham")
    client = Client(headers={"user-agent": told})
    client.post(reverse("account_login"), {"login": "naw.kham", "password": PASSWORD})
    page = client.get(reverse("home:profile")).content.decode()
    assert f"· {words}</span>" in page
    assert "Mozilla" not in page


def test_the_shell_keeps_a_session_alive(client):
    assert client.get(reverse("home:alive")).status_code == 302
    client.force_login(make_user())
    assert client.get(reverse("home:alive")).status_code == 204


@pytest.mark.parametrize(
    ("note", "words"),
    [(None, "No backup yet"), ("not json", "No backup yet"), (2, "Backed up"), (9, "It was made 9 days ago")],
)
def test_the_administrator_sees_how_old_the_last_backup_is(client, settings, tmp_path, note, words):
    settings.VAR_DIR = tmp_path
    (tmp_path / "backups").mkdir()
    if note is not None:
        at = timezone.now() - dt.timedelta(days=note, minutes=5) if isinstance(note, int) else None
        text = json.dumps({"at": at.isoformat()}) if at else note
        (tmp_path / "backups" / "last.json").write_text(text)
    client.force_login(make_worker(Role.ADMINISTRATOR, "BK"))
    assert words in client.get(reverse("home:settings")).content.decode()
    client.force_login(make_worker(Role.SUPERVISOR, "BK"))
    assert words not in client.get(reverse("home:settings")).content.decode()


def test_everybody_may_read_what_casework_is_made_of(client):
    page = client.get(reverse("home:credits")).content.decode()
    assert "CC-BY-4.0" in page
    assert "OFL-1.1" in page


@pytest.mark.parametrize("address", ["", "https://code.example.org/casework"])
def test_the_source_is_offered_to_whoever_uses_it(client, settings, address):
    settings.SOURCE_URL = address
    page = client.get(reverse("home:credits")).content.decode()
    assert (f'href="{address}"' in page, "gives you its source code" in page) == (bool(address), not address)


def test_what_is_said_of_the_data_is_told_in_the_readers_language(client, monkeypatch):
    said = {entry[name] for entry in sources() for name in ("what", "source", "licence", "changed")}
    assert said - set(TOLD) == {"", "AGPL-3.0-or-later"}, "every sentence of the file is marked for translation"
    assert set(TOLD) <= said
    monkeypatch.setattr("casework.home.credits.gettext", lambda text: f"မြန်မာ: {text}")
    page = client.get(reverse("home:credits")).content.decode()
    assert page.count("မြန်မာ: ") == sum(entry[n] in TOLD for entry in sources() for n in entry)


@pytest.mark.parametrize("language", ["en", "th", "my"])
def test_help_answers_in_three_languages(client, language):
    client.force_login(make_user(language=language))
    response = client.get(reverse("home:help"))
    assert len(response.context["topics"]) >= 8
    assert f'<html lang="{language}">' in response.content.decode()


def test_names_of_colleagues_and_offices_follow_the_language_of_the_page():
    office, user = make_office("MS", name_my="မဲဆောက်"), make_user(full_name="Somchai", name_th="สมชาย")
    for language, person, place in (("en", "Somchai", office.name_en), ("th", "สมชาย", office.name_th)):
        with override(language):
            assert (user.name_now, str(office)) == (person, place)
    with override("my"):
        assert (user.name_now, str(office)) == ("Somchai", "မဲဆောက်")


def test_a_page_gets_a_new_token_for_its_own_reader_only(client):
    user, other = make_user(), make_user()
    client.force_login(user)
    assert client.get(reverse("home:alive"), {"for": user.pk}).json()["token"]
    for odd in (other.pk, "", "x"):
        assert client.get(reverse("home:alive"), {"for": odd}).status_code == 204


def test_a_part_of_a_page_never_brings_the_sign_in_page(client):
    part = {"HX-Request": "true"}
    assert client.post(reverse("home:quick-search"), {"q": "Ku Moo"}, headers=part).status_code == 401
    assert client.post(reverse("home:quick-search"), {"q": "Ku Moo"}).status_code == 302
    client.force_login(make_user())
    assert client.post(reverse("home:quick-search"), {"q": "Ku Moo"}, headers=part).status_code == 200
