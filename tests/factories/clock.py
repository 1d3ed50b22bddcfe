"""The moment of the tests, where it must be a certain one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.utils import timezone


class Clock:
    """The moment, which a test moves on."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now

    def pass_by(self, **time: float) -> None:
        self.now += dt.timedelta(**time)


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Do at a moment what is done before the patches of a test, such as to make the rows of a module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: moment)
        yield
