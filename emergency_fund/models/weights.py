"""How many points each sign of need counts, and from when."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Value
from django.utils.translation import gettext_lazy as _

from casework.reference.models import Dated, DatedQuerySet


class NeedWeights(Dated):
    """One version of the points, and from which figures the signs count (the defaults are those of the first version).

    Its id is the number of the version, which each assessment keeps.
    """

    no_food = models.PositiveSmallIntegerField(_("no food in the house"))
    little_food = models.PositiveSmallIntegerField(_("little food in the house"))
    no_earner = models.PositiveSmallIntegerField(_("nobody earns"))
    short = models.PositiveSmallIntegerField(_("spends more than it earns"))
    deep_debt = models.PositiveSmallIntegerField(_("deep debt"))
    many_depend = models.PositiveSmallIntegerField(_("many depend on it"))
    some_need = models.PositiveSmallIntegerField(_("some need of a child"), default=0)
    serious_need = models.PositiveSmallIntegerField(_("serious need of a child"), default=0)
    urgent_need = models.PositiveSmallIntegerField(_("urgent need of a child"), default=0)

    food_days = models.PositiveSmallIntegerField(_("days of food up to which it is little"), default=3)
    debt_months = models.PositiveSmallIntegerField(_("months of income above which a debt is deep"), default=3)
    many = models.PositiveSmallIntegerField(_("how many who depend on it are many"), default=4)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            ExclusionConstraint(
                name="One version of the points holds on a day",
                expressions=[
                    (
                        Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    )
                ],
                violation_error_message=_("Other points hold in this time. Open them and write newer ones."),
            )
        ]

    def __str__(self) -> str:
        return f"version {self.pk}"
