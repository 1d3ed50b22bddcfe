"""Who may see a request: whoever sees its case with a role that asks, and the fund's own people of its office.

A cashier sees what is approved: those who come to fetch it, and what was paid, also after its end. Who stands in for
somebody who is away sees what waits for them.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from casework.access.rights import Reach
from casework.access.scopes import offices_of, rights_of
from casework.approvals.models import ApprovalRequest
from casework.approvals.models.absences import stand_ins
from casework.cases.querysets import seen_by

from .after_states import SENSITIVE
from .states import ENDED_WITH_PAYMENTS, OPEN_STATES, TO_PAY

PROGRAMME = "emergency_fund"
SEE = "emergency_fund.request.see"
ASK = "emergency_fund.request.ask"
LIST = "emergency_fund.request.list"
SCREEN = "emergency_fund.request.screen"
APPROVE = "emergency_fund.request.approve"
PAY = "emergency_fund.line.pay"
ENTER_ACCOUNT = "emergency_fund.account.enter"
CONFIRM_ACCOUNT = "emergency_fund.account.confirm"
VERIFY = "emergency_fund.payment.verify"
COMPLAINTS = "emergency_fund.complaint.see"
SENSITIVE_COMPLAINTS = "emergency_fund.complaint.see_sensitive"
ANSWER = "emergency_fund.complaint.answer"
TELL = "emergency_fund.complaint.close"


def request_seen_by(user: Any, request: str = "") -> Q:
    """The condition under which the user sees the request at the end of a path ("request__"; "" on requests)."""
    reaches = (Reach.NEED, Reach.PSEUDONYM)
    fund = Q(**{f"{request}office_id__in": offices_of(user, SEE, *reaches, programme=PROGRAMME)})
    askers = Q(**{f"{request}office_id__in": offices_of(user, SEE, Reach.ALL, programme=PROGRAMME)})
    cashiers = _paid_by(user, request)
    seen = fund | cashiers | (askers & seen_by(user, f"{request}case__"))
    if rights_of(user, APPROVE) and stand_ins(user):
        waiting = ApprovalRequest.rows.all().to_act_on(user).values("pk")
        seen |= Q(**{f"{request}approval__in": waiting}) | Q(**{f"{request}appeal__approval__in": waiting})
    return seen


def _paid_by(user: Any, request: str) -> Q:
    """What a cashier sees: what is to be paid, and of what has ended what was paid and may come back."""
    offices = offices_of(user, PAY, programme=PROGRAMME)
    if not offices:
        return Q(pk__in=())
    return Q(**{f"{request}office_id__in": offices}) & (
        Q(**{f"{request}state__in": TO_PAY}) | (Q(**{f"{request}state__in": ENDED_WITH_PAYMENTS}) & was_paid(request))
    )


def was_paid(request: str = "") -> Q:
    """The condition under which something of the request at the end of a path was paid or handed over."""
    from .models import Delivery

    return Q(Exists(Delivery.rows.filter(line__request=OuterRef(f"{request}pk"))))


def stands_in_on(request: Any, user: Any) -> bool:
    """Whether the person may act on the open step of a request or an appeal for somebody who is away."""
    if request.approval_id is None or not stand_ins(user):
        return False
    return ApprovalRequest.rows.all().to_act_on(user).filter(pk=request.approval_id).exists()


class RequestQuerySet(models.QuerySet):
    """Requests for help."""

    def visible_to(self, user: Any) -> RequestQuerySet:
        return self.filter(request_seen_by(user))

    def open(self) -> RequestQuerySet:
        """Those that are on their way."""
        return self.filter(state__in=OPEN_STATES)

    def real(self) -> RequestQuerySet:
        """Those that count: not of a practice office."""
        return self.exclude(office__kind="practice")


class OfRequestQuerySet(models.QuerySet):
    """Rows that hang on a request, seen where it is seen."""

    def visible_to(self, user: Any) -> OfRequestQuerySet:
        return self.filter(request_seen_by(user, "request__"))


class OfAssessmentQuerySet(models.QuerySet):
    """Rows that hang on an assessment, seen where its request is seen."""

    def visible_to(self, user: Any) -> OfAssessmentQuerySet:
        return self.filter(request_seen_by(user, "assessment__request__"))


class OfLineQuerySet(models.QuerySet):
    """Rows that hang on a line, seen where its request is seen."""

    def visible_to(self, user: Any) -> OfLineQuerySet:
        return self.filter(request_seen_by(user, "line__request__"))


class OfDeliveryQuerySet(models.QuerySet):
    """Rows that hang on a delivery, seen where its request is seen."""

    def visible_to(self, user: Any) -> OfDeliveryQuerySet:
        return self.filter(request_seen_by(user, "delivery__line__request__"))


class OfPickListQuerySet(models.QuerySet):
    """Rows that hang on a pick list, seen where its request is seen."""

    def visible_to(self, user: Any) -> OfPickListQuerySet:
        return self.filter(request_seen_by(user, "pick_list__line__request__"))


class DeliveryFileQuerySet(models.QuerySet):
    """Lists that were filled in on the way."""

    def visible_to(self, user: Any) -> DeliveryFileQuerySet:
        """For who pays in their office."""
        return self.filter(office__in=offices_of(user, PAY, programme=PROGRAMME))


class ComplaintQuerySet(models.QuerySet):
    """Complaints of families."""

    def visible_to(self, user: Any) -> ComplaintQuerySet:
        """Where the request is seen; about the staff for the programme manager; never for who is named in it."""
        here = offices_of(user, COMPLAINTS, programme=PROGRAMME)
        ordinary = request_seen_by(user, "request__") & ~Q(kind__in=SENSITIVE) & Q(request__office_id__in=here)
        managed = offices_of(user, SENSITIVE_COMPLAINTS, programme=PROGRAMME)
        kept = self.model.kept_from.through.objects.filter(user=user).values("complaint_id")
        sensitive = Q(kind__in=SENSITIVE, request__office_id__in=managed)
        return self.filter(ordinary | sensitive).exclude(pk__in=kept)
