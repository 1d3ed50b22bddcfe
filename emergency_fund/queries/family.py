"""The family a request is for, as its forms need it."""

from __future__ import annotations

from typing import Any

from casework.people.models import Family, FamilyMember


def members_of(family: Family | None) -> list[FamilyMember]:
    """Who lives in the family now, with their names; of no family nobody."""
    if family is None:
        return []
    rows: Any = FamilyMember.rows.filter(family=family, until_on__isnull=True, person__merged_into__isnull=True)
    return list(rows.select_related("person").prefetch_related("person__names").order_by("pk"))
