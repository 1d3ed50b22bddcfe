"""Stored files that no row names, such as a crash leaves between the writing of a file and of its row."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.db import models

from casework.documents import store

KEPT_DAYS = 7
"""A row follows its file within minutes; the rest is for who looks into what went wrong."""
log = logging.getLogger(__name__)


def sweep_files(*, now: datetime) -> int:
    """Delete stored files older than a week that no row names; answers how many.

    Where fewer names stand in rows than files would go, nothing is deleted: the database is not the one of these files.
    """
    left_over, named = store.names_before(now - timedelta(days=KEPT_DAYS)), 0
    for name in _names_in_rows():
        left_over.discard(name)
        named += 1
    if len(left_over) > named:
        log.error("%d stored files have no row, more than the %d that have one: none is deleted", len(left_over), named)
        return 0
    for name in left_over:
        store.discard(name)
    log.info("%d stored files that no row named were deleted", len(left_over))
    return len(left_over)


def name_columns() -> list[tuple[type[models.Model], str]]:
    """Columns that hold names of stored files: text called `file` or ending with `_file`."""
    return [
        (model, field.name)
        for model in apps.get_models()
        if not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField) and f"_{field.name}".endswith("_file")
    ]


def _names_in_rows() -> Iterator[str]:
    """Every such name, read at one moment: one that goes from a row to another meanwhile is not missed."""
    first, *others = (
        model._base_manager.exclude(**{name: ""}).order_by().values_list(name, flat=True)
        for model, name in name_columns()
    )
    return first.union(*others, all=True).iterator()
