"""What a browser calls itself, in the words of people: “Chrome on Windows”."""

from __future__ import annotations

from django.utils.translation import gettext as _
from ua_parser import parse

KINDS = frozenset({"Mobile", "WebView", "iOS"})
"""Words about the kind of device that stand beside the name of a browser: Chrome Mobile, Mobile Safari."""
SYSTEMS = {"Mac OS X": "macOS"}
"""Systems that are called otherwise today."""


def browser_words(user_agent: str) -> str:
    """Name the browser and its system; what is not known is an unknown browser."""
    found = parse(user_agent)
    name = " ".join(word for word in found.user_agent.family.split() if word not in KINDS) if found.user_agent else ""
    if not name:
        return _("Unknown browser")
    if not found.os:
        return name
    return _("%(browser)s on %(system)s") % {
        "browser": name,
        "system": SYSTEMS.get(found.os.family, found.os.family),
    }
