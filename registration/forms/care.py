"""Forms for hard births. They turn text into values; the services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.cases.colleagues import colleagues
from casework.ui.fields import NameField, PartsDateField
from registration import states as s

from .lines import YES_NO


class DeathForm(forms.Form):
    """The child died, or was born dead."""

    is_stillbirth = forms.BooleanField(label=_("The child was stillborn"), required=False)
    died_on = PartsDateField(label=_("Died on"), required=False)
    told_by = NameField(label=_("Who told us"), required=False, max_length=120)


class NotifiedForm(forms.Form):
    """When the office was told, and whether the family wants help."""

    birth_notified_on = PartsDateField(label=_("Birth notified on"), required=False)
    death_notified_on = PartsDateField(label=_("Death notified on"), required=False)
    help_answer = forms.ChoiceField(
        label=_("Condolence and help with the funeral"), widget=forms.RadioSelect, choices=s.HelpAnswer.choices
    )


class TakeBackForm(forms.Form):
    """Why the death was a mistake."""

    reason = NameField(label=_("How was the mistake found?"), required=False, max_length=300)


class YoungMotherForm(forms.Form):
    """Spoken to alone, by whom, who decides with her, the report."""

    spoken_alone = forms.ChoiceField(
        label=_("Was she spoken to alone?"), widget=forms.RadioSelect, choices=YES_NO, required=False
    )
    spoken_on = PartsDateField(label=_("Spoken to on"), required=False)
    interpreter = NameField(
        label=_("Interpreter, if any"), required=False, max_length=120, help_text=_("Never the father of the child.")
    )
    consent_by = forms.ChoiceField(
        label=_("Who decides with her?"), widget=forms.RadioSelect, choices=s.MotherConsent.choices
    )
    consent_note = NameField(label=_("In a few words"), required=False, max_length=300)
    reported_on = PartsDateField(label=_("Reported on"), required=False)
    reported_to = NameField(label=_("Reported to"), required=False, max_length=120)

    def clean_spoken_alone(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["spoken_alone"])


class MothersLeadForm(forms.Form):
    """Who leads the mother's own case."""

    lead = forms.ModelChoiceField(
        label=_("Who leads her case?"),
        queryset=User.objects.none(),
        help_text=_("Another worker than that of the child may be better for her."),
    )

    def __init__(self, *args: Any, office_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = colleagues(office_id)  # type: ignore[attr-defined]
