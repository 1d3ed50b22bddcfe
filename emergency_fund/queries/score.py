"""The points of a family's need, by the version that holds on a day, or held when the family was assessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casework.programmes.contributions import Words
from emergency_fund.models import NeedsAssessment, NeedWeights
from emergency_fund.rules.score import FIGURES, most_serious, points


def weights_on(day: date) -> NeedWeights:
    """The version that holds on a day, or the newest where the table has a gap."""
    newest = NeedWeights.objects.order_by("-valid_from")
    return newest.live(day).first() or newest[0]


def signs_of(assessment: NeedsAssessment) -> Iterator[tuple[Words, int]]:
    """The signs of need with their points, by the version of that time."""
    weights = NeedWeights.objects.get(pk=assessment.weights)
    needs = most_serious((row.need, row.severity) for row in assessment.needs.all())
    return points({name: getattr(assessment, name) for name in FIGURES}, needs, weights)
