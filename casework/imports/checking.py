"""The dry run: every row of a file read and judged, nothing written.

Cells repeat (dates, sexes, papers), so each column remembers what it has read: fifty thousand rows take
seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.imports.apart import put_together
from casework.imports.archive import ALL_OF_ROW
from casework.imports.cells import Note, ReadCell, says_cancelled
from casework.imports.columns import ColumnSpec, count_recognised, fingerprint
from casework.imports.questions import (
    NO_ANSWERS,
    ORDER,
    Answers,
    answers_for,
    has_two_ways,
    may_have_month_first,
)
from casework.imports.reading import Book, Raw, RawRow
from casework.imports.recognising import recognise
from casework.imports.specification import Suspect, TableSpecification, Values
from casework.imports.table import Line, Table, find_table, go_on
from casework.kernel.refusals import Finding, Level, Refusal, error, warning

ColumnKeys = Mapping[int, str]
_MONTH_FIRST = _("Other rows of this column have the month before the day. Write the month of this day as a name.")
_CANCELLED = _("The row says that it was cancelled. Take it out of the file, or that word if the row still holds.")


@dataclass(kw_only=True)
class CheckedRow:
    """One row of the file as the dry run understood it."""

    sheet: str
    row: int
    raw: RawRow
    values: Values
    findings: list[Finding]
    notes: dict[str, Note] = field(default_factory=dict)
    suspects: list[Suspect] = field(default_factory=list)
    beyond: list[Finding] = field(default_factory=list)
    """Those of the findings that the row alone does not show, such as a twin in another row."""

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.level is Level.ERROR]

    @property
    def outcome(self) -> str:
        """import, error or duplicate (suspected: a person decides)."""
        if self.errors:
            return "error"
        return "duplicate" if self.suspects else "import"

    @property
    def codes(self) -> list[str]:
        """Codes of all findings, errors first, each once."""
        ordered = sorted(self.findings, key=lambda finding: finding.level is not Level.ERROR)
        return list(dict.fromkeys(finding.code for finding in ordered))


def find_tables(book: Book, specification: TableSpecification) -> list[Table]:
    """The registers in the sheets of a book.

    Raises Refusal E-IMP-7 when no sheet has headings that can be told, E-IMP-8 when none has a row.
    """
    tables = [put_together(table, specification) for table in _tables(book, specification)]
    if not tables:
        raise Refusal(
            "E-IMP-7",
            "file",
            _("No headings were found. The rows need headings above them, such as “วันเกิด” or “Date of birth”."),
        )
    if not any(table.lines for table in tables):
        raise Refusal("E-IMP-8", "file", _("There are headings but no rows below them."))
    return tables


def _tables(book: Book, specification: TableSpecification) -> Iterator[Table]:
    """The table of each sheet; one without headings that looks like the sheet before goes on with its columns."""
    before: Table | None = None
    for grid in book.grids:
        table = find_table(grid, specification.columns)
        if before and not (table and count_recognised(table.headings, specification.columns)):
            table = go_on(grid, before) or table
        if table:
            before = table
            yield table


@dataclass(frozen=True, kw_only=True)
class ColumnsProposed:
    """What the columns of a table seem to hold, how sure that is, and what saved answers are found by.

    `named` are the columns whose headings say it: all that is taken where nobody looks at the proposal. There are none
    where a fact that a register needs seems to stand in a column that a person should look at.
    """

    columns: dict[int, str]
    named: dict[int, str]
    scores: dict[int, float]
    fingerprint: str


def propose_columns(table: Table, specification: TableSpecification) -> ColumnsProposed:
    """Propose a fact for each column of a table."""
    headings = ["" if place in table.parts else heading for place, heading in enumerate(table.headings)]
    found = recognise(headings, table.samples(), specification.columns)
    needed = {spec.key for spec in specification.columns if spec.required}
    named = {
        index: proposal.key
        for index, proposal in found.items()
        if proposal.is_named or (proposal.key in needed and proposal.is_only)
    }
    is_open = any(proposal.key in needed and index not in named for index, proposal in found.items())
    return ColumnsProposed(
        columns={index: proposal.key for index, proposal in found.items()},
        named={} if is_open else named,
        scores={index: proposal.score for index, proposal in found.items()},
        fingerprint=fingerprint(table.headings),
    )


def whole_sheets(columns: Mapping[str, dict[int, str]], specification: TableSpecification) -> dict[str, dict[int, str]]:
    """Columns by sheet, none for a sheet that lacks a fact it needs beside one that has all, such as a summary.

    A list of staff beside a register has all it needs, and nothing that only a register has. Where no sheet has all,
    each keeps what was found: a person completes it.
    """
    whole = {name for name, keys in columns.items() if not specification.check_columns(frozenset(keys.values()))}
    telling = {name for name in whole if specification.tells & set(columns[name].values())}
    whole = telling or whole
    return {name: keys if name in whole or not whole else {} for name, keys in columns.items()}


def check_table(
    table: Table, mapping: ColumnKeys, specification: TableSpecification, *, today: date, answers: Answers = NO_ANSWERS
) -> Iterator[CheckedRow]:
    """Read and judge each line of a table with its mapping {column index: key}, as a person answered its questions.

    Raises Refusal when the mapping lacks a column that the register cannot do without.
    """
    missing = specification.check_columns(frozenset(mapping.values()))
    if missing:
        raise Refusal.of(missing)
    columns = columns_of(mapping, specification, answers)
    odd_rows = _odd_places(table, columns)
    for row in _cancelled_rows(table):
        odd_rows.setdefault(row, []).append(error("E-IMP-26", "", _CANCELLED))
    for row, finding in _left_open(table, columns, specification, answers):
        odd_rows.setdefault(row, []).append(finding)
    for line in table.lines:
        yield check_line(line, columns, specification, sheet=table.name, odd=odd_rows.get(line.row, ()), today=today)


class Column:
    """A mapped column that remembers what it has read."""

    __slots__ = ("_answered", "_read", "_seen", "index", "key")

    def __init__(self, index: int, spec: ColumnSpec, answers: Answers) -> None:
        self.index, self.key = index, spec.key
        told = [(ask.put_right, answers_for(answers, ask, index)) for ask in spec.asks if answers]
        self._answered = [(put_right, answer) for put_right, answer in told if answer]
        self._read = spec.read
        self._seen: dict[tuple[type, Raw], ReadCell] = {}

    def read(self, raw: Raw, today: date) -> ReadCell:
        """Read a cell, or answer as the last time it was seen."""
        known = (raw.__class__, raw)
        found = self._seen.get(known)
        if found is None:
            for put_right, answer in self._answered:
                raw = put_right(raw, answer, today)
            found = self._seen[known] = self._read(raw, today)
        return found


def columns_of(mapping: ColumnKeys, specification: TableSpecification, answers: Answers = NO_ANSWERS) -> list[Column]:
    """The mapped columns in their order, each with a memory of its own, and read as a person answered."""
    specs = {spec.key: spec for spec in specification.columns}
    return [Column(index, specs[key], answers) for index, key in sorted(mapping.items()) if key in specs]


def check_line(
    line: Line,
    columns: Sequence[Column],
    specification: TableSpecification,
    *,
    sheet: str,
    odd: Sequence[Finding],
    today: date,
) -> CheckedRow:
    """Read and judge one line."""
    cells = {column.key: column.read(line.cells[column.index], today) for column in columns}
    values, findings = specification.check(cells, today)
    return CheckedRow(
        sheet=sheet,
        row=line.row,
        raw=line.cells,
        values=values,
        findings=[*findings, *odd] if odd else list(findings),
        beyond=list(odd),
        notes={key: cell.note for key, cell in cells.items() if cell.note},
    )


def _cancelled_rows(table: Table) -> Iterator[int]:
    """The rows in a cell of which stands that they do not hold, whatever its column is."""
    return (line.row for line in table.lines if any(map(says_cancelled, line.cells)))


def _left_open(
    table: Table, columns: Sequence[Column], specification: TableSpecification, answers: Answers
) -> Iterator[tuple[int, Finding]]:
    """Refusals of cells that can be read two ways, and of which nobody said which it is."""
    asks = {spec.key: spec.asks for spec in specification.columns}
    for column in columns:
        heading, cells = table.headings[column.index], [line.cells[column.index] for line in table.lines]
        concerned: list[tuple[Callable[[Raw], bool], Finding]] = [
            (question.concerns, error(min(question.codes), column.key, question.refusal))
            for question in asks[column.key]
            if question.concerns
            and not answers_for(answers, question, column.index)
            and question.raised_by(heading, cells)
        ]
        is_asked = ORDER in asks[column.key] or column.key not in specification.dates
        if not is_asked and may_have_month_first(heading, cells):
            concerned.append((has_two_ways, error("E-DATE-4", column.key, _MONTH_FIRST)))
        for concerns, finding in concerned:
            yield from ((line.row, finding) for line, raw in zip(table.lines, cells, strict=True) if concerns(raw))


def _odd_places(table: Table, columns: Sequence[Column]) -> dict[int, list[Finding]]:
    """Warnings for rows that were struck through, and cells with a formula or an error instead of something written."""
    keys = {column.index + 1: column.key for column in columns}
    odd: dict[int, list[Finding]] = {}
    for (row, column), kind in table.places.items():
        if column == ALL_OF_ROW:
            sentence = _("This row is struck through in the file. Look whether it still holds.")
            odd.setdefault(row, []).append(warning("E-IMP-21", "", sentence))
        if column not in keys:
            continue
        if kind == "formula":
            sentence = _("This cell holds a formula. Only its last result was read, not what it points to.")
        else:
            sentence = _("This cell holds an error of the spreadsheet. It was read as blank.")
        odd.setdefault(row, []).append(warning("E-IMP-10", keys[column], sentence))
    return odd
