"""Places offered while one types."""

from __future__ import annotations

import pytest
from django import forms
from django.urls import reverse

from casework.reference.fields import PlaceField

pytestmark = pytest.mark.django_db


def offered(client, typed: str) -> list[str]:
    page = client.get(reverse("home:places"), {"field": "place", "place": typed}).content.decode()
    return [line.split("(")[-1][:6] for line in page.split("<option")[1:]]


def test_places_of_ones_own_province_stand_first(cast, client_of):
    """Mae Pa is a place of several provinces; the clerk in Mae Sot, Tak, means the one of Mae Sot."""
    cast.mae_sot.province_code = "63"
    cast.mae_sot.save(update_fields=["province_code"])
    codes = offered(client_of(cast.of("CW")), "mae pa")
    assert codes[0] == "630607" and any(not code.startswith("63") for code in codes)


@pytest.mark.parametrize(
    ("typed", "says", "in_list"),
    [
        ("Mae Pa", "several places", True),
        ("Mae Qqq", "no place of this name", False),
        ("Mae Pa, Mae Sot (630607)", "", False),
    ],
)
def test_a_name_of_several_places_says_so_and_offers_them(cast, typed, says, in_list):
    class Where(forms.Form):
        place = PlaceField(label="Place")

    form = Where({"place": typed})
    assert form.is_valid() is not bool(says)
    page = str(form["place"].as_field_group())
    assert says in page and ("<option" in page) is in_list


def test_without_a_province_the_order_is_that_of_the_codes(cast, client_of):
    cast.mae_sot.province_code = ""
    cast.mae_sot.save(update_fields=["province_code"])
    codes = offered(client_of(cast.of("CW")), "mae pa")
    assert codes == sorted(codes)
