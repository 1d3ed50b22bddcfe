"""A family that does not agree with a decision, and what others say when they look at it again."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.people.states import FamilyRole
from emergency_fund import states as s
from emergency_fund.after_states import APPEAL_EDGES, AppealState

from .requests import AssistanceRequest, OfRequest


class Appeal(OfRequest):
    """A family appeals against a decision, once: people who had nothing to do with it look at it again."""

    request = models.OneToOneField(AssistanceRequest, models.PROTECT, related_name="appeal")
    against = models.CharField(_("appeal against"), max_length=12, choices=s.RequestState.choices)
    first_code = models.CharField(_("reason"), max_length=12, choices=s.ReturnReason.choices, blank=True)
    first_told = models.CharField(max_length=500, blank=True, help_text="what whoever said no wrote the first time")
    made_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("who appeals"))
    relation = models.CharField(_("relation to the child"), max_length=12, choices=FamilyRole.choices)
    channel = models.CharField(_("how they told us"), max_length=16, choices=s.Channel.choices)
    made_on = models.DateField(_("told on"))
    why = models.TextField(_("why the family does not agree"), help_text="for everybody who decides: no names")
    due_at = models.DateTimeField(_("decide by"))
    first_due_at = models.DateTimeField(
        help_text="until when the request was to be decided the first time: its own clock starts anew with the appeal"
    )
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("noted by"))
    noted_at = models.DateTimeField()
    approval = models.ForeignKey("approvals.ApprovalRequest", models.PROTECT, null=True, related_name="+")
    granted = models.JSONField(default=dict, help_text="baht more for each line, by its id, as far as steps are done")
    state = models.CharField(_("state"), max_length=9, choices=AppealState.choices, default=AppealState.OPEN)
    decided_at = models.DateTimeField(null=True)
    told_code = models.CharField(_("reason"), max_length=12, choices=s.ReturnReason.choices, blank=True)
    told = models.CharField(max_length=500, blank=True, help_text="what those who upheld the decision wrote")

    EDGES = {"state": APPEAL_EDGES}

    class Meta(OfRequest.Meta):
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="An appeal says why"),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("noted_at")), name="An appeal is decided after it is noted"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["granted", "upheld"]) | Q(decided_at__isnull=False),
                name="An appeal is decided at a moment",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="open"), name="fund_appeals_open")]

    def __str__(self) -> str:
        return f"appeal on {self.request_id}"

    @property
    def number(self) -> str:
        """How notices name it."""
        return self.request.number

    def access_place(self) -> tuple[int, tuple[str, ...]]:
        """The office and the programme that decide who may act on it."""
        return self.request.access_place()
