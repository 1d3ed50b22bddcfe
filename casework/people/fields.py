"""The form field of a phone number, typed in any digits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casework.people import phones


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
