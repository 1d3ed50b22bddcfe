"""A change of language on a form with typed text: what was typed stays, nothing of it stands on the machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from casework.drafts import services
from casework.drafts.models import Draft
from tests.browser.conftest import PHONE
from tests.browser.desk import Desk, days_ago
from tests.factories.cast import Cast
from tests.factories.registration import gathering

pytestmark = pytest.mark.browser
TEXT = "The grandmother came alone. သူမ တစ်ယောက်တည်း"


def speak(desk: Desk, language: str) -> None:
    """Press the language in the bar, or under the form of a phone; a question of the browser fails the test."""
    desk.page.on("dialog", lambda dialog: desk.troubles.append(f"asked: {dialog.type}") or dialog.dismiss())
    with desk.page.expect_event("load"):
        desk.page.locator(f".langs [name=language][value={language}]:visible").first.click()
    assert desk.page.locator("html").get_attribute("lang") == language


def kept_on_the_machine(desk: Desk) -> str:
    return str(desk.page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}, document.cookie])"))


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_a_note_stays_in_three_languages(desk_of: Callable[..., Desk], office: Cast, size: dict[str, int]) -> None:
    case = gathering(office.mae_sot, office.of("CW")).case
    desk = desk_of("CW", size) if size else desk_of("CW")
    desk.go(f"/cases/{case.pk}/note/")
    desk.page.fill("main [name=text]", TEXT)
    for language in ("th", "my", "en"):
        speak(desk, language)
        expect(desk.page.locator("main [name=text]")).to_have_value(TEXT)
        assert desk.page.locator("main [aria-invalid=true]").count() == 0
        assert "grandmother" not in kept_on_the_machine(desk)
    desk.save()
    assert TEXT in desk.text()


def test_the_quick_page_stays_with_its_choices(desk_of: Callable[..., Desk], office: Cast) -> None:
    desk = desk_of("CW")
    desk.go("/registration/quick/")
    desk.fill(mother_name_Latn="Naw Hla Paw", phone="๐๘๙ ๑๒๓ ๔๕๖๗")
    desk.fill_date("birth", days_ago(3), is_thai=True)
    desk.choose("sex", "F")
    page = desk.page
    page.locator("details.more:has([name=father_knowledge]) > summary").click()
    desk.choose("father_knowledge", "unknown")
    speak(desk, "th")
    expect(page.locator("[name=mother_name_Latn]")).to_have_value("Naw Hla Paw")
    expect(page.locator("[name=phone]")).to_have_value("๐๘๙ ๑๒๓ ๔๕๖๗")
    expect(page.locator("[name=sex][value=F]")).to_be_checked()
    expect(page.locator("[name=father_knowledge][value=unknown]")).to_be_checked()
    expect(page.locator("[name=father_name_Latn]")).to_be_hidden()
    assert page.locator("[data-dateparts]:has([name=birth_d]) [data-echo]").inner_text()
    for typed, language in (("Naw Hla", "en"), ("Naw Hla Paw Htoo", "th")):
        page.fill("[name=mother_name_Latn]", typed)  # and the language at once, while it is being kept
        speak(desk, language)
        expect(page.locator("[name=mother_name_Latn]")).to_have_value(typed)
        page.fill("[name=phone]", f"08912345{len(typed)}")
        page.locator("h1").click()
        expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "saved")
    assert Draft.rows.get().data["form"]["mother_name_Latn"] == "Naw Hla Paw Htoo"


def test_another_language_waits_until_all_that_was_typed_is_kept(
    desk_of: Callable[..., Desk], office: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = services.save_draft
    monkeypatch.setattr(services, "save_draft", lambda **told: time.sleep(0.4) or keep(**told))
    desk = desk_of("CW")
    desk.go("/registration/quick/")
    page = desk.page
    for field, typed in (("mother_name_Latn", "Naw Hla"), ("phone", "0891234567"), ("mother_name_Latn", "Naw Hla Paw")):
        page.fill(f"[name={field}]", typed)  # what is left is kept, and while it is on its way more is typed
    speak(desk, "th")
    expect(page.locator("[name=mother_name_Latn]")).to_have_value("Naw Hla Paw")
    page.fill("[name=phone]", "0891234568")
    page.locator("h1").click()
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "saved")


def test_a_form_that_was_refused_keeps_its_text_too(desk_of: Callable[..., Desk], office: Cast) -> None:
    case = gathering(office.mae_sot, office.of("CW")).case
    desk = desk_of("CW")
    desk.go(f"/cases/{case.pk}/task/")
    desk.fill(title="Ask the hospital")
    desk.page.fill("main [name=due_on_d]", "45")
    desk.save()
    assert desk.page.locator(".error-summary").is_visible()
    speak(desk, "my")
    expect(desk.page.locator("[name=title]")).to_have_value("Ask the hospital")
    expect(desk.page.locator("main [name=due_on_d]")).to_have_value("45")


def test_a_chosen_file_is_never_sent_along_and_the_browser_asks(
    desk_of: Callable[..., Desk], office: Cast, tmp_path: Path
) -> None:
    birth = gathering(office.mae_sot, office.of("CW"))
    desk = desk_of("CW")
    desk.go(f"/attachments/to/cases.case/{birth.case_id}/")
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.4 secret-of-the-file")
    desk.page.locator("main input[type=file]").first.set_input_files(paper)
    asked: list[str] = []
    sent: list[str] = []
    desk.page.on("dialog", lambda dialog: asked.append(dialog.type) or dialog.accept())
    desk.page.on("request", lambda request: sent.append(request.post_data or ""))
    with desk.page.expect_event("load"):
        desk.page.locator(".topbar [name=language][value=th]").click()
    assert asked == ["beforeunload"]
    assert "paper.pdf" not in "".join(sent) and "secret" not in "".join(sent)


@pytest.mark.parametrize("address", ["/registration/new/", "/registration/quick/"])
def test_what_an_intake_keeps_by_itself_stays_when_loaded_again(desk_of: Callable[..., Desk], address: str) -> None:
    desk = desk_of("CW")
    desk.go(address)
    desk.fill(mother_name_Latn="Naw Hla Paw")
    desk.page.locator("h1").click()
    expect(desk.page.locator("[data-save-state][data-state=saved]")).to_be_visible()
    speak(desk, "th")
    expect(desk.page.locator("[name=mother_name_Latn]")).to_have_value("Naw Hla Paw")
    desk.page.reload()
    expect(desk.page.locator("[name=mother_name_Latn]")).to_have_value("Naw Hla Paw")


def test_what_another_window_keeps_is_not_overwritten_by_itself(desk_of: Callable[..., Desk]) -> None:
    desk, state = desk_of("CW"), "[data-save-state]"
    desk.go("/registration/new/")
    desk.page.fill("[name=mother_name_Latn]", "Naw Hla Paw")
    desk.page.locator("h1").click()
    expect(desk.page.locator(state)).to_have_attribute("data-state", "saved")
    other = desk.page.context.new_page()
    other.goto(desk.page.url)
    other.fill("[name=mother_name_Latn]", "Naw Hla")
    other.locator("h1").click()
    expect(other.locator(state)).to_have_attribute("data-state", "saved")
    desk.page.fill("[name=mother_name_Latn]", "Naw Paw")
    desk.page.locator("h1").click()
    expect(desk.page.locator(state)).to_have_text("Not saved: changed in another window. Save to see what differs.")
    assert Draft.rows.get().title == "Naw Hla"
    desk.page.locator("[data-primary]").click()
    expect(desk.page.locator(".error-msg").first).to_contain_text("Another window has here: Naw Hla.")
    expect(desk.page.locator("[name=mother_name_Latn]")).to_have_value("Naw Paw")
