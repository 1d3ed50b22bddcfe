"""What papers are called on the screen."""

from __future__ import annotations

from django import template

from casework.documents.kinds import UnknownKind, kind_named

register = template.Library()


@register.filter
def kind_title(key: str) -> str:
    """The kind of a paper in the reader's language; nothing for one whose room is not installed."""
    try:
        return str(kind_named(key).title)
    except UnknownKind:
        return ""
