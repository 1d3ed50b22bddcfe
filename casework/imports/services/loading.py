"""From the supervisor's yes to records, all in one transaction, and back again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from casework.access.scopes import may
from casework.audit.services import record_event
from casework.imports import queries
from casework.imports.models import ImportFile, ImportRow, ImportRun
from casework.imports.progress import Progress, Stopped
from casework.imports.report import typed_values
from casework.imports.specification import ImportSpecification, LoadedRow, RowToLoad
from casework.imports.states import RowDecision, RunState
from casework.kernel.collecting import collector_at_rest
from casework.kernel.moves import TransitionNotAllowed, move
from casework.kernel.refusals import Conflict, Forbidden, Refusal
from casework.notifications.queries import in_work
from casework.notifications.services import enqueue

from .preparing import CHECK_TASK

RUN_TASK = "imports.run"
UNDO_TASK = "imports.undo"
LOST_AFTER = timedelta(minutes=15)  # without a sign of life


def _insist_on_second_person(run: ImportRun, by: Any) -> None:
    """Who prepared or proposed an import never confirms it (safety.md §1), and only a supervisor does."""
    if by.pk in (run.created_by_id, run.proposed_by_id):
        raise Conflict("E-IMP-15", "", _("You prepared this import. A second person confirms it."))
    if may(by, "imports.run.confirm", office_id=run.office_id, programmes=[run.programme]) is None:
        raise Forbidden("E-IMP-16", "", _("A supervisor of this office confirms imports."))


@transaction.atomic
def confirm(*, run: ImportRun, by: Any, now: datetime, by_worker: bool = True) -> ImportRun:
    """Say yes as the second person; the worker begins, or the caller itself.

    Raises Conflict or Forbidden for anybody else.
    """
    _insist_on_second_person(run, by)
    run = move(run, RunState.CONFIRMED, confirmed_by=by, confirmed_at=now, progress=0, failure="")
    record_event("imports.run.confirmed", actor=by, subject=run, office_id=run.office_id, at=now)
    if by_worker:
        enqueue(RUN_TASK, run.pk)
    return run


@transaction.atomic
def send_back(*, run: ImportRun, by: Any, reason: str, now: datetime) -> ImportRun:
    """Give a proposed import back to who prepared it. Raises Refusal without a reason, Conflict when not proposed."""
    if not reason.strip():
        raise Refusal("E-IMP-17", "reason", _("Say what should be changed."))
    if run.state != RunState.PROPOSED:
        raise Conflict("E-IMP-12", "", _("This import does not wait for a supervisor. Look at it again."))
    run = move(run, RunState.CHECKED, failure=reason.strip()[:300], proposed_by=None, proposed_at=None)
    record_event("imports.run.returned", actor=by, subject=run, office_id=run.office_id, reason=reason, at=now)
    return run


def run_import(*, run: ImportRun, now: datetime) -> ImportRun:
    """Make records of all rows of a confirmed import: all of them, or none when anything fails.

    Does nothing unless the import is confirmed, so a task sent twice loads once. Somebody may stop it on its way.
    """
    if run.state != RunState.CONFIRMED:
        return run
    run = move(run, RunState.IMPORTING, alive_at=now)
    kind = queries.specification(run.specification)
    rows = rows_to_load(run, kind)
    try:
        with Progress(run, len(rows)) as progress, collector_at_rest(), transaction.atomic():
            _take_time()
            loaded = kind.load(run=run, rows=rows, now=now, report=progress.report)
            _note_loaded(loaded)
            ImportFile.objects.filter(run=run).delete()
            record_event("imports.run.imported", actor=run.confirmed_by, subject=run, office_id=run.office_id, at=now)
            return _done(run, len(rows), now)
    except Stopped:
        run.refresh_from_db()
        return run
    except Refusal as refusal:
        with _spoken_to(run.confirmed_by):
            move(run, RunState.FAILED, failure=str(refusal.sentence)[:300])
        raise
    except Exception as fault:
        move(run, RunState.FAILED, failure=type(fault).__name__)
        raise


def _done(run: ImportRun, rows: int, now: datetime) -> ImportRun:
    try:
        return move(run, RunState.DONE, imported_at=now, progress=rows, total=rows, sheets=_without_samples(run))
    except TransitionNotAllowed as late:
        raise Stopped from late


def _spoken_to(by: Any) -> translation.override:
    """The language of who asked for it: the worker refuses in words that person reads."""
    return translation.override(by.language)


def _without_samples(run: ImportRun) -> list[dict[str, Any]]:
    """The sheets without the cells that helped to tell their columns: they go with the file."""
    return [sheet | {"samples": [[] for _ in sheet.get("headings", ())]} for sheet in run.sheets]


def rows_to_load(run: ImportRun, kind: ImportSpecification) -> list[RowToLoad]:
    """The rows that become records, in the order of the file; a row decided as twin names the row it belongs to."""
    lines = list(ImportRow.rows.filter(run=run).to_load().order_by("id").values_list(*_TO_LOAD, named=True))
    places = {(line.sheet, line.row): line.pk for line in lines}
    return [
        RowToLoad(row_id=line.pk, values=typed_values(line.values, kind.dates), twin_of=_twin_of(line, places))
        for line in lines
    ]


_TO_LOAD = ("pk", "sheet", "row", "values", "suspects", "decision")


def _twin_of(line: Any, places: dict[tuple[str, int], int]) -> int | None:
    if line.decision != RowDecision.TWIN:
        return None
    first = line.suspects[0]
    return places.get((first.get("sheet", ""), first.get("row", 0)))


def _take_time() -> None:
    """Lift the limits of a web request from this transaction: a worker may take as long as the file needs."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")


def _note_loaded(loaded: Sequence[LoadedRow]) -> None:
    """Write into each row what it became, all in one statement."""
    ids = [done.row_id for done in loaded]
    told = [[getattr(done, name) for done in loaded] for name in ("subject_type", "subject_id", "label")]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {ImportRow._meta.db_table} AS line"  # noqa: S608
            " SET subject_type = done.type, subject_id = done.subject, label = done.label"
            " FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::text[]) AS done (id, type, subject, label)"
            " WHERE line.id = done.id",
            [ids, *told],
        )


@transaction.atomic
def import_row(*, row: ImportRow, by: Any, now: datetime) -> LoadedRow:
    """Import one row that was decided after its import was done. A supervisor other than who prepared it does this.

    Raises Conflict when the import is not done, or the row is not decided as another child or a twin.
    """
    run = ImportRun.rows.select_for_update(of=("self",)).get(pk=row.run_id)
    _insist_on_second_person(run, by)
    kind = queries.specification(run.specification)
    waiting = [found for found in rows_to_load(run, kind) if found.row_id == row.pk]
    if run.state != RunState.DONE or not waiting:
        raise Conflict("E-IMP-12", "", _("This row cannot be imported now."))
    loaded = kind.load(run=run, rows=waiting, now=now, report=lambda done: None)
    _note_loaded(loaded)
    record_event("imports.row.imported", actor=by, subject=row, office_id=run.office_id, at=now)
    return loaded[0]


@transaction.atomic
def request_undo(*, run: ImportRun, by: Any, reason: str, now: datetime) -> ImportRun:
    """Ask the worker to take a whole import out again. Raises Refusal without a reason, Forbidden for others."""
    if not reason.strip():
        raise Refusal("E-IMP-17", "reason", _("Say why the import is undone."))
    if may(by, "imports.run.confirm", office_id=run.office_id, programmes=[run.programme]) is None:
        raise Forbidden("E-IMP-16", "", _("A supervisor of this office undoes imports."))
    run = move(run, RunState.UNDOING, undone_by=by, undone_at=now, undo_reason=reason.strip()[:300], failure="")
    record_event("imports.run.undo_requested", actor=by, subject=run, office_id=run.office_id, reason=reason, at=now)
    enqueue(UNDO_TASK, run.pk)
    return run


def undo(*, run: ImportRun, now: datetime) -> ImportRun:
    """Take a whole import out. Case numbers stay used, as voided rows; the file may be brought in anew.

    When somebody has gone on working with one of its records everything stays, and the import says why.
    """
    if run.state != RunState.UNDOING:
        return run
    with _spoken_to(run.undone_by):
        return _take_out(run, now)


def _take_out(run: ImportRun, now: datetime) -> ImportRun:
    kind = queries.specification(run.specification)
    try:
        with transaction.atomic():
            _take_time()
            kind.undo(run=run, by=run.undone_by, reason=run.undo_reason, now=now)
            forgotten: dict[str, Any] = {
                "subject_id": None,
                "subject_type": "",
                "values": {},
                "raw": [],
                "suspects": [],
            }
            ImportRow.rows.filter(run=run).update(**forgotten)
            record_event("imports.run.undone", actor=run.undone_by, subject=run, office_id=run.office_id, at=now)
            return move(run, RunState.UNDONE)
    except Refusal as refusal:
        return move(run, RunState.DONE, failure=str(refusal.sentence)[:300], undone_by=None, undone_at=None)


@transaction.atomic
def fail_lost(*, now: datetime) -> int:
    """Mark imports whose worker died as stopped; nothing of them was committed. Answers how many.

    A dry run that was given up, or of which nothing is in work, goes back to where it can be asked for again.
    """
    lost = ImportRun.rows.filter(state=RunState.IMPORTING, alive_at__lt=now - LOST_AFTER)
    for run in lost:
        move(run, RunState.FAILED, failure="WorkerLost")
    silent = ImportRun.rows.filter(state=RunState.CHECKING, alive_at__lt=now - LOST_AFTER)
    waiting = in_work(CHECK_TASK, silent.values_list("pk", flat=True))
    stuck = [run for run in silent if run.pk not in waiting]
    for run in stuck:
        move(run, RunState.UPLOADED, failure="WorkerLost")
    return len(lost) + len(stuck)
