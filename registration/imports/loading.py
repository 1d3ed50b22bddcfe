"""Making records of the rows of a register, in bulk: children, parents, families, cases, birth records.

An imported past is the past (day.md 32): a child with a certificate becomes a closed case, a child without one and
under 18 a backlog to review without reminders. Nothing is guessed: what the register does not say stays unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from casework.accounts.queries import practice_offices
from casework.audit.models import Event
from casework.cases.models import Case
from casework.cases.states import CaseState
from casework.imports.specification import LoadedRow, RowToLoad
from casework.kernel.pouring import pour
from casework.kernel.refusals import Refusal
from casework.kernel.subjects import subject_type
from casework.people.models import IdentityDocument, MatchKey, PersonReach
from casework.people.queries.match_keys import stored_values
from casework.people.states import PaperType
from registration.imports.births import BirthRegister, number_cases
from registration.imports.features import features_of
from registration.imports.households import Household, households_of
from registration.imports.people import add_people

AT_ONCE = 2_000
CASE = subject_type(Case())


def load(*, run: Any, rows: Sequence[RowToLoad], now: datetime, report: Callable[[int], None]) -> list[LoadedRow]:
    """Make records of checked rows, inside the caller's transaction. Answers what each row became.

    Raises Refusal (BR-ID-7) when a child's 13-digit number was given to another child since the dry run.
    """
    invented = run.office_id in practice_offices()
    _insist_on_new_numbers(rows, invented)
    households, done = households_of(rows), 0
    number_cases(households, run=run)
    register = BirthRegister(run=run, now=now)
    for some in _parts(households):
        add_people(some, by=run.created_by, now=now, invented=invented)
        register.add(some)
        _let_them_be_seen(some, run, now)
        _let_them_be_compared(some, run, now)
        _tell_the_history(some, run, now)
        done += sum(len(household.entries) for household in some)
        report(done)
    return [
        LoadedRow(
            row_id=entry.row.row_id,
            subject_type=CASE,
            subject_id=entry.case["id"],
            label=entry.case["number"],
        )
        for household in households
        for entry in household.entries
    ]


def _parts(households: Sequence[Household]) -> Iterator[Sequence[Household]]:
    """Households of some thousand rows at a time: what is known of their names is still at hand for each table."""
    for first in range(0, len(households), AT_ONCE):
        yield households[first : first + AT_ONCE]


def _insist_on_new_numbers(rows: Sequence[RowToLoad], invented: bool) -> None:
    numbers = [row.values["child_number"] for row in rows if row.values["child_number"]]
    taken = IdentityDocument.rows.filter(
        type=PaperType.CHILD_NUMBER, number__in=numbers, is_current=True, is_invented=invented
    )
    if taken.exists() or len(set(numbers)) < len(numbers):
        sentence = _("A 13-digit number of this file belongs to a child already. Check the file again.")
        raise Refusal("BR-ID-7", "child_number", sentence)


def _let_them_be_seen(households: Sequence[Household], run: Any, now: datetime) -> None:
    """The office and the programme see everybody of its cases."""
    places = ("", run.programme)
    rows = (
        {
            "person_id": person_id,
            "source_type": CASE,
            "source_id": entry.case["id"],
            "office_id": run.office_id,
            "programme": programme,
        }
        for household in households
        for entry in household.entries
        for person_id in household.persons_of(entry)
        for programme in places
    )
    pour(PersonReach, rows, now=now)


def _let_them_be_compared(households: Sequence[Household], run: Any, now: datetime) -> None:
    rows = (
        {
            "child_id": entry.child_id,
            "office_id": run.office_id,
            "is_open": entry.case["state"] == CaseState.OPEN,
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
            "subject_type": CASE,
            "subject_id": entry.case["id"],
            "case_id_of": entry.case["id"],
            "office_id_of": run.office_id,
        }
        for household in households
        for entry in household.entries
    )
    pour(Event, rows, now=now)
