"""The same child twice: rows of one file compared with each other, and with the children already known.

Rows are only compared where a number, the sound of a name or the day of birth meets; the one engine of the
people room says how alike they are, and which are twins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from casework.imports.checking import CheckedRow
from casework.imports.specification import ImportSpecification, Suspect
from casework.kernel.refusals import warning
from casework.people.match_features import Features, blocking_keys, probing_keys
from casework.people.matching import are_twins, compare

MOST_SUSPECTS = 3
MOST_MEETINGS = 300  # rows under one key: a sound or a day that so many share tells nothing
BANDS = ("certain", "high", "medium")  # low is for lists, not for a clerk's decision
_NUMBERS = frozenset("nhkpt")  # kinds of keys: child's number, hospital, certificate, mother's paper, phone
_OF_MOTHER = frozenset("pt")
_MOTHERS_ALIKE = 55  # percent
_DAYS_APART = 31
_TWIN_DAYS = 2

Scored = tuple[float, Suspect]
Known = Callable[[Features], Iterable[Scored]]


def find_suspects(rows: Sequence[CheckedRow], specification: ImportSpecification, known: Known | None = None) -> None:
    """Write into each sound row whom it may repeat: earlier rows of the file, and known children.

    Rows that are twins are told so. `known` answers the known children that look like the features given.
    """
    file = _File(rows)
    for index, row in enumerate(rows):
        if row.errors:
            continue
        own = specification.features(row.values)
        found = file.met_by(index, own)
        if known:
            found += known(own)
        row.suspects = [suspect for _score, suspect in sorted(found, key=lambda pair: -pair[0])][:MOST_SUSPECTS]
        file.add(index, own)


class _File:
    """The rows looked at so far, by the keys under which later ones meet them."""

    def __init__(self, rows: Sequence[CheckedRow]) -> None:
        self._rows = rows
        self._met: dict[str, list[int]] = defaultdict(list)
        self._features: dict[int, Features] = {}

    def add(self, index: int, features: Features) -> None:
        """Let later rows meet this one."""
        self._features[index] = features
        for key in blocking_keys(features):
            self._met[key].append(index)

    def met_by(self, index: int, own: Features) -> list[Scored]:
        """The earlier rows that may be the same child as this one, with their scores."""
        found = []
        for earlier, shared in self._meetings(own).items():
            other = self._features[earlier]
            if not _is_worth_comparing(own, other, shared):
                continue
            match = compare(own, other)
            if match and match.band in BANDS:
                found.append((match.score, Suspect(rank=match.band, reasons=match.facts, row=earlier)))
            elif match is None and _have_one_mother(own, other, shared) and are_twins(own, other):
                tell_twins(self._rows[earlier], self._rows[index])
        return found

    def _meetings(self, own: Features) -> dict[int, set[str]]:
        """The earlier rows that share a key, with the kinds of keys they share."""
        kinds: dict[int, set[str]] = defaultdict(set)
        for key in probing_keys(own):
            rows = self._met.get(key, ())
            if len(rows) <= MOST_MEETINGS:
                for earlier in rows:
                    kinds[earlier].add(key[0])
        return kinds


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


def _have_one_mother(own: Features, other: Features, shared: set[str]) -> bool:
    """Whether births of the same days have, by paper, phone or her very name, one mother."""
    if not _near(own, other, _TWIN_DAYS):
        return False
    return bool(shared & _OF_MOTHER) or ("m" in shared and not (own.phones and other.phones))


def _is_worth_comparing(own: Features, other: Features, shared: set[str]) -> bool:
    """Whether two rows that share kinds of keys can be one child at all: the full comparison is slower.

    A shared number always is worth it. One sound of a name needs a second fact or births a month apart, a day of
    birth alone needs mothers whose names are half alike (D3 of C8).
    """
    if len(shared) > 1 or shared & _NUMBERS:
        return True
    if "d" in shared:
        return own.sex == other.sex and any(
            fuzz.ratio(mine, theirs) >= _MOTHERS_ALIKE for mine in own.mother_keys for theirs in other.mother_keys
        )
    return _near(own, other, _DAYS_APART)


def _near(own: Features, other: Features, days: int) -> bool:
    return bool(own.born_on and other.born_on) and abs((own.born_on - other.born_on).days) <= days  # type: ignore[operator]
