"""How urgent a family's need is, in points anybody can follow, by a version of the weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from emergency_fund.states import NeedKind, Severity

FIGURES = ("income", "expenses", "debt", "earners", "dependants", "food_days")
"""What a family is asked."""


class Weights(Protocol):
    """Points for each sign of need, and from which figures three of them count."""

    no_food: int
    little_food: int
    no_earner: int
    short: int
    deep_debt: int
    many_depend: int
    some_need: int
    serious_need: int
    urgent_need: int
    food_days: int
    debt_months: int
    many: int


def most_serious(needs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Each need that was asked about → how serious it is for the child who lacks most."""
    worst: dict[str, int] = {}
    for need, severity in needs:
        worst[need] = max(severity, worst.get(need, severity))
    return worst


def points(
    figures: Mapping[str, Any], needs: Mapping[str, int], weights: Weights
) -> Iterator[tuple[str | Promise, int]]:
    """Each sign of need that holds, in words, with its points; `needs` as most_serious() gives them (decision 26)."""
    if figures["food_days"] == 0:
        yield _("No food in the house"), weights.no_food
    elif figures["food_days"] <= weights.food_days:
        n = weights.food_days
        yield ngettext("Food for %(n)s day or fewer", "Food for %(n)s days or fewer", n) % {"n": n}, weights.little_food
    if figures["earners"] == 0:
        yield _("Nobody earns"), weights.no_earner
    if figures["income"] < figures["expenses"]:
        yield _("Spends more than it earns"), weights.short
    if figures["debt"] > figures["income"] * Decimal(weights.debt_months):
        n = weights.debt_months
        told = ngettext("Owes more than the income of %(n)s month", "Owes more than the income of %(n)s months", n)
        yield told % {"n": n}, weights.deep_debt
    if figures["dependants"] >= weights.many:
        yield _("Who depend on it: %(n)s or more") % {"n": weights.many}, weights.many_depend
    of_severity = {
        Severity.NONE: 0, Severity.SOME: weights.some_need, Severity.SERIOUS: weights.serious_need,
        Severity.URGENT: weights.urgent_need,
    }  # fmt: skip
    for need in NeedKind:
        severity = Severity(needs.get(need, Severity.NONE))
        if of_severity[severity]:
            yield format_lazy("{}: {}", need.label, severity.label), of_severity[severity]


def score_of(figures: Mapping[str, Any], needs: Mapping[str, int], weights: Weights) -> int:
    """The sum of the points."""
    return sum(value for _words, value in points(figures, needs, weights))
