"""Keep the duplicate engine told of a child's birth facts, and look for records of the same child."""

from __future__ import annotations

from datetime import datetime

from casework.people.identifiers import normalise_number
from casework.people.match_features import Features, paper_key
from casework.people.phones import national_digits
from casework.people.services.duplicates import BirthFacts as KeyFacts
from casework.people.services.duplicates import find_duplicates, refresh_match_key
from registration.models import BirthRecord
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
        phones=tuple(case.family.phones.values_list("number", flat=True)) if case.family else (),
        is_sealed=case.is_sealed,
        is_open=case.is_open,
    )
    refresh_match_key(child=case.child, facts=facts)
    find_duplicates(child=case.child, now=now)


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
