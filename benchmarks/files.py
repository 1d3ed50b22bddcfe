"""T11 and T14: the dashboard against counting anew, and rows as files against the database's own COPY."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from tempfile import TemporaryFile
from typing import Any

from django.db import connection
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from casework.access.scopes import may
from casework.accounts.models import User
from casework.approvals.queries.proposals import confirmers
from casework.approvals.services.proposals import confirm
from casework.cases.list_files.case_list import CaseSheet
from casework.cases.list_files.making import make_list_file
from casework.cases.list_files.taking import ask_for_list
from casework.cases.models import ListFile
from casework.cases.states import ListFileState
from casework.documents import store
from casework.reports.counting import counting_for

from .fresh import in_fresh_processes, megabytes
from .measure import Figure, browser_of, middle, milliseconds, page

READER = "somchai.k"
LONGEST = "view=closed"  # of the views of the list of cases
AGREE = "cases.list.agree"
MOST_MEGABYTES = 70


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
    """The largest list of cases that somebody may ask for, from the second person's yes to its file in the store."""
    user = max(supervisors(), key=lambda one: _sheet(one).rows.count())
    copied = middle(milliseconds(lambda: _copied(user), 3))
    for ending, most in (("csv", 1.5), ("xlsx", 10)):
        [((spent, lines, held), _most)] = in_fresh_processes(make_list, [(user.pk, ending)])
        what = f"{ending.upper()} of {lines:,} cases, by the worker"
        yield Figure(row="T14", what=what, value=spent, floor=copied, unit="ms", most=most)
        yield Figure(row="T14", what="  memory it takes besides", value=held, unit="MB", most=MOST_MEGABYTES)


def supervisors() -> list[User]:
    """Who may ask for a long list."""
    return [user for user in User.objects.all() if may(user, CaseSheet.long_action)]


def make_list(all_ready: Callable[[], object], user_id: int, ending: str) -> tuple[float, int, float]:
    """Milliseconds of a long list in a process that made a short one before, its lines, and megabytes it took more."""
    _made(_agreed(User.objects.get(pk=user_id), ending, "view=held"))
    file = _agreed(User.objects.get(pk=user_id), ending, LONGEST)
    all_ready()
    before, began = megabytes("VmRSS"), time.perf_counter()
    made = _made(file)
    return (time.perf_counter() - began) * 1000, made.lines, megabytes("VmHWM") - before


def _agreed(user: User, ending: str, query: str) -> ListFile:
    """A long list that a second person agreed to."""
    sheet = CaseSheet(user, QueryDict(query), timezone.now())
    proposal = ask_for_list(sheet=sheet, ending=ending, reason="To see how long it takes")
    office, today = proposal.office_id_of, timezone.localdate(sheet.now)
    second = confirmers(AGREE, office_id=office, programme="", but=user, today=today)[0]
    confirm(proposal=proposal, by=second, now=sheet.now)
    return ListFile.rows.get(proposal=proposal)


def _made(file: ListFile) -> ListFile:
    made = make_list_file(file_id=file.pk, now=timezone.now())
    if made.state != ListFileState.READY:
        raise RuntimeError(f"the list became {made.state}")
    store.discard(made.file)
    return made


def _sheet(user: User) -> CaseSheet:
    return CaseSheet(user, QueryDict(LONGEST), timezone.now())


def _copied(user: User) -> None:
    """The same rows as the database gives them by itself."""
    statement, parameters = _sheet(user).rows.query.sql_with_params()
    with connection.cursor() as cursor, TemporaryFile() as out:
        told = cursor.mogrify(statement, parameters).decode()
        cursor.copy_expert(f"COPY ({told}) TO STDOUT WITH CSV", out)
