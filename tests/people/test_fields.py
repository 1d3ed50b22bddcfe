"""What the field of a phone makes of what people type."""

from __future__ import annotations

import pytest
from django import forms
from django.core.exceptions import ValidationError

from casework.people.fields import PhoneField


def code_of(field: forms.Field, value: object) -> str | None:
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    return caught.value.error_list[0].code


def test_a_phone_is_kept_as_national_digits() -> None:
    assert PhoneField().clean("+66 83 387 5004") == "0833875004"


def test_a_phone_without_digits_is_refused() -> None:
    assert code_of(PhoneField(), "ask the aunt") == "BR-PHONE-1"
