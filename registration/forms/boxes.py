"""The boxes of the intake's steps by name: what a draft keeps of them, and which of them a person fills in."""

from __future__ import annotations

from typing import Any

from .liaison import asked_fields
from .lines import Step


def fields_open_to(user: Any, office_id: int, step: type[Step]) -> tuple[str, ...]:
    """The fields of a step that the person reads and fills in, in drafts of an office."""
    asked = asked_fields(user, office_id, step.key)
    return tuple(step().fields if asked is None else asked)


def boxes_of(step: type[Step], names: tuple[str, ...]) -> tuple[str, ...]:
    """The boxes of these fields: one each, several for a date."""
    boxes: list[str] = []
    fields = step().fields
    for name in names:
        parts = getattr(fields[name].widget, "parts", ())
        boxes += [f"{name}_{part}" for part in parts] or [name]
    return tuple(boxes)
