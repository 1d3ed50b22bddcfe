"""The whole dry run of a book: its rows judged, then compared with each other and with the children already known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from casework.imports.checking import CheckedRow, ColumnKeys, check_table, find_tables
from casework.imports.duplicates import find_suspects
from casework.imports.known import known_children
from casework.imports.questions import NO_ANSWERS, Answers
from casework.imports.reading import Book
from casework.imports.specification import ImportSpecification
from casework.kernel.collecting import collector_at_rest
from casework.people.queries.thresholds import weights_on

NONE: Mapping[str, Answers] = {}


def check_book(
    book: Book,
    mappings: Mapping[str, ColumnKeys],
    specification: ImportSpecification,
    *,
    today: date,
    office_id: int | None = None,
    answers: Mapping[str, Answers] = NONE,
    report: Callable[[int], None] = lambda done: None,
) -> list[CheckedRow]:
    """Judge every row of a book and look for the same child twice.

    `mappings` holds the columns by sheet; sheets without one are left out. `answers` holds what a person
    answered for each, `office_id` the office whose book it is.
    """
    with collector_at_rest():
        return _checked(book, mappings, specification, today, office_id, answers, report)


def _checked(
    book: Book,
    mappings: Mapping[str, ColumnKeys],
    specification: ImportSpecification,
    today: date,
    office_id: int | None,
    answers: Mapping[str, Answers],
    report: Callable[[int], None],
) -> list[CheckedRow]:
    rows: list[CheckedRow] = []
    for table in find_tables(book, specification):
        if table.name not in mappings:
            continue
        told = answers.get(table.name, NO_ANSWERS)
        for row in check_table(table, mappings[table.name], specification, today=today, answers=told):
            rows.append(row)
            if len(rows) % 100 == 0:
                report(len(rows))
    find_suspects(rows, specification, weights_on(today), partial(known_children, office_id=office_id))
    return rows
