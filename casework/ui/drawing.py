"""Rows of lists, each drawn once as long as it stays the same (decision 80)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

Told = Callable[[Any, date], Any]


def as_it_is(row: Any, today: date) -> Any:
    """A row that is in words already."""
    return row


def drawn_rows(
    template_name: str, rows: Iterable[Hashable], today: date, *, told: Told = as_it_is, **shown: Hashable
) -> list[SafeString]:
    """Each row as its template draws it, whose context is `row`, which `told` makes of its facts, `today` and `shown`.

    What hangs on nothing but these and the language is kept for the next page that finds the same facts. So `told` and
    the template ask nothing of the database, of the reader or of the clock, and facts are plain values: text that is
    marked safe would share the drawing of the same text that is not.
    """
    language, more = get_language(), tuple(shown.items())
    return [drawn_row(template_name, told, row, today, language, more) for row in rows]


@lru_cache(maxsize=4_000)  # of a kilobyte or two
def drawn_row(
    template_name: str, told: Told, facts: Hashable, today: date, language: str | None,
    shown: tuple[tuple[str, Hashable], ...],
) -> SafeString:  # fmt: skip
    """One row, drawn in the language of the page and kept."""
    context = {"row": told(facts, today), "today": today, **dict(shown)}
    return SafeString(get_template(template_name).render(context))
