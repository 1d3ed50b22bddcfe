"""What follows the handover: public services, the family’s own state."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from registration import states as s

from .record import BirthRecord, OfBirth


class FollowUp(OfBirth):
    """A public service the child is linked to after handover."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="follow_ups")
    kind = models.CharField(_("service"), max_length=12, choices=s.FollowUpKind.choices)
    answer = models.CharField(
        _("answer"), max_length=14, choices=s.FollowUpAnswer.choices, default=s.FollowUpAnswer.OPEN
    )
    referral = models.ForeignKey("referrals.Referral", models.SET_NULL, null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["birth", "kind"], name="A follow-up stands once")]

    def __str__(self) -> str:
        return f"{self.kind} for birth {self.birth_id}"


class ConsularStep(OfBirth):
    """Registration with the family's own state: an option with a recorded talk about the risk, never a default."""

    birth = models.OneToOneField(BirthRecord, models.CASCADE, related_name="consular")
    offered_on = models.DateField(_("talked about on"))
    risk_discussed = models.BooleanField(_("the risk was discussed"))
    decision = models.CharField(_("the family’s decision"), max_length=8, choices=s.ConsularDecision.choices)
    due_on = models.DateField(null=True, blank=True)
    applied_on = models.DateField(_("applied on"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=200, blank=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"

    def __str__(self) -> str:
        return f"consular step of birth {self.birth_id}"
