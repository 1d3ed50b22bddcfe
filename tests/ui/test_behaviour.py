"""The kit's script in a real browser, under the content policy of the site."""

from __future__ import annotations

import http.server
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, expect

from casework.ui.fields import BirthDateField, NameField
from casework.ui.shell import NavigationItem, NewItem, Shell
from tests.chromium import started_browser

pytestmark = pytest.mark.browser

POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:"
SOURCE = """{% extends "base.html" %}{% block title %}Sample{% endblock %}{% block main %}<h1>Sample</h1>
<form method="post" action="/sent" {{ kind|safe }}>{{ form }}<button class="btn btn--primary">Save</button>
<button type="button" data-park>Park</button></form>
<div class="error-summary"><ul><li><a href="#id_born_d">Write the date</a></li></ul></div>
<p data-save-state data-saving="Saving" data-saved="Saved %t" data-failed="Not saved, trying again">
<span data-words></span></p>
<table><tbody data-rows><tr data-row><td><input type="checkbox" id="c1"><a href="#r1">One</a></td></tr>
<tr data-row><td><input type="checkbox" id="c2"><a href="#r2">Two</a></td></tr></tbody></table>{% endblock %}"""


class Sample(forms.Form):
    name = NameField(label="Name")
    born = BirthDateField(label="Born")


FAR = [(str(number), f"โรงพยาบาล {number} Hospital") for number in range(100, 124)]


class LongForm(forms.Form):
    hospital = forms.ChoiceField(
        choices=[("", "-"), ("Near", [("1", "โรงพยาบาลแม่สอด"), ("2", "โรงพยาบาลพบพระ")]), ("Far", FAR)],
        widget=forms.Select(attrs={"data-find": "Type to find"}),
    )


class ShortForm(forms.Form):
    hospital = forms.ChoiceField(choices=FAR[:20], widget=forms.Select(attrs={"data-find": "Type to find"}))


class Site:
    """A tiny site: the pages of a test, the static files, and a place that takes drafts."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.posts, self.is_up = folder, [], True
        site = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *args: Any) -> None:
                return None

            def end_headers(self) -> None:
                self.send_header("Content-Security-Policy", POLICY)
                super().end_headers()

            def do_POST(self) -> None:
                site.posts.append((self.path, self.rfile.read(int(self.headers["Content-Length"])).decode()))
                self.send_response(204 if site.is_up else 503)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def page(self, name: str, *, kind: str = "", form: type[forms.Form] = Sample, **shell: Any) -> str:
        """Write a page of the sample form and give its address."""
        around = Shell(
            user_name="Naw Kham",
            initials="NK",
            navigation=[NavigationItem(key="work", icon="list-checks", label="My work", url="#work", letter="w")],
            new_items=[NewItem(icon="baby", label="Birth", url="#birth", letter="b")],
            **shell,
        )
        page = Template(SOURCE).render(Context({"shell": around, "form": form(), "kind": kind}))
        (self.folder / f"{name}.html").write_text(page)
        return f"{self.address}/{name}.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(settings.BASE_DIR / "static", folder / "static")
    made = Site(folder)
    yield made
    made.server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started_browser() as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda m: problems.append(m.text) if "Content Security Policy" in m.text else None)
    yield opened
    context.close()
    assert problems == []


def type_date(page: Page, day: str, month: str, year: str) -> None:
    for part, text in (("d", day), ("m", month), ("y", year)):
        page.locator(f"#id_born_{part}").fill(text)


def test_the_echo_shows_both_calendars(site: Site, page: Page) -> None:
    page.goto(site.page("echo"))
    type_date(page, "29", "2", "2567")
    expect(page.locator("[data-echo]")).to_have_text("29\u00a0February 2024 (พ.ศ.\u00a02567)")
    type_date(page, "๒๙", "๒", "2024")
    expect(page.locator("[data-echo]")).to_have_text("29\u00a0February 2024 (พ.ศ.\u00a02567)")
    expect(page.locator("[name=born_era][value=ce]")).to_be_checked()


def test_the_echo_tells_a_month_or_a_year_that_is_all_that_is_known(site: Site, page: Page) -> None:
    page.goto(site.page("reveal"))
    type_date(page, "", "2", "2567")
    expect(page.locator("[data-echo]")).to_have_text("")
    page.get_by_text("The exact date is not known").click()
    page.get_by_label("Month and year").check()
    expect(page.locator("[data-echo]")).to_have_text("February 2024 (พ.ศ.\u00a02567)")
    page.get_by_label("Year only").check()
    expect(page.locator("[data-echo]")).to_have_text("2024 (พ.ศ.\u00a02567)")


@pytest.mark.parametrize("month", ["Nov", "november", "NOV.", "พ.ย.", "พย", "พฤศจิกายน", "နိုဝင်ဘာ", "11", "၁၁"])
def test_the_echo_reads_a_month_in_words_as_the_server_does(site: Site, page: Page, month: str) -> None:
    page.goto(site.page("echo"))
    type_date(page, "21", month, "2569")
    expect(page.locator("[data-echo]")).to_have_text("21\u00a0November 2026 (พ.ศ.\u00a02569)")


@pytest.mark.parametrize(
    "typed",
    [
        ("29", "2", "2566"),
        ("1", "1", "2150"),
        ("1", "1", "67"),
        ("1", "13", "2567"),
        ("1", "Nov11", "2567"),
        ("31", "พ.ย.", "2567"),
    ],
)
def test_the_echo_disappears_when_the_day_cannot_be(site: Site, page: Page, typed: tuple[str, str, str]) -> None:
    page.goto(site.page("echo"))
    type_date(page, "29", "2", "2567")
    type_date(page, *typed)
    expect(page.locator("[data-echo]")).to_have_text("")


def test_a_part_shows_only_with_its_answer(site: Site, page: Page) -> None:
    page.goto(site.page("reveal"))
    age = page.locator("[data-shown-by='born_precision=estimated']")
    page.get_by_text("The exact date is not known").click()
    expect(age).to_be_hidden()
    page.get_by_label("Estimated age").check()
    expect(age).to_be_visible()
    page.get_by_label("Year only").check()
    shown = [page.locator(f"#id_born_{part}").is_visible() for part in "dmy"]
    assert shown == [False, False, True]
    page.locator(".error-summary a").click()
    expect(page.locator("#id_born_y")).to_be_focused()


def test_a_draft_is_saved_when_a_field_is_left(site: Site, page: Page) -> None:
    site.posts.clear()
    page.goto(site.page("draft", kind='data-autosave="/draft"'))
    page.locator("#id_name").fill("Mu Say Wah")
    page.locator("#id_born_d").focus()
    expect(page.locator("[data-words]")).to_contain_text("Saved ")
    assert [path for path, _body in site.posts] == ["/draft"]
    assert "Mu Say Wah" in site.posts[0][1]


def test_nothing_typed_makes_no_draft(site: Site, page: Page) -> None:
    site.posts.clear()
    page.goto(site.page("draft", kind='data-autosave="/draft"'))
    page.locator("#id_name").focus()
    page.locator("#id_born_d").focus()
    expect(page.locator("[data-words]")).to_have_text("")
    assert site.posts == []


def test_a_draft_that_was_not_saved_says_so_and_tries_again(site: Site, page: Page) -> None:
    page.goto(site.page("draft", kind='data-autosave="/draft"'))
    site.is_up = False
    page.locator("#id_name").fill("Mu")
    page.locator("#id_born_d").focus()
    expect(page.locator("[data-words]")).to_have_text("Not saved, trying again")
    site.is_up = True
    page.locator("#id_born_m").focus()
    page.locator("#id_born_d").focus()
    expect(page.locator("[data-words]")).to_contain_text("Saved ")


def test_leaving_asks_only_when_something_changed(site: Site, page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    address = site.page("guard", kind="data-guard")
    page.goto(address)
    page.locator("#id_name").focus()
    page.goto(address + "?again")
    assert asked == []
    page.locator("#id_name").click()
    page.keyboard.type("Mu")
    page.goto(address + "?more")
    assert asked == ["beforeunload"]


def test_letters_move_choose_and_go(site: Site, page: Page) -> None:
    page.goto(site.page("keys"))
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("#c2")).to_be_checked()
    page.keyboard.press("g")
    page.keyboard.press("w")
    expect(page).to_have_url(f"{site.address}/keys.html#work")
    page.keyboard.press("n")
    expect(page.locator("#new")).to_be_visible()
    page.keyboard.press("b")
    expect(page).to_have_url(f"{site.address}/keys.html#birth")


def test_letters_work_on_a_thai_keyboard(site: Site, page: Page) -> None:
    page.goto(site.page("keys"))
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: '่', code: 'KeyJ', bubbles: true}))")
    expect(page.locator("[data-row]").first).to_have_class("is-cursor")


def test_letters_do_nothing_in_a_field_or_when_switched_off(site: Site, page: Page) -> None:
    page.goto(site.page("keys"))
    page.locator("#id_name").click()
    page.keyboard.type("njk?")
    expect(page.locator("#new")).to_be_hidden()
    expect(page.locator("#id_name")).to_have_value("njk?")
    page.goto(site.page("off", letters=False))
    page.keyboard.press("n")
    expect(page.locator("#new")).to_be_hidden()


def test_control_enter_sends_the_form(site: Site, page: Page) -> None:
    site.posts.clear()
    page.goto(site.page("send", kind="data-guard novalidate"))
    page.locator("#id_name").fill("Mu")
    with page.expect_response("**/sent"):
        page.keyboard.press("Control+Enter")
    assert [path for path, _body in site.posts] == ["/sent"]


def test_the_screen_hides_at_once_and_stays_hidden_after_reloading(site: Site, page: Page) -> None:
    page.goto(site.page("cover"))
    page.keyboard.press("Shift+H")
    expect(page.locator("#cover")).to_be_visible()
    expect(page.locator("h1")).to_be_hidden()
    page.reload()
    expect(page.locator("h1")).to_be_hidden()
    page.get_by_role("button", name="Show the screen again").click()
    expect(page.locator("h1")).to_be_visible()


def test_the_end_of_the_session_is_told_two_minutes_before(site: Site, page: Page) -> None:
    page.clock.install()
    page.goto(site.page("idle", idle_seconds=300, alive_url="/static/kit/favicon.svg"))
    page.clock.run_for(170_000)
    expect(page.locator("#timeout")).to_be_hidden()
    page.clock.run_for(15_000)
    expect(page.locator("#timeout")).to_be_visible()
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.locator("#timeout")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 760])
def test_a_long_name_of_a_step_runs_into_no_number(site: Site, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site.page("steps"))
    steps = [{"label": "မိသားစုကို ရှင်းပြရန်", "is_current": number == 5, "is_done": number < 5} for number in range(7)]
    bar = render_to_string("components/stepper.html", {"steps": steps})
    page.evaluate("bar => document.querySelector('h1').insertAdjacentHTML('afterend', bar)", bar)
    name = page.locator(".stepper [aria-current] > span").bounding_box()
    numbers = [number.bounding_box() for number in page.locator(".stepper b").all()]
    assert name["width"] > 50
    for number in numbers:
        gap = max(number["x"] - name["x"] - name["width"], name["x"] - number["x"] - number["width"])
        assert gap >= 5 or number["y"] + number["height"] <= name["y"] + 1


def test_a_long_choice_is_found_by_typing_a_part_and_a_single_one_is_chosen(page: Page, site: Site) -> None:
    page.goto(site.page("long", form=LongForm))
    box, choice = page.get_by_role("searchbox", name="Type to find"), page.locator("[name=hospital]")
    shown = (
        "[...document.querySelectorAll('[name=hospital] option')].filter(o => !o.hidden && o.value).map(o => o.value)"
    )
    box.fill("สอด")
    expect(choice).to_have_value("1")
    assert page.evaluate(shown) == ["1"]
    assert page.locator("optgroup[label=Far]").evaluate("group => group.hidden")
    box.fill("11")
    expect(choice).to_have_value("1")
    assert page.evaluate(shown) == ["1", *map(str, range(110, 120))], "several are left, and what was chosen stays"
    box.fill("")
    assert len(page.evaluate(shown)) == 26


def test_a_short_choice_has_no_box_to_find_in(page: Page, site: Site) -> None:
    page.goto(site.page("short", form=ShortForm))
    expect(page.locator("[name=hospital]")).to_be_visible()
    expect(page.get_by_role("searchbox", name="Type to find")).to_have_count(0)
