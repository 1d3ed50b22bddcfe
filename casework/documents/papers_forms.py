"""The form of a paper."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class TakeBackForm(forms.Form):
    """Why a paper is no longer valid."""

    reason = forms.CharField(
        label=_("Why is it no longer valid?"),
        max_length=300,
        help_text=_("The reason stays in the history. Whoever looks up the code of the paper does not read it."),
    )
