"""The family does not wait for a queue: what no worker has claimed after three seconds is made by the relay.

Each paper is made in a process of its own, so that a paper that runs away takes nothing with it; `move()` decides who
won when a worker comes after all.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from . import queries

log = logging.getLogger(__name__)

MOST_CHILDREN = 2
MOST_SECONDS = 60


@dataclass(frozen=True)
class Child:
    """A process making one paper."""

    process: subprocess.Popen[bytes]
    since: float

    def has_ended(self) -> bool:
        """Whether it is over; one that takes too long is ended."""
        if self.process.poll() is not None:
            return True
        if time.monotonic() - self.since > MOST_SECONDS:
            log.error("process %s took longer than %s seconds over a paper", self.process.pid, MOST_SECONDS)
            self.process.kill()
            self.process.wait()
            return True
        return False


def command_for(document_id: int) -> Sequence[str]:
    """The command that makes one paper."""
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "render_document", str(document_id)]


class DeskPrinter:
    """A duty of the relay: called every second, it never waits."""

    __name__ = "desk printer"

    def __init__(self) -> None:
        self.children: dict[int, Child] = {}

    def __call__(self, now: datetime) -> None:
        """Forget the processes that ended and start one for each paper that waits, two at a time."""
        self.children = {pk: child for pk, child in self.children.items() if not child.has_ended()}
        if len(self.children) >= MOST_CHILDREN:
            return
        for pk in queries.unclaimed(now)[: MOST_CHILDREN * 2]:
            if pk not in self.children and len(self.children) < MOST_CHILDREN:
                process = subprocess.Popen(command_for(pk), stdin=subprocess.DEVNULL)  # noqa: S603
                self.children[pk] = Child(process, time.monotonic())
