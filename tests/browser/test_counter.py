"""Counter mode on a phone: the agreed spelling beside the draft, before anybody signs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from registration.models import CounterCheck
from tests.browser.conftest import PHONE
from tests.browser.desk import Desk
from tests.factories.cast import Cast
from tests.factories.registration import ready

pytestmark = pytest.mark.browser


def test_a_draft_is_compared_on_a_phone(office: Cast, desk_of: Callable[..., Desk]) -> None:
    birth = ready(office.mae_sot, office.of("CW"))
    desk = desk_of("CW", PHONE)
    page = desk.page
    desk.go(f"/registration/{birth.pk}/counter/")
    assert desk.sideways() == 0
    assert desk.barriers() == []
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    expect(page.locator("[name=draft_mother]")).to_be_hidden()
    for line in ("name_th", "sex", "born_on", "place", "father"):
        desk.choose(f"answer_{line}", "same")
    desk.choose("answer_mother", "different")
    expect(page.get_by_text("ขอความกรุณาแก้ไขก่อนลงนาม ชื่อมารดาที่ถูกต้องสะกดว่า")).to_be_visible()  # before any save
    page.context.set_offline(True)
    desk.fill(draft_mother="นางผิด")
    page.locator("[name=draft_mother]").blur()
    expect(page.locator("[data-save-state]")).to_contain_text("Not saved, trying again")
    page.context.set_offline(False)
    expect(page.locator("[data-save-state]")).to_contain_text("Saved on the server")
    page.reload()
    expect(page.locator("[name=draft_mother]")).to_have_value("นางผิด")
    desk.save()
    assert "Do not sign yet" in desk.text()
    assert "นางผิด" in desk.text()
    assert desk.sideways() == 0
    assert desk.barriers() == []
    assert [line.key for line in CounterCheck.rows.get().different_lines] == ["mother"]


def test_what_is_typed_while_a_save_is_on_its_way_is_sent_after_it(office: Cast, desk_of: Callable[..., Desk]) -> None:
    birth = ready(office.mae_sot, office.of("CW"))
    desk = desk_of("CW", PHONE)
    page = desk.page
    desk.go(f"/registration/{birth.pk}/counter/")
    on_its_way: list[Route] = []
    page.route("**/drafts/**", lambda route: on_its_way.append(route), times=1)
    desk.choose("answer_mother", "different")
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "saving")
    desk.fill(draft_mother="นางผิด")
    with page.expect_response(lambda answer: "นางผิด" in (answer.request.post_data or "")):
        on_its_way[0].continue_()
        page.locator("[name=draft_mother]").blur()
    page.reload()
    expect(page.locator("[name=draft_mother]")).to_have_value("นางผิด")
