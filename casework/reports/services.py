"""Counting a board, keeping what was counted for a few minutes, and ordering a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.accounts.models import Office, User
from casework.audit.services import record_event
from casework.documents.models import Document
from casework.documents.services import request_document
from casework.kernel.refusals import Refusal, refuse_errors

from . import rules
from .audience import audience_of
from .boards import Board, Scope, boards
from .figures import Reading
from .filters import Chosen, written
from .missing import missing_from
from .models import ChangeReason, KeptReading, MonthClose, Readers, ReportRun, ReportTemplate
from .packing import packed, packed_measure, unpacked
from .periods import Period
from .suppression import STAFF
from .targets import read_board

FRESH = timedelta(minutes=5)
DUE = timedelta(minutes=4)  # counted anew before it is too old to be shown
ASKED_LATELY = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Figures, and the moment they were counted."""

    reading: Reading
    at: datetime


def count_board(*, board: Board, scope: Scope, now: datetime) -> Counted:
    """The board's figures, no older than five minutes: as they were kept, else counted now and kept.

    What counts one person's own cases, or is narrowed by filters, is counted each time.
    """
    if scope.own_offices or scope.filters:
        return Counted(reading=read_board(board, scope), at=now)
    kept = KeptReading.objects.filter(**KeptReading.question(board.key, scope), counted_at__gt=now - FRESH).first()
    if kept is None:
        return _count_and_keep(board, scope, now)
    if now - kept.asked_at > DUE:
        KeptReading.objects.filter(pk=kept.pk).update(asked_at=now)
    return Counted(reading=unpacked(kept.reading), at=kept.counted_at)


def _count_and_keep(board: Board, scope: Scope, now: datetime) -> Counted:
    reading = read_board(board, scope)
    row = KeptReading(
        **KeptReading.question(board.key, scope), reading=_packed(reading, scope), counted_at=now, asked_at=now
    )
    KeptReading.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=KeptReading.QUESTION,
        update_fields=["reading", "counted_at", "asked_at"],
    )
    return Counted(reading=reading, at=now)


def _packed(reading: Reading, scope: Scope) -> str:
    with override(scope.language):
        return packed(reading)


def refresh_figures(*, now: datetime) -> int:
    """Count again what a page asked for within the hour and is soon too old, and forget the rest; tell how many.

    One statement puts new figures in the place of the old ones: whoever dies while counting leaves those whole.
    """
    known = {board.key: board for board in boards()}
    wanted = KeptReading.objects.filter(board__in=known, day=timezone.localdate(now), asked_at__gt=now - ASKED_LATELY)
    KeptReading.objects.exclude(pk__in=wanted.values("pk")).delete()
    due = list(wanted.filter(counted_at__lte=now - DUE).defer("reading").order_by("counted_at"))
    for row in due:
        reading = read_board(known[row.board], row.scope)
        KeptReading.objects.filter(pk=row.pk).update(reading=_packed(reading, row.scope), counted_at=now)
    return len(due)


@transaction.atomic
def order_report(
    *, board: Board, period: Period, offices: Sequence[Office], language: str, readers: str, by: User, now: datetime,
    template: ReportTemplate | None = None, narrative: Sequence[str] = (), filters: Chosen = (),
) -> Document:  # fmt: skip
    """Count a board for a period and offices, freeze the numbers, and let the worker make the paper.

    A template says which figures it holds; `narrative` has a text for each of its boxes, or one where there is no
    template. Both are kept with the report. Raises Refusal REP-1 for a period that has not begun, REP-2 without an
    office, REP-3 for offices the person has no numbers of, REP-4 for a report with all numbers by somebody who may not
    open the cases, REP-5 to REP-8 as `rules.refuse_order` and `rules.written` say, REP-9 and REP-10 for filters as
    `rules.against_filters` and `rules.refuse_narrowed` say.
    """
    if period.first > timezone.localdate(now):
        raise Refusal("REP-1", "period", _("This period has not begun. Choose one that has."))
    if not offices:
        raise Refusal("REP-2", "offices", _("Choose at least one office."))
    audience = audience_of(by, board)
    chosen = frozenset(office.pk for office in offices)
    if not chosen <= frozenset(office.pk for office in audience.all_offices):
        raise Refusal("REP-3", "offices", _("Choose only offices whose numbers you see."))
    if readers == Readers.STAFF and audience.hide_below(chosen) != STAFF:
        raise Refusal("REP-4", "readers", _("A report with all numbers is ordered by somebody who may open the cases."))
    rules.refuse_order(board, template, readers)
    refuse_errors(replace(one, field="filters") for one in rules.against_filters(by, board, audience, chosen, filters))
    rules.refuse_narrowed(template, readers, filters)
    texts = rules.written(template, narrative)
    of_template = {} if template is None else {
        "template": template, "name": template.name, "donor": template.donor, "figures": template.figures,
    }  # fmt: skip
    first = min(offices, key=lambda office: office.code)
    run = ReportRun.rows.create(
        board=board.key,
        period=period.key,
        office=first,
        language=language,
        readers=readers,
        is_own=any(office.pk in chosen for office in audience.own_offices),
        requested_by=by,
        counted_at=now,
        narrative=texts,
        filters=written(filters),
        **of_template,
    )
    run.offices.set(offices)
    told = f"{run.name} {run.filters}".strip()
    record_event("reports.report.ordered", actor=by, subject=run, office_id=first.pk, level=1, reason=told, at=now)
    return request_document(kind=board.report_kind, subject=run, language=language, requested_by=by, now=now)


@transaction.atomic
def close_month(*, board: Board, office: Office, month: Period, remark: str, by: User, now: datetime) -> MonthClose:
    """Keep the figures of a month as they are told, with how much is missing from it (day.md 27).

    What is missing does not hold it up. Raises Refusal E-MON-01 for a month that is not over, E-MON-02 for one that is
    closed already.
    """
    today = timezone.localdate(now)
    if month.is_partial(today):
        raise Refusal("E-MON-01", "", _("This month is not over. Close it from the first day of the next month on."))
    if MonthClose.rows.filter(board=board.key, office=office, month=month.first).exists():
        raise Refusal("E-MON-02", "", _("This month is closed already. What changes later is shown beside it."))
    scope = Scope(period=month, before=None, offices=frozenset({office.pk}), today=today, language="en")
    close = MonthClose.rows.create(
        board=board.key,
        office=office,
        month=month.first,
        figures={stat.key: packed_measure(stat.measure) for stat in board.read(scope).stats if not stat.of_today},
        missing={gap.key: gap.count for gap in missing_from(board, office, month)},
        remark=remark,
        closed_by=by,
        closed_at=now,
    )
    record_event("reports.month.closed", actor=by, subject=close, office_id=office.pk, level=1, reason=remark, at=now)
    return close


@transaction.atomic
def write_reason(*, close: MonthClose, key: str, reason: str, by: User, now: datetime) -> ChangeReason:
    """Write down why a figure of a closed month reads differently now.

    Raises Refusal E-MON-03 for a figure that was not closed with the month.
    """
    if key not in close.figures:
        raise Refusal("E-MON-03", "", _("This figure was not closed with the month. Choose one that was."))
    written = ChangeReason.rows.create(close=close, key=key, reason=reason, by=by, at=now)
    record_event(
        "reports.month.explained", actor=by, subject=close, office_id=close.office_id, level=1, reason=reason, at=now
    )
    return written
