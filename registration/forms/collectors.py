"""Forms about who may collect the certificate. They turn text into values; the services decide."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.ui.fields import NameField
from registration import states as s

from .lines import BLANK, Step


class CollectorForm(Step):
    """Somebody who may, or must not, be given the certificate."""

    is_allowed = forms.ChoiceField(
        label=_("May this person collect the certificate?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("May collect it")), ("no", _("Must not be given it"))],
        required=False,
    )
    relation = forms.ChoiceField(
        label=_("How are they related to the child?"), choices=[BLANK, *s.InformantRelation.choices], required=False
    )
    name = NameField(label=_("Name"), max_length=120, required=False)
    reason = NameField(
        label=_("Why not?"), max_length=300, required=False, help_text=_("Seen on this record only, never printed.")
    )
    groups = (("relation", "name"),)
    shown_by = {"reason": "is_allowed=no"}

    def clean_is_allowed(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["is_allowed"])


class TakeOffForm(forms.Form):
    """Why somebody is taken off the list."""

    text = NameField(label=_("Why?"), max_length=300, required=False)
