"""The form by which a sample is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.funds.forms.cash import PiecesField
from casework.funds.queries.finance import Place
from casework.funds.rules.samples import USUAL_SIZE
from casework.ui.fields import NameField, PartsDateField


class SampleForm(forms.Form):
    """Which payments, how many, and by which seed."""

    place = forms.ChoiceField(label=_("Office and programme"))
    first_on = PartsDateField(label=_("First day"))
    last_on = PartsDateField(label=_("Last day"))
    size = PiecesField(label=_("How many payments"), max_length=4, initial=str(USUAL_SIZE))
    seed = NameField(
        label=_("Seed"), max_length=40, required=False,
        help_text=_("Such as a number you rolled with dice. Left empty, one is made."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the papers"), choices=[("en", "English"), ("th", "ไทย")])

    def __init__(self, *args: Any, places: Mapping[str, Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(key, place.words) for key, place in places.items()]  # type: ignore[attr-defined]

    def clean_size(self) -> int:
        """A number of payments; what is too many is refused by the rule."""
        return int(str(self.cleaned_data["size"])[:6])
