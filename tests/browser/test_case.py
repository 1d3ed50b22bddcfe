"""The page of a case on a phone: what is touched is what lies there, and its parts are found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.cases.states import TaskState
from tests.browser.conftest import PHONE
from tests.browser.desk import Desk
from tests.factories.cases import make_case, make_task
from tests.factories.cast import Cast

pytestmark = pytest.mark.browser


def test_a_finger_ticks_a_task_only_where_the_task_stands(office: Cast, desk_of: Callable[..., Desk]) -> None:
    worker = office.of("CW")
    case = make_case(office.mae_sot, worker)
    task = make_task(case, worker)
    desk = desk_of("CW", PHONE)
    desk.go(f"/cases/{case.pk}/")
    assert desk.sideways() == 0
    desk.page.locator("[data-jump] summary").click()
    desk.page.locator("[data-jump] a").last.click()
    assert desk.page.locator("main .panel").last.evaluate("part => part.getBoundingClientRect().top") < PHONE["height"]
    task.refresh_from_db()
    assert task.state == TaskState.TO_DO
    with desk.page.expect_event("load"):
        desk.page.locator(".tickbtn").click()
    task.refresh_from_db()
    assert task.state == TaskState.DONE
