"""T1 to T5: lists against the raw SQL of the same rows, their queries, their depth, their counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from unittest.mock import patch

from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.cases.models import Case
from casework.cases.queries import cases_in
from casework.cases.queries import for_list as cases_for_list
from casework.home.work import asked_by
from registration.queries.lists import births_in, queue_counts, visible_births
from registration.queries.lists import for_list as births_for_list

from .measure import Figure, browser_of, list_page, middle, milliseconds, p95, page, queries, sql

READER, WORKER = "somchai.k", "naw.kham"
ROWS = 25
DEEPEST = 300_000


def figures(times: int) -> Iterator[Figure]:
    """The figures of the lists."""
    user, today = User.objects.get(username=READER), timezone.localdate()
    client = browser_of(READER)
    births, cases = reverse("registration:list"), reverse("cases:list")
    rows = {
        "births": (births, births_for_list(births_in(visible_births(user), "all", today))),
        "cases": (cases, cases_for_list(cases_in(user, "open"), today)),
    }
    for name, (address, queryset) in rows.items():
        yield from list_page(name, page(client, address), queryset[:ROWS].query.sql_with_params(), times)
    yield from _my_work(times)
    yield from _query_counts()
    yield from _depth(user, times)
    yield from _statements(user, today, times)
    yield from _counting(user, today, times)


def _my_work(times: int) -> Iterator[Figure]:
    """The page that everybody comes back to, of a worker with much to do, against its one statement."""
    worker = User.objects.get(username=WORKER)
    statement = asked_by(worker, timezone.localdate()).statement
    floor = milliseconds(statement.rows, times)
    spent = milliseconds(page(browser_of(WORKER), reverse("home:my-work")), times)
    yield Figure(row="T1", what="my work, median", value=middle(spent), floor=middle(floor), unit="ms", most=2.5)


def _query_counts() -> Iterator[Figure]:
    """The same for one row and for many; with session, user, counts and tray."""
    client = browser_of(READER)
    places = (
        ("births", reverse("registration:list"), "registration.views.records.ROWS_PER_PAGE"),
        ("cases", reverse("cases:list"), "casework.cases.views.pages.ROWS_PER_PAGE"),
    )
    for name, address, constant in places:
        with patch(constant, 1):
            one = queries(page(client, address))
        many = queries(page(client, address))
        yield Figure(row="T2", what=f"{name}, 1 row", value=one, unit="queries", most=8)
        yield Figure(row="T2", what=f"{name}, {ROWS} rows", value=many, unit="queries", most=one and min(one, 8))
    work = reverse("home:my-work")
    for what, name in (("my work, nothing to do", "nan.su"), ("my work, a full one", WORKER)):
        yield Figure(row="T2", what=what, value=queries(page(browser_of(name), work)), unit="queries", most=8)


def _depth(user: User, times: int) -> Iterator[Figure]:
    """The last page there is (at most 300,000 rows down) against the first."""
    client, address = browser_of(READER), reverse("cases:list")
    deep = min(Case.objects.visible_to(user).filter(state="closed").count(), DEEPEST) // ROWS
    first = milliseconds(page(client, f"{address}?view=closed"), times)
    above = Case.objects.visible_to(user).filter(state="closed").order_by("-pk")[(deep - 1) * ROWS - 1].pk
    last = milliseconds(page(client, f"{address}?view=closed&page={deep}&older={above}"), times)
    yield Figure(
        row="T3", what=f"cases, {deep * ROWS:,} rows down", value=middle(last), floor=middle(first), unit="ms", most=1.5
    )


def _statements(user: User, today: date, times: int) -> Iterator[Figure]:
    """The one statement that fetches the rows of a list, without their names and without any page."""
    worker = User.objects.get(username=WORKER)
    rows = {
        "cases of one worker": cases_for_list(cases_in(worker, "mine"), today),
        "cases of an office": cases_for_list(cases_in(user, "open"), today),
        "births of an office": births_for_list(births_in(visible_births(user), "all", today)),
        "births at the registry office": births_for_list(births_in(visible_births(user), "office", today)),
    }
    for name, queryset in rows.items():
        statement = queryset[: ROWS + 1].query.sql_with_params()
        spent = p95(milliseconds(lambda statement=statement: sql([statement]), times))
        yield Figure(row="T4", what=f"{name}, SQL, p95", value=spent, unit="ms", most=3)


def _counting(user: User, today: date, times: int) -> Iterator[Figure]:
    """Counting the queues up to their cap, against counting every record."""
    spent = milliseconds(lambda: queue_counts(visible_births(user), today), times)
    full = milliseconds(lambda: Case.objects.visible_to(user).count(), times)
    yield Figure(row="T5", what="counts of the queues", value=middle(spent), unit="ms")
    yield Figure(row="T5", what="  an uncapped count beside it", value=middle(full), unit="ms")
