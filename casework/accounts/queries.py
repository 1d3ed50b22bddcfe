"""Look up offices and colleagues."""

from __future__ import annotations

from typing import Any

from .models import Office


def offices_with(pks: Any) -> list[Office]:
    """Offices in use among the ids, the real ones before the practice one."""
    return sorted(
        Office.objects.filter(pk__in=pks, is_active=True), key=lambda office: (office.kind == "practice", office.code)
    )
