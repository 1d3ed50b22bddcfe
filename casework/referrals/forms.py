"""Forms of referrals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.ui.fields import NameField, needed

from .models import Service
from .states import REFERRAL_EDGES, ReferralState, ServiceKind, Urgency

SHARED_CHOICES = (
    ("name", _("The child’s name")),
    ("birth", _("Date of birth")),
    ("sex", _("Sex")),
    ("mother", _("The mother’s name")),
    ("phone", _("Phone, if it is safe to call")),
    ("papers", _("Which papers there are")),
)


class ReferralForm(forms.Form):
    """Ask a service."""

    kind = forms.ChoiceField(label=_("What for?"), choices=ServiceKind.choices)
    service = forms.ModelChoiceField(label=_("Service"), queryset=Service.objects.none())
    urgency = forms.ChoiceField(
        label=_("How urgent?"), choices=Urgency.choices, widget=forms.RadioSelect, initial=Urgency.TWO_WEEKS
    )
    reason = needed(NameField(label=_("What is asked of the service?"), required=False, max_length=300))
    shared_fields = needed(
        forms.MultipleChoiceField(
            label=_("What is the service told?"),
            choices=SHARED_CHOICES,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=["name", "birth"],
        )
    )
    override_reason = needed(
        NameField(
            label=_("Without consent: why must it be?"),
            required=False,
            max_length=300,
        ),
        _("sharing without consent"),
    )

    def __init__(self, *args: Any, may_override: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_override:
            del self.fields["override_reason"]
        services = Service.objects.filter(is_active=True)
        self.fields["service"].queryset = services  # type: ignore[attr-defined]
        if not services.exists():
            self.fields["service"].help_text = _(
                "No service is listed yet. A supervisor adds those of your area under Settings, Reference data."
            )


class AnswerForm(forms.Form):
    """What the service said."""

    answer = forms.ChoiceField(
        label=_("What did the service say?"),
        widget=forms.RadioSelect,
        choices=[
            ("accepted", _("Accepted")),
            ("declined", _("Declined")),
            ("completed", _("Done")),
            ("cancelled", _("We take it back")),
        ],
    )
    text = NameField(label=_("In a few words"), required=False, max_length=300)

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        """Only what can follow where the referral stands."""
        super().__init__(*args, **kwargs)
        answer, follows = self.fields["answer"], REFERRAL_EDGES.get(ReferralState(state), ())
        answer.choices = [choice for choice in answer.choices if choice[0] in follows]  # type: ignore[attr-defined]
        asked = tuple(words for key, words in answer.choices if key != ReferralState.ACCEPTED)  # type: ignore[attr-defined]
        self.fields["text"] = needed(self.fields["text"], *asked)
