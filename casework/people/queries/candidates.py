"""Children who may be the one in hand: fetched by keys in one query, scored by `matching.compare`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import F, Func, IntegerField, Q, QuerySet, Value
from django.utils import timezone

from casework.accounts.queries import practice_offices
from casework.kernel.planning import by_index
from casework.people.match_features import Features
from casework.people.matching import BANDS, Match, compare
from casework.people.models import MatchKey

from .match_keys import COMPARED, features_of_key, near_blocks, number_blocks
from .thresholds import weights_on

MOST_BY_NUMBER = 60
MOST_BY_NAME = 300
MOST_ASKED_BY_KEY = 25  # children: fifty of a register meet a quarter of all, two hundred more than half
CHUNK = 2_000


@dataclass(frozen=True)
class Candidate:
    """A child that looks alike, how sure, and its key with office and seal; never a name."""

    child_id: int
    match: Match
    key: MatchKey


def candidates(
    features: Features,
    *,
    office_id: int | None = None,
    exclude: Iterable[int] = (),
    limit: int = 10,
) -> list[Candidate]:
    """The likeliest children, best first: certain, high, medium, low, and within a band by score.

    Namesakes born together are listed when they are of the office `office_id`; where that is told, invented children
    of practice offices and real ones never meet.
    """
    left_out, weights = set(exclude), weights_on(timezone.localdate())
    practising = frozenset() if office_id is None else frozenset(practice_offices())
    found = []
    for key in fetched(features):
        if key.child_id in left_out or (practising and (key.office_id in practising) != (office_id in practising)):
            continue
        match = compare(features, features_of_key(key), weights, same_office=key.office_id == office_id)
        if match is not None:
            found.append(Candidate(key.child_id, match, key))
    found.sort(key=lambda c: (BANDS.index(c.match.band), -c.match.score, c.child_id))
    return found[:limit]


def fetched(features: Features) -> list[MatchKey]:
    """The rows worth comparing, each once. One query, and two words to the planner."""
    with by_index():
        return list({key.child_id: key for key in near(features)}.values())


def all_near(many: Collection[Features], *, office_id: int | None = None) -> Iterator[tuple[int, Features]]:
    """Children who share a key with one of many, each once; sealed ones are left out for every user.

    Into a practice office `office_id` invented children are brought, into all others real ones: they never meet.

    For more than a few everybody is read, piece by piece: they meet nearly everybody, and the database takes a time
    that grows with the keys asked for times the children found.
    """
    keys = MatchKey.objects.filter(is_sealed=False).exclude(blocks=[])  # merged ones have none
    if practising := frozenset(practice_offices()):
        invented = Q(office_id__in=practising)
        keys = keys.filter(invented if office_id in practising else ~invented)
    if len(many) > MOST_ASKED_BY_KEY:
        return _features_of(keys)
    blocks = sorted({block for one in many for block in (*near_blocks(one), *number_blocks(one))})
    with by_index():
        return iter(list(_features_of(keys.sharing(blocks))))


def features_of(child_id: int) -> Features | None:
    """What is compared of one child, sealed or not; None when nothing is kept of it."""
    return next((features for _child, features in _features_of(MatchKey.objects.filter(child_id=child_id))), None)


def _features_of(keys: QuerySet[MatchKey]) -> Iterator[tuple[int, Features]]:
    rows = keys.values_list("child_id", *COMPARED, named=True)
    return ((key.child_id, features_of_key(key)) for key in rows.iterator(chunk_size=CHUNK))


def near(features: Features) -> QuerySet[MatchKey]:
    """Rows that share a number, and rows that share a name or a birth date, the nearest births first.

    A row that shares both comes twice: telling so many wide rows apart takes the database longer than us.
    """
    keys = MatchKey.objects.defer("blocks")
    shared = keys.sharing(number_blocks(features)).order_by("-child_id")[:MOST_BY_NUMBER]
    near = keys.sharing(near_blocks(features))
    if features.born_on:
        days = Func(
            F("born_on"),
            Value(features.born_on),
            template="ABS(%(expressions)s)",
            arg_joiner=" - ",
            output_field=IntegerField(),
        )
        near = near.order_by(days.asc(nulls_last=True), "-child_id")
    else:
        near = near.order_by("-child_id")
    return shared.union(near[:MOST_BY_NAME], all=True)
