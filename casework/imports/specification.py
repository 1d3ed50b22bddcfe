"""What a room or a programme says about a kind of spreadsheet, so that it can be brought in.

The imports room reads files, asks people and keeps the books; only the specification knows what a row means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise

from casework.imports.cells import ReadCell
from casework.imports.columns import ColumnSpec
from casework.kernel.refusals import Finding

Values = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class LoadedRow:
    """What a row of a file became: the record's type and id, and the number people call it by."""

    row_id: int
    subject_type: str
    subject_id: int
    label: str


@dataclass(frozen=True, kw_only=True)
class RowToLoad:
    """A checked row that is to become a record."""

    row_id: int
    values: Values
    twin_of: int | None = None
    """The row_id or None: a row that a person decided to be the twin or sibling of this one."""


@dataclass(frozen=True, kw_only=True)
class Suspect:
    """A likeness: an earlier row of the file (its index), or a child already known (the case's id and number)."""

    rank: str
    reasons: tuple[str, ...]
    row: int | None = None
    case_id: int | None = None
    case: str = ""


@dataclass(frozen=True, kw_only=True)
class TableSpecification:
    """One kind of table as it is read and judged, whatever becomes of its rows.

    `check` turns the read cells of a row into values and findings (pure, in the user's language).
    """

    key: str
    label: str | Promise
    columns: tuple[ColumnSpec, ...]
    check: Callable[[Mapping[str, ReadCell], date], tuple[Values, Sequence[Finding]]]
    check_columns: Callable[[frozenset[str]], Sequence[Finding]]
    tells: frozenset[str] = frozenset()
    """Facts that only such a table has: it goes before one without any of them."""
    dates: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Facts that are a name, beside which its surname may stand in a column of its own."""
    boxes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The heading of a fact that may stand as a column for each answer: its words and their codes."""
    units: Sequence[tuple[re.Pattern[str], str]] = ()
    """Units that a heading may say for all its cells, and how each is written behind a number that stands alone."""


@dataclass(frozen=True, kw_only=True)
class ImportSpecification(TableSpecification):
    """One kind of register that becomes records.

    `features` gives what the duplicate engine compares. `load` writes the rows in bulk inside the caller's
    transaction; `undo` takes them out again, leaving voided numbers.
    """

    programme: str
    hint: str | Promise
    features: Callable[[Values], Any]
    load: Callable[..., Sequence[LoadedRow]]
    undo: Callable[..., int]
    mostly: Mapping[str, str | Promise] = field(default_factory=dict)
    """What is asked of a file most of whose rows have a finding: {code: question}."""
    example: Callable[[date], Mapping[str, str]] = lambda today: {}
    """A row of an invented child as people write it, {fact: words}: the template shows it."""

    def column(self, key: str) -> ColumnSpec | None:
        """The column specification of a key, or None."""
        return next((spec for spec in self.columns if spec.key == key), None)
