"""Text typed on a page whose language is changed: sealed in the session until the page comes back, then dropped."""

from __future__ import annotations

import time

from cryptography.exceptions import InvalidTag
from django.http import HttpRequest

from .sealing import seal, unseal

KEPT_SECONDS = 120
MOST_LETTERS = 200_000
PURPOSE, KEY = "typed-text", "typed"


def keep_typed(request: HttpRequest) -> bool:
    """Keep what the script sends along with a change of language; False when that is nothing or too long.

    The script leaves out files and passwords. The text stands in the session, so it ends with it.
    """
    typed, path = request.POST.get("typed", ""), request.POST.get("next", "")
    if not typed or not path or len(typed) > MOST_LETTERS:
        return False
    request.session[KEY] = {"path": path, "at": int(time.time()), "text": seal(typed, purpose=PURPOSE)}
    return True


def take_typed(request: HttpRequest) -> str:
    """What was typed on this very page before its language changed; it is given once."""
    kept = request.session.get(KEY)
    if request.method != "GET" or not kept or kept["path"] != request.get_full_path():
        return ""
    del request.session[KEY]
    if time.time() - kept["at"] > KEPT_SECONDS:
        return ""
    try:
        return unseal(kept["text"], purpose=PURPOSE)
    except (InvalidTag, ValueError):
        return ""
