"""Long reckoning on a second core: a function in a copy of this process, while this one does something else."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

Answer = TypeVar("Answer")


@contextmanager
def beside(work: Callable[[], Answer]) -> Iterator[Callable[[], Answer]]:
    """Begin some work in a copy of this process; gives a function that waits for its answer, or raises what it raised.

    The copy knows all that was known when it began, and nothing of what it changes comes back but the answer. It may
    not use the database or any other connection: those belong to this process. It ends with the block at the latest.

    Forked by hand, because a worker of Celery is not allowed to have processes of `multiprocessing`.
    """
    reader, writer = os.pipe()
    copy = os.fork()
    if not copy:
        _answer(work, writer)
    os.close(writer)
    try:
        with os.fdopen(reader, "rb") as answers:
            yield lambda: _opened(pickle.load(answers))  # noqa: S301  written by our own copy
    finally:
        os.kill(copy, signal.SIGKILL)
        os.waitpid(copy, 0)


def _answer(work: Callable[[], Any], writer: int) -> None:
    """Work, write down what came of it, and end without tidying up what belongs to the first process."""
    try:
        try:
            told = (work(), None)
        except Exception as fault:  # noqa: BLE001  raised again where it is waited for
            told = (None, fault)
        with os.fdopen(writer, "wb") as answers:
            pickle.dump(told, answers)
    finally:
        os._exit(0)


def _opened(told: tuple[Any, Exception | None]) -> Any:
    answer, fault = told
    if fault is not None:
        raise fault
    return answer
