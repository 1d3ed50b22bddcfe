"""What a clerk does at the desk, in a clerk's words."""

from __future__ import annotations

import datetime as dt

from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
GRAVE = {"serious", "critical"}


def days_ago(days: int) -> dt.date:
    """A date before today."""
    return timezone.localdate() - dt.timedelta(days=days)


class Desk:
    """A browser page with the acts of a clerk; it remembers what went wrong behind the page."""

    def __init__(self, page: Page) -> None:
        self.page, self.troubles = page, []
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on(
            "response", lambda answer: answer.status >= 500 and self.troubles.append(f"{answer.status}: {answer.url}")
        )

    def go(self, address: str) -> None:
        self.page.goto(address)

    def save(self) -> None:
        """Press the one main button of the form."""
        with self.page.expect_event("load"):
            self.page.locator("[data-primary]").click()

    def follow(self, text: str) -> None:
        """Press the link or button of the main part that says this and can be seen."""
        with self.page.expect_event("load"):
            self.page.locator("main").locator("a, button").filter(has_text=text, visible=True).first.click()

    def choose(self, name: str, value: str) -> None:
        """Choose one of the answers shown as buttons."""
        self.page.locator(f"label:has([name={name}][value='{value}'])").click()

    def choose_first(self, name: str) -> None:
        """Choose the first answer."""
        self.page.locator(f"label:has([name={name}])").first.click()

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.page.fill(f"[name={name}]", value)

    def fill_date(self, name: str, day: dt.date, *, is_thai: bool = False) -> None:
        """Type a date; the Thai way has Thai digits and a Buddhist year."""
        parts = {"d": day.day, "m": day.month, "y": day.year + 543 if is_thai else day.year}
        for part, number in parts.items():
            text = str(number)
            self.page.fill(f"[name={name}_{part}]", text.translate(THAI_DIGITS) if is_thai else text)

    def text(self) -> str:
        """The words of the main part."""
        return self.page.locator("main").inner_text()

    def sideways(self) -> int:
        """How many pixels the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def barriers(self) -> list[str]:
        """What axe-core finds grave on this page."""
        found = Axe().run(self.page).response["violations"]
        return [
            f"{self.page.url} {rule['id']}: {rule['nodes'][0]['html'][:160]}"
            for rule in found
            if rule["impact"] in GRAVE
        ]
