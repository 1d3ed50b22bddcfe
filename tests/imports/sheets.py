"""Making small spreadsheets for tests."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter

HEADINGS = ("No", "Name of child", "Sex", "Date of birth", "Mother's name", "Phone")


def workbook(
    *sheets: tuple[str, Sequence[Sequence[Any]]], hidden: Sequence[int] = (), struck: Sequence[int] = ()
) -> bytes:
    """An .xlsx file with the sheets given as (name, rows), in each of which some rows are hidden or struck through."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 11, 23, tzinfo=UTC)})  # the same rows give the same bytes
    dates = book.add_format({"num_format": "dd/mm/yyyy"})
    strike = book.add_format({"font_strikeout": True})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number in hidden:
            sheet.set_row(number - 1, None, None, {"hidden": True})
        for row_index, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(row_index, column, value, dates)
                elif isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(row_index, column, value, None, "")
                elif isinstance(value, str):
                    sheet.write_string(row_index, column, value, strike if row_index + 1 in struck else None)
                elif value is not None:
                    sheet.write(row_index, column, value)
    book.close()
    return buffer.getvalue()
