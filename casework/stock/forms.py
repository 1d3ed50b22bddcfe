"""Forms of those who look after a store: what came, what goes elsewhere, what was counted, what is of no use."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.accounts.models import Office
from casework.kernel.digits import quantity_text
from casework.ui.fields import MoneyField, NameField, PartsDateField, WholeNumberField, ask_day, needed

from .fields import QuantityField
from .models import Item, Lot, Store
from .queries import LotShown
from .rules import Need, StandsIn
from .states import Basis, WriteOffCause
from .wording import lot_words

BLANK = ("", "")
MORE_ROWS, MOST_ROWS = 3, 30
MOST_OTHERS = 4
"""How many rows an item of a kit has for what stands in for it, at least; one is always free."""


class ReceiveForm(forms.Form):
    """A delivery of one item."""

    item = forms.ModelChoiceField(label=gettext_lazy("Item"), queryset=Item.objects.filter(is_active=True))
    number = NameField(
        label=gettext_lazy("Lot number"), max_length=40, help_text=gettext_lazy("As printed on the packs.")
    )
    expires_on = PartsDateField(
        label=gettext_lazy("Expires on"), required=False,
        help_text=gettext_lazy("Leave it empty if nothing is printed on the packs."),
    )  # fmt: skip
    quantity = QuantityField(label=gettext_lazy("Quantity"), help_text=gettext_lazy("In the unit of the item."))
    unit_cost = MoneyField(
        label=gettext_lazy("Cost of one"), help_text=gettext_lazy("For one unit. 0 if it was a gift.")
    )
    reference = NameField(
        label=gettext_lazy("Number of the supplier’s paper"), max_length=80, required=False,
        help_text=gettext_lazy("Of the delivery note or the invoice."),
    )  # fmt: skip
    on = ask_day(gettext_lazy("Came on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].label_from_instance = lambda item: f"{item} ({item.unit_now})"  # type: ignore[attr-defined]


class OfLotForm(forms.Form):
    """Base of what is done with so much of one lot of a store."""

    lot = forms.ChoiceField(label=gettext_lazy("Lot"))
    quantity = QuantityField(label=gettext_lazy("Quantity"), help_text=gettext_lazy("In the unit of the item."))

    def __init__(self, *args: Any, lots: Sequence[LotShown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lots = {str(shown.lot.pk): shown.lot for shown in lots}
        told = [(str(shown.lot.pk), self._told(shown)) for shown in lots]
        self.fields["lot"].choices = [BLANK, *told]  # type: ignore[attr-defined]

    def _told(self, shown: LotShown) -> str:
        return f"{lot_words(shown.lot)} · {quantity_text(shown.quantity)} {shown.lot.item.unit_for(shown.quantity)}"

    @property
    def chosen(self) -> Lot:
        """The lot."""
        return self.lots[self.cleaned_data["lot"]]


class TransferForm(OfLotForm):
    """Things go to another store."""

    target = forms.ModelChoiceField(label=gettext_lazy("To which store"), queryset=Store.objects.none())
    reason = NameField(label=gettext_lazy("Reason"), max_length=300, required=False)
    on = ask_day(gettext_lazy("Moved on"))

    def __init__(self, *args: Any, stores: QuerySet[Store], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target: Any = self.fields["target"]
        target.queryset = stores.select_related("office")
        target.label_from_instance = lambda store: f"{store}, {store.office.name_now}"


class WriteOffForm(OfLotForm):
    """What is of no use any more."""

    cause = forms.ChoiceField(
        label=gettext_lazy("Cause"), choices=WriteOffCause.choices, widget=forms.RadioSelect
    )  # fmt: skip
    reason = needed(forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The second person reads this."),
    ))  # fmt: skip


class CountForm(forms.Form):
    """What lies there of each lot; what the books say is not shown, so that it is counted."""

    def __init__(self, *args: Any, lots: Sequence[LotShown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lots = lots
        for shown in lots:
            pk, named = shown.lot.pk, {"lot": lot_words(shown.lot)}
            self.fields[f"found_{pk}"] = QuantityField(label=_("Counted: %(lot)s") % named, required=False)
            self.fields[f"reason_{pk}"] = NameField(
                label=_("Why it differs: %(lot)s") % named, max_length=300, required=False
            )

    @property
    def rows(self) -> list[tuple[LotShown, Any, Any]]:
        """Each lot with its two boxes."""
        return [(shown, self[f"found_{shown.lot.pk}"], self[f"reason_{shown.lot.pk}"]) for shown in self.lots]

    @property
    def found(self) -> dict[int, Decimal]:
        """Lot id → what was counted; a lot whose box is empty was not counted."""
        told = {shown.lot.pk: self.cleaned_data[f"found_{shown.lot.pk}"] for shown in self.lots}
        return {lot: number for lot, number in told.items() if number is not None}

    @property
    def reasons(self) -> dict[int, str]:
        """Lot id → why it differs."""
        return {shown.lot.pk: self.cleaned_data[f"reason_{shown.lot.pk}"] for shown in self.lots}


class StoreForm(forms.Form):
    """A new store of an office."""

    office = forms.ModelChoiceField(label=gettext_lazy("Office"), queryset=Office.objects.none())
    name_en = NameField(label=gettext_lazy("Name in English"), max_length=80)
    name_th = NameField(label=gettext_lazy("Name in Thai"), max_length=80, required=False)
    name_my = NameField(label=gettext_lazy("Name in Burmese"), max_length=80, required=False)

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]


class ItemForm(forms.Form):
    """A thing that is kept in store."""

    name_en = NameField(label=gettext_lazy("Name in English"), max_length=80)
    name_th = NameField(label=gettext_lazy("Name in Thai"), max_length=80, required=False)
    name_my = NameField(label=gettext_lazy("Name in Burmese"), max_length=80, required=False)
    code = forms.SlugField(
        label=gettext_lazy("Code"), max_length=40, help_text=gettext_lazy("Short, such as soap-bath."),
        error_messages={"invalid": gettext_lazy("Use letters without accents, digits and hyphens.")},
    )  # fmt: skip
    unit = NameField(
        label=gettext_lazy("Unit"),
        max_length=20,
        help_text=gettext_lazy("As in a sentence with a number: pieces, g, packs."),
    )
    unit_th = NameField(label=gettext_lazy("Unit in Thai"), max_length=20, required=False)
    unit_my = NameField(label=gettext_lazy("Unit in Burmese"), max_length=20, required=False)
    is_whole = forms.BooleanField(
        label=gettext_lazy("Counted in whole"), required=False,
        help_text=gettext_lazy("Such as pieces, packs or sets: there is no half of one."),
    )  # fmt: skip
    shelf_days = WholeNumberField(
        label=gettext_lazy("Days it must keep"), min_value=0, max_value=3650,
        help_text=gettext_lazy("It is not handed over with fewer days left."),
    )  # fmt: skip
    minimum = QuantityField(
        label=gettext_lazy("Fewest in a store"),
        help_text=gettext_lazy("With fewer, the people of the store are told to order. 0 if it is not watched."),
    )  # fmt: skip
    is_active = forms.BooleanField(label=gettext_lazy("In use"), required=False)


class OtherForm(forms.Form):
    """Another item that stands in for one of the kit, and so much of it for so much."""

    other = forms.ModelChoiceField(label=gettext_lazy("Stands in for it"), queryset=Item.objects.none(), required=False)
    much = QuantityField(label=gettext_lazy("So much of it"), required=False)
    counts_for = QuantityField(label=gettext_lazy("For so much of the item"), required=False)

    def __init__(self, *args: Any, items: QuerySet[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_items(self.fields["other"], items)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in."""
        return all(self.cleaned_data.get(name) is None for name in self.fields)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        missing = [name for name in self.fields if told.get(name) is None]
        if not self.errors and len(missing) < len(self.fields):
            for name in missing:
                self.add_error(name, _("Fill in the whole row, or leave it empty."))
        return told


def name_items(field: Any, items: QuerySet[Item]) -> None:
    """Offer items, each with its unit."""
    field.queryset = items
    field.label_from_instance = lambda item: f"{item} ({item.unit_now})"


class KitRowForm(forms.Form):
    """So much of an item in a kit, and what stands in for it, what is taken first first."""

    item = forms.ModelChoiceField(label=gettext_lazy("Item"), queryset=Item.objects.none(), required=False)
    basis = forms.ChoiceField(label=gettext_lazy("Counted"), choices=[BLANK, *Basis.choices], required=False)
    quantity = QuantityField(label=gettext_lazy("Quantity"), required=False)
    min_age = WholeNumberField(label=gettext_lazy("From age"), min_value=0, max_value=120, required=False)
    max_age = WholeNumberField(label=gettext_lazy("To age"), min_value=0, max_value=120, required=False)

    def __init__(self, *args: Any, items: QuerySet[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_items(self.fields["item"], items)
        held = [
            {"other": one.item_id, "much": quantity_text(one.quantity), "counts_for": quantity_text(one.counts_for)}
            for one in (self.initial or {}).get("stands_in", ())
        ]
        self.others = [
            OtherForm(
                self.data if self.is_bound else None, prefix=f"{self.prefix}-other-{n}", items=items,
                use_required_attribute=False, initial=held[n] if n < len(held) else {},
            )
            for n in range(max(MOST_OTHERS, len(held) + 1))
        ]  # fmt: skip

    @property
    def has_others(self) -> bool:
        """Whether something stands in, or was written there."""
        return any(other.initial or other.errors or (other.is_bound and not other.is_blank) for other in self.others)

    def is_valid(self) -> bool:
        """Whether the row and each of what stands in are."""
        others = [other.is_valid() for other in self.others]
        return super().is_valid() and all(others)

    def stands_in(self) -> tuple[StandsIn, ...]:
        """What stands in for the item."""
        told = [other.cleaned_data for other in self.others if not other.is_blank]
        return tuple(
            StandsIn(item_id=one["other"].pk, quantity=one["much"], counts_for=one["counts_for"]) for one in told
        )

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written in this row."""
        told = self.cleaned_data
        is_empty = not told.get("item") and told.get("quantity") is None
        return is_empty and all(other.is_blank for other in self.others)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if self.errors or self.is_blank:
            return told
        for name in ("item", "basis", "quantity"):
            if told.get(name) in (None, ""):
                self.add_error(name, _("Fill in the whole row, or leave it empty."))
        return told


class KitForm(forms.Form):
    """What a kit holds from a day on."""

    valid_from = PartsDateField(label=gettext_lazy("From which day"), help_text=gettext_lazy("Today or later."))
    source = NameField(
        label=gettext_lazy("Source"), max_length=300,
        help_text=gettext_lazy("Where the quantities come from, such as the Sphere handbook with its year and page."),
    )  # fmt: skip

    def __init__(self, *args: Any, items: QuerySet[Item], held: Sequence[dict[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        count = min(max(len(held) + MORE_ROWS, self._sent()), MOST_ROWS)
        self.rows = [
            KitRowForm(
                self.data if self.is_bound else None, prefix=f"row-{n}", items=items, use_required_attribute=False,
                initial=held[n] if n < len(held) else {},
            )
            for n in range(count)
        ]  # fmt: skip

    def _sent(self) -> int:
        """How many rows were sent."""
        if not self.is_bound:
            return 0
        return max((n + 1 for n in range(MOST_ROWS) if f"row-{n}-item" in self.data), default=0)

    @property
    def parts(self) -> list[forms.Form]:
        """Each row, and what stands in for its item."""
        return [part for row in self.rows for part in (row, *row.others)]

    def is_valid(self) -> bool:
        """Whether the page and each of its rows are."""
        rows = [row.is_valid() for row in self.rows]
        return super().is_valid() and all(rows)

    def needs(self) -> list[Need]:
        """What the kit holds, row by row."""
        told = [(row, row.cleaned_data) for row in self.rows if not row.is_blank]
        return [
            Need(
                item_id=row["item"].pk, basis=row["basis"], quantity=row["quantity"], min_age=row["min_age"],
                max_age=row["max_age"], stands_in=of.stands_in(),
            )
            for of, row in told
        ]  # fmt: skip
