"""A phone beside the desk: the code is opened, a paper photographed, its corners shown, and the desk sees it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from casework.documents.models import Attachment
from registration.models import BirthRecord
from tests.browser.conftest import PHONE
from tests.browser.desk import Desk, days_ago
from tests.browser.test_clinic import write_mother
from tests.factories.cases import make_case
from tests.factories.cast import Cast
from tests.factories.registration import make_registry

pytestmark = pytest.mark.browser
AROUND = ((0.15, 0.2), (0.9, 0.1), (0.95, 0.9), (0.1, 0.85))


@pytest.fixture(autouse=True)
def _own_site(settings, tmp_path, live_server: LiveServer) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SITE_URL = live_server.url


@pytest.fixture
def phone(browser: Browser, office: Cast) -> Iterator[Desk]:
    """The phone of anybody: not signed in, with fingers."""
    context = browser.new_context(viewport=PHONE, locale="en-GB", has_touch=True)
    context.set_default_timeout(15000)
    held = Desk(context.new_page())
    yield held
    context.close()
    assert held.troubles == []


def table_with_paper(folder: Path) -> Path:
    """A photo of a white paper on a dark table, larger than what is kept."""
    image = Image.new("RGB", (2400, 3200), (40, 30, 20))
    ImageDraw.Draw(image).polygon([(x * 2400, y * 3200) for x, y in AROUND], fill="white")
    path = folder / "photo.jpg"
    image.save(path, "JPEG")
    return path


def drag(page: Page, corner: int, x: float, y: float) -> None:
    stage, button = page.locator("[data-stage]").bounding_box(), page.locator("[data-corner]").nth(corner)
    held = button.bounding_box()
    page.mouse.move(held["x"] + held["width"] / 2, held["y"] + held["height"] / 2)
    page.mouse.down()
    page.mouse.move(stage["x"] + x * stage["width"], stage["y"] + y * stage["height"], steps=3)
    page.mouse.up()


def show_code(desk: Desk, case_id: int) -> str:
    """The address that the desk shows for a phone."""
    desk.go(f"/attachments/phone/cases.case/{case_id}/")
    desk.fill(title="House book")
    desk.save()
    return re.search(r"http\S+/phone/\S+/", desk.text())[0]


def test_a_photo_goes_from_the_phone_to_the_desk(desk_of: Callable[..., Desk], phone: Desk, office: Cast, tmp_path):
    desk = desk_of("CW")
    case = make_case(office.mae_sot, office.of("CW"))
    address = show_code(desk, case.pk)
    expect(desk.page.locator("#arrived")).to_contain_text("Waiting for the phone")
    phone.go(address)
    assert "Photo for the record of the clinic desk" in phone.text() and case.child.name not in phone.text()
    assert phone.sideways() == 0 and phone.barriers() == []
    phone.page.set_input_files("input[type=file]", table_with_paper(tmp_path))
    expect(phone.page.locator("[data-edit]")).to_be_visible()
    assert phone.page.evaluate("document.querySelector('canvas').height") == 1600
    for corner, (x, y) in enumerate(AROUND):
        drag(phone.page, corner, x, y)
    assert phone.sideways() == 0 and phone.barriers() == []
    phone.page.locator("[data-send]").click()
    expect(phone.page.locator("main")).to_contain_text("1 photo is at the desk.")
    expect(desk.page.locator("#arrived")).to_contain_text("1 photo arrived")
    expect(desk.page.locator("#phone-code")).to_contain_text("The phone is connected")
    kept = Attachment.rows.get()
    assert (kept.title, kept.case_id_of) == ("House book", case.pk)
    image = Image.open(BytesIO(Path(tmp_path / "files", kept.file).read_bytes()))
    assert image.width < 1100
    for place in ((0.03, 0.03), (0.97, 0.03), (0.97, 0.97), (0.03, 0.97)):
        assert min(image.getpixel((int(place[0] * image.width), int(place[1] * image.height)))) > 200
    assert phone.page.evaluate("localStorage.length + sessionStorage.length") == 0
    with phone.page.expect_event("load"):
        phone.page.locator("[name=done]").click()
    phone.go(address)
    assert "no longer valid" in phone.text()


def test_corners_move_without_dragging_and_the_picture_turns(
    desk_of: Callable[..., Desk], phone: Desk, office: Cast, tmp_path
):
    case = make_case(office.mae_sot, office.of("CW"))
    phone.go(show_code(desk_of("CW"), case.pk))
    page = phone.page
    page.set_input_files("input[type=file]", table_with_paper(tmp_path))
    expect(page.locator("[data-edit]")).to_be_visible()
    corner = page.locator("[data-corner]")
    left = "e => e.style.left"
    assert corner.nth(0).evaluate(left) == "5%"
    page.locator("[data-move='1 0']").click()
    assert corner.nth(0).evaluate(left) == "6%"
    page.locator("[data-next]").click()
    page.locator("[data-move='-1 0']").click()
    assert corner.nth(1).evaluate(left) == "94%"
    corner.nth(2).focus()
    page.keyboard.press("ArrowLeft")
    assert corner.nth(2).evaluate(left) == "94%"
    page.locator("[data-turn]").click()
    assert page.evaluate("[document.querySelector('canvas').width, document.querySelector('canvas').height]") == [
        1600, 1200,
    ]  # fmt: skip
    page.locator("[data-send]").click()
    expect(page.locator("main")).to_contain_text("1 photo is at the desk.")


def test_a_second_phone_and_a_phone_without_scripts(
    desk_of: Callable[..., Desk], browser: Browser, phone: Desk, office: Cast, tmp_path
):
    case = make_case(office.mae_sot, office.of("CW"))
    address = show_code(desk_of("CW"), case.pk)
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address)
    plain.set_input_files("input[type=file]", table_with_paper(tmp_path))
    plain.locator("[data-send]").click()
    expect(plain.locator("main")).to_contain_text("1 photo is at the desk.")
    context.close()
    phone.go(address)
    assert "no longer valid" in phone.text()
    assert Attachment.rows.count() == 1


def test_a_photo_comes_while_the_intake_is_typed_and_stands_on_the_case(
    desk_of: Callable[..., Desk], phone: Desk, office: Cast, tmp_path
):
    make_registry()
    desk = desk_of("CW")
    page = desk.page
    desk.go("/registration/new/")
    write_mother(desk)
    with page.expect_event("load"):
        page.locator("#draft-papers button[value=phone]").click()
    desk.fill(title="House book")
    desk.save()
    address = re.search(r"http\S+/phone/\S+/", desk.text())[0]
    phone.go(address)
    assert "Naw Hla Paw" not in phone.text()
    desk.follow("Go on with the form")
    expect(page.locator("[name=mother_name_Latn]")).to_have_value("Naw Hla Paw")
    expect(page.locator("[name=mother_name_Mymr]")).to_have_value("နော်လှဖော")
    desk.fill(phone="0891234568")
    assert desk.sideways() == 0 and desk.barriers() == []
    send_photo(phone, tmp_path)
    expect(page.locator("#draft-papers")).to_contain_text("1 photo or scan")  # it came while the clerk was typing
    expect(page.locator("[name=phone]")).to_have_value("0891234568")
    desk.save()
    desk.choose("father_knowledge", "unknown")
    desk.fill(father_reason="left before the birth")
    with page.expect_event("load"):
        page.locator("#draft-papers button[value=papers]").click()
    assert "House book" in desk.text() and desk.sideways() == 0 and desk.barriers() == []
    desk.follow("Go on with the form")
    expect(page.locator("[name=father_reason]")).to_have_value("left before the birth")
    desk.save()
    finish_intake(desk)
    send_photo(phone, tmp_path)  # within its ten minutes the phone goes on, to the case
    expect(phone.page.locator("main")).to_contain_text("2 photos are at the desk.")
    case = BirthRecord.rows.get().case
    desk.go(f"/cases/{case.pk}/tab/documents/")
    assert "House book (2)" in desk.text()
    assert set(Attachment.rows.values_list("case_id_of", flat=True)) == {case.pk}


def send_photo(phone: Desk, folder: Path) -> None:
    phone.page.set_input_files("input[type=file]", table_with_paper(folder))
    expect(phone.page.locator("[data-edit]")).to_be_visible()
    with phone.page.expect_event("load"):
        phone.page.locator("[data-send]").click()
    expect(phone.page.locator("main")).to_contain_text("at the desk.")


def finish_intake(desk: Desk) -> None:
    """The steps from the child on, and the case is opened."""
    desk.fill(child_name_Latn="Hser Moo Paw", child_name_Thai="เซอ มู พอ")
    desk.choose("sex", "F")
    desk.fill_date("birth", days_ago(3))
    desk.save()
    desk.page.select_option("[name=channel]", "ward")
    desk.choose("place_kind", "hospital")
    desk.page.select_option("[name=facility]", label="Test Hospital")
    desk.save()
    desk.choose("proof", "TR1_1")
    desk.page.select_option("[name=registry_office]", index=1)
    desk.page.select_option("[name=informant_relation]", "mother")
    desk.save()
    desk.page.select_option("[name=notice_language]", "ksw")
    desk.save()
    assert "1 photo or scan" in desk.text()
    desk.save()
    expect(desk.page).to_have_url(re.compile(r"/registration/\d+/$"))
