"""Tags every template may use without loading them: icons, badges, panels, lists, forms. Filters are in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from casework.ui.charts import Figure

register = template.Library()

CALLOUT_ICONS = {"blue": "info", "amber": "triangle-alert", "green": "circle-check", "red": "circle-alert"}


# Small parts


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """Draw an icon of the sprite; without a label it is hidden from screen readers."""
    return _drawing(name, css, label)


@lru_cache(maxsize=2_000, typed=True)  # a page has fifty icons, most of them the same; typed: safe words stay apart
def _drawing(name: str, css: str, label: str) -> SafeString:
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon {}" {}><use href="{}#{}"/></svg>',
        css,
        spoken,
        static("vendor/icons/sprite.svg"),
        name,
    )


@register.simple_tag
def badge(kind: str, text: str, icon_name: str = "") -> SafeString:
    """A status word with its colour: red, amber, green, blue, violet, grey or solid-red."""
    drawing = icon(icon_name) if icon_name else ""
    return format_html('<span class="badge badge--{}">{}{}</span>', kind, drawing, text)


@register.simple_tag
def tag(icon_name: str, text: str) -> SafeString:
    """A quiet word with an icon, such as the programme of a task."""
    return format_html('<span class="tag">{}{}</span>', icon(icon_name), text)


@register.simple_tag
def avatar(initials: str, size: str = "") -> SafeString:
    """Initials in a circle; the name stands beside it, so it is hidden from screen readers."""
    css = "avatar avatar--lg" if size == "lg" else "avatar"
    return format_html('<span class="{}" aria-hidden="true">{}</span>', css, initials)


@register.simple_tag
def meter(parts: Sequence[tuple[str, float]], label: str, small: bool = False) -> SafeString:
    """A bar of parts (css class, percent): m-spent, m-commit, m-this, m-done. The label says it in words."""
    css = "meter meter--sm" if small else "meter"
    pieces = format_html_join("", '<i class="{}" style="width:{}%"></i>', ((c, f"{p:.4g}") for c, p in parts))
    return format_html('<span class="{}" role="img" aria-label="{}">{}</span>', css, label, pieces)


@register.simple_tag
def progress(value: int, total: int, label: str) -> SafeString:
    """A progress bar of `value` out of `total`."""
    percent = round(100 * value / total) if total else 0
    return format_html(
        '<span class="progress" role="progressbar" aria-label="{}" aria-valuenow="{}" aria-valuemin="0" '
        'aria-valuemax="100"><i style="width:{}%"></i></span>',
        label, percent, percent,
    )  # fmt: skip


# Parts with content


@register.simple_block_tag
def panel(content: str, title: str = "", **options: Any) -> str:
    """A white panel with a title.

    Options: `icon`, `note`, `kind` (amber, red), `id`, `css`, `bare` (no padding), an act: `act`, `act_url`,
    `act_icon`.
    """
    return render_to_string("components/panel.html", {"content": content, "title": title, **options})


@register.simple_block_tag
def callout(content: str, kind: str = "blue", title: str = "", icon_name: str = "", role: str = "") -> SafeString:
    """A coloured notice: blue tells, amber asks for an act, green is done, red is late or dangerous."""
    heading = format_html('<b class="callout__title">{}</b> ', title) if title else ""
    spoken = format_html(' role="{}"', role) if role else ""
    drawing = icon(icon_name or CALLOUT_ICONS.get(kind, "info"))
    return format_html(
        '<div class="callout callout--{}"{}>{}<div>{}{}</div></div>', kind, spoken, drawing, heading, content
    )


@register.simple_block_tag
def page_head(content: str, title: str, sub: str = "") -> str:
    """The h1 of a page with a line under it; the content holds its buttons."""
    return render_to_string(
        "components/page_head.html", {"content": SafeString(content.strip()), "title": title, "sub": sub}
    )


@register.simple_block_tag
def dialog(content: str, dialog_id: str, title: str) -> str:
    """A native dialog, opened by any button with data-open naming its id."""
    return render_to_string("components/dialog.html", {"content": content, "id": dialog_id, "title": title})


@register.simple_block_tag
def menu(
    content: str, label: str, icon_name: str = "", css: str = "btn btn--secondary", icon_only: bool = False
) -> str:
    """A button that opens a short list of links or buttons (at most seven)."""
    context = {"content": content, "label": label, "icon_name": icon_name, "css": css, "icon_only": icon_only}
    return render_to_string("components/menu.html", context)


@register.inclusion_tag("components/empty_state.html")
def empty_state(title: str, text: str = "", icon_name: str = "inbox", url: str = "", act: str = "") -> dict[str, str]:
    """What will stand here, and the one next step."""
    return {"title": title, "text": text, "icon_name": icon_name, "url": url, "act": act}


@register.inclusion_tag("components/facts.html")
def facts(rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Label and answer pairs; a third entry is the address of "Change"."""
    return {"rows": [(*row, "")[:3] for row in rows]}


@register.inclusion_tag("components/crumbs.html")
def crumbs(*parts: str) -> dict[str, Any]:
    """The way back: label, address, label, address, … and the label of this page."""
    pairs = [(parts[i], parts[i + 1] if i + 1 < len(parts) else "") for i in range(0, len(parts), 2)]
    return {"pairs": pairs}


@register.inclusion_tag("components/stepper.html")
def stepper(steps: Iterable[Any]) -> dict[str, Any]:
    """The bar of steps: each has `label`, `url` ("" while it cannot be opened), `is_done`, `is_current`."""
    return {"steps": steps}


@register.inclusion_tag("components/stat.html")
def stat(
    label: str, value: Any, note: str = "", url: str = "", icon_name: str = "", drawing: str = ""
) -> dict[str, Any]:
    """One figure with its label, a note below and perhaps a small line drawing."""
    return {
        "label": label,
        "value": value,
        "note": note,
        "url": url,
        "icon_name": icon_name,
        "drawing": drawing,
    }


@register.inclusion_tag("components/figure.html")
def figure(chart: Figure, css: str = "") -> dict[str, Any]:
    """A chart in a panel with its title, a table of its numbers, and the link to its spreadsheet."""
    return {"figure": chart, "css": css}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[Any], label: str) -> dict[str, Any]:
    """Tabs of a record: each has `label`, `url`, `count`, `current`."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/views.html")
def view_bar(items: Iterable[Any], label: str, saved: Iterable[Any] = ()) -> dict[str, Any]:
    """The bar of views of a list, then those saved by people: each has `label`, `url`, `count`, `current`."""
    return {"items": items, "label": label, "saved": saved}


@register.inclusion_tag("components/filters.html", takes_context=True)
def list_filters(context: template.Context) -> dict[str, Any]:
    """The filters of a list: open as a form, else as chips, with the way to save them under a name."""
    wanted = ("filters", "list_key", "file_url", "team_office", "here", "csrf_token")
    chips = context["filters"].chips()
    return {name: context.get(name) for name in wanted} | {"is_open": context["filters_open"], "chips_at_work": chips}


@register.inclusion_tag("components/pages.html", takes_context=True)
def pages(context: template.Context, page: Page) -> dict[str, Any]:
    """Links to the next and previous page of a list, with its filters kept, and where the reader stands."""
    request = context.get("request")

    def address(number: int, mark: dict[str, str]) -> str:
        query = request.GET.copy() if request else QueryDict(mutable=True)
        for key in ("older", "newer"):
            query.pop(key, None)
        query["page"] = str(number)
        query.update(mark)
        return f"?{query.urlencode()}"

    newer, older = getattr(page, "marks", ({}, {}))
    before = address(page.previous_page_number(), newer) if page.has_previous() else ""
    after = address(page.next_page_number(), older) if page.has_next() else ""
    return {"page": page, "before": before, "after": after}


@register.inclusion_tag("components/chips.html")
def chips(items: Iterable[Any], clear_url: str = "") -> dict[str, Any]:
    """The filters at work: each has `label` and the `url` of the list without it; `clear_url` takes all away."""
    return {"items": items, "clear_url": clear_url}


@register.inclusion_tag("components/save_state.html")
def save_state(saved_at: dt.datetime | None = None, must_mend: Any = False) -> dict[str, Any]:
    """When the draft was last saved; kept up to date by the script for the form beside it (data-autosave).

    With `must_mend` the page came back refused: what is kept of it is typing, and no more.
    """
    return {"saved_at": saved_at, "must_mend": must_mend}


@register.inclusion_tag("components/new_menu.html", takes_context=True)
def new_menu(context: template.Context) -> dict[str, Any]:
    """The button that begins something new, from the shell."""
    return {"items": getattr(context.get("shell"), "new_items", ())}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """All errors of the forms and formsets, each a link to its field, which it names; nothing when there are none.

    A form that stands several times on one page is told apart by its `told_as`, such as "Line 2".
    """
    shown = list(_flat(forms))
    errors = [pair for form in shown for pair in _form_errors(form)]
    return {"errors": errors, "records": [url for form in shown for url in getattr(form, "other_records", ())]}


def _flat(forms: Iterable[Any]) -> Iterable[Any]:
    for form in forms:
        if form is None or form == "":
            continue
        if hasattr(form, "management_form"):
            yield from form.forms
        elif isinstance(form, list):
            yield from form
        else:
            yield form


def _form_errors(form: BaseForm) -> list[tuple[str, str]]:
    if not form.is_bound:
        return []
    whole = [("", str(sentence)) for sentence in form.non_field_errors()]
    named = [(_first_input(field), _naming(form, field, s)) for field in form for s in _sentences(field)]
    return whole + named


ENDED = ("?", "။", ":")
"""How a label ends that is a sentence of its own."""


def _naming(form: BaseForm, field: BoundField, sentence: str) -> str:
    """A sentence with the field's label before it, or that of its group, unless it names the field itself."""
    label = str(getattr(form, "legends", {}).get(field.name) or field.label or "")
    names = [str(getattr(form, "told_as", "")), "" if label.casefold() in sentence.casefold() else label]
    named = ", ".join(filter(None, names))
    return f"{named}{' ' if named.endswith(ENDED) else ': '}{sentence}" if named else sentence


def _first_input(field: BoundField) -> str:
    return getattr(field, "first_input_id", field.auto_id)


def _sentences(field: BoundField) -> list[str]:
    return getattr(field, "sentences", [str(e) for e in field.errors])
