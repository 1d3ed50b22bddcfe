"""A new site, in a real browser: only a browser says from where a form was sent."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from casework.accounts.services import issue_setup_token

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ANSWERS = {
    "organisation_en": "Border Child Help",
    "organisation_th": "ช่วยเด็กชายแดน",
    "office_en": "Mae Sot Office",
    "office_th": "สำนักงานแม่สอด",
    "office_code": "ms",
    "full_name": "Araya Suk",
    "username": "araya",
    "password": "mango river stone 7",
}


def test_the_first_administrator_sets_the_site_up_and_is_asked_for_the_second_factor(
    browser: Browser, live_server, settings
):
    settings.SECOND_FACTOR_REQUIRED = True
    page = browser.new_page(base_url=live_server.url, locale="en-GB")
    page.goto(f"/set-up/{issue_setup_token()}/")
    for name, answer in ANSWERS.items():
        page.fill(f"[name={name}]", answer)
    page.fill("[name=again]", "mango river stone 8")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_contain_text("The two passwords differ")
    assert page.input_value("[name=full_name]") == ANSWERS["full_name"]
    for name in ("password", "again"):
        page.fill(f"[name={name}]", ANSWERS["password"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up the code on your phone")
    page.context.close()
