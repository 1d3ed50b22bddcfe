"""The rules of the house that no linter knows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import ForeignKey

from tests.matrix.resolver import addresses

ROOT = Path(settings.BASE_DIR)
PROGRAMMES = ("registration", "emergency_fund", "detention_support", "education", "training")
BUILT = [name for name in PROGRAMMES if (ROOT / name / "models").exists()]
ROOMS = (
    "home", "reports", "imports", "referrals", "aid", "stock", "funds", "cases", "approvals", "people", "documents",
    "concerns",
    "notifications", "drafts",
    "access", "accounts", "audit", "reference", "programmes", "ui", "kernel",
)  # fmt: skip
"""Roof to ground: a room leans only on rooms that stand after it."""
SEEN_FROM_OUTSIDE = re.compile(r"(^|_)(views|forms|pages|api)$")
PROGRAMME_NAME = re.compile(rf"(?<![\w.-])({'|'.join(PROGRAMMES)})[.:](?=[a-z_])")
BLOCKS_AND_LINKS = re.compile(
    r'({% block )|({% endblock\b)|(?:\bas |{% for (?:\w+, )*)(\w+) (?:%}|in )|href="{{ (\w+) }}"'
)
PLAIN_MANAGER = re.compile(r"\b[A-Z]\w+\.rows\b")


def sources(folder: str, ending: str = "py") -> list[Path]:
    return [path for path in (ROOT / folder).rglob(f"*.{ending}") if "migrations" not in path.parts]


def found(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """Lines that the pattern matches, as file:line."""
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]


def test_the_house_names_no_programme():
    paths = [path for path in sources("casework") if path.parts[-2:] != ("settings", "base.py")]
    assert not found(PROGRAMME_NAME, paths)


@pytest.mark.parametrize("line", ['url("registration:list")', "import registration.models", "from education.rules"])
def test_a_programme_would_be_noticed(line):
    assert PROGRAMME_NAME.search(line)


@pytest.mark.parametrize("line", ["cases.registration", "birth registration: done", "an education."])
def test_a_word_is_no_programme(line):
    assert not PROGRAMME_NAME.search(line)


def test_no_model_leans_on_a_higher_room():
    leaning = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ROOMS
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
        and field.related_model is not get_user_model()  # named by the setting, as Django does
        and is_higher(field.related_model._meta.app_label, model._meta.app_label)
    ]
    assert not leaning


def is_higher(target: str, own: str) -> bool:
    if target in PROGRAMMES:
        return True
    return target in ROOMS and ROOMS.index(target) < ROOMS.index(own)


def test_a_higher_room_would_be_noticed():
    assert is_higher("cases", "people") and is_higher("registration", "home")
    assert not is_higher("people", "cases") and not is_higher("auth", "kernel")


def test_the_plain_manager_stays_out_of_pages():
    paths = [
        path
        for folder in ("casework", *PROGRAMMES)
        for path in sources(folder)
        if SEEN_FROM_OUTSIDE.search(path.stem) or SEEN_FROM_OUTSIDE.search(path.parent.name)
    ]
    assert paths
    assert not found(PLAIN_MANAGER, paths)
    assert not found(re.compile(r"\.rows\.(all|filter|get)\b"), sources("templates", "html"))


def test_the_bar_of_a_phone_covers_no_buttons_of_a_form():
    forms = [
        path for path in sources("templates", "html") if path.read_text().startswith('{% extends "base.html" %}')
        and 'class="actionbar' in path.read_text() and path.name != "styleguide.html"
    ]  # fmt: skip
    assert forms
    assert not [path.name for path in forms if "{% block body_class %}focus" not in path.read_text()]


def dead_links(text: str) -> set[str]:
    """Addresses of links that only another block of the template sets: they are gone when that block ends."""
    sets, links = [set()], set()
    for opens, ends, named, linked in BLOCKS_AND_LINKS.findall(text):
        if opens or ends:
            sets = [*sets, set(sets[-1])] if opens else sets[:-1]
        elif named:
            sets[-1].add(named)
        elif linked not in sets[-1]:
            links.add(linked)
    return links & {named for _o, _e, named, _l in BLOCKS_AND_LINKS.findall(text)}


def test_no_link_has_the_address_of_another_block():
    assert dead_links("{% block a %}{% url 'x' as x %}{% endblock %}{% block b %}href=\"{{ x }}\"{% endblock %}")
    assert not {path.name: dead for path in sources("templates", "html") if (dead := dead_links(path.read_text()))}


def test_every_page_is_named_by_another():
    """What no template and no view names stands under no link: nobody comes there."""
    named = {
        name
        for folder, ending in (("templates", "html"), *((folder, "py") for folder in ("casework", *PROGRAMMES)))
        for path in sources(folder, ending)
        for name in re.findall(r"""["']([a-z_]+:[a-z-]+)["'](?!:)""", path.read_text())
    }
    listed = {name.replace(":list", ":file") for name in named if name.endswith(":list")} | {"drafts:park"}
    ours = {a.name for a in addresses() if ":" in a.name}
    assert ours
    assert not ours - named - listed


def test_sign_in_stands_where_allauth_looks():
    assert not (ROOT / "templates/registration/login.html").exists()
    assert (ROOT / "templates/account/login.html").exists()


def test_every_view_of_the_site_declares_what_it_does():
    from casework.access.public import LIBRARY_VIEWS, PUBLIC_VIEWS

    assert {a.name for a in addresses() if a.policy is None} <= LIBRARY_VIEWS | PUBLIC_VIEWS


@pytest.mark.parametrize("kept", [*[[name] for name in BUILT], []], ids=[*BUILT, "none"])
def test_the_house_stands_with_one_programme_and_without_any(kept, tmp_path):
    settings_of_it = tmp_path / "without.py"
    settings_of_it.write_text(
        "from casework.settings.test import *\n"
        f"PROGRAMME_APPS = {kept!r}\n"
        f"INSTALLED_APPS = [app for app in INSTALLED_APPS if app not in {PROGRAMMES!r} or app in {kept!r}]\n"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "without", "PYTHONPATH": f"{tmp_path}:{ROOT}"}
    run = [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]  # the system checks come first
    done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
