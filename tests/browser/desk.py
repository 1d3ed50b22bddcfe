"""What a clerk does at the desk, in a clerk's words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Locator, Page

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
GRAVE = {"serious", "critical"}
FAR = """e => {
    const all = [...document.querySelectorAll('a[href],button,select,textarea,summary,input:not([type=hidden])')];
    const groups = new Set(), stops = all.filter(one => one.checkVisibility() && !one.disabled && !(
        one.type === 'radio' && (groups.has(one.name) || !groups.add(one.name))));
    return Math.max(0, stops.indexOf(e) - stops.indexOf(document.activeElement) - 8);
}"""
"""Of how many Tabs nobody need look whether they have come there: a few less than lie between."""


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

    def press(self, what: Locator) -> None:
        """Press a link or button."""
        what.click()

    def save(self) -> None:
        """Press the one main button of the form."""
        with self.page.expect_event("load"):
            self.press(self.page.locator("[data-primary]"))

    def follow(self, text: str) -> None:
        """Press the link or button of the main part that says this and can be seen."""
        with self.page.expect_event("load"):
            self.press(self.page.locator("main").locator("a, button").filter(has_text=text, visible=True).first)

    def choose(self, name: str, value: str) -> None:
        """Choose one of the answers shown as buttons."""
        self.page.locator(f"label:has([name={name}][value='{value}'])").click()

    def choose_first(self, name: str) -> None:
        """Choose the first answer."""
        self.page.locator(f"label:has([name={name}])").first.click()

    def pick(self, name: str, value: str = "", **which: Any) -> None:
        """Choose from a list, by its value, label or index."""
        self.page.select_option(f"[name={name}]", **({"value": value} if value else which))

    def tick(self, name: str) -> None:
        self.page.locator(f"[name={name}]").check()

    def write(self, field: Locator, text: str) -> None:
        """Put a text into a field in place of what stands there."""
        field.fill(text)

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.write(self.page.locator(f"[name={name}]"), value)

    def fill_date(self, name: str, day: dt.date, *, is_thai: bool = False) -> None:
        """Type a date; the Thai way has Thai digits and a Buddhist year."""
        parts = {"d": day.day, "m": day.month, "y": day.year + 543 if is_thai else day.year}
        for part, number in parts.items():
            text = str(number)
            typed = text.translate(THAI_DIGITS) if is_thai else text
            self.write(self.page.locator(f"[name={name}_{part}]"), typed)

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


class Keyboard(Desk):
    """The same clerk without a mouse: Tab to what is meant, and the keys that it takes."""

    MOST_TABS = 250

    def reach(self, what: Locator) -> None:
        """Press Tab until it has the focus. Fails where no Tab comes to it."""
        for _press in range(what.evaluate(FAR)):
            self.page.keyboard.press("Tab")
        for _press in range(self.MOST_TABS):
            if what.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no Tab comes to {what}")

    def press(self, what: Locator) -> None:
        self.reach(what)
        self.page.keyboard.press("Enter")

    def choose(self, name: str, value: str) -> None:
        """Reach the group of answers, then go along it with the arrows."""
        self._into(name)
        answer = self.page.locator(f"[name={name}][value='{value}']")
        if answer.evaluate("e => e === document.activeElement"):
            self.page.keyboard.press("Space")
        for _press in range(20):
            if answer.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow comes to {name}={value}")

    def choose_first(self, name: str) -> None:
        self._into(name)
        self.page.keyboard.press("Space")

    def _into(self, name: str) -> None:
        """Press Tab until one of the answers has the focus: the chosen one, else the first."""
        for _press in range(self.MOST_TABS):
            if self.page.evaluate("document.activeElement.name") == name:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no Tab comes to {name}")

    def pick(self, name: str, value: str = "", *, label: str = "", index: int = 0) -> None:
        box = self.page.locator(f"[name={name}]")
        self.reach(box)
        self.page.keyboard.press("Home")
        for _press in range(200):
            at = box.evaluate("e => [e.value, e.selectedOptions[0].label, e.selectedIndex]")
            if (value and at[0] == value) or (label and at[1] == label) or (index and at[2] == index):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow comes to {name}: {value or label or index}")

    def tick(self, name: str) -> None:
        box = self.page.locator(f"[name={name}]")
        self.reach(box)
        self.page.keyboard.press("Space")
        assert box.is_checked()

    def write(self, field: Locator, text: str) -> None:
        self.reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
