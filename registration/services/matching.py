"""Keep the duplicate engine told of a child's birth facts, and look for records of the same child."""

from __future__ import annotations

from datetime import datetime

from casework.people.services.duplicates import BirthKeyFacts, find_duplicates, refresh_match_key

from registration.models import BirthRecord
from registration.states import ParentRole


def refresh_matches(birth: BirthRecord, *, now: datetime) -> None:
    """Write the match key of the child and compare it with everybody it could be (decision 20)."""
    case = birth.case
    mother = birth.parents.filter(role=ParentRole.MOTHER).select_related("person").first()
    refresh_match_key(
        child=case.child,
        facts=BirthKeyFacts(
            mother=mother.person if mother else None,
            plurality=birth.plurality,
            birth_order=birth.birth_order,
            hospital_no=birth.hospital_no_child,
            certificate_no=birth.proof_number,
            facility=str(birth.facility_id or ""),
            phones=tuple(case.family.phones.values_list("number", flat=True)) if case.family_id else (),
            office_id=birth.office_id,
            is_sealed=case.is_sealed,
            is_open=case.is_open,
        ),
    )
    find_duplicates(child=case.child, now=now)
