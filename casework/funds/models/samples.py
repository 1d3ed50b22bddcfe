"""Payments drawn at random for an audit, so that the draw can be repeated by anybody."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import scope_condition
from casework.access.visibility import GuardedManager
from casework.kernel.models import AppendOnly

from .budget import BudgetEntry

SAMPLE_SEE = "funds.sample.see"


class SampleQuerySet(models.QuerySet):
    """Samples."""

    def visible_to(self, user: Any) -> SampleQuerySet:
        """Those of the offices and programmes that the person audits or manages."""
        return self.filter(scope_condition(user, SAMPLE_SEE, office="office_id", programme="programme"))


class AuditSample(AppendOnly):
    """So many payments of a time, drawn by a seed from all of them. What they were drawn from is kept with it."""

    number = models.CharField(_("number"), max_length=24, unique=True, editable=False)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name=_("office"))
    programme = models.CharField(_("programme"), max_length=40)
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    size = models.PositiveSmallIntegerField(_("how many"))
    seed = models.CharField(_("seed"), max_length=40)
    population = models.PositiveIntegerField(_("out of"))
    population_sha256 = models.CharField(max_length=64, help_text="of the entry numbers it was drawn from, in order")
    drawn_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("drawn by"))
    drawn_at = models.DateTimeField()

    rows = models.Manager.from_queryset(SampleQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0) & Q(size__lte=F("population")), name="A sample has payments"
            ),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="A sample ends after it begins"),
        ]

    def __str__(self) -> str:
        return self.number

    def access_place(self) -> tuple[int, tuple[str, ...]]:
        """The office and the programme whose payments were drawn."""
        return self.office_id, (self.programme,)


class OfSampleQuerySet(models.QuerySet):
    """Rows of a sample, seen where the sample is seen."""

    def visible_to(self, user: Any) -> OfSampleQuerySet:
        seen = scope_condition(user, SAMPLE_SEE, office="sample__office_id", programme="sample__programme")
        return self.filter(seen)


class SampledPayment(AppendOnly):
    """A payment of a sample, in the order in which it was drawn; its evidence is a paper about this row."""

    sample = models.ForeignKey(AuditSample, models.PROTECT, related_name="payments")
    place = models.PositiveSmallIntegerField(_("place"))
    entry = models.ForeignKey(BudgetEntry, models.PROTECT, related_name="+")

    rows = models.Manager.from_queryset(OfSampleQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "place"], name="A sample has one payment at a place"),
            models.UniqueConstraint(fields=["sample", "entry"], name="A payment is drawn once in a sample"),
        ]

    def __str__(self) -> str:
        return f"{self.place} of {self.sample_id}"

    def access_place(self) -> tuple[int, tuple[str, ...]]:
        """The office and the programme of the sample."""
        return self.sample.access_place()
