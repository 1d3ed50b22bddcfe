"""The people of a register: children, mothers, fathers, their names, papers, families and phones, in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from casework.kernel.dates import Precision
from casework.kernel.pouring import next_ids, pour
from casework.people.models import Family, FamilyMember, IdentityDocument, Person, PersonName, Phone
from casework.people.rules import normalised_number
from casework.people.services.persons import computed, kind_of
from casework.people.states import ContactRule, FamilyRole, NameKind, PaperType, Sex
from registration.imports.households import Household
from registration.imports.rules import CHILD_NAMES, MOTHER_NAMES
from registration.imports.words import NO_PAPER

Row = dict[str, Any]
"""Columns and values of a row that nothing points to."""


def add_people(households: Sequence[Household], *, by: Any, now: datetime, invented: bool = False) -> None:
    """Make the persons and families of all households; each entry and household then carries the ids of its own.

    Numbers of children who are invented, in a practice office, do not meet real ones.
    """
    pour(Person, _persons(households, by), now=now)
    pour(Family, _families(households, by), now=now)
    pour(PersonName, _names(households), now=now)
    pour(IdentityDocument, _papers(households, by, invented), now=now)
    pour(FamilyMember, _members(households), now=now)
    pour(Phone, _phones(households), now=now)


def _persons(households: Sequence[Household], by: Any) -> Iterator[Row]:
    """Children and their parents by name, each with an id of its own."""
    entries = sum(len(household.entries) for household in households)
    ids = iter(next_ids(Person, 2 * entries + len(households)))
    for household in households:
        if _spellings(household.entries[0].values, MOTHER_NAMES):
            household.mother_id = next(ids)
            yield _person(household.mother_id, Sex.FEMALE, by)
        fathers: dict[str, int] = {}
        for entry in household.entries:
            entry.child_id = next(ids)
            values = entry.values
            yield _person(entry.child_id, values["sex"], by, born_on=values["born"], precision=Precision.EXACT)
            name = values["father"]
            if name and name not in fathers:
                fathers[name] = next(ids)
                yield _person(fathers[name], Sex.MALE, by)
            entry.father_id = fathers.get(name)


def _person(
    person_id: int, sex: str, by: Any, *, born_on: date | None = None, precision: str = Precision.UNKNOWN
) -> Row:
    return {
        "id": person_id, "sex": sex, "born_on": born_on, "born_precision": precision, "created_by_id": by.pk,
    }  # fmt: skip


def _families(households: Sequence[Household], by: Any) -> Iterator[Row]:
    for household, family_id in zip(households, next_ids(Family, len(households)), strict=True):
        household.family_id = family_id
        address = next((entry.values["address"] for entry in household.entries if entry.values["address"]), "")
        yield {"id": family_id, "address_text": address, "created_by_id": by.pk}


def _spellings(values: dict[str, Any], keys: Iterable[str]) -> list[str]:
    """The names in all scripts, each once."""
    return list(dict.fromkeys(values[key] for key in keys if values[key]))


def _names(households: Sequence[Household]) -> Iterator[Row]:
    for household in households:
        if household.mother_id is not None:
            written = [name for entry in household.entries for name in _spellings(entry.values, MOTHER_NAMES)]
            yield from _names_of(household.mother_id, written)
        seen = set()
        for entry in household.entries:
            yield from _names_of(entry.child_id, _spellings(entry.values, CHILD_NAMES))
            if entry.father_id is not None and entry.father_id not in seen:
                seen.add(entry.father_id)
                yield from _names_of(entry.father_id, [entry.values["father"]])


def _names_of(person_id: int, written: Sequence[str]) -> Iterator[Row]:
    for index, full in enumerate(dict.fromkeys(written)):
        kind = kind_of(full, NameKind.AS_SPOKEN)
        yield {"person_id": person_id, "kind": kind, "is_primary": not index, **computed(full)}


def _papers(households: Sequence[Household], by: Any, invented: bool) -> Iterator[Row]:
    for household in households:
        seen = set()
        for entry in household.entries:
            values = entry.values
            if values["child_number"]:
                own = _paper(entry.child_id, PaperType.CHILD_NUMBER, values["child_number"], by)
                yield own | {"is_invented": invented}
            paper = values["mother_doc"], values["mother_no"]
            if household.mother_id is not None and paper[0] != NO_PAPER and paper not in seen:
                seen.add(paper)
                yield _paper(household.mother_id, paper[0], normalised_number(*paper), by)


def _paper(person_id: int, kind: str, number: str, by: Any) -> Row:
    return {"person_id": person_id, "type": kind, "number": number, "created_by_id": by.pk}


def _members(households: Sequence[Household]) -> Iterator[Row]:
    for household in households:
        family = household.family_id
        if household.mother_id is not None:
            yield _member(family, household.mother_id, FamilyRole.MOTHER, is_main_carer=True)
        seen = set()
        for entry in household.entries:
            yield _member(family, entry.child_id, FamilyRole.CHILD)
            if entry.father_id is not None and entry.father_id not in seen:
                seen.add(entry.father_id)
                yield _member(family, entry.father_id, FamilyRole.FATHER)


def _member(family_id: int, person_id: int, role: FamilyRole, *, is_main_carer: bool = False) -> Row:
    return {"family_id": family_id, "person_id": person_id, "role": role, "is_main_carer": is_main_carer}


def _phones(households: Sequence[Household]) -> Iterator[Row]:
    """Whose phone it is and what may be said on it, the register does not tell."""
    for household in households:
        for number in dict.fromkeys(entry.values["phone"] for entry in household.entries):
            if number:
                yield {"family_id": household.family_id, "number": number[:20], "rule": ContactRule.NOT_ASKED}
