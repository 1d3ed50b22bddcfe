"""Names of people for lists."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from casework.people.models import PersonName


def names_of(person: str) -> ArraySubquery:
    """The names of the person at the end of a path as texts, the main one first, without a query of their own."""
    rows = PersonName.rows.filter(person=OuterRef(person)).order_by("-is_primary", "pk")
    return ArraySubquery(rows.values("full"))
