"""Keep the duplicate engine told of a child's birth facts, and look for records of the same child."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from casework.accounts.models import User
from casework.drafts.models import Draft
from casework.drafts.services import keep_beside
from casework.people.identifiers import normalise_number
from casework.people.match_features import Features, paper_key
from casework.people.models import Person, Phone
from casework.people.phones import national_digits
from casework.people.queries.match_panel import PART, said_in
from casework.people.services.duplicates import BirthFacts as KeyFacts
from casework.people.services.duplicates import find_duplicates, refresh_match_key
from casework.people.services.said import decide_said
from registration.models import BirthRecord
from registration.queries.kin import born_together
from registration.rules.facts import BirthFacts
from registration.states import ParentRole


def refresh_matches(birth: BirthRecord, *, now: datetime) -> None:
    """Write the match key of the child and compare it with everybody it could be (decision 20)."""
    case = birth.case
    mother = birth.parents.filter(role=ParentRole.MOTHER).select_related("person").first()
    facts = KeyFacts(
        office_id=birth.office_id,
        mother=mother.person if mother else None,
        plurality=birth.plurality,
        birth_order=birth.birth_order,
        hospital_no=birth.hospital_no_child,
        certificate_no=birth.proof_number,
        facility=str(birth.facility_id or ""),
        weight_g=birth.weight_g,
        phones=tuple(Phone.rows.filter(family=case.family_id).values_list("number", flat=True)),
        is_sealed=case.is_sealed,
        is_open=case.is_open,
    )
    key = refresh_match_key(child=case.child, facts=facts)
    find_duplicates(child=case.child, now=now, key=key)


def bring_twins_together(first: Person, second: Person) -> None:
    """The records of one birth of several babies know each other, once two of them were said to be twins."""
    rows = BirthRecord.rows.filter(case__child__in=(first, second), plurality__gt=1).exclude(case__state="void")
    births = list(rows.select_related("case__child").order_by("pk"))
    if len({birth.case.child_id for birth in births}) < 2 or len({birth.office_id for birth in births}) > 1:
        return
    if born_together(first.birth, second.birth):
        groups = [birth.sibling_group for birth in births if birth.sibling_group] or [uuid.uuid4()]
        known = Q(pk__in=[birth.pk for birth in births]) | Q(sibling_group__in=groups)
        BirthRecord.rows.filter(known).update(sibling_group=groups[0])


def features_of_typing(facts: BirthFacts) -> Features:
    """What can be compared of a birth that is still being typed."""
    mother = facts.mother
    papers = [paper_key(paper.type, paper.number) for paper in mother.papers if paper.number] if mother else []
    return Features.of_names(
        child=list(facts.names.values()),
        mother=list(mother.names.values()) if mother else [],
        born_on=facts.birth.on,
        precision=facts.birth.precision,
        sex=facts.sex,
        plurality=facts.plurality,
        birth_order=facts.birth_order,
        mother_papers=frozenset(papers),
        phones=frozenset(filter(None, map(national_digits, facts.phones))),
        hospital_no=normalise_number(facts.hospital_no_child)[:20],
        certificate_no=normalise_number(facts.proof_number)[:60],
        facility=str(facts.facility_id or ""),
        weight_g=facts.weight_g,
    )


def remember_answer(*, draft: Draft, key: str, answer: str, by: User) -> Draft:
    """Keep with the draft what was said of a child who looks alike; an empty answer takes it back."""
    said = {**said_in(draft), key: answer}
    return keep_beside(draft=draft, part=PART, answers={name: told for name, told in said.items() if told}, by=by)


def decide_as_said(*, birth: BirthRecord, said: Mapping[str, Any], by: User, now: datetime) -> None:
    """Decide the pairs of a new birth as was said while it was typed."""
    decide_said(
        child=birth.case.child, said=said, by=by, now=now, reason=_("Said while the birth was written down."),
        question=_("A birth was written down that looks like this one. Is it the same child?"),
    )  # fmt: skip
