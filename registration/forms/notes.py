"""Words beside the fields while one types: what looks odd, what cannot be saved. They never stop the typing."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.kernel.refusals import Finding, Level
from casework.people.zawgyi import zawgyi_to_unicode
from registration.rules.facts import BirthFacts
from registration.rules.validations import birth_findings, box_findings, grown_findings

from .lines import Note, Step

SHOWN_AT = {"child_name": "child_name_Mymr", "mother_name": "mother_name_Mymr", "father_name": "father_name_Mymr"}
"""Findings about a name as a whole stand at its first box."""
ELSEWHERE = {"mother_birth": "birth", "father_birth": "birth"}
"""What two dates say of each other stands at the child's where the parent's is not on the page."""
MISSING = frozenset({"BR-NAME-1", "BR-DOB-0", "BR-BIRTH-1", "BR-PLACE-0", "BR-PLACE-1", "BR-PLACE-2", "BR-PLACE-3",
                     "BR-PAR-0", "BR-PAR-1", "BR-PAR-2"})  # fmt: skip
"""What is only not answered yet; said when the step is saved."""
ZAWGYI = "BR-NAME-4"


def field_of(finding: Finding, form: Step) -> str:
    """The field of the page at which a finding is said; empty when the page has none for it."""
    field = SHOWN_AT.get(finding.field, finding.field)
    if field not in form.fields:
        field = ELSEWHERE.get(field, "")
    return field if field in form.fields else ""


def notes_on(form: Step, facts: BirthFacts, *, today: date) -> dict[str, list[Note]]:
    """What the rules say of a step's answers, by field."""
    notes: dict[str, list[Note]] = {}
    findings = (*birth_findings(facts, today=today), *box_findings(facts), *grown_findings(facts, today=today))
    for finding in findings:
        field = field_of(finding, form)
        if not field or finding.code in MISSING or (form.is_bound and field in form.errors):
            continue
        text = typed_name(facts, field) if finding.code == ZAWGYI else ""
        sentence = named(form, field, str(finding.sentence))
        note = Note(sentence, zawgyi_to_unicode(text) if text else "", finding.level is Level.ERROR)
        notes.setdefault(field, []).append(note)
    return notes


def named(form: Step, field: str, sentence: str) -> str:
    """A sentence about one of several boxes says which."""
    return f"{form.fields[field].label}: {sentence}" if "_name_" in field else sentence


def typed_name(facts: BirthFacts, field: str) -> str:
    """What stands in a name box."""
    who, _name, script = field.partition("_name_")
    parent = facts.parent(who)
    names = facts.names if who == "child" else parent.names if parent else {}
    return names.get(script, "")


def live_notes(form: Step, facts: BirthFacts, *, today: date) -> list[tuple[str, list[Note]]]:
    """For every field of a step being typed what to say of it now: wrong formats first, then the rules (row 35)."""
    said = notes_on(form, facts, today=today)
    for field in form:
        errors = form.errors.get(field.name)
        if errors and is_typed(field.data) and not any(e.code == "required" for e in errors.as_data()):
            sentences = getattr(field, "sentences", list(errors))
            said.setdefault(field.name, []).extend(Note(sentence, is_error=True) for sentence in sentences)
    return [(name, said.get(name, [])) for name in form.fields if not form.is_ruled_out(name)]


def is_typed(value: Any) -> bool:
    """Whether an answer is there as a whole: a date of which a box is still empty is not read yet."""
    if isinstance(value, dict):
        is_day = value.get("precision", "exact") in ("", "exact")
        return all(value.get(box) for box in "dmy") if is_day else True
    return value not in (None, "", [])
