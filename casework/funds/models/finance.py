"""What finance is told of a month: each entry of money once, and what finance booked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import scope_condition
from casework.access.visibility import GuardedManager
from casework.funds.states import BATCH_EDGES, BatchState
from casework.kernel.models import AppendOnly, Stamped
from casework.kernel.money import amount_field

from .budget import BudgetEntry, BudgetLine

FINANCE_SEE = "funds.finance.see"


class BatchQuerySet(models.QuerySet):
    """Batches for finance."""

    def visible_to(self, user: Any) -> BatchQuerySet:
        """Those of the offices and programmes whose export the person looks after."""
        return self.filter(scope_condition(user, FINANCE_SEE, office="office_id", programme="programme"))


class FinanceBatch(Stamped):
    """A month of an office and programme as finance gets it. Later entries of the month go into the next one."""

    number = models.CharField(_("number"), max_length=24, unique=True, editable=False)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name=_("office"))
    programme = models.CharField(_("programme"), max_length=40)
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    paid = amount_field(_("paid"))
    returned = amount_field(_("paid back"))
    reason = models.CharField(_("what for"), max_length=200)
    csv_file = models.CharField(max_length=200, help_text="name under the document store")
    csv_sha256 = models.CharField(max_length=64)
    xlsx_file = models.CharField(max_length=200, help_text="name under the document store")
    xlsx_sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=6, choices=BatchState.choices, default=BatchState.OPEN)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    EDGES = {"state": BATCH_EDGES}

    rows = models.Manager.from_queryset(BatchQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "finance batches"
        ordering = ["-first_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["office", "programme", "first_on"], name="A month is exported once"),
            models.CheckConstraint(condition=Q(last_on__gt=F("first_on")), name="A batch ends after it begins"),
            models.CheckConstraint(
                condition=Q(state=BatchState.OPEN) | Q(closed_by__isnull=False), name="Somebody closed a closed batch"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def total(self) -> Decimal:
        """What was paid without what came back."""
        return self.paid - self.returned

    def access_place(self) -> tuple[int, tuple[str, ...]]:
        """The office and the programme whose people look after it."""
        return self.office_id, (self.programme,)


class OfBatchQuerySet(models.QuerySet):
    """Rows of a batch, seen where the batch is seen."""

    def visible_to(self, user: Any) -> OfBatchQuerySet:
        seen = scope_condition(user, FINANCE_SEE, office="batch__office_id", programme="batch__programme")
        return self.filter(seen)


class BatchLine(models.Model):
    """What a batch tells of a budget line, what finance booked, and why that differs."""

    batch = models.ForeignKey(FinanceBatch, models.PROTECT, related_name="lines")
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="+")
    paid = amount_field(_("paid"))
    returned = amount_field(_("paid back"))
    booked = amount_field(_("booked"), null=True, blank=True)
    explanation = models.CharField(_("why it differs"), max_length=300, blank=True)

    rows = models.Manager.from_queryset(OfBatchQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["line__source__code", "line__name_en"]
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="A line stands once in a batch")]

    def __str__(self) -> str:
        return f"line {self.line_id} of {self.batch_id}"

    @property
    def total(self) -> Decimal:
        """What was paid without what came back."""
        return self.paid - self.returned

    @property
    def difference(self) -> Decimal | None:
        """What finance booked more; None while it has not answered."""
        return None if self.booked is None else self.booked - self.total


class BatchEntry(AppendOnly):
    """An entry of money in a batch; it stands in no other one (refused by the database)."""

    batch = models.ForeignKey(FinanceBatch, models.PROTECT, related_name="entries")
    entry = models.OneToOneField(BudgetEntry, models.PROTECT, related_name="in_batch")
    is_late = models.BooleanField(_("late"), help_text="of a month before the batch")

    rows = models.Manager.from_queryset(OfBatchQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "batch entries"
        ordering = ["entry__on", "entry_id"]

    def __str__(self) -> str:
        return f"entry {self.entry_id} in {self.batch_id}"
