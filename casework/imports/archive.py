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
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from casework.kernel.refusals import Refusal

LARGEST_FILE = 10 * 1024 * 1024  # bytes
MOST_ROWS = 60_000  # of one sheet, blank ones included
MOST_COLUMNS = 104  # A to CZ
MOST_CELLS = MOST_ROWS * MOST_COLUMNS  # of all sheets together, each counted to its last row and column
MOST_PARTS = 2_000
OTHER_BOOKS = frozenset({"content.xml", "xl/workbook.bin"})
"""Where workbooks of other kinds have their cells. The reader turns to them where it cannot open the Excel one."""
LARGEST_UNPACKED = 400 * 1024 * 1024  # bytes, all parts together
MOST_LETTERS = 64_000_000  # of all cells together: a text that is kept once may stand in every one of them

_PLACE = re.compile(r"([A-Za-z]{1,3})0*([1-9]\d{0,7})")
_ROW = re.compile(r"0*([1-9]\d{0,7})")
_YES = ("1", "true")
_LONGEST_INDEX = 10  # digits
_FEWEST_STRUCK = 2  # cells of a row from which on all of it was struck through

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
    lower = {name.lower() for name in names}
    if "xl/workbook.xml" not in names or lower & OTHER_BOOKS:
        raise Refusal("E-IMP-2", "file", _("This is not an Excel workbook. Save the register as .xlsx or .csv."))
    if len(lower) != len(parts):
        raise Refusal("E-IMP-2", "file", _DAMAGED)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refusal("E-IMP-4", "file", _BOMB)


class PackedSheets:
    """What the packed file says of each sheet of a workbook; refuses sheets beyond the bounds."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._unpacked = self._cells = self._letters = 0
        self._names = {name.lower(): name for name in self._archive.namelist()}  # the reader does not tell case apart
        self._parts = self._parts_by_name()
        self._lengths = self._parsed("xl/sharedStrings.xml", _Texts()).lengths
        self._struck = self._parsed("xl/styles.xml", _Styles()).struck

    def of(self, sheet: str) -> SheetFacts:
        """The facts of one sheet: its places are {(row, column): "formula" | "error"}, or "struck" for a whole row."""
        part = self._parts.get(sheet, "")
        if part.lower() not in self._names:  # the reader would open another one, which nobody has looked at
            raise Refusal("E-IMP-2", "file", _DAMAGED)
        seen = self._parsed(part, _Cells(sheet, self._struck, self._lengths))
        self._cells += seen.down * seen.across
        self._letters += seen.letters
        if self._cells > MOST_CELLS or self._letters > MOST_LETTERS:
            raise Refusal("E-IMP-5", "file", TOO_LARGE)
        places = seen.places | {
            (row, ALL_OF_ROW): "struck" for row, count in seen.struck_in.items() if count >= _FEWEST_STRUCK
        }
        return SheetFacts(places=places, hidden=frozenset(seen.hidden))

    def _parsed(self, part: str, told: _Parsed) -> Any:
        """What a part tells; nothing where the archive has none of that name."""
        name = self._names.get(part.lower())
        if name is not None:
            told.read(self._read(name))
        return told

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
        targets = self._parsed("xl/_rels/workbook.xml.rels", _Named("Relationship", "Id", "Target")).found
        sheets = self._parsed("xl/workbook.xml", _Named("sheet", "name", "id")).found
        parts = {name: targets.get(number, "").lstrip("/") for name, number in sheets.items()}
        return {name: part if part.startswith("xl/") else f"xl/{part}" for name, part in parts.items()}


class _Parsed:
    """Reads one part in one pass. A pattern over its bytes can be led astray, and made to take all time there is."""

    def read(self, data: bytes) -> None:
        """Raises Refusal E-IMP-2 for what is no XML; the reader takes every part for UTF-8, whatever it says."""
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self.begin
        parser.StartDoctypeDeclHandler = self._refuse
        parser.CommentHandler = parser.ProcessingInstructionHandler = self.remark
        try:
            parser.Parse(data, True)
        except expat.ExpatError as broken:
            raise Refusal("E-IMP-2", "file", _DAMAGED) from broken

    def _refuse(self, *_declared: Any) -> None:
        raise Refusal("E-IMP-2", "file", _DAMAGED)

    def remark(self, *_said: str) -> None:
        """Something stands there that is no part of the text."""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; its name may have the letters of a namespace before it, which every writer chooses."""
        raise NotImplementedError


class _Named(_Parsed):
    """Elements of one kind as {name: what it points to}. Two of one name are refused: which counts?"""

    def __init__(self, kind: str, name: str, to: str) -> None:
        self.kind, self.name, self.to = kind, name, to
        self.found: dict[str, str] = {}

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if _local(name) != self.kind:
            return
        told = [(_local(key), value) for key, value in attributes.items()]
        facts = dict(told)
        if len(facts) < len(told) or facts.get(self.name, "") in self.found:
            self._refuse()
        self.found[facts.get(self.name, "")] = facts.get(self.to, "")


class _Texts(_Parsed):
    """How many letters each text has that cells share."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "si":
            self.lengths.append(0)
            self._parser.CharacterDataHandler = self._count

    def _count(self, text: str) -> None:
        self.lengths[-1] += len(text)


class _Styles(_Parsed):
    """The formats of cells that are struck through, as cells name them."""

    def __init__(self) -> None:
        self.struck: set[str] = set()
        self._inside = ""
        self._fonts: list[bool] = []
        self._formats = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        if name in ("fonts", "cellStyleXfs", "cellXfs", "dxfs"):
            self._inside = name
        elif self._inside == "fonts" and name == "font":
            self._fonts.append(False)
        elif self._inside == "fonts" and name == "strike" and self._fonts:
            self._fonts[-1] = attributes.get("val", "1") in _YES
        elif self._inside == "cellXfs" and name == "xf":
            font = attributes.get("fontId", "")
            if font.isdecimal() and len(font) <= _LONGEST_INDEX and self._fonts[int(font) : int(font) + 1] == [True]:
                self.struck.add(str(self._formats))
            self._formats += 1


class _Cells(_Parsed):
    """How far a sheet reaches as it will lie in memory, blank cells included, and what is odd about its cells.

    Cells and rows that do not say where they stand follow the one before, as the reader has it.
    """

    def __init__(self, sheet: str, struck: set[str], lengths: list[int]) -> None:
        self.sheet, self.struck, self.lengths = sheet, struck, lengths
        self.down = self.across = self.letters = 0
        self.places: CellPlaces = {}
        self.hidden: set[int] = set()
        self.struck_in: Counter[int] = Counter()
        self._row = self._column = 0
        self._place: tuple[int, int] | None = None
        self._is_shared = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        name = name[name.rfind(":") + 1 :]  # _local, which a call for each of a million cells would make slow
        if name == "c":
            self._cell(attributes)
        elif name == "v":
            self._parser.CharacterDataHandler = self._share if self._is_shared else None
        elif name == "f" and self._place:
            self.places[self._place] = "formula"
            self._parser.CharacterDataHandler = None
        elif name == "row":
            self._begin_row(attributes)
        else:
            self._place = None

    def remark(self, *_said: str) -> None:
        """Refused within a cell: what it parts is one number for some readers and two for others."""
        if self._place:
            self._refuse()

    def _begin_row(self, attributes: dict[str, str]) -> None:
        told = attributes.get("r")
        self._row = self._row + 1 if told is None else int(self._read_place(_ROW, told)[1])
        self._column, self._place = 0, None
        self._reach(max(self.down + 1, self._row), 0)
        if attributes.get("hidden") in _YES:
            self.hidden.add(self._row)

    def _cell(self, attributes: dict[str, str]) -> None:
        told = attributes.get("r")
        if told is None:
            self._place = (self._row, self._column + 1)
        else:
            letters, row = self._read_place(_PLACE, told).groups()
            self._place = (int(row), column_number(letters.upper()))
        self._column = max(self._column + 1, self._place[1])
        self._reach(self._place[0], self._column)
        if attributes.get("s") in self.struck:
            self.struck_in[self._place[0]] += 1
        kind = attributes.get("t")
        if kind == "e":
            self.places[self._place] = "error"
        self._is_shared = kind == "s"

    def _share(self, text: str) -> None:
        """Add the text whose number stands in a cell; Excel writes it as digits and nothing else."""
        number = text.strip()
        if number.isdecimal() and len(number) <= _LONGEST_INDEX and int(number) < len(self.lengths):
            self.letters += self.lengths[int(number)]
        elif number:
            self._refuse()

    def _read_place(self, pattern: re.Pattern[str], told: str) -> re.Match[str]:
        found = pattern.fullmatch(told)
        if found is None:
            raise Refusal("E-IMP-2", "file", _DAMAGED)
        return found

    def _reach(self, row: int, column: int) -> None:
        self.down, self.across = max(self.down, row), max(self.across, column)
        if row > MOST_ROWS:
            sentence = _("The sheet “%(sheet)s” has more than %(rows)s rows. Split the register into several files.")
            raise Refusal("E-IMP-5", "file", sentence % {"sheet": self.sheet, "rows": f"{MOST_ROWS:,}"})
        if column > MOST_COLUMNS:
            sentence = _("The sheet “%(sheet)s” has more than %(columns)s columns. Keep only those of the register.")
            raise Refusal("E-IMP-5", "file", sentence % {"sheet": self.sheet, "columns": MOST_COLUMNS})


def _local(name: str) -> str:
    """A name without the letters of its namespace, which every writer chooses."""
    return name.rpartition(":")[2]


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
