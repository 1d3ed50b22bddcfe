"""A parent of a record is written down anew: known by now, or gone; the papers that are asked for follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.audit.services import changed_fields
from casework.kernel.acts import act
from casework.kernel.refusals import Finding, error, refuse_errors
from casework.people.models import Person
from casework.people.services.families import add_member, family_of
from casework.people.services.persons import create_persons
from casework.people.services.reach import share_reach
from registration.models import BirthRecord, ParentLink
from registration.queries.facts import facts_of
from registration.rules import guards
from registration.rules.facts import BirthFacts, ParentFacts
from registration.rules.tracks import propose_track
from registration.rules.validations import parent_findings, same_person_findings
from registration.states import UNSUBMITTED, WITH_PERSON, ParentRole, Status

from .intake import FAMILY_ROLES, add_papers, new_parent, shared_number_findings
from .matching import refresh_matches
from .progress import back_to_gathering, make_checklist, note
from .warnings import insist_on_acknowledgement, keep_acknowledged


@act
def change_parent(
    *, link: ParentLink, parent: ParentFacts, by: User, now: datetime, today: date, acknowledged: Sequence[str] = ()
) -> ParentLink:
    """Write down what is known of a parent now. Who was nobody yet becomes a person in the child's family.

    Who is a person already keeps name, birth date and papers: those are changed on the person's page. The way and the
    checklist follow; a ready record goes back to gathering (C5). Raises Refusal (BR-PAR-1 to -5 and what is said of
    names, dates and papers), Unacknowledged, and Conflict (BR-EDIT-1) once the papers are at the office.
    """
    birth = link.birth
    guards.can_edit_parent(birth).insist()
    warnings = refuse_errors(_findings(link, parent, by, today))
    insist_on_acknowledgement(warnings, acknowledged)
    values: dict[str, Any] = {
        "knowledge": parent.knowledge,
        "reason": parent.reason.strip(),
        "nationality_claimed": parent.nationality_claimed,
        "status_group": parent.status_group,
    }
    if link.role == ParentRole.FATHER:
        values |= {"marriage": parent.marriage, "surname_consent": parent.surname_consent}
    if link.person_id is None:
        person = _person(birth, parent, by, today)
        values |= {"person_id": person.pk if person else None, "has_paper": parent.shows_paper}
    changes = changed_fields(link, values)
    if changes:
        link.save(update_fields=list(changes))
        keep_acknowledged(birth=birth, findings=warnings, by=by, at=now)
        note(birth, "parent.changed", by, changes=changes)
        _follow(birth, by=by, now=now, today=today)
    return link


def _findings(link: ParentLink, parent: ParentFacts, by: User, today: date) -> Iterator[Finding]:
    """Of who is a person already only what is asked here; of anybody else what is asked at intake."""
    stored = facts_of(link.birth)
    if link.person_id is not None:
        if parent.knowledge not in WITH_PERSON:
            sentence = _("This does not fit the name that is recorded, or that none is.")
            yield error("BR-PAR-5", f"{link.role}_knowledge", sentence)
        bare = ParentFacts(role=link.role, knowledge=parent.knowledge, reason=parent.reason, person_id=link.person_id)
        yield from parent_findings(bare, stored.birth, today)
        return
    told = parent
    if parent.person_id is not None:
        told = replace(parent, birth=Person.rows.get(pk=parent.person_id).birth)
    yield from parent_findings(told, stored.birth, today)
    both = replace(stored, parents=(*(row for row in stored.parents if row.role != link.role), told))
    yield from same_person_findings(both)
    yield from shared_number_findings(BirthFacts(names={}, parents=(told,)), by, link.birth.office)


def _person(birth: BirthRecord, parent: ParentFacts, by: User, today: date) -> Person | None:
    """The person who is the parent: one of the family, or somebody new in it; nobody where nobody is known."""
    if parent.knowledge not in WITH_PERSON:
        return None
    if parent.person_id is not None:
        return Person.rows.get(pk=parent.person_id)
    if not any(parent.names.values()):
        return None
    child = birth.case.child
    family = birth.case.family or family_of(person=child, by=by)
    person = create_persons([new_parent(parent)], by=by, today=today)[0]
    share_reach(of=child, to=person)
    add_papers(person, parent, office=birth.office, by=by, today=today)
    add_member(family=family, person=person, role=FAMILY_ROLES[ParentRole(parent.role)], by=by)
    return person


def _follow(birth: BirthRecord, *, by: User, now: datetime, today: date) -> None:
    """The way that the facts point to now, the papers it asks for, and who may be the same child."""
    if birth.status in UNSUBMITTED:
        proposed = propose_track(facts_of(birth), effective=birth.notify_effective_on, today=today)
        BirthRecord.rows.filter(pk=birth.pk).update(track_proposed=proposed)
        if birth.track:
            make_checklist(birth=birth, by=by, today=today)
    if birth.status == Status.READY:
        back_to_gathering(birth=birth, by=by, today=today, reason=gettext("What is known of a parent was changed."))
    refresh_matches(birth, now=now)
