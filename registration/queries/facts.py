"""A birth record's facts as the rules take them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from casework.people.models import Person, PersonName
from registration.models import BirthRecord, ParentLink
from registration.rules.facts import UNKNOWN_BIRTH, BirthFacts, PaperFacts, ParentFacts
from registration.states import HOME_PLACES


def facts_of(birth: BirthRecord) -> BirthFacts:
    """The stored record as BirthFacts."""
    child = birth.case.child
    names = child.current_names()
    parents = list(birth.parents.all())
    prefetch_related_objects(parents, "person__names", "person__papers")
    return BirthFacts(
        names=_by_script(names),
        is_baby_of=any(name.kind == "baby_of" for name in names),
        birth=child.birth,
        born_as_told=child.born_as_told,
        sex=child.sex,
        weekday_told=birth.weekday_told,
        time=birth.time,
        plurality=birth.plurality,
        birth_order=birth.birth_order,
        weight_g=birth.weight_g,
        gestation_weeks=birth.gestation_weeks,
        place_kind=birth.place_kind,
        facility_id=birth.facility_id,
        is_certifying=birth.facility is None or birth.facility.issues_first_proof,
        place_code=birth.place_id or "",
        is_place_unknown=is_place_unknown(birth),
        place_text=birth.place_text,
        country=birth.country,
        attendant=birth.attendant,
        hospital_no_child=birth.hospital_no_child,
        hospital_no_mother=birth.hospital_no_mother,
        proof=birth.proof,
        proof_number=birth.proof_number,
        proof_issued_on=birth.proof_issued_on,
        proof_held_by=birth.proof_held_by,
        proof_seen=birth.proof_seen,
        parents=tuple(parent_facts(link) for link in parents),
        channel=birth.channel,
        registry_office_id=birth.registry_office_id,
        informant_relation=birth.informant_relation,
        informant_name=birth.informant_name,
        is_already_registered=birth.is_already_registered,
        wanted=birth.wanted,
        is_in_care=birth.is_in_care,
        late_reason=birth.late_reason,
        late_text=birth.late_text,
        interpreter_language=birth.interpreter_language,
    )


def is_place_unknown(birth: BirthRecord) -> bool:
    """Whether the district of a birth at home or on the way was said to be unknown: it stands without one."""
    return birth.place_kind in HOME_PLACES and birth.place_id is None


def names_by_script(person: Person) -> dict[str, str]:
    """One name per script of those used now, the main one first."""
    return _by_script(person.current_names())


def _by_script(names: Iterable[PersonName]) -> dict[str, str]:
    by_script: dict[str, str] = {}
    for name in names:
        by_script.setdefault(name.script, name.full)
    return by_script


def parent_facts(link: ParentLink) -> ParentFacts:
    """What is stored of one parent."""
    person = link.person
    return ParentFacts(
        role=link.role,
        knowledge=link.knowledge,
        names=names_by_script(person) if person else {},
        birth=person.birth if person else UNKNOWN_BIRTH,
        person_id=link.person_id,
        reason=link.reason,
        papers=tuple(
            PaperFacts(
                type=paper.type, number=paper.number, issued_on=paper.issued_on, expires_on=paper.expires_on,
                original_seen=paper.original_seen,
            )
            for paper in person.papers.all()
        )
        if person
        else (),
        has_paper=link.has_paper,
        nationality_claimed=link.nationality_claimed,
        status_group=link.status_group,
        marriage=link.marriage,
        surname_consent=link.surname_consent,
    )  # fmt: skip
