"""The one way a row changes its state, alone or with others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
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
    sources = _sources(model, target, state_field)
    changes = _changes(model, target, state_field, facts)
    if not model._base_manager.filter(pk=row.pk, **{f"{state_field}__in": sources}).update(**changes):
        stored = model._base_manager.values_list(state_field, flat=True).get(pk=row.pk)
        raise TransitionNotAllowed(stored, target)
    row.refresh_from_db()
    return row


def move_all(rows: Sequence[Row], target: str, *, state_field: str = "state", **facts: Any) -> Sequence[Row]:
    """Move several rows of one model at once, inside the caller's transaction: all of them, or none; like move."""
    if not rows:
        return rows
    model = type(rows[0])
    sources = _sources(model, target, state_field)
    mine = model._base_manager.filter(pk__in=[row.pk for row in rows])
    for stored in mine.select_for_update(of=("self",)).order_by("pk").values_list(state_field, flat=True):
        if stored not in sources:
            raise TransitionNotAllowed(stored, target)
    mine.update(**_changes(model, target, state_field, facts))
    now = mine.in_bulk()
    for row in rows:
        for field in model._meta.concrete_fields:
            setattr(row, field.attname, getattr(now[row.pk], field.attname))
    return rows


def _sources(model: type[models.Model], target: str, state_field: str) -> list[str]:
    """The states that have an edge to the target."""
    tables: Mapping[str, Edges] = getattr(model, "EDGES", {})
    return [source for source, targets in tables.get(state_field, {}).items() if target in targets]


def _changes(model: type[models.Model], target: str, state_field: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    has_version = any(f.name == "version" for f in model._meta.fields)
    return {state_field: target, **facts, **({"version": models.F("version") + 1} if has_version else {})}
