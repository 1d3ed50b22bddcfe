"""What is kept for a person hangs on the person, the grants and the day, and on nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.utils import timezone

from casework.access.written import reader_of
from casework.kernel.statements import Text

Written = Mapping[Any, Text]


def compared(texts: Written) -> dict[Any, tuple[str, list[Any]]]:
    """Texts whose parameters can be compared."""
    return {
        name: (text.sql, [getattr(value, "adapted", value) for value in text.parameters])
        for name, text in texts.items()
    }


def hangs_on_nothing_else(person: Any, written: Callable[[Any], Written], assert_num_queries: Any) -> None:
    """Write it from the person, from their grants alone, and for anybody with such grants; without a question.

    What is written for anybody at another hour says the same once the ids of the person and the offices are put in.
    """
    as_ever, reader = compared(written(person)), reader_of(person)
    assert reader is not None
    anybody, ids = reader.as_anybody()
    later = timezone.now() + (timedelta(minutes=-90) if timezone.localtime().hour > 12 else timedelta(minutes=90))
    with assert_num_queries(0), patch("django.utils.timezone.now", return_value=later):
        assert compared(written(reader.as_user())) == as_ever
        for_all = written(anybody.as_user())
        assert compared({name: text.about(ids) for name, text in for_all.items()}) == as_ever
