"""Rows as a spreadsheet file: ids as text, and nothing that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from string import digits

import xlsxwriter
from django.http import HttpResponse

Cell = str | Decimal
"""Text, or an amount, which is written as a number."""
DANGEROUS = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", *"＝＋－＠")
WATCHED = frozenset((*DANGEROUS, *digits, ","))
"""How a cell begins that is not always written as it stands: what a spreadsheet runs, and counts."""
LONGEST_SHEET_NAME = 31
LONGEST_CELL = 32_767
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
    """Comma-separated values in UTF-8 with the mark that lets Excel read Thai."""
    out = StringIO()
    csv.writer(out).writerows(_cells(rows))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    """An Excel file with one sheet whose first row is the heading; text as text, counts and amounts as numbers.

    No cell is a formula or a link. Rows are written one after the other, so that long lists need little memory.
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    name = "".join(letter for letter in title if letter not in r"[]:*?/\'")[:LONGEST_SHEET_NAME]
    sheet = book.add_worksheet(name or None)
    heading = book.add_format({"bold": True, "text_wrap": True})
    money = book.add_format({"num_format": "#,##0.00"})
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 20, 14)
    for r, row in enumerate(_cells(rows)):
        for c, value in enumerate(row):
            if isinstance(value, Decimal):
                sheet.write_number(r, c, value, money)
            elif isinstance(value, int):
                sheet.write_number(r, c, value)
            else:
                sheet.write_string(r, c, value[:LONGEST_CELL], heading if r == 0 else None)
    book.close()
    return out.getvalue()
