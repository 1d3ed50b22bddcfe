"""Work in a copy of the process: its answer comes back, so does what it raised, and it never outlives its block."""

from __future__ import annotations

import os
import time

import pytest

from casework.kernel.beside import beside


def test_answer_comes_from_another_process() -> None:
    with beside(os.getpid) as told:
        assert told() != os.getpid()


def test_what_the_copy_raised_is_raised_here() -> None:
    def fail() -> None:
        raise KeyError("phone")

    with beside(fail) as told, pytest.raises(KeyError, match="phone"):
        told()


def test_copy_nobody_waits_for_ends_with_the_block() -> None:
    began = time.monotonic()
    with pytest.raises(ZeroDivisionError), beside(lambda: time.sleep(60)):
        raise ZeroDivisionError
    assert time.monotonic() - began < 30
