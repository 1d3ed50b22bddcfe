"""Signed out in another tab: no page lands inside another, and what was typed goes on after signing in again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from casework.drafts.models import Draft
from tests.browser.desk import Desk
from tests.factories.cast import Cast, signed_in

pytestmark = pytest.mark.browser
OTHER_SECRET = "b" * 32


def sign_in_elsewhere(desk: Desk, user: object) -> None:
    """What another tab of this browser does: a new session, and with it a new secret for all forms."""
    session = signed_in(user).cookies["sessionid"].value
    site = desk.page.url.split("/registration")[0]
    pairs = {"sessionid": session, "csrftoken": OTHER_SECRET}
    desk.page.context.add_cookies([{"name": name, "value": value, "url": site} for name, value in pairs.items()])


def test_an_intake_goes_on_after_signing_in_elsewhere(desk_of: Callable[..., Desk], office: Cast) -> None:
    desk = desk_of("CW")
    desk.go("/registration/new/")
    Session.objects.all().delete()
    desk.fill(mother_name_Latn="Naw Hla Paw")
    desk.page.locator("[name=mother_name_Latn]").blur()
    expect(desk.page.locator("#signed-out")).to_be_visible()
    desk.page.wait_for_timeout(800)
    assert "Password" not in desk.page.locator("#matches").inner_text()
    assert desk.page.locator("#matches .topbar").count() == 0

    sign_in_elsewhere(desk, office.of("CW"))
    desk.page.evaluate("dispatchEvent(new Event('focus'))")
    expect(desk.page.locator("#signed-out")).to_be_hidden()
    expect(desk.page.locator("[name=mother_name_Latn]")).to_have_value("Naw Hla Paw")
    desk.save()
    assert "too long" not in desk.page.locator("body").inner_text()
    assert "Naw Hla Paw" in str(Draft.rows.get().data)


def test_another_person_at_the_desk_saves_nothing_of_it(desk_of: Callable[..., Desk], office: Cast) -> None:
    desk = desk_of("CW")
    desk.go("/registration/new/")
    sign_in_elsewhere(desk, office.of("SUP"))
    desk.fill(mother_name_Latn="Naw Hla Paw")
    desk.page.locator("[name=mother_name_Latn]").blur()
    desk.page.evaluate("dispatchEvent(new Event('focus'))")
    desk.page.wait_for_timeout(800)
    assert not Draft.rows.exists()
