"""Which programmes and people work on a case, and with whom it is shared."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from casework.access.sharing import ShareBase
from casework.access.visibility import GuardedManager
from casework.cases.querysets import AssignmentQuerySet
from casework.cases.states import AssignmentKind

from .case import Case, OfCase


class Enrolment(OfCase):
    """A programme works on the case, from an office, since a day."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="enrolments")
    programme = models.CharField(max_length=40)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=120, blank=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "programme"],
                condition=Q(until_on__isnull=True),
                name="A programme works once on a case at a time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "case"],
                include=["programme"],
                condition=Q(until_on__isnull=True),
                name="enrolment_office_live",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} on case {self.case_id}"


class Assignment(models.Model):
    """A person has a case: as lead, in the team, or helping today."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="assignments")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="assignments")
    kind = models.CharField(max_length=6, choices=AssignmentKind.choices)
    reason = models.CharField(max_length=300, blank=True)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    rows = models.Manager.from_queryset(AssignmentQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(kind="lead", ended_at__isnull=True), name="A case has one lead"
            ),
        ]
        indexes = [models.Index(fields=["user", "case"], condition=Q(ended_at__isnull=True), name="case_assigned_user")]

    def __str__(self) -> str:
        return f"{self.kind} of case {self.case_id}"


class CaseShare(ShareBase):
    """A case shared with a person or partner, with purpose, fields and expiry."""

    content_object = models.ForeignKey(Case, models.CASCADE, related_name="shares")

    def __str__(self) -> str:
        return f"share of case {self.content_object_id}"
