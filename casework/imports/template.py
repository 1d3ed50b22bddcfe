"""The empty table to fill in: a heading for each fact that a kind of register can hold, and one invented row."""

from __future__ import annotations

from datetime import date

from casework.imports.specification import ImportSpecification


def template_rows(kind: ImportSpecification, today: date) -> list[list[str]]:
    """The headings in the language of now, as `recognise` knows them, and the example below them."""
    example = kind.example(today)
    return [[str(spec.label) for spec in kind.columns], [example.get(spec.key, "") for spec in kind.columns]]
