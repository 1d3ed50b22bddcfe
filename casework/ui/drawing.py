"""Rows of lists, each drawn once as long as it stays the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language


def drawn_rows(
    template_name: str, told: Callable[[Any, date], Any], rows: Iterable[Hashable], today: date, **shown: Hashable
) -> list[SafeString]:
    """Each row as its template draws it, whose context is `row`, which `told` makes of the facts, `today` and `shown`.

    What hangs on nothing but these and the language is kept for the next page that finds the same facts. So `told` and
    the template ask nothing of the database, of the reader or of the clock.
    """
    language, more = get_language(), tuple(shown.items())
    return [_drawn(template_name, told, row, today, language, more) for row in rows]


@lru_cache(maxsize=4_000)  # of a kilobyte or two
def _drawn(
    template_name: str, told: Callable[[Any, date], Any], facts: Hashable, today: date, language: str | None,
    more: tuple[tuple[str, Hashable], ...],
) -> SafeString:  # fmt: skip
    context = {"row": told(facts, today), "today": today, **dict(more)}
    return SafeString(get_template(template_name).render(context))
