"""Acts in processes of their own: one forked from this one would hold all that was measured before.

Neither this module nor `__main__` may import a model: a fresh process reads them before Django is set up.
"""

from __future__ import annotations

import importlib
import logging
import multiprocessing
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

LONGEST = 300.0


def in_fresh_processes(act: Callable[..., Any], arguments: Sequence[tuple[Any, ...]]) -> list[tuple[Any, float]]:
    """What a function of a module answers to each of these arguments, at the same time, each in a process of its own.

    Beside each answer stands how many megabytes its process held at most. The function is called with a wait for all
    the others as its first argument, for when it is warm.
    """
    context = multiprocessing.get_context("spawn")
    answers: Any = context.Queue()
    ready = context.Barrier(len(arguments))
    processes = [
        context.Process(target=_begin, args=(act.__module__, act.__name__, given, ready, answers))
        for given in arguments
    ]
    for process in processes:
        process.start()
    told = [answers.get(timeout=LONGEST) for _ in processes]
    for process in processes:
        process.join()
    return told


def _begin(module: str, name: str, arguments: tuple[Any, ...], ready: Any, answers: Any) -> None:
    import django

    django.setup()
    logging.disable(logging.INFO)
    act = getattr(importlib.import_module(module), name)
    answer = act(lambda: ready.wait(LONGEST), *arguments)
    answers.put((answer, megabytes("VmHWM")))


def megabytes(kind: str) -> float:
    """Memory this process holds now (VmRSS) or held at most (VmHWM); 0 where the system does not say.

    What `getrusage` calls the most is also that of the process this one was started from.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith(f"{kind}:"))
    return int(line.split()[1]) / 1024
