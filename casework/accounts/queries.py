"""Look up offices and colleagues."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from .models import Office
from .states import OfficeKind


def name_now_of(user: str) -> Any:
    """The name of the user at the end of a path as User.name_now gives it, for a query."""
    if not (get_language() or "en").startswith("th"):
        return F(f"{user}__full_name")
    return Coalesce(NullIf(f"{user}__name_th", Value("")), f"{user}__full_name")


def practice_offices() -> QuerySet[Office, int]:
    """Ids of the offices in which everybody is invented (decision 28)."""
    return Office.objects.filter(kind=OfficeKind.PRACTICE).values_list("pk", flat=True)


def offices_with(pks: Any) -> list[Office]:
    """Offices in use among the ids, the real ones before the practice one."""
    return sorted(
        Office.objects.filter(pk__in=pks, is_active=True), key=lambda office: (office.kind == "practice", office.code)
    )
