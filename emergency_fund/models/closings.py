"""A request that a person closed, with what they wrote; and how the claim on another source went on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.kernel.models import AppendOnly
from casework.kernel.money import amount_field
from emergency_fund import states as s

from .requests import AssistanceRequest, OfRequest


class RequestClosing(OfRequest, AppendOnly):
    """Everything of a request is done and looked after; closed once, by a person."""

    request = models.OneToOneField(AssistanceRequest, models.PROTECT, related_name="closing")
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("closed by"))
    at = models.DateTimeField()

    class Meta(OfRequest.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"closing of {self.request_id}"


class EntitlementUpdate(OfRequest, AppendOnly):
    """How the claim on another source of help stood on a day: followed up until it has an outcome."""

    request = models.ForeignKey(AssistanceRequest, models.PROTECT, related_name="entitlement_updates")
    entitlement = models.CharField(_("who should pay first"), max_length=18, choices=s.Entitlement.choices)
    status = models.CharField(_("how that stands"), max_length=12, choices=s.EntitlementStatus.choices)
    amount = amount_field(_("baht a month"), null=True, blank=True)
    on = models.DateField(_("since"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("noted by"))
    at = models.DateTimeField()

    class Meta(OfRequest.Meta):
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="A claim pays nothing or more"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entitlement} {self.status} for {self.request_id}"
