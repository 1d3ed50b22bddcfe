"""Long lists as files: asked for by one person, agreed to by another, made by the worker, kept for a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q

from casework.access.visibility import GuardedManager
from casework.cases.states import LIST_FILE_EDGES, ListFileState

KEPT = timedelta(hours=24)
"""How long the bytes of a list lie here (safety.md §3)."""


class ListFileQuerySet(models.QuerySet):
    """Files of lists."""

    def visible_to(self, user: Any) -> ListFileQuerySet:
        """Those that the person asked for."""
        return self.filter(proposal__proposed_by=user)

    def unfinished(self) -> ListFileQuerySet:
        """Those that a worker makes, or should."""
        return self.filter(state__in=[ListFileState.WAITING, ListFileState.MAKING])

    def over(self, now: datetime) -> ListFileQuerySet:
        """Those whose day is over."""
        return self.filter(state=ListFileState.READY, made_at__lte=now - KEPT)


class ListFile(models.Model):
    """The file of one list that a second person agreed to; the proposal says which, for whom and what for."""

    proposal = models.OneToOneField("approvals.Proposal", models.PROTECT, related_name="list_file")
    state = models.CharField(max_length=8, choices=ListFileState.choices, default=ListFileState.WAITING)
    lines = models.PositiveIntegerField(default=0, help_text="written so far")
    tries = models.PositiveSmallIntegerField(default=0)
    file = models.CharField(max_length=200, blank=True, help_text="name under the document store")
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField(default=0, help_text="how often it was taken")

    EDGES = {"state": LIST_FILE_EDGES}

    rows = models.Manager.from_queryset(ListFileQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ListFileState.READY) | (~Q(sha256="") & ~Q(file="") & Q(made_at__isnull=False)),
                name="A list that can be taken has bytes and a hash",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ListFileState.FAILED, ListFileState.DELETED]) | Q(file=""),
                name="A list that cannot be taken has no bytes",
            ),
        ]
        indexes = [
            models.Index(
                fields=["made_at"], condition=Q(state__in=["waiting", "making", "ready"]), name="list_file_live"
            )
        ]

    def __str__(self) -> str:
        return f"list {self.pk}"

    @property
    def until(self) -> datetime | None:
        """Until when it can be taken."""
        return None if self.made_at is None else self.made_at + KEPT

    def can_be_taken(self, now: datetime) -> bool:
        """Whether it lies here and its day is not over."""
        return self.state == ListFileState.READY and self.until is not None and now < self.until

    def is_told(self, now: datetime) -> bool:
        """Whether the page of the list still speaks of it."""
        return self.state in (ListFileState.WAITING, ListFileState.MAKING) or self.can_be_taken(now)
