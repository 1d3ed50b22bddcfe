"""Queues and headers: at a desk no tab is cut, on a phone the rows and what presses stand in the first screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from casework.cases.services import cases, records
from casework.cases.services.plans import add_goal
from casework.cases.states import Domain
from casework.people.services import persons
from tests.browser.conftest import PHONE
from tests.browser.desk import Desk, days_ago
from tests.factories.cast import Cast
from tests.factories.emergency_fund import asked
from tests.factories.funds import make_line
from tests.factories.registration import gathering

pytestmark = pytest.mark.browser


def speak(desk: Desk, language: str) -> None:
    url = "/".join(desk.page.url.split("/")[:3])
    desk.page.context.add_cookies([{"name": "django_language", "value": language, "url": url}])


def test_every_queue_is_in_sight_at_a_desk(desk_of: Callable[..., Desk], office: Cast) -> None:
    for role, address in (("FO", "/emergency-fund/"), ("CW", "/registration/")):
        desk = desk_of(role)
        desk.go(address)
        bar = desk.page.locator(".views").first
        assert bar.evaluate("e => e.scrollWidth - e.clientWidth") <= 0, address


def test_a_name_in_two_scripts_is_one_line_beside_a_long_step(desk_of: Callable[..., Desk], office: Cast) -> None:
    case, worker = gathering(office.mae_sot, office.of("CW")).case, office.of("CW")
    persons.add_name(person=case.child, full="အောင်ဟိန်းအေး", by=worker)
    step = "Ask the mother which papers of her side she can bring, call the hospital about the notification " * 2
    cases.set_next_step(case=case, step=step, on=days_ago(0), by=worker, today=days_ago(0))
    desk = desk_of("CW")
    desk.go("/cases/")
    name, other = (desk.page.locator(f"[data-row] td:first-child {part}").bounding_box() for part in ("a", ".ink-2"))
    assert name and other and other["y"] < name["y"] + name["height"] / 2


def test_on_a_phone_the_requests_come_before_the_budget(desk_of: Callable[..., Desk], office: Cast) -> None:
    case = gathering(office.mae_sot, office.of("CW")).case
    asked(case, office.of("CW"))
    for number in range(3):
        make_line(office.mae_sot, office.of("FA"), 9000 + number)
    desk = desk_of("FO", PHONE)
    for language in ("en", "my"):
        desk.go("/emergency-fund/?queue=screen")
        speak(desk, language)
        desk.go("/emergency-fund/?queue=screen")
        first = desk.page.locator("[data-row]").first.bounding_box()
        budget = desk.page.locator(".after-sm").bounding_box()
        assert first and budget and first["y"] < PHONE["height"] / 2 and budget["y"] > first["y"], language
        assert desk.sideways() == 0, language


def test_a_long_burmese_goal_stays_in_its_panel(desk_of: Callable[..., Desk], office: Cast) -> None:
    case, worker = gathering(office.mae_sot, office.of("CW")).case, office.of("CW")
    for domain in Domain:
        add_goal(
            case=case, title="ကလေးကို မွေးစာရင်း သွင်းပြီးဖြစ်ရန်", domain=domain, due_on=days_ago(-40), by=worker,
            today=days_ago(0),
        )  # fmt: skip
    desk = desk_of("CW", PHONE)
    desk.go(f"/cases/{case.pk}/")
    speak(desk, "my")
    desk.go(f"/cases/{case.pk}/")
    right = "[...document.querySelectorAll('.goal *')].map(e => e.getBoundingClientRect().right)"
    assert max(desk.page.evaluate(right)) <= PHONE["width"] - 16


def test_what_is_late_says_so_in_words_and_keys_do_what_their_list_says(
    desk_of: Callable[..., Desk], office: Cast
) -> None:
    worker = office.of("CW")
    case = gathering(office.mae_sot, worker).case
    late = days_ago(3)
    records.add_task(case=case, title="Call the mother", owner=worker, due_on=late, by=worker, now=timezone.now())
    desk = desk_of("CW")
    desk.go(f"/cases/{case.pk}/")
    assert desk.page.locator(".linklist .danger-text", has_text="3 days late").count() == 1
    desk.go("/")
    desk.page.keyboard.press("j")
    act = desk.page.locator("[data-row]").first.locator("[data-act]").get_attribute("href")
    with desk.page.expect_event("load"):
        desk.page.keyboard.press("e")
    assert act and desk.page.url.endswith(act)
    desk.go("/")
    with desk.page.expect_event("load"):
        desk.page.keyboard.press("g")
        desk.page.keyboard.press("f")
    assert desk.page.url.endswith("/emergency-fund/")
    desk.go(f"/cases/{case.pk}/note/")
    assert desk.page.evaluate("document.activeElement.name") == "text", "a note begins with typing"
