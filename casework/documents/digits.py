"""Thai digits in the text of a letter whose office wants them (decision 78)."""

from __future__ import annotations

import re
from html import unescape

from django.utils.html import escape

from casework.kernel.digits import to_thai_digits

FOOT_ENDS = "</footer>"
"""Before it stands what every page has at its foot, which is looked up and stays as it is."""

_TEXT = re.compile(r"(?<=>)[^<]+")
"""What stands between the tags of a paper."""


def in_thai_digits(page: str) -> str:
    """The page of a paper with Thai digits in its text; a number with Latin letters stays as it is."""
    foot, ended, text = page.partition(FOOT_ENDS)
    return foot + ended + _TEXT.sub(lambda part: escape(to_thai_digits(unescape(part[0]))), text)
