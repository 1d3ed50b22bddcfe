"""Filters of figures: what a board declares, what was chosen of it, and how that is told (decision 73)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from casework.kernel.refusals import Refusal

from .figures import Ids, Words

ONLY = "only_"
"""What stands before the key of a filter in the address of a page."""
LONGEST = 400
"""Characters of what was chosen, as one text."""
UNKNOWN = "unknown"

Chosen = tuple[tuple[str, str], ...]
"""Key and value of each filter that is at work, in the order of their keys."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One way to narrow what is counted. Each row has one of its values, so that their numbers add up to the whole."""

    key: str
    label: Words
    values: Callable[[Ids], Sequence[tuple[str, Words]]]
    """Its values with their words, where these offices are counted."""
    holds: Callable[[str], Q]
    """The condition under which a row has the value."""
    action: str = ""
    """The right that a reader needs in every office counted, besides opening its rows; nothing where all have it."""


def narrowed(rows: QuerySet, filters: Iterable[Filter], chosen: Chosen) -> QuerySet:
    """The rows for which every filter at work holds."""
    by_key = {one.key: one for one in filters}
    for key, value in chosen:
        rows = rows.filter(by_key[key].holds(value))
    return rows


def asked_of(params: Mapping[str, str]) -> Chosen:
    """What the address of a page chooses; it may name what there is not."""
    asked = ((name.removeprefix(ONLY), value) for name, value in params.items() if name.startswith(ONLY) and value)
    return tuple(sorted(asked))


def read_chosen(text: str) -> Chosen:
    """What a text such as “sex:F,track:T1” chooses; it may name what there is not. Raises Refusal REP-9 for others."""
    pairs = [part.partition(":") for part in text.split(",") if part]
    keys = [key for key, _colon, _value in pairs]
    if not all(key and value for key, _colon, value in pairs) or len(set(keys)) < len(keys):
        sentence = _("Write each filter once, as key:value, with commas between them, such as sex:F,track:T1.")
        raise Refusal("REP-9", "filters", sentence)
    return tuple(sorted((key, value) for key, _colon, value in pairs))


def written(chosen: Chosen) -> str:
    """What was chosen as one text."""
    return ",".join(f"{key}:{value}" for key, value in chosen)


def in_words(filters: Iterable[Filter], chosen: Chosen, offices: Ids) -> list[str]:
    """Each filter at work with its value, in the language that is active; each is of the board and has that value."""
    by_key = {one.key: one for one in filters}
    return [
        f"{by_key[key].label}: {dict(by_key[key].values(offices)).get(value, value)}"
        for key, value in chosen
    ]  # fmt: skip
