"""The way of one request through the fund, each step at its own moment and by whoever does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.utils import timezone

from casework.approvals.states import Act
from casework.funds.models import BudgetLine
from casework.kernel.requests import as_of
from casework.people.models import Person
from casework.stock.models import Store
from emergency_fund.banks import Bank
from emergency_fund.insurance_states import PolicyState
from emergency_fund.models import AssistanceLine, AssistanceRequest, Delivery, FamilyAccount, InsurancePolicy
from emergency_fund.queries.accounts import account_of
from emergency_fund.queries.insurance import fitting_scheme, hospitals
from emergency_fund.queries.payees import payee_of
from emergency_fund.queries.used import earlier_requests
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules.accounts import Account
from emergency_fund.services import accounts, asking, cards, deciding, delivering, emergencies, insurance, kits
from emergency_fund.states import LineKind, Modality, ReceiverProof, RequestState

from .families import PLACES, Household
from .lacks import lacks_of
from .teams import Team

Step = tuple[datetime, Callable[[], None]]
PAYERS = {
    "work_injury": "wcf", "road_accident": "vehicle_insurance", "job_termination": "employer_pay",
    "wage_non_payment": "employer_pay",
}  # fmt: skip
EMPLOYED = ("job_termination", "work_injury", "wage_non_payment")
COUNTED_AS = {
    "Hospital stay": (3, "night"),
    "Trips to the hospital": (4, "trip"),
    "Milk and food for a month": (8, "tin"),
}
"""What is asked for as so many at the price of one, where the amount is a round number of them."""
OPENS, CLOSES = 8, 17
SHOP = "Green Lane Market"
"""Takes the vouchers of the fund."""
WAITS_DAYS = 62
"""After so many days what nobody fetched is given back."""

# each way: the acts, and for each when: a part of the time until the decision, or hours after it
_WORK = (("screen", 0.12), ("assess", 0.35), ("recommend", 0.5))
_YES = (*_WORK, ("approve", 0.8), ("approve_last", 1.0))
WAYS: Mapping[str, Sequence[tuple[str, float]]] = {
    "asked": (),
    "screened": _WORK[:1],
    "assessed": _WORK[:2],
    "decide": _WORK,
    "returned": (("turn_back", 0.1),),
    "referred": (("screen", 0.3), ("refer", 1.0)),
    "ineligible": (("refuse", 1.0),),
    "withdrawn": (("screen", 0.4), ("take_back", 1.0)),
    "rejected": (*_WORK, ("reject", 1.0)),
    "approved": _YES,
    "expired": (*_YES, ("expire", 1.0)),
    "partly": (*_YES, ("pay_some", 1.0)),
    "delivered": (*_YES, ("pay", 1.0)),
    "twice": (*_YES, ("pay_some", 0.6), ("pay", 1.0)),
    "mended": (("turn_back", 0.02), ("mend", 0.08), *_YES, ("pay", 1.0)),
    "came_back": (*_YES, ("pay", 0.5), ("bring_back", 1.0)),
    "helped": (*_WORK, ("help_first", 1.0), ("pay", 0.1)),
    "helped_approved": (*_WORK, ("help_first", 1.0), ("pay", 0.1), ("approve_after", 1.0)),
}
AFTER = {"pay", "pay_some", "bring_back", "expire", "approve_after"}


@dataclass(frozen=True, kw_only=True)
class Need:
    """What a family asks for, why, and how quickly it goes."""

    kind: str
    words: str
    lines: Sequence[tuple[Person, str, int, str]]
    urgency: str
    channel: str = "walk_in"
    happened_before: int = 2
    hours: float = 24
    """Until the decision."""
    paid_after: float = 24
    """Hours from the decision until it is fetched."""
    figures: Mapping[str, Any]
    code: str = "not_needed"
    told: str = "The family has other means, as the visit at home showed."


def _counted(told: str, amount: int) -> dict[str, Any]:
    number, unit = COUNTED_AS.get(told, (0, ""))
    if not number or amount % number:
        return {}
    return {"quantity": number, "unit": unit, "unit_cost": Decimal(amount // number)}


class Way:
    """Plays one request of a household as far as its way goes and as the day has come."""

    def __init__(self, team: Team, house: Household, need: Need, way: str, start: datetime, turn: int) -> None:
        self.team, self.house, self.need, self.way, self.start = team, house, need, way, start
        self.asker = team.askers[turn % len(team.askers)]
        self.officer, self.second = team.officers[turn % 2], team.officers[(turn + 1) % 2]
        self.turn = turn
        self.request: AssistanceRequest

    def steps(self, now: datetime, *, in_hours: bool = True) -> Iterator[Step]:
        """Each act with its moment; what is still to come is left out."""
        for name, at in (("ask", self.start), *self._moments()):
            moment = opening(at) if in_hours else at
            if moment > now:
                return
            yield moment, lambda name=name, moment=moment: self.do(name, moment)  # type: ignore[misc]

    def _moments(self) -> Iterator[tuple[str, datetime]]:
        decided = opening(self.start + timedelta(hours=self.need.hours))
        for name, part in WAYS[self.way]:
            if name == "expire":
                yield name, decided + timedelta(days=WAITS_DAYS)
            elif name in AFTER:
                at = decided + timedelta(hours=self.need.paid_after * part)
                yield name, at
                if name == "pay" and self._is_told_later(opening(at)):
                    yield "tell_of_kits", opening(at) + timedelta(days=1)
            else:
                yield name, self.start + timedelta(hours=self.need.hours * part)

    def _is_told_later(self, paid: datetime) -> bool:
        """Kits for some villages are handed over by who goes there, and told a day later, in time for the month."""
        return self.turn % 4 == 0 and timezone.localdate(paid + timedelta(days=1)).day > 1

    def do(self, name: str, moment: datetime) -> None:
        """One act of the way."""
        if name != "ask":
            self.request = AssistanceRequest.rows.select_related("case", "incident", "office", "approval").get(
                pk=self.request.pk
            )
        with as_of(moment):
            getattr(self, name)(moment)

    # acts, each by whoever does it

    def ask(self, now: datetime) -> None:
        need, house = self.need, self.house
        is_first = not house.case.consents.filter(purpose=PROGRAMME).exists()
        consent = {"given_by_name": house.mother.name, "relation": "mother", "how": "thumb", "language": "my"}
        self.request = asking.ask_for_help(
            case=house.case, requester=house.mother, lines=self._asked(), channel=need.channel, urgency=need.urgency,
            need=need.words, by=self.asker, now=now, incident=self._incident(timezone.localdate(now)),
            consent=consent if is_first else None,
        )  # fmt: skip

    def _asked(self) -> list[asking.AskedLine]:
        return [
            asking.AskedLine(child=child, kind=kind, asked=Decimal(amount), words=told, **_counted(told, amount))
            for child, kind, amount, told in self.need.lines
        ]

    def _incident(self, today: date) -> dict[str, Any]:
        need = self.need
        return {
            "kind": need.kind, "occurred_on": today - timedelta(days=need.happened_before),
            "employer": "Green Farm" if need.kind in EMPLOYED else "",
        }  # fmt: skip

    def mend(self, now: datetime) -> None:
        asking.ask_again(
            request=self.request, incident=self._incident(timezone.localdate(self.start)), lines=self._asked(),
            urgency=self.need.urgency, need=self.need.words, by=self.asker, now=now,
        )  # fmt: skip

    def take_back(self, now: datetime) -> None:
        reason = "The family moved to relatives, who help."
        asking.take_back(request=self.request, reason=reason, by=self.asker, now=now)

    def screen(self, now: datetime) -> None:
        who = PAYERS.get(self.need.kind, "none")
        deciding.screen(
            request=self.request, entitlement=who, status="not_eligible" if who == "none" else "applied", amount=None,
            decided=frozenset(row.pk for row in earlier_requests(self.request)), by=self.officer, now=now,
        )  # fmt: skip

        insured = AssistanceLine.rows.filter(request_id=self.request.pk, kind=LineKind.HEALTH_INSURANCE, state="asked")
        for line in insured.select_related("child", "request"):
            self._price(line, now)

    def _price(self, line: AssistanceLine, now: datetime) -> None:
        """What the insurance costs at the child's age, where there is a price for it."""
        today = timezone.localdate(now)
        scheme = fitting_scheme(line.child, today)
        if scheme:
            insurance.quote_insurance(
                line=line, scheme=scheme, hospital=hospital_near(self.team), starts_on=today, by=self.officer, now=now
            )

    def turn_back(self, now: datetime) -> None:
        self._away(RequestState.RETURNED, "papers", "The quote of the hospital is missing.", now)

    def refer(self, now: datetime) -> None:
        self._away(RequestState.REFERRED_OUT, "entitlement", "The hospital’s own social fund pays for this stay.", now)

    def refuse(self, now: datetime) -> None:
        self._away(RequestState.INELIGIBLE, "outside", "School fees are not for this fund; the school was told.", now)

    def _away(self, to: RequestState, code: str, told: str, now: datetime) -> None:
        deciding.turn_away(request=self.request, to=to, code=code, told=told, by=self.officer, now=now)

    def assess(self, now: datetime) -> None:
        deciding.assess(
            request=self.request, figures=self.need.figures, needs=list(lacks_of(self.need)), by=self.officer, now=now
        )

    def recommend(self, now: datetime) -> None:
        lines = list(self.request.lines.filter(state="asked"))
        chosen = {line.pk: self._budget(line, timezone.localdate(now)) for line in lines}
        total = sum((line.asked for line in lines), Decimal(0))
        hospital = hospital_near(self.team).name("en")
        others = {line.pk: hospital for line in lines if line.modality == Modality.SERVICE}
        by_voucher = [line.pk for line in lines if line.kind == LineKind.NUTRITION and self.turn % 4 == 1]
        deciding.recommend(
            request=self.request, budget=chosen, total=total, providers=others | dict.fromkeys(by_voucher, SHOP),
            ways=dict.fromkeys(by_voucher, Modality.VOUCHER), by=self.officer, now=now,
        )  # fmt: skip

    def _budget(self, line: AssistanceLine, on: date) -> BudgetLine:
        """A budget line that pays for it on the day and has enough; where two do, by turns."""
        paying = BudgetLine.rows.filter(
            office=self.team.office, kinds__contains=[line.kind], left__gte=line.asked * 2, source__starts_on__lte=on,
            source__ends_on__gte=on,
        ).order_by("pk")  # fmt: skip
        fitting = list(paying)
        return fitting[self.turn // 2 % len(fitting)]

    def approve(self, now: datetime) -> None:
        """The first step, where there are two."""
        if len(self._chain.steps) > 1:
            self._act(Act.APPROVE, now)

    def approve_last(self, now: datetime) -> None:
        self._act(Act.APPROVE, now)

    def help_first(self, now: datetime) -> None:
        """A life is at risk: the officer who signs first lets it be paid at once."""
        emergencies.help_now(request=self.request, reason=self.need.words, by=self.second, now=now)

    def approve_after(self, now: datetime) -> None:
        self._act(Act.APPROVE, now)

    def _policies(self, state: PolicyState) -> list[InsurancePolicy]:
        return list(InsurancePolicy.rows.filter(line__request=self.request, state=state))

    def reject(self, now: datetime) -> None:
        self._act(Act.REJECT, now, code=self.need.code, comment=self.need.told)

    @property
    def _chain(self) -> Any:
        return self.request.approval

    def _act(self, act: Act, now: datetime, **words: str) -> None:
        role = self._chain.steps[self._chain.step]["role"]
        by = {"FO": self.second, "FA": self.team.manager, "PM": self.team.head}[role]
        deciding.decide(request=self.request, act=act, amounts={}, by=by, now=now, **words)

    def pay(self, now: datetime) -> None:
        for policy in self._policies(PolicyState.QUOTED):
            cards.order_insurance(policy=policy, starts_on=timezone.localdate(now), by=self.officer, now=now)
        for line in self._open_lines():
            if not (line.kind == LineKind.HYGIENE_KIT and self._is_told_later(now)):
                self._pay(line, line.to_pay, now)
        for policy in self._policies(PolicyState.ORDERED):
            cards.take_card(
                policy=policy, number=f"63-{policy.pk:06}", valid_from=policy.cover.valid_from,
                valid_to=policy.cover.valid_to, photo=None, by=self.asker, now=now,
            )  # fmt: skip

    def tell_of_kits(self, now: datetime) -> None:
        """What was handed over yesterday."""
        for line in self._open_lines().filter(kind=LineKind.HYGIENE_KIT):
            self._hand_over(
                line, Decimal(1), self._to_mother(line, now), on=timezone.localdate(now - timedelta(days=1))
            )

    def _open_lines(self) -> Any:
        return self.request.lines.filter(state__in=["approved", "partly"])

    def pay_some(self, now: datetime) -> None:
        line = self.request.lines.filter(state="approved")[0]
        self._pay(line, (line.to_pay / 2).quantize(Decimal(1)), now)

    def _pay(self, line: AssistanceLine, amount: Decimal, now: datetime) -> None:
        to_mother = self._to_mother(line, now)
        if line.kind == LineKind.HYGIENE_KIT:
            self._hand_over(line, amount / line.to_pay, to_mother, on=timezone.localdate(now))
        elif payee_of(line, "en"):
            delivering.pay(line=line, amount=amount, provider_receipt=f"H-{line.pk:06}", **self._paid(line, now))
        else:
            delivering.pay(line=line, amount=amount, **to_mother | self._account_for(line, now))

    def _paid(self, line: AssistanceLine, now: datetime) -> dict[str, Any]:
        return {"key": f"line-{line.pk}-{line.deliveries.count() + 1}", "by": self.team.cashier, "now": now}

    def _to_mother(self, line: AssistanceLine, now: datetime) -> dict[str, Any]:
        return self._paid(line, now) | {
            "received_by": self.house.mother, "relation": "mother", "proof": "thumb_print", "witness": "Ma Khin",
        }  # fmt: skip

    def _account_for(self, line: AssistanceLine, now: datetime) -> dict[str, Any]:
        """Every third family has its cash sent by PromptPay."""
        family = line.request.family_id
        if line.modality != Modality.CASH or family % 3:
            return {}
        account = account_of(family) or self._account_of(line.request, now)
        sent = {"account": account, "reference": f"T{line.pk:08}"}
        return sent | {"proof": ReceiverProof.BANK_SLIP, "witness": ""}

    def _account_of(self, request: AssistanceRequest, now: datetime) -> FamilyAccount:
        """One officer writes it down, another confirms it."""
        account = Account(bank=Bank.PROMPTPAY, number=f"08{request.family_id:08}", holder=self.house.mother.name)
        made = accounts.write_account(request=request, account=account, by=self.officer, now=now)
        return accounts.confirm_account(account=made, by=self.second, now=now)

    def _hand_over(self, line: AssistanceLine, part: Decimal, facts: Mapping[str, Any], *, on: date) -> None:
        """So large a part of a kit, from the first store of the office."""
        store = Store.rows.filter(office=self.team.office).order_by("pk")[0]
        picked = kits.make_pick_list(line=line, store=store, by=facts["by"], now=facts["now"], on=on)
        rows = picked.items.filter(lot__isnull=False)
        quantities = {row.pk: (row.left * part).to_integral_value(ROUND_CEILING) for row in rows}
        kits.hand_over_kit(picked=picked, quantities=quantities, on=on, **facts)

    def bring_back(self, now: datetime) -> None:
        delivery = Delivery.rows.filter(line__request=self.request, pick_list__isnull=True).first()
        if delivery is None:
            return
        delivering.take_return(
            delivery=delivery, amount=(delivery.amount / 4).quantize(Decimal(1)), key=f"{delivery.pk}-1",
            reason="The hospital asked for less than its quote.", by=self.team.cashier, now=now,
        )  # fmt: skip

    def expire(self, now: datetime) -> None:
        delivering.expire(request=self.request, by=self.officer, now=now)


def hospital_near(team: Team) -> Any:
    """A hospital of the district where the families live, or of the province, by the codes of the places."""
    _village, place = PLACES[team.office.code]
    return max(hospitals(), key=lambda hospital: [(hospital.place_id or "").startswith(place[:n]) for n in (2, 4)])


def opening(moment: datetime) -> datetime:
    """The moment, or when the office opens next."""
    here = timezone.localtime(moment)
    if here.hour < OPENS:
        return here.replace(hour=OPENS, minute=0, second=0, microsecond=0)
    if here.hour >= CLOSES:
        return (here + timedelta(days=1)).replace(hour=OPENS, minute=0, second=0, microsecond=0)
    return here
