"""What is kept for a person hangs on the person, the grants and the day, and on nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.utils import timezone

from casework.access.written import reader_of
from casework.kernel.statements import Text

Written = dict[Any, tuple[str, list[Any]]]


def compared(texts: Mapping[Any, Text]) -> Written:
    """Texts whose parameters can be compared."""
    return {
        name: (text.sql, [getattr(value, "adapted", value) for value in text.parameters])
        for name, text in texts.items()
    }


def hangs_on_nothing_else(person: Any, written: Callable[[Any], Written], assert_num_queries: Any) -> None:
    """Write it from the person and from their grants alone, at two hours of a day, without a question."""
    as_ever, reader = written(person), reader_of(person)
    assert reader is not None
    later = timezone.now() + (timedelta(minutes=-90) if timezone.localtime().hour > 12 else timedelta(minutes=90))
    with assert_num_queries(0), patch("django.utils.timezone.now", return_value=later):
        assert written(reader.as_user()) == as_ever
