"""How urgent a family's need is, in points anybody can follow; old decisions keep the version they were made by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Points for each sign of need."""

    version: int
    no_food: int
    little_food: int
    no_earner: int
    short: int
    deep_debt: int
    many_depend: int


WEIGHTS = Weights(version=1, no_food=40, little_food=20, no_earner=25, short=15, deep_debt=10, many_depend=10)
LITTLE_FOOD_DAYS = 3
DEEP_DEBT_MONTHS = 3
MANY = 4


def points(figures: Mapping[str, Any]) -> Iterator[tuple[str | Promise, int]]:
    """Each sign of need that holds, in words, with its points."""
    if figures["food_days"] == 0:
        yield _("No food in the house"), WEIGHTS.no_food
    elif figures["food_days"] <= LITTLE_FOOD_DAYS:
        yield _("Food for three days or fewer"), WEIGHTS.little_food
    if figures["earners"] == 0:
        yield _("Nobody earns"), WEIGHTS.no_earner
    if figures["income"] < figures["expenses"]:
        yield _("Spends more than it earns"), WEIGHTS.short
    if figures["debt"] > figures["income"] * Decimal(DEEP_DEBT_MONTHS):
        yield _("Owes more than three months’ income"), WEIGHTS.deep_debt
    if figures["dependants"] >= MANY:
        yield _("Four or more depend on it"), WEIGHTS.many_depend


def score_of(figures: Mapping[str, Any]) -> int:
    """The sum of the points."""
    return sum(value for _words, value in points(figures))
