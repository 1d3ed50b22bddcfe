"""Look up offices and colleagues."""

from __future__ import annotations

from typing import Any

from .models import Grant, Office


def offices_with(pks: Any) -> list[Office]:
    """Offices in use among the ids, the real ones before the practice one."""
    return sorted(
        Office.objects.filter(pk__in=pks, is_active=True), key=lambda office: (office.kind == "practice", office.code)
    )


def first_office(user: Any, today: Any) -> Office | None:
    """The office of the person's first living grant, for the foot of the side bar."""
    grant = Grant.objects.live(today).filter(user=user).select_related("office").order_by("office__kind", "pk").first()
    return grant.office if grant else None
