"""T11 and T14: the dashboard against counting anew, and rows as files against the database's own COPY."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.cases.models import Case
from casework.reports.counting import counting_for
from casework.ui.spreadsheets import as_csv, as_xlsx

from .measure import Figure, browser_of, middle, milliseconds, page

READER = "somchai.k"
COLUMNS = ("number", "tracking_code", "state", "stage", "risk", "sort_name", "next_step", "close_reason")


def figures(times: int) -> Iterator[Figure]:
    """The figures of the dashboard and of the files."""
    yield from _dashboard(times)
    yield from _files()


def _dashboard(times: int) -> Iterator[Figure]:
    user: Any = User.objects.get(username=READER)

    def count_anew() -> None:
        counting = counting_for(user, {}, timezone.localdate())
        if counting is None or not counting.board.read(counting.scope).stats:
            raise RuntimeError(f"{READER} sees no figures")

    counted = middle(milliseconds(count_anew, times))
    shown = middle(milliseconds(page(browser_of(READER), reverse("reports:dashboard")), times))
    yield Figure(row="T11", what="dashboard", value=shown, floor=counted, unit="ms", most=1 / 6)


def _files() -> Iterator[Figure]:
    """Every case there is, in eight columns of text."""
    total = Case.rows.count()
    copied = middle(milliseconds(_copied, 3))
    table = middle(milliseconds(lambda: as_csv(_rows()), 3))
    sheet = middle(milliseconds(lambda: as_xlsx("Cases", _rows()), 3))
    yield Figure(row="T14", what=f"CSV of {total:,} rows", value=table, floor=copied, unit="ms", most=1.5)
    yield Figure(row="T14", what=f"XLSX of {total:,} rows", value=sheet, floor=copied, unit="ms", most=10)


def _rows() -> Iterator[tuple[str, ...]]:
    return chain([COLUMNS], Case.rows.values_list(*COLUMNS).order_by("pk").iterator())


def _copied() -> None:
    columns, out = ", ".join(COLUMNS), io.BytesIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY (SELECT {columns} FROM cases_case ORDER BY id) TO STDOUT WITH CSV", out)  # noqa: S608
