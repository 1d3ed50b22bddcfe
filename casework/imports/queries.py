"""Reads of the imports room: kinds of registers, the rows of a page, what a row would say in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.access.subjects import subject_types
from casework.imports.archive import column_letters
from casework.imports.cells import Note, as_text
from casework.imports.checking import CheckedRow, check_line, columns_of
from casework.imports.columns import ColumnSpec
from casework.imports.models import ImportRow, ImportRowQuerySet, ImportRun, SavedMapping
from casework.imports.questions import Answers, Question
from casework.imports.reading import restored
from casework.imports.specification import ImportSpecification
from casework.imports.states import Outcome, RunState
from casework.imports.table import Line, Table
from casework.kernel.dates import short
from casework.kernel.refusals import Finding, Level
from casework.kernel.spoken import in_language
from casework.programmes.contributions import registry

_NOT_ANSWERED = _("A question about the sheet is not answered.")


def specifications() -> list[ImportSpecification]:
    """Every kind of register that rooms and programmes know how to bring in."""
    return registry.gather("import_specifications")


def specification(key: str) -> ImportSpecification:
    """The kind of register with a key. Raises KeyError when its programme is not installed."""
    for candidate in specifications():
        if candidate.key == key:
            return candidate
    raise KeyError(key)


def saved_columns(office_id: int, specification_key: str, fingerprint: str) -> dict[str, str] | None:
    """How this office once said that such headings are to be read."""
    row = SavedMapping.objects.filter(
        office_id=office_id, specification=specification_key, fingerprint=fingerprint
    ).first()
    return row.columns if row else None


def saved_for(run: ImportRun) -> models.QuerySet[SavedMapping]:
    """How the office reads the headings of an import that were read as it once said."""
    prints = {sheet["fingerprint"] for sheet in run.sheets if sheet.get("is_saved")}
    saved = SavedMapping.objects.filter(office=run.office_id, specification=run.specification, fingerprint__in=prints)
    return saved.select_related("saved_by").order_by("saved_at")


def alike(sheets: Sequence[Mapping[str, Any]]) -> list[int]:
    """For each sheet the number of the one it is read like: the first with its headings of which something is read.

    Once a person has chosen columns, sheets with other ones stand by themselves.
    """
    first: dict[tuple[str, str], int] = {}
    with_headings: dict[str, int] = {}
    places = [_alike_key(sheet) for sheet in sheets]
    for number, (sheet, place) in enumerate(zip(sheets, places, strict=True)):
        if sheet["columns"]:
            with_headings.setdefault(place[0], first.setdefault(place, number))
    for number, place in enumerate(places):
        first.setdefault(place, with_headings.setdefault(place[0], number))
    return [first[place] for place in places]


def _alike_key(sheet: Mapping[str, Any]) -> tuple[str, str]:
    is_chosen = "answers" in sheet and sheet["columns"]
    return sheet["fingerprint"], str(sorted(sheet["columns"].items())) if is_chosen else ""


def mostly(run: ImportRun) -> dict[str, str | Promise]:
    """What is told once of an import, because most of its rows have that finding: {code: words}."""
    rows, codes = sum(run.counts.get("outcomes", {}).values()), run.counts.get("codes", {})
    told = specification(run.specification).mostly
    return {code: words for code, words in told.items() if codes.get(code, 0) * 2 > rows}


def mapping_of(sheet: Mapping[str, Any]) -> dict[int, str]:
    """The columns of a stored sheet: index → key."""
    return {int(index): key for index, key in sheet["columns"].items()}


def mapped_sheets(run: ImportRun) -> list[Mapping[str, Any]]:
    """The sheets of which at least one column was chosen."""
    return [sheet for sheet in run.sheets if not sheet.get("is_left_out") and sheet["columns"]]


@dataclass(frozen=True, kw_only=True)
class ReadFact:
    """One mapped cell of a row on the page: what stood there and what was understood."""

    key: str
    label: Any
    written: str
    value: str
    note: Note | None
    findings: tuple[Finding, ...]


def read_again(row: ImportRow, run: ImportRun) -> CheckedRow:
    """Judge a stored row once more, so that its sentences come in the reader's language, with what others showed.

    What it is refused for until somebody answers a question about its sheet is told in a few words: pages say the
    question itself once.
    """
    kind = specification(run.specification)
    sheet = next(sheet for sheet in run.sheets if sheet["name"] == row.sheet)
    raw = [restored(value) for value in row.raw]
    columns = columns_of(mapping_of(sheet), kind, answers_of(sheet, kind))
    line = Line(row=row.row, cells=raw)
    odd = [_told(finding) for finding in row.told]
    checked = check_line(line, columns, kind, sheet=row.sheet, odd=odd, today=run.checked_on or timezone.localdate())
    waits = frozenset().union(*(question.codes for question in _open_questions(sheet, run, kind)))
    checked.findings = [
        replace(finding, sentence=_NOT_ANSWERED) if finding.code in waits else finding for finding in checked.findings
    ]
    return checked


def _told(kept: Mapping[str, Any]) -> Finding:
    words = in_language(kept["sentence"])
    return Finding(code=kept["code"], field=kept["field"], sentence=words, level=Level(kept["level"]))


def facts_of(row: ImportRow, run: ImportRun, checked: CheckedRow) -> list[ReadFact]:
    """The mapped cells of a row that hold something or are wrong, in the order of the register."""
    kind = specification(run.specification)
    sheet = next(sheet for sheet in run.sheets if sheet["name"] == row.sheet)
    facts = []
    for index, key in sorted(mapping_of(sheet).items()):
        spec = kind.column(key)
        findings = tuple(finding for finding in checked.findings if finding.field == key)
        written = as_text(checked.raw[index]) if index < len(checked.raw) else ""
        if spec and (written or findings):
            facts.append(
                ReadFact(
                    key=key,
                    label=spec.label,
                    written=written,
                    value=shown(spec, checked.values.get(key), get_language() or "en"),
                    note=checked.notes.get(key),
                    findings=findings,
                )
            )
    return facts


def shown(spec: ColumnSpec, value: Any, language: str) -> str:
    """A value as the pages write it: the words of a code, a day as a date, a dash for nothing."""
    if value in (None, "", 0):
        return "–"
    if isinstance(value, str) and value in spec.words:
        return str(spec.words[value])
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        value = date.fromisoformat(value)
    return short(value, language) if isinstance(value, date) else spec.write(value)


def worst_findings(checked: CheckedRow) -> list[Finding]:
    """Errors first, then warnings."""
    return sorted(checked.findings, key=lambda finding: finding.level is not Level.ERROR)


def told_by_fact(checked: CheckedRow, kind: ImportSpecification) -> list[tuple[str | Promise, Finding]]:
    """The findings of a row, errors first, each with what its fact is called."""
    found = [(kind.column(finding.field), finding) for finding in worst_findings(checked)]
    return [(spec.label if spec else "", finding) for spec, finding in found]


@dataclass(frozen=True, kw_only=True)
class SheetColumn:
    """One column on the mapping page: its letter, heading, some of its cells, and what it was taken for."""

    index: int
    letter: str
    heading: str
    samples: Sequence[str]
    key: str
    is_sure: bool
    is_part: bool = False
    """Whether its cells are read with those of a column to its left."""


def columns_for_page(sheet: Mapping[str, Any]) -> list[SheetColumn]:
    """The columns of a stored sheet for the mapping page."""
    mapping = mapping_of(sheet)
    scores = sheet["scores"]
    return [
        SheetColumn(
            index=index,
            letter=column_letters(index + 1),
            heading=heading,
            samples=sheet["samples"][index],
            key=mapping.get(index, ""),
            is_sure=scores.get(str(index), 1) >= 0.8,
            is_part=index in sheet.get("parts", ()),
        )
        for index, heading in enumerate(sheet["headings"])
    ]


def questions_of(kind: ImportSpecification) -> list[Question]:
    """What the cells of a register may leave open, each question once."""
    return list(dict.fromkeys(question for spec in kind.columns for question in spec.asks))


def asked_by(table: Table, columns: Mapping[int, str], kind: ImportSpecification) -> dict[str, list[int]]:
    """The questions that the cells of a table leave open: {key of the question: its columns}."""
    asks = {spec.key: spec.asks for spec in kind.columns}
    samples = table.samples()
    told: dict[str, list[int]] = {}
    for question in questions_of(kind):
        for index, sample in enumerate(samples):
            if not (question.anywhere or question in asks.get(columns.get(index, ""), ())):
                continue
            cells = [line.cells[index] for line in table.lines] if question.of_columns else sample
            if question.raised_by(table.headings[index], cells):
                told.setdefault(question.key, []).append(index)
    return told


def asked_of(sheet: Mapping[str, Any], run: ImportRun, kind: ImportSpecification) -> list[Question]:
    """What a person is asked about a sheet: what its cells raise, what was answered, what rows were refused by."""
    codes = set(run.counts.get("codes", {}))
    told = {*sheet.get("asked", {}), *sheet.get("answers", {})}
    refused = {question.key for question in questions_of(kind) if question.codes & codes and not question.of_columns}
    return [question for question in questions_of(kind) if question.key in told | refused]


def unanswered(run: ImportRun) -> list[tuple[str, Question, int]]:
    """The questions nobody answered, each with a sheet in which rows were refused for it, and how many."""
    kind = specification(run.specification)
    told = [(sheet["name"], question) for sheet in mapped_sheets(run) for question in _open_questions(sheet, run, kind)]
    refused = _refused(run) if told else {}
    counted = [(name, question, _refused_for(question, refused.get(name, []))) for name, question in told]
    return [(name, question, rows) for name, question, rows in counted if rows]


def _refused(run: ImportRun) -> dict[str, list[tuple[Sequence[str], int]]]:
    """The refused rows of each sheet: which codes they have together, and how many do. One query for all sheets."""
    found: dict[str, list[tuple[Sequence[str], int]]] = {}
    refused = ImportRow.rows.filter(run=run, outcome=Outcome.ERROR).order_by()
    for sheet, codes, rows in refused.values_list("sheet", "codes").annotate(rows=models.Count("pk")):
        found.setdefault(sheet, []).append((codes, rows))
    return found


def _refused_for(question: Question, refused: Sequence[tuple[Sequence[str], int]]) -> int:
    return sum(rows for codes, rows in refused if not question.codes.isdisjoint(codes))


def _open_questions(sheet: Mapping[str, Any], run: ImportRun, kind: ImportSpecification) -> list[Question]:
    codes, answers = set(run.counts.get("codes", {})), sheet.get("answers", {})
    return [q for q in asked_of(sheet, run, kind) if q.codes & codes and q.key not in answers]


def answers_of(sheet: Mapping[str, Any], kind: ImportSpecification) -> Answers:
    """What was answered for a sheet; what is answered for some columns alone stands there for each of them."""
    told = dict(sheet.get("answers", {}))
    for question in questions_of(kind):
        if question.of_columns and question.key in told:
            answer = told.pop(question.key)
            told |= {f"{question.key}@{index}": answer for index in sheet.get("asked", {}).get(question.key, ())}
    return told


def hidden_rows(run: ImportRun) -> list[tuple[str, int]]:
    """The sheets with rows that nobody sees when the file is open, and that are read all the same; with how many."""
    return [(sheet["name"], count) for sheet in mapped_sheets(run) if (count := sheet.get("hidden_rows"))]


def run_facts(run: ImportRun) -> dict[str, Any]:
    """The counts of a run for its pages, with nothing missing."""
    outcomes = run.counts.get("outcomes", {})
    found = {name: outcomes.get(name, 0) for name in ("import", "error", "duplicate")}
    lines = ImportRow.rows.filter(run=run)
    return found | {
        "warnings": questioned(lines, mostly(run)).count() if run.counts.get("warnings") else 0,
        "rows": sum(found.values()),
        "undecided": lines.undecided().count(),
        "to_load": lines.to_load().count(),
        "loaded": lines.loaded().count(),
    }


_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

WORKING = (RunState.CHECKING, RunState.CONFIRMED, RunState.IMPORTING, RunState.UNDOING)
STOPPABLE = (RunState.CHECKING, RunState.CONFIRMED, RunState.IMPORTING)
LOADED = "loaded"
"""The view of the rows that became records."""
COLUMNS = 1
"""The step of choosing the columns."""
_REACHED = {
    RunState.UPLOADED: COLUMNS,
    RunState.CHECKING: 2,
    RunState.CHECKED: 2,
    RunState.PROPOSED: 3,
    RunState.CONFIRMED: 4,
    RunState.IMPORTING: 4,
    RunState.FAILED: 4,
    RunState.DONE: 5,
    RunState.UNDOING: 5,
    RunState.UNDONE: 5,
}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of the way from the file to the records."""

    label: Any
    url: str
    is_done: bool
    is_current: bool


def steps_of(run: ImportRun, here: int | None = None) -> list[Step]:
    """The way of an import, and where it stands: the step it has reached, or that of the page one went back to."""
    reached = _REACHED.get(RunState(run.state), 0)
    current = reached if here is None else here
    can_map = run.state in (RunState.UPLOADED, RunState.CHECKED)
    labels = [
        (_("File"), ""),
        (_("Columns"), reverse("imports:columns", args=[run.pk]) if can_map else ""),
        (_("Check"), reverse("imports:rows", args=[run.pk]) if run.counts else ""),
        (_("Supervisor"), ""),
        (_("Import"), ""),
    ]
    return [
        Step(label=label, url=url, is_done=number < reached, is_current=number == current)
        for number, (label, url) in enumerate(labels)
    ]


def filtered(rows: ImportRowQuerySet, shown: str, told_once: Collection[str] = ()) -> ImportRowQuerySet:
    """The rows of one view of the dry run; those with a question have one that is not told once of them all."""
    if shown in Outcome.values:
        return rows.filter(outcome=shown)
    if shown == LOADED:
        return rows.loaded()
    return questioned(rows, told_once) if shown == "warning" else rows


def questioned(rows: ImportRowQuerySet, told_once: Collection[str]) -> ImportRowQuerySet:
    """The rows with a question of their own."""
    return rows.filter(has_warning=True).exclude(codes__contained_by=list(told_once))


def records_of(rows: Iterable[ImportRow], user: Any) -> dict[int, str]:
    """Where the records stand that rows became, as far as the person may open them: {id of the row: address}."""
    loaded = [row for row in rows if row.subject_id]
    places: dict[int, str] = {}
    for kind in {row.subject_type for row in loaded}:
        subject, ids = subject_types()[kind], {row.pk: row.subject_id for row in loaded if row.subject_type == kind}
        records = subject.visible(user).in_bulk(ids.values())
        places |= {pk: subject.url(records[record]) for pk, record in ids.items() if record in records}
    return places


@dataclass(frozen=True, kw_only=True)
class RowsView:
    """One view of the rows with its count."""

    label: Any
    url: str
    count: int
    current: bool


def views_of(run: ImportRun, facts: Mapping[str, Any], shown: str) -> list[RowsView]:
    """The views of a dry run; once it is imported, of what came of it."""
    address = reverse("imports:rows", args=[run.pk])
    told = [
        ("all", _("All rows"), facts["rows"]),
        ("error", _("Refused"), facts["error"]),
        ("duplicate", _("Suspected duplicates"), facts["duplicate"]),
        ("warning", _("With a question"), facts["warnings"]),
        (LOADED, _("Imported"), facts["loaded"])
        if run.imported_at
        else ("import", _("Can be imported"), facts["import"]),
    ]
    return [
        RowsView(label=label, url=f"{address}?show={key}", count=count, current=key == shown)
        for key, label, count in told
    ]
