"""How a request stands before it is closed, and which requests nothing stands against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, DateField, Exists, ExpressionWrapper, F, IntegerField, OuterRef, Q, When
from django.db.models.functions import Cast, Coalesce, Greatest, TruncDate
from django.db.models.lookups import GreaterThanOrEqual
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import may
from casework.programmes.contributions import Words
from casework.reference.queries import term_on
from emergency_fund.after_states import NOTHING_GIVEN, SENSITIVE, AppealState, CheckResult, CheckState, ComplaintState
from emergency_fund.models import (
    Appeal,
    AssistanceLine,
    AssistanceRequest,
    Complaint,
    Delivery,
    PostDistributionCheck,
)
from emergency_fund.querysets import COMPLAINTS, PAY, PROGRAMME, VERIFY
from emergency_fund.rules.closing import CLOSABLE, Standing, against_closing
from emergency_fund.states import LineState

from .appeals import NOT_APPEALED, appeal_of, appeal_until, may_be_appealed
from .checks_to_make import waiting_checks
from .complaints import open_complaints
from .kits import handed_whole

OPEN_LINES = (LineState.ASKED, LineState.APPROVED, LineState.PARTLY)


def standing_of(request: AssistanceRequest, today: date) -> Standing:
    """How the request stands on a day."""
    appeal = appeal_of(request)
    until = appeal_until(request) if may_be_appealed(request, appeal) else None
    paid = Delivery.rows.filter(line__request=request)
    checks = PostDistributionCheck.rows.filter(delivery__line__request=request)
    asked = checks.filter(state=CheckState.DONE).exclude(result=CheckResult.NOT_REACHED)
    return Standing(
        open_lines=request.lines.filter(state__in=OPEN_LINES).count(),
        payments=paid.count(),
        not_drawn=paid.filter(draw__isnull=True).count(),
        calls=waiting_checks().filter(delivery__line__request=request).count(),
        asked=asked.count(),
        complaints=open_complaints(request).count(),
        is_appealed=appeal is not None and appeal.state == AppealState.OPEN,
        appeal_until=until if until and until >= today else None,
    )


@dataclass(frozen=True, kw_only=True)
class Blocker:
    """What stands against closing, and the page on which it is done where the person may open it."""

    words: Words
    url: str = ""
    verb: Words = ""


def blockers_of(request: AssistanceRequest, standing: Standing, user: Any) -> list[Blocker]:
    """Everything that stands against closing the request, in words and links."""
    return [_blocker(finding, request, user) for finding in against_closing(standing)]


def _blocker(finding: Any, request: AssistanceRequest, user: Any) -> Blocker:
    office_id, programmes = request.access_place()
    where: dict[str, tuple[str, str, Sequence[int], Words]] = {
        "E-EAF-20": (PAY, "emergency_fund:pay", [request.pk], _("To pay or hand over")),
        "E-EAF-21": (VERIFY, "emergency_fund:calls", [], _("Calls to make")),
        "E-EAF-22": (COMPLAINTS, "emergency_fund:complaints", [], _("Complaints")),
    }
    action, name, args, verb = where.get(finding.code, ("", "", [], ""))
    if not action or may(user, action, office_id=office_id, programmes=programmes) is None:
        return Blocker(words=finding.sentence)
    return Blocker(words=finding.sentence, url=reverse(name, args=args), verb=verb)


def ready_to_close(today: date) -> Q:
    """Requests nothing stands against, but a comment perhaps; the same as against_closing, for many at once."""
    here = OuterRef("pk")
    lines = AssistanceLine.rows.filter(request=here)
    less = lines.exclude(state__in=NOT_APPEALED).filter(
        ~handed_whole(), Q(approved__isnull=True) | Q(approved__lt=F("asked"))
    )
    after = Case(When(approval__bypassed_by__isnull=False, then=F("approval__decided_at")))
    days = Cast(term_on(f"{PROGRAMME}.appeal_days", today), IntegerField())
    ends = ExpressionWrapper(TruncDate(Greatest("decided_at", after)) + days, output_field=DateField())
    can_appeal = (
        Q(GreaterThanOrEqual(Coalesce(ends, date.min), today))
        & (Q(state__in=sorted(NOTHING_GIVEN)) | Q(Exists(less)))
        & ~Q(Exists(Appeal.rows.filter(request=here)))
    )
    against = (
        Q(Exists(lines.filter(state__in=OPEN_LINES)))
        | Q(Exists(Delivery.rows.filter(line__request=here, draw__isnull=True)))
        | Q(Exists(waiting_checks().filter(delivery__line__request=here)))
        | Q(Exists(_open_complaints(here)))
        | Q(Exists(Appeal.rows.filter(request=here, state=AppealState.OPEN)))
    )
    return Q(state__in=sorted(CLOSABLE)) & ~against & ~can_appeal


def _open_complaints(request: OuterRef) -> Any:
    rows = Complaint.rows.filter(request=request).exclude(kind__in=SENSITIVE)
    return rows.exclude(state=ComplaintState.CLOSED)
