"""The pages of those who look after a store: what lies there, what comes, goes, is counted and written off."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django import forms as django_forms
from django.db import models
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.access.scopes import may, offices_of
from casework.accounts.models import Office
from casework.accounts.queries import offices_with
from casework.approvals.models import Proposal
from casework.kernel.digits import quantity_text, row_number
from casework.ui.paging import NewestFirst
from casework.ui.views import FormPage, PageView, RowForm, RowPage

from . import forms, proposals, queries
from .models import SEE, Item, Movement, StockCount, Store
from .papers import PRINT
from .rights import EDIT, KEEP, PROPOSE, PROPOSE_KIT
from .services import catalogue, receiving
from .states import KitKey

LOOK = Policy(action=SEE)
MOVEMENTS_PER_PAGE = 25
PROPOSED = _("Proposed. It holds as soon as a second person confirms it.")


def new_key(what: str) -> str:
    """The key of an act; that one form is one act is seen to by the form's own key."""
    return f"{what}-{uuid.uuid4().hex}"


class Stores(PageView):
    """Every store the person looks after, with the way to its page and its papers."""

    policy = LOOK
    template_name = "stock/stores.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            stores=queries.stores_of(self.user, self.today), may_edit=may(self.user, EDIT) is not None,
            may_print=may(self.user, PRINT) is not None, **kwargs,
        )  # fmt: skip


class StorePage(RowPage):
    """One store: what lies there by lot, and what came and went, the newest first."""

    policy = LOOK
    model: ClassVar[type[models.Model]] = Store
    row_name = "store"
    template_name = "stock/store.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = queries.Lying(self.row, self.request.GET.get("show", ""), self.request.GET.get("q", ""), self.today)
        movements = Movement.objects.visible_to(self.user).filter(store=self.row)
        listed = movements.select_related("lot__item", "by", "confirmed_by").order_by("-pk")
        here, waiting = {"office_id": self.row.office_id}, queries.waiting_count(self.row)
        return super().get_context_data(
            found=found,
            page=NewestFirst(listed, MOVEMENTS_PER_PAGE).get_marked_page(self.request.GET),
            waiting=waiting,
            may_open=waiting is not None
            and (waiting.proposed_by_id == self.user.pk or may(self.user, proposals.CONFIRM, **here) is not None),
            counted=self.row.counts.select_related("created_by").first(),
            may_keep=may(self.user, KEEP, **here) is not None,
            may_propose=may(self.user, PROPOSE, **here) is not None,
            may_print=may(self.user, PRINT, **here) is not None,
            **kwargs,
        )


class StoreForm(RowForm):
    """A form about one store, drawn by one template."""

    policy = Policy(action=KEEP)
    model: ClassVar[type[models.Model]] = Store
    row_name = "store"
    template_name = "stock/form.html"
    title: ClassVar[Any] = ""
    verb: ClassVar[Any] = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=self.title, verb=self.verb, sub=str(self.row), back=self.get_success_url(), **kwargs
        )

    def get_success_url(self) -> str:
        return reverse("stock:store", args=[self.row.pk])


class Receive(StoreForm):
    """A delivery comes in."""

    form_class = forms.ReceiveForm
    title = _("Take in a delivery")
    verb = _("Take it in")
    success_message = _("Taken in.")

    def save(self, form: django_forms.Form) -> Movement:
        return receiving.receive(
            store=self.row, key=new_key("receive"), by=self.user, now=timezone.now(), **form.cleaned_data
        )


class LotForm(StoreForm):
    """A form about one lot of the store, which the address may name."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"lots": queries.lots_in(self.row, self.today)}

    def get_initial(self) -> dict[str, Any]:
        return {"lot": str(row_number(self.request.GET.get("lot")) or "")}


class Transfer(LotForm):
    """Things go to another store of the person's offices."""

    form_class = forms.TransferForm
    title = _("Bring to another store")
    verb = _("Write it down")
    success_message = _("Written down in both stores.")

    def get_form_kwargs(self) -> dict[str, Any]:
        own = Store.objects.visible_to(self.user).filter(office__in=offices_of(self.user, KEEP), is_active=True)
        return super().get_form_kwargs() | {"stores": own.exclude(pk=self.row.pk)}

    def save(self, form: Any) -> Any:
        told = form.cleaned_data
        return receiving.transfer(
            lot=form.chosen, quantity=told["quantity"], source=self.row, target=told["target"], reason=told["reason"],
            key=new_key("transfer"), by=self.user, now=timezone.now(),
        )  # fmt: skip


class WriteOff(LotForm):
    """Propose that something is of no use any more."""

    policy = Policy(action=PROPOSE)
    form_class = forms.WriteOffForm
    title = _("Write off")
    verb = _("Ask a second person to confirm")
    success_message = PROPOSED

    def save(self, form: Any) -> Proposal:
        told = form.cleaned_data
        return proposals.propose_write_off(
            store=self.row, lot=form.chosen, quantity=told["quantity"], cause=told["cause"], reason=told["reason"],
            by=self.user, now=timezone.now(),
        )  # fmt: skip

    def after(self, result: Proposal) -> str:
        return reverse("approvals:proposal", args=[result.pk])


class Count(StoreForm):
    """Count what lies in the store."""

    policy = Policy(action=PROPOSE)
    form_class = forms.CountForm
    template_name = "stock/count.html"
    title = _("Count the store")
    verb = _("Save the count")
    success_message = _("The count is saved. What differs from the books waits for a second person.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"lots": queries.lots_in(self.row, self.today)}

    def save(self, form: Any) -> StockCount:
        return proposals.count_store(
            store=self.row, found=form.found, reasons=form.reasons, by=self.user, now=timezone.now()
        )


class CatalogueForm(FormPage):
    """A form about a store or an item."""

    policy = Policy(action=EDIT)
    template_name = "stock/form.html"
    title: ClassVar[Any] = ""
    verb: ClassVar[Any] = _("Save")
    success_message = _("Saved.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=self.title, verb=self.verb, back=self.get_success_url(), **kwargs)

    def get_success_url(self) -> str:
        return reverse("stock:items")


class NewStore(CatalogueForm):
    """Open a store of an office."""

    form_class = forms.StoreForm
    title = _("New store")

    def get_form_kwargs(self) -> dict[str, Any]:
        offices = Office.objects.filter(pk__in=offices_of(self.user, EDIT), is_active=True)
        return super().get_form_kwargs() | {"offices": offices}

    def save(self, form: django_forms.Form) -> Store:
        facts = dict(form.cleaned_data)
        return catalogue.open_store(office=facts.pop("office"), facts=facts, by=self.user, now=timezone.now())

    def get_success_url(self) -> str:
        return reverse("stock:stores")


class Items(PageView):
    """Every item, and what the kits hold."""

    policy = LOOK
    template_name = "stock/items.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            items=list(Item.objects.order_by("-is_active", "name_en")),
            kits=queries.kits_shown(self.today),
            may_edit=may(self.user, EDIT) is not None,
            may_propose=may(self.user, PROPOSE_KIT) is not None,
            **kwargs,
        )


class NewItem(CatalogueForm):
    """Add an item."""

    form_class = forms.ItemForm
    title = _("New item")

    def get_initial(self) -> dict[str, Any]:
        return {"shelf_days": 30, "minimum": "0", "is_active": True}

    def save(self, form: django_forms.Form) -> Item:
        return catalogue.save_item(item=None, facts=form.cleaned_data, by=self.user, now=timezone.now())


class ChangeItem(CatalogueForm):
    """Change an item."""

    form_class = forms.ItemForm
    title = _("Change the item")
    shows_stored = True

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        found = Item.objects.filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.item = found

    def get_initial(self) -> dict[str, Any]:
        item = self.item
        kept = {name: getattr(item, name) for name in ("name_en", "name_th", "name_my", "code", "unit", "shelf_days")}
        return kept | {"minimum": quantity_text(item.minimum), "is_active": item.is_active}

    def save(self, form: django_forms.Form) -> Item:
        return catalogue.save_item(item=self.item, facts=form.cleaned_data, by=self.user, now=timezone.now())


class ChangeKit(FormPage):
    """Propose what a kit holds from a day on."""

    policy = Policy(action=PROPOSE_KIT)
    form_class = forms.KitForm
    template_name = "stock/kit_form.html"
    success_message = PROPOSED

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        if kwargs["key"] not in KitKey.values:
            raise Http404
        self.kit = KitKey(kwargs["key"])

    def get_initial(self) -> dict[str, Any]:
        return {"valid_from": self.today}

    def get_form_kwargs(self) -> dict[str, Any]:
        held = [] if self.request.method == "POST" else queries.held_by(self.kit)
        return super().get_form_kwargs() | {"items": Item.objects.filter(is_active=True), "held": held}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.get_form())
        return super().get_context_data(kit=self.kit, rows=kwargs["form"].rows, back=reverse("stock:items"), **kwargs)

    def save(self, form: Any) -> Proposal:
        told = form.cleaned_data
        return proposals.propose_kit(
            key=self.kit, valid_from=told["valid_from"], source=told["source"], needs=form.needs(), by=self.user,
            office=offices_with(offices_of(self.user, PROPOSE_KIT))[0], now=timezone.now(),
        )  # fmt: skip

    def after(self, result: Proposal) -> str:
        return reverse("approvals:proposal", args=[result.pk])
