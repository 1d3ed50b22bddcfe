"""The decision page follows what is typed: the total, what is left of the budget line, the words of the button."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.factories.accounts import make_worker
from tests.factories.cast import Cast
from tests.factories.emergency_fund import asked, recommended
from tests.factories.funds import make_line
from tests.factories.registration import ready

pytestmark = pytest.mark.browser


def test_the_total_and_the_button_follow_in_any_digits(office: Cast, desk_of: Callable[..., Desk]) -> None:
    case, officer = ready(office.mae_sot, office.of("CW")).case, make_worker("FO", office.mae_sot)
    budget = make_line(office.mae_sot, office.of("FA"), 20_000, kinds=["health_cost", "nutrition"])
    request = recommended(asked(case, office.of("CW")), officer, budget)
    hospital, food = (f"line_{line.pk}" for line in request.lines.order_by("pk"))
    desk = desk_of("FO")
    desk.go(f"/emergency-fund/{request.pk}/decide/")
    total, left, button = (desk.page.locator(f"[data-{part}]") for part in ("sum", "rest", "decides"))
    expect(button).to_have_text("Write down my decision")
    desk.choose("act", "approve")
    expect(button).to_have_text("Approve ฿1,700")
    why, code = desk.page.locator("[name=comment]"), desk.page.locator("[name=code]")
    expect(why).to_be_hidden()
    expect(code).to_be_hidden()
    desk.fill(**{hospital: "๕๐๐.๕๐", food: "၁၀၀ ဘတ်"})
    expect(why).to_be_visible()
    expect(code).to_be_visible()
    expect(total).to_have_text("฿600.50")
    expect(left).to_have_text("฿19,399.50")
    expect(button).to_have_text("Approve ฿600.50")
    desk.fill(**{hospital: "much"})
    expect(total).to_have_text("–")
    desk.choose("act", "reject")
    expect(button).to_have_text("Reject")
    assert desk.sideways() == 0
    assert desk.barriers() == []
