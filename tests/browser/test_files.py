"""Attaching at the desk: no camera where there is a mouse, files dropped, another try after a failure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from casework.documents.models import Attachment
from tests.browser.desk import Desk
from tests.factories.cast import Cast
from tests.factories.registration import gathering

pytestmark = pytest.mark.browser


@pytest.fixture
def attaching(desk_of: Callable[..., Desk], office: Cast) -> Desk:
    case = gathering(office.mae_sot, office.of("CW")).case
    desk = desk_of("CW")
    desk.go(f"/attachments/to/cases.case/{case.pk}/")
    assert case.child.name in desk.text() and case.number in desk.text()
    return desk


def test_a_file_that_did_not_go_through_is_sent_again(attaching: Desk, tmp_path: Path) -> None:
    page = attaching.page
    expect(page.locator("[name=camera]")).to_be_hidden()
    expect(page.locator(".drop")).to_contain_text("Or drop the files here")
    paper = tmp_path / "paper.jpg"
    paper.write_bytes(b"no picture at all")
    attaching.fill(title="Birth notice")
    page.locator("[name=files]").set_input_files(paper)
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.request.url)
        route.abort() if route.request.method == "POST" else route.continue_()

    page.route("**/attachments/to/**", lose)
    page.locator("[data-primary]").click()
    expect(page.locator("[data-sending]")).to_contain_text("Nothing was sent.")
    assert lost and page.locator("[name=files]").evaluate("i => i.files.length") == 1
    page.unroute("**/attachments/to/**")
    page.locator("[data-primary]").click()
    expect(page.locator("[data-sending]")).to_contain_text("paper.jpg")  # what is wrong with it, beside the button
    assert not Attachment.rows.exists()


HELD = """
    const c = document.createElement('canvas'); c.width = c.height = 40;
    const blob = await new Promise(done => c.toBlob(done, 'image/jpeg'));
    const held = new DataTransfer(), seen = {bubbles: true, cancelable: true};
    held.items.add(new File([blob], 'notice.jpg', {type: 'image/jpeg'}));
"""
BY_HAND = {
    "dropped": "document.querySelector('.drop').dispatchEvent(new DragEvent('drop', {dataTransfer: held, ...seen}))",
    "pasted": "document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: held, ...seen}))",
}


@pytest.mark.parametrize("way", BY_HAND)
def test_a_file_brought_by_hand_is_on_the_record(attaching: Desk, way: str) -> None:
    page = attaching.page
    attaching.fill(title="Birth notice")
    page.evaluate(f"async () => {{ {HELD} {BY_HAND[way]}; }}")
    assert page.locator("[name=files]").evaluate("i => i.files.length") == 1
    with page.expect_event("load"):
        page.locator("[data-primary]").click()
    assert "1 file added." in page.locator("body").inner_text()
    assert Attachment.rows.get().title == "Birth notice"


def test_on_a_low_window_no_bar_covers_the_form(attaching: Desk) -> None:
    page = attaching.page
    page.set_viewport_size({"width": 683, "height": 384})
    for bar in (".topbar", ".actionbar"):
        assert page.locator(bar).evaluate("e => getComputedStyle(e).position") == "static"
    page.set_viewport_size({"width": 1366, "height": 768})
    assert page.locator(".topbar").evaluate("e => getComputedStyle(e).position") == "sticky"
