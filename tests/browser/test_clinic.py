"""The clinic's whole story in a browser: from the mother's name to the certificate in her hands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from casework.documents.models import Document
from casework.documents.services.making import render_document
from casework.drafts.models import Draft
from registration.models import BirthRecord
from tests.browser.conftest import PHONE, WIDE
from tests.browser.desk import Desk, Keyboard, days_ago
from tests.factories.accounts import PASSWORD
from tests.factories.cast import Cast
from tests.factories.registration import birth_facts, known, make_birth

pytestmark = pytest.mark.browser


def write_mother(desk: Desk) -> None:
    desk.fill(mother_name_Latn="Naw Hla Paw", mother_name_Mymr="နော်လှဖော", phone="๐๘๙ ๑๒๓ ๔๕๖๗")
    desk.fill_date("mother_birth", days_ago(9000), is_thai=True)


def log_birth(desk: Desk) -> None:
    """All steps, with a mistake, a draft put aside, and a father nobody can name; a liaison gives it to the clinic."""
    page = desk.page
    desk.go("/registration/new/")
    write_mother(desk)
    expect(page.locator("[data-save-state]")).to_contain_text("Saved on the server")
    desk.save()
    expect(page.locator("[name=father_reason]")).to_be_hidden()
    desk.choose("father_knowledge", "unknown")
    expect(page.locator("[name=father_name_Latn]")).to_be_hidden()
    desk.save()
    assert page.locator(".error-summary").is_visible(), "no reason was given, and nobody asked for one"
    desk.fill(father_reason="left before the birth")
    with page.expect_event("load"):
        desk.press(page.locator("[data-park]"))
    desk.press(page.locator("main").get_by_role("link", name="Naw Hla Paw").first)  # taken up from the unfinished ones
    expect(page.locator("[name=father_reason]")).to_have_value("left before the birth")
    desk.save()
    desk.fill(child_name_Latn="Hser Moo Paw", child_name_Thai="เซอ มู พอ", weight_g="31")
    desk.choose("sex", "F")
    desk.fill_date("birth", days_ago(3), is_thai=True)
    expect(page.locator("[name=birth_order]")).to_have_count(0)
    desk.save()
    expect(page.locator("[name=weight_g]")).to_have_value("31")  # refused, and still there
    refused = page.locator(".error-summary, .field--error")
    assert refused.count() == 2
    desk.fill(weight_g="32")
    page.locator("[name=time]").focus()
    said = page.locator("#says-weight_g .error-msg")
    expect(said).to_be_visible()
    expect(refused).to_have_count(0)  # what was said of 31 is over; what is said of 32 stands under the weight
    if page.viewport_size == WIDE:  # in one column all stands below one another
        assert said.bounding_box()["x"] > page.locator("[name=time]").bounding_box()["x"] + 100
    desk.fill(weight_g="๓๑๐๐")
    page.locator("[name=time]").focus()
    expect(said).to_have_count(0)
    desk.save()
    desk.pick("channel", "ward")
    desk.choose("place_kind", "home")
    expect(page.locator("[name=facility]")).to_be_hidden()
    desk.choose("place_kind", "hospital")
    expect(page.locator("[name=country]")).to_be_hidden()
    desk.pick("facility", label="Test Hospital")
    desk.save()
    desk.choose("proof", "TR1_1")
    desk.fill(proof_number="T55555")
    desk.tick("proof_seen")
    desk.pick("registry_office", index=1)
    desk.pick("informant_relation", "mother")
    desk.save()
    desk.pick("notice_language", "ksw")
    desk.save()
    assert "Hser Moo Paw" in desk.text() and "3,100\u00a0g" in desk.text()
    desk.save()


def see_every_paper(desk: Desk) -> None:
    """Open each missing paper and note that the original was seen."""
    needed = desk.page.locator("section[aria-labelledby=papers-needed] a:has(.icon.muted)")
    while needed.count():
        with desk.page.expect_event("load"):
            desk.press(needed.first)
        desk.pick("state", "original_seen")
        desk.save()


def take_over_from_the_ward(desk: Desk, ward: Desk) -> None:
    """What the liaison gave to the clinic stands in My work; the parents' papers are asked, and the case is opened."""
    assert "Waits since" in ward.text() and ward.barriers() == []
    ward.page.set_viewport_size(PHONE)
    assert ward.sideways() <= 0
    desk.go("/")
    desk.follow("Take over")
    desk.follow("Take over")
    desk.pick("mother_paper_type", "passport")
    for _step in ("mother", "father", "check"):
        desk.save()
    ward.go("/")
    assert "has taken it over" in ward.text() and "Naw Hla Paw" not in ward.text()


@pytest.mark.parametrize(("size", "kind"), [(WIDE, Keyboard), (PHONE, Desk)], ids=["keyboard", "phone"])
def test_from_the_mothers_name_to_the_certificate(
    desk_of: Callable[..., Desk], office: Cast, size: dict[str, int], kind: type[Desk]
) -> None:
    ward, desk = desk_of("WRD", size, kind), desk_of("CW", size, kind)
    page = desk.page
    log_birth(ward)
    take_over_from_the_ward(desk, ward)
    birth = BirthRecord.rows.get()
    home = f"/registration/{birth.pk}/"
    assert page.url.endswith(home)
    desk.follow("Confirm the way")
    desk.save()
    see_every_paper(desk)
    desk.follow("Declare complete")
    desk.follow("Print the letter")
    with page.expect_event("load"):
        desk.press(page.locator("form:has-text('Letter to the registry office') button[value=th]"))
    document = Document.rows.get()
    render_document(document_id=document.pk, now=timezone.now())
    page.reload()
    with page.expect_download() as letter:
        desk.press(page.get_by_role("link", name="Download"))
    assert letter.value.path().read_bytes().startswith(b"%PDF")
    desk.go(home)
    desk.follow("Record the visit")
    desk.save()
    desk.follow("What the registry office said")
    desk.choose("result", "returned")
    desk.pick("return_reason", "missing_paper")
    desk.fill(result_text="bring the house register")
    desk.save()
    assert "bring the house register" in desk.text()
    see_every_paper(desk)
    desk.follow("Declare complete")
    desk.follow("Record the visit")
    desk.save()
    desk.follow("Record the certificate")
    desk.pick("form", "TR03")
    desk.fill(name_th="เซอ มู พา")
    desk.save()
    with page.expect_event("load"):
        desk.press(page.locator("section[aria-labelledby=differences-title] li a").first)  # the name differs
    desk.choose_first("state")
    desk.fill(text="the mother agrees with this spelling")
    desk.save()
    desk.follow("I have compared it")
    desk.follow("Hand over the certificate")
    desk.fill(handed_over_to="Naw Hla Paw")
    desk.pick("handed_over_relation", "mother")
    desk.choose("handed_over_sign", "thumb")
    desk.save()
    open_offers = page.locator("section[aria-labelledby=follow-ups] a[href*=follow-ups]:has(.icon.muted)")
    while open_offers.count():
        with page.expect_event("load"):
            desk.press(open_offers.first)
        desk.choose_first("answer")
        desk.save()
    desk.follow("Close the registration")
    desk.save()
    birth.refresh_from_db()
    assert birth.status == "closed"


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_a_child_like_another_is_shown_while_typing(
    desk_of: Callable[..., Desk], office: Cast, size: dict[str, int]
) -> None:
    facts = birth_facts(
        days_ago(3),
        names={"Latn": "Hser Moo Paw", "Thai": "เซอ มู พอ"},
        parents=(known("mother", "Naw Hla Paw"), known("father", "Saw Htoo")),
    )
    known_case = make_birth(office.mae_sot, office.of("CW"), facts, today=timezone.localdate(), now=timezone.now()).case
    desk = desk_of("CW", size)
    desk.go("/registration/new/")
    write_mother(desk)
    desk.save()
    desk.save()
    desk.page.goto(desk.page.url.replace("/father/", "/child/"))
    said_in_the_bar = desk.page.locator(".actionbar__alike")
    expect(said_in_the_bar).to_be_hidden()
    desk.fill(child_name_Latn="Hser Mu Paw", child_name_Thai="เซอ มู พอ")
    desk.choose("sex", "F")
    desk.fill_date("birth", days_ago(3))
    desk.page.locator("[name=weight_g]").focus()
    expect(desk.page.locator("#matches")).to_contain_text("This may be a child we know")
    expect(desk.page.locator("#matches")).to_contain_text(known_case.number)
    if size == PHONE:  # the panel stands below the form there
        said_in_the_bar.click()
        expect(desk.page.locator("#matches")).to_be_in_viewport()
    else:
        expect(said_in_the_bar).to_be_hidden()


def test_an_easy_birth_takes_one_page(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of("CW")
    desk.go("/registration/quick/")
    assert desk.page.locator("details.more[open]").count() == 0
    desk.fill(
        mother_name_Latn="Naw Hla Paw", father_name_Latn="Saw Htoo", child_name_Thai="เซอ มู พอ", proof_number="T5"
    )
    for role in ("mother", "father"):
        desk.page.select_option(f"[name={role}_paper_type]", "passport")
        desk.fill(**{f"{role}_paper_number": f"MA{len(role)}12345"})
        desk.page.locator(f"[name={role}_paper_seen]").check()
    desk.choose("sex", "F")
    desk.fill_date("birth", days_ago(2), is_thai=True)
    desk.page.select_option("[name=facility]", label="Test Hospital")
    desk.page.select_option("[name=registry_office]", index=1)
    desk.page.select_option("[name=notice_language]", "my")
    assert not desk.page.locator("[name=papers_seen]").is_checked(), "nobody is told to have seen what they did not"
    desk.page.route("**/drafts/save", lambda route: (desk.page.wait_for_timeout(300), route.continue_()))
    desk.page.locator("[name=papers_seen]").check()
    desk.save()
    assert desk.page.locator(".error-summary").count() == 0, desk.text()[:600]
    assert BirthRecord.rows.get().status == "ready"
    assert not Draft.rows.exists(), "what was being kept arrived before the page itself"


def test_signing_in_and_logging_a_mother_by_keyboard_alone(stranger: Page, office: Cast) -> None:
    user = office.of("CW")
    stranger.goto("/account/sign-in/")
    stranger.locator("[name=login]").focus()
    stranger.keyboard.type(user.username)
    stranger.keyboard.press("Tab")
    while stranger.evaluate("document.activeElement.name") != "password":
        stranger.keyboard.press("Tab")
    stranger.keyboard.type(PASSWORD)
    with stranger.expect_event("load"):
        stranger.keyboard.press("Enter")
    stranger.keyboard.press("n")
    with stranger.expect_event("load"):
        stranger.keyboard.press("b")
    for name, text in (("mother_name_Latn", "Naw Hla Paw"), ("phone", "0891234567")):
        for _press in range(60):
            if stranger.evaluate("document.activeElement.name") == name:
                break
            stranger.keyboard.press("Tab")
        stranger.keyboard.type(text)
    with stranger.expect_event("load"):
        stranger.keyboard.press("Control+Enter")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("The father")
    assert "Naw Hla Paw" in stranger.locator("main").inner_text()
