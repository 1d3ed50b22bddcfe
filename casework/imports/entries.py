"""Tables that answer one of our lists: their columns are known by the headings, and each cell stands under its fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casework.imports.cells import as_text
from casework.imports.columns import ColumnSpec
from casework.imports.reading import Raw, read_book
from casework.imports.recognising import recognise
from casework.imports.table import find_table


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One row: its number in the sheet, its cells by fact, and of which a formula or an error stands in the cell.

    `others` are its cells under headings that are not known.
    """

    row: int
    cells: Mapping[str, Raw]
    odd: frozenset[str]
    others: Mapping[str, Raw]


def read_entries(content: bytes, file_name: str, columns: Sequence[ColumnSpec]) -> Iterator[Entry]:
    """The rows of every sheet with headings that are known. Raises Refusal as read_book does."""
    for grid in read_book(content, file_name).grids:
        table = find_table(grid, columns)
        if table is None:
            continue
        places = {
            proposal.key: index for index, proposal in recognise(table.headings, table.samples(), columns).items()
        }
        for line in table.lines:
            cells = {key: line.cells[index] for key, index in places.items()}
            odd = {key for key, index in places.items() if (line.row, index + 1) in table.places}
            odd |= {key for key, raw in cells.items() if as_text(raw).startswith("=")}
            known = set(places.values())
            others = {
                heading: raw
                for index, (heading, raw) in enumerate(zip(table.headings, line.cells, strict=False))
                if index not in known
            }
            yield Entry(row=line.row, cells=cells, odd=frozenset(odd), others=others)
