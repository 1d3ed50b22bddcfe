"""The same child twice: rows of one file compared with each other, and with the children already known.

Rows are only compared where a number, the sounds of both names, a sound and the month of birth, or the day of birth
meet; the one engine of the people room says how alike they are, and which are twins. Known children are asked one after
another whom of the file they meet, not the other way round: so each is read once, however long the file.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext
from rapidfuzz import fuzz, process

from casework.imports.checking import CheckedRow
from casework.imports.specification import ImportSpecification, Suspect
from casework.kernel.beside import beside
from casework.kernel.refusals import warning
from casework.people.match_features import Features, blocking_keys, exchanged, neighbouring_days
from casework.people.match_pairs import child_likeness, mother_likeness
from casework.people.match_weights import Weights
from casework.people.matching import Match, are_twins, compare

MOST_SUSPECTS = 3
WORTH_A_PROCESS = 5_000
"""Rows from which on they are compared with each other on a second core, while known children are read."""
MOST_MEETINGS = 300  # rows under one key: a sound or a day that so many share tells nothing
_NUMBERS = "nhkpt"  # kinds of keys: child's number, hospital, certificate, mother's paper, phone
_OF_MOTHER = "pt"
_SOUNDS = "cm"  # of the child's name, the mother's
_MOTHERS_ALIKE = 55  # percent
_DAYS_APART = 31
_TWIN_DAYS = 2
_A_DAY = 1 << 32  # a place is a day of birth and a row in one number: sorted places are sorted by birth

Scored = tuple[float, Suspect]
_Found = defaultdict[int, list[Scored]]
"""Whom each row may repeat, by its index."""
KnownChild = tuple[Features, Callable[[Match], Suspect]]
"""What is compared of a child, and how the child is called as somebody's suspect."""
_Meetings = dict[str, dict[str, set[int]]]
Known = Callable[[Collection[Features]], Iterable[KnownChild]]


def find_suspects(
    rows: Sequence[CheckedRow], specification: ImportSpecification, weights: Weights, known: Known | None = None
) -> None:
    """Write into each sound row whom it may repeat: earlier rows of the file, and known children.

    Rows that are twins are told so. `known` answers the known children that may look like one of the features given.
    """
    features = {index: specification.features(row.values) for index, row in enumerate(rows) if not row.errors}
    among_rows = partial(_among_rows, features, weights)
    with beside(among_rows) if len(features) >= WORTH_A_PROCESS else nullcontext(among_rows) as told:
        known_alike = _among_known(features, weights, known(features.values()) if known else ())
        rows_alike, twins = told()
    for first, second in twins:
        tell_twins(rows[first], rows[second])
    for index in features:
        scored = sorted([*rows_alike[index], *known_alike[index]], key=lambda pair: -pair[0])
        rows[index].suspects = [suspect for _score, suspect in scored[:MOST_SUSPECTS]]


def _among_rows(features: Mapping[int, Features], weights: Weights) -> tuple[_Found, list[tuple[int, int]]]:
    """The earlier rows that each row may repeat, and the pairs of rows that are twins."""
    file, found, twins = _File(weights), _Found(list), []
    for index, own in features.items():
        keys = blocking_keys(own)
        for earlier, match in file.earlier(own, keys):
            if match:
                found[index].append((match.score, Suspect(rank=match.band, reasons=match.facts, row=earlier)))
            else:
                twins.append((earlier, index))
        file.add(index, own, keys)
    return found, twins


def _among_known(features: Mapping[int, Features], weights: Weights, known: Iterable[KnownChild]) -> _Found:
    """The known children whom each row may repeat."""
    file, found = _File(weights), _Found(list)
    for index, own in features.items():
        file.add(index, own, blocking_keys(own))
    for child, suspect_of in known:
        for index, match in file.alike(child):
            found[index].append((match.score, suspect_of(match)))
    return found


class _File:
    """The rows looked at so far, by the keys under which others meet them; under the sounds also sorted by birth."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._met: dict[str, set[int]] = defaultdict(set)
        self._by_birth: dict[str, list[int]] = defaultdict(list)
        self._mothers: dict[tuple[str, str], _Mothers] = defaultdict(_Mothers)
        self.features: dict[int, Features] = {}

    def add(self, index: int, features: Features, keys: Iterable[str]) -> None:
        """Let later rows meet this one."""
        self.features[index] = features
        place = _day(features) * _A_DAY + index
        for key in keys:
            places = self._met[key]
            if len(places) <= MOST_MEETINGS:
                places.add(place)
                if key[0] in _SOUNDS:
                    insort(self._by_birth[key], place)
            if key[0] == "d":
                self._mothers[key, features.sex].add(place, features)

    def earlier(self, own: Features, keys: Collection[str]) -> Iterator[tuple[int, Match | None]]:
        """The rows that may be the same child as this one; with None those that are its twins."""
        met = self._meetings(own, keys)
        for earlier in self._worth_comparing(own, met):
            other = self.features[earlier]
            match = compare(own, other, self._weights, least=self._weights.medium_at)
            if match or (self._have_one_mother(own, earlier, met) and are_twins(own, other, self._weights)):
                yield earlier, match

    def alike(self, known: Features) -> Iterable[tuple[int, Match]]:
        """The rows that may be a child who is known already."""
        met = self._meetings(known, blocking_keys(known))
        for index in self._worth_comparing(known, met):
            match = compare(self.features[index], known, self._weights, least=self._weights.medium_at)
            if match:
                yield index, match

    def _meetings(self, own: Features, keys: Iterable[str]) -> _Meetings:
        """The places that share a key, by its kind."""
        met: _Meetings = defaultdict(dict)
        for key in (*keys, *neighbouring_days(own)):
            places = self._met.get(key)
            if places and len(places) <= MOST_MEETINGS:
                met[key[0]][key] = places
        return met

    def _worth_comparing(self, own: Features, met: _Meetings) -> list[int]:
        """The rows met that can be the same child at all, the first ones first: the full comparison is slower.

        A shared number always is worth it, and so are the sounds of both names. A sound of one needs births near each
        other, a day of birth alone needs mothers whose names are half alike (D3 of C8).
        """
        of_child = set[int]().union(*met["c"].values())
        worth = set[int]().union(*(of_child & of_mother for of_mother in met["m"].values()))
        worth.update(*(places for kind in _NUMBERS if kind in met for places in met[kind].values()))
        worth.update(self._born_near(own, met))
        for key in met["d"]:
            mothers = self._mothers.get((key, own.sex))
            worth.update(mothers.like(own) if mothers else ())
        return sorted(place % _A_DAY for place in worth)

    def _born_near(self, own: Features, met: _Meetings) -> Iterator[int]:
        """The rows with a sound of one name: born together, or within a month and with the other name alike."""
        if own.born_on is None:
            return
        day, swapped = _day(own), [other.toordinal() for other in exchanged(own.born_on)]
        together = {*range(day - _TWIN_DAYS, day + _TWIN_DAYS + 1), *swapped}
        spans = [_span(day - _DAYS_APART, day + _DAYS_APART), *(_span(other, other) for other in swapped)]
        for kind, likeness in (("c", mother_likeness), ("m", child_likeness)):
            for place in self._within(spans, met[kind]):
                alike = 1 if place // _A_DAY in together else likeness(own, self.features[place % _A_DAY])
                if alike is None or alike >= self._weights.alike_little:
                    yield place

    def _within(self, spans: Sequence[tuple[int, int]], keys: Iterable[str]) -> set[int]:
        """The places under some sounds whose births lie in one of the spans; under most sounds there are none."""
        found: set[int] = set()
        for key in keys:
            places = self._by_birth[key]
            for first, end in spans:
                at = bisect_left(places, first)
                if at < len(places) and places[at] < end:
                    found.update(places[at : bisect_left(places, end, at)])
        return found

    def _have_one_mother(self, own: Features, earlier: int, met: _Meetings) -> bool:
        """Whether births of the same days have, by paper, phone or her very name, one mother."""
        other = self.features[earlier]
        if not (own.born_on and other.born_on and abs(_day(other) - _day(own)) <= _TWIN_DAYS):
            return False
        place = _day(other) * _A_DAY + earlier
        if any(place in places for kind in _OF_MOTHER if kind in met for places in met[kind].values()):
            return True
        return any(place in places for places in met["m"].values()) and not (own.phones and other.phones)


class _Mothers:
    """The mothers' names of the births of one day and sex, beside their places."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._places: list[int] = []

    def add(self, place: int, features: Features) -> None:
        self._names += features.mother_keys
        self._places += [place] * len(features.mother_keys)

    def like(self, own: Features) -> Iterable[int]:
        """The places of mothers whose names are half like hers."""
        for name in own.mother_keys:
            found = process.extract(name, self._names, scorer=fuzz.ratio, score_cutoff=_MOTHERS_ALIKE, limit=None)
            for _name, _likeness, at in found:
                yield self._places[at]


def _span(first: int, last: int) -> tuple[int, int]:
    """Where the places of births from one day to another begin and end."""
    return first * _A_DAY, (last + 1) * _A_DAY


def _day(features: Features) -> int:
    """The day of birth as a number, 0 when it is not known."""
    return features.born_on.toordinal() if features.born_on else 0


def _twin_of(row: int) -> Any:
    """In the language in which it is asked for: the page is read in others than the file was checked in."""
    return lazy(lambda: gettext("Same mother and same birth as row %(row)s: read as twins.") % {"row": row}, str)()


def tell_twins(first: CheckedRow, second: CheckedRow) -> None:
    """Note in both rows that they are twins, in the order in which they stand."""
    place = (first.sheet, first.row)
    if second.values.get("twin_with"):
        return
    first.values["twin"] = first.values.get("twin") or 1
    second.values["twin"] = second.values.get("twin") or first.values["twin"] + 1
    second.values["twin_with"] = list(first.values.get("twin_with") or place)
    found = warning("BR-BIRTH-2", "twin", _twin_of(first.row))
    second.findings.append(found)
    second.beyond.append(found)
