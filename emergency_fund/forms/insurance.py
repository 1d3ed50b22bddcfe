"""Forms of an insurance: its price, its order, its card, its early end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.reference.models import Facility
from casework.ui.fields import NameField, PartsDateField, needed
from emergency_fund.insurance_states import PolicyState

BLANK = ("", "")
ENDS = (
    (PolicyState.REJECTED, _("The hospital refused it")),
    (PolicyState.CANCELLED, _("It is cancelled")),
)


class QuoteForm(forms.Form):
    """Which insurance, at which hospital, from which day on; the price follows."""

    scheme = forms.ChoiceField(label=_("Insurance"), widget=forms.RadioSelect(attrs={"class": "choices--stack"}))
    hospital = forms.ChoiceField(label=_("Hospital"))
    starts_on = PartsDateField(
        label=_("First day"), help_text=_("The price and the age of the child on this day count.")
    )

    def __init__(
        self, *args: Any, schemes: Sequence[tuple[str, str]], hospitals: Sequence[Facility], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {str(hospital.pk): hospital for hospital in hospitals}
        self.fields["scheme"].choices = schemes  # type: ignore[attr-defined]
        self.fields["hospital"].choices = [BLANK, *((key, str(row)) for key, row in self.by_id.items())]  # type: ignore[attr-defined]
        if not schemes:
            self.fields["scheme"].help_text = _(
                "No insurance has a price. A supervisor adds one under Settings, Reference rows."
            )

    @property
    def chosen_hospital(self) -> Facility:
        """The hospital that was chosen."""
        return self.by_id[self.cleaned_data["hospital"]]


class OrderForm(forms.Form):
    """From which day on it is ordered."""

    starts_on = PartsDateField(
        label=_("First day"), help_text=_("Later than priced, when the decision took long. The last day follows.")
    )


class CardForm(forms.Form):
    """What stands on the card."""

    number = NameField(label=_("Card number"), max_length=40)
    valid_from = PartsDateField(label=_("Valid from"))
    valid_to = PartsDateField(label=_("Valid until"))
    photo = forms.FileField(
        label=_("Photo of the card"), required=False,
        help_text=_("A photo (JPEG, PNG, HEIC) up to 10 MB or a PDF up to 25 MB. It is kept with the papers."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/heic,image/heif,application/pdf"}),
    )  # fmt: skip

    def __init__(self, *args: Any, may_attach: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_attach:
            del self.fields["photo"]


class EndForm(forms.Form):
    """Why it ends before its time."""

    to = forms.ChoiceField(label=_("What happened"), widget=forms.RadioSelect)
    reason = needed(NameField(label=_("In a sentence"), max_length=300, required=False))

    def __init__(self, *args: Any, ends: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(to, words) for to, words in ENDS if to in ends]
        self.fields["to"].choices = known  # type: ignore[attr-defined]
        if len(known) == 1:
            self.initial["to"] = known[0][0]
