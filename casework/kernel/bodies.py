"""What a body says of itself, before anything reads it: a kind that cannot be read would be an error of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.http import parse_header_parameters

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
UNKNOWN = "application/octet-stream"


def with_readable_kind(application: Application) -> Application:
    """Take a body for bytes of no kind where its Content-Type, or the letters it names, cannot be read.

    Django reads it while it makes the request, so no page of ours could refuse it: whoever sent
    `charset*=nonsense''x` got an error, signed in or not. As bytes it is no form, and refused like one without a token.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not _is_readable(environ.get("CONTENT_TYPE", "")):
            environ["CONTENT_TYPE"] = UNKNOWN
        return application(environ, start_response)

    return answer


def _is_readable(kind: str) -> bool:
    try:
        _name, told = parse_header_parameters(kind)
        bytes(4).decode(told.get("charset", "utf-8"))  # four are a letter in every coding; of none Python asks none
    except (LookupError, ValueError):
        return False
    return True
