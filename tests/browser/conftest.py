"""A real browser at the desk of a caseworker of Mae Sot, signed in, with the hospital's first rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import Desk
from tests.chromium import started_browser
from tests.factories.cast import Cast, make_cast, signed_in
from tests.factories.registration import make_facility

WIDE = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for the whole package; rows are read beside its event loop."""
    with pytest.MonkeyPatch.context() as patch, started_browser() as started:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield started


@pytest.fixture
def office(live_server: LiveServer, transactional_db: None) -> Cast:
    """The cast, committed, so that the server sees it; and a hospital."""
    make_facility()
    return make_cast()


@pytest.fixture
def desk_of(browser: Browser, live_server: LiveServer, office: Cast) -> Iterator[Callable[..., Desk]]:
    """A desk for a role: `desk_of("CW", PHONE)`. Its page must not have met an error of the script or the server."""
    desks: list[Desk] = []

    def sit_down(role: str = "CW", size: dict[str, int] = WIDE, kind: type[Desk] = Desk) -> Desk:
        context = browser.new_context(
            viewport=size, base_url=live_server.url, locale="en-GB", timezone_id="Asia/Bangkok"
        )
        cookie = signed_in(office.of(role)).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        context.set_default_timeout(15000)
        desks.append(kind(context.new_page()))
        return desks[-1]

    yield sit_down
    for desk in desks:
        desk.page.context.close()
    assert [trouble for desk in desks for trouble in desk.troubles] == []


@pytest.fixture
def stranger(browser: Browser, live_server: LiveServer, office: Cast) -> Iterator[Page]:
    """A page of somebody who has not signed in."""
    context = browser.new_context(viewport=WIDE, base_url=live_server.url, locale="en-GB")
    yield context.new_page()
    context.close()
