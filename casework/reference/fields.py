"""A place typed by a few letters: the browser offers matches, the server reads the code or the name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from .models import Place
from .places import find_place, place_label


class PlaceInput(forms.TextInput):
    """A text box with a list that the server fills while one types."""

    template_name = "reference/place_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "class": "input", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["options_url"] = reverse_lazy("home:places")
        return context


class PlaceField(forms.CharField):
    """Gives a Place, or None when left empty."""

    widget = PlaceInput

    def prepare_value(self, value: Any) -> Any:
        return place_label(value) if isinstance(value, Place) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text or None

    def clean(self, value: Any) -> Place | None:
        text = super().clean(value)
        if not text:
            return None
        place = find_place(text)
        if place is None:
            raise ValidationError(
                _("“%(label)s”: no place of this name was found. Choose one from the list.") % {"label": self.label},
                code="E-PLACE-1",
            )
        return place
