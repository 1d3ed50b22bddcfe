"""A frozen database answers with an error instead of holding a web process for ever.

psycopg2 waits inside libpq, which no Python timeout reaches. With a wait callback it asks us to wait, so we can
stop. COPY does not work under it: install it in web processes, never in workers or commands.
"""

from __future__ import annotations

import select
import time

import psycopg2
from psycopg2 import extensions

PATIENCE = 9.0  # seconds for one wait; a page makes one such wait, then short ones, and so ends within 15
IMPATIENCE = 1.0  # seconds for one wait after a wait was in vain, until the database answers again


class Waiter:
    """Waits for the database, less patiently after it failed to answer."""

    def __init__(self, patience: float = PATIENCE, impatience: float = IMPATIENCE) -> None:
        self.patience, self.impatience = patience, impatience
        self.in_vain = False

    def __call__(self, connection: extensions.connection) -> None:
        """Drive the connection until its statement is answered; raises OperationalError when time is up.

        psycopg2 closes the connection when this raises, so nothing waits on it again.
        """
        until = time.monotonic() + (self.impatience if self.in_vain else self.patience)
        while (state := connection.poll()) != extensions.POLL_OK:
            if not _ready(connection.fileno(), state, until - time.monotonic()):
                self.in_vain = True
                raise psycopg2.OperationalError("the database does not answer")
        self.in_vain = False


def _ready(descriptor: int, state: int, seconds: float) -> bool:
    """Say whether the socket became readable or writable, as asked, within that time."""
    poller = select.poll()
    poller.register(descriptor, select.POLLOUT if state == extensions.POLL_WRITE else select.POLLIN)
    return seconds > 0 and bool(poller.poll(seconds * 1000))


def install_waiter() -> None:
    """Let every connection of this process wait with a limit; call it after the fork of a web process."""
    extensions.set_wait_callback(Waiter())
