"""Making records of the rows of a register, in bulk: children, parents, families, cases, birth records.

An imported past is the past (day.md 32): a child with a certificate becomes a closed case, a child without one and
under 18 a backlog to review without reminders. Nothing is guessed: what the register does not say stays unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from casework.audit.models import Event
from casework.imports.specification import LoadedRow, RowToLoad
from casework.kernel.pouring import pour
from casework.kernel.refusals import Refusal
from casework.kernel.subjects import subject_type
from casework.people.models import IdentityDocument, MatchKey, PersonReach
from casework.people.queries.match_keys import stored_values
from casework.people.states import PaperType
from registration.imports.births import add_births
from registration.imports.features import features_of
from registration.imports.households import Household, households_of
from registration.imports.people import add_people


def load(*, run: Any, rows: Sequence[RowToLoad], now: datetime, report: Callable[[int], None]) -> list[LoadedRow]:
    """Make records of checked rows, inside the caller's transaction. Answers what each row became.

    Raises Refusal (BR-ID-7) when a child's 13-digit number was given to another child since the dry run.
    """
    _insist_on_new_numbers(rows)
    households = households_of(rows)
    add_people(households, by=run.created_by, now=now)
    report(len(rows) // 4)
    add_births(households, run=run, now=now)
    report(len(rows) // 2)
    _let_them_be_seen(households, run, now)
    _let_them_be_compared(households, run, now)
    report(len(rows) * 3 // 4)
    _tell_the_history(households, run, now)
    return [
        LoadedRow(
            row_id=entry.row.row_id,
            subject_type=subject_type(entry.case),
            subject_id=entry.case.pk,
            label=entry.case.number,
        )
        for household in households
        for entry in household.entries
    ]


def _insist_on_new_numbers(rows: Sequence[RowToLoad]) -> None:
    numbers = [row.values["child_number"] for row in rows if row.values["child_number"]]
    taken = IdentityDocument.rows.filter(type=PaperType.CHILD_NUMBER, number__in=numbers, is_current=True)
    if taken.exists() or len(set(numbers)) < len(numbers):
        sentence = _("A 13-digit number of this file belongs to a child already. Check the file again.")
        raise Refusal("BR-ID-7", "child_number", sentence)


def _let_them_be_seen(households: Sequence[Household], run: Any, now: datetime) -> None:
    """The office and the programme see everybody of its cases."""
    source = subject_type(households[0].entries[0].case)
    places = ("", run.programme)
    rows = (
        {
            "person_id": person.pk,
            "source_type": source,
            "source_id": entry.case.pk,
            "office_id": run.office_id,
            "programme": programme,
        }
        for household in households
        for entry in household.entries
        for person in household.persons_of(entry)
        for programme in places
    )
    pour(PersonReach, rows, now=now)


def _let_them_be_compared(households: Sequence[Household], run: Any, now: datetime) -> None:
    rows = (
        {
            "child_id": entry.child.pk,
            "office_id": run.office_id,
            "is_open": entry.case.is_open,
            **stored_values(features_of(entry.row.values)),
        }
        for household in households
        for entry in household.entries
    )
    pour(MatchKey, rows, now=now)


def _tell_the_history(households: Sequence[Household], run: Any, now: datetime) -> None:
    rows = (
        {
            "at": now,
            "actor_id": run.confirmed_by_id,
            "action": "imports.case.imported",
            "subject_type": subject_type(entry.case),
            "subject_id": entry.case.pk,
            "case_id_of": entry.case.pk,
            "office_id_of": run.office_id,
        }
        for household in households
        for entry in household.entries
    )
    pour(Event, rows, now=now)
