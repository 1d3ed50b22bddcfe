"""What each child of a request lacks, as the assessment found it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.kernel.models import AppendOnly
from emergency_fund.querysets import OfAssessmentQuerySet
from emergency_fund.states import NeedKind, Severity

from .requests import NeedsAssessment


class ChildNeed(AppendOnly):
    """One need of one child that was asked about, and how serious it is; what was not asked has no row."""

    assessment = models.ForeignKey(NeedsAssessment, models.PROTECT, related_name="needs")
    child = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("child"))
    need = models.CharField(_("need"), max_length=8, choices=NeedKind.choices)
    severity = models.PositiveSmallIntegerField(_("how serious"), choices=Severity.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)

    rows = models.Manager.from_queryset(OfAssessmentQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "child", "need"], name="An assessment has one line for a need of a child"
            ),
            models.CheckConstraint(
                condition=Q(severity__gte=Severity.NONE) & Q(severity__lte=Severity.URGENT),
                name="A need is as serious as 0 to 3",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need} {self.severity}"
