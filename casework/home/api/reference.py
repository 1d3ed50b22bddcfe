"""Places and facilities, for choosing."""

from __future__ import annotations

from typing import Any

from django.db import models

from casework.access.policies import SignedIn
from casework.reference.models import Facility, Place
from casework.reference.places import offer_places
from casework.ui.api.resources import Listed
from casework.ui.api.serializers import Line, Shown, Told


class PlaceShown(Shown):
    """A province, district or sub-district with its official code."""

    example = {"code": "6306", "name_en": "Mae Sot", "name_th": "แม่สอด", "parent": "63"}

    class Meta:
        model = Place
        fields = ("code", "name_en", "name_th", "parent")


class PlacesAsked(Told):
    """Letters of a name or digits of a code, two or more."""

    q = Line(max_length=60)


class Places(Listed):
    """Up to twelve places whose name or code fits, by code."""

    policy = SignedIn()
    model = Place
    shown = PlaceShown
    asked = PlacesAsked
    ordering = "code"

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        found = [place.pk for place in offer_places(asked["q"])]
        return Place.objects.filter(pk__in=found)


class FacilityShown(Shown):
    """A hospital, clinic or health centre."""

    example = {"id": 1, "code": "mae-sot-hospital", "name_en": "Mae Sot Hospital", "name_th": "โรงพยาบาลแม่สอด",
               "name_my": "မဲဆောက်ဆေးရုံ",
               "place": "6306", "issues_first_proof": True}  # fmt: skip

    class Meta:
        model = Facility
        fields = ("id", "code", "name_en", "name_th", "name_my", "place", "issues_first_proof")


class Facilities(Listed):
    """Hospitals and clinics in use."""

    policy = SignedIn()
    model = Facility
    shown = FacilityShown

    def rows(self) -> models.QuerySet:
        return Facility.objects.filter(is_active=True)
