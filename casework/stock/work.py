"""What of the stores waits for those who keep them: lots to use first or to write off, items to order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casework.access.scopes import may, offices_of
from casework.programmes.contributions import WorkItem, WorkSource
from casework.reference.queries import day_after

from .models import Balance, Store
from .queries import SOON, stores_below
from .rights import KEEP


def work_sources(user: Any, today: date) -> Iterator[WorkSource]:
    """How many lots expire soon or are too old, and how many stores have too little, each as one thing to do."""
    if may(user, KEEP) is None:
        return
    offices = offices_of(user, KEEP)
    soon = day_after(today, SOON)
    old = Balance.rows.filter(store__office__in=offices, quantity__gt=0, lot__expires_on__lt=soon)
    yield WorkSource(rows=old.order_by(), is_one=True, item=_expiring)
    yield WorkSource(rows=stores_below(Store.rows.filter(office__in=offices, is_active=True)), is_one=True, item=_low)


def _expiring(facts: Mapping[str, Any]) -> WorkItem:
    n = facts["n"]
    return WorkItem(
        key="stock-expiring", title=_("Goods that expire soon or are too old"), verb=_("Look"), icon="archive",
        due_on=None, url=reverse("stock:stores"), note=ngettext("%(n)d lot", "%(n)d lots", n) % {"n": n},
    )  # fmt: skip


def _low(facts: Mapping[str, Any]) -> WorkItem:
    n = facts["n"]
    return WorkItem(
        key="stock-low", title=_("Goods to order: below the minimum"), verb=_("Look"), icon="archive", due_on=None,
        url=reverse("stock:stores"), note=ngettext("%(n)d store", "%(n)d stores", n) % {"n": n},
    )  # fmt: skip
