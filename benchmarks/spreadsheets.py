"""T15: bringing a register in, against only reading its file and copying its cells into an empty table."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain
from random import Random
from typing import Any

import python_calamine
from django.db import connection
from django.utils import timezone

from casework.accounts.models import User
from casework.imports import services
from casework.imports.models import ImportRun
from casework.imports.states import RunState
from casework.ui.spreadsheets import as_xlsx
from registration.demo.names import in_latin, new_name

from .measure import Figure

SEED = 15
SHORT = 500  # rows: the register of one clinic and year
CLERK, SUPERVISOR = "naw.kham", "somchai.k"
HEADINGS = ("No.", "Child name", "Sex", "Date of birth", "Mother name", "Phone")


def figures(rows: int) -> Iterator[Figure]:
    """The file as a clerk uploads it, checked against all children there are, then loaded as the worker does."""
    content, now = _register(rows), timezone.now()
    clerk, supervisor = User.objects.get(username=CLERK), User.objects.get(username=SUPERVISOR)
    short, _run = _checked(_register(SHORT), clerk)
    yield Figure(row="T15", what=f"read and check {SHORT:,} rows", value=short, unit="s")
    floor = _seconds(lambda: _copied(content))[0]
    checking, run = _checked(content, clerk)
    services.propose(run=_again(run), by=clerk, now=now)
    services.confirm(run=_again(run), by=supervisor, now=now)
    loading, done = _seconds(lambda: services.run_import(run=_again(run), now=now))
    if done.state != RunState.DONE or done.progress < rows * 0.9:
        raise RuntimeError(f"{rows} rows went in, {done.progress} became children ({done.state})")
    yield Figure(row="T15", what=f"read and check {rows:,} rows", value=checking, floor=floor, unit="s")
    yield Figure(row="T15", what=f"load {done.progress:,} of them", value=loading, floor=floor, unit="s")
    yield Figure(row="T15", what="read, check and load", value=checking + loading, floor=floor, unit="s", most=2.5)


def _checked(content: bytes, clerk: User) -> tuple[float, ImportRun]:
    """Seconds from the upload of a register to its rows judged."""
    now, office = timezone.now(), clerk.grants.order_by("pk")[0].office
    uploading, (run, _is_new) = _seconds(
        lambda: services.upload(
            content=content, file_name="register.xlsx", office=office,
            specification_key="registration.births", by=clerk, now=now,
        )
    )  # fmt: skip
    services.request_check(run=run, by=clerk, now=timezone.now())
    return uploading + _seconds(lambda: services.check(run=_again(run), today=timezone.localdate(now)))[0], run


def _again(run: ImportRun) -> ImportRun:
    return ImportRun.rows.get(pk=run.pk)


def _seconds(act: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = act()
    return time.perf_counter() - began, answer


def _copied(content: bytes) -> None:
    """What no import can do without: the cells read, and as many rows written as they are."""
    rows = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    lines = "".join("\t".join(map(str, row)) + "\n" for row in rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE bare (no text, child text, sex text, born text, mother text, phone text)"
        )
        cursor.copy_expert("COPY bare FROM STDIN", io.StringIO(lines))
        cursor.execute("DROP TABLE bare")


def _register(rows: int) -> bytes:
    """A register as a clinic keeps it."""
    chance, today = Random(SEED), timezone.localdate()

    def line(at: int) -> tuple[str, ...]:
        born = today - timedelta(days=chance.randrange(20, 3_000))
        child, mother = in_latin(new_name(chance)), in_latin(new_name(chance), "Ma")
        phone = f"08{chance.randrange(10_000_000, 99_999_999)}"
        return (str(at), child, chance.choice("FM"), f"{born:%d/%m/%Y}", mother, phone)

    return as_xlsx("Births", chain([HEADINGS], map(line, range(1, rows + 1))))
