"""Attaching at the desk: no camera where there is a mouse, files dropped, another try after a failure."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Route, expect

from casework.documents import store
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
    const c = document.createElement('canvas'); c.width = side; c.height = side / 2;
    const pen = c.getContext('2d'), dots = pen.createImageData(side, side / 2);
    for (let n = 0; n < dots.data.length; n++) dots.data[n] = n % 4 === 3 ? 255 : (n * 7919) % 251;
    pen.putImageData(dots, 0, 0);
    const blob = await new Promise(done => c.toBlob(done, 'image/jpeg', 1));
    const held = new DataTransfer(), seen = {bubbles: true, cancelable: true};
    held.items.add(new File([blob], 'notice.jpg', {type: 'image/jpeg'}));
"""
BY_HAND = {
    "dropped": "document.querySelector('.drop').dispatchEvent(new DragEvent('drop', {dataTransfer: held, ...seen}))",
    "pasted": "document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: held, ...seen}))",
}


@pytest.mark.parametrize(("way", "side", "longest"), [("dropped", 3200, 1600), ("pasted", 40, 40)])
def test_a_file_brought_by_hand_is_on_the_record(attaching: Desk, way: str, side: int, longest: int) -> None:
    """A large photo leaves the device small, and a small one as it is."""
    page = attaching.page
    sent: list[bytes] = []
    page.on("request", lambda asked: asked.method == "POST" and sent.append(asked.post_data_buffer or b""))
    attaching.fill(title="Birth notice")
    page.evaluate(f"async side => {{ {HELD} {BY_HAND[way]}; }}", side)
    assert page.locator("[name=files]").evaluate("i => i.files.length") == 1
    with page.expect_event("load"):
        page.locator("[data-primary]").click()
    assert "1 file added." in page.locator("body").inner_text()
    kept = Attachment.rows.get()
    assert kept.title == "Birth notice"
    with Image.open(BytesIO(store.read(kept.file, kept.sha256))) as picture:
        assert max(picture.size) == longest
    assert [len(body) < 400_000 for body in sent] == [True]


def test_on_a_low_window_no_bar_covers_the_form(attaching: Desk) -> None:
    page = attaching.page
    page.set_viewport_size({"width": 683, "height": 384})
    for bar in (".topbar", ".actionbar"):
        assert page.locator(bar).evaluate("e => getComputedStyle(e).position") == "static"
    page.set_viewport_size({"width": 1366, "height": 768})
    assert page.locator(".topbar").evaluate("e => getComputedStyle(e).position") == "sticky"
