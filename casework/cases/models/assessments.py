"""What a child needs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.cases.states import AssessmentKind, Domain, Risk, Severity
from casework.kernel.models import Stamped

from .case import Case, OfCase


class Assessment(OfCase, Stamped):
    """What a child needs, by domain, with the views of the child and the carer; a person decides the risk level."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assessments")
    kind = models.CharField(_("kind"), max_length=16, choices=AssessmentKind.choices, default=AssessmentKind.RAPID)
    done_on = models.DateField(_("done on"))
    done_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    strengths = models.TextField(_("strengths"), blank=True)
    child_views = models.TextField(_("the child’s own views"), blank=True)
    carer_views = models.TextField(_("the carer’s views"), blank=True)
    child_seen = models.BooleanField(_("child seen"), null=True)
    child_alone = models.BooleanField(_("child or mother spoken to alone"), null=True)
    who_present = models.CharField(_("who else was in the room"), max_length=200, blank=True)
    suggested_risk = models.CharField(max_length=8, choices=Risk.choices, default=Risk.NONE)
    suggested_why = models.JSONField(default=list)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-done_on", "-id"]

    def __str__(self) -> str:
        return f"assessment of case {self.case_id}"


class Need(models.Model):
    """One domain of an assessment: how serious, in words."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="needs")
    domain = models.CharField(_("domain"), max_length=10, choices=Domain.choices)
    severity = models.CharField(_("how serious"), max_length=1, choices=Severity.choices)
    text = models.CharField(_("what is needed"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "domain"], name="An assessment has one line per domain")
        ]

    def __str__(self) -> str:
        return f"{self.domain} {self.severity}"
