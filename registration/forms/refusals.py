"""Forms of a parent's refusal. They turn text into values; the services decide."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.ui.fields import NameField, PartsDateField, needed
from registration import refusal_states as r

from .lines import BLANK, Line, Step


class WayForm(Step):
    """How it goes on, and the next step of the case."""

    other_parent = forms.ChoiceField(
        label=_("What does the other parent say?"), widget=forms.RadioSelect, choices=r.OtherParentSays.choices
    )
    way = forms.ChoiceField(label=_("How does it go on?"), widget=forms.RadioSelect, choices=r.RefusalWay.choices)
    next_step = NameField(label=_("What happens next?"), required=False, max_length=200)
    next_step_on = PartsDateField(label=_("When?"), required=False)


class RefusalForm(WayForm):
    """Who refuses what, why, and who told us."""

    parent = needed(
        forms.ChoiceField(
            label=_("Who refuses?"), widget=forms.RadioSelect, choices=r.RefusingParent.choices, required=False
        )
    )
    what = needed(
        forms.ChoiceField(
            label=_("What is refused?"), widget=forms.RadioSelect, choices=r.Refused.choices, required=False
        )
    )
    because = needed(forms.ChoiceField(label=_("Why?"), choices=[BLANK, *r.RefusedBecause.choices], required=False))
    words = needed(
        NameField(label=_("In the parent’s words"), required=False, max_length=300), r.RefusedBecause.OTHER.label
    )
    heard_from = forms.ChoiceField(label=_("Who told us?"), widget=forms.RadioSelect, choices=r.HeardFrom.choices)
    refused_on = PartsDateField(label=_("On"))
    field_order = [
        "parent", "what", "because", "words", "heard_from", "refused_on", "other_parent", "way", "next_step",
        "next_step_on",
    ]  # fmt: skip
    groups = (("because", "words"),)

    def asked_lines(self) -> list[Line]:
        """Who refuses and what: what it means is shown below."""
        return self.lines()[:2]

    def other_lines(self) -> list[Line]:
        """Everything after what it means."""
        return self.lines()[2:]


class RefusalEndForm(forms.Form):
    """How a refusal ended."""

    state = needed(forms.ChoiceField(
        label=_("How did it end?"), widget=forms.RadioSelect, required=False,
        choices=[(value, label) for value, label in r.RefusalState.choices if value != r.RefusalState.OPEN],
    ))  # fmt: skip
    ended_text = needed(
        NameField(label=_("In a few words"), required=False, max_length=300), r.RefusalState.SOLVED.label
    )
    ended_on = PartsDateField(label=_("On"))
