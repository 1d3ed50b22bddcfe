"""The form fields of names in every script and of a phone number in any digits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.people import phones
from casework.people.states import Script
from casework.ui.fields import NameField


class PhoneField(forms.CharField):
    """A phone number as digits with the leading zero, or with + and country code; odd numbers are kept as given."""

    width = "w-20"

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, **options)
        self.widget.attrs |= {"inputmode": "tel", "autocomplete": "off"}

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        digits = phones.national_digits(text)
        if text and not digits:
            raise ValidationError(_("Write the phone number in digits, for example 081 234 5678."), code="BR-PHONE-1")
        if digits and not phones.has_possible_length(digits):
            raise ValidationError(phones.IMPOSSIBLE, code="BR-PHONE-2")
        return digits

    def prepare_value(self, value: Any) -> Any:
        return phones.group(value) if isinstance(value, str) and value.isdigit() else value


SCRIPTS = (Script.LATIN, Script.THAI, Script.MYANMAR)
"""Of several names the first of these is the main one."""
NAME_SCRIPTS = (
    (Script.MYANMAR, gettext_lazy("Burmese or Karen script")),
    (Script.LATIN, gettext_lazy("English letters")),
    (Script.THAI, gettext_lazy("Thai letters")),
)


def name_fields(prefix: str) -> dict[str, forms.Field]:
    """One name box per script; none is required by itself."""
    return {f"{prefix}_name_{script}": NameField(label=label, required=False) for script, label in NAME_SCRIPTS}


def names_from(answers: Mapping[str, Any], prefix: str) -> dict[str, str]:
    """Script → name, only those that were written."""
    found = {str(script): answers.get(f"{prefix}_name_{script}") or "" for script in SCRIPTS}
    return {script: text for script, text in found.items() if text}
