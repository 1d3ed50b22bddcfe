"""Every main page at two sizes and in three languages: no barrier, no sideways scroll, a way forward."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from casework.cases.models import Case
from casework.people.services import persons
from tests.browser.conftest import PHONE, WIDE
from tests.browser.desk import Desk, days_ago
from tests.factories.cast import Cast
from tests.factories.registration import birth_facts, gathering, make_birth

pytestmark = pytest.mark.browser

HEADER_HEIGHT = 170
"""Pixels the header of a case may take at 1366."""


@pytest.fixture
def main_pages(office: Cast) -> list[str]:
    """The addresses a caseworker sees every day."""
    worker = office.of("CW")
    first = gathering(office.mae_sot, worker)
    second = make_birth(
        office.mae_sot, worker, birth_facts(days_ago(2)), today=timezone.localdate(), now=timezone.now()
    )
    return [
        "/", "/cases/", f"/cases/{first.case_id}/", "/registration/", "/registration/new/", "/registration/quick/",
        f"/registration/{first.pk}/", f"/registration/{first.pk}/papers/", f"/registration/{second.pk}/track/",
        f"/registration/{first.pk}/facts/", f"/people/{first.case.child_id}/", "/referrals/",
    ]  # fmt: skip


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_main_pages_have_no_barrier_and_no_sideways_scroll(
    desk_of: Callable[..., Desk], main_pages: list[str], size: dict[str, int]
) -> None:
    desk = desk_of("CW", size)
    barriers, wide = [], []
    for address in main_pages:
        answer = desk.page.goto(address)
        assert answer and answer.status == 200, address
        assert desk.page.locator("h1").count() == 1, address
        assert desk.page.locator("main a, main button").count(), f"{address} leads nowhere"
        barriers += desk.barriers()
        wide += [address] if desk.sideways() > 0 else []
    assert barriers == []
    assert wide == []


def test_the_header_of_a_case_leaves_room_for_the_case(desk_of: Callable[..., Desk], main_pages: list[str]) -> None:
    desk = desk_of("CW")
    desk.go(main_pages[2])
    assert desk.page.locator(".panel:has(> .child)").bounding_box()["height"] <= HEADER_HEIGHT


@pytest.mark.parametrize("language", ["th", "my"])
def test_another_language_keeps_the_page_and_fits_a_phone(
    desk_of: Callable[..., Desk], main_pages: list[str], language: str
) -> None:
    desk = desk_of("CW")
    desk.go(main_pages[6])
    with desk.page.expect_event("load"):
        desk.page.locator(f".topbar [name=language][value={language}]").click()
    assert desk.page.url.endswith(main_pages[6])
    assert desk.page.locator("html").get_attribute("lang") == language
    desk.page.set_viewport_size(PHONE)
    barriers = []
    for address in main_pages[:7]:
        desk.go(address)
        assert desk.sideways() <= 0, address
        barriers += desk.barriers()
    assert barriers == []


def test_long_names_fit_the_narrowest_window_and_lists_print_from_the_first_page(
    desk_of: Callable[..., Desk], main_pages: list[str], office: Cast
) -> None:
    child, worker = Case.rows.earliest("pk").child, office.of("CW")
    persons.add_name(person=child, full="Naw Hser Nay Moo Paw Wah Eh Ler Htoo Thweh Say Mu Gay Htoo Paw", by=worker)
    persons.add_name(person=child, full="หน่อเซอเนมูพอวาเอเลอทูทเวเซมูเกทูพอหน่ออีโซพอเลอวา", by=worker)
    persons.change_facts(person=child, languages=["ksw", "my", "th", "en"], by=worker)
    desk = desk_of("CW", {"width": 320, "height": 700})
    for address in main_pages:
        desk.go(address)
        assert desk.sideways() <= 0, address
    desk.go("/cases/")
    desk.page.emulate_media(media="print")
    assert desk.page.evaluate("getComputedStyle(document.querySelector('main .panel')).breakInside") == "auto"


def test_a_phone_without_a_script_opens_every_room(browser: Browser, desk_of: Callable[..., Desk]) -> None:
    desk = desk_of("CW", PHONE)
    bare = browser.new_context(
        viewport=PHONE, java_script_enabled=False, storage_state=desk.page.context.storage_state()
    )
    page = bare.new_page()
    desk.go("/")
    page.goto(desk.page.url)
    page.locator(".tabbar a").last.click()
    page.locator("#more").get_by_role("link", name="Referrals").click()
    assert page.locator("h1").inner_text() == "Referrals"
    bare.close()


def test_an_intake_begins_in_its_first_field_and_a_form_about_a_child_does_not(
    desk_of: Callable[..., Desk], main_pages: list[str]
) -> None:
    desk = desk_of("CW")
    desk.go("/registration/new/")
    focused = "document.activeElement.closest('main form[data-autosave]') ? document.activeElement.name : ''"
    assert desk.page.evaluate(focused)
    assert desk.page.evaluate("scrollY") == 0
    desk.fill(mother_name_Latn="Naw Hla Paw")
    desk.save()
    desk.go(desk.page.url.replace("/father/", "/notice/"))
    assert desk.page.evaluate("scrollY") == 0, "the notice to read stands first"
    desk.go(main_pages[9])
    assert desk.page.evaluate("document.activeElement === document.body")
