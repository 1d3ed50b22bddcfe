"""T16: how soon a worker takes up a job after its commit, and how many jobs it does, with all processes running."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from django.db import transaction
from django.utils import timezone

from casework.imports.models import ImportRun
from casework.notifications.models import Heartbeat, OutboxRow
from casework.notifications.services import enqueue
from casework.notifications.states import OutboxState

from .measure import Figure, middle, p95

TASK = "imports.check"  # of an import that does not wait for it: nothing is done
MANY = 600
PATIENCE = 60.0  # seconds
LOOK_EVERY = 0.001  # seconds


def figures(times: int) -> Iterator[Figure]:
    """One job after another, then many at once; needs an import that is done."""
    run = ImportRun.rows.filter(state="done").order_by("pk")[0]
    with _processes():
        _wait(lambda: Heartbeat.objects.filter(name__in=["relay", "worker"], beaten_at__gte=_began).count() == 2)
        _done([enqueue(TASK, run.pk).pk])
        starts = [_start(run.pk) for _ in range(times)]
        with transaction.atomic():
            rows = [enqueue(TASK, run.pk).pk for _ in range(MANY)]
        began = time.perf_counter()
        _done(rows)
        rate = MANY / (time.perf_counter() - began)
    yield Figure(row="T16", what="from commit to start, median", value=middle(starts), unit="ms")
    yield Figure(row="T16", what="from commit to start, p95", value=p95(starts), unit="ms", most=15)
    yield Figure(row="T16", what="jobs done by one worker", value=rate, unit="jobs/s", least=150)


_began = timezone.now()


@contextlib.contextmanager
def _processes() -> Iterator[None]:
    """The relay and a worker as a site runs them."""
    commands = (
        [sys.executable, "manage.py", "relay"],
        [
            sys.executable, "-m", "celery", "-A", "casework", "worker", "--concurrency", "1", "--without-gossip",
            "--without-mingle", "-l", "ERROR",
        ],
    )  # fmt: skip
    site = {**os.environ, "CASEWORK_MODE": "demo", "DJANGO_SETTINGS_MODULE": "casework.settings.demo"}
    nothing = subprocess.DEVNULL
    running = [subprocess.Popen(command, env=site, stdout=nothing, stderr=nothing) for command in commands]
    try:
        yield
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=PATIENCE)


def _start(row_id: int) -> float:
    """Milliseconds from the commit of a job to its first try."""
    job = enqueue(TASK, row_id)
    began = time.perf_counter()
    _wait(lambda: OutboxRow.objects.filter(pk=job.pk, tries__gt=0).exists())
    spent = (time.perf_counter() - began) * 1000
    _done([job.pk])
    return spent


def _done(jobs: list[int]) -> None:
    """Wait for the end of jobs that were written one after another; looks seldom, to leave them the processor."""
    undone = OutboxRow.objects.filter(pk__range=(jobs[0], jobs[-1])).exclude(state=OutboxState.DONE)
    _wait(lambda: not undone.exists(), every=LOOK_EVERY * 50)


def _wait(is_so: Callable[[], bool], *, every: float = LOOK_EVERY) -> None:
    """Look again and again. Raises RuntimeError when it takes too long."""
    until = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > until:
            raise RuntimeError("the relay and the worker did not do their jobs")
        time.sleep(every)
