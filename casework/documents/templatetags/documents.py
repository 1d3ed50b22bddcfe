"""What papers are called on the screen."""

from __future__ import annotations

from django import template

from casework.documents.kinds import UnknownKind, kind_named
from casework.documents.wording import NAMES

register = template.Library()


@register.filter
def kind_title(key: str) -> str:
    """The kind of a paper in the reader's language; nothing for one whose room is not installed."""
    try:
        return str(kind_named(key).title)
    except UnknownKind:
        return ""


@register.filter
def language_name(code: str) -> str:
    """A language of papers in its own letters."""
    return NAMES[code]
