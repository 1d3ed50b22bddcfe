"""What comes after a decision and a payment: states and code lists of appeals, calls and complaints."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .states import RequestState


class AppealState(TextChoices):
    OPEN = "open", _("Being looked at again")
    GRANTED = "granted", _("Appeal granted")
    UPHELD = "upheld", _("Decision upheld")
    WITHDRAWN = "withdrawn", _("Taken back")


APPEAL_EDGES = {AppealState.OPEN: {AppealState.GRANTED, AppealState.UPHELD, AppealState.WITHDRAWN}}

TURNED_AWAY = frozenset({RequestState.REFERRED_OUT, RequestState.INELIGIBLE})
"""Ended before anybody decided on amounts: a granted appeal starts the request anew."""
NOTHING_GIVEN = TURNED_AWAY | {RequestState.REJECTED}
PART_GIVEN = frozenset({RequestState.APPROVED, RequestState.IN_DELIVERY, RequestState.DELIVERED})
"""Less than asked may have been approved; what was approved is paid while the appeal runs."""


class CheckState(TextChoices):
    WAITING = "waiting", _("To be called")
    DONE = "done", _("The family was asked")
    UNREACHED = "unreached", _("Not reached")


CHECK_EDGES = {CheckState.WAITING: {CheckState.DONE, CheckState.UNREACHED}}


class CheckResult(TextChoices):
    """What the family says of a payment."""

    RECEIVED = "received", _("Received, all of it")
    ISSUES = "issues", _("Received, with issues")
    NOT_RECEIVED = "not_received", _("Not received")
    NOT_REACHED = "not_reached", _("Nobody was reached")


IN_DOUBT = (CheckResult.ISSUES, CheckResult.NOT_RECEIVED)
"""What opens a complaint."""


class ComplaintKind(TextChoices):
    DECISION = "decision", _("About a decision")
    PAYMENT = "payment", _("About a payment or what was handed over")
    WAITING = "waiting", _("It takes too long")
    TREATED = "treated", _("How the family was treated")
    STAFF_MONEY = "staff_money", _("Somebody of us asks for money or favours")
    STAFF_HARM = "staff_harm", _("Somebody of us harms or exploits somebody")


SENSITIVE = (ComplaintKind.STAFF_MONEY, ComplaintKind.STAFF_HARM)
"""Read by the programme manager only, and never by who is named in it."""


class ComplaintState(TextChoices):
    OPEN = "open", _("Not yet looked into")
    LOOKED_INTO = "looked_into", _("Being looked into")
    ANSWERED = "answered", _("Answered, the family is to be told")
    CLOSED = "closed", _("Closed, the family was told")


COMPLAINT_EDGES = {
    ComplaintState.OPEN: {ComplaintState.LOOKED_INTO, ComplaintState.ANSWERED},
    ComplaintState.LOOKED_INTO: {ComplaintState.ANSWERED},
    ComplaintState.ANSWERED: {ComplaintState.LOOKED_INTO, ComplaintState.CLOSED},
}
TO_ANSWER = (ComplaintState.OPEN, ComplaintState.LOOKED_INTO)
