"""Choices in forms: a place typed by a few letters, hospitals and offices nearby first, the codes of an open list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import OpenList

from . import codes
from .models import Place
from .places import find_place, offer_places, place_label

SEVERAL_PLACES = _("“%(label)s”: several places begin like this. Choose one from the list.")


class PlaceInput(forms.TextInput):
    """A text box with a list that the server fills while one types."""

    template_name = "reference/place_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "class": "input", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["options_url"] = reverse_lazy("home:places")
        context["widget"]["offered"] = offered(str(value or ""))
        return context


def offered(text: str) -> list[str]:
    """What the list holds from the start: the places of a name typed without the code that says which is meant."""
    return [] if "(" in text else [place_label(place) for place in offer_places(text)]


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
            several = offer_places(text).exists()
            words = SEVERAL_PLACES if several else _("“%(label)s”: no place of this name was found. Check its letters.")
            raise ValidationError(words % {"label": self.label}, code="E-PLACE-1")
        return place


class _NearChoices(ModelChoiceIterator):
    """The rows in two groups, those of the provinces nearby first; in one list where either group is empty."""

    def __iter__(self) -> Iterator[Any]:
        field: Any = self.field
        if field.empty_label is not None:
            yield "", field.empty_label
        groups: dict[bool, list[Any]] = {True: [], False: []}
        for row in self.queryset:
            groups[(row.place_id or "")[:2] in field.near].append(self.choice(row))
        near, far = groups[True], groups[False]
        if near and far:
            yield _("In your province"), near
            yield _("Elsewhere"), far
        else:
            yield from near or far


class NearField(forms.ModelChoiceField):
    """A choice among rows that lie at a place; `near` are the codes of the provinces whose rows stand first.

    Where there are many the script puts a box above them in which one types to find.
    """

    iterator = _NearChoices
    near: Collection[str] = ()

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "data-find": _("Type to find")}


def put_near_first(filled: Iterable[forms.BaseForm], provinces: Collection[str]) -> None:
    """Show first what lies in these provinces, in every choice of the forms that knows where its rows lie."""
    for form in filled:
        for field in form.fields.values():
            if isinstance(field, NearField):
                field.near = provinces


class CodeSelect(forms.Select):
    """The codes that are offered today, and the one that stands there though it is offered no longer."""

    open_list: OpenList

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        shown = {str(option["value"]) for _group, options, _index in groups for option in options}
        for code in value:
            if code not in shown and codes.is_known(self.open_list, code):
                said = codes.words(self.open_list, code)
                option = self.create_option(name, code, said, True, len(groups), attrs=attrs)
                groups.append((None, [option], len(groups)))
        return groups


class CodeField(forms.ChoiceField):
    """A choice among the codes of an open list, asked when it is drawn; what a page offered before is taken too."""

    widget = CodeSelect

    def __init__(self, open_list: OpenList, **options: Any) -> None:
        self.open_list = open_list
        super().__init__(choices=lambda: [("", ""), *codes.offered(open_list, timezone.localdate())], **options)
        self.widget.open_list = open_list

    def valid_value(self, value: Any) -> bool:
        return codes.is_known(self.open_list, str(value))
