"""T12 and the memory of a web process."""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import connections
from django.urls import reverse

from .measure import Figure, browser_of, page

READERS = ("somchai.k", "naw.kham", "thida.oo", "preecha.w")
MOST_MEGABYTES = 200


def figures(seconds: float) -> Iterator[Figure]:
    """List pages a second with one process a core, and what such a process holds in memory."""
    cores = min(os.cpu_count() or 1, 2)
    connections.close_all()
    context = multiprocessing.get_context("fork")
    answers: Any = context.Queue()
    workers = [context.Process(target=_serve, args=(READERS[at], seconds, answers)) for at in range(cores)]
    for worker in workers:
        worker.start()
    told = [answers.get(timeout=seconds * 10 + 60) for _ in workers]
    for worker in workers:
        worker.join()
    total = sum(pages for pages, _memory in told) / seconds
    yield Figure(row="T12", what=f"births lists on {cores} cores", value=total, unit="pages/s", least=200)
    memory = max(memory for _pages, memory in told)
    yield Figure(row="", what="memory of a web process", value=memory, unit="MB", most=MOST_MEGABYTES)


def _serve(username: str, seconds: float, answers: Any) -> None:
    """Answer as many pages as fit into the time."""
    ask = page(browser_of(username), reverse("registration:list"))
    ask()
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        ask()
        count += 1
    answers.put((count, resident_megabytes()))


def apart(act: Callable[[], float]) -> tuple[float, float]:
    """What an act answers in a process of its own, and how many megabytes it held at most."""
    connections.close_all()
    context = multiprocessing.get_context("fork")
    answers: Any = context.Queue()
    process = context.Process(target=lambda: answers.put((act(), _most_megabytes())))
    process.start()
    told = answers.get(timeout=300)
    process.join()
    return told


def _most_megabytes() -> float:
    """The most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def resident_megabytes() -> float:
    """Memory this process holds now; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
