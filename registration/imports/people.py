"""The people of a register: children, mothers, fathers, their names, papers, families and phones, in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from casework.kernel.dates import Precision
from casework.kernel.pouring import pour_objects
from casework.people.models import Family, FamilyMember, IdentityDocument, Person, PersonName, Phone
from casework.people.services.persons import computed, kind_of
from casework.people.states import ContactRule, FamilyRole, NameKind, PaperType, Sex
from registration.imports.households import Household
from registration.imports.rules import CHILD_NAMES, MOTHER_NAMES
from registration.imports.words import NO_PAPER


def add_people(households: Sequence[Household], *, by: Any) -> None:
    """Make the persons and families of all households; each entry and household then carries its own."""
    _make_persons(households, by)
    _make_families(households, by)
    pour_objects(_names(households))
    pour_objects(_papers(households, by))
    pour_objects(_members(households))
    pour_objects(_phones(households))


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


def _names(households: Sequence[Household]) -> Iterable[PersonName]:
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


def _names_of(person: Person, written: Sequence[str]) -> Iterable[PersonName]:
    for index, full in enumerate(dict.fromkeys(written)):
        kind = kind_of(full, NameKind.AS_SPOKEN)
        yield PersonName(person=person, kind=kind, is_primary=not index, **computed(full))


def _papers(households: Sequence[Household], by: Any) -> Iterable[IdentityDocument]:
    for household in households:
        seen = set()
        for entry in household.entries:
            values = entry.values
            if values["child_number"]:
                yield IdentityDocument(
                    person=entry.child, type=PaperType.CHILD_NUMBER, number=values["child_number"], created_by=by
                )
            paper = values["mother_doc"], values["mother_no"]
            if household.mother is not None and paper[0] != NO_PAPER and paper not in seen:
                seen.add(paper)
                yield IdentityDocument(person=household.mother, type=paper[0], number=paper[1], created_by=by)


def _members(households: Sequence[Household]) -> Iterable[FamilyMember]:
    for household in households:
        family = household.family
        if household.mother is not None:
            yield FamilyMember(family=family, person=household.mother, role=FamilyRole.MOTHER, is_main_carer=True)
        seen = set()
        for entry in household.entries:
            yield FamilyMember(family=family, person=entry.child, role=FamilyRole.CHILD)
            if entry.father is not None and entry.father.pk not in seen:
                seen.add(entry.father.pk)
                yield FamilyMember(family=family, person=entry.father, role=FamilyRole.FATHER)


def _phones(households: Sequence[Household]) -> Iterable[Phone]:
    """Whose phone it is and what may be said on it, the register does not tell: said carefully until someone asks."""
    for household in households:
        for number in dict.fromkeys(entry.values["phone"] for entry in household.entries):
            if number:
                yield Phone(family=household.family, number=number[:20], rule=ContactRule.CAREFUL)
