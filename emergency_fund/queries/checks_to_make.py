"""Payments to ask families about: what waits for whom, with the phones that may be called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from casework.approvals.models import ApprovalAction
from casework.cases.calls_queries import CallPhone, phones_for
from casework.people.queries.names import shown_of
from emergency_fund.after_states import CheckState
from emergency_fund.models import Appeal, AssistanceRequest, Delivery, NeedsAssessment, PostDistributionCheck

REQUEST = "delivery__line__request"
FAMILY = f"{REQUEST}__family"


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


def waiting_checks() -> Any:
    """Checks that are still to be made: not of a payment that came back whole since it was drawn."""
    paid = Delivery.rows.filter(pk=OuterRef("delivery"), amount__gt=0).annotate(back=Sum("returns__amount"))
    return PostDistributionCheck.rows.filter(state=CheckState.WAITING).exclude(Exists(paid.filter(back=F("amount"))))


def checks_to_make(user: Any, today: date) -> QuerySet[PostDistributionCheck]:
    """Payments that the person asks about today, the longest drawn first; not those tried today."""
    rows: QuerySet[PostDistributionCheck] = waiting_checks().visible_to(user).filter(not_of(user))
    return rows.exclude(tried_on=today).order_by("drawn_at", "pk")


def calls_to_make(user: Any, today: date) -> QuerySet[PostDistributionCheck]:
    """The families that the person calls today, each by the payment of it that was drawn first."""
    rows = checks_to_make(user, today)
    return rows.filter(pk__in=rows.order_by(FAMILY, "drawn_at", "pk").distinct(FAMILY).values("pk"))


@dataclass(frozen=True, kw_only=True)
class CallRow:
    """A family to call: its phones, and the payments that it is asked about."""

    checks: Sequence[PostDistributionCheck]
    phones: Sequence[CallPhone]

    @property
    def first(self) -> PostDistributionCheck:
        """The payment that was drawn first."""
        return self.checks[0]

    @property
    def children(self) -> list[str]:
        """For whom they were."""
        names = (check.names_now or check.names for check in self.checks)  # type: ignore[attr-defined]
        return list(dict.fromkeys(own[0] for own in names if own))


def for_calls(rows: QuerySet[PostDistributionCheck]) -> QuerySet[PostDistributionCheck]:
    """Checks with everything the list of calls tells of them."""
    named = rows.select_related("delivery__line__request__case__family", "delivery__line__request__office")
    child = "delivery__line__child"
    names, now = (shown_of(path)["names"] for path in (child, f"{child}__merged_into"))
    return named.annotate(names=names, names_now=now, receipt=F("delivery__number"))


def call_rows(calls: Sequence[PostDistributionCheck], user: Any, today: date) -> list[CallRow]:
    """The families of a page with all their payments to ask about; the phones of all are read at once."""
    families = [call.delivery.line.request.family_id for call in calls]
    found: dict[int, list[PostDistributionCheck]] = {family: [] for family in families}
    for check in for_calls(checks_to_make(user, today).filter(**{f"{FAMILY}__in": families})):
        found[check.delivery.line.request.family_id].append(check)
    cases = {pk: checks[0].delivery.line.request.case for pk, checks in found.items() if checks}
    phones = phones_for(list(cases.values()), today)
    return [CallRow(checks=found[pk], phones=phones[case.pk]) for pk, case in cases.items()]


def checks_of(request: AssistanceRequest) -> list[PostDistributionCheck]:
    """The payments of a request of which the family was asked, with what it said."""
    rows = PostDistributionCheck.rows.filter(**{REQUEST: request}).exclude(state=CheckState.WAITING)
    return list(rows.select_related("delivery__line", "by").order_by("pk"))
