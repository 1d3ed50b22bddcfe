"""The forms of the phone: what the desk asks for, and the photo that comes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .states import PaperKind


class PhoneForm(forms.Form):
    """What the phone will photograph; the phone shows this title and nothing else of the record."""

    title = forms.CharField(
        label=_("What is it?"),
        max_length=120,
        help_text=_("In a few words, such as: birth notice, page 1. The phone shows this; write no name."),
    )
    paper_kind = forms.ChoiceField(label=_("Kind"), choices=PaperKind.choices)


class PhotoForm(forms.Form):
    """One photo of a phone, and where the corners of the paper are on it."""

    photo = forms.FileField(
        label=_("Photo of the paper"),
        help_text=_("Lay the paper flat, in good light. Nothing stays on this phone."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    corners = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for the photo in words that say what to do."""
        cleaned = super().clean() or {}
        if not cleaned.get("photo") and not self.errors:
            self.add_error("photo", _("Choose a file or take a photo."))
        return cleaned
