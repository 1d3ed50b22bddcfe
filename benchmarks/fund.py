"""The fund: its queue among 20,000 requests against the raw SQL of the same rows, and approvals one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any
from unittest.mock import patch

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.aid.models import AidGiven
from casework.approvals.states import Act
from casework.funds.models import BudgetLine
from casework.funds.services import budget
from casework.funds.services.ledger import post_entry
from casework.funds.states import EntryKind
from casework.ui.drawing import drawn_row
from emergency_fund.demo.bulk import load_requests
from emergency_fund.models import AssistanceLine, AssistanceRequest
from emergency_fund.queries.lists import for_list, queue_counts, queue_named, requests_in
from emergency_fund.querysets import PROGRAMME
from emergency_fund.services.deciding import decide
from emergency_fund.states import LineKind

from .measure import Figure, browser_of, list_page, middle, milliseconds, p95, page, queries, sql

READER, DECIDES, MANAGES = "ploy.m", "nok.s", "malee.c"
REQUESTS, APPROVALS, ROWS = 20_000, 1_000, 25
SEED = 3
ENTRIES = (
    'INSERT INTO funds_budgetentry (line_id, kind, amount, "on", key, reason, reference, subject_type, subject_id,'
    " by_id, at) SELECT budget_line_id, 'commit', asked, current_date, 'floor-' || id, '', '',"
    " 'emergency_fund.assistanceline', id, %s, now() FROM emergency_fund_assistanceline WHERE request_id = %s",
    "INSERT INTO approvals_approvalaction (request_id, step, user_id, role, act, code, comment, at)"
    " SELECT approval_id, 0, %s, 'FO', 'approve', '', '', now() FROM emergency_fund_assistancerequest WHERE id = %s",
    "INSERT INTO aid_aidgiven (child_id, programme, office_id, subject_type, subject_id, kind, period, amount,"
    " family_id, is_for_family, state, promised_on) SELECT l.child_id, 'emergency_fund', r.office_id,"
    " 'emergency_fund.assistanceline', l.id, l.kind, l.period, l.asked, r.family_id, l.kind = 'hygiene_kit',"
    " 'promised', current_date FROM emergency_fund_assistanceline l"
    " JOIN emergency_fund_assistancerequest r ON r.id = l.request_id WHERE %s > 0 AND r.id = %s",
    "UPDATE emergency_fund_assistanceline SET state = 'approved', approved = asked WHERE %s > 0 AND request_id = %s",
    "UPDATE approvals_approvalrequest SET state = 'approved', decided_at = now() WHERE %s > 0 AND id ="
    " (SELECT approval_id FROM emergency_fund_assistancerequest WHERE id = %s)",
    "UPDATE emergency_fund_assistancerequest SET state = 'approved', decided_at = now() WHERE %s > 0 AND id = %s",
)
"""The entries of one approval in plain SQL: no rule is asked, nothing is read, nobody is told."""


def figures(times: int) -> Iterator[Figure]:
    """The figures of the fund; the requests are written first."""
    users = {user.username: user for user in User.objects.all()}
    began = time.perf_counter()
    load_requests(users=users, count=REQUESTS, now=timezone.now(), chance=Random(SEED))
    yield Figure(row="", what=f"load {REQUESTS:,} fund requests", value=time.perf_counter() - began, unit="s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    yield from _queue(users[READER], times)
    yield from _approvals(users)


def _queue(user: User, times: int) -> Iterator[Figure]:
    client = browser_of(READER)
    for key in ("screen", "all", "ended"):
        address = f"{reverse('emergency_fund:list')}?queue={key}"
        statement = for_list(requests_in(user, queue_named(user, key)))[: ROWS + 1].query.sql_with_params()
        what = f"fund, {key}"
        yield from list_page(what, page(client, address), statement, times)
        floor = milliseconds(lambda statement=statement: sql([statement]), times)
        yield Figure(row="T4", what=f"{what}, SQL, p95", value=p95(floor), unit="ms", most=3)
        with patch("emergency_fund.views.requests.ROWS_PER_PAGE", 1):
            one = queries(page(client, address))
        many = queries(page(client, address))
        yield Figure(row="T2", what=f"{what}, {ROWS} rows", value=many, unit="queries", most=one and min(one, 8))
    yield Figure(row="T1", what="fund, ended, rows never seen", value=_unseen(page(client, address), times), unit="ms")
    spent = milliseconds(lambda: queue_counts(user), times)
    yield Figure(row="T5", what="counts of the fund’s queues", value=middle(spent), unit="ms")


def _unseen(ask: Callable[[], Any], times: int) -> float:
    """A page of which no row was drawn before (decision 80), in the median."""

    def act() -> None:
        drawn_row.cache_clear()
        ask()

    return middle(milliseconds(act, times))


def _approvals(users: dict[str, User]) -> Iterator[Figure]:
    """Each approval in a transaction of its own; the floor is the same number of the same entries in plain SQL."""
    loaded = load_requests(
        users=users, count=4 * APPROVALS, now=timezone.now(), chance=Random(SEED), states=("in_approval",)
    )  # fmt: skip
    asked = _of_families_without_help(loaded)[: 2 * APPROVALS]
    half = len(asked) // 2
    _reserve(asked, users[MANAGES])
    by = users[DECIDES]
    began = time.perf_counter()
    for pk in asked[:half]:
        request = AssistanceRequest.rows.select_related("approval").get(pk=pk)
        with transaction.atomic():
            decide(request=request, act=Act.APPROVE, amounts={}, by=by, now=timezone.now())
    spent = time.perf_counter() - began
    began = time.perf_counter()
    for pk in asked[half : 2 * half]:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in ENTRIES:
                cursor.execute(statement, [by.pk, pk])
    floor = time.perf_counter() - began
    yield Figure(row="T17", what="one approval", value=1000 * spent / half, floor=1000 * floor / half, unit="ms")
    yield Figure(row="T17", what="approvals one after the other", value=half / spent, unit="a second")


def _of_families_without_help(asked: list[int]) -> list[int]:
    """One request for each family that had nothing yet: the same help again too soon is not approved."""
    rows = AssistanceRequest.rows.filter(pk__in=asked).exclude(family__in=AidGiven.rows.values("family"))
    return list(rows.order_by("family", "pk").distinct("family").values_list("pk", flat=True))


def _reserve(asked: list[int], by: User) -> None:
    """Money for each of them, as it stands when it is recommended: a line for each office, an entry for each thing."""
    offices = AssistanceRequest.rows.filter(pk__in=asked).order_by().values_list("office", flat=True).distinct()
    lines = {office: _line(office, by) for office in offices}
    rows = list(AssistanceLine.rows.filter(request__in=asked).select_related("request"))
    with transaction.atomic():
        for row in rows:
            row.budget_line = lines[row.request.office_id]
            _post(row, by)
        AssistanceLine.rows.bulk_update(rows, ["budget_line"], batch_size=500)


def _post(row: AssistanceLine, by: User) -> None:
    line: Any = row.budget_line
    post_entry(
        line=line, kind=EntryKind.RESERVE, amount=row.asked, subject=row, wanted=row.kind, by=by, now=timezone.now(),
        key=f"bench-{row.pk}",
    )  # fmt: skip


def _line(office: int, by: User) -> BudgetLine:
    now, today = timezone.now(), timezone.localdate()
    source = budget.open_source(
        facts={
            "code": f"BENCH-{office}", "donor": "Lake Foundation", "currency": "THB", "ceiling": "90000000",
            "starts_on": str(today), "ends_on": str(today.replace(year=today.year + 1, day=1)),
        },
        by=by, now=now,
    )  # fmt: skip
    facts = {
        "office": office, "programme": PROGRAMME, "name_en": "All", "name_th": "", "kinds": [str(k) for k in LineKind],
        "ceiling": "90000000",
    }  # fmt: skip
    line = budget.open_line(source=source, facts=facts, by=by, now=now)
    gift = {"amount": "90000000", "on": str(today)}
    budget.give(line=line, kind=EntryKind.ALLOT, facts=gift, key=f"bench-{office}", reason="", by=by, now=now)
    return line
