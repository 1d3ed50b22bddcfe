"""Tags and filters of the templates."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString

from casework.kernel.dates import BirthDate, Precision
from casework.programmes.contributions import registry
from casework.ui.scripts import runs
from casework.ui.shell import NavigationItem, NewItem, Shell, TrayItem
from casework.ui.templatetags import rows

BASE = Path(settings.BASE_DIR)
TEMPLATES = BASE / "templates"
SPRITE = BASE / "static" / "vendor" / "icons" / "sprite.svg"

SOURCES = ("casework", *settings.PROGRAMME_APPS)


class Row(NamedTuple):
    pk: int
    name: str


def drawn(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Naw Paw Wah နော်ဖောဝါး", [("Naw Paw Wah ", "en"), ("နော်ဖောဝါး", "my")]),
        ("น้องใหม่ 2", [("น้องใหม่ 2", "th")]),
        ("12 / 5", [("12 / 5", "")]),
        ("", []),
    ],
)
def test_text_is_split_by_script(text: str, expected: list[tuple[str, str]]) -> None:
    assert runs(text) == expected


def test_a_name_in_another_script_carries_its_language() -> None:
    with translation.override("en"):
        assert drawn("{{ n|lang_span }}", n="Mu မူ") == 'Mu <span lang="my">မူ</span>'
    with translation.override("my"):
        assert drawn("{{ n|lang_span }}", n="Mu မူ") == '<span lang="en">Mu </span>မူ'


def test_a_row_is_drawn_once_and_anew_when_anything_of_it_is_another(monkeypatch) -> None:
    drawings: list[tuple[str, object]] = []

    def draw(name: str, context: dict[str, Row]) -> str:
        drawings.append((name, context))
        return f"<i>{context['row'].name}</i>"

    monkeypatch.setattr(rows, "render_to_string", draw)
    rows.drawing.cache_clear()
    source, (first, second) = "{% load rows %}{% drawn 'a.html' rows url=url %}", (Row(1, "Mu"), Row(2, "Paw"))
    with translation.override("en"):
        assert drawn(source, rows=[first, second], url="x") == "<i>Mu</i><i>Paw</i>"
        assert drawn(source, rows=[second, first], url="x") == "<i>Paw</i><i>Mu</i>"
        assert drawings == [("a.html", {"row": row, "url": "x"}) for row in (first, second)]
        assert drawn(source, rows=[first._replace(name="Moo"), second], url="x") == "<i>Moo</i><i>Paw</i>"
        drawn(source, rows=[first], url="y")
    with translation.override("th"):
        drawn(source, rows=[first], url="x")
    assert len(drawings) == 5
    rows.drawing.cache_clear()


def test_a_row_leads_to_its_page() -> None:
    drawing = drawn("{{ pk|address:'cases:detail' }}", pk=12)
    assert drawing == reverse("cases:detail", args=[12])


def test_a_name_is_escaped_unless_it_is_markup_of_ours() -> None:
    assert "<b>" not in drawn("{{ n|lang_span }}", n="<b>မူ</b>")
    assert drawn("{{ n|lang_span }}", n=SafeString("<b>x</b>")) == "<b>x</b>"


@pytest.mark.parametrize(
    ("names", "beside"),
    [(["<i>Mu</i>", "မူ"], ' <span class="ink-2"><span lang="my">မူ</span></span>'), (["<i>Mu</i>"], ""), ([], "")],
)
def test_a_child_is_named_as_a_link_and_beside_it_in_another_script(names: list[str], beside: str) -> None:
    name = "&lt;i&gt;Mu&lt;/i&gt;" if names else ""
    told = drawn('{% child_link names "/cases/7/?a=1&b=2" %}', names=names)
    assert told == f'<a class="strong" href="/cases/7/?a=1&amp;b=2">{name}</a>{beside}'


@pytest.mark.parametrize(
    ("amount", "shown"), [(5650, "฿5,650"), (Decimal("5650.50"), "฿5,650.50"), (-650, "−฿650"), (None, "")]
)
def test_money_is_written_with_its_sign(amount: object, shown: str) -> None:
    assert drawn("{{ a|baht }}", a=amount) == shown


def test_a_source_that_nobody_confirmed_says_so_and_escapes_the_rest() -> None:
    shown = drawn("{{ text|source }}", text="[U] <b>the board</b>")
    assert "not confirmed" in shown and "[U]" not in shown and "&lt;b&gt;" in shown
    assert "well known, not checked" in drawn("{{ text|source }}", text="[K] Section 20/1")
    for text in ("Section 19/1", "[V] Section 19/1"):
        assert drawn("{{ text|source }}", text=text) == "Section 19/1"


def test_a_number_and_its_unit_stay_together() -> None:
    assert drawn("{{ w|grams }}", w=3100) == "3,100\u00a0g"


def test_dates_speak_the_language_of_the_page() -> None:
    day = dt.date(2026, 11, 23)
    with translation.override("th"):
        assert drawn("{{ d|shortdate }}", d=day) == "23\u00a0พ.ย. 2569"
    with translation.override("en"):
        assert "2569" in drawn("{{ d|bothdates }}", d=day)
        assert drawn("{{ d|shortdate }}", d=None) == ""


def test_a_birth_date_is_shown_only_as_well_as_it_is_known() -> None:
    born = BirthDate(dt.date(2024, 7, 1), Precision.MONTH)
    with translation.override("en"):
        assert drawn("{{ b|birthdate }}", b=born) == "Jul\u00a02024"
        assert drawn("{{ b|age:t }}", b=born, t=dt.date(2026, 11, 23)).startswith("about 2")


def test_an_icon_is_silent_without_a_label_and_speaks_with_one() -> None:
    assert 'aria-hidden="true"' in drawn('{% icon "bell" %}')
    assert 'role="img" aria-label="Bell"' in drawn('{% icon "bell" label="Bell" %}')


def test_every_icon_named_in_a_template_or_in_the_code_is_in_the_sprite() -> None:
    there = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text()))
    sources = [*TEMPLATES.rglob("*.html"), *(path for app in SOURCES for path in (BASE / app).rglob("*.py"))]
    named = {
        (name, path.name)
        for path in sources
        for name in re.findall(r"""(?:\{% icon |icon(?:_name)?=)["']([a-z0-9-]+)["']""", path.read_text())
    }
    told = {
        (item.icon, contribution.key)
        for contribution in registry
        for item in (*contribution.events, *contribution.navigation, *contribution.new_items, *contribution.row_links)
    }
    assert named
    assert {pair for pair in named | told if pair[0] not in there} == set()


def test_panels_escape_their_titles_and_keep_their_content() -> None:
    page = drawn("{% panel title %}<p>text</p>{% endpanel %}", title="<i>x</i>")
    assert "<p>text</p>" in page
    assert "<i>x</i>" not in page


def test_facts_without_an_answer_say_so() -> None:
    page = drawn("{% facts rows %}", rows=[("Phone", ""), ("Name", "Mu", "/change/")])
    assert "Not asked" in page
    assert 'href="/change/"' in page


def test_crumbs_end_with_this_page() -> None:
    page = drawn('{% crumbs "My work" "/" "Births" %}')
    assert '<a href="/">My work</a>' in page
    assert '<span aria-current="page">Births</span>' in page


def test_page_links_keep_the_filters_of_the_list() -> None:
    request = RequestFactory().get("/births/", {"office": "2", "page": "2"})
    page = drawn("{% pages page %}", page=Paginator(range(60), 25).page(2), request=request)
    assert 'rel="prev" href="?office=2&amp;page=1"' in page
    assert 'rel="next" href="?office=2&amp;page=3"' in page
    assert "26 to 50 of 60" in page


def test_a_short_list_has_no_page_links() -> None:
    page = drawn("{% pages page %}", page=Paginator(range(3), 25).page(1))
    assert "1 to 3 of 3" in page
    assert "<a " not in page


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
@pytest.mark.parametrize("language", ["en", "th", "my"])
def test_error_pages_stand_without_shell_or_request(name: str, language: str) -> None:
    with translation.override(language):
        page = render_to_string(name)
    assert f'<html lang="{language}">' in page
    assert page.count("<h1>") == 1
    assert "btn--primary" in page


def test_the_shell_shows_what_the_roof_gives() -> None:
    shell = Shell(
        user_name="Naw Kham",
        initials="NK",
        demo=True,
        letters=False,
        idle_seconds=1800,
        navigation=[
            NavigationItem(key="work", icon="list-checks", label="My work", url="/w/", count=8, count_is_red=True)
        ],
        tray=[TrayItem(title="Naw Paw Wah", step="Step 2 of 6", url="/d/1/")],
    )
    page = render_to_string("base.html", {"shell": shell})
    assert 'data-letters="off"' in page
    assert 'data-idle="1800"' in page
    assert "everybody here is invented" in page
    assert 'href="/d/1/"' in page
    assert "count--red" in page


def test_a_phone_has_a_fourth_place_where_nothing_new_can_be_begun() -> None:
    places = [
        NavigationItem(key=key, icon="house", label=key, url=f"/{key}/", on_phone=key in ("work", "reports"))
        for key in ("work", "fund", "budget", "cash", "reports")
    ]
    reader = Shell(navigation=places)
    writer = Shell(navigation=places, new_items=[NewItem(icon="plus", label="Birth", url="/new/")])
    assert [place.key for place in reader.phone_bar] == ["work", "fund", "budget", "reports"]
    assert [place.key for place in writer.phone_bar] == ["work", "fund", "reports"]


def test_pages_hold_no_inline_script_and_keep_htmx_strict() -> None:
    page = render_to_string("base.html", {"shell": Shell(user_name="N")})
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\son[a-z]+=", page)
    config = re.search(r"name=\"htmx-config\" content='([^']+)'", page)
    assert config
    options = json.loads(config.group(1))
    assert options["allowEval"] is False
    assert options["selfRequestsOnly"] is True
    assert options["historyCacheSize"] == 0
    assert options["includeIndicatorStyles"] is False
