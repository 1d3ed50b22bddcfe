"""Why help cannot wait for its approval."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class HelpNowForm(forms.Form):
    """The emergency, in words."""

    reason = forms.CharField(
        label=_("What is the emergency?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Those who approve afterwards read this. No names."),
    )  # fmt: skip
