"""Places, facilities and code lists, for choosing."""

from __future__ import annotations

from typing import Any

from django.db import models
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from casework.access.policies import SignedIn
from casework.kernel.spoken import in_each_language
from casework.reference.codes import known
from casework.reference.models import Facility, Place, open_lists
from casework.reference.places import offer_places
from casework.ui.api.resources import Listed, Resource
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


class KnownCodeShown(serializers.Serializer):
    """A code of a list with its words; one that is not offered any more may stand in older records."""

    code = serializers.CharField(read_only=True)
    name_en = serializers.CharField(source="names.en", read_only=True)
    name_th = serializers.CharField(source="names.th", read_only=True)
    name_my = serializers.CharField(source="names.my", read_only=True)
    is_offered = serializers.BooleanField(read_only=True)


class CodeListShown(serializers.Serializer):
    """A list that an office changes: the codes of the site and the office's own, those offered first."""

    key = serializers.CharField(read_only=True)
    name_en = serializers.CharField(source="names.en", read_only=True)
    name_th = serializers.CharField(source="names.th", read_only=True)
    name_my = serializers.CharField(source="names.my", read_only=True)
    codes = KnownCodeShown(many=True, read_only=True)
    example = {
        "key": "programme.channel", "name_en": "How a family came", "name_th": "ครอบครัวมาถึงเราอย่างไร",
        "name_my": "မိသားစု ရောက်လာပုံ",
        "codes": [{"code": "ward", "name_en": "Postnatal ward", "name_th": "หอผู้ป่วยหลังคลอด",
                   "name_my": "မီးတွင်းဆောင်", "is_offered": True}],
    }  # fmt: skip


class CodeLists(Resource):
    """Code lists that the office changes, whole."""

    policy = SignedIn()
    model = None
    shown = CodeListShown
    pagination_class = None

    def list(self, request: Request) -> Response:
        told = [
            {"key": key, "names": in_each_language(lambda entry=entry: entry.label), "codes": known(entry, self.today)}
            for key, entry in open_lists().items()
        ]
        return Response(self.spec.shown(told, many=True).data)
