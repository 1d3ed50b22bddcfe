"""T6, T7 and T8: whether the right child is found among all others, and how soon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

from django.utils.translation import override

from casework.accounts.models import User
from casework.kernel.planning import by_index
from casework.people.match_features import Features
from casework.people.models import FamilyMember, MatchKey, Person, PersonName
from casework.people.queries.candidates import candidates, near
from casework.people.queries.match_keys import features_of_key
from casework.people.queries.search import find_people
from registration.demo.names import SYLLABLES, keys, respelled

from .measure import Figure, milliseconds, p95, sql

READER = "somchai.k"
SEED = 6
TOLD = ("certain", "high", "medium")
_PLACES = {spellings[0]: at for at, (spellings, _burmese) in enumerate(SYLLABLES)}


def figures(count: int) -> Iterator[Figure]:
    """The figures of the duplicate check and the search, over so many children."""
    yield from _duplicates(count)
    yield from _names(count)


def _sample(count: int) -> list[MatchKey]:
    """Children from the whole register, evenly."""
    ids = list(MatchKey.objects.order_by("pk").values_list("pk", flat=True))
    step = max(1, len(ids) // count)
    return list(MatchKey.objects.filter(pk__in=ids[::step][:count]))


def heard_again(full: str, chance: Random) -> str:
    """A name written down a second time by somebody else, without its title."""
    return respelled(tuple(_PLACES[word] for word in full.split() if word in _PLACES), chance)


def typed_again(key: MatchKey, names: dict[int, str], mothers: dict[int, str], chance: Random) -> Features:
    """The same child at another desk: both names respelled, the birth date at times wrong, most numbers missing."""
    child = [keys(heard_again(names[key.child_id], chance))]
    mother = [keys(heard_again(mothers[key.child_id], chance))]
    stored = features_of_key(key)
    slip = chance.choices((0, 1, -1, 3, 30, 365), weights=(78, 5, 5, 5, 4, 3))[0]
    keep = lambda value, empty: value if chance.random() < 0.3 else empty  # noqa: E731
    return replace(
        stored,
        child_keys=tuple(k.search for k in child),
        child_sounds=tuple(k.matching for k in child),
        mother_keys=tuple(k.search for k in mother),
        mother_sounds=tuple(k.matching for k in mother),
        born_on=stored.born_on + timedelta(days=slip) if stored.born_on else None,
        mother_papers=keep(stored.mother_papers, frozenset()),
        phones=keep(stored.phones, frozenset()),
        hospital_no=keep(stored.hospital_no, ""),
        certificate_no="",
        child_number="",
    )


def _written(children: list[int]) -> tuple[dict[int, str], dict[int, str]]:
    """Main names of the children and of their mothers."""
    homes = dict(FamilyMember.rows.filter(person__in=children).values_list("family_id", "person_id"))
    mothers = FamilyMember.rows.filter(family__in=homes, role="mother").values_list("family_id", "person_id")
    family_of = dict(FamilyMember.rows.filter(person__in=children).values_list("person_id", "family_id"))
    mother_of = dict(mothers)
    main = PersonName.rows.filter(is_primary=True, person__in=[*children, *mother_of.values()])
    names = dict(main.values_list("person_id", "full"))
    return names, {child: names[mother_of[family]] for child, family in family_of.items()}


def _duplicates(count: int) -> Iterator[Figure]:
    chance, sample = Random(SEED), _sample(count)
    names, mothers = _written([key.child_id for key in sample])
    asked = [(key.child_id, typed_again(key, names, mothers, chance)) for key in sample]
    found, right, wrong, spent, fetching = 0, 0, 0, [], []
    for child_id, features in asked:
        first = candidates(features, limit=10)
        found += child_id in [candidate.child_id for candidate in first]
        told = [candidate.child_id for candidate in first if candidate.match.band in TOLD]
        right, wrong = right + (child_id in told), wrong + sum(other != child_id for other in told)
        with by_index():
            statement = near(features).query.sql_with_params()
            fetching += milliseconds(lambda statement=statement: sql([statement]), 1)
        spent += milliseconds(lambda features=features: candidates(features, limit=10), 1)
    yield Figure(row="T6", what="duplicate check, SQL, p95", value=p95(fetching), unit="ms", most=5)
    yield Figure(row="T6", what="duplicate check with scoring, p95", value=p95(spent), unit="ms")
    yield Figure(row="T6", what="right child in first 10", value=100 * found / len(asked), unit="%", least=98.5)
    f1 = 2 * right / (right + wrong + len(asked))
    yield Figure(row="T8", what="F1 of what a clerk is asked about", value=f1, unit="", least=0.96)


def _names(count: int) -> Iterator[Figure]:
    chance, user = Random(SEED), User.objects.get(username=READER)
    seen = set(Person.objects.visible_to(user).values_list("pk", flat=True))
    sample = [key for key in _sample(count * 2) if key.child_id in seen][:count]
    names, mothers = _written([key.child_id for key in sample])
    found, spent = 0, []
    with override("en"):
        for key in sample:
            words = heard_again(names[key.child_id], chance)
            by_year = key.born_on is not None and chance.random() < 0.5
            second = f"{key.born_on:%Y}" if by_year else ", " + heard_again(mothers[key.child_id], chance)
            text = f"{words} {second}"
            found += key.child_id in [person.person_id for person in find_people(text, user)]
            spent += milliseconds(lambda text=text: find_people(text, user), 1)
    yield Figure(row="T7", what="name and a second fact, p95", value=p95(spent), unit="ms", most=25)
    yield Figure(row="T7", what="right child in first 20", value=100 * found / len(sample), unit="%", least=95)
