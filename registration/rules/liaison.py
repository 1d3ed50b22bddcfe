"""What the liaison of a ward is not asked and not told: the status of the parents (birth reference C11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from registration.states import ParentRole

STATUS = ("nationality", "status", "paper_type", "paper_number", "paper_expires", "paper_seen")
"""What of a parent tells of nationality and immigration: what is told, and the papers that show it (C2 and C3)."""
PARENTS = (ParentRole.MOTHER, ParentRole.FATHER)


def status_fields(role: str) -> tuple[str, ...]:
    """The fields of a parent's step that tell of their status."""
    return tuple(f"{role}_{name}" for name in STATUS)


def steps_without_status(data: Mapping[str, Mapping[str, Any]], done: Sequence[str]) -> list[str]:
    """The finished steps of parents in which nobody was asked about their status."""
    return [role.value for role in PARENTS if role in done and not set(status_fields(role)) & set(data.get(role, {}))]
