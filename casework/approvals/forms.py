"""The reason of a decision."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DeclineForm(forms.Form):
    """Why it is declined."""

    reason = forms.CharField(
        label=_("If you decline, say why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person who proposed it reads this."),
    )
