"""The pages of the catalogue: stores, items, and what a kit holds."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms as django_forms
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.access.scopes import may, offices_of
from casework.accounts.models import Office
from casework.accounts.queries import offices_with
from casework.approvals.models import Proposal
from casework.kernel.digits import quantity_text
from casework.stock import forms, proposals, queries
from casework.stock.models import Item, Store
from casework.stock.rights import EDIT, PROPOSE_KIT
from casework.stock.services import catalogue
from casework.stock.states import KitKey
from casework.ui.views import FormPage, PageView

from .stores import LOOK, PROPOSED


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
        return {"shelf_days": 30, "minimum": "0", "is_whole": True, "is_active": True}

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
        kept = {
            name: getattr(item, name)
            for name in ("name_en", "name_th", "name_my", "code", "unit", "unit_th", "unit_my", "shelf_days")
        }
        return kept | {"is_whole": item.is_whole, "minimum": quantity_text(item.minimum), "is_active": item.is_active}

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
