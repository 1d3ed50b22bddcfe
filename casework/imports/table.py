"""Finding the table in a sheet: its headings under title rows, its rows between blank lines and dividers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.imports.archive import CellPlaces
from casework.imports.cells import as_text, is_blank
from casework.imports.columns import ColumnSpec, count_recognised, cut, plain, squash
from casework.imports.reading import Grid, Raw, RawRow
from casework.kernel.date_words import month_number
from casework.kernel.digits import to_ascii_digits

_HEADER_WITHIN = 30  # rows from the top in which headings are looked for
_LOOK_ON = 3  # rows below good headings in which better ones may stand
_FEWEST_HEADINGS = 3
_MOST_OF_A_NOTE = 1  # filled cells of a row that stands apart under the entries
_SAMPLE = 60  # filled cells per column that recognition looks at
_DIVIDER = re.compile(
    r"[-=*_~#.\s]{2,}|.*([-=*_]{2,}).*|.*\b(end of|page|month|total)\b.*"
    r"|.*(สิ้นเดือน|ประจำเดือน|เดือน|หน้าที่|หน้า\s*\d|รวม|ยกมา|ยอด).*",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_MONTH = 40
_LINE = re.compile(r"[-–—=*_~.\s]+")
_MONTH = re.compile(r"\W*([^\W\d][^\d]*?)[\s,]*(?:พ\.?\s*ศ\.?)?\s*(?:\d{2}|\d{4})\W*")
_NOTE = re.compile(r"\W*(?:notes?|n\.?b\.?|remarks?|หมายเหตุ|မှတ်ချက်)\s*[:：.\-–]", re.IGNORECASE)
_TOTAL = re.compile(
    r"\W*(?:(?:(?:grand|sub)[\s-]*)?totals?|sum)\b|\W*(?:ยอด)?รวม(?=\W|\d|$|ทั้ง|ยอด|เดือน|ปี|จำนวน|สุทธิ|หมด)|\W*ยอด(?=\W|\d|$|ยก)"
    r"|\W*စုစုပေါင်း",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A row that holds no entry.

    Why ("title", "divider", "total", "headings", "number", "note") and what stands in it.
    """

    row: int
    reason: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One entry: the number of its row in the sheet, and its cells."""

    row: int
    cells: RawRow


@dataclass(frozen=True, kw_only=True)
class Table:
    """The register found in one sheet."""

    name: str
    header_row: int
    """The row of the headings, counted from 1; 0 where the sheet goes on with those of the sheet before."""
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    skipped: tuple[Skipped, ...]
    blank_rows: int
    places: CellPlaces
    parts: frozenset[int] = frozenset()
    """Columns whose cells stand in another one, such as the month of a day."""

    def samples(self) -> list[list[Raw]]:
        """Some filled cells of each column."""
        found: list[list[Raw]] = [[] for _heading in self.headings]
        for line in self.lines[: _SAMPLE * 4]:
            for column, raw in zip(found, line.cells, strict=False):
                if len(column) < _SAMPLE and not is_blank(raw):
                    column.append(raw)
        return found


def find_table(grid: Grid, specs: Sequence[ColumnSpec]) -> Table | None:
    """Find the register in a sheet, or None when no row looks like its headings."""
    found = _find_headings(grid.rows[:_HEADER_WITHIN], specs, grid.spans)
    if found is None:
        return None
    first, last, headings = found
    titles = [
        Skipped(row=number, reason="title", text=_said(row))
        for number, row in enumerate(grid.rows[:first], start=1)
        if _said(row)
    ]
    return _table(grid, headings, last + 1, titles)


def go_on(grid: Grid, before: Table) -> Table | None:
    """A sheet without headings as more of the one before, or None where its columns hold other things."""
    further = _table(grid, before.headings, 0, [])
    pairs = [
        (_usual(above), _usual(here))
        for above, here in zip(before.samples(), further.samples(), strict=True)
        if above and here
    ]
    alike = sum(above == here for above, here in pairs)
    return further if len(pairs) >= _FEWEST_HEADINGS and alike * 5 >= len(pairs) * 4 else None


def _usual(sample: Sequence[Raw]) -> str:
    """What most cells of a column are: days, words or numbers."""
    kinds = ["day" if isinstance(raw, date) else _kind(as_text(raw)) for raw in sample]
    return max(dict.fromkeys(kinds), key=kinds.count)  # of as many, the first: a file is read anew by other processes


def _kind(text: str) -> str:
    if any(letter.isalpha() for letter in text):
        return "words"
    return "number" if squash(text) == text else "day"


def _table(grid: Grid, headings: tuple[str, ...], header_row: int, skipped: list[Skipped]) -> Table:
    """The rows below the headings, which stand in row `header_row` of the sheet, 0 where it has none."""
    lines: list[Line] = []
    blank = 0
    names = [squash(plain(heading)) for heading in headings]
    known = set(names) - {""}
    titles = {skip.text for skip in skipped}
    width, order, apart = len(headings), None, 0
    for number, row in enumerate(grid.rows[header_row:], start=header_row + 1):
        filled = [raw for raw in row if not isinstance(raw, str) or (raw and not raw.isspace())]
        if not filled:
            blank, apart = blank + 1, len(lines)
        elif len(filled) <= 4 or filled[0].__class__ is str:
            said = _said(row)
            reason = _no_entry(filled, known, is_first=number == header_row + 1) or ("title" if said in titles else "")
            if reason:
                skipped.append(Skipped(row=number, reason=reason, text=said))
                apart = len(lines)
                order = _other_order(row, names) if reason == "headings" else order
            else:
                lines.append(Line(row=number, cells=_in_order(_padded(row, width), order)))
        else:
            lines.append(Line(row=number, cells=_in_order(_padded(row, width), order)))
    if all(sum(not is_blank(raw) for raw in line.cells) <= _MOST_OF_A_NOTE for line in lines[apart:]):
        notes, lines = lines[apart:], lines[:apart] if apart else lines
        skipped += [Skipped(row=line.row, reason="note", text=_said(line.cells)) for line in notes if apart]
    return Table(
        name=grid.name,
        header_row=header_row,
        headings=headings,
        lines=tuple(lines),
        skipped=tuple(skipped),
        blank_rows=blank,
        places=grid.places,
    )


def _find_headings(
    rows: Sequence[RawRow], specs: Sequence[ColumnSpec], spans: Mapping[int, Mapping[int, int]]
) -> tuple[int, int, tuple[str, ...]] | None:
    """(first row, last row, headings) of the row, or the two rows under wide titles.

    That names most facts.
    """
    best: tuple[int, int, tuple[str, ...]] | None = None
    most = _FEWEST_HEADINGS - 1
    for index, row in enumerate(rows):
        if best and index > best[1] + _LOOK_ON:
            break
        single = tuple(as_text(raw) if isinstance(raw, str) else "" for raw in row)
        if not any(single):
            continue
        count = count_recognised(single, specs)
        if count > most:
            best, most = (index, index, _trimmed(single)), count
        above = rows[index - 1] if index else []
        says_whose = _says_whose(above)
        if says_whose or sum(not is_blank(raw) for raw in above) >= 2:
            pair = _joined(above, single, spans.get(index - 1, {}))
            count = count_recognised(pair, specs)
            is_more = count > (most if says_whose else most + 1)
            if is_more or (count >= most and _divides(above, single)):
                best, most = (index - 1, index, _trimmed(pair)), count
    return _with_third(best, rows, specs, spans) if best else _unknown_headings(rows)


def _with_third(
    best: tuple[int, int, tuple[str, ...]],
    rows: Sequence[RawRow],
    specs: Sequence[ColumnSpec],
    spans: Mapping[int, Mapping[int, int]],
) -> tuple[int, int, tuple[str, ...]]:
    """With a third row of headings, which divides some of those above it."""
    first, last, headings = best
    below = (
        tuple(as_text(raw) if isinstance(raw, str) else "" for raw in rows[last + 1]) if last + 1 < len(rows) else ()
    )
    if last == first or not _divides(headings, below):
        return best
    whole = _joined(headings, below, spans.get(last, {}))
    return (
        (first, last + 1, _trimmed(whole))
        if count_recognised(whole, specs) >= count_recognised(headings, specs)
        else best
    )


def _says_whose(above: RawRow) -> bool:
    """Whether a row holds wide headings such as "Mother", not only a title in which somebody is mentioned."""
    said = [cut(raw) for raw in above if isinstance(raw, str) and not is_blank(raw)]
    return any(found.subjects for found in said) and (len(said) > 1 or not any(said[0].words))


def _unknown_headings(rows: Sequence[RawRow]) -> tuple[int, int, tuple[str, ...]] | None:
    """Headings in words nobody taught us: the first row of words with rows as wide below it. A person maps them."""
    for index, row in enumerate(rows[:-1]):
        filled = [raw for raw in row if not is_blank(raw)]
        below = sum(not is_blank(raw) for raw in rows[index + 1])
        if (
            len(filled) >= _FEWEST_HEADINGS
            and all(isinstance(raw, str) and not squash(raw).isdecimal() for raw in filled)
            and below * 2 >= len(filled)
        ):
            return index, index, _trimmed([as_text(raw) for raw in row])
    return None


def _divides(upper: RawRow, lower: Sequence[str]) -> bool:
    """Whether all a row holds are words under wide headings of the row above, such as day, month and year."""
    above = [as_text(raw) for raw in _padded(upper, len(lower) + 1)]
    filled = {index for index, below in enumerate(lower) if below and below != above[index]}
    if len(filled) < 2 or any(letter.isdecimal() for index in filled for letter in lower[index]):
        return False
    is_wide = {index: not above[index] or (not above[index + 1] and index + 1 in filled) for index in filled}
    return all(is_wide.values()) and any(not above[index] for index in filled)


def _joined(upper: RawRow, lower: Sequence[str], spans: Mapping[int, int]) -> tuple[str, ...]:
    """Headings of two rows.

    A wide title stands over the columns to its right that have headings of their own: as far as its cells are merged,
    else until one of them says whose fact it is.
    """
    joined, wide, last = [], "", 0
    for index, below in enumerate(lower):
        above = as_text(upper[index]) if index < len(upper) and isinstance(upper[index], str) else ""
        if above and above == below:  # one heading, merged over both rows
            above, wide = "", ""
        elif above:
            wide, last = above, spans.get(index, len(lower) if not spans else index)
        elif index > last or (not spans and cut(below).subjects):
            wide = ""
        joined.append(f"{wide} {below}" if below and wide else below or above)
        if above and not below:
            wide = ""
    return tuple(joined)


def _trimmed(headings: Sequence[str]) -> tuple[str, ...]:
    """Without the empty columns at the right end."""
    last = max((index for index, heading in enumerate(headings) if heading), default=-1)
    return tuple(headings[: last + 1])


def _padded(row: RawRow, width: int) -> RawRow:
    return row if len(row) >= width else [*row, *[""] * (width - len(row))]


def _other_order(row: RawRow, names: Sequence[str]) -> list[int] | None:
    """Where the rows below repeated headings have each column, when they stand in another order; else None."""
    again = [squash(plain(as_text(raw))) for raw in row]
    order = [again.index(name) if name in again else index for index, name in enumerate(names)]
    return order if order != list(range(len(names))) and len(set(order)) == len(order) else None


def _in_order(cells: RawRow, order: Sequence[int] | None) -> RawRow:
    """The cells of a row in the order of the first headings."""
    return cells if order is None else [cells[index] for index in order]


def _no_entry(filled: Sequence[Raw], known: set[str], *, is_first: bool) -> str:
    """Why a row is no entry of the register, or "" when it is one."""
    first = filled[0]
    if len(filled) == 1:
        if not isinstance(first, str) or squash(first).isdecimal():
            return "number"
        if _NOTE.match(first):
            return "note"
        return "divider" if _DIVIDER.fullmatch(first.strip()) or _is_month(first) else ""
    if all(isinstance(raw, str) and _LINE.fullmatch(raw) for raw in filled):
        return "divider"
    if isinstance(first, str) and len(filled) <= 4 and _TOTAL.match(first):
        return "total"
    texts = [squash(plain(raw)) for raw in filled if isinstance(raw, str)]
    if len(texts) >= _FEWEST_HEADINGS and sum(text in known for text in texts) * 5 >= len(filled) * 3:
        return "headings"
    if is_first and [squash(as_text(raw)) for raw in filled] == [str(n) for n in range(1, len(filled) + 1)]:
        return "headings"
    return ""


def _is_month(text: str) -> bool:
    """Whether a text is a month with its year, above the rows of that month: 'มี.ค. 67', 'March 2024'."""
    found = _MONTH.fullmatch(to_ascii_digits(text)) if len(text) <= _LONGEST_MONTH else None
    return found is not None and month_number(found[1]) is not None


def _said(row: RawRow) -> str:
    return " · ".join(as_text(raw) for raw in row if not is_blank(raw))[:200]
