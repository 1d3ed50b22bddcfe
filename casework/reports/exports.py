"""A figure as a spreadsheet file: ids as text, and nothing that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

import xlsxwriter

DANGEROUS = ("=", "+", "-", "@", "|", "%", "\t", "\r")
LONGEST_SHEET_NAME = 31


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def plain(text: str) -> str | int:
    """A count as a number, anything else as harmless text. Numbers with leading zeros are ids and stay text."""
    if not text[:1].isdigit() and text[:1] != ",":
        return harmless(text)
    digits = text.replace(",", "")
    if digits.isascii() and digits.isdecimal() and (digits == "0" or not digits.startswith("0")) and len(digits) <= 9:
        return int(digits)
    return harmless(text)


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Comma-separated values in UTF-8 with the mark that lets Excel read Thai."""
    out = StringIO()
    csv.writer(out).writerows([plain(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    """An Excel file with one sheet. Text is written as text, so no cell is a formula or a link."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    name = "".join(letter for letter in title if letter not in r"[]:*?/\'")[:LONGEST_SHEET_NAME]
    sheet = book.add_worksheet(name or None)
    heading = book.add_format({"bold": True, "text_wrap": True})
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 20, 14)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            value = plain(cell)
            if isinstance(value, int):
                sheet.write_number(r, c, value)
            else:
                sheet.write_string(r, c, value, heading if r == 0 else None)
    book.close()
    return out.getvalue()
