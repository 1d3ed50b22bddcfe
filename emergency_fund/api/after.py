"""What comes after a decision or a payment: appeals, calls to families, complaints; by the rights of their pages."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from rest_framework import serializers

from casework.access.policies import Policy
from casework.accounts.models import User
from casework.ui.api.resources import Detailed, Listed
from casework.ui.api.serializers import MOST_ID, Day, RowField, Shown, Text, Told
from emergency_fund.after_states import AppealState, CheckState, ComplaintKind, ComplaintState
from emergency_fund.models import Appeal, Complaint, PostDistributionCheck
from emergency_fund.querysets import COMPLAINTS, SEE, VERIFY
from emergency_fund.services.complaining import note_reading
from emergency_fund.states import Channel

from .told import number


class AppealLine(Shown):
    """An appeal in a list, without what the family says."""

    example = {
        "id": 4, "request": 12, "against": "rejected", "made_on": "2026-11-26", "due_at": "2026-12-10T10:00:00+07:00",
        "state": "open", "decided_at": None,
    }  # fmt: skip

    class Meta:
        model = Appeal
        fields = ("id", "request", "against", "made_on", "due_at", "state", "decided_at")


class AppealShown(Shown):
    """An appeal of a family against a decision; who made it stands on its page only."""

    example = {
        "id": 4, "request": 12, "against": "rejected", "relation": "mother", "channel": "phone",
        "made_on": "2026-11-26", "why": "The hospital asks for the rest now.", "due_at": "2026-12-10T10:00:00+07:00",
        "noted_by": 3, "noted_at": "2026-11-26T10:00:00+07:00", "state": "open", "decided_at": None,
        "told_code": "", "told": "",
    }  # fmt: skip

    class Meta:
        model = Appeal
        fields = (
            "id", "request", "against", "relation", "channel", "made_on", "why", "due_at", "noted_by", "noted_at",
            "state", "decided_at", "told_code", "told",
        )  # fmt: skip


class AppealsAsked(Told):
    """Filters of the list."""

    state = serializers.ChoiceField(choices=AppealState.choices, required=False)
    request = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False)


class Appeals(Listed, Detailed):
    """Appeals on the requests that the person sees."""

    policy = Policy(action=SEE)
    model = Appeal
    shown = AppealShown
    line = AppealLine
    asked = AppealsAsked

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(**asked)


class AppealTold(Told):
    """A family of the request does not agree with the decision."""

    made_by = number()
    channel = serializers.ChoiceField(choices=Channel.choices)
    made_on = Day()
    why = Text(max_length=1000, help_text="everybody who decides reads it: no names, nothing about protection")
    example = {
        "made_by": 40, "channel": "phone", "made_on": "2026-11-26", "why": "The hospital asks for the rest now.",
    }  # fmt: skip


class PaymentCheckShown(Shown):
    """A family was asked, or is to be asked, whether a payment arrived."""

    receipt = serializers.CharField(source="delivery.number")  # type: ignore[assignment]
    request = serializers.IntegerField(source="delivery.line.request_id")  # type: ignore[assignment]
    example = {
        "id": 6, "delivery": 15, "receipt": "R-MS-2026-0015", "request": 12, "state": "waiting", "result": "",
        "amount": None, "said": "", "tries": 0, "tried_on": None, "on": None, "by": None,
        "drawn_at": "2026-11-25T01:45:00+07:00",
    }  # fmt: skip

    class Meta:
        model = PostDistributionCheck
        fields = (
            "id", "delivery", "receipt", "request", "state", "result", "amount", "said", "tries", "tried_on", "on",
            "by", "drawn_at",
        )  # fmt: skip


class PaymentChecksAsked(Told):
    """Filter of the list."""

    state = serializers.ChoiceField(choices=CheckState.choices, required=False)


class PaymentChecks(Listed, Detailed):
    """Payments that were drawn by chance, and what the families said of them."""

    policy = Policy(action=VERIFY)
    model = PostDistributionCheck
    shown = PaymentCheckShown
    asked = PaymentChecksAsked

    def rows(self) -> models.QuerySet:
        return super().rows().select_related("delivery__line__request")

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(**asked)


class ComplaintLine(Shown):
    """A complaint without what was said: what is sent of the staff is not seen again by who sent it."""

    example = {
        "id": 9, "number": "CP-MS-2026-0009", "request": 12, "kind": "waiting", "told_on": "2026-11-27",
        "due_on": "2026-12-11", "state": "open",
    }  # fmt: skip

    class Meta:
        model = Complaint
        fields = ("id", "number", "request", "kind", "told_on", "due_on", "state")


class ComplaintShown(Shown):
    """A complaint, with what the family says and what it was answered; who complains stands on its page only."""

    example = ComplaintLine.example | {
        "relation": "mother", "channel": "phone", "what": "Nobody told us when the kit comes.", "noted_by": 3,
        "noted_at": "2026-11-27T10:00:00+07:00", "answer": "", "answered_at": None, "family_told_on": None,
    }  # fmt: skip

    class Meta:
        model = Complaint
        fields = (
            *ComplaintLine.Meta.fields, "relation", "channel", "what", "noted_by", "noted_at", "answer", "answered_at",
            "family_told_on",
        )  # fmt: skip


class ComplaintsAsked(Told):
    """Filters of the list."""

    state = serializers.ChoiceField(choices=ComplaintState.choices, required=False)
    request = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False)


class Complaints(Listed, Detailed):
    """Complaints of families; of the staff for the programme manager only, never for who is named in one."""

    policy = Policy(action=COMPLAINTS)
    model = Complaint
    shown = ComplaintShown
    line = ComplaintLine
    asked = ComplaintsAsked

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(**asked)

    def opened(self, row: Complaint) -> None:
        note_reading(complaint=row, by=self.request.user, now=timezone.now())


def _staff(user: Any) -> models.QuerySet:
    return User.objects.filter(is_active=True)


class ComplaintTold(Told):
    """What a family says of the fund, or of somebody of the staff."""

    told_by = number()
    channel = serializers.ChoiceField(choices=Channel.choices)
    told_on = Day()
    kind = serializers.ChoiceField(choices=ComplaintKind.choices)
    what = Text(max_length=4000, help_text="who answers reads it: no names of the family")
    about = RowField(_staff, required=False, allow_null=True, help_text="the member of staff it is about, if any")
    example = {
        "told_by": 40, "channel": "phone", "told_on": "2026-11-27", "kind": "waiting",
        "what": "Nobody told us when the kit comes.", "about": None,
    }  # fmt: skip
