"""What is looked at in an Excel file before it is opened: is it one, is it a bomb, which cells hold formulas.

The reader lays a sheet out in memory from its first to its last cell, so one cell at the far end of an
empty sheet would take all the memory there is. The bounds here are checked on the packed file, in one
pass over each sheet.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from django.utils.translation import gettext_lazy as _

from casework.kernel.refusals import Refusal

LARGEST_FILE = 10 * 1024 * 1024  # bytes
MOST_ROWS = 60_000  # of one sheet, blank ones included
MOST_COLUMNS = 104  # A to CZ
MOST_CELLS = MOST_ROWS * MOST_COLUMNS  # of all sheets together, each counted to its last row and column
MOST_PARTS = 2_000
LARGEST_UNPACKED = 400 * 1024 * 1024  # bytes, all parts together

_TOO_FAR_DOWN = re.compile(rb"\br\s*=\s*[\"'][A-Za-z]{0,3}(?:[6-9]\d{4}|\d{6,})[\"']")
_TOO_FAR_RIGHT = re.compile(rb"\br\s*=\s*[\"'](?:[D-Zd-z][A-Za-z]|[A-Za-z]{3,})\d")
_LINE = re.compile(rb"\br\s*=\s*[\"'][A-Za-z]{0,3}(\d{1,7})[\"']")
_COLUMN = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})\d")
_FORMULA = re.compile(rb"<c r=\"([A-Z]+)(\d+)\"[^>]*>\s*<f[ >/]")
_ERROR = re.compile(rb"<c r=\"([A-Z]+)(\d+)\"[^>]*\bt=\"e\"")
_HIDDEN = re.compile(rb"<row\s[^>]*\bhidden=\"(?:1|true)\"[^>]*>")
_ROW_NUMBER = re.compile(rb"\br=\"(\d+)\"")
_FONT = re.compile(rb"<font>.*?</font>|<font/>", re.DOTALL)
_STRIKE = re.compile(rb"<strike(?:\s+val=\"(?:1|true)\")?\s*/>")
_STYLES = re.compile(rb"<cellXfs.*?</cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<xf\s[^>]*?\bfontId=\"(\d+)\"")
_FEWEST_STRUCK = 2  # cells of a row from which on all of it was struck through
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")

_DAMAGED = _("This file is damaged. Open it, save it again as .xlsx and upload that.")
TOO_LARGE = _("The sheets of this file are larger than a register, blank cells included. Keep only its own.")
_BOMB = _("This file unpacks to far more than a register. Save only the register in it.")

CellPlaces = dict[tuple[int, int], str]
ALL_OF_ROW = 0
"""The column of what is said of a whole row."""


@dataclass(frozen=True, kw_only=True)
class SheetFacts:
    """What the packed file says of a sheet: the places of formulas and errors, rows struck through, rows hidden.

    Rows and columns are counted from 1; column 0 stands for the whole row.
    """

    places: CellPlaces = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()


def refuse_unsafe(content: bytes) -> None:
    """Raise Refusal for bytes that are no Excel workbook (E-IMP-2) or unpack beyond the bounds (E-IMP-4)."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as broken:
        raise Refusal("E-IMP-2", "file", _DAMAGED) from broken
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise Refusal("E-IMP-2", "file", _("This is not an Excel workbook. Save the register as .xlsx or .csv."))
    if len({name.lower() for name in names}) != len(parts):
        raise Refusal("E-IMP-2", "file", _DAMAGED)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refusal("E-IMP-4", "file", _BOMB)


class PackedSheets:
    """What the packed file says of each sheet of a workbook; refuses sheets beyond the bounds."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._unpacked = self._cells = 0
        self._parts = self._parts_by_name()
        names = set(self._archive.namelist())
        if "xl/sharedStrings.xml" in names:
            self._read("xl/sharedStrings.xml")
        self._struck = _struck_cells(self._read("xl/styles.xml")) if "xl/styles.xml" in names else None

    def of(self, sheet: str) -> SheetFacts:
        """The facts of one sheet: its places are {(row, column): "formula" | "error"}, or "struck" for a whole row."""
        part = self._parts.get(sheet)
        if part is None:
            return SheetFacts()
        data = self._read(part)
        if _TOO_FAR_DOWN.search(data):
            raise Refusal(
                "E-IMP-5",
                "file",
                _("The sheet “%(sheet)s” has more than %(rows)s rows. Split the register into several files.")
                % {"sheet": sheet, "rows": f"{MOST_ROWS:,}"},
            )
        if _TOO_FAR_RIGHT.search(data):
            raise Refusal(
                "E-IMP-5",
                "file",
                _("The sheet “%(sheet)s” has more than %(columns)s columns. Keep only those of the register.")
                % {"sheet": sheet, "columns": MOST_COLUMNS},
            )
        self._count(data)
        places: CellPlaces = {}
        for pattern, kind in ((_FORMULA, "formula"), (_ERROR, "error")):
            for found in pattern.finditer(data):
                places[int(found[2]), column_number(found[1].decode())] = kind
        struck = Counter(int(row) for row in self._struck.findall(data)) if self._struck else Counter()
        places |= {(row, ALL_OF_ROW): "struck" for row, count in struck.items() if count >= _FEWEST_STRUCK}
        numbers = (_ROW_NUMBER.search(tag) for tag in _HIDDEN.findall(data))
        return SheetFacts(places=places, hidden=frozenset(int(number[1]) for number in numbers if number))

    def _count(self, data: bytes) -> None:
        """Add the cells of a sheet as they will lie in memory, blank ones included."""
        down = max(map(int, set(_LINE.findall(data))), default=0)
        across = max((column_number(letters.decode().upper()) for letters in set(_COLUMN.findall(data))), default=0)
        self._cells += down * across
        if self._cells > MOST_CELLS:
            raise Refusal("E-IMP-5", "file", TOO_LARGE)

    def _read(self, part: str) -> bytes:
        """Unpack one part, never more than the archive may hold altogether: a header can lie about the size."""
        room = LARGEST_UNPACKED - self._unpacked
        try:
            with self._archive.open(part) as stream:
                data = stream.read(room + 1)
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            RuntimeError,
            EOFError,
            OSError,
            ValueError,
        ) as broken:
            raise Refusal("E-IMP-2", "file", _DAMAGED) from broken
        self._unpacked += len(data)
        if self._unpacked > LARGEST_UNPACKED:
            raise Refusal("E-IMP-4", "file", _BOMB)
        return data

    def _parts_by_name(self) -> dict[str, str]:
        names = set(self._archive.namelist())
        if "xl/_rels/workbook.xml.rels" not in names:
            return {}
        targets = {}
        for tag in _RELATION.findall(self._read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")):
            target = _attribute(tag, "Target").lstrip("/")
            targets[_attribute(tag, "Id")] = target if target.startswith("xl/") else f"xl/{target}"
        found = {}
        for tag in _SHEET.findall(self._read("xl/workbook.xml").decode("utf-8", "replace")):
            part = targets.get(_attribute(tag, "r:id") or _attribute(tag, "id"))
            if part in names:
                found[_attribute(tag, "name")] = part
        return found


def _struck_cells(styles: bytes) -> re.Pattern[bytes] | None:
    """What finds the cells of a sheet that are struck through, None where a workbook has no such font."""
    struck = {number for number, font in enumerate(_FONT.findall(styles)) if _STRIKE.search(font)}
    block = _STYLES.search(styles) if struck else None
    formats = [number for number, font in enumerate(_STYLE.findall(block[0])) if int(font) in struck] if block else []
    if not formats:
        return None
    return re.compile(rb'<c r="[A-Z]+(\d+)" s="(?:%b)"' % b"|".join(b"%d" % number for number in formats))


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 is A, 27 is AA: the name a clerk sees above the column."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"\s{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag)
    return unescape(found[1] if found and found[1] is not None else found[2]) if found else ""
