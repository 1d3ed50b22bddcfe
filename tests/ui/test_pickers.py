"""Choosing from a long list, with and without a script."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.test.utils import override_settings
from django.urls import path

from casework.access.policies import Public
from casework.ui.pickers import Choice, PickerField, PickerOptions

PLACES = {
    "6306": "Mae Sot",
    "6307": "Phop Phra",
    "8501": "Mueang",
    "6301": "Mueang",
    "6308": "Umphang Mae",
}


class Places:
    def label(self, value: str) -> str:
        return PLACES.get(value, "")

    def find(self, text: str, limit: int) -> Sequence[Choice]:
        found = [Choice(value=v, label=n, note="Tak") for v, n in PLACES.items() if text.casefold() in n.casefold()]
        return found[:limit]


class PlaceOptions(PickerOptions):
    policy = Public()
    source = Places()


urlpatterns = [path("places/", PlaceOptions.as_view(), name="places")]


class PlaceForm(forms.Form):
    place = PickerField(source=Places(), url_name="places", label="District", required=False)


def cleaned(value: str, text: str) -> str:
    return PickerField(source=Places(), url_name="places").clean({"value": value, "text": text})


def test_what_was_chosen_is_kept() -> None:
    assert cleaned("6306", "Mae Sot") == "6306"


def test_typed_text_that_means_one_thing_is_looked_up() -> None:
    assert cleaned("", "mae sot") == "6306"
    assert cleaned("", "phop") == "6307"


def test_text_typed_over_an_earlier_choice_wins() -> None:
    assert cleaned("6306", "Phop Phra") == "6307"


@pytest.mark.parametrize("text", ["Mueang", "mae", "Atlantis"])
def test_text_that_means_several_or_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        cleaned("", text)
    assert caught.value.code == "E-CHOICE-1"
    assert text in caught.value.messages[0]


def test_an_emptied_box_is_empty_though_a_value_was_chosen_before() -> None:
    assert PickerField(source=Places(), url_name="places", required=False).clean({"value": "6306", "text": ""}) == ""


@override_settings(ROOT_URLCONF=__name__)
def test_the_box_shows_the_stored_choice_and_keeps_wrong_text() -> None:
    assert 'value="Mae Sot"' in str(PlaceForm(initial={"place": "6306"})["place"])
    wrong = PlaceForm({"place": "", "place_text": "Atlantis <b>"})
    page = str(wrong["place"].as_field_group())
    assert 'value="Atlantis &lt;b&gt;"' in page
    assert "is not in the list" in page


@override_settings(ROOT_URLCONF=__name__)
def test_the_list_answers_what_was_typed() -> None:
    request = RequestFactory().post("/places/", {"picker": "place", "place_text": "mae"})
    page = PlaceOptions.as_view()(request).content.decode()
    assert 'data-value="6306"' in page
    assert 'data-value="6307"' not in page


@override_settings(ROOT_URLCONF=__name__)
def test_the_list_is_empty_for_nothing_typed_and_says_when_nothing_fits() -> None:
    view = PlaceOptions.as_view()
    empty = view(RequestFactory().post("/places/", {"picker": "place", "place_text": ""})).content.decode()
    none = view(RequestFactory().post("/places/", {"picker": "place", "place_text": "Atlantis"})).content.decode()
    assert "role=" not in empty
    assert "Nothing with this name" in none
