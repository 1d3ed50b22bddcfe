"""What the main pages weigh on a thin line (interface.md §7); styles, scripts, fonts and icons: test_vendor."""

from __future__ import annotations

import gzip

import pytest
from django.utils import timezone

from casework.home.demo_world import load_world
from registration.models import BirthRecord

CHILDREN = 60
NORMAL_PAGE = 25_000  # bytes, compressed
READER = "somchai.k"
MAIN_PAGES = (
    "/", "/cases/", "/cases/?view=closed", "/cases/{case}/", "/cases/{case}/tab/birth/", "/registration/",
    "/registration/?queue=closed", "/registration/{birth}/", "/registration/new/", "/people/duplicates/", "/reports/",
    "/reports/?more=1", "/imports/", "/search/", "/profile/",
)  # fmt: skip


@pytest.fixture
def weight(client_of):
    """The compressed bytes of a page in a language, for a supervisor of an office with more than a page of children."""
    world = load_world(today=timezone.localdate(), now=timezone.now(), children=CHILDREN)
    user, office = world.users[READER], world.offices["MS"]
    birth = BirthRecord.rows.filter(office=office).order_by("-pk")[0]

    def weigh(address: str, language: str) -> int:
        type(user).objects.filter(pk=user.pk).update(language=language)
        user.language = language
        page = client_of(user).get(address.format(case=birth.case_id, birth=birth.pk))
        assert page.status_code == 200
        assert f'<html lang="{language}">'.encode() in page.content
        return len(gzip.compress(page.content, 6))

    return weigh


@pytest.mark.parametrize("language", ["en", "th", "my"])
def test_the_main_pages_stay_within_their_weight(weight, language):
    weights = {address: weight(address, language) for address in MAIN_PAGES}
    assert {address: weighed for address, weighed in weights.items() if weighed > NORMAL_PAGE} == {}
