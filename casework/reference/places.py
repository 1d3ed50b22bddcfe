"""Find a place by its code or by a few letters of its name in Thai or English."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length
from django.utils.translation import get_language

from casework.kernel.digits import clean_line, to_ascii_digits

from .models import Place

MOST_OFFERED = 12


def place_label(place: Place) -> str:
    """“Mae Sot, Tak · แม่สอด (6306)”, in Thai the Thai names first: readable, and the code says which one."""
    language = "th" if (get_language() or "en")[:2] == "th" else "en"
    upper = f", {place.parent.name(language)}" if place.parent else ""
    other = place.name_en if language == "th" else place.name_th
    return f"{place.name(language)}{upper} · {other} ({place.code})"


def province_names(codes: set[str], language: str) -> dict[str, str]:
    """Names of provinces by official code."""
    return {place.code: place.name(language) for place in Place.objects.filter(code__in=codes)}


def find_place(text: str) -> Place | None:
    """The place whose code stands in brackets, whose code it is, or the only one of that name; else None."""
    plain = to_ascii_digits(clean_line(text))
    code = re.search(r"\((\d{2,6})\)\s*$", plain) or re.fullmatch(r"(\d{2,6})", plain)
    if code:
        return Place.objects.select_related("parent").filter(code=code[1]).first()
    named = list(Place.objects.select_related("parent").filter(Q(name_en__iexact=plain) | Q(name_th=plain))[:5])
    districts = [place for place in named if len(place.code) == 4]
    return named[0] if len(named) == 1 else districts[0] if len(districts) == 1 else None


def offer_places(text: str, provinces: Collection[str] = ()) -> QuerySet[Place]:
    """Up to twelve places whose name begins with, or else contains, the text; those of `provinces`, then districts."""
    plain = to_ascii_digits(clean_line(text))
    if len(plain) < 2:
        return Place.objects.none()
    rank = Case(
        When(Q(name_en__istartswith=plain) | Q(name_th__startswith=plain) | Q(code__startswith=plain), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    found = Place.objects.select_related("parent", "parent__parent").filter(
        Q(name_en__icontains=plain) | Q(name_th__contains=plain) | Q(code__startswith=plain)
    )
    near = Case(
        *(When(code__startswith=province, then=Value(0)) for province in provinces),
        default=Value(1),
        output_field=IntegerField(),
    )
    return found.annotate(rank=rank, near=near).order_by("rank", "near", Length("code"), "code")[:MOST_OFFERED]
