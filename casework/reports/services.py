"""Ordering a report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.accounts.models import Office, User
from casework.audit.services import record_event
from casework.documents.models import Document
from casework.documents.services import request_document
from casework.kernel.refusals import Refusal

from .audience import audience_of
from .boards import Board
from .models import Readers, ReportRun
from .periods import Period
from .suppression import STAFF


@transaction.atomic
def order_report(
    *, board: Board, period: Period, offices: Sequence[Office], language: str, readers: str, by: User, now: datetime
) -> Document:
    """Count a board for a period and offices, freeze the numbers, and let the worker make the paper.

    Raises Refusal REP-1 for a period that has not begun, REP-2 without an office, REP-3 for offices the person has no
    numbers of, REP-4 for a report with all numbers by somebody who may not open the cases.
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
    )
    run.offices.set(offices)
    record_event("reports.report.ordered", actor=by, subject=run, office_id=first.pk, level=1, at=now)
    return request_document(kind=board.report_kind, subject=run, language=language, requested_by=by, now=now)
