"""The stores a person looks after, with what lies in them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from .models import Store


def stores_of(user: Any) -> QuerySet[Store]:
    """The stores with their offices, and how many items lie in each."""
    rows: QuerySet[Store] = Store.objects.visible_to(user)
    lying = Count("balances__lot__item", filter=Q(balances__quantity__gt=0), distinct=True)
    return (
        rows.filter(is_active=True).select_related("office").annotate(items=lying).order_by("office__code", "name_en")
    )
