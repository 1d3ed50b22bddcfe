"""No sequence of acts makes money, lets anybody decide their own request, pays twice or helps a child twice."""

from __future__ import annotations

import random
import threading
from collections import Counter
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from casework.aid.models import AidGiven
from casework.aid.states import LIVE
from casework.approvals.models import ApprovalAction
from casework.approvals.states import Act
from casework.funds.models import BudgetEntry, BudgetLine
from casework.funds.rules.budget import against_entry
from casework.funds.states import AMOUNTS, EFFECTS, EntryKind
from casework.kernel.refusals import Refusal
from casework.people.services.families import add_member, create_family
from emergency_fund.models import AssistanceLine, AssistanceRequest, Delivery, DeliveryReturn
from emergency_fund.queries.used import COOLING
from emergency_fund.services import asking, deciding, delivering, emergencies
from emergency_fund.states import RequestState
from tests.factories.accounts import make_grant, make_user
from tests.factories.cases import make_case, make_consent
from tests.factories.cast import make_cast
from tests.factories.funds import make_line
from tests.factories.people import make_grown_up, make_person

from .test_money_path import FIGURES, NO_LONGER, SCREENED

pytestmark = pytest.mark.django_db
SOON = "E-EAF-10"
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
KINDS = ("health_cost", "nutrition", "hygiene_kit")
WHY = {"code": "papers", "comment": "The quote of the hospital is missing"}
ROLES = {
    "desk": ("CW",), "officer": ("FO",), "second": ("FO",), "manager": ("FA",), "head": ("PM",), "cashier": ("CSH",),
    "all": ("CW", "FO", "FA", "PM", "CSH"), "boss": ("FA", "CSH"),
}  # fmt: skip
"""Somebody under every role, and a manager who pays: the refusals must not rest on who holds which role."""
WHO = st.sampled_from(sorted(ROLES))
OFFICERS = st.sampled_from([name for name, roles in ROLES.items() if "FO" in roles])
WHICH = st.integers(0, 3)
PAYABLE = ("approved", "partly", "delivered")
PART = st.sampled_from([Decimal("0.25"), Decimal("0.333"), Decimal(1), Decimal("1.01")])


def family_of(cast) -> tuple[Any, Any]:
    """A case with its child, and the mother."""
    worker = cast.of("CW")
    family = create_family(by=worker)
    child, mother = make_person("Eh Soe Paw", born=date(2024, 7, 1)), make_person("Naw Paw", born=date(1995, 3, 1))
    add_member(family=family, person=child, role="child", by=worker)
    add_member(family=family, person=mother, role="mother", by=worker)
    case = make_case(cast.mae_sot, worker, child=child, family=family)
    make_consent(case, worker, purpose="emergency_fund")
    return case, mother


def staff(office) -> dict[str, Any]:
    """People under each set of roles."""
    people = {}
    for name, roles in ROLES.items():
        people[name] = make_user(f"{name}.proof")
        for role in roles:
            make_grant(people[name], role, office)
    return people


class FundMachine(RuleBasedStateMachine):
    """Everybody tries everything on the requests of one family; what is refused leaves nothing behind."""

    cast: Any = None
    world: Any = None
    tried: Counter[str] = Counter()
    """What was done in all sequences together."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.people, self.case, self.mother, self.line = self.world
        self.turn, self.now = 0, NOW
        self.made_by: dict[int, set[int]] = {}
        self.done: Counter[str] = Counter()

    def attempt(self, name: str, call: Any, **facts: Any) -> Any:
        try:
            with transaction.atomic():
                result = call(now=self.now, **facts)
        except Refusal:
            return None
        self.done[name] += 1
        return result

    def request(self, which: int) -> AssistanceRequest | None:
        found = list(AssistanceRequest.rows.order_by("pk"))
        return found[which % len(found)] if found else None

    def maker(self, request: AssistanceRequest, who: str) -> None:
        self.made_by.setdefault(request.pk, set()).add(self.people[who].pk)

    @initialize(officers=st.tuples(OFFICERS, OFFICERS), baht=st.integers(1, 6000))
    def one_waits_and_one_is_approved(self, officers: tuple[str, str], baht: int) -> None:
        """What leads to a decision and to money is mostly refused when it is tried at random."""
        for number, (officer, kind) in enumerate(zip(officers, KINDS, strict=False)):
            self.ask("desk", {kind}, baht, False)
            self.go_to_the_decision(number, officer)
        for who in ("officer", "second", "manager"):
            self.decide(1, who, Act.APPROVE, Decimal(1))

    @rule(who=WHO, kinds=st.sets(st.sampled_from(KINDS), min_size=1), baht=st.integers(1, 6000), urgent=st.booleans())
    def ask(self, who: str, kinds: set[str], baht: int, urgent: bool) -> None:
        lines = [asking.AskedLine(child=self.case.child, kind=kind, asked=Decimal(baht)) for kind in sorted(kinds)]
        made = self.attempt(
            "ask", asking.ask_for_help, case=self.case, requester=self.mother, lines=lines, channel="walk_in",
            urgency="24h" if urgent else "72h", need="x", by=self.people[who],
            incident={"kind": "illness", "occurred_on": TODAY - timedelta(days=3)}, acknowledged=[SOON],
        )  # fmt: skip
        if made:
            self.maker(made, who)

    @rule(days=st.sampled_from([1, 2, 31]))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(which=WHICH, officer=WHO)
    def go_to_the_decision(self, which: int, officer: str) -> None:
        request = self.request(which)
        if request is None:
            return
        by = self.people[officer]
        earlier = frozenset(AssistanceRequest.rows.values_list("pk", flat=True))
        self.attempt("screen", deciding.screen, request=request, decided=earlier, by=by, **SCREENED)
        request.refresh_from_db()
        if self.attempt("assess", deciding.assess, request=request, figures=FIGURES, by=by):
            self.maker(request, officer)
        lines = list(request.lines.filter(state="asked"))
        total = sum((line.asked for line in lines), Decimal(0))
        budget = {line.pk: self.line for line in lines}
        if self.attempt("recommend", deciding.recommend, request=request, budget=budget, total=total, by=by):
            self.maker(request, officer)

    @rule(which=WHICH, who=WHO, act=st.sampled_from([Act.APPROVE] * 4 + list(Act)), part=PART)
    def decide(self, which: int, who: str, act: Act, part: Decimal) -> None:
        request = self.request(which)
        if request is None or request.approval is None:
            return
        amounts = {line.pk: (line.worth * part).quantize(Decimal("0.01")) for line in request.lines.all()}
        by = self.people[who]
        self.attempt(f"{act}", deciding.decide, request=request, act=act, amounts=amounts, by=by, **WHY)

    @rule(which=WHICH, who=WHO)
    def help_first(self, which: int, who: str) -> None:
        request = self.request(which)
        if request is not None:
            self.attempt("first", emergencies.help_now, request=request, reason=WHY["comment"], by=self.people[who])

    @precondition(lambda self: AssistanceLine.rows.filter(state__in=PAYABLE).exists())
    @rule(which=WHICH, who=WHO, part=PART, again=st.booleans())
    def pay(self, which: int, who: str, part: Decimal, again: bool) -> None:
        lines = list(AssistanceLine.rows.filter(state__in=PAYABLE).order_by("pk"))
        line = lines[which % len(lines)]
        self.turn += 0 if again else 1
        amount = ((line.approved or Decimal(0)) * part).quantize(Decimal("0.01"))
        self.attempt(
            "pay", delivering.pay, line=line, amount=amount, received_by=self.mother, relation="mother", witness="",
            proof="known_to_staff", key=f"line-{line.pk}-{self.turn}", by=self.people[who],
        )  # fmt: skip

    @precondition(lambda self: Delivery.rows.exists())
    @rule(which=WHICH, who=WHO, part=PART)
    def take_return(self, which: int, who: str, part: Decimal) -> None:
        made = list(Delivery.rows.order_by("pk"))
        delivery = made[which % len(made)]
        self.turn += 1
        amount = (delivery.amount * part).quantize(Decimal("0.01"))
        facts = {"delivery": delivery, "amount": amount, "reason": "The hospital gave it back"}
        self.attempt("return", delivering.take_return, key=f"r-{self.turn}", by=self.people[who], **facts)

    @rule(which=WHICH, who=WHO, how=st.sampled_from(["take back", "expire", "mend"]))
    def end(self, which: int, who: str, how: str) -> None:
        request = self.request(which)
        if request is None:
            return
        by = self.people[who]
        if how == "expire":
            AssistanceRequest.rows.filter(pk=request.pk, expires_on__isnull=False).update(expires_on=date(2020, 1, 1))
            request.refresh_from_db()
            self.attempt("expire", delivering.expire, request=request, by=by)
        elif how == "take back":
            self.attempt("back", asking.take_back, request=request, reason=NO_LONGER, by=by)
        elif request.state == RequestState.RETURNED and self.attempt(
            "mend", asking.ask_again, request=request, urgency="72h", need="y", by=by,
            incident={"kind": "illness", "occurred_on": TODAY - timedelta(days=3)},
            lines=[asking.AskedLine(child=self.case.child, kind="nutrition", asked=Decimal(700))], acknowledged=[SOON],
        ):  # fmt: skip
            self.maker(request, who)

    def teardown(self) -> None:
        FundMachine.tried += self.done
        try:
            self.check()
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def check(self) -> None:
        """What must hold after whatever was done."""
        self.line.refresh_from_db()
        entries = list(BudgetEntry.rows.filter(line=self.line))
        for name in AMOUNTS:
            folded = sum(asdict(EFFECTS[EntryKind(entry.kind)])[name] * entry.amount for entry in entries)
            assert getattr(self.line, name) == folded >= 0
        assert self.line.left >= 0
        paid = sum(Delivery.rows.values_list("amount", flat=True), Decimal(0))
        back = sum(DeliveryReturn.rows.values_list("amount", flat=True), Decimal(0))
        assert self.line.disbursed == paid - back
        for line in AssistanceLine.rows.all():
            assert (
                line.paid == sum(line.deliveries.values_list("amount", flat=True), Decimal(0)) <= (line.approved or 0)
            )
        waiting = AssistanceLine.rows.filter(state="asked", request__state=RequestState.IN_APPROVAL)
        promised = AssistanceLine.rows.filter(state__in=["approved", "partly"])
        assert self.line.reserved == sum((line.asked for line in waiting), Decimal(0))
        assert self.line.committed == sum((line.worth - line.paid for line in promised), Decimal(0))
        roles = {person.pk: ROLES[name] for name, person in self.people.items()}
        for request in AssistanceRequest.rows.all():
            made = self.made_by.get(request.pk, set())
            paid_by = set(Delivery.rows.filter(line__request=request).values_list("by_id", flat=True))
            signed = ApprovalAction.objects.filter(request=request.approval, act=Act.APPROVE)
            last = set(signed.values_list("user", flat=True))
            for act in signed:
                assert request.approval.steps[act.step]["role"] in roles[act.user_id], "signed in a role of others"
            assert not made & last, "who made it approved it"
            assert not paid_by & (made | last), "who made or approved it paid it"
        live = Counter(AidGiven.rows.filter(state__in=LIVE).values_list("child", "kind", "period"))
        assert not [key for key, number in live.items() if number > 1], "helped twice"
        for kind in COOLING:
            given = AidGiven.rows.filter(state__in=LIVE, kind=kind).order_by("promised_on")
            days = list(given.values_list("promised_on", flat=True))
            assert all(later - day >= timedelta(days=30) for day, later in pairwise(days)), "helped again too soon"


def test_no_sequence_of_acts_cheats(cast):
    line = make_line(cast.mae_sot, cast.of("FA"), 9_000, kinds=list(KINDS))
    FundMachine.world = (staff(cast.mae_sot), *family_of(cast), line)
    run_state_machine_as_test(
        FundMachine, settings=settings(max_examples=25, stateful_step_count=40, deadline=None, database=None)
    )
    assert {"ask", "recommend", "approve", "pay"} <= set(FundMachine.tried), "the sequences reach the money"


def test_the_machine_really_helps_pays_and_refuses(cast):
    """The acts of the machine do something: the plain way through it, and a maker who is refused."""
    line = make_line(cast.mae_sot, cast.of("FA"), 9_000, kinds=list(KINDS))
    FundMachine.world = (staff(cast.mae_sot), *family_of(cast), line)
    machine = FundMachine()
    machine.ask("desk", {"health_cost"}, 5500, True)
    machine.go_to_the_decision(0, "officer")
    machine.decide(0, "all", Act.APPROVE, Decimal(1))
    assert machine.done["approve"] == 1  # under another role than the maker's
    machine.decide(0, "officer", Act.APPROVE, Decimal(1))
    machine.decide(0, "all", Act.APPROVE, Decimal(1))
    assert machine.done["approve"] == 1
    machine.decide(0, "boss", Act.APPROVE, Decimal(1))
    machine.pay(0, "boss", Decimal(1), False)
    assert not machine.done["pay"]
    machine.pay(0, "cashier", Decimal("0.25"), False)
    machine.pay(0, "cashier", Decimal("0.25"), True)
    assert Delivery.rows.count() == 1
    machine.take_return(0, "cashier", Decimal("0.333"))
    assert {"ask", "screen", "assess", "recommend", "approve", "pay", "return"} <= set(machine.done)
    machine.teardown()


def test_after_ten_thousand_acts_the_balance_is_the_sum_of_its_entries_to_the_satang(cast):
    manager, chance = cast.of("FA"), random.Random(2569)
    line = make_line(cast.mae_sot, manager, 50_000)
    shadow = BudgetLine.rows.select_related("source").get(pk=line.pk)
    kinds, made, refused = list(EntryKind), [], 0
    for number in range(10_000):
        kind, amount = chance.choice(kinds), Decimal(chance.randint(1, 900_000)) / 100
        if any(against_entry(shadow, kind, amount, on=TODAY)):
            refused += 1
            continue
        for name, effect in asdict(EFFECTS[kind]).items():
            setattr(shadow, name, getattr(shadow, name) + effect * amount)
        shadow.left = shadow.allotted - shadow.reserved - shadow.committed - shadow.disbursed
        made.append(
            BudgetEntry(
                line=line, kind=kind, amount=amount, on=TODAY, key=f"proof-{number}", subject_type="x", subject_id=1,
                by=manager, at=NOW,
            )
        )  # fmt: skip
    BudgetEntry.rows.bulk_create(made, batch_size=1000)
    line.refresh_from_db()
    assert refused > 100 < len(made)
    for name in (*AMOUNTS, "left"):
        assert getattr(line, name) == getattr(shadow, name) >= 0, name
    folded = sum(
        asdict(EFFECTS[EntryKind(kind)])["reserved"] * amount
        for kind, amount in BudgetEntry.rows.filter(line=line).values_list("kind", "amount")
    )
    assert line.reserved == folded


def at_once(number: int, call: Any) -> list[str]:
    """The answers of so many at the same moment."""
    together, answers = threading.Barrier(number), []

    def press(n: int) -> None:
        together.wait()
        try:
            answers.append(str(call(n).state))
        except Refusal as refusal:
            answers.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[n]) for n in range(number)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return sorted(answers)


@pytest.mark.django_db(transaction=True)
def test_twenty_requests_of_thirty_at_once_on_a_line_of_a_hundred_leave_three():
    cast = make_cast()
    case, _mother = family_of(cast)
    line = make_line(cast.mae_sot, cast.of("FA"), 100, kinds=["health_cost"])
    officer, waiting = cast.of("FO"), []
    for _ in range(20):
        request = asking.ask_for_help(
            case=case, requester=make_grown_up(), channel="walk_in", urgency="72h", need="x", by=cast.of("CW"), now=NOW,
            incident={"kind": "illness", "occurred_on": TODAY - timedelta(days=1)},
            lines=[asking.AskedLine(child=case.child, kind="health_cost", asked=Decimal(30))],
            acknowledged=["E-EAF-262"],
        )  # fmt: skip
        earlier = frozenset(AssistanceRequest.rows.values_list("pk", flat=True))
        request = deciding.screen(request=request, decided=earlier, by=officer, now=NOW, **SCREENED)
        deciding.assess(request=request, figures=FIGURES, by=officer, now=NOW)
        waiting.append((request, {request.lines.get().pk: line}))

    def recommend(n: int) -> AssistanceRequest:
        request, budget = waiting[n]
        return deciding.recommend(request=request, budget=budget, total=Decimal(30), by=officer, now=NOW)

    assert at_once(20, recommend) == ["E-BUD-01"] * 17 + ["in_approval"] * 3
    line.refresh_from_db()
    assert (line.reserved, line.left) == (90, 10)


@pytest.mark.django_db(transaction=True)
def test_twenty_last_approvals_at_once_leave_one_decision_and_one_entry():
    cast = make_cast()
    case, _mother = family_of(cast)
    line = make_line(cast.mae_sot, cast.of("FA"), 1000, kinds=["health_cost"])
    officers = [make_user(f"fo.{n}") for n in range(20)]
    for person in officers:
        make_grant(person, "FO", cast.mae_sot)
    request = asking.ask_for_help(
        case=case, requester=make_grown_up(), channel="walk_in", urgency="72h", need="x", by=cast.of("CW"), now=NOW,
        incident={"kind": "illness", "occurred_on": TODAY - timedelta(days=1)},
        lines=[asking.AskedLine(child=case.child, kind="health_cost", asked=Decimal(30))],
    )  # fmt: skip
    request = deciding.screen(request=request, decided=frozenset(), by=cast.of("FO"), now=NOW, **SCREENED)
    deciding.assess(request=request, figures=FIGURES, by=cast.of("FO"), now=NOW)
    budget = {request.lines.get().pk: line}
    deciding.recommend(request=request, budget=budget, total=Decimal(30), by=cast.of("FO"), now=NOW)

    def decide(n: int) -> AssistanceRequest:
        own = AssistanceRequest.rows.select_related("approval").get(pk=request.pk)
        return deciding.decide(request=own, act=Act.APPROVE, amounts={}, by=officers[n], now=NOW)

    answers = at_once(20, decide)
    assert answers.count("approved") == 1 and set(answers) <= {"approved", "APR-STATE", "E-EAF-28"}
    assert ApprovalAction.objects.filter(act=Act.APPROVE).count() == 1
    assert BudgetEntry.rows.filter(kind=EntryKind.COMMIT).count() == 1
    assert AidGiven.rows.count() == 1
