"""What each child of a demo request lacks, as it follows from what happened and from what is asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from emergency_fund.rules.needs import NeedSaid
from emergency_fund.states import IncidentKind, LineKind, NeedKind, Severity

ASKED_FOR = {
    LineKind.HEALTH_COST: NeedKind.HEALTH, LineKind.TRANSPORT: NeedKind.HEALTH, LineKind.HYGIENE_KIT: NeedKind.HYGIENE,
}  # fmt: skip
"""The need for which a kind of help is asked; about food every family is asked."""
FEW_DAYS = 3
HOMELESS = (IncidentKind.FIRE_FLOOD, IncidentKind.EVICTION)


def lacks_of(need: Any) -> Iterator[NeedSaid]:
    """The needs of the children of a way.Need."""
    food = _food(need.figures["food_days"])
    for child in dict.fromkeys(child for child, *_rest in need.lines):
        serious = {ASKED_FOR[kind] for of, kind, *_rest in need.lines if of == child and kind in ASKED_FOR}
        serious |= {NeedKind.SHELTER} if need.kind in HOMELESS else set()
        note = "Nothing was cooked since yesterday." if food == Severity.URGENT else ""
        yield NeedSaid(child_id=child.pk, need=NeedKind.FOOD, severity=food, note=note)
        for kind in (NeedKind.HEALTH, NeedKind.HYGIENE, NeedKind.SHELTER):
            severity = Severity.SERIOUS if kind in serious else Severity.NONE
            yield NeedSaid(child_id=child.pk, need=kind, severity=severity)


def _food(days: int) -> Severity:
    if days == 0:
        return Severity.URGENT
    return Severity.SERIOUS if days <= FEW_DAYS else Severity.SOME
