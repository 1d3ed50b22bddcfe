"""Filters of pages that show people's papers."""

from __future__ import annotations

from django import template

from casework.people.identifiers import mask

register = template.Library()


@register.filter
def masked(number: str) -> str:
    """The last three signs of a number; the rest is hidden."""
    return mask(number or "")
