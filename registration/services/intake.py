"""From what was typed at the desk to an open case with its birth record."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from casework.accounts.models import Office, User
from casework.audit.services import record_event
from casework.cases.models import Case
from casework.cases.services.cases import open_case
from casework.cases.services.records import give_notice
from casework.cases.states import Origin
from casework.kernel.acts import act
from casework.kernel.digits import to_ascii_digits
from casework.kernel.moves import move
from casework.kernel.refusals import Finding, refuse_errors
from casework.people.models import Family, Person
from casework.people.phones import national_digits
from casework.people.rules import normalised_number
from casework.people.services.families import NewMember, add_members, add_phone, create_family
from casework.people.services.papers import add_paper, number_findings
from casework.people.services.persons import NewName, NewPerson, create_persons
from casework.people.states import FamilyRole, NameKind, Sex
from registration.models import BirthRecord, ParentLink
from registration.rules.facts import BirthFacts, ParentFacts
from registration.rules.tracks import reckoned
from registration.rules.validations import birth_findings
from registration.states import WITH_PERSON, ParentRole, Status

from .listed import insist_on_known
from .matching import refresh_matches
from .ward import meet_by_number
from .warnings import insist_on_acknowledgement, keep_acknowledged

PROGRAMME = "registration"
FAMILY_ROLES = {
    ParentRole.MOTHER: FamilyRole.MOTHER,
    ParentRole.FATHER: FamilyRole.FATHER,
    ParentRole.OTHER: FamilyRole.GUARDIAN,
}


@dataclass(frozen=True, kw_only=True)
class NoticeFacts:
    """How the family was informed; by nobody means by who opens the case."""

    language: str
    given_on: date
    interpreter: str = ""
    given_by: User | None = None


@act
def open_birth(
    *,
    facts: BirthFacts,
    notice: NoticeFacts,
    office: Office,
    by: User,
    now: datetime,
    today: date,
    lead: User | None = None,
    acknowledged: Sequence[str] = (),
    received_on: date | None = None,
    origin: str = Origin.TYPED,
    twin_of: BirthRecord | None = None,
    sibling_of: BirthRecord | None = None,
) -> BirthRecord:
    """Open the case of one child: persons, family, birth record, notice; then assessing, with the track proposed.

    A twin has the parents and the family of the baby born with it, a sibling the mother and the family.
    Raises Refusal with the codes of C7 for errors, Unacknowledged for warnings whose code is not in `acknowledged`.
    """
    insist_on_known(channel=facts.channel, late_reason=facts.late_reason)
    found = [
        *birth_findings(facts, today=today),
        *shared_number_findings(facts, by, office, _known_parents(facts, twin_of, sibling_of)),
    ]
    findings = refuse_errors(found)
    insist_on_acknowledgement(findings, acknowledged)
    child, family, persons = _write_people(
        facts, office=office, by=by, today=today, twin_of=twin_of, sibling_of=sibling_of
    )
    case = open_case(
        child=child,
        office=office,
        programme=PROGRAMME,
        lead=lead or by,
        by=by,
        opened_on=today,
        now=now,
        family=family,
        received_on=received_on,
        origin=origin,
    )
    birth = _write_birth(case, facts, by=by, today=today, twin_of=twin_of)
    _write_parents(birth, facts, persons)
    keep_acknowledged(birth=birth, findings=findings, by=by, at=now)
    give_notice(
        case=case,
        language=notice.language,
        interpreter=notice.interpreter,
        given_on=notice.given_on,
        given_by=notice.given_by,
        by=by,
        today=today,
    )
    record_event("registration.birth.opened", actor=by, subject=birth, case_id=case.pk, office_id=office.pk, at=now)
    refresh_matches(birth, now=now)
    meet_by_number(birth=birth, by=by, now=now)
    move(birth, Status.ASSESSING, state_field="status", status_since=today)
    record_event("registration.birth.assessing", actor=by, subject=birth, case_id=case.pk, office_id=office.pk, at=now)
    return birth


def shared_number_findings(
    facts: BirthFacts, by: User, office: Office, known: Collection[str] = ()
) -> Iterator[Finding]:
    """BR-PAR-4: a new parent's paper has the number of somebody we know already."""
    for parent in facts.parents:
        for paper in parent.papers if parent.person_id is None and parent.role not in known else ():
            number = normalised_number(paper.type, paper.number)
            for finding in number_findings(type=paper.type, number=number, person_id=None, user=by, office=office):
                yield replace(finding, field=f"{parent.role}_paper_number")


def _write_people(
    facts: BirthFacts, *, office: Office, by: User, today: date, twin_of: BirthRecord | None,
    sibling_of: BirthRecord | None,
) -> tuple[Person, Family, dict[str, Person]]:  # fmt: skip
    same, known = _known_parents(facts, twin_of, sibling_of), twin_of or sibling_of
    parents = [parent for parent in facts.parents if parent.role not in same and parent.knowledge in WITH_PERSON]
    fresh = [parent for parent in parents if parent.person_id is None and any(parent.names.values())]
    child, *added = create_persons([_new_child(facts), *map(new_parent, fresh)], by=by, today=today)
    persons = {parent.role: Person.rows.get(pk=parent.person_id) for parent in parents if parent.person_id is not None}
    for parent, person in zip(fresh, added, strict=True):
        persons[parent.role] = person
        add_papers(person, parent, office=office, by=by, today=today)
    family = (
        known.case.family
        if known and known.case.family
        else create_family(address_text=facts.address_text, place_code=facts.address_code, by=by)
    )
    _join_family(family, child, persons, is_new=known is None, by=by)
    if twin_of is None:
        owner = (persons | same).get(ParentRole.MOTHER)
        for number in _new_numbers(family, facts):
            add_phone(family=family, number=number, person=owner, rule=facts.phone_rule, by=by)
    return child, family, persons | same


def _known_parents(facts: BirthFacts, twin_of: BirthRecord | None, sibling_of: BirthRecord | None) -> dict[str, Person]:
    """A twin's mother and father are the persons already known, of a sibling the mother; nobody who was not told."""
    roles = {parent.role for parent in facts.parents if parent.knowledge in WITH_PERSON}
    if twin_of is None:
        roles &= {ParentRole.MOTHER}
    links = ParentLink.rows.filter(birth=twin_of or sibling_of, role__in=roles, person__isnull=False)
    return {link.role: link.person for link in links.select_related("person")} if twin_of or sibling_of else {}


def _new_numbers(family: Family, facts: BirthFacts) -> list[str]:
    """The phones as told that the family does not have yet."""
    held = set(family.phones.values_list("number", flat=True))
    return [number for number in facts.phones if national_digits(number) not in held]


def _new_child(facts: BirthFacts) -> NewPerson:
    kind = NameKind.BABY_OF if facts.is_baby_of else NameKind.AS_SPOKEN
    names = [NewName(text, kind) for text in facts.names.values()]
    return NewPerson(names=names, birth=facts.birth, sex=facts.sex, born_as_told=facts.born_as_told)


def new_parent(parent: ParentFacts) -> NewPerson:
    """A parent as a person to be added."""
    sex = Sex.FEMALE if parent.role == ParentRole.MOTHER else Sex.MALE
    return NewPerson(names=parent.names, birth=parent.birth, sex=sex)


def add_papers(person: Person, parent: ParentFacts, *, office: Office, by: User, today: date) -> None:
    """The papers that a parent who is just being added showed at the desk of an office."""
    for paper in parent.papers:
        add_paper(
            person=person,
            type=paper.type,
            number=paper.number,
            issued_on=paper.issued_on,
            expires_on=paper.expires_on,
            original_seen=paper.original_seen,
            office=office,
            by=by,
            today=today,
        )


def _join_family(family: Family, child: Person, parents: Mapping[str, Person], *, is_new: bool, by: User) -> None:
    """Child and parents live in the family; who lives there already stays as they are."""
    living = family.members.filter(until_on__isnull=True).values_list("person_id", flat=True)
    here = set() if is_new else set(living)
    new = [NewMember(person=child, role=FamilyRole.CHILD)]
    for role, person in parents.items():
        if person.pk not in here:
            here.add(person.pk)
            new.append(NewMember(person=person, role=FAMILY_ROLES[ParentRole(role)]))
    add_members(new, family=family, by=by)


def _write_birth(case: Case, facts: BirthFacts, *, by: User, today: date, twin_of: BirthRecord | None) -> BirthRecord:
    group = None
    if facts.plurality > 1:
        group = (twin_of.sibling_group if twin_of else None) or uuid.uuid4()
    if twin_of is not None:
        _tell_twin(twin_of, facts, group)
    return BirthRecord.rows.create(
        case=case,
        office=case.office,
        created_by=by,
        first_contact_on=case.received_on,
        status_since=today,
        sibling_group=group,
        **reckoned(facts, "", today=today),
        **column_values(facts),
    )


def _tell_twin(first: BirthRecord, facts: BirthFacts, group: uuid.UUID | None) -> None:
    """The baby that was logged before is one of several too, also when nobody said so then."""
    first.sibling_group = first.sibling_group or group
    if first.plurality < facts.plurality:
        first.plurality = facts.plurality
    if first.birth_order is None and facts.birth_order:
        first.birth_order = 2 if facts.birth_order == 1 else 1
    first.save(update_fields=["sibling_group", "plurality", "birth_order"])


def column_values(facts: BirthFacts) -> dict[str, object]:
    """The facts that are columns of the birth record."""
    return {
        "channel": facts.channel,
        "registry_office_id": facts.registry_office_id,
        "interpreter_language": facts.interpreter_language,
        "late_reason": facts.late_reason,
        "late_text": facts.late_text,
        "is_already_registered": facts.is_already_registered,
        "wanted": facts.wanted,
        "is_in_care": facts.is_in_care,
        "time": facts.time,
        "weekday_told": facts.weekday_told,
        "place_kind": facts.place_kind,
        "facility_id": facts.facility_id,
        "place_id": facts.place_code or None,
        "place_text": facts.place_text,
        "country": facts.country,
        "attendant": facts.attendant,
        "plurality": facts.plurality,
        "birth_order": facts.birth_order,
        "weight_g": facts.weight_g,
        "gestation_weeks": facts.gestation_weeks,
        "hospital_no_child": to_ascii_digits(facts.hospital_no_child),
        "hospital_no_mother": to_ascii_digits(facts.hospital_no_mother),
        "proof": facts.proof,
        "proof_number": to_ascii_digits(facts.proof_number),
        "proof_issued_on": facts.proof_issued_on,
        "proof_held_by": facts.proof_held_by,
        "proof_seen": facts.proof_seen,
        "informant_relation": facts.informant_relation,
        "informant_name": facts.informant_name,
    }


def _write_parents(birth: BirthRecord, facts: BirthFacts, persons: dict[str, Person]) -> None:
    ParentLink.rows.bulk_create(
        ParentLink(
            birth=birth,
            role=parent.role,
            knowledge=parent.knowledge,
            person=persons.get(parent.role),
            reason=parent.reason,
            nationality_claimed=parent.nationality_claimed,
            status_group=parent.status_group,
            marriage=parent.marriage,
            surname_consent=parent.surname_consent,
            has_paper=parent.shows_paper,
        )
        for parent in facts.parents
    )
