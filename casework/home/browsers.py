"""What a browser calls itself, in the words of people: “Chrome on Windows”; and whether it is too old to be safe."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.core.cache import cache
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ua_parser import parse

from casework.reference.queries import terms

KINDS = frozenset({"Mobile", "WebView", "iOS"})
"""Words about the kind of device that stand beside the name of a browser: Chrome Mobile, Mobile Safari."""
SYSTEMS = {"Mac OS X": "macOS"}
"""Systems that are called otherwise today."""

ENGINES = {"chrome": re.compile(r"Chrome/(\d{1,9})"), "firefox": re.compile(r"Firefox/(\d{1,9})")}
NEVER = re.compile(r"MSIE |Trident/")
"""Internet Explorer, of whatever version."""
WEEK = 7 * 24 * 60 * 60


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


def gets_no_fixes(user_agent: str, on: date) -> bool:
    """Whether a browser is known to get no security fixes any more. One that is not known gets no such word."""
    versions = {name: int(found[1]) for name, engine in ENGINES.items() if (found := engine.search(user_agent))}
    oldest = terms("browsers.", on) if versions else {}
    is_old = any(version < oldest.get(name, 0) for name, version in versions.items())
    return is_old or bool(NEVER.search(user_agent))


@receiver(user_logged_in)
def tell_of_old_browser(request: HttpRequest, user: Any, **_more: Any) -> None:
    """Say once a week to who signs in with such a browser what that means."""
    is_old = gets_no_fixes(request.headers.get("User-Agent", ""), timezone.localdate())
    if is_old and cache.add(f"old-browser:{user.pk}", True, WEEK):
        messages.warning(
            request,
            _(
                "This browser gets no security fixes any more: what you type here could be read by others. Use a newer"
                " one, or ask your administrator for one."
            ),
        )
