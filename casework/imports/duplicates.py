"""The same child twice: rows of one file compared with each other, and with the children already known.

Rows are only compared where a number, the sound of a name or the day of birth meets; the one engine of the
people room says how alike they are, and which are twins. Known children are asked one after another whom of the file
they meet, not the other way round: so each is read once, however long the file.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from casework.imports.checking import CheckedRow
from casework.imports.specification import ImportSpecification, Suspect
from casework.kernel.refusals import warning
from casework.people.match_features import Features, blocking_keys, neighbouring_days
from casework.people.matching import Match, are_twins, compare

MOST_SUSPECTS = 3
MOST_MEETINGS = 300  # rows under one key: a sound or a day that so many share tells nothing
BANDS = ("certain", "high", "medium")  # low is for lists, not for a clerk's decision
_NUMBERS = "nhkpt"  # kinds of keys: child's number, hospital, certificate, mother's paper, phone
_OF_MOTHER = "pt"
_MOTHERS_ALIKE = 55  # percent
_DAYS_APART = 31
_TWIN_DAYS = 2

Scored = tuple[float, Suspect]
KnownChild = tuple[Features, Callable[[Match], Suspect]]
"""What is compared of a child, and how the child is called as somebody's suspect."""
Known = Callable[[Collection[Features]], Iterable[KnownChild]]


def find_suspects(rows: Sequence[CheckedRow], specification: ImportSpecification, known: Known | None = None) -> None:
    """Write into each sound row whom it may repeat: earlier rows of the file, and known children.

    Rows that are twins are told so. `known` answers the known children that may look like one of the features given.
    """
    file = _File(rows)
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
    """The rows looked at so far, by the keys under which others meet them."""

    def __init__(self, rows: Sequence[CheckedRow]) -> None:
        self._rows = rows
        self._met: dict[str, list[int]] = defaultdict(list)
        self._born: dict[int, float] = {}
        self.features: dict[int, Features] = {}

    def add(self, index: int, features: Features, keys: Iterable[str]) -> None:
        """Let later rows meet this one."""
        self.features[index], self._born[index] = features, _day(features)
        for key in keys:
            self._met[key].append(index)

    def earlier(self, index: int, own: Features, keys: Iterable[str]) -> list[Scored]:
        """The earlier rows that may be the same child as this one, with their scores."""
        found = []
        met = self._meetings(own, keys)
        for earlier in self._worth_comparing(own, met):
            other = self.features[earlier]
            match = compare(own, other)
            if match and match.band in BANDS:
                found.append((match.score, Suspect(rank=match.band, reasons=match.facts, row=earlier)))
            elif match is None and self._have_one_mother(own, earlier, met) and are_twins(own, other):
                tell_twins(self._rows[earlier], self._rows[index])
        return found

    def alike(self, known: Features) -> Iterable[tuple[int, Match]]:
        """The rows that may be a child who is known already."""
        met = self._meetings(known, blocking_keys(known))
        for index in self._worth_comparing(known, met):
            match = compare(self.features[index], known)
            if match and match.band in BANDS:
                yield index, match

    def _meetings(self, own: Features, keys: Iterable[str]) -> dict[str, set[int]]:
        """The rows that share a key, by its kind."""
        met: dict[str, set[int]] = defaultdict(set)
        for key in (*keys, *neighbouring_days(own)):
            rows = self._met.get(key)
            if rows and len(rows) <= MOST_MEETINGS:
                met[key[0]].update(rows)
        return met

    def _worth_comparing(self, own: Features, met: dict[str, set[int]]) -> list[int]:
        """The rows met that can be the same child at all, the first ones first: the full comparison is slower.

        A shared number always is worth it. One sound of a name needs a second fact or births a month apart, a day of
        birth alone needs mothers whose names are half alike (D3 of C8).
        """
        child, mother, day = met["c"], met["m"], met["d"]
        worth = (child & mother) | (child & day) | (mother & day)
        worth.update(*(met[kind] for kind in _NUMBERS if kind in met))
        born, on = self._born, _day(own)
        worth.update(index for index in child | mother if abs(born[index] - on) <= _DAYS_APART)
        worth.update(index for index in day - worth if _are_of_like_mothers(own, self.features[index]))
        return sorted(worth)

    def _have_one_mother(self, own: Features, earlier: int, met: dict[str, set[int]]) -> bool:
        """Whether births of the same days have, by paper, phone or her very name, one mother."""
        if not abs(self._born[earlier] - _day(own)) <= _TWIN_DAYS:
            return False
        if any(earlier in met[kind] for kind in _OF_MOTHER if kind in met):
            return True
        return earlier in met["m"] and not (own.phones and self.features[earlier].phones)


def _day(features: Features) -> float:
    """The day of birth as a number; one that is not known is near to no other."""
    return features.born_on.toordinal() if features.born_on else math.nan


def _are_of_like_mothers(own: Features, other: Features) -> bool:
    return own.sex == other.sex and any(
        fuzz.ratio(mine, theirs) >= _MOTHERS_ALIKE for mine in own.mother_keys for theirs in other.mother_keys
    )


def tell_twins(first: CheckedRow, second: CheckedRow) -> None:
    """Note in both rows that they are twins, in the order in which they stand."""
    place = (first.sheet, first.row)
    if second.values.get("twin_with"):
        return
    first.values["twin"] = first.values.get("twin") or 1
    second.values["twin"] = second.values.get("twin") or first.values["twin"] + 1
    second.values["twin_with"] = list(first.values.get("twin_with") or place)
    sentence = _("Same mother and same birth as row %(row)s: read as twins.")
    second.findings.append(warning("BR-BIRTH-2", "twin", str(sentence) % {"row": first.row}))
