"""Facts that a register keeps in several columns: a day in three, a box for each answer, a surname by itself.

They are put together in the first of their columns, whose heading then names them all; the others stay to be seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from casework.imports.cells import as_text, is_mark, is_yes, says_nothing
from casework.imports.columns import LIKELY, SURE, ColumnSpec, cut, heading_score, plain, squash
from casework.imports.reading import Raw, RawRow
from casework.imports.specification import TableSpecification
from casework.imports.table import Line, Table
from casework.kernel.digits import to_ascii_digits

_PARTS: Mapping[str, frozenset[str]] = {
    "day": frozenset({"day", "d", "dd", "วันที่", "วัน", "ว", "နေ့", "ရက်", "ရက်နေ့"}),
    "month": frozenset({"month", "mon", "m", "mm", "เดือน", "ด", "လ"}),
    "year": frozenset({"year", "yr", "y", "yy", "yyyy", "ปี", "พศ", "ปีพศ", "คศ", "ปีคศ", "ခုနှစ်", "နှစ်"}),
}
_SURNAME = frozenset({
    "surname", "lastname", "familyname", "family", "นามสกุล", "สกุล", "မျိုးရိုးအမည်", "မျိုးရိုးနာမည်",
})  # fmt: skip
BETWEEN = " / "
"""What stands between the cells of one fact that were put together."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_BUDDHIST = ("พศ", "พ.ศ", "b.e")


@dataclass(frozen=True, kw_only=True)
class Group:
    """Columns that hold one fact: the first and the last of them, the heading they share, how their cells are read."""

    first: int
    last: int
    heading: str
    join: Callable[[Sequence[Raw]], Raw]


def put_together(table: Table, specification: TableSpecification) -> Table:
    """The same table, with each fact of several columns in the first of them, and with the units of headings."""
    table = _with_units(table, specification)
    groups = _groups(table, specification)
    if not groups:
        return table
    headings = list(table.headings)
    for group in groups:
        headings[group.first] = group.heading
    lines = tuple(Line(row=line.row, cells=_joined(line.cells, groups)) for line in table.lines)
    first_of = {place + 1: group.first + 1 for group in groups for place in range(group.first, group.last + 1)}
    places = {(row, first_of.get(column, column)): kind for (row, column), kind in table.places.items()}
    parts = frozenset(place for group in groups for place in range(group.first + 1, group.last + 1))
    return replace(table, headings=tuple(headings), lines=lines, places={**table.places, **places}, parts=parts)


def _with_units(table: Table, specification: TableSpecification) -> Table:
    """The same table, with the unit that a heading says behind each number under it that stands alone."""
    units = {
        place: unit
        for place, heading in enumerate(table.headings)
        for said, unit in specification.units
        if said.search(plain(heading))
    }
    if not units:
        return table
    lines = tuple(
        replace(line, cells=[_in_unit(raw, units.get(place)) for place, raw in enumerate(line.cells)])
        for line in table.lines
    )
    return replace(table, lines=lines)


def _in_unit(raw: Raw, unit: str | None) -> Raw:
    is_alone = unit and not isinstance(raw, date) and _NUMBER.fullmatch(to_ascii_digits(as_text(raw)))
    return f"{as_text(raw)} {unit}" if is_alone else raw


def _groups(table: Table, specification: TableSpecification) -> list[Group]:
    """The groups of a table from left to right, none of which share a column."""
    found: list[Group] = []
    index = 0
    while index < len(table.headings) - 1:
        group = (
            _day(table.headings, index, specification)
            or _boxes(table, index, specification.boxes)
            or _full_name(table.headings, index, specification)
            or _repeated(table, index, specification)
        )
        if group:
            found.append(group)
        index = group.last + 1 if group else index + 1
    return found


def _joined(cells: RawRow, groups: Sequence[Group]) -> RawRow:
    row = list(cells)
    for group in groups:
        row[group.first] = group.join(cells[group.first : group.last + 1])
    return row


def _day(headings: Sequence[str], index: int, specification: TableSpecification) -> Group | None:
    """Day, month and year side by side, in any order, that say nothing else besides, or the same."""
    three = [part for heading in headings[index : index + 3] if (part := _part(heading))]
    if len(three) < len(_PARTS) or {name for name, _about in three} != set(_PARTS):
        return None
    said = {cut(about).words[0]: about for _name, about in three if about}
    if len(said) > 1:
        return None
    about, names = next(iter(said.values()), ""), [name for name, _about in three]
    parts = " / ".join(headings[index : index + 3])
    heading = f"{about} ({parts})" if about else parts
    days = [spec for spec in specification.columns if spec.key in specification.dates]
    if about and not any(heading_score(heading, spec) >= LIKELY for spec in days):
        return None  # an age in years, months and days
    is_buddhist = any(sign in plain(headings[index + names.index("year")]) for sign in _BUDDHIST)

    def join(cells: Sequence[Raw]) -> str:
        return _written_day({name: as_text(raw) for name, raw in zip(names, cells, strict=True)}, is_buddhist)

    return Group(first=index, last=index + 2, heading=heading, join=join)


def _part(heading: str) -> tuple[str, str] | None:
    """Which part of a day a heading names, and what of: "Birth month" is ("month", "Birth")."""
    words = heading.split()
    for part, known in _PARTS.items():
        for place in {0, len(words) - 1} if words else ():
            if squash(plain(words[place])) in known:
                about = " ".join(words[:place] + words[place + 1 :])
                again = _part(about) if part == "year" else None  # "ปีเกิด (พ.ศ.)" says it twice
                return again if again and again[0] == part else (part, about)
    return _glued_part(squash(plain(heading)))


def _glued_part(text: str) -> tuple[str, str] | None:
    """The same where words are not spaced: "เดือนเกิด", "မွေးလ"."""
    for part, known in _PARTS.items():
        for word in sorted(known, key=len, reverse=True):
            if word.isascii() or (len(word) == 1 and word != "လ"):
                continue
            if text.startswith(word):
                return part, text.removeprefix(word)
            if text.endswith(word):
                return part, text.removesuffix(word)
    return None


def _written_day(parts: Mapping[str, str], is_buddhist: bool) -> str:
    """The day as one text that is read in one way; with "?" for a part that is missing, which is refused."""
    if not any(parts.values()):
        return ""
    day, month, year = (parts[name] or "?" for name in ("day", "month", "year"))
    year = f"25{year}" if is_buddhist and year.isdecimal() and len(year) == 2 else year
    return f"{year}-{month:0>2}-{day:0>2}" if month.isdecimal() and len(year) == 4 else f"{day} {month} {year}"


def _boxes(table: Table, index: int, boxes: Mapping[str, Mapping[str, str]]) -> Group | None:
    """A column for each answer, one of which is marked in every row, such as boy and girl."""
    for heading, words in boxes.items():
        codes = {squash(plain(word)): code for word, code in words.items()}
        last, seen = index, set[str]()
        while last < len(table.headings) and (code := _code(table.headings[last], codes)) and code not in seen:
            seen.add(code)
            last += 1
        if len(seen) >= 2 and _are_marks(table, range(index, last)):
            answers = table.headings[index:last]
            whole = f"{heading} ({' / '.join(answers)})"
            return Group(first=index, last=last - 1, heading=whole, join=partial(_marked, answers))
    return None


def _marked(answers: Sequence[str], cells: Sequence[Raw]) -> str:
    """The last word of each heading in whose column a mark stands; more than one cannot be read, and is refused."""
    return " + ".join(answer.split()[-1] for answer, raw in zip(answers, cells, strict=True) if is_yes(raw))


def _code(heading: str, codes: Mapping[str, str]) -> str:
    words = heading.split()
    return codes.get(squash(plain(heading))) or (codes.get(squash(plain(words[-1])), "") if words else "")


def _are_marks(table: Table, places: Sequence[int]) -> bool:
    """Whether nothing but marks stands in some columns, and some do."""
    cells = [line.cells[place] for line in table.lines for place in places]
    return any(is_yes(raw) for raw in cells) and all(is_mark(raw) for raw in cells)


def _full_name(headings: Sequence[str], index: int, specification: TableSpecification) -> Group | None:
    """A name and beside it a surname, in either order."""
    for name, surname in ((index, index + 1), (index + 1, index)):
        heading, whose = headings[name], cut(headings[surname]).subjects
        if cut(headings[surname]).words[0] not in _SURNAME or (whose and whose != cut(heading).subjects):
            continue
        if any(heading_score(heading, spec) >= SURE for spec in _names(specification)):
            whole = f"{heading} / {headings[surname]}"
            return Group(first=index, last=index + 1, heading=whole, join=partial(_in_full, surname < name))
    return None


def _repeated(table: Table, index: int, specification: TableSpecification) -> Group | None:
    """Columns side by side that hold the same fact, such as the phones of mother and father."""
    headings = table.headings
    for spec in specification.columns:
        if not spec.may_repeat:
            continue
        last = index
        while (
            last < len(headings)
            and headings[last]
            and _is_best(headings[last], spec, specification)
            and _holds(table, last, spec)
        ):
            last += 1
        if last - index > 1:
            return Group(first=index, last=last - 1, heading=" / ".join(headings[index:last]), join=_all_of)
    return None


def _holds(table: Table, place: int, spec: ColumnSpec) -> bool:
    """Whether most of what stands in a column looks like a fact."""
    filled = [line.cells[place] for line in table.lines if not says_nothing(as_text(line.cells[place]))]
    return spec.looks is None or sum(map(spec.looks, filled)) * 2 >= len(filled)


def _is_best(heading: str, spec: ColumnSpec, specification: TableSpecification) -> bool:
    """Whether a heading names a fact, and no other one better."""
    score = heading_score(heading, spec)
    return score >= SURE and all(heading_score(heading, other) <= score for other in specification.columns)


def _all_of(cells: Sequence[Raw]) -> Raw:
    """The one cell in which something stands, as it stands; of more all, in words."""
    filled = [raw for raw in cells if not says_nothing(as_text(raw))]
    return filled[0] if len(filled) == 1 else BETWEEN.join(map(as_text, filled))


def _names(specification: TableSpecification) -> list[ColumnSpec]:
    return [spec for spec in specification.columns if spec.key in specification.names]


def _in_full(is_turned: bool, cells: Sequence[Raw]) -> str:
    """The name before the surname."""
    return " ".join(text for raw in (reversed(cells) if is_turned else cells) if not says_nothing(text := as_text(raw)))
