"""What is told of a child to those who see no names: a code, how old, in which province (safety.md §1, P)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from casework.programmes.contributions import Words
from casework.reference.places import province_names

PROVINCE_LETTERS = 2
"""How many digits of the code of a place name its province."""
LETTERS_ONLY = str.maketrans("0123456789abcdef", "GHJKLMNPQRABCDEF")
"""Codes have no digits: a spreadsheet would take one like 40271355 or 1234E567 for a number."""


@dataclass(frozen=True, kw_only=True)
class MaskedChild:
    """A child in a list for those who may not open the case."""

    code: str
    age_band: Words
    province: Words


def code_of(salt: str, row: int) -> str:
    """Eight letters that are the same for a row each time and lead nowhere without the site's key.

    Each list has its own salt, so that what two lists tell of a child cannot be put together.
    """
    return salted_hmac(salt, str(row)).hexdigest()[:8].translate(LETTERS_ONLY)


def masked_children(
    salt: str, children: Sequence[tuple[int, Words, str | None]], *, unknown: Words
) -> list[MaskedChild]:
    """Rows in the order of their codes, which tells nothing of theirs; of each its id, age band and code of place."""
    named = provinces_of(place for _row, _band, place in children)
    told = [
        MaskedChild(code=code_of(salt, row), age_band=band, province=named.get(province_of(place), unknown))
        for row, band, place in children
    ]
    return sorted(told, key=lambda child: child.code)


def province_of(place: str | None) -> str:
    """The code of the province in which a place lies; empty where it is not known."""
    return (place or "")[:PROVINCE_LETTERS]


def provinces_of(places: Iterable[str | None]) -> dict[str, str]:
    """Names of the provinces in which places lie, by code, in the reader's language."""
    return province_names({province_of(place) for place in places}, (get_language() or "en")[:2])
