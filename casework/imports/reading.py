"""Reading a spreadsheet as it was kept: Excel workbooks and CSV files, any encoding a Thai office writes.

Cells keep the type the file gave them (text, number, date), because the type says how a value was
damaged: a number has lost its leading zeros, a real date can hold a Buddhist year. Nothing is
interpreted here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

import python_calamine
from django.utils.translation import gettext_lazy as _

from casework.imports.archive import (
    LARGEST_FILE,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    TOO_LARGE,
    CellPlaces,
    PackedSheets,
    refuse_unsafe,
)
from casework.kernel.refusals import Refusal

Raw: TypeAlias = str | float | int | bool | date | datetime | time | timedelta
RawRow: TypeAlias = Sequence[Raw]

_SEPARATORS = ",;\t|"
_SAMPLE = 40  # lines looked at to find the separator of a CSV file


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One sheet as rows of raw cells. The first row of `rows` is row 1 of the sheet.

    `spans` says of merged cells how far they reach: {row: {first column: last column}}, counted from 0. `hidden`
    are the rows that a filter or a hand put out of sight, counted from 1.
    """

    name: str
    rows: Sequence[RawRow]
    places: CellPlaces = field(default_factory=dict)
    spans: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Book:
    """A file that was read: its sheets, and how its text was written."""

    kind: str  # "xlsx" or "csv"
    grids: tuple[Grid, ...]
    encoding: str = ""
    separator: str = ""


def stored(raw: Raw) -> Any:
    """A cell as JSON that keeps its type."""
    if isinstance(raw, str | int | float):
        return raw
    return {type(raw).__name__: raw.isoformat() if isinstance(raw, date | time) else str(raw)}


def restored(value: Any) -> Raw:
    """A cell read back from its JSON; a length of time comes back as text."""
    if not isinstance(value, dict):
        return value
    ((kind, text),) = value.items()
    match kind:
        case "date":
            return date.fromisoformat(text)
        case "datetime":
            return datetime.fromisoformat(text)
        case "time":
            return time.fromisoformat(text)
    return str(text)


WEB_PAGE = (b"<!doctype", b"<html")
"""How a web page begins; some systems save one under the name of a spreadsheet."""


def read_book(content: bytes, file_name: str) -> Book:
    """Read the bytes of an upload.

    Raises Refusal with a sentence that names the way out: E-IMP-1 too large or empty, E-IMP-2 no
    spreadsheet or damaged, E-IMP-3 protected by a password, E-IMP-4 unpacks beyond all measure, E-IMP-5
    too many rows or columns, E-IMP-6 text that cannot be read.
    """
    if not content:
        raise Refusal("E-IMP-1", "file", _("This file is empty. Choose the register again."))
    if len(content) > LARGEST_FILE:
        raise Refusal("E-IMP-1", "file", _("This file is larger than 10 MB. Split it, or remove pictures from it."))
    if content[:4] == b"PK\x03\x04":
        return _read_workbook(content)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Refusal(
            "E-IMP-3",
            "file",
            _("This is an old Excel file or has a password. Remove the password and save it as .xlsx."),
        )
    if file_name.lower().endswith((".xlsx", ".xlsm")) or content[:256].lstrip().lower().startswith(WEB_PAGE):
        raise Refusal(
            "E-IMP-2",
            "file",
            _("This is no Excel file, whatever its name says. Open it in Excel and save it as .xlsx."),
        )
    return _read_text(content, file_name)


def _read_workbook(content: bytes) -> Book:
    refuse_unsafe(content)
    packed = PackedSheets(content)
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(content))
        grids = tuple(
            Grid(
                name=sheet.name,
                **vars(packed.of(sheet.name)),
                **_cells_of(workbook.get_sheet_by_name(sheet.name)),
            )
            for sheet in workbook.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        )
    except python_calamine.CalamineError as broken:
        raise Refusal(
            "E-IMP-2", "file", _("This file is damaged. Open it, save it again as .xlsx and upload that.")
        ) from broken
    return Book(kind="xlsx", grids=grids)


def _cells_of(sheet: python_calamine.CalamineSheet) -> dict[str, Any]:
    """The rows of a sheet, and how far its merged cells reach to the right.

    What stands in cells merged downwards stands in each of their rows: the mother of twins, written once. Merged cells
    lie beside each other, so that more of them than a sheet has cells were made to take all the time there is.
    """
    rows = sheet.to_python(skip_empty_area=False)
    spans: dict[int, dict[int, int]] = {}
    filled = 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if right > left:
            spans.setdefault(top, {})[left] = right
        below = rows[top + 1 : bottom + 1]
        filled += len(below)
        if filled > MOST_CELLS:
            raise Refusal("E-IMP-5", "file", TOO_LARGE)
        for row in below:
            if left < len(row) and left < len(rows[top]):
                row[left] = rows[top][left]
    return {"rows": rows, "spans": spans}


def _read_text(content: bytes, file_name: str) -> Book:
    text, encoding = decode(content)
    separator = _separator(text)
    rows: list[RawRow] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(row)
            if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise Refusal(
                    "E-IMP-5",
                    "file",
                    _("This file has more than %(rows)s rows or %(columns)s columns. Split it into several.")
                    % {"rows": f"{MOST_ROWS:,}", "columns": MOST_COLUMNS},
                )
    except csv.Error as broken:
        raise Refusal(
            "E-IMP-6",
            "file",
            _("This text file is no table. Save the register as .xlsx or .csv and try again."),
        ) from broken
    stem = file_name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return Book(kind="csv", grids=(Grid(name=stem, rows=rows),), encoding=encoding, separator=separator)


def decode(content: bytes) -> tuple[str, str]:
    """Turn the bytes of a text file into text: UTF-8 with or without mark, UTF-16, or Thai Windows-874
    (TIS-620).

    Raises Refusal E-IMP-6 when the text is in none of these.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        attempts = ["utf-16"]
    elif b"\x00" in content:
        raise Refusal("E-IMP-2", "file", _("This is not a spreadsheet. Save the register as .xlsx or .csv."))
    else:
        attempts = ["utf-8-sig", "cp874"]
    for encoding in attempts:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if encoding != "cp874" or _looks_thai(text):
            return text, encoding.removesuffix("-sig") if not content.startswith(b"\xef\xbb\xbf") else encoding
    raise Refusal("E-IMP-6", "file", _("The letters of this file cannot be read. Save it as “CSV UTF-8” or as .xlsx."))


def _looks_thai(text: str) -> bool:
    """Whether text read as Windows-874 is Thai: Latin accents read that way give stray vowels, not words."""
    high = [letter for letter in text if letter > "\x7f"]
    consonants = sum("ก" <= letter <= "ฮ" for letter in high)
    controls = sum(letter < " " and letter not in "\t\r\n" for letter in text)
    return consonants * 3 >= len(high) and not controls


def _separator(text: str) -> str:
    """The separator that cuts most of the first lines into the same number of cells, more than one."""

    def score(separator: str) -> tuple[int, int]:
        widths = [len(row) for row in _first_rows(text, separator) if any(cell.strip() for cell in row)]
        wide = [width for width in widths if width > 1]
        if not wide:
            return 0, 0
        usual = max(wide, key=lambda width: (wide.count(width), width))
        return wide.count(usual), usual

    return max(_SEPARATORS, key=score)


def _first_rows(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=separator)
    try:
        for row, _number in zip(reader, range(_SAMPLE), strict=False):
            yield row
    except csv.Error:
        return
