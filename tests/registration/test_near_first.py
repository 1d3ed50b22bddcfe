"""Hospitals and registry offices to choose from: those of one's own province stand first, in a group of their own."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from casework.reference.models import Place
from registration.models import RegistryOffice
from tests.factories import registration as births
from tests.factories.cast import signed_in
from tests.factories.forms import fill_in

pytestmark = pytest.mark.django_db
NEAR, FAR = "Ranong Hospital", "Mae Sot Hospital"
NEAR_OFFICE, FAR_OFFICE = "Kra Buri District registry", "Mae Sot District registry"
PAGES = {
    "quick": (NEAR, FAR), "ward-upload": (NEAR, FAR), "ward-count": (NEAR, FAR), "birth": (NEAR, FAR),
    "papers": (NEAR_OFFICE, FAR_OFFICE), "facts": (NEAR, FAR), "office": (NEAR_OFFICE, FAR_OFFICE),
}  # fmt: skip


@pytest.fixture
def office(cast):
    """The cast's office stands in Ranong, where there is a registry office too."""
    place = Place.objects.get(code="8504")
    RegistryOffice.objects.create(name_en=NEAR_OFFICE, name_th="สำนักทะเบียนอำเภอกระบุรี", kind="amphoe", place=place)
    cast.mae_sot.province_code = "85"
    cast.mae_sot.save(update_fields=["province_code"])
    return cast.mae_sot


def opened(client, kind, cast) -> str:
    """One of the pages on which a hospital or an office is chosen."""
    if kind in ("birth", "papers"):
        begun = fill_in(client, reverse("registration:new"), mother_name_Latn="Naw Paw", mother_knowledge="known")
        number = re.search(r"/drafts/(\d+)/", begun["Location"])[1]
        address = reverse("registration:step", args=[number, kind])
    elif kind in ("facts", "office"):
        address = reverse(f"registration:{kind}", args=[births.gathering(cast.mae_sot, cast.of("CW")).pk])
    else:
        address = reverse(f"registration:{kind}")
    return client.get(address).content.decode()


@pytest.mark.parametrize("kind", PAGES)
def test_what_lies_in_ones_province_stands_first_on_every_page(cast, office, kind):
    text = opened(signed_in(cast.of("CW")), kind, cast)
    near, far = PAGES[kind]
    order = [text.index(words) for words in ('<optgroup label="In your province">', near, '"Elsewhere"', far)]
    assert order == sorted(order)


@pytest.mark.parametrize("province", ["", "10"], ids=["no province", "a province without any"])
def test_where_nothing_is_near_there_is_one_list_by_the_alphabet(cast, office, province):
    office.province_code = province
    office.save(update_fields=["province_code"])
    text = opened(signed_in(cast.of("CW")), "quick", cast)
    assert "<optgroup" not in text and text.index(FAR) < text.index(NEAR)
