"""The keys under which a child is kept for comparing: short digests without names, in an indexed array.

`match_features` says which keys a child has. A name key is kept together with a span of birth dates, so that asking for
one name among 400,000 children reads only those born within the 800 days of the name passes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from casework.kernel.dates import Precision
from casework.people.match_features import NAME_PASS_DAYS, Features, blocking_keys, probing_keys
from casework.people.models import MatchKey

SPAN_DAYS = NAME_PASS_DAYS // 2  # two spans to each side hold the days of the name passes
NO_DATE = "-"
FIRST_YEAR = 1990  # from which on spans are asked for a child whose birth date is not known
_NAME_KINDS = ("c:", "m:")
_DAY_KIND = "d:"


def _digest(key: str, span: object = "") -> str:
    return hashlib.blake2b(f"{key}@{span}".encode(), digest_size=6).hexdigest()


def _span(born_on: date) -> int:
    return born_on.toordinal() // SPAN_DAYS


def hospital_block(number: str) -> str:
    """The key of a hospital number."""
    return _digest(f"h:{number}")


def certificate_block(number: str) -> str:
    """The key of a delivery certificate's number."""
    return _digest(f"k:{number}")


def blocks_of(features: Features) -> list[str]:
    """The keys a child is kept under."""
    span = _span(features.born_on) if features.born_on else NO_DATE
    return sorted({_digest(key, span if key.startswith(_NAME_KINDS) else "") for key in blocking_keys(features)})


def near_blocks(features: Features) -> list[str]:
    """The keys that find children of a like name born within 800 days, and children born a day to either side."""
    return sorted(set(_near(features)))


def _near(features: Features) -> Iterator[str]:
    spans = _spans_asked(features.born_on)
    for key in probing_keys(features):
        if key.startswith(_NAME_KINDS):
            yield from (_digest(key, span) for span in spans)
        elif key.startswith(_DAY_KIND):
            yield _digest(key)


def _spans_asked(born_on: date | None) -> list[object]:
    if born_on is None:
        return [*range(_span(date(FIRST_YEAR, 1, 1)), _span(timezone.localdate()) + 1), NO_DATE]
    own = _span(born_on)
    return [*range(own - 2, own + 3), NO_DATE]


def number_blocks(features: Features) -> list[str]:
    """The keys that find children who share a number: their own, the mother's paper, hospital, certificate, phone."""
    other_kinds = (*_NAME_KINDS, _DAY_KIND)
    return sorted(_digest(key) for key in probing_keys(features) if not key.startswith(other_kinds))


COMPARED = (
    "child_keys", "child_sounds", "mother_keys", "mother_sounds", "born_on", "born_precision", "sex", "plurality",
    "birth_order", "mother_papers", "phones", "hospital_no", "certificate_no", "facility", "child_number", "weight_g",
    "is_baby_of",
)  # fmt: skip
"""The columns that features_of_key() reads."""


def features_of_key(key: MatchKey | Any) -> Features:
    """What is compared, read back from the stored row or from its columns COMPARED."""
    return Features(
        child_keys=tuple(key.child_keys),
        child_sounds=tuple(key.child_sounds),
        mother_keys=tuple(key.mother_keys),
        mother_sounds=tuple(key.mother_sounds),
        born_on=key.born_on,
        precision=key.born_precision or Precision.EXACT,
        sex=key.sex,
        plurality=key.plurality,
        birth_order=key.birth_order,
        mother_papers=frozenset(key.mother_papers),
        phones=frozenset(key.phones),
        hospital_no=key.hospital_no,
        certificate_no=key.certificate_no,
        facility=key.facility,
        child_number=key.child_number,
        weight_g=key.weight_g,
        is_baby_of=key.is_baby_of,
    )


def stored_values(features: Features) -> dict[str, object]:
    """The columns of MatchKey for these features, the keys included."""
    return {
        "child_keys": list(features.child_keys),
        "child_sounds": list(features.child_sounds),
        "mother_keys": list(features.mother_keys),
        "mother_sounds": list(features.mother_sounds),
        "blocks": blocks_of(features),
        "born_on": features.born_on,
        "born_precision": features.precision,
        "sex": features.sex,
        "plurality": features.plurality,
        "birth_order": features.birth_order,
        "mother_papers": sorted(features.mother_papers),
        "phones": sorted(features.phones),
        "hospital_no": features.hospital_no,
        "certificate_no": features.certificate_no,
        "facility": features.facility,
        "child_number": features.child_number,
        "weight_g": features.weight_g,
        "is_baby_of": features.is_baby_of,
    }
