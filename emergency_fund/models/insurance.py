"""Prices of health insurance, and each insurance that the fund buys for a child, from its price to its end."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from casework.aid.states import Scheme
from casework.kernel.money import amount_field
from casework.reference.models import Dated, DatedQuerySet

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
