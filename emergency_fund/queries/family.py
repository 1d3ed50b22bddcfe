"""The family a request is for, as its forms need it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language

from casework.cases.models import Case
from casework.kernel.dates import add_years
from casework.kernel.guards import YES, Verdict
from casework.people.models import Family, FamilyMember, Person
from casework.people.states import FamilyRole
from emergency_fund.models import AssistanceLine, AssistanceRequest
from emergency_fund.rules.deliveries import may_be_offered
from emergency_fund.rules.requests import helps_somebody
from emergency_fund.rules.speaking import may_speak
from emergency_fund.states import FOR_FAMILY

from .insurance import age_on

CHILD_UNTIL = 18
YOUNG = (FamilyRole.CHILD, FamilyRole.SIBLING)
LIVING = {"until_on__isnull": True, "person__merged_into__isnull": True, "person__died_on__isnull": True}


def living_in(family: int) -> Any:
    """Who lives in a family now: not the dead, and a person with two records that became one once."""
    return FamilyMember.rows.filter(family=family, **LIVING)


def lived_in(family: int, on: date) -> list[Person]:
    """Who lived in a family on a day: born by then, still alive, moved in and not away; each once."""
    by_then = Q(since_on__isnull=True) | Q(since_on__lte=on)
    by_then &= Q(person__born_on__isnull=True) | Q(person__born_on__lte=on)
    not_yet = Q(until_on__isnull=True) | Q(until_on__gt=on)
    not_yet &= Q(person__died_on__isnull=True) | Q(person__died_on__gt=on)
    rows = FamilyMember.rows.filter(by_then, not_yet, family=family, person__merged_into__isnull=True)
    return list({row.person_id: row.person for row in rows.select_related("person").order_by("pk")}.values())


def is_young(today: date) -> Q:
    """Members who are children; where nobody knows the birth date, by their role."""
    born = Q(person__born_on__gt=add_years(today, -CHILD_UNTIL))
    return born | Q(person__born_on__isnull=True, role__in=YOUNG)


def can_help(line: AssistanceLine, today: date) -> Verdict:
    """Whether the child of a line lives, or what is for a whole family has another child to be for."""
    if line.child.record_now().died_on is None:
        return YES
    is_shared = line.kind in FOR_FAMILY
    return helps_somebody(is_shared and living_in(line.request.family_id).filter(is_young(today)).exists())


def members_of(family: Family | None) -> list[FamilyMember]:
    """Who lives in the family now, with their names; of no family nobody."""
    return [] if family is None else members_of_each([family.pk])[family.pk]


def members_of_each(families: Collection[int]) -> dict[int, list[FamilyMember]]:
    """Who lives in each of these families now, with their names."""
    found: dict[int, list[FamilyMember]] = {family: [] for family in families}
    rows = FamilyMember.rows.filter(family__in=list(found), **LIVING)
    for row in rows.select_related("person").prefetch_related("person__names").order_by("pk"):
        found[row.family_id].append(row)
    return found


def receivers_of(family: Family | None, today: date) -> list[FamilyMember]:
    """Who of the family can receive what is paid or handed over, by the age of the day."""
    members = members_of(family)
    return [member for member in members if may_be_offered(member.role, age_on(member.person, today))]


def speakers_of(members: Iterable[FamilyMember], today: date) -> list[FamilyMember]:
    """Who of these can ask for the family or appeal."""
    return [member for member in members if may_speak(member.person.birth, today)]


def told_apart(children: Iterable[Person], today: date) -> dict[int, str]:
    """How each child is called, by its id: by name; those of one name with their age, twins of one name numbered."""
    language = (get_language() or "en")[:2]
    named = {child.pk: child.name for child in children}
    aged = {child.pk: f"{child.name}, {child.birth.age_text(today, language)}" for child in children}
    with_age = {pk: aged[pk] if _is_shared(name, named) else name for pk, name in named.items()}
    shared = [pk for pk, name in with_age.items() if _is_shared(name, with_age)]
    return with_age | {pk: f"{with_age[pk]} ({number})" for number, pk in enumerate(shared, start=1)}


def _is_shared(name: str, names: Mapping[int, str]) -> bool:
    return list(names.values()).count(name) > 1


def sees_family(request: AssistanceRequest, user: Any) -> bool:
    """Whether the person may know who the family is: who sees the case. The fund knows who asks, and no other adult."""
    return bool(Case.objects.visible_to(user).filter(pk=request.case_id).exists())


def choices_of(members: Iterable[FamilyMember], *, is_named: bool) -> list[tuple[str, str]]:
    """The family to choose from: by name and role, or by role alone."""
    return [
        (str(m.person_id), f"{m.person.name} ({m.get_role_display()})" if is_named else str(m.get_role_display()))
        for m in members
    ]
