"""Whose address a request came from, when a web server of ours stands in front."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def told_by_proxy(application: Application) -> Application:
    """Take the visitor's address from the web server in front, which replaces what the visitor claims.

    Only for a site that nobody reaches except through that server: else anybody could name any address.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        claimed = environ.get("HTTP_X_FORWARDED_FOR", "")
        if nearest := claimed.rsplit(",", 1)[-1].strip():
            environ["REMOTE_ADDR"] = nearest
        return application(environ, start_response)

    return answer
