"""Every address of the site, read from the resolver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver


@dataclass(frozen=True)
class Address:
    """A named address, whether it names a row, and its view: the class, or the function."""

    name: str
    has_row: bool
    view: Any

    @property
    def policy(self) -> Any:
        """What the view declares, if anything."""
        return getattr(self.view, "policy", None)

    @property
    def takes(self) -> bool:
        """Whether something can be sent: a view that is a class says so."""
        view = self.view
        return not isinstance(view, type) or (hasattr(view, "post") and "post" in view.http_method_names)


def addresses() -> list[Address]:
    """Every named address of the pages; the API answers by its own rules and has its own tests."""
    return [address for address in _walk(get_resolver(), "") if not address.name.startswith("api:")]


def _walk(resolver: Any, prefix: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", pattern.callback)
            yield Address(f"{prefix}{pattern.name}", bool(pattern.pattern.regex.groups), view)
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _walk(pattern, inner)
