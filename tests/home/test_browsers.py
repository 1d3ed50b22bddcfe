"""Who signs in with a browser that gets no security fixes is told so, once a week."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import PASSWORD
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db
OLD, NEW = (
    "Windows NT 6.1; Win64; x64) AppleWebKit/537.36 Chrome/109.0.0.0 Safari/537.36",
    "Chrome/139.0.0.0 Safari/537",
)
AGENTS = {
    OLD: True,
    f"{OLD} Edg/109.0": True,
    "Gecko/20100101 Firefox/115.0": True,
    "Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko": True,
    NEW: False,
    "Gecko/20100101 Firefox/140.0": False,
    f"Chrome/{'9' * 5_000} Safari/537": False,  # more than Python reads
    "Version/12.1 Safari/605": False,  # of which nothing is known
    "": False,
}


def told_at_sign_in(user, agent: str) -> bool:
    browser = Client(headers={"user-agent": f"Mozilla/5.0 ({agent}"})
    browser.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    return "gets no security fixes any more" in browser.get("/", follow=True).content.decode()


@pytest.mark.parametrize("agent", AGENTS)
def test_a_browser_without_fixes_is_named_at_sign_in(cast: Cast, agent: str) -> None:
    assert told_at_sign_in(cast.of("CW"), agent) is AGENTS[agent]


def test_it_is_said_once_a_week_and_to_each(cast: Cast) -> None:
    assert told_at_sign_in(cast.of("CW"), OLD)
    assert not told_at_sign_in(cast.of("CW"), OLD)
    assert told_at_sign_in(cast.of("SUP"), OLD)
