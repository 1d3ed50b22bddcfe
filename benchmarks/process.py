"""T12 and the memory of a web process."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

from django.urls import reverse

from casework.kernel.collecting import collect_seldom

from .fresh import in_fresh_processes, megabytes
from .measure import Figure, browser_of, page

READERS = ("somchai.k", "naw.kham", "thida.oo", "preecha.w")
MOST_MEGABYTES = 200


def figures(seconds: float) -> Iterator[Figure]:
    """List pages a second with one process a core, and what such a process holds in memory."""
    cores = min(os.cpu_count() or 1, 2)
    told = in_fresh_processes(answer_lists, [(READERS[at], seconds) for at in range(cores)])
    total = sum(pages for (pages, _memory), _most in told) / seconds
    yield Figure(row="T12", what=f"births lists on {cores} cores", value=total, unit="pages/s", least=200)
    memory = max(memory for (_pages, memory), _most in told)
    yield Figure(row="", what="memory of a web process", value=memory, unit="MB", most=MOST_MEGABYTES)


def answer_lists(all_ready: Callable[[], object], username: str, seconds: float) -> tuple[int, float]:
    """How many pages fit into the time, and the megabytes held at its end."""
    ask = page(browser_of(username), reverse("registration:list"))
    ask()
    collect_seldom()  # as web processes do (casework/gunicorn_conf.py)
    all_ready()
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        ask()
        count += 1
    return count, megabytes("VmRSS")
