"""Payments to ask families about: what waits for whom, with the phones that may be called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from casework.approvals.models import ApprovalAction
from casework.cases.calls_queries import CallPhone, phones_for
from casework.people.queries.names import shown_of
from emergency_fund.after_states import CheckState
from emergency_fund.models import Appeal, AssistanceRequest, Delivery, NeedsAssessment, PostDistributionCheck

REQUEST = "delivery__line__request"


def involved_in(delivery: Delivery) -> frozenset[int]:
    """The ids of who asked for it, changed, assessed, approved or decided it, or handed it over."""
    request = delivery.line.request
    chains = Q(request=request.approval) | Q(request__in=Appeal.rows.filter(request=request).values("approval"))
    acted = ApprovalAction.objects.filter(chains).values_list("user_id", flat=True)
    return frozenset({delivery.by_id, *request.makers, *acted})


def not_worked_on(user: Any, request: str) -> Q:
    """Rows whose request, at the end of a path, the person neither asked, changed, assessed nor decided."""
    assessed = NeedsAssessment.rows.filter(request=OuterRef(request), assessed_by=user)
    acted = ApprovalAction.objects.filter(request=OuterRef(f"{request}__approval"), user=user)
    appealed = Appeal.rows.filter(request=OuterRef(request), approval__actions__user=user)
    mine = Q(**{f"{request}__asked_by": user}) | Q(**{f"{request}__changed_by__contains": user.pk})
    return ~(mine | Q(Exists(assessed)) | Q(Exists(acted)) | Q(Exists(appealed)))


def not_of(user: Any) -> Q:
    """Checks of payments in which the person had no part; the same as involved_in, for many at once."""
    return ~Q(delivery__by=user) & not_worked_on(user, REQUEST)


def checks_to_make(user: Any, today: date) -> QuerySet[PostDistributionCheck]:
    """Payments that the person asks about today, the longest drawn first; not those tried today."""
    rows = PostDistributionCheck.rows.filter(state=CheckState.WAITING).visible_to(user).filter(not_of(user))
    return rows.exclude(tried_on=today).order_by("drawn_at", "pk")


@dataclass(frozen=True, kw_only=True)
class CheckRow:
    """A payment to ask about, as the list of calls shows it."""

    check: PostDistributionCheck
    child: str
    phones: Sequence[CallPhone]


def for_calls(rows: QuerySet[PostDistributionCheck]) -> QuerySet[PostDistributionCheck]:
    """Checks with everything the list of calls tells of them."""
    named = rows.select_related("delivery__line__request__case__family", "delivery__line__request__office")
    return named.annotate(names=shown_of("delivery__line__child")["names"], receipt=F("delivery__number"))


def check_rows(checks: Sequence[PostDistributionCheck], today: date) -> list[CheckRow]:
    """The rows of a page; the phones of all families are read at once."""
    cases = {check.delivery.line.request.case_id: check.delivery.line.request.case for check in checks}
    phones = phones_for(list(cases.values()), today)
    return [
        CheckRow(
            check=check, child=check.names[0] if check.names else "",  # type: ignore[attr-defined]
            phones=phones[check.delivery.line.request.case_id],
        )
        for check in checks
    ]  # fmt: skip


def checks_of(request: AssistanceRequest) -> list[PostDistributionCheck]:
    """The payments of a request of which the family was asked, with what it said."""
    rows = PostDistributionCheck.rows.filter(**{REQUEST: request}).exclude(state=CheckState.WAITING)
    return list(rows.select_related("delivery__line", "by").order_by("pk"))
