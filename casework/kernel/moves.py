"""The one way a row changes its state."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .refusals import Conflict

Edges = Mapping[str, Set[str]]
Row = TypeVar("Row", bound=models.Model)


class TransitionNotAllowed(Conflict):
    """The row's table of states has no such edge."""

    def __init__(self, source: str, target: str) -> None:
        super().__init__("E-STATE", "", _("This has changed since you opened it. Look at it again and retry."))
        self.source, self.target = source, target


def move(row: Row, target: str, *, state_field: str = "state", **facts: Any) -> Row:
    """Write state and facts in one UPDATE that holds only where the stored state has an edge to target in EDGES.

    The row's own copy is brought up to date. Raises TransitionNotAllowed when there is no such edge.
    """
    model = type(row)
    tables: Mapping[str, Edges] = getattr(model, "EDGES", {})
    sources = [source for source, targets in tables.get(state_field, {}).items() if target in targets]
    changes = {state_field: target, **facts}
    if any(f.name == "version" for f in model._meta.fields):
        changes["version"] = models.F("version") + 1
    if not model._base_manager.filter(pk=row.pk, **{f"{state_field}__in": sources}).update(**changes):
        stored = model._base_manager.values_list(state_field, flat=True).get(pk=row.pk)
        raise TransitionNotAllowed(stored, target)
    row.refresh_from_db()
    return row
