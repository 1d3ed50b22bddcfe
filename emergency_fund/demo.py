"""A few weeks of the fund in Mae Sot: two donors, two budget lines, requests on their way and ended. All invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from casework.approvals.states import Act
from casework.cases.models import Case
from casework.funds.models import BudgetLine, FundingSource
from casework.funds.services import budget
from casework.funds.states import EntryKind
from casework.kernel.requests import as_of
from casework.people.states import FamilyRole

from .demo_insurance import DemoInsurances
from .models import AssistanceRequest
from .queries.used import earlier_requests
from .querysets import PROGRAMME
from .services import asking, deciding, delivering
from .states import RequestState

HEALTH, FOOD = ("health_cost", "health_insurance", "transport_to_care"), ("nutrition", "hygiene_kit")
DONORS = (("LF-26", "Lake Foundation", "Health", "สุขภาพ", HEALTH), ("RB-26", "River Bank Trust", "Food", "อาหาร", FOOD))
NEEDS = (
    ("illness", "Pneumonia, three nights in hospital. The family cannot pay and has food for two days.", (
        ("health_cost", 3900, "Hospital stay, 3 nights"), ("transport_to_care", 800, "4 trips to the hospital"))),
    ("job_termination", "The father lost his work at the farm without pay. No milk for the baby.", (
        ("nutrition", 1600, "Milk and rice for a month"), ("hygiene_kit", 450, "Soap, nappies"))),
    ("work_injury", "The mother fell at the building site and cannot work for two months.", (
        ("nutrition", 2400, "Food for six weeks"), ("health_cost", 4200, "Medicine and two visits"))),
    ("fire_flood", "The room burnt. Clothes, soap and the insurance card are gone.", (
        ("hygiene_kit", 600, "Kit for five"), ("health_insurance", 2100, "Card for a year"))),
    ("road_accident", "The child was hit by a motorbike; the leg is broken.", (("health_cost", 9400, "Operation"),)),
)  # fmt: skip
FIGURES = {
    "income": Decimal(3000), "expenses": Decimal(6500), "debt": Decimal(12000), "earners": 1, "dependants": 4,
    "food_days": 2,
}  # fmt: skip
TURN = (
    "delivered", "asked", "decide", "asked", "returned", "decide", "screened", "approved", "decide", "rejected",
    "partly", "assessed", "delivered", "decide",
)  # fmt: skip


def load_demo(world: Any) -> None:
    """The fund in Mae Sot by hand; nothing where a number of children is asked for instead."""
    if world.children is None and not FundingSource.rows.exists():
        DemoFund(world).play()


def _urgency(stage: str, days: int) -> str:
    """What is still on its way after days was not urgent; the newest is a matter of hours."""
    if stage in ("delivered", "rejected", "approved", "partly"):
        return "72h"
    return "24h" if days == 1 else "72h" if days < 4 else "14d"


class DemoFund:
    """Plays the fund of one office."""

    def __init__(self, world: Any) -> None:
        self.world, self.office, self.today = world, world.offices["MS"], world.today
        names = ("naw.kham", "ploy.m", "nok.s", "malee.c", "anan.j")
        self.asker, self.officer, self.second, self.manager, self.cashier = (world.users[name] for name in names)
        self.lines: list[BudgetLine] = []

    def play(self) -> None:
        """Donors first, then one request for each family, from the oldest to the newest."""
        for donor in DONORS:
            self.lines.append(self._line(*donor))
        cases = Case.rows.filter(office=self.office, state="open", family__isnull=False, is_sealed=False)
        by_family = {case.family_id: case for case in cases.select_related("child", "family", "office").order_by("pk")}
        chosen = list(by_family.values())[-len(TURN) :]
        for number, (case, stage) in enumerate(zip(chosen, TURN, strict=False)):
            self._request(case, stage, NEEDS[number % len(NEEDS)], days=len(TURN) - number)
        DemoInsurances(self).play(list(by_family.values()))

    def _line(self, code: str, donor: str, name: str, name_th: str, kinds: Sequence[str]) -> BudgetLine:
        first, now = date(self.today.year, 1, 1), self.world.now
        source = budget.open_source(
            facts={
                "code": code, "donor": donor, "currency": "THB", "ceiling": "400000", "starts_on": str(first),
                "ends_on": str(date(self.today.year + 1, 12, 31)),
            },
            by=self.manager, now=now,
        )  # fmt: skip
        line = budget.open_line(
            source=source, by=self.manager, now=now,
            facts={
                "office": self.office.pk, "programme": PROGRAMME, "name_en": name, "name_th": name_th,
                "kinds": list(kinds), "ceiling": "300000",
            },
        )  # fmt: skip
        gift = {"amount": "90000", "on": str(first)}
        budget.give(
            line=line,
            kind=EntryKind.ALLOT,
            facts=gift,
            key=f"demo-{code}",
            reason="Agreement",
            by=self.manager,
            now=now,
        )
        return line

    def _request(self, case: Case, stage: str, need: Any, days: int) -> None:
        kind, words, asked = need
        start = self._at(self.today - timedelta(days=days))
        family: Any = case.family
        mother = family.members.exclude(role=FamilyRole.CHILD).select_related("person").first()
        if mother is None:
            return
        lines = [
            asking.AskedLine(child=case.child, kind=what, asked=Decimal(amount), words=told)
            for what, amount, told in asked
        ]
        with as_of(start):
            request = asking.ask_for_help(
                case=case, requester=mother.person, lines=lines, channel="walk_in", need=words, by=self.asker,
                now=start, urgency=_urgency(stage, days), incident={
                    "kind": kind, "occurred_on": timezone.localdate(start) - timedelta(days=2),
                    "employer": "Green Farm" if kind in ("job_termination", "work_injury") else "",
                },
                consent={
                    "given_by_name": mother.person.name, "relation": "mother", "how": "thumb", "language": "my",
                },
            )  # fmt: skip
        self._go_on(request, stage, start)

    def _go_on(self, request: AssistanceRequest, stage: str, start: datetime) -> None:
        """Play the request as far as its stage."""
        steps: dict[str, Sequence[Callable[[AssistanceRequest, datetime], Any]]] = {
            "asked": (),
            "returned": (self._turn_back,),
            "screened": (self._screen,),
            "assessed": (self._screen, self._assess),
            "decide": (self._screen, self._assess, self._recommend),
            "rejected": (self._screen, self._assess, self._recommend, self._reject),
            "approved": (self._screen, self._assess, self._recommend, self._approve),
            "partly": (self._screen, self._assess, self._recommend, self._approve, self._pay_some),
            "delivered": (self._screen, self._assess, self._recommend, self._approve, self._pay),
        }
        for hours, step in enumerate(steps[stage], start=1):
            request.refresh_from_db()
            moment = min(start + timedelta(hours=hours), self.world.now)
            with as_of(moment):
                step(request, moment)

    def _at(self, on: date) -> datetime:
        return timezone.make_aware(datetime(on.year, on.month, on.day, 9, 30))

    def _screen(self, request: AssistanceRequest, now: datetime) -> None:
        payer = {"work_injury": "wcf", "road_accident": "vehicle_insurance", "job_termination": "employer_pay"}
        who = payer.get(request.incident.kind, "none")
        deciding.screen(
            request=request, entitlement=who, status="not_eligible" if who == "none" else "applied", amount=None,
            is_referred=False, decided=frozenset(row.pk for row in earlier_requests(request)), by=self.officer, now=now,
        )  # fmt: skip

    def _turn_back(self, request: AssistanceRequest, now: datetime) -> None:
        deciding.turn_away(
            request=request, to=RequestState.RETURNED, code="papers", told="The quote of the hospital is missing.",
            by=self.officer, now=now,
        )  # fmt: skip

    def _assess(self, request: AssistanceRequest, now: datetime) -> None:
        deciding.assess(request=request, figures=FIGURES, by=self.officer, now=now)

    def _recommend(self, request: AssistanceRequest, now: datetime) -> None:
        lines = list(request.lines.all())
        chosen = {line.pk: next(own for own in self.lines if line.kind in own.kinds) for line in lines}
        total = sum((line.asked for line in lines), Decimal(0))
        deciding.recommend(request=request, budget=chosen, total=total, by=self.officer, now=now)

    def _approve(self, request: AssistanceRequest, _moment: datetime) -> None:
        """Approve now: the people of the demo hold their roles from today."""
        for step in request.approval.steps:  # type: ignore[union-attr]
            person = self.second if step["role"] == "FO" else self.manager
            deciding.decide(request=request, act=Act.APPROVE, amounts={}, by=person, now=self.world.now)

    def _reject(self, request: AssistanceRequest, _moment: datetime) -> None:
        deciding.decide(
            request=request, act=Act.REJECT, amounts={}, code="entitlement", by=self.second, now=self.world.now,
            comment="The employer pays first; ask him with the legal clinic.",
        )  # fmt: skip

    def _pay(self, request: AssistanceRequest, _moment: datetime) -> None:
        for line in request.lines.all():
            self._pay_line(request, line, line.to_pay)

    def _pay_some(self, request: AssistanceRequest, _moment: datetime) -> None:
        line = request.lines.all()[0]
        self._pay_line(request, line, (line.to_pay / 2).quantize(Decimal(1)))

    def _pay_line(self, request: AssistanceRequest, line: Any, amount: Decimal) -> None:
        """Pay now, as it is approved now."""
        delivering.pay(
            line=line, amount=amount, received_by=request.requester, relation="mother", proof="thumb_print",
            witness="Ma Khin", key=f"line-{line.pk}-1", by=self.cashier, now=self.world.now,
        )  # fmt: skip
