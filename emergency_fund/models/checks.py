"""A random part of the payments, drawn after they were made, of which the family is asked whether it received them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.kernel.models import AppendOnly
from casework.kernel.money import amount_field
from emergency_fund.after_states import CHECK_EDGES, CheckResult, CheckState
from emergency_fund.querysets import OfDeliveryQuerySet

from .deliveries import Delivery


class OfDelivery(models.Model):
    """Base of rows that hang on a payment and are seen where it is seen."""

    rows = models.Manager.from_queryset(OfDeliveryQuerySet)()
    objects = GuardedManager()

    class Meta:
        abstract = True
        base_manager_name = "rows"
        default_manager_name = "rows"


class SampleDraw(OfDelivery, AppendOnly):
    """Whether a payment was drawn to be asked about, by which chance: drawn once, and nobody changes it."""

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="draw")
    is_drawn = models.BooleanField()
    chance = models.DecimalField(max_digits=5, decimal_places=2, help_text="in percent, when it was drawn")
    at = models.DateTimeField()

    class Meta(OfDelivery.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"draw of {self.delivery_id}"


class PostDistributionCheck(OfDelivery):
    """A family is asked by somebody who had no part in it whether a payment arrived."""

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="verification")
    state = models.CharField(_("state"), max_length=9, choices=CheckState.choices, default=CheckState.WAITING)
    result = models.CharField(_("what came of it"), max_length=12, choices=CheckResult.choices, blank=True)
    amount = amount_field(
        _("amount received"), null=True, blank=True, help_text="of money in the family's hand; empty for the rest"
    )
    said = models.CharField(_("what was said"), max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField(_("days on which nobody was reached"), default=0)
    tried_on = models.DateField(_("last tried on"), null=True)
    on = models.DateField(_("asked on"), null=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("asked by"))
    drawn_at = models.DateTimeField()

    EDGES = {"state": CHECK_EDGES}

    class Meta(OfDelivery.Meta):
        ordering = ["drawn_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting") | (~Q(result="") & Q(on__isnull=False) & Q(by__isnull=False)),
                name="A payment was asked about on a day by somebody",
            ),
            models.CheckConstraint(
                condition=~Q(result__in=["received", "issues"]) | Q(amount__isnull=True) | Q(amount__gt=0),
                name="Money that a family received is worth something",
            ),
        ]
        indexes = [models.Index(fields=["drawn_at", "id"], condition=Q(state="waiting"), name="fund_calls_waiting")]

    def __str__(self) -> str:
        return f"check of {self.delivery_id}"

    def access_place(self) -> tuple[int, tuple[str, ...]]:
        """The office and the programme that decide who may act on it."""
        return self.delivery.access_place()
