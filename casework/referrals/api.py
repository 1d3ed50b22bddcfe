"""Referrals over the API: sent, answered, ended."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from rest_framework import serializers

from casework.access.policies import Policy, SignedIn
from casework.access.scopes import may
from casework.cases.models import Case
from casework.ui.api.resources import Created, Detailed, Listed, act
from casework.ui.api.serializers import RowField, Shown, Told, ToldOf, optional_line

from . import services
from .models import Referral, Service
from .rules import SHARED_FIELDS
from .states import ReferralState

SEND = Policy(action="referrals.referral.send")


class ServiceShown(Shown):
    """A service families can be sent to."""

    example = {"id": 4, "kind": "school", "name_en": "Learning centre", "name_th": "ศูนย์การเรียน", "area": "Mae Sot",
               "contact": "", "languages": "Burmese, Thai", "cost": "", "hours": "",
               "verified_on": "2026-10-01"}  # fmt: skip

    class Meta:
        model = Service
        fields = ("id", "kind", "name_en", "name_th", "area", "contact", "languages", "cost", "hours", "verified_on")


class Services(Listed):
    """Services in use."""

    policy = SignedIn()
    model = Service
    shown = ServiceShown

    def rows(self) -> models.QuerySet:
        return Service.objects.filter(is_active=True)


class ReferralShown(Shown):
    """A referral."""

    example = {
        "id": 12, "case": 7, "service": 4, "programme": "", "kind": "school", "urgency": "14d",
        "reason": "A place in grade one",
        "shared_fields": ["birth", "name"], "state": "pending", "sent_by": 3, "sent_at": "2026-11-23T10:00:00+07:00",
        "answer_due_at": "2026-12-07T10:00:00+07:00", "answered_at": None, "answer_text": "", "outcome": "",
    }  # fmt: skip

    class Meta:
        model = Referral
        fields = (
            "id", "case", "service", "programme", "kind", "urgency", "reason", "shared_fields", "state", "sent_by",
            "sent_at",
            "answer_due_at", "answered_at", "answer_text", "outcome",
        )  # fmt: skip


class ReferralTold(ToldOf):
    """A new referral of a case to a service. Without the family's consent a supervisor writes why."""

    case = RowField(lambda user: Case.objects.visible_to(user))
    service = RowField(lambda user: Service.objects.filter(is_active=True))
    shared_fields = serializers.ListField(
        child=serializers.ChoiceField(choices=SHARED_FIELDS), max_length=len(SHARED_FIELDS)
    )
    example = {"case": 7, "service": 4, "kind": "school", "urgency": "14d", "reason": "A place in grade one",
               "shared_fields": ["name", "birth"]}  # fmt: skip

    class Meta:
        model = Referral
        fields = ("case", "service", "kind", "urgency", "reason", "shared_fields", "override_reason")


class AnswerTold(Told):
    """What the service said, or that it is taken back."""

    answer = serializers.ChoiceField(choices=["accepted", "declined", "completed", "cancelled"])
    text = optional_line(300)
    example = {"answer": "accepted", "text": "They begin in June"}


class ReferralsAsked(Told):
    """Filters of the list."""

    state = serializers.ChoiceField(choices=ReferralState.choices, required=False)


class ReferralResource(Listed, Detailed, Created):
    """Referrals of the cases the person sees."""

    policy = SEND
    model = Referral
    shown = ReferralShown
    asked = ReferralsAsked
    create_told = ReferralTold

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(**asked)

    def made(self, told: dict[str, Any]) -> Referral:
        case, user = told["case"], self.request.user
        self.policy.admit_row(self.request, case)
        office_id, programmes = case.access_place()
        override = may(user, "cases.consent.override", office_id=office_id, programmes=programmes) is not None
        told = {"urgency": "14d", "override_reason": "", **told}
        return services.send_referral(by=user, now=timezone.now(), may_override=override, **told)

    @act("answer", policy=SEND, told=AnswerTold)
    def record_answer(self, told: dict[str, Any]) -> None:
        """Record what the service said, what came of it, or that it is taken back."""
        answer, text, by = told["answer"], told["text"], self.request.user
        if answer == "completed":
            services.complete_referral(referral=self.row, outcome=text, by=by)
        elif answer == "cancelled":
            services.cancel_referral(referral=self.row, reason=text, by=by)
        else:
            services.record_answer(
                referral=self.row,
                accepted=answer == "accepted",
                text=text,
                by=by,
                now=timezone.now(),
            )
