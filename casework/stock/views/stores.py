"""The pages of those who look after a store: what lies there, taken in, brought on, counted, written off."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django import forms as django_forms
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.access.scopes import may, offices_of
from casework.approvals.models import Proposal
from casework.kernel.digits import row_number
from casework.stock import forms, proposals, queries
from casework.stock.models import SEE, Movement, StockCount, Store
from casework.stock.papers import PRINT
from casework.stock.rights import EDIT, KEEP, PROPOSE
from casework.stock.services import receiving
from casework.ui.paging import LongList, LongListPage
from casework.ui.views import PageView, RowForm, RowPage

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
        here, waiting = {"office_id": self.row.office_id}, queries.waiting_count(self.row)
        return super().get_context_data(
            found=found,
            page=self.movements(),
            waiting=waiting,
            may_open=waiting is not None
            and (waiting.proposed_by_id == self.user.pk or may(self.user, proposals.CONFIRM, **here) is not None),
            counted=queries.last_count(self.row),
            may_keep=may(self.user, KEEP, **here) is not None,
            may_propose=may(self.user, PROPOSE, **here) is not None,
            may_print=may(self.user, PRINT, **here) is not None,
            **kwargs,
        )

    def movements(self) -> LongListPage:
        """What came and went, the last day first, each with the store on its other side."""
        seen = Movement.objects.visible_to(self.user).filter(store=self.row).order_by("-on", "-pk")
        listed = LongList(seen.select_related("lot__item", "by", "confirmed_by"), MOVEMENTS_PER_PAGE)
        page = listed.get_page(self.request.GET.get("page"))
        queries.name_other_stores(page.object_list)
        return page


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
    title = _("Receive a delivery")
    verb = _("Take it in")
    success_message = _("Received.")

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.today}

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

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"on": self.today}

    def save(self, form: Any) -> Any:
        told = form.cleaned_data
        return receiving.transfer(
            lot=form.chosen, quantity=told["quantity"], source=self.row, target=told["target"], reason=told["reason"],
            on=told["on"], key=new_key("transfer"), by=self.user, now=timezone.now(),
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
