"""T15: reading and checking a register, against only reading it."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from datetime import timedelta
from random import Random

from django.utils import timezone

from casework.imports.checking import find_tables, propose_columns
from casework.imports.dry_run import check_book
from casework.imports.reading import read_book
from registration.demo_names import in_latin, new_name
from registration.imports.specification import BIRTH_REGISTER

from .measure import Figure

SEED = 15
OF_ROWS = 50_000


def figures(rows: int) -> Iterator[Figure]:
    """Seconds for 50,000 rows, reckoned from so many."""
    content, today = _register(rows), timezone.localdate()
    began = time.perf_counter()
    list(csv.reader(io.StringIO(content.decode())))
    floor = time.perf_counter() - began
    began = time.perf_counter()
    book = read_book(content, "register.csv")
    mappings = {
        table.name: propose_columns(table, BIRTH_REGISTER).columns for table in find_tables(book, BIRTH_REGISTER)
    }
    checked = check_book(book, mappings, BIRTH_REGISTER, today=today)
    spent = time.perf_counter() - began
    if len(checked) != rows:
        raise RuntimeError(f"{rows} rows went in, {len(checked)} were checked")
    each = OF_ROWS / rows
    yield Figure(row="T15", what="bare reading of 50,000 rows", value=floor * each, unit="s")
    yield Figure(row="T15", what="read and check 50,000 rows", value=spent * each, unit="s", most=4)


def _register(rows: int) -> bytes:
    """A register as a spreadsheet would save it."""
    chance, today, out = Random(SEED), timezone.localdate(), io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["No.", "Child name", "Sex", "Date of birth", "Mother name", "Phone"])
    for at in range(rows):
        born = today - timedelta(days=chance.randrange(20, 3_000))
        child, mother = in_latin(new_name(chance)), in_latin(new_name(chance), "Ma")
        phone = f"08{chance.randrange(10_000_000, 99_999_999)}"
        writer.writerow([at + 1, child, chance.choice("FM"), f"{born:%d/%m/%Y}", mother, phone])
    return out.getvalue().encode()
