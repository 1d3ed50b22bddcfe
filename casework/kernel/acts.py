"""One act, one savepoint: what services write on behalf of one another is kept or undone together (decision 16)."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

_is_running: ContextVar[bool] = ContextVar("an act is running", default=False)


def act(service: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """All that a service writes, or nothing; called within another act, it is a part of that one.

    An act that catches the refusal of a service within it, and goes on, calls it in a `transaction.atomic()` block;
    without one the database refuses whatever it writes afterwards.
    """

    @wraps(service)
    def whole(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        is_part = _is_running.get()
        token = _is_running.set(True)
        try:
            with transaction.atomic(savepoint=not is_part):
                return service(*args, **kwargs)
        finally:
            _is_running.reset(token)

    return whole
