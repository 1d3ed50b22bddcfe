"""Prices of health insurance, and each insurance that the fund buys for a child, from its price to its end."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.aid.states import Scheme
from casework.kernel.money import amount_field
from casework.reference.models import Dated, DatedQuerySet
from emergency_fund import insurance_states as s
from emergency_fund.querysets import OfLineQuerySet

from .requests import AssistanceLine

LONGEST = 60
"""Months of cover; a longer one is a mistake in the table."""


def _days(first: str, last: str) -> Func:
    return Func(F(first), F(last), Value("[]"), function="daterange")


class InsuranceTariff(Dated):
    """What an insurance costs for children of an age, and how long it holds; the price of its first day counts."""

    scheme = models.CharField(_("insurance"), max_length=16, choices=Scheme.choices)
    age_from = models.PositiveSmallIntegerField(
        _("from age"), default=0, help_text=_("Whole years on the first day of the insurance.")
    )
    age_to = models.PositiveSmallIntegerField(_("to age"), help_text=_("Whole years; 6 is until the seventh birthday."))
    premium = amount_field(_("premium"), help_text=_("In baht."))
    check_up = amount_field(_("check-up fee"), default=0, help_text=_("In baht."))
    months = models.PositiveSmallIntegerField(_("months of cover"), default=12)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "age_from", "-valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(age_to__gte=F("age_from")), name="A tariff is for an age"),
            models.CheckConstraint(
                condition=Q(premium__gte=0) & Q(check_up__gte=0), name="An insurance costs nothing or more",
                violation_error_message=_("Write amounts of 0 or more."),
            ),
            models.CheckConstraint(
                condition=Q(months__gte=1) & Q(months__lte=LONGEST), name="An insurance holds for months",
                violation_error_message=_("Write between 1 and 60 months of cover."),
            ),
            ExclusionConstraint(
                name="An insurance has one price for an age on a day",
                expressions=[
                    ("scheme", RangeOperators.EQUAL),
                    (Func(F("age_from"), F("age_to"), Value("[]"), function="int4range"), RangeOperators.OVERLAPS),
                    (_days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "Another price holds for this insurance, age and time. Open that one and write a newer one, or "
                    "end it."
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.scheme} {self.age_from}-{self.age_to} from {self.valid_from}"

    def clean(self) -> None:
        """The ages in their order: else the database cannot compare them with those of other rows."""
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            raise ValidationError({"age_to": _("The second age is below the first one.")})

    @property
    def price(self) -> Decimal:
        """What the fund pays: the premium and the check-up."""
        return self.premium + self.check_up


class InsurancePolicy(models.Model):
    """One insurance for the child of a line, from its price to its end; its scheme, days and card stand on the cover.

    Run out means that nothing followed without a gap: the lapse that figures count. Renewed means that something did.
    """

    line = models.ForeignKey(AssistanceLine, models.PROTECT, related_name="policies")
    cover = models.OneToOneField("aid.InsuranceCover", models.PROTECT, related_name="+")
    tariff = models.ForeignKey(InsuranceTariff, models.PROTECT, related_name="+")
    renews = models.ForeignKey("self", models.PROTECT, null=True, related_name="renewals")
    state = models.CharField(_("state"), max_length=20, choices=s.PolicyState.choices, default=s.PolicyState.QUOTED)
    quoted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    quoted_at = models.DateTimeField()
    ordered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ordered_at = models.DateTimeField(null=True)
    proof = models.ForeignKey(
        "documents.Attachment", models.PROTECT, null=True, related_name="+", help_text="the photo of the card"
    )
    ended_on = models.DateField(null=True, help_text="run out, renewed, refused or cancelled on this day")
    ended_reason = models.CharField(_("reason"), max_length=300, blank=True)

    EDGES = {"state": s.POLICY_EDGES}

    rows = models.Manager.from_queryset(OfLineQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "insurance policies"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(state__in=s.LIVE), name="A line buys one insurance at a time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=s.NOT_ORDERED) | Q(ordered_at__isnull=False),
                name="An insurance is in force after it was ordered",
            ),
            models.CheckConstraint(
                condition=Q(state__in=s.LIVE) | Q(ended_on__isnull=False), name="An insurance ends on a day"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "id"], condition=Q(state__in=s.IN_FORCE), name="insurances_in_force"),
        ]

    def __str__(self) -> str:
        return f"insurance {self.pk} of line {self.line_id}"

    def access_place(self) -> tuple[int, tuple[str, ...]]:
        """The office and the programme that decide who may act on it."""
        return self.line.access_place()

    @property
    def price(self) -> Decimal:
        """What the fund pays for it."""
        return self.cover.premium + self.cover.check_up

    @property
    def to_come_back(self) -> Decimal:
        """What was paid for it and did not come back, where it was refused or cancelled."""
        return self.line.paid - self.line.returned if self.state in s.ENDED_EARLY else Decimal(0)
