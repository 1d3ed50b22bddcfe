"""Form fields for the numbers people carry: phones and Thai 13-digit numbers, typed in any digits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casework.kernel.refusals import refuse_errors
from casework.people import identifiers, phones
from casework.ui.fields import refusals_as_errors


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


class ThaiIdField(forms.CharField):
    """A Thai 13-digit number as text with its leading zeros; a wrong length or check digit is refused (BR-ID-1, 3)."""

    width = "w-20"

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, **options)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> str:
        number = identifiers.normalise_thai_id(super().to_python(value))
        if number:
            with refusals_as_errors():
                refuse_errors(identifiers.thai_id_findings(number, field=""))
        return number
