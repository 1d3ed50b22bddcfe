"""The one way a row changes its state."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any, TypeVar

from django.db import models, transaction
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
    """Lock the row, check the edge in its model's EDGES, write state and facts in one UPDATE.

    The row's own copy is brought up to date. Raises TransitionNotAllowed when the stored state has no edge to target.
    Must run inside a transaction.
    """
    model = type(row)
    tables: Mapping[str, Edges] = getattr(model, "EDGES", {})
    edges = tables.get(state_field, {})
    with transaction.atomic():
        stored = model._base_manager.select_for_update(of=("self",)).values_list(state_field, flat=True).get(pk=row.pk)
        if target not in edges.get(stored, frozenset()):
            raise TransitionNotAllowed(stored, target)
        changes = {state_field: target, **facts}
        if any(f.name == "version" for f in model._meta.fields):
            changes["version"] = models.F("version") + 1
        model._base_manager.filter(pk=row.pk).update(**changes)
    row.refresh_from_db()
    return row
