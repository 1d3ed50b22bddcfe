"""From when on two children are taken for one: numbers that the site sets, from a day on."""

from __future__ import annotations

from datetime import date

from casework.people.match_weights import Weights
from casework.reference.queries import terms

PREFIX = "people.match."


def weights_on(day: date) -> Weights:
    """The numbers of the duplicate check as they hold on a day. One query."""
    return Weights.of({name: float(value) for name, value in terms(PREFIX, day).items()})
