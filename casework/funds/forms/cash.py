"""Forms of a box of cash: opened, filled, counted by notes and coins, handed on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.funds.states import PIECES
from casework.ui.fields import DigitsField, MoneyField, NameField, PartsDateField, needed

LONGEST_NUMBER = 6
_SIGN_OR_POINT = re.compile(r"[-‐‑−–—.]")


class BoxForm(forms.Form):
    """A new box of an office; its keeper is one of those who pay there."""

    name_en = NameField(label=_("Name in English"), max_length=80, help_text=_("Such as Front desk."))
    name_th = NameField(label=_("Name in Thai"), max_length=80, required=False)
    name_my = NameField(label=_("Name in Burmese"), max_length=80, required=False)
    keeper = forms.ChoiceField(label=_("Keeper"), help_text=_("A cashier of the office, who answers for the box."))

    def __init__(self, *args: Any, keepers: Mapping[str, str], **kwargs: Any) -> None:
        """`keepers`: a key of each person who may keep it in an office → who and where that is."""
        super().__init__(*args, **kwargs)
        self.fields["keeper"].choices = [("", ""), *keepers.items()]  # type: ignore[attr-defined]


class KeeperForm(forms.Form):
    """Who keeps a box from now on."""

    keeper = forms.ModelChoiceField(
        label=_("Keeper"), queryset=User.objects.none(), help_text=_("Count the box together before it is handed on.")
    )

    def __init__(self, *args: Any, keepers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keeper"].queryset = keepers  # type: ignore[attr-defined]


class FillForm(forms.Form):
    """Cash from the bank."""

    amount = MoneyField(label=_("Amount"))
    reference = NameField(label=_("Number of the bank slip"), max_length=60, help_text=_("Or of the cheque."))
    on = PartsDateField(label=_("Day"), help_text=_("On which the money came into the box."))


class BankForm(forms.Form):
    """Cash that was brought back to the bank."""

    amount = MoneyField(label=_("Amount"))
    reference = needed(NameField(label=_("Number of the deposit slip"), max_length=60, required=False))
    on = PartsDateField(label=_("Day"), help_text=_("On which the money went to the bank."))


class RetireForm(forms.Form):
    """Why a box is no longer needed."""

    reason = needed(NameField(
        label=_("Why it is no longer needed"), max_length=300, required=False,
        help_text=_("In a sentence, such as: the desk at the hospital was closed."),
    ))  # fmt: skip


class PiecesField(DigitsField):
    """How many there are, such as of a note or coin: a whole number, in any digits."""

    def to_python(self, value: Any) -> str:
        if _SIGN_OR_POINT.search(value or ""):
            raise ValidationError(
                _("“%(label)s”: write how many there are as a whole number, without sign or point.")
                % {"label": self.label},
                code="E-DIGITS-1",
            )
        return super().to_python(value)


class CountForm(forms.Form):
    """How many there are of each note and coin; an empty box is none."""

    explanation = forms.CharField(
        label=_("Why it differs"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only where it is not what stands in the books. A second person reads this."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for worth in PIECES:
            self.fields[field_of(worth)] = PiecesField(
                label=_words(worth), max_length=LONGEST_NUMBER, required=False,
                widget=forms.TextInput(attrs={"data-adds": "", "data-worth": str(worth)}),
            )  # fmt: skip

    def piece_fields(self) -> Iterator[forms.BoundField]:
        """The boxes of notes and coins, from the largest to the smallest."""
        return (self[field_of(worth)] for worth in PIECES)

    @property
    def pieces(self) -> dict[str, int]:
        """Worth → how many, as it was typed."""
        return {str(worth): int(self.cleaned_data[field_of(worth)] or 0) for worth in PIECES}

    def clean(self) -> dict[str, Any]:
        """Leave each number within what anybody counts by hand."""
        cleaned: dict[str, Any] = super().clean() or {}
        for worth in PIECES:
            if len(cleaned.get(field_of(worth)) or "") > LONGEST_NUMBER - 1:
                self.add_error(field_of(worth), _("That is more than anybody counts by hand. Check the number."))
        return cleaned


def field_of(worth: Decimal) -> str:
    """The name of the box of a note or coin."""
    return f"n{worth}".replace(".", "_")


def _words(worth: Decimal) -> Any:
    return _("%(worth)s baht") % {"worth": f"{worth:,}"}
