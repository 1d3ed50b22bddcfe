"""Rows as a spreadsheet file: ids as text, and nothing that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO, TextIOWrapper
from string import digits
from typing import IO

from django.http import HttpResponse

from .workbook import write_workbook

Cell = str | Decimal
"""Text, or an amount, which is written as a number."""
DANGEROUS = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", *"＝＋－＠")
WATCHED = frozenset((*DANGEROUS, *digits, ","))
"""How a cell begins that is not always written as it stands: what a spreadsheet runs, and counts."""
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def plain(text: str) -> str | int:
    """A count as a number, anything else as harmless text. Numbers with leading zeros are ids and stay text."""
    number = text.replace(",", "")
    if number.isascii() and number.isdecimal() and (number == "0" or not number.startswith("0")) and len(number) <= 9:
        return int(number)
    return harmless(text)


def _cells(rows: Iterable[Sequence[Cell]]) -> Iterator[list[str | int | Decimal]]:
    """Each row as it is written. Most cells are seen to be harmless text by their first letter."""
    for row in rows:
        yield [cell if isinstance(cell, Decimal) or cell[:1] not in WATCHED else plain(cell) for cell in row]


def as_file(name: str, ending: str, *, title: str, rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Rows as a file to keep, `ending` being csv or xlsx."""
    body = as_csv(rows) if ending == "csv" else as_xlsx(title, rows)
    response = HttpResponse(body, content_type=CONTENT_TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Comma-separated values as bytes."""
    out = BytesIO()
    write_file(out, "csv", title="", rows=rows)
    return out.getvalue()


def as_xlsx(title: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    """An Excel file as bytes."""
    out = BytesIO()
    write_file(out, "xlsx", title=title, rows=rows)
    return out.getvalue()


def write_file(out: IO[bytes], ending: str, *, title: str, rows: Iterable[Sequence[Cell]]) -> None:
    """Write rows one after the other, so that long lists need little memory; `out` stays open.

    A csv is in UTF-8 with the mark that lets Excel read Thai. An xlsx has one sheet whose first row is the heading;
    text as text, counts and amounts as numbers, no cell a formula or a link.
    """
    if ending == "xlsx":
        write_workbook(out, title, _cells(rows))
        return
    text = TextIOWrapper(out, encoding="utf-8-sig", newline="")
    csv.writer(text).writerows(_cells(rows))
    text.detach()
