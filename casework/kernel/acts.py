"""One act, one savepoint: what services write on behalf of one another is kept or undone together (decision 16)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _
from psycopg2.errors import ExclusionViolation, UniqueViolation

from .disk import is_disk_full
from .refusals import Refusal

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

_log = logging.getLogger(__name__)
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


def refusal_of(failed: IntegrityError) -> Refusal | None:
    """What to say where the database keeps a row from being there twice; None where it refused for another reason.

    Each of two people looked before the other had saved, so no rule could say it.
    """
    cause = failed.__cause__
    if not isinstance(cause, UniqueViolation | ExclusionViolation):
        return None
    _log.warning("Saved twice at once: %s", cause.diag.constraint_name)
    told = _("Somebody saved the same at the same moment. Look whether it is there before you save again.")
    return Refusal("E-SAME-MOMENT", "", told)


@contextmanager
def saved_whole() -> Iterator[None]:
    """All that a page writes, or nothing.

    Raises Refusal E-SAME-MOMENT where somebody else saved the same meanwhile, and E-DISK-FULL where there is no room
    for it: what was typed stays on the page.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as failed:
        raise (refusal_of(failed) or failed) from failed
    except (OperationalError, OSError) as failed:
        if not is_disk_full(failed):
            raise
        _log.error("The disk is full: %s", type(failed).__name__)
        told = _("Nothing was saved: the server has no room left. Tell your administrator, and save again later.")
        raise Refusal("E-DISK-FULL", "", told) from failed
