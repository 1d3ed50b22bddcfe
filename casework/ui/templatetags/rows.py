"""Rows of a list, each drawn once by a template of its own (decision 80)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def drawn(template_name: str, rows: Iterable[Hashable], **more: Hashable) -> SafeString:
    """Draw rows one after the other: the template is given `row` and what is named here, and nothing else.

    Rows are named tuples of plain values. What was drawn of the same values in the same language is taken again.
    """
    language, named = get_language(), tuple(more.items())
    return SafeString("".join([drawing(template_name, language, row, named) for row in rows]))


@lru_cache(maxsize=2_000)
def drawing(template_name: str, language: str | None, row: Hashable, named: tuple[tuple[str, Any], ...]) -> str:
    """What a template draws of a row, kept for the next time."""
    return render_to_string(template_name, {"row": row, **dict(named)})
