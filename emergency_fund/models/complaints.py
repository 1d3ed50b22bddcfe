"""What a family does not accept: a decision, a payment, how it was treated, or what somebody of the staff does."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.people.states import FamilyRole
from emergency_fund import states as s
from emergency_fund.after_states import COMPLAINT_EDGES, SENSITIVE, ComplaintKind, ComplaintState
from emergency_fund.querysets import ComplaintQuerySet

from .checks import PostDistributionCheck
from .requests import AssistanceRequest


class Complaint(models.Model):
    """A family complains through anybody of the staff; it is looked into, answered, and the family is told."""

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    request = models.ForeignKey(AssistanceRequest, models.PROTECT, related_name="complaints")
    check_made = models.OneToOneField(
        PostDistributionCheck, models.PROTECT, null=True, related_name="complaint", help_text="the call that opened it"
    )
    kind = models.CharField(_("what about"), max_length=12, choices=ComplaintKind.choices)
    told_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("who complains"))
    relation = models.CharField(_("relation to the child"), max_length=12, choices=FamilyRole.choices)
    channel = models.CharField(_("how they told us"), max_length=16, choices=s.Channel.choices)
    told_on = models.DateField(_("told on"))
    what = models.TextField(_("what happened"))
    kept_from = models.ManyToManyField("accounts.User", related_name="+", help_text="people who are named in it")
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("noted by"))
    noted_at = models.DateTimeField()
    due_on = models.DateField(_("answer by"))
    state = models.CharField(_("state"), max_length=12, choices=ComplaintState.choices, default=ComplaintState.OPEN)
    looked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    family_told_on = models.DateField(_("the family was told on"), null=True)

    EDGES = {"state": COMPLAINT_EDGES}

    rows = models.Manager.from_queryset(ComplaintQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="A complaint says what happened"),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "closed"]) | (~Q(answer="") & Q(answered_by__isnull=False)),
                name="A complaint is answered by somebody in words",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | (Q(closed_by__isnull=False) & Q(family_told_on__isnull=False)),
                name="A complaint is closed when the family was told",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=~Q(state="closed"), name="fund_complaints_open"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_sensitive(self) -> bool:
        """Whether it is about somebody of the staff: the programme manager alone reads it."""
        return self.kind in SENSITIVE

    @property
    def level(self) -> int:
        """About the staff it is more restricted than any case."""
        return 3 if self.is_sensitive else 2

    def access_place(self) -> tuple[int, tuple[str, ...]]:
        """The office and the programme that decide who may act on it."""
        return self.request.access_place()
