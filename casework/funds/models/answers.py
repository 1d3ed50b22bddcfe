"""A file in which finance answers what it booked of a batch: read and shown first, then written down or left."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.funds.states import ANSWER_EDGES, AnswerState
from casework.kernel.models import Stamped

from .finance import FinanceBatch, OfBatchQuerySet


class FinanceAnswer(Stamped):
    """The file of finance for a batch, with its rows as they were read; the same file stands once."""

    batch = models.ForeignKey(FinanceBatch, models.PROTECT, related_name="answers")
    file_name = models.CharField(_("file"), max_length=120)
    file = models.CharField(max_length=200, help_text="name under the document store")
    sha256 = models.CharField(max_length=64)
    told = models.JSONField(help_text="rows as they were read: number of the row, entry, reference, booked")
    state = models.CharField(_("state"), max_length=5, choices=AnswerState.choices, default=AnswerState.READ)
    taken_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    EDGES = {"state": ANSWER_EDGES}

    rows = models.Manager.from_queryset(OfBatchQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "sha256"], name="A file of finance is taken once"),
            models.CheckConstraint(
                condition=Q(state=AnswerState.READ, taken_at__isnull=True, taken_by__isnull=True)
                | Q(state=AnswerState.TAKEN, taken_at__isnull=False, taken_by__isnull=False),
                name="Somebody took an answer that was taken",
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk} to batch {self.batch_id}"

    def access_place(self) -> tuple[int, tuple[str, ...]]:
        """The office and the programme whose people look after the batch."""
        return self.batch.access_place()
