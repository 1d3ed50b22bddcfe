"""Propose and confirm: an act that needs a second person waits here until somebody else confirms it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import scope_condition
from casework.access.visibility import GuardedManager
from casework.kernel.subjects import AboutSubject


class ProposalState(models.TextChoices):
    OPEN = "open", _("Waiting for a second person")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ProposalQuerySet(models.QuerySet):
    """Proposals."""

    def visible_to(self, user: Any) -> ProposalQuerySet:
        """One's own, and those of the offices where one may confirm."""
        return self.filter(
            Q(proposed_by=user)
            | scope_condition(user, "approvals.proposal.see", office="office_id_of", programme="programme")
        )


class Proposal(AboutSubject):
    """What is to be done (kind and facts), why, who proposed it, who confirmed. Maker is never checker (constraint)."""

    kind = models.CharField(max_length=60, help_text="which act, such as accounts.grant")
    programme = models.CharField(max_length=40, blank=True)
    summary = models.CharField(_("what"), max_length=300)
    facts = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64, help_text="of what was proposed: an edit voids it")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN)
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=300, blank=True)

    EDGES = {"state": {ProposalState.OPEN: {ProposalState.CONFIRMED, ProposalState.DECLINED, ProposalState.WITHDRAWN}}}

    rows = models.Manager.from_queryset(ProposalQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed") | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="Who proposes does not confirm",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
