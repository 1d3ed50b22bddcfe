"""Children said to be a twin or sibling of the one being typed: whose mother is known already (day.md 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from casework.drafts.models import Draft
from casework.kernel.dates import BirthDate
from casework.kernel.digits import row_number
from casework.people.match_weights import DEFAULT_WEIGHTS
from casework.people.models import Person
from casework.people.queries.match_panel import said_in, said_to_be
from casework.people.states import Decision
from registration.models import BirthRecord, ParentLink
from registration.rules.facts import BirthFacts
from registration.states import ParentRole


@dataclass(frozen=True)
class Kin:
    """A birth record of a twin or sibling, with the parents known there."""

    birth: BirthRecord
    is_twin: bool
    mother: Person | None
    father: Person | None
    is_mother_as_typed: bool
    """Whether the mother was typed by a name she goes by there."""


def kin_of(facts: BirthFacts, said: Mapping[str, Any], user: Any, *, office_id: int) -> list[Kin]:
    """Records of this office that the reader sees, of children said to be twin or sibling; twins first.

    A twin is one of several babies born within the days that tell twins (C8); else it is another birth of the mother.
    """
    children = said_to_be(Decision.SIBLING, said, user)
    if not children:
        return []
    parents = Prefetch("parents", ParentLink.rows.select_related("person").prefetch_related("person__names"))
    rows = BirthRecord.objects.visible_to(user).filter(case__child__in=children, office_id=office_id)
    rows = rows.exclude(case__state="void").select_related("case__child", "case__family").prefetch_related(parents)
    found = [_kin(birth, facts) for birth in rows.order_by("pk")]
    return sorted(found, key=lambda kin: not kin.is_twin)


def begun_from(draft: Draft, user: Any) -> BirthRecord | None:
    """The record from which this draft was begun as the other twin's, as far as the reader sees it."""
    told = [answers["twin_of"] for answers in draft.data.values() if "twin_of" in answers]
    number = row_number(told[-1]) if told else None
    return BirthRecord.objects.visible_to(user).filter(pk=number).first() if number else None


def kin_beside(draft: Draft, facts: BirthFacts, user: Any) -> list[Kin]:
    """Records of children said to be twin or sibling, where the draft was not begun from one."""
    return [] if begun_from(draft, user) else kin_of(facts, said_in(draft), user, office_id=draft.office_id)


def twin_said(facts: BirthFacts, said: Mapping[str, Any], user: Any, *, office_id: int) -> BirthRecord | None:
    """The record of the twin that the birth being typed was said to have."""
    return next((kin.birth for kin in kin_of(facts, said, user, office_id=office_id) if kin.is_twin), None)


def _kin(birth: BirthRecord, facts: BirthFacts) -> Kin:
    persons = {link.role: link.person for link in birth.parents.all() if link.person_id}
    mother = persons.get(ParentRole.MOTHER)
    typed = set(facts.mother.names.values()) if facts.mother else set()
    return Kin(
        birth=birth,
        is_twin=facts.plurality > 1 and born_together(birth.case.child.birth, facts.birth),
        mother=mother,
        father=persons.get(ParentRole.FATHER),
        is_mother_as_typed=mother is not None and any(name.full in typed for name in mother.names.all()),
    )


def born_together(one: BirthDate, other: BirthDate) -> bool:
    """Whether two births lie within the days that tell twins (C8); one that is not known exactly never does."""
    if not (one.is_exact and other.is_exact and one.on and other.on):
        return False
    return abs((one.on - other.on).days) <= DEFAULT_WEIGHTS.twin_days
