"""The people of a register: children, mothers, fathers, their names, papers, families and phones, in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from casework.kernel.dates import Precision
from casework.kernel.pouring import pour, pour_objects
from casework.people.models import Family, FamilyMember, IdentityDocument, Person, PersonName, Phone
from casework.people.rules import normalised_number
from casework.people.services.persons import computed, kind_of
from casework.people.states import ContactRule, FamilyRole, NameKind, PaperType, Sex
from registration.imports.households import Household
from registration.imports.rules import CHILD_NAMES, MOTHER_NAMES
from registration.imports.words import NO_PAPER

Row = dict[str, Any]
"""Columns and values of a row that nothing points to."""


def add_people(households: Sequence[Household], *, by: Any, now: datetime) -> None:
    """Make the persons and families of all households; each entry and household then carries its own."""
    _make_persons(households, by)
    _make_families(households, by)
    pour(PersonName, _names(households), now=now)
    pour(IdentityDocument, _papers(households, by), now=now)
    pour(FamilyMember, _members(households), now=now)
    pour(Phone, _phones(households), now=now)


def _make_persons(households: Sequence[Household], by: Any) -> None:
    persons: list[Person] = []
    for household in households:
        if _spellings(household.entries[0].values, MOTHER_NAMES):
            household.mother = Person(sex=Sex.FEMALE, born_precision=Precision.UNKNOWN, created_by=by)
            persons.append(household.mother)
        fathers: dict[str, Person] = {}
        for entry in household.entries:
            entry.child = Person(
                sex=entry.values["sex"],
                born_on=entry.values["born"],
                born_precision=Precision.EXACT,
                created_by=by,
            )
            persons.append(entry.child)
            name = entry.values["father"]
            if name and name not in fathers:
                fathers[name] = Person(sex=Sex.MALE, born_precision=Precision.UNKNOWN, created_by=by)
                persons.append(fathers[name])
            entry.father = fathers.get(name)
    pour_objects(persons)


def _make_families(households: Sequence[Household], by: Any) -> None:
    for household in households:
        address = next((entry.values["address"] for entry in household.entries if entry.values["address"]), "")
        household.family = Family(address_text=address, created_by=by)
    pour_objects([household.family for household in households])


def _spellings(values: dict[str, Any], keys: Iterable[str]) -> list[str]:
    """The names in all scripts, each once."""
    return list(dict.fromkeys(values[key] for key in keys if values[key]))


def _names(households: Sequence[Household]) -> Iterator[Row]:
    for household in households:
        if household.mother is not None:
            written = [name for entry in household.entries for name in _spellings(entry.values, MOTHER_NAMES)]
            yield from _names_of(household.mother, written)
        seen = set()
        for entry in household.entries:
            yield from _names_of(entry.child, _spellings(entry.values, CHILD_NAMES))
            if entry.father is not None and entry.father.pk not in seen:
                seen.add(entry.father.pk)
                yield from _names_of(entry.father, [entry.values["father"]])


def _names_of(person: Person, written: Sequence[str]) -> Iterator[Row]:
    for index, full in enumerate(dict.fromkeys(written)):
        kind = kind_of(full, NameKind.AS_SPOKEN)
        yield {"person_id": person.pk, "kind": kind, "is_primary": not index, **computed(full)}


def _papers(households: Sequence[Household], by: Any) -> Iterator[Row]:
    for household in households:
        seen = set()
        for entry in household.entries:
            values = entry.values
            if values["child_number"]:
                yield _paper(entry.child, PaperType.CHILD_NUMBER, values["child_number"], by)
            paper = values["mother_doc"], values["mother_no"]
            if household.mother is not None and paper[0] != NO_PAPER and paper not in seen:
                seen.add(paper)
                yield _paper(household.mother, paper[0], normalised_number(*paper), by)


def _paper(person: Person, kind: str, number: str, by: Any) -> Row:
    return {"person_id": person.pk, "type": kind, "number": number, "created_by_id": by.pk}


def _members(households: Sequence[Household]) -> Iterator[Row]:
    for household in households:
        family = household.family
        if household.mother is not None:
            yield _member(family, household.mother, FamilyRole.MOTHER, is_main_carer=True)
        seen = set()
        for entry in household.entries:
            yield _member(family, entry.child, FamilyRole.CHILD)
            if entry.father is not None and entry.father.pk not in seen:
                seen.add(entry.father.pk)
                yield _member(family, entry.father, FamilyRole.FATHER)


def _member(family: Family, person: Person, role: FamilyRole, *, is_main_carer: bool = False) -> Row:
    return {"family_id": family.pk, "person_id": person.pk, "role": role, "is_main_carer": is_main_carer}


def _phones(households: Sequence[Household]) -> Iterator[Row]:
    """Whose phone it is and what may be said on it, the register does not tell."""
    for household in households:
        for number in dict.fromkeys(entry.values["phone"] for entry in household.entries):
            if number:
                yield {"family_id": household.family.pk, "number": number[:20], "rule": ContactRule.NOT_ASKED}
