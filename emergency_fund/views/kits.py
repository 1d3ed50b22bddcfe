"""A kit leaves a store: the pick list is made, it is handed over in parts, goods come back."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casework.stock.models import Kit
from casework.stock.queries import kit_on
from casework.stock.rules import Member
from casework.ui.views import RowForm
from emergency_fund.forms.kits import GoodsBackForm, HandOverForm, PickForm, SwapForm
from emergency_fund.models import AssistanceLine, Delivery, DeliveryReturn, PickedItem, PickList
from emergency_fund.queries import kits as queries
from emergency_fund.queries.collectors import collectors_of
from emergency_fund.queries.family import receivers_of
from emergency_fund.rules.deliveries import can_pay
from emergency_fund.rules.kits import can_hand_over_from, can_pay_out, can_take_goods
from emergency_fund.services import kits
from emergency_fund.services.delivering import may_handle

from .paying import CASHIER


class KitLineForm(RowForm):
    """A form about the kit of one line."""

    policy = CASHIER
    model: ClassVar[type[models.Model]] = AssistanceLine
    row_name = "line"

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_pay(self.row.state).insist()
        can_pay_out(self.row.kind, from_store=True).insist()
        may_handle(self.row, self.user, self.today).insist()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=self.get_success_url(), **kwargs)

    def get_success_url(self) -> str:
        return reverse("emergency_fund:pay", args=[self.row.request_id])


class MakePickList(KitLineForm):
    """Choose the store and freeze what the family of today gets."""

    form_class = PickForm
    template_name = "emergency_fund/pick.html"
    success_message = _("The pick list is made. Print it for the store.")

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.today}

    def get_form_kwargs(self) -> dict[str, Any]:
        stores, kit = list(queries.stores_for(self.row.request)), self._kit
        short = queries.short_in(stores, *queries.still_needed(self.row, kit, self._members), self.today) if kit else {}
        return super().get_form_kwargs() | {"stores": stores, "short": short}

    @cached_property
    def _kit(self) -> Kit | None:
        return kit_on(queries.KIT, self.today)

    @cached_property
    def _members(self) -> list[Member]:
        return queries.members_on(self.row.request, self.today)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kit, begun = self._kit, queries.begun_list(self.row)
        counted = begun.counted if begun else queries.counted(self._members)
        return super().get_context_data(
            kit=begun.kit if begun else kit, people=begun.people if begun else len(self._members), begun=begun,
            counted=queries.counted_words(counted), before=queries.list_of(self.row),
            can_pick=queries.can_pick(kit, has_store=self._has_store()), **kwargs,
        )  # fmt: skip

    def _has_store(self) -> bool:
        return queries.stores_for(self.row.request).exists()

    def save(self, form: PickForm) -> PickList:
        return kits.make_pick_list(
            line=self.row, store=form.chosen, on=form.cleaned_data["on"], by=self.user, now=timezone.now()
        )

    def after(self, result: PickList) -> str:
        return reverse("emergency_fund:hand-over", args=[self.row.pk])


class TakeOtherLot(KitLineForm):
    """Pick another lot than the one that expires first, for a reason that is printed."""

    form_class = SwapForm
    template_name = "emergency_fund/swap.html"
    success_message = _("The pick list names the other lot now. Print it again for the store.")
    picked: PickList | None = None

    def admit_loaded(self) -> None:
        super().admit_loaded()
        self.picked = queries.list_of(self.row)
        can_hand_over_from(is_current=self.picked is not None).insist()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"swaps": queries.swaps_of(self.picked, self.today)}

    def save(self, form: SwapForm) -> PickedItem:
        chosen = form.chosen
        return kits.take_other_lot(
            row=chosen.row, lot=chosen.balance.lot, reason=form.cleaned_data["reason"], by=self.user, now=timezone.now()
        )

    def after(self, result: PickedItem) -> str:
        return reverse("emergency_fund:hand-over", args=[self.row.pk])


class HandOver(KitLineForm):
    """Hand over what is packed, or a part of it."""

    form_class = HandOverForm
    template_name = "emergency_fund/hand_over.html"
    success_message = _("Written down, and taken out of the store. Let the receipt be signed.")
    picked: PickList | None = None

    def admit_loaded(self) -> None:
        super().admit_loaded()
        self.picked = queries.list_of(self.row)
        if self.request.method == "POST":
            can_hand_over_from(is_current=self.picked is not None).insist()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.picked is None:
            return HttpResponseRedirect(reverse("emergency_fund:pick", args=[self.row.pk]))
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        turn = self.row.deliveries.count() + 1
        on = self.picked.day_of_lots(self.today) if self.picked and turn == 1 else self.today
        return {"turn": turn, "on": on}

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = [row for row in queries.rows_of(self.picked) if row.lot and row.left]
        return super().get_form_kwargs() | {
            "rows": rows, "members": receivers_of(self.row.request.family, self.today),
            "collectors": collectors_of(self.row.request),
        }  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = queries.rows_of(self.picked)
        return super().get_context_data(
            picked=self.picked, missing=[row for row in rows if row.lot is None], standing_in=queries.standing_in(rows),
            is_packed=any(row.lot and row.left for row in rows),
            has_swaps=bool(queries.swaps_of(self.picked, self.today)),
            counted=queries.counted_words(self.picked.counted) if self.picked else "", **kwargs,
        )  # fmt: skip

    def save(self, form: Any) -> Delivery:
        told, picked = form.cleaned_data, self.picked
        return kits.hand_over_kit(
            picked=picked, quantities=form.quantities, received_by=form.receiver, relation=form.relation,  # type: ignore[arg-type]
            collector=form.collector,
            proof=told["proof"], witness=told["witness"], key=f"line-{self.row.pk}-{told['turn']}", by=self.user,
            now=timezone.now(), on=told["on"],
        )  # fmt: skip

    def after(self, result: Delivery) -> str:
        return f"{reverse('emergency_fund:receipt', args=[result.pk])}?queue=pay"


IN_STORE = _("Written down. The goods lie in the store again.")
SPOILED = _("Written down. A second person confirms that what is spoiled is written off.")


class TakeGoodsBack(RowForm):
    """Goods of a receipt came back into the store."""

    policy = CASHIER
    model: ClassVar[type[models.Model]] = Delivery
    row_name = "delivery"
    form_class = GoodsBackForm
    template_name = "emergency_fund/goods_back.html"

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_take_goods(is_from_store=self.row.pick_list_id is not None).insist()
        may_handle(self.row.line, self.user, self.today).insist()

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.today}

    def get_form_kwargs(self) -> dict[str, Any]:
        given = [one for one in queries.goods_of(self.row) if one.left]
        return super().get_form_kwargs() | {"given": given}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=self.get_success_url(), **kwargs)

    def save(self, form: Any) -> DeliveryReturn:
        key, is_spoiled = f"{self.row.pk}-{self.row.returns.count() + 1}", form.cleaned_data["is_spoiled"]
        came_back = kits.take_goods_back(
            delivery=self.row, quantities=form.quantities, reason=form.cleaned_data["reason"], key=key, by=self.user,
            now=timezone.now(), is_spoiled=is_spoiled, on=form.cleaned_data["on"],
        )  # fmt: skip
        messages.success(self.request, str(SPOILED if is_spoiled else IN_STORE))
        return came_back

    def get_success_url(self) -> str:
        return reverse("emergency_fund:receipt", args=[self.row.pk])
