"""Forms of a budget: a source, a line, a gift to a line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Office
from casework.funds.queries.budget import programmes_of
from casework.funds.states import Currency, EntryKind
from casework.programmes.contributions import registry
from casework.ui.fields import MoneyField, PartsDateField

GIFTS = (EntryKind.ALLOT, EntryKind.RAISE, EntryKind.LOWER)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("The second person reads this."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class SourceForm(forms.Form):
    """The money of one donor for a time."""

    donor = forms.CharField(label=_("Donor"), max_length=120)
    code = forms.RegexField(
        r"^[A-Z0-9-]{2,20}$",
        label=_("Code"),
        help_text=_("Short, as on the agreement, such as LF-26."),
        error_messages={"invalid": _("Use capital letters, digits and hyphens, at least two.")},
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency.choices)
    ceiling = MoneyField(label=_("What the donor gives"), help_text=_("In the donor’s currency."))
    starts_on = PartsDateField(label=_("First day"), help_text=_("Nothing is paid from it before."))
    ends_on = PartsDateField(label=_("Last day"), help_text=_("Nothing is paid from it after."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self["currency"].value() or Currency.THB
        if chosen != Currency.THB:
            self.fields["ceiling"].in_currency(chosen)  # type: ignore[attr-defined]
        elif not self.is_bound:
            self.fields["ceiling"].unit = ""  # type: ignore[attr-defined]


class LineForm(forms.Form):
    """What a source gives to one office for one programme."""

    office = forms.ModelChoiceField(label=_("Office"), queryset=Office.objects.none())
    kinds = forms.MultipleChoiceField(label=_("Pays for"), widget=forms.CheckboxSelectMultiple)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, help_text=_("Such as Health."))
    name_th = forms.CharField(label=_("Name in Thai"), max_length=80, required=False)
    name_my = forms.CharField(label=_("Name in Burmese"), max_length=80, required=False)
    ceiling = MoneyField(label=_("Ceiling"), help_text=_("In baht."))

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        kinds = registry.gather("aid_kinds")
        self.fields["kinds"].choices = [(kind.key, kind.label) for kind in kinds]  # type: ignore[attr-defined]

    def clean_kinds(self) -> list[str]:
        """The kinds of help of one programme."""
        chosen = self.cleaned_data["kinds"]
        programmes = programmes_of(chosen)
        if len(programmes) > 1:
            raise forms.ValidationError(_("A line pays for the help of one programme. Make two lines."))
        self.cleaned_data["programme"] = programmes.pop()
        return chosen


class GiftForm(forms.Form):
    """Money for a line, or a change of what it has."""

    kind = forms.ChoiceField(
        label=_("What"), choices=[(kind.value, kind.label) for kind in GIFTS], widget=forms.RadioSelect
    )
    amount = MoneyField(label=_("Amount"))
    on = PartsDateField(label=_("Day"), help_text=_("The day of the transfer or the decision."))
    reason = ReasonForm.declared_fields["reason"]

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if currency != Currency.THB:
            words = {"currency": currency}
            told = _("In %(currency)s. It is converted at the rate of the day.") % words
            self.fields["amount"].in_currency(currency)  # type: ignore[attr-defined]
            self.fields["amount"].help_text = told
