"""From the upload to the proposal: read, map, check, decide, propose. Nothing here writes a record of a child."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.audit.services import record_event
from casework.imports import queries
from casework.imports.cells import as_text
from casework.imports.checking import CheckedRow, ColumnsProposed, find_tables, propose_columns, whole_sheets
from casework.imports.dry_run import NONE, check_book
from casework.imports.models import ImportFile, ImportRow, ImportRun, SavedMapping
from casework.imports.progress import Progress, Stopped
from casework.imports.questions import NO_ANSWERS, Answers
from casework.imports.reading import Book, Raw, read_book, stored
from casework.imports.report import counts_of, plain_values
from casework.imports.specification import ImportSpecification
from casework.imports.states import DECIDABLE, WITHOUT_FILE, Outcome, RowDecision, RunState
from casework.imports.table import Table
from casework.kernel.moves import TransitionNotAllowed, move
from casework.kernel.pouring import pour
from casework.kernel.refusals import Conflict, Finding, Level, Refusal
from casework.kernel.spoken import in_each_language
from casework.notifications.services import enqueue

CHECK_TASK = "imports.check"
_SAMPLES = 3


@transaction.atomic
def upload(
    *, content: bytes, file_name: str, office: Any, specification_key: str, by: Any, now: datetime,
    only_named: bool = False,
) -> tuple[ImportRun, bool]:  # fmt: skip
    """Take a file in: read it, find its columns. Answers the import and whether it is new.

    With `only_named` no column is taken that a person should look at first.

    The same file in the same office answers the import it already has, unless that was undone or put away. Raises
    Refusal when it cannot be read (see read_book) or no register is found in it.
    """
    digest = hashlib.sha256(content).hexdigest()
    known = ImportRun.rows.filter(office=office, digest=digest).exclude(state__in=WITHOUT_FILE).first()
    if known:
        return known, False
    kind = queries.specification(specification_key)
    book = read_book(content, file_name)
    run = ImportRun.rows.create(
        office=office,
        specification=kind.key,
        programme=kind.programme,
        file_name=file_name[-200:],
        digest=digest,
        size=len(content),
        file_facts={"kind": book.kind, "encoding": book.encoding, "separator": book.separator},
        sheets=sheets_of(book, kind, office.pk, only_named=only_named),
        created_by=by,
    )
    ImportFile.objects.create(run=run, content=content)
    record_event("imports.run.uploaded", actor=by, subject=run, office_id=office.pk, at=now)
    return run, True


def sheets_of(
    book: Book, kind: ImportSpecification, office_id: int | None, *, only_named: bool
) -> list[dict[str, Any]]:
    """The sheets of a book and what their columns seem to hold: as the office read such headings, else as they say.

    Raises Refusal when no register is found in it (see find_tables).
    """
    tables = find_tables(book, kind)
    found = {table.name for table in tables}
    proposals = {table.name: propose_columns(table, kind) for table in tables}
    chosen = whole_sheets({name: one.named if only_named else one.columns for name, one in proposals.items()}, kind)
    hidden = {grid.name: grid.hidden for grid in book.grids}
    told = [
        _sheet(table, proposals[table.name], chosen[table.name], kind, office_id)
        | {"hidden_rows": sum(line.row in hidden[table.name] for line in table.lines)}
        for table in tables
    ]
    return told + [{"name": grid.name, "is_left_out": True} for grid in book.grids if grid.name not in found]


def _sheet(
    table: Table, proposal: ColumnsProposed, chosen: dict[int, str], kind: ImportSpecification, office_id: int | None
) -> dict[str, Any]:
    saved = queries.saved_columns(office_id, kind.key, proposal.fingerprint) if office_id else None
    return {
        "name": table.name,
        "header_row": table.header_row,
        "headings": list(table.headings),
        "fingerprint": proposal.fingerprint,
        "columns": saved if saved is not None else {str(index): key for index, key in chosen.items()},
        "scores": {} if saved is not None else {str(index): score for index, score in proposal.scores.items()},
        "is_saved": saved is not None,
        "samples": [_some_of(column) for column in table.samples()],
        "parts": sorted(table.parts),
        "asked": queries.asked_by(table, proposal.columns, kind),
        "rows": len(table.lines),
        "skipped": [[skip.row, skip.reason, skip.text] for skip in table.skipped],
        "blank_rows": table.blank_rows,
    }


def _some_of(column: Sequence[Raw]) -> list[str]:
    """Some of what stands in a column, nothing twice."""
    return list(dict.fromkeys(as_text(raw)[:60] for raw in column))[:_SAMPLES]


@transaction.atomic
def set_columns(
    *, run: ImportRun, columns: Mapping[str, Mapping[int, str]], by: Any, now: datetime,
    answers: Mapping[str, Answers] = NONE,
) -> ImportRun:  # fmt: skip
    """Say what the columns of each sheet hold ({sheet name: {index: key}}), and keep it for this office.

    A sheet of which no column is chosen is left out. `answers` says of a sheet what its cells leave open, such as of
    which era its years of two digits are; without it such rows are refused. It holds for this file alone.

    Raises Refusal when a fact is chosen twice (E-IMP-11) or one that is needed is missing (E-IMP-9); Conflict when the
    import is past that.
    """
    run = _back_to_columns(run)
    kind = queries.specification(run.specification)
    sheets = [dict(sheet) for sheet in run.sheets]
    for sheet in sheets:
        chosen = columns.get(sheet["name"])
        if sheet.get("is_left_out") or chosen is None:
            continue
        if any(chosen.values()):
            _insist_on_columns(chosen, kind)
        sheet["columns"] = {str(index): key for index, key in chosen.items() if key}
        sheet["scores"], sheet["answers"] = {}, dict(answers.get(sheet["name"], NO_ANSWERS))
    run.sheets = sheets
    run.save(update_fields=["sheets"])
    _remember([sheet for sheet in sheets if sheet["name"] in columns and not sheet.get("is_left_out")], run, by, now)
    return run


def _back_to_columns(run: ImportRun) -> ImportRun:
    """The import before its check; raises Conflict when it is past that."""
    if run.state == RunState.CHECKED:
        run = move(run, RunState.UPLOADED)
    if run.state != RunState.UPLOADED:
        raise Conflict("E-IMP-12", "", _("The columns can no longer be changed. Put this import away and start again."))
    return run


def _remember(sheets: Sequence[Mapping[str, Any]], run: ImportRun, by: Any, now: datetime) -> None:
    """Keep how the office reads such headings. Of sheets with the same ones, one that was left out says nothing."""
    for sheet in sorted(sheets, key=lambda sheet: bool(sheet["columns"])):
        SavedMapping.objects.update_or_create(
            office=run.office,
            specification=run.specification,
            fingerprint=sheet["fingerprint"],
            defaults={"columns": sheet["columns"], "saved_by": by, "saved_at": now},
        )


@transaction.atomic
def read_anew(*, run: ImportRun) -> ImportRun:
    """Forget how the office read these headings, and propose columns from what the headings say.

    Raises Conflict when the import is past that.
    """
    run = _back_to_columns(run)
    queries.saved_for(run).delete()
    kind = queries.specification(run.specification)
    book = read_book(bytes(run.file.content), run.file_name)
    run.sheets = sheets_of(book, kind, run.office_id, only_named=False)
    run.save(update_fields=["sheets"])
    return run


def _insist_on_columns(chosen: Mapping[int, str], kind: ImportSpecification) -> None:
    keys = [key for key in chosen.values() if key]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice:
        spec = kind.column(twice)
        sentence = _("“%(label)s” is chosen for two columns. Choose it once.")
        raise Refusal("E-IMP-11", twice, sentence % {"label": spec.label if spec else twice})
    if missing := kind.check_columns(frozenset(keys)):
        raise Refusal.of(missing)


@transaction.atomic
def request_check(*, run: ImportRun, by: Any, now: datetime, by_worker: bool = True) -> ImportRun:
    """Ask the worker for the dry run, or make ready for one that the caller does itself.

    Raises Refusal when a column that is needed is missing.
    """
    kind = queries.specification(run.specification)
    mapped = queries.mapped_sheets(run)
    for sheet in mapped or [{"columns": {}}]:
        _insist_on_columns(queries.mapping_of(sheet), kind)
    rows = sum(sheet["rows"] for sheet in mapped)
    run = move(run, RunState.CHECKING, progress=0, total=rows, failure="", alive_at=now)
    if by_worker:
        enqueue(CHECK_TASK, run.pk)
    return run


def check(*, run: ImportRun, today: date) -> ImportRun:
    """The dry run: judge every row and keep what was found. Does nothing unless the import waits for it."""
    if run.state != RunState.CHECKING:
        return run
    kind = queries.specification(run.specification)
    book = read_book(bytes(run.file.content), run.file_name)
    mappings = {sheet["name"]: queries.mapping_of(sheet) for sheet in queries.mapped_sheets(run)}
    answers = {sheet["name"]: queries.answers_of(sheet, kind) for sheet in queries.mapped_sheets(run)}
    try:
        with Progress(run, run.total) as progress:
            rows = check_book(
                book, mappings, kind, today=today, office_id=run.office_id, answers=answers, report=progress.report
            )
        return _checked(run, rows, today)
    except (Stopped, TransitionNotAllowed):
        run.refresh_from_db()
        return run


@transaction.atomic
def _checked(run: ImportRun, rows: Sequence[CheckedRow], today: date) -> ImportRun:
    if ImportRun.rows.select_for_update(of=("self",)).get(pk=run.pk).state != RunState.CHECKING:
        raise Stopped  # somebody else was sooner, and the import may be past that
    ImportRow.rows.filter(run=run).delete()
    pour(ImportRow, (_kept(row, rows, run) for row in rows), now=timezone.now())
    done = len(rows)
    return move(run, RunState.CHECKED, counts=counts_of(rows), checked_on=today, progress=done, total=done)


def _kept(row: CheckedRow, rows: Sequence[CheckedRow], run: ImportRun) -> dict[str, Any]:
    return {
        "run_id": run.pk,
        "sheet": row.sheet,
        "row": row.row,
        "raw": [stored(raw) for raw in row.raw],
        "values": plain_values(row.values),
        "codes": row.codes,
        "told": [_told(finding) for finding in row.beyond],
        "has_warning": any(finding.level is Level.WARNING for finding in row.findings),
        "outcome": row.outcome,
        "suspects": [_stored_suspect(suspect, rows) for suspect in row.suspects],
    }


def _told(finding: Finding) -> dict[str, Any]:
    told = {"code": finding.code, "field": finding.field, "level": finding.level.value}
    return told | {"sentence": in_each_language(lambda: finding.sentence)}


def _stored_suspect(suspect: Any, rows: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"rank": suspect.rank, "reasons": list(suspect.reasons)}
    if suspect.row is not None:
        return told | {"sheet": rows[suspect.row].sheet, "row": rows[suspect.row].row}
    return told | {"case_id": suspect.case_id, "case": suspect.case}


@transaction.atomic
def decide_duplicate(*, row: ImportRow, decision: str, by: Any, now: datetime) -> ImportRow:
    """Say whether a suspected duplicate is the same child, another, or a twin; or take the decision back ("").

    Raises Conflict once the import is proposed, Refusal when the row is no suspect, or when another child carries the
    same 13-digit number (BR-ID-7).
    """
    run = ImportRun.rows.select_for_update(of=("self",)).get(pk=row.run_id)
    if run.state not in DECIDABLE or row.subject_id:
        raise Conflict("E-IMP-12", "", _("This can no longer be decided here."))
    if row.outcome != Outcome.DUPLICATE:
        raise Refusal("E-IMP-13", "", _("This row is no suspected duplicate."))
    if decision in (RowDecision.DIFFERENT, RowDecision.TWIN) and "child_number" in row.suspects[0]["reasons"]:
        sentence = _("Both carry the same 13-digit number. Two children cannot; correct the register first.")
        raise Refusal("BR-ID-7", "decision", sentence)
    row.decision = RowDecision(decision)
    row.decided_by, row.decided_at = (by, now) if decision else (None, None)
    row.save(update_fields=["decision", "decided_by", "decided_at"])
    return row


@transaction.atomic
def propose(*, run: ImportRun, by: Any, now: datetime) -> ImportRun:
    """Hand the checked import to a supervisor. Suspects nobody decided are left out, and the page says so.

    Raises Refusal when no row is left to import.
    """
    if not run.lines.to_load().exists():
        raise Refusal("E-IMP-14", "", _("No row can be imported. Correct the register and bring it in again."))
    run = move(run, RunState.PROPOSED, proposed_by=by, proposed_at=now)
    record_event("imports.run.proposed", actor=by, subject=run, office_id=run.office_id, at=now)
    return run


@transaction.atomic
def discard(*, run: ImportRun, by: Any, now: datetime) -> ImportRun:
    """Put an import away: the file and what was read of it are removed."""
    run = move(run, RunState.DISCARDED, sheets=[], counts={})
    ImportRow.rows.filter(run=run).delete()
    ImportFile.objects.filter(run=run).delete()
    record_event("imports.run.discarded", actor=by, subject=run, office_id=run.office_id, at=now)
    return run
