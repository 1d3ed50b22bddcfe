"""The web processes: plain sync workers; each one waits for the database with a limit.

Addresses are logged without their query, because searches carry names.
"""

import os
from typing import Any

from django.urls import get_resolver
from gunicorn.glogging import Logger

from casework.kernel.collecting import collect_seldom
from casework.kernel.logs import one_line
from casework.kernel.postgres import install_waiter

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "sync"
timeout = 60
graceful_timeout = 20
max_requests = 5000
max_requests_jitter = 500
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"
loglevel = "warning"
control_socket_disable = True


class OneLine(Logger):
    """Each request is one line, whatever its address holds."""

    def atoms(self, *asked: Any) -> dict[str, Any]:
        told = super().atoms(*asked)
        return told | {"U": one_line(told["U"] or "")}


logger_class = OneLine


def post_fork(server, worker):
    """Wait for the database with a limit, in this web process only."""
    install_waiter()


def post_worker_init(worker):
    """Load every address now, so that nobody's first page waits for it; what is loaded then is not garbage."""
    get_resolver().url_patterns  # noqa: B018  loading is what it is for
    collect_seldom()
