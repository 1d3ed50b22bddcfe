"""A form as a browser reads it from a page: what it would send when nobody typed anything."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.test import Client

Fields = dict[str, Any]


class _Reader(HTMLParser):
    """Gathers the controls of every form that is sent by POST; the one with most fields is the form of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.here: dict[str, list[str]] | None = None
        self.select = self.area = ""
        self.options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name, value = told.get("name") or "", told.get("value")
        if tag == "form":
            self.here = {} if (told.get("method") or "").lower() == "post" else None
            if self.here is not None:
                self.forms.append(self.here)
        elif self.here is None:
            return
        elif tag == "input" and name and "disabled" not in told:
            kind = told.get("type", "text")
            if kind in ("checkbox", "radio"):
                if "checked" in told:
                    self.add(name, value if value is not None else "on")
            elif kind not in ("submit", "button", "file"):
                self.add(name, value or "")
        elif tag == "textarea" and name:
            self.area = name
            self.add(name, "")
        elif tag == "select":
            self.select, self.options = name, []
        elif tag == "option" and self.select:
            self.options.append((value or "", "selected" in told))

    def handle_data(self, data: str) -> None:
        if self.area and self.here is not None:
            self.here[self.area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.here = None
        elif tag == "textarea":
            self.area = ""
        elif tag == "select" and self.here is not None and self.select:
            chosen = [value for value, is_chosen in self.options if is_chosen] or [v for v, _c in self.options[:1]]
            for value in chosen:
                self.add(self.select, value)
            self.select = ""

    def add(self, name: str, value: str) -> None:
        assert self.here is not None
        self.here.setdefault(name, []).append(value)


def fields_of(answer: Any) -> Fields:
    """What the main form of a page would send as it is shown."""
    reader = _Reader()
    reader.feed(answer.content.decode())
    biggest = max(reader.forms, key=len, default={})
    return {name: values if len(values) > 1 else values[0] for name, values in biggest.items()}


def fill_in(client: Client, url: str, **typed: Any) -> Any:
    """Open a page, type into its form, send it; answers what came."""
    page = client.get(url)
    assert page.status_code == 200, f"{url}: {page.status_code}"
    return client.post(url, {**fields_of(page), **typed})


def date_boxes(name: str, on: Any) -> Fields:
    """A date as typed into its three boxes, in the Thai year."""
    return {f"{name}_d": str(on.day), f"{name}_m": str(on.month), f"{name}_y": str(on.year + 543)}
