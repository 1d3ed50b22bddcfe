"""What the fields for phones and 13-digit numbers make of what people type."""

from __future__ import annotations

import pytest
from django import forms
from django.core.exceptions import ValidationError

from casework.people.fields import PhoneField, ThaiIdField


def code_of(field: forms.Field, value: object) -> str | None:
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    return caught.value.error_list[0].code


def test_a_phone_is_kept_as_national_digits() -> None:
    assert PhoneField().clean("+66 83 387 5004") == "0833875004"


def test_a_phone_without_digits_is_refused() -> None:
    assert code_of(PhoneField(), "ask the aunt") == "BR-PHONE-1"


def test_a_thai_number_keeps_its_leading_zero() -> None:
    assert ThaiIdField().clean("0-0631-63726-51-8") == "0063163726518"


@pytest.mark.parametrize(("typed", "code"), [("12345", "BR-ID-1"), ("1101700207031", "BR-ID-3")])
def test_a_wrong_thai_number_is_refused(typed: str, code: str) -> None:
    assert code_of(ThaiIdField(), typed) == code
