"""Which roles stand above which in approving, and who may stand in for whom; no escalation (day.md 24)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set


def higher_roles(bands: Iterable[Sequence[str]]) -> Mapping[str, frozenset[str]]:
    """Each role that approves → the roles that approve after it in some band, directly or over others."""
    after: dict[str, set[str]] = {}
    for steps in bands:
        for place, role in enumerate(steps):
            after.setdefault(role, set()).update(steps[place + 1 :])
    for middle in after:
        for above in after.values():
            if middle in above:
                above |= after[middle]
    return {role: frozenset(above - {role}) for role, above in after.items()}


def may_stand_in(role: str, own: Set[str], higher: Mapping[str, frozenset[str]]) -> bool:
    """Whether somebody with these roles, wherever they hold them, may act in a step of `role`: the same or a higher."""
    return role in own or bool(higher.get(role, frozenset()) & own)
