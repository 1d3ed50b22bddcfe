"""What a dry run found, as plain data: for the report of the command and for the rows kept in the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from casework.imports.checking import CheckedRow
from casework.imports.specification import Values
from casework.kernel.refusals import Level


def plain_values(values: Values) -> dict[str, Any]:
    """Values as JSON: days as ISO text."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}


def typed_values(values: dict[str, Any], dates: Iterable[str]) -> Values:
    """Values read back from JSON; `dates` names the keys that hold days."""
    typed = dict(values)
    for key in dates:
        if typed.get(key):
            typed[key] = date.fromisoformat(typed[key])
    return typed


def plain_suspects(row: CheckedRow, rows: Sequence[CheckedRow]) -> list[dict[str, Any]]:
    """The suspects of a row: an earlier row as sheet and number, a known child by the number of its case."""
    return [
        {"sheet": rows[suspect.row].sheet, "row": rows[suspect.row].row}
        if suspect.row is not None
        else {"case": suspect.case}
        for suspect in row.suspects
    ]


def report_of(rows: Sequence[CheckedRow]) -> list[dict[str, Any]]:
    """One object per row, in the order of the sheets."""
    return [
        {
            "sheet": row.sheet,
            "row": row.row,
            "outcome": row.outcome,
            "codes": row.codes,
            "suspects": plain_suspects(row, rows),
            "values": plain_values(row.values),
        }
        for row in rows
    ]


def counts_of(rows: Iterable[CheckedRow]) -> dict[str, Any]:
    """How many rows of each outcome, how many with warnings, and how often each code came up."""
    outcomes: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    warned = 0
    for row in rows:
        outcomes[row.outcome] += 1
        warned += any(finding.level is Level.WARNING for finding in row.findings)
        codes.update(row.codes)
    return {"outcomes": dict(outcomes), "warnings": warned, "codes": dict(codes.most_common())}
