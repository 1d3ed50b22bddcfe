"""Visits to the registry office and the steps of an inquiry."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.kernel.models import Stamped
from casework.reference.columns import CodeColumn
from registration import states as s
from registration.open_lists import RETURN_REASONS

from .offices import RegistryOffice
from .papers import ChecklistItem
from .record import BirthRecord, OfBirth


class Submission(OfBirth, Stamped):
    """One visit to the registry office with the papers; there may be several."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    registry_office = models.ForeignKey(
        RegistryOffice, models.PROTECT, related_name="+", verbose_name=_("registry office")
    )
    submitted_on = models.DateField(_("submitted on"))
    by = models.CharField(_("who went"), max_length=18, choices=s.SubmittedBy.choices)
    accompanied_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    receipt_no = models.CharField(_("receipt number"), max_length=60, blank=True)
    officer = models.CharField(_("officer"), max_length=120, blank=True)
    handed_in = models.ManyToManyField(ChecklistItem, blank=True, related_name="+")
    result = models.CharField(_("result"), max_length=10, choices=s.Result.choices, default=s.Result.PENDING)
    result_on = models.DateField(_("result on"), null=True, blank=True)
    return_reason = CodeColumn(_("why returned"), max_length=22, open_list=RETURN_REASONS, blank=True)
    result_text = models.CharField(max_length=300, blank=True)
    appointment_on = models.DateField(_("come back on"), null=True, blank=True)
    fine_baht = models.DecimalField(_("fine, baht"), max_digits=8, decimal_places=2, null=True, blank=True)
    other_cost_baht = models.DecimalField(_("other costs, baht"), max_digits=8, decimal_places=2, null=True, blank=True)

    EDGES = {"result": s.RESULT_EDGES}

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["birth", "number"], name="A submission has its number"),
            models.UniqueConstraint(
                fields=["birth"],
                condition=Q(result__in=["pending", "inquiry"]),
                name="One submission waits at a time",
            ),
            models.CheckConstraint(
                condition=Q(result="pending") | Q(result_on__isnull=False), name="A result has a day"
            ),
        ]

    def __str__(self) -> str:
        return f"submission {self.number} of birth {self.birth_id}"


class InquiryStep(OfBirth, Stamped):
    """One step of the office's inquiry."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="inquiry_steps")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="steps")
    kind = models.CharField(_("what"), max_length=16, choices=s.InquiryKind.choices)
    planned_on = models.DateField(_("planned on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)
    cost_baht = models.DecimalField(_("cost, baht"), max_digits=8, decimal_places=2, null=True, blank=True)
    paid_by = models.CharField(_("paid by"), max_length=60, blank=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["planned_on", "id"]

    def __str__(self) -> str:
        return f"inquiry step {self.pk}"
