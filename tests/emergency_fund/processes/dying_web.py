"""A web process that dies after the commit and before the answer, when it is told to; started by the tests only."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from casework.wsgi import application


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, format: str, *args: Any) -> None:
        return None


def dying(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """What the site answers, which nobody hears."""
    answer = application(environ, start_response)  # committed when it returns (ATOMIC_REQUESTS)
    if environ["REQUEST_METHOD"] == "POST":
        os.kill(os.getpid(), signal.SIGKILL)
    return answer


if __name__ == "__main__":
    port, dies = int(sys.argv[1]), sys.argv[2] == "dies"
    make_server("127.0.0.1", port, dying if dies else application, handler_class=Quiet).serve_forever()
