"""What papers are called on the screen."""

from __future__ import annotations

import re
from html import unescape

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from casework.documents.kinds import UnknownKind, kind_named
from casework.documents.wording import NAMES
from casework.kernel.digits import to_thai_digits

register = template.Library()

_TEXT = re.compile(r"(?<=>)[^<]+|\A[^<]+")
"""What stands between the tags of a paper."""


@register.filter
def kind_title(key: str) -> str:
    """The kind of a paper in the reader's language; nothing for one whose room is not installed."""
    try:
        return str(kind_named(key).title)
    except UnknownKind:
        return ""


@register.simple_block_tag
def in_digits(content: SafeString, digits: str) -> SafeString:
    """The text of a paper in Thai digits where they are asked for; a number with Latin letters stays as it is."""
    if digits != "thai":
        return content
    return mark_safe(_TEXT.sub(lambda text: escape(to_thai_digits(unescape(text[0]))), content))


@register.filter
def language_name(code: str) -> str:
    """A language of papers in its own letters."""
    return NAMES[code]
