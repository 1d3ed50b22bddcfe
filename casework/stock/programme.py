"""What this room adds: the papers of a store, for those who look after one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import (
    Contribution,
    EventWords,
    NavigationItem,
    SubjectType,
    WorkSource,
    registry,
)

from .documents import KINDS
from .models import SEE, Store
from .papers import PRINT
from .proposals import CONFIRM, CONFIRM_KIT
from .proposals import KINDS as PROPOSALS
from .rights import EDIT, KEEP, PROPOSE, PROPOSE_KIT
from .work import work_sources


@registry.register
class Stock(Contribution):
    """Items, lots and stores."""

    key = "stock"
    label = _("Store")
    icon = "archive"
    document_kinds = KINDS
    rights = {
        SEE: "CSH:A PM:A AUD:A",
        PRINT: "CSH:A PM:A AUD:A",
        KEEP: "CSH:A",
        PROPOSE: "CSH:propose",
        CONFIRM: "PM:A",
        EDIT: "CSH:A PM:A",
        PROPOSE_KIT: "CSH:propose PM:propose",
        CONFIRM_KIT: "PM:A",
    }
    proposal_kinds = PROPOSALS
    row_words = (_("Days before its expiry from which a lot is to be used first"),)
    history_words = {
        "stock.store": _("Store"),
        "stock.item": _("Item"),
        "stock.kit": _("Kit"),
        "stock:stores": _("Stores"),
        "stock:store": _("Store"),
        "stock:store-new": _("New store"),
        "stock:receive": _("Receive a delivery"),
        "stock:transfer": _("Bring to another store"),
        "stock:count": _("Count the store"),
        "stock:write-off": _("Write off"),
        "stock:items": _("Items and kits"),
        "stock:item-new": _("New item"),
        "stock:item": _("Change the item"),
        "stock:kit": _("Change what a kit holds"),
    }
    events = (
        EventWords(action="stock.goods.received", words=_("A delivery was received"), icon="folder-open"),
        EventWords(action="stock.goods.moved", words=_("Goods were brought to another store"), icon="folder-open"),
        EventWords(action="stock.store.counted", words=_("A store was counted"), icon="folder-open"),
        EventWords(action="stock.goods.adjusted", words=_("The books were brought in line with a count"),
                   icon="folder-open"),
        EventWords(action="stock.goods.written-off", words=_("Goods were written off"), icon="folder-open"),
        EventWords(action="stock.store.opened", words=_("A store was opened"), icon="folder-open"),
        EventWords(action="stock.item.saved", words=_("An item was added or changed"), icon="folder-open"),
        EventWords(action="stock.kit.changed", words=_("A kit has a new version"), icon="folder-open"),
    )  # fmt: skip
    navigation = (
        NavigationItem(key="stores", label=_("Stores"), icon="archive", url_name="stock:stores", action=SEE, order=61),
    )
    subject_types = (
        SubjectType(
            key="stock.store",
            visible=lambda user: Store.objects.visible_to(user),
            url=lambda store: reverse("documents:papers", args=["stock.store", store.pk]),
            named=str,
        ),
    )

    def api_routes(self) -> Iterable[tuple[str, Any]]:
        from .api.kits import Kits
        from .api.stores import StockMovements, Stores

        return (("stores", Stores), ("stock-movements", StockMovements), ("kits", Kits))

    def work_sources(self, user: Any, today: date) -> Iterable[WorkSource]:
        """Lots to use first or to write off, and items to order."""
        yield from work_sources(user, today)

    def load_demo(self, world: Any) -> None:
        """Two stores with lots, and what a kit holds."""
        from .demo import load_demo

        load_demo(world)
