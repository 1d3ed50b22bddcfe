"""Stopwatch, query counter, and one line of the table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line: what was measured, its floor, and how far it may be from it.

    `value` and `floor` have the same unit. Without a floor the value itself is held against `most`; with `least` it
    must be at least that.
    """

    row: str
    what: str
    value: float
    unit: str
    floor: float | None = None
    most: float | None = None
    least: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the floor."""
        return self.value / self.floor if self.floor else None

    @property
    def is_ok(self) -> bool:
        judged = self.value if self.ratio is None else self.ratio
        return (self.most is None or judged <= self.most) and (self.least is None or judged >= self.least)

    def cells(self) -> list[str]:
        """The line's words."""
        times = "×" if self.ratio is not None else f" {self.unit}"
        target = f"≤ {self.most:.3g}{times}" if self.most is not None else ""
        target = f"≥ {self.least:g}{times}" if self.least is not None else target
        return [
            self.row,
            self.what,
            _number(self.value) + f" {self.unit}",
            _number(self.floor) + f" {self.unit}" if self.floor is not None else "",
            f"{self.ratio:.2f}×" if self.ratio is not None else "",
            target,
            ("ok" if self.is_ok else "over") if target else "",
        ]


HEAD = ["row", "what", "figure", "floor", "ratio", "target", ""]


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"


def table(figures: list[Figure]) -> str:
    """All lines in columns."""
    lines = [HEAD, *(figure.cells() for figure in figures)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def milliseconds(act: Callable[[], Any], times: int) -> list[float]:
    """How long each of so many runs took, after one to warm up."""
    act()
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        spent.append((time.perf_counter() - began) * 1000)
    return spent


def middle(spent: list[float]) -> float:
    """The median."""
    return statistics.median(spent)


def p95(spent: list[float]) -> float:
    """Nineteen of twenty took no longer."""
    return sorted(spent)[max(0, round(len(spent) * 0.95) - 1)]


def queries(act: Callable[[], Any]) -> int:
    """How many queries an act makes, once it is warm."""
    act()
    with CaptureQueriesContext(connection) as caught:
        act()
    return len([query for query in caught if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))])


def asked(act: Callable[[], Any]) -> list[tuple[str, None]]:
    """All that an act asks of the database once it is warm, as the database gets it."""
    act()
    with CaptureQueriesContext(connection) as caught:
        act()
    return [(query["sql"], None) for query in caught]


def sql(statements: Sequence[tuple[str, Any]]) -> None:
    """Run statements as they are and fetch every row there is."""
    with connection.cursor() as cursor:
        for statement, parameters in statements:
            cursor.execute(statement, parameters)
            if cursor.description:
                cursor.fetchall()


def browser_of(username: str) -> Client:
    """A browser in which the person is signed in."""
    user = User.objects.get(username=username)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
    return client


def page(client: Client, address: str) -> Callable[[], Any]:
    """Asking for a page. Raises RuntimeError when it does not come."""

    def ask() -> Any:
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")
        return answer

    return ask


def list_page(name: str, ask: Callable[[], Any], rows: tuple[str, Any], times: int) -> Iterator[Figure]:
    """T1: a page of a list against the one statement of its rows, and against all it asks (decision 64)."""
    whole = asked(ask)
    of_rows, of_all = milliseconds(lambda: sql([rows]), times), milliseconds(lambda: sql(whole), times)
    spent = milliseconds(ask, times)
    yield Figure(row="T1", what=f"{name}, median", value=middle(spent), floor=middle(of_rows), unit="ms", most=2.5)
    yield Figure(row="T1", what=f"{name}, p95", value=p95(spent), floor=p95(of_rows), unit="ms", most=3)
    yield Figure(row="T1", what="  to all it asks, median", value=middle(spent), floor=middle(of_all), unit="ms")
