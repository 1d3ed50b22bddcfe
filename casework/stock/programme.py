"""What this room adds: the papers of a store, for those who look after one."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import Contribution, NavigationItem, SubjectType, registry

from .documents import KINDS
from .models import SEE, Store
from .papers import PRINT


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
    }
    history_words = {"stock.store": _("Store"), "stock:stores": _("Stores")}
    navigation = (
        NavigationItem(key="stores", label=_("Stores"), icon="archive", url_name="stock:stores", action=SEE, order=61),
    )
    subject_types = (
        SubjectType(
            key="stock.store",
            visible=lambda user: Store.rows.all().visible_to(user),
            url=lambda store: reverse("documents:papers", args=["stock.store", store.pk]),
            named=str,
        ),
    )
