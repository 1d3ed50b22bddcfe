"""Rows as a spreadsheet file: ids as text, and nothing that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from io import BytesIO, TextIOWrapper
from itertools import chain
from string import digits
from typing import BinaryIO

from django.http import HttpResponse
from rustpy_xlsxwriter import Format, write_worksheet

from casework.kernel.copying import Copied

Cell = str | Decimal
"""Text, or an amount, which is written as a number."""
Written = str | int | Decimal
NUMBERS = (int, Decimal)
Rows = Iterable[Sequence[Written]]
"""Rows of cells. Those that are Copied went through written() one by one."""
DANGEROUS = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", *"＝＋－＠")
WATCHED = frozenset((*DANGEROUS, *digits, ","))
"""How a cell begins that is not always written as it stands: what a spreadsheet runs, and counts."""
LONGEST_CELL, LONGEST_NAME = 32_767, 31
"""What Excel takes of a text, and of the name of a sheet."""
NO_NAME = re.compile(r"[\x00-\x1f\[\]:*?/\\']")
COLUMN_WIDTHS = [36.0, *[14.0] * 99]
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


@lru_cache(maxsize=10_000)  # days and ages, which come again and again
def plain(text: str) -> str | int:
    """A count as a number, anything else as harmless text. Numbers with leading zeros are ids and stay text."""
    number = text.replace(",", "")
    if number.isascii() and number.isdecimal() and (number == "0" or not number.startswith("0")) and len(number) <= 9:
        return int(number)
    return harmless(text)


def written(cells: Iterable[Written]) -> list[Written]:
    """Cells as they are written; they may be so already. Most texts are seen to be harmless by their first letter."""
    return [cell if isinstance(cell, NUMBERS) or cell[:1] not in WATCHED else plain(cell) for cell in cells]


def as_file(name: str, ending: str, *, title: str, rows: Rows) -> HttpResponse:
    """Rows as a file to keep, `ending` being csv or xlsx."""
    body = as_csv(rows) if ending == "csv" else as_xlsx(title, rows)
    response = HttpResponse(body, content_type=CONTENT_TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def as_csv(rows: Rows) -> bytes:
    """Comma-separated values as bytes."""
    out = BytesIO()
    write_file(out, "csv", title="", blocks=[rows])
    return out.getvalue()


def as_xlsx(title: str, rows: Rows) -> bytes:
    """An Excel file as bytes."""
    out = BytesIO()
    write_file(out, "xlsx", title=title, blocks=[rows])
    return out.getvalue()


def write_file(out: BinaryIO, ending: str, *, title: str, blocks: Iterable[Rows]) -> None:
    """Write some blocks of rows one after the other, so that long lists need little memory; `out` stays open.

    A csv is in UTF-8 with the mark that lets Excel read Thai. An xlsx has one sheet whose first row is the heading;
    text as text, counts and amounts as numbers, no cell a formula or a link.
    """
    if ending == "xlsx":
        _write_sheet(out, title, chain.from_iterable(map(_rows, blocks)))
        return
    out.write(BOM_UTF8)
    text = TextIOWrapper(out, encoding="utf-8", newline="")
    writer = csv.writer(text)
    for block in blocks:
        if isinstance(block, Copied):
            block.each(writer.writerows)
        else:
            writer.writerows(_rows(block))
    text.detach()


def _rows(block: Rows) -> Iterable[Sequence[Written]]:
    return block if isinstance(block, Copied) else map(written, block)


def _write_sheet(out: BinaryIO, title: str, rows: Iterator[Sequence[Written]]) -> None:
    heading = _distinct(str(_held(words)) for words in next(rows, []))
    empty: dict[str, Written] = dict.fromkeys(heading, "")  # a row of them at the end keeps a heading without rows
    write_worksheet(
        chain((empty | dict(zip(heading, map(_held, row), strict=False)) for row in rows), [empty]), out,
        sheet_name=NO_NAME.sub("", title)[:LONGEST_NAME].strip() or None, column_widths=COLUMN_WIDTHS[:len(heading)],
        header_format=Format().set_bold().set_text_wrap(), float_format="#,##0.00",
    )  # fmt: skip


def _distinct(headings: Iterable[str]) -> list[str]:
    """Headings of which each stands once: a second one of the same words has a 2 behind it."""
    seen = Counter[str]()
    told = []
    for words in headings:
        seen[words] += 1
        told.append(words if seen[words] == 1 else f"{words} {seen[words]}")
    return told


def _held(cell: Written) -> Written:
    """What fits into a cell of Excel."""
    return cell[:LONGEST_CELL] if isinstance(cell, str) else cell
