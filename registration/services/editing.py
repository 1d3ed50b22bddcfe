"""Change the facts of a birth that is not yet at the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from casework.accounts.models import User
from casework.audit.services import changed_fields
from casework.kernel.refusals import Conflict, Finding, Refusal, refuse_errors
from casework.people.models import Person, PersonName
from casework.people.services.persons import add_name, change_birth, change_name, make_name_primary, remove_name
from casework.people.services.persons import change_facts as change_person
from registration.models import BirthRecord
from registration.queries.answers import SCRIPTS
from registration.queries.facts import facts_of, names_by_script
from registration.rules import guards
from registration.rules.facts import BirthFacts
from registration.rules.validations import birth_findings, born_here_findings
from registration.states import Status

from .intake import column_values
from .listed import insist_on_known
from .matching import refresh_matches
from .progress import back_to_gathering, make_checklist, note
from .reckoning import reckon
from .warnings import insist_on_acknowledgement, keep_acknowledged

KEPT = frozenset({"interpreter_language", "late_text", "plurality"})
"""Columns that this form does not ask."""


@transaction.atomic
def change_facts(
    *, birth: BirthRecord, facts: BirthFacts, by: User, now: datetime, today: date, acknowledged: Sequence[str] = ()
) -> BirthRecord:
    """Change child, birth and papers; the parents stay. A ready record goes back to gathering (decision 22).

    A name that is left out is taken away. Of the parents only that is said which the change makes true.

    Raises Refusal with the codes of C7, Conflict (BR-EDIT-1) once the papers are at the office.
    """
    guards.can_edit_facts(birth).insist()
    insist_on_known(channel=facts.channel, late_reason=facts.late_reason)
    stored = facts_of(birth)
    told = _with_parents(facts, stored)
    found = [*_news(told, stored, today), *born_here_findings(told, birth.track, field="country")]
    warnings = refuse_errors(found)
    insist_on_acknowledgement(warnings, acknowledged)
    keep_acknowledged(birth=birth, findings=warnings, by=by, at=now)
    values = {name: value for name, value in column_values(told).items() if name not in KEPT}
    changes = changed_fields(birth, values)
    if changes:
        birth.save(update_fields=list(changes))
        note(birth, "facts.changed", by, changes=changes)
    _change_child(birth, told, by=by, today=today)
    birth.refresh_from_db()  # what rests on the child was looked at already
    reckon(birth=birth, by=by, today=today)
    if birth.track:
        make_checklist(birth=birth, by=by, today=today)
    if birth.status == Status.READY:
        back_to_gathering(birth=birth, by=by, today=today, reason=gettext("The facts of the birth were changed."))
    refresh_matches(birth, now=now)
    return birth


def _news(told: BirthFacts, stored: BirthFacts, today: date) -> list[Finding]:
    """What the rules say, without what they said of the parents before: no field of this form can mend it."""
    known = {(finding.code, finding.field) for finding in birth_findings(stored, today=today)}
    return [
        finding
        for finding in birth_findings(told, today=today)
        if not finding.field.startswith(guards.OF_PARENTS) or (finding.code, finding.field) not in known
    ]


def _with_parents(facts: BirthFacts, stored: BirthFacts) -> BirthFacts:
    return replace(
        facts, parents=stored.parents, plurality=stored.plurality, is_baby_of=facts.is_baby_of or stored.is_baby_of
    )


def _change_child(birth: BirthRecord, facts: BirthFacts, *, by: User, today: date) -> None:
    child = birth.case.child
    before = names_by_script(child)
    for script, text in facts.names.items():
        if before.get(script) != text:
            _write_name(child, script, text, by)
    for script in SCRIPTS:
        if script in before and script not in facts.names:
            _leave_out(child, script, by)
    if child.birth != facts.birth:
        change_birth(person=child, birth=facts.birth, by=by, today=today)
    if child.sex != facts.sex:
        change_person(person=child, by=by, sex=facts.sex)


def _write_name(child: Person, script: str, text: str, by: User) -> None:
    """Write a name over the one that is used in its script, or beside the others. Raises as add_name."""
    try:
        name = _name_in(child, script)
        if name is None:
            add_name(person=child, full=text, by=by)
        else:
            change_name(name=name, full=text, by=by)
    except Conflict:
        raise
    except Refusal as refusal:
        raise Refusal.of(replace(finding, field=f"child_name_{script}") for finding in refusal.findings) from refusal


def _leave_out(child: Person, script: str, by: User) -> None:
    """Take the name of a box that was emptied away; another one becomes the main name."""
    name = _name_in(child, script)
    if name is None:
        return
    if name.is_primary:
        other = next(row for row in Person.rows.get(pk=child.pk).current_names() if row.pk != name.pk)
        make_name_primary(name=other, by=by)
    remove_name(name=name, by=by)


def _name_in(child: Person, script: str) -> PersonName | None:
    """The name that is used in a script, as it is stored now: with its first own name a child leaves "baby of"."""
    stored = Person.rows.get(pk=child.pk)
    return next((name for name in stored.current_names() if name.script == script), None)
