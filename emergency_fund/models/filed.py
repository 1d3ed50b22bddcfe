"""A list of payments and hand-overs that was filled in on the way, with what became of each row."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.kernel.models import Stamped
from emergency_fund.querysets import PROGRAMME, DeliveryFileQuerySet


class DeliveryFile(Stamped):
    """The rows of a file as they were typed, each with what stands against it or the payment that it became.

    The same file stands once in an office. Of a row that is written down only the payment is kept.
    """

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name=_("office"))
    file_name = models.CharField(_("file"), max_length=120)
    sha256 = models.CharField(max_length=64)
    paid_from = models.CharField(_("paid from"), max_length=40, blank=True, help_text="the key of a box or an advance")
    rows_told = models.JSONField(help_text="number of the row, what was typed in it, what became of it")
    empty = models.PositiveIntegerField(help_text="lines of the list on which nothing is filled in")

    rows = models.Manager.from_queryset(DeliveryFileQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["office", "sha256"], name="A list that was filled in stands once")
        ]

    def __str__(self) -> str:
        return f"list {self.pk} that was filled in"

    @property
    def written(self) -> int:
        """How many of its rows are written down."""
        return sum("delivery" in row for row in self.rows_told)

    @property
    def left(self) -> int:
        """How many are not, and are not set aside either."""
        return len(self.rows_told) - self.written - self.aside

    @property
    def aside(self) -> int:
        """How many somebody has set aside."""
        return sum("aside" in row for row in self.rows_told)

    def access_place(self) -> tuple[int, tuple[str, ...]]:
        """The office and the programme whose cashiers write it down."""
        return self.office_id, (PROGRAMME,)
