"""Some 85 requests of three offices over twelve months: more in the rains and at the holidays, most of them helped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from casework.cases.services.cases import close_case, set_next_step
from casework.cases.states import CloseReason
from casework.kernel.refusals import Refusal
from casework.kernel.requests import as_of
from emergency_fund.models import AssistanceRequest
from emergency_fund.states import OPEN_STATES

from .families import Household, Neighbourhood
from .teams import Team
from .way import Need, Step, Way

SEED = 2569
A_MONTH = (4, 3, 3, 5, 4, 5, 6, 7, 6, 5, 4, 4)
"""Requests by calendar month: accidents at new year's in April, floods and fevers in the rains."""
SHARES = {"MS": 62, "RN": 24, "PN": 14}
COMES_AGAIN, AGAIN_AFTER, AGAIN_BELOW = 0.45, timedelta(days=60), 7_000
DEAR, DEAR_BELOW = "road_accident", 3_500
"""What costs so much that a family that asked for more before would get more than a family may in a year."""
DONE_AFTER = timedelta(days=100)
"""A case whose help ended so long ago is closed."""
SEEN_AFTER = timedelta(days=10)
"""So long after a family asked, who leads its case says when it is seen again."""
SEE_AGAIN = {"en": "See the family again", "th": "เยี่ยมครอบครัวอีกครั้ง", "my": "မိသားစုနှင့် ထပ်တွေ့ရန်"}
QUIET_DAYS = 3
"""The newest requests are those made by hand."""
WAYS = {
    "delivered": 58, "twice": 8, "mended": 7, "came_back": 3, "rejected": 9, "referred": 4, "ineligible": 4,
    "withdrawn": 4, "expired": 3,
}  # fmt: skip
URGENCIES = {"24h": 16, "72h": 46, "14d": 38}
CHANNELS = {"walk_in": 40, "clinic": 20, "outreach": 18, "phone": 10, "partner_referral": 8, "hotline": 4}
REJECTED = (
    ("entitlement", "The employer’s insurance pays for this; the claim was sent."),
    ("not_needed", "The family has other means, as the visit at home showed."),
    ("duplicate", "Another organisation paid the same bill last week."),
    ("amount", "The amount is not explained by the papers of the hospital."),
)

# incident: words, what is asked with the least and the most amount; "*" asks for each of two children
NEEDS: Mapping[str, tuple[str, tuple[tuple[str, int, int, str], ...]]] = {
    "illness": ("Fever for a week, two nights in hospital. Nobody in the family can pay the bill.", (
        ("health_cost", 1500, 4800, "Hospital stay"), ("transport_to_care", 300, 900, "Trips to the hospital"))),
    "fire_flood": ("The water stood in the room. Food, bedding and soap are lost.", (
        ("hygiene_kit", 350, 700, "Soap, bucket, nappies"), ("nutrition", 800, 1800, "Rice, oil, milk for a month"))),
    "job_termination": ("The factory sent everybody home without pay. There is food for three days.", (
        ("nutrition", 1000, 2400, "Food for a month"), ("hygiene_kit", 300, 600, "Soap and nappies"))),
    "work_injury": ("The father fell from the scaffold and cannot work for two months.", (
        ("nutrition*", 900, 1800, "Food for a month"), ("health_cost", 1200, 3200, "Medicine and check-ups"))),
    "road_accident": ("The child was hit by a motorbike on the way home.", (
        ("health_cost", 4500, 10400, "Operation"), ("transport_to_care", 400, 900, "Trips to the hospital"))),
    "wage_non_payment": ("The employer has not paid for three months. The rent is due, the food is gone.", (
        ("nutrition", 1000, 2000, "Food for a month"),)),
    "eviction": ("The family lost its room and lives with neighbours, five in one room.", (
        ("hygiene_kit", 400, 700, "Kit for the family"), ("nutrition", 800, 1600, "Food for a month"))),
    "death_earner": ("The father died. The mother looks for work and has nobody to leave the baby with.", (
        ("nutrition", 1200, 2200, "Milk and food for a month"), ("health_insurance", 2100, 2100, "Card for a year"))),
    "arrest_detention": ("The father is held since last week. Nobody earns.", (
        ("nutrition", 900, 1700, "Food for a month"), ("hygiene_kit", 300, 500, "Soap and nappies"))),
}  # fmt: skip
DRY = {"illness": 26, "job_termination": 22, "work_injury": 14, "road_accident": 9, "wage_non_payment": 9,
       "eviction": 8, "death_earner": 6, "arrest_detention": 6, "fire_flood": 3}  # fmt: skip
WET = {**DRY, "fire_flood": 30, "illness": 34}
HOLIDAYS = {**DRY, "road_accident": 28}
RAINS, NEW_YEARS = range(6, 11), (1, 4)


def past_year(world: Any, teams: Mapping[str, Team]) -> Iterator[Step]:
    """Every act of the year with its moment."""
    yield from DemoYear(world, teams).steps()


class DemoYear:
    """Invents the year day by day."""

    def __init__(self, world: Any, teams: Mapping[str, Team]) -> None:
        self.teams, self.today, self.now = teams, world.today, world.now
        self.chance = Random(SEED)  # noqa: S311
        self.neighbourhood = Neighbourhood(self.chance)
        self.houses: dict[str, list[Household]] = {code: [] for code in teams}
        self.turn = 0

    def steps(self) -> Iterator[Step]:
        """Each day asks by its month; what is not a whole request yet is kept for the days after."""
        waiting = 0.0
        for days in range(360, QUIET_DAYS, -1):
            on = self.today - timedelta(days=days)
            waiting += A_MONTH[on.month - 1] / 30
            while waiting >= 1 and on.weekday() < 6:
                waiting -= 1
                yield from self._request(on)
        yield from self._ends()

    def _request(self, on: date) -> Iterator[Step]:
        code, self.turn = self._pick(SHARES), self.turn + 1
        team = self.teams[code]
        start = timezone.make_aware(datetime.combine(on, time(8, 30)) + timedelta(minutes=self.chance.randrange(420)))
        house = self._house(code, team, start, on)
        need, way = self._need(house, on), self._pick(WAYS)
        yield from Way(team, house, need, way, start, self.turn).steps(self.now)

    def _house(self, code: str, team: Team, start: datetime, on: date) -> Household:
        """A family that came before, or a new one."""
        known = [
            house for house in self.houses[code]
            if house.asked < AGAIN_BELOW and house.last_on and on - house.last_on > AGAIN_AFTER
        ]  # fmt: skip
        if known and self.chance.random() < COMES_AGAIN:
            return self.chance.choice(known)
        with as_of(start):
            house = self.neighbourhood.move_in(team, start, on)
        self.houses[code].append(house)
        return house

    def _need(self, house: Household, on: date) -> Need:
        chance = self.chance
        month = WET if on.month in RAINS else HOLIDAYS if on.month in NEW_YEARS else DRY
        if house.asked > DEAR_BELOW:
            month = {what: weight for what, weight in month.items() if what != DEAR}
        kind, urgency = self._pick(month), self._pick(URGENCIES)
        words, asked = NEEDS[kind]
        lines = [line for one in asked for line in self._lines(house, *one)]
        house.asked += sum(amount for _child, _kind, amount, _told in lines)
        house.last_on = on
        code, told = chance.choice(REJECTED)
        return Need(
            kind=kind, words=words, lines=lines, urgency=urgency, channel=self._pick(CHANNELS),
            happened_before=chance.randrange(1, 12), hours=self._hours(urgency), paid_after=self._paid_after(urgency),
            figures=self._figures(len(house.children)), code=code, told=told,
        )  # fmt: skip

    def _lines(self, house: Household, kind: str, least: int, most: int, told: str) -> Iterator[Any]:
        for child in house.children[: 2 if kind.endswith("*") else 1]:
            kind = kind.rstrip("*")
            if kind == "health_insurance":
                if child.pk in house.insured:
                    kind, least, most, told = "transport_to_care", 300, 600, "Trips to the hospital"
                house.insured.add(child.pk)
            yield child, kind, self.chance.randrange(least, most + 1, 50), told

    def _hours(self, urgency: str) -> float:
        """Until the decision: mostly in time, one in eight late."""
        most = {"24h": 24, "72h": 72, "14d": 336}[urgency]
        return most * (
            self.chance.uniform(1.1, 1.7) if self.chance.random() < 0.12 else self.chance.uniform(0.15, 0.85)
        )

    def _paid_after(self, urgency: str) -> float:
        return self.chance.uniform(1, 12) if urgency == "24h" else self.chance.uniform(4, 120)

    def _figures(self, children: int) -> dict[str, Any]:
        chance = self.chance
        income = chance.randrange(0, 7000, 500)
        return {
            "income": Decimal(income), "expenses": Decimal(chance.randrange(4500, 8000, 250)),
            "debt": Decimal(chance.randrange(0, 30000, 1000)), "earners": 1 if income else 0,
            "dependants": children + chance.randrange(1, 4), "food_days": chance.randrange(0, 8),
        }  # fmt: skip

    def _ends(self) -> Iterator[Step]:
        """Families are seen again after their help; cases of those whose help ended long ago are closed."""
        for houses in self.houses.values():
            for house in houses:
                on: Any = house.last_on
                for after, act in ((SEEN_AFTER, _see_again), (DONE_AFTER, _close)):
                    if on + after < self.today:
                        at = timezone.make_aware(datetime.combine(on + after, time(16, 0)))
                        yield at, lambda act=act, house=house, at=at: act(house, at)  # type: ignore[misc]

    def _pick(self, weighted: Mapping[str, int]) -> str:
        return self.chance.choices(list(weighted), weights=list(weighted.values()))[0]


def _see_again(house: Household, at: datetime) -> None:
    """When the family is seen next, unless the fund still looks after the case: then that is its next step."""
    house.case.refresh_from_db()
    lead: Any = house.case.lead
    if not AssistanceRequest.rows.filter(case=house.case, state__in=OPEN_STATES).exists():
        with as_of(at):
            set_next_step(
                case=house.case, step=SEE_AGAIN[lead.language], on=timezone.localdate(at + DONE_AFTER - SEEN_AFTER),
                by=lead, today=timezone.localdate(at),
            )  # fmt: skip


def _close(house: Household, at: datetime) -> None:
    """Close the case, unless something still stands against it."""
    house.case.refresh_from_db()
    lead: Any = house.case.lead
    with as_of(at), suppress(Refusal):
        close_case(case=house.case, reason=CloseReason.COMPLETED, text="", by=lead, today=timezone.localdate(at))
