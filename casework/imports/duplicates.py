"""The same child twice: rows of one file compared with each other, and with the children already known.

Rows are only compared where a number, the sounds of both names, a sound and the month of birth, or the day of birth
meet; the one engine of the people room says how alike they are, and which are twins. Known children are asked one after
another whom of the file they meet, not the other way round: so each is read once, however long the file.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext
from rapidfuzz import fuzz, process

from casework.imports.checking import CheckedRow
from casework.imports.specification import ImportSpecification, Suspect
from casework.kernel.refusals import warning
from casework.people.match_features import Features, blocking_keys, exchanged, neighbouring_days
from casework.people.match_pairs import child_likeness, mother_likeness
from casework.people.match_weights import Weights
from casework.people.matching import Match, are_twins, compare

MOST_SUSPECTS = 3
MOST_MEETINGS = 300  # rows under one key: a sound or a day that so many share tells nothing
_NUMBERS = "nhkpt"  # kinds of keys: child's number, hospital, certificate, mother's paper, phone
_OF_MOTHER = "pt"
_SOUNDS = "cm"  # of the child's name, the mother's
_MOTHERS_ALIKE = 55  # percent
_DAYS_APART = 31
_TWIN_DAYS = 2
_MOST_BETWEEN = 3  # rows between two of one birth
_A_DAY = 1 << 32  # a place is a day of birth and a row in one number: sorted places are sorted by birth

Scored = tuple[float, Suspect]
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
    file = _File(rows, weights)
    found: dict[int, list[Scored]] = {}
    for index, row in enumerate(rows):
        if not row.errors:
            own = specification.features(row.values)
            keys = blocking_keys(own)
            found[index] = file.earlier(index, own, keys)
            file.add(index, own, keys)
    for features, suspect_of in known(file.features.values()) if known else ():
        for index, match in file.alike(features):
            found[index].append((match.score, suspect_of(match)))
    for index, scored in found.items():
        rows[index].suspects = [suspect for _score, suspect in sorted(scored, key=lambda pair: -pair[0])][
            :MOST_SUSPECTS
        ]


class _File:
    """The rows looked at so far, by the keys under which others meet them; under the sounds also sorted by birth."""

    def __init__(self, rows: Sequence[CheckedRow], weights: Weights) -> None:
        self._rows, self._weights = rows, weights
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

    def earlier(self, index: int, own: Features, keys: Collection[str]) -> list[Scored]:
        """The earlier rows that may be the same child as this one, with their scores."""
        found, twins = [], []
        met = self._meetings(own, keys)
        for earlier in self._worth_comparing(own, met):
            other = self.features[earlier]
            match = compare(own, other, self._weights, least=self._weights.medium_at)
            if (
                match
                and self._stand_together(earlier, index)
                and are_twins(own, other, self._weights, side_by_side=True)
            ):
                twins.append(earlier)
            elif match:
                found.append((match.score, Suspect(rank=match.band, reasons=match.facts, row=earlier)))
            elif self._have_one_mother(own, earlier, met) and are_twins(own, other, self._weights):
                twins.append(earlier)
        if twins:
            tell_twins(self._rows[twins[-1]], self._rows[index])
        return found

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
        spans = [(day - _DAYS_APART, day + _DAYS_APART), *((other, other) for other in swapped)]
        for kind, likeness in (("c", mother_likeness), ("m", child_likeness)):
            found = {place for key in met[kind] for span in spans for place in _between(self._by_birth[key], *span)}
            for place in found:
                alike = 1 if place // _A_DAY in together else likeness(own, self.features[place % _A_DAY])
                if alike is None or alike >= self._weights.alike_little:
                    yield place

    def _stand_together(self, earlier: int, index: int) -> bool:
        """Whether two rows were written one below the other, or below others of the same days and mother."""
        first, last = self._rows[earlier], self._rows[index]
        if first.sheet != last.sheet:
            return False
        own = self.features[earlier]
        between = [self.features.get(place) for place in range(earlier + 1, index)]
        return len(between) < _MOST_BETWEEN and all(
            one and abs(_day(one) - _day(own)) <= _TWIN_DAYS and set(one.mother_keys) & set(own.mother_keys)
            for one in between
        )

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


def _between(places: Sequence[int], first: int, last: int) -> Sequence[int]:
    """The places of births from one day to another."""
    at = bisect_left(places, first * _A_DAY)
    return places[at : bisect_left(places, (last + 1) * _A_DAY, at)]


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
