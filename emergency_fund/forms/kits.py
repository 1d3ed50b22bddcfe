"""Forms of a kit: from which store, how much of the list is handed over, what of it came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.kernel.digits import quantity_text
from casework.stock.fields import QuantityField
from casework.stock.models import Item, Store
from casework.stock.wording import lot_words
from casework.ui.fields import NameField, ask_day, needed
from emergency_fund.models import PickedItem
from emergency_fund.queries.kits import Given, Swap

from .paying import PayForm


class PickForm(forms.Form):
    """The store that packs the kit."""

    store = forms.ChoiceField(label=gettext_lazy("Store"), widget=forms.RadioSelect)
    on = ask_day(gettext_lazy("Handed over on"))

    def __init__(self, *args: Any, stores: Sequence[Store], short: Mapping[int, Sequence[Item]], **kwargs: Any) -> None:
        """`short` says by the store's id of which items too little lies there."""
        super().__init__(*args, **kwargs)
        self.stores = {str(store.pk): store for store in stores}
        named = [(key, _with_stock(store, short.get(store.pk, ()))) for key, store in self.stores.items()]
        self.fields["store"].choices = named  # type: ignore[attr-defined]
        if len(self.stores) == 1:
            self.fields["store"].initial = next(iter(self.stores))

    @property
    def chosen(self) -> Store:
        """The store."""
        return self.stores[self.cleaned_data["store"]]


def _with_stock(store: Store, short: Sequence[Item]) -> str:
    """A store, and what of the kit it has too little of."""
    items = ", ".join(str(item) for item in short)
    return _("%(store)s, too little: %(items)s") % {"store": store, "items": items} if short else str(store)


class SwapForm(forms.Form):
    """Another lot for one row of the pick list, and why."""

    swap = forms.ChoiceField(label=gettext_lazy("Take instead"), widget=forms.RadioSelect)
    reason = needed(NameField(
        label=gettext_lazy("Why not the lot that expires first"), max_length=200, required=False,
        help_text=gettext_lazy("In a sentence, such as: its boxes are wet. It is printed on the pick list."),
    ))  # fmt: skip

    def __init__(self, *args: Any, swaps: Sequence[Swap], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.swaps = {swap.key: swap for swap in swaps}
        self.fields["swap"].choices = [(key, _swapped(swap)) for key, swap in self.swaps.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Swap:
        """The row and the lot."""
        return self.swaps[self.cleaned_data["swap"]]


def _swapped(swap: Swap) -> str:
    words = {"lot": lot_words(swap.balance.lot), "before": swap.row.lot.number if swap.row.lot else ""}
    return _("%(lot)s, instead of %(before)s") % words


class HandOverForm(PayForm):
    """So much of each row of a pick list, to whom."""

    amount = None  # type: ignore[assignment]  # the goods say it
    on = ask_day(gettext_lazy("Handed over on"))

    def __init__(self, *args: Any, rows: Sequence[PickedItem], **kwargs: Any) -> None:
        super().__init__(*args, sources={}, **kwargs)
        self.rows = rows
        for row in rows:
            left = {"left": quantity_text(row.left), "unit": row.item.unit_for(row.left)}
            self.fields[f"row_{row.pk}"] = QuantityField(
                label=lot_words(row.lot) if row.lot else str(row.item), initial=quantity_text(row.left), required=False,
                is_whole=row.item.is_whole,
                help_text=_with_reason(row, _("Up to %(left)s %(unit)s.") % left),
            )  # fmt: skip

    @property
    def boxes(self) -> list[Any]:
        """The box of each row."""
        return [self[f"row_{row.pk}"] for row in self.rows]

    @property
    def quantities(self) -> dict[int, Decimal]:
        """Row id → how much is handed over; nothing where the box is empty."""
        return {row.pk: self.cleaned_data[f"row_{row.pk}"] or Decimal(0) for row in self.rows}


def _with_reason(row: PickedItem, hint: str) -> str:
    told = []
    if row.stands_for is not None:
        told.append(_("Stands in for %(item)s.") % {"item": row.stands_for})
    if row.instead_of is not None:
        words = {"lot": row.instead_of.number, "why": row.reason}
        told.append(_("Instead of %(lot)s: %(why)s") % words)
    return " · ".join((*told, hint))


class GoodsBackForm(forms.Form):
    """So much of what a receipt names came back, and why."""

    def __init__(self, *args: Any, given: Sequence[Given], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given = given
        for one in given:
            left = {"left": quantity_text(one.left), "unit": one.movement.lot.item.unit_for(one.left)}
            self.fields[f"row_{one.movement.pk}"] = QuantityField(
                label=lot_words(one.movement.lot), required=False, help_text=_("Up to %(left)s %(unit)s.") % left,
                is_whole=one.movement.lot.item.is_whole,
            )  # fmt: skip
        self.fields["reason"] = needed(NameField(label=_("Why it came back"), max_length=300, required=False))
        self.fields["on"] = ask_day(_("Came back on"))
        self.fields["is_spoiled"] = forms.BooleanField(
            label=_("It can no longer be given: opened, soiled or damaged"), required=False,
            help_text=_("A second person confirms then that it is written off."),
        )  # fmt: skip

    @property
    def quantities(self) -> dict[int, Decimal]:
        """Movement id → how much came back."""
        told = {one.movement.pk: self.cleaned_data[f"row_{one.movement.pk}"] for one in self.given}
        return {pk: quantity or Decimal(0) for pk, quantity in told.items()}
