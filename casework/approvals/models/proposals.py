"""Propose and confirm: an act that needs a second person waits here until somebody else confirms it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.access.rights import Reach
from casework.access.scopes import offices_of, scope_condition
from casework.access.visibility import GuardedManager
from casework.kernel.spoken import in_language
from casework.kernel.subjects import AboutSubject
from casework.programmes.contributions import registry


class ProposalState(models.TextChoices):
    OPEN = "open", _("Waiting for a second person")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ProposalQuerySet(models.QuerySet):
    """Proposals."""

    def visible_to(self, user: Any) -> ProposalQuerySet:
        """One's own, and those of the kinds and offices that one may confirm; without an office, of any office."""
        condition = Q(proposed_by=user)
        for kind in registry.gather("proposal_kinds"):
            here = scope_condition(user, kind.action, office="office_id_of", programme="programme")
            if offices_of(user, kind.action, Reach.ALL):
                here |= Q(office_id_of__isnull=True)
            condition |= Q(kind=kind.key) & here
        return self.filter(condition)

    def open(self) -> ProposalQuerySet:
        """Those that wait for a second person."""
        return self.filter(state=ProposalState.OPEN)


class Proposal(AboutSubject):
    """What is to be done (kind and facts), why, who proposed it, who confirmed. Maker is never checker (constraint)."""

    kind = models.CharField(max_length=60, help_text="which act, such as accounts.grant")
    programme = models.CharField(max_length=40, blank=True)
    summary = models.JSONField(_("what"), help_text="what is to be done in words, by language")
    facts = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64, help_text="of what was proposed: an edit voids it")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN)
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=300, blank=True)
    is_alone = models.BooleanField(
        default=False, help_text="done by the only administrator, before there was a second one"
    )

    written_once = (
        "subject_type", "subject_id", "kind", "programme", "summary", "facts", "fingerprint", "reason", "proposed_by",
        "proposed_at",
    )  # fmt: skip

    EDGES = {"state": {ProposalState.OPEN: {ProposalState.CONFIRMED, ProposalState.DECLINED, ProposalState.WITHDRAWN}}}

    rows = models.Manager.from_queryset(ProposalQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | (Q(decided_by__isnull=False) & (Q(is_alone=True) | ~Q(decided_by=F("proposed_by")))),
                name="Who proposes does not confirm",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def summary_now(self) -> str:
        """What is to be done, in the language of the page."""
        return in_language(self.summary)

    @property
    def number(self) -> str:
        """How notices and mails name it."""
        return f"P-{self.pk}"
