"""The last two weeks in Mae Sot by hand: for families of the clinic, so that every queue has somebody in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from casework.cases.models import Case
from casework.people.states import FamilyRole
from emergency_fund.queries.insurance import fitting_scheme
from emergency_fund.querysets import PROGRAMME
from emergency_fund.states import LineKind

from .families import Household
from .teams import Team
from .way import WAYS, Need, Step, Way

NEEDS = (
    ("illness", "Pneumonia, three nights in hospital. The family cannot pay and has food for two days.", (
        ("health_cost", 3900, "Hospital stay"), ("transport_to_care", 800, "Trips to the hospital"))),
    ("job_termination", "The father lost his work at the farm without pay. No milk for the baby.", (
        ("nutrition", 1600, "Milk and rice for a month"), ("hygiene_kit", 450, "Soap, nappies"))),
    ("work_injury", "The mother fell at the building site and cannot work for two months.", (
        ("nutrition", 2400, "Food for six weeks"), ("health_cost", 4200, "Medicine and two visits"),
        ("transport_to_care", 600, "Trips to the hospital"))),
    ("fire_flood", "The room burnt. Clothes, soap and the insurance card are gone.", (
        ("hygiene_kit", 600, "Kit for the family"), ("health_insurance", 2100, "Card for a year"))),
    ("road_accident", "A motorbike hit mother and child; the child’s leg is broken.", (
        ("health_cost", 9400, "Operation"),)),
)  # fmt: skip
FIGURES = {
    "income": Decimal(3000), "expenses": Decimal(6500), "debt": Decimal(12000), "earners": 1, "dependants": 4,
    "food_days": 2,
}  # fmt: skip
TURN = (
    "delivered", "delivered", "decide", "asked", "returned", "decide", "screened", "approved", "approved", "rejected",
    "partly", "assessed", "delivered", "decide",
)  # fmt: skip
TOLD = ("entitlement", "The insurance of the motorbike pays first; ask it with the legal clinic.")


def households_of(team: Team) -> list[Household]:
    """The families of the clinic with an open case, by the last case of each."""
    cases = Case.rows.filter(office=team.office, state="open", family__isnull=False, is_sealed=False)
    by_family = {
        case.family_id: case
        for case in cases.exclude(enrolments__programme=PROGRAMME)
        .select_related("child", "family", "office").order_by("pk")
    }  # fmt: skip
    found = []
    for case in by_family.values():
        family: Any = case.family
        mother = family.members.exclude(role=FamilyRole.CHILD).select_related("person").first()
        if mother is not None:
            found.append(Household(case=case, family=family, mother=mother.person, children=[case.child]))
    return found


def last_weeks(world: Any, team: Team, houses: Sequence[Household]) -> Iterator[Step]:
    """One request for each family, from the oldest to the newest, as far as its stage."""
    for number, (house, stage) in enumerate(zip(houses, TURN, strict=False)):
        days = len(TURN) - number
        on = world.today - timedelta(days=days)
        need = _need(house.case, NEEDS[number % len(NEEDS)], _urgency(stage, days), hours=len(WAYS[stage]), on=on)
        way = Way(team, house, need, stage, morning_of(on), turn=2 * number)
        yield from way.steps(world.now, in_hours=False)


def _need(case: Case, need: Any, urgency: str, hours: int, on: date) -> Need:
    kind, words, asked = need
    lines = [
        (case.child, what, amount, told)
        for what, amount, told in asked
        if what != LineKind.HEALTH_INSURANCE or fitting_scheme(case.child, on)  # of this age, or nobody knows its price
    ]
    return Need(
        kind=kind, words=words, lines=lines, urgency=urgency, hours=max(hours, 1), paid_after=2, figures=FIGURES,
        code=TOLD[0], told=TOLD[1],
    )  # fmt: skip


def _urgency(stage: str, days: int) -> str:
    """What is still on its way after days was not urgent; the newest is a matter of hours."""
    if stage in ("delivered", "rejected", "approved", "partly"):
        return "72h"
    return "24h" if days == 1 else "72h" if days < 4 else "14d"


def morning_of(on: date) -> datetime:
    """Half past nine on a day."""
    return timezone.make_aware(datetime.combine(on, time(9, 30)))
