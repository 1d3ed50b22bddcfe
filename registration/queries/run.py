"""The list for the registry run: what is ready to submit, by registry office, with as little as the counter needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from casework.kernel import dates
from casework.people.models import Person, PersonName
from casework.people.states import Script
from registration.models import BirthRecord, ParentLink
from registration.states import ParentRole, Status, Suspension
from registration.words.codes import RELATIONS, SEXES, word

from .lists import visible_births

THAI = "th"


@dataclass(frozen=True, kw_only=True)
class RunLine:
    """One child on the list, in Thai words."""

    pk: int
    child: str
    sex: str
    born: str
    mother: str
    notifier: str
    number: str
    until: str


def registry_run(user: Any) -> Mapping[str, list[RunLine]]:
    """Registry office → the children whose papers go there, the most urgent first; those that rest are left out."""
    names = PersonName.rows.order_by("-is_primary", "pk")
    mothers = ParentLink.rows.filter(role=ParentRole.MOTHER, person__isnull=False).select_related("person")
    ready = visible_births(user).filter(status=Status.READY, suspension=Suspension.NONE)
    rows = ready.select_related("case__child", "registry_office").prefetch_related(
        Prefetch("case__child__names", names),
        Prefetch("parents", mothers.prefetch_related(Prefetch("person__names", names))),
    )
    found: dict[str, list[RunLine]] = {}
    for birth in rows.order_by("registry_office__name_th", "notify_due_on", "pk"):
        office = birth.registry_office.name_th if birth.registry_office else ""
        found.setdefault(office, []).append(_line(birth))
    return found


def _line(birth: BirthRecord) -> RunLine:
    child = birth.case.child
    born = dates.both(child.birth.on, THAI) if child.birth.is_exact and child.birth.on else child.birth.in_both(THAI)
    relation = word(RELATIONS, birth.informant_relation, THAI)
    return RunLine(
        pk=birth.pk, child=_name(child), sex=word(SEXES, child.sex, THAI), born=born,
        mother=", ".join(_name(link.person) for link in birth.parents.all() if link.person),
        notifier=" ".join(filter(None, (birth.informant_name, relation))), number=birth.case.number,
        until=dates.both(birth.notify_due_on, THAI) if birth.notify_due_on else "",
    )  # fmt: skip


def _name(person: Person) -> str:
    return person.called_in(Script.THAI) or person.name_in(Script.LATIN) or person.name
