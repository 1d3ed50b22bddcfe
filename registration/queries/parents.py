"""The parents who are known, and who may be the one that is not known yet."""

from __future__ import annotations

from typing import Any

from casework.people.models import Person
from casework.people.states import FamilyRole, Sex
from registration.models import BirthRecord, ParentLink
from registration.states import Knowledge, ParentRole

NOT_PARENTS = (FamilyRole.CHILD, FamilyRole.SIBLING)
OTHER_SEX = {ParentRole.MOTHER: Sex.MALE, ParentRole.FATHER: Sex.FEMALE}


def known_parents(birth: BirthRecord) -> dict[str, str]:
    """Role → name of the parents who are known and can come themselves."""
    links = birth.parents.filter(person__isnull=False, knowledge=Knowledge.KNOWN).select_related("person")
    return {link.role: link.person.name for link in links.prefetch_related("person__names") if link.person.name}


def who_may_be(link: ParentLink, user: Any) -> list[Person]:
    """Who of the child's family may be this parent: no child, not the other parent, not of the other sex."""
    family = link.birth.case.family
    if link.person_id is not None or family is None:
        return []
    living = family.members.filter(until_on__isnull=True).exclude(role__in=NOT_PARENTS)
    parents = link.birth.parents.filter(person__isnull=False).values("person")
    persons = Person.objects.visible_to(user).filter(pk__in=living.values("person")).exclude(pk__in=parents)
    return list(persons.exclude(sex=OTHER_SEX[ParentRole(link.role)]).prefetch_related("names").order_by("pk"))
