"""Python's search for garbage: seldom in a process that answers pages, and not while very many objects are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No search for garbage meanwhile: large files and long papers make millions of objects that all go at the end."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def collect_seldom() -> None:
    """What is loaded by now stays until the end of the process, so it is not looked through again and again.

    A page leaves thousands of objects behind, of which few go in circles: a search for them every 50,000 is enough,
    and through everything every 1.25 million, some thousand pages, so that a long life does not fill the memory.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 5, 5)
