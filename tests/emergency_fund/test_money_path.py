"""From what a family asks to what is promised: each baht asked for, approved or released, and no help twice."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.aid.models import AidGiven
from casework.aid.services import promise_aid
from casework.approvals.services.chains import act_on
from casework.approvals.states import Act
from casework.cases.services.records import withdraw_consent
from casework.funds.models import BudgetLine
from casework.kernel.dates import add_years
from casework.kernel.refusals import Refusal
from casework.people.models import Person
from casework.people.services.families import add_member
from emergency_fund.models import AssistanceRequest
from emergency_fund.queries.appeals import lines_appealed, missed_of
from emergency_fund.services.asking import AskedLine, ask_again, ask_for_help
from emergency_fund.services.deciding import assess, decide, recommend, screen, turn_away
from emergency_fund.states import RequestState
from tests.factories.accounts import make_grant, make_user
from tests.factories.people import make_grown_up, make_person

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
FIGURES = {"income": Decimal(3000), "expenses": Decimal(6000), "debt": Decimal(10000), "earners": 0, "dependants": 4,
           "food_days": 2}  # fmt: skip
NO_LONGER = "The employer has paid the hospital"
LESS = {"code": "costs_less", "comment": "The hospital takes less than it first said"}
SCREENED = {"entitlement": "wcf", "status": "applied", "amount": None}


def ask(cast, case, *lines: tuple[str, int], **facts: object) -> AssistanceRequest:
    made = [
        AskedLine(child=case.child, kind=kind, asked=Decimal(amount))
        for kind, amount in lines or (("health_cost", 3900), ("nutrition", 800))
    ]
    values = {
        "requester": make_grown_up(), "channel": "walk_in", "urgency": "72h",
        "need": "Pneumonia, three nights in hospital", "acknowledged": ["E-EAF-262", "E-EAF-263"],
        "incident": {"kind": "work_injury", "occurred_on": TODAY - timedelta(days=5)},
    }  # fmt: skip
    return ask_for_help(case=case, lines=made, by=cast.of("CW"), now=NOW, **values | facts)


def recommended(cast, request: AssistanceRequest, budget: BudgetLine, **more: object) -> AssistanceRequest:
    officer = cast.of("FO")
    request = screen(request=request, by=officer, now=NOW, **{"decided": frozenset(), **SCREENED, **more})
    assess(request=request, figures=FIGURES, by=officer, now=NOW)
    lines = {line.pk: budget for line in request.lines.all()}
    total = sum(line.asked for line in request.lines.all())
    return recommend(request=request, budget=lines, total=total, by=officer, now=NOW)


def second_officer(cast):
    person = make_user("fo.two")
    make_grant(person, "FO", cast.mae_sot)
    return person


def amounts(line: BudgetLine) -> tuple[int, ...]:
    line.refresh_from_db()
    return tuple(int(getattr(line, name)) for name in ("reserved", "committed", "left"))


def refused(call, *args, **more) -> str:
    with pytest.raises(Refusal) as answer:
        call(*args, **more)
    return answer.value.code


def test_asked_reserved_approved_promised(cast, case, budget):
    request = recommended(cast, ask(cast, case), budget)
    assert amounts(budget) == (4700, 0, 5300)
    assert (request.state, request.number) == (RequestState.IN_APPROVAL, f"EAF-MS-{TODAY.year}-0001")
    for maker in ("CW", "FO"):
        assert refused(act_on, request=request.approval, act=Act.APPROVE, by=cast.of(maker), now=NOW) in (
            "E-APR-01", "E-APR-03",
        )  # fmt: skip
    act_on(request=request.approval, act=Act.APPROVE, by=second_officer(cast), now=NOW)
    request.refresh_from_db()
    assert (request.state, amounts(budget)) == (RequestState.APPROVED, (0, 4700, 5300))
    assert {(aid.kind, int(aid.amount), aid.state) for aid in AidGiven.rows.all()} == {
        ("health_cost", 3900, "promised"), ("nutrition", 800, "promised"),
    }  # fmt: skip


@pytest.mark.parametrize("act, state", [(Act.REJECT, "rejected"), (Act.RETURN, "returned")])
def test_what_is_not_approved_is_released(cast, case, budget, act, state):
    request = recommended(cast, ask(cast, case), budget)
    act_on(
        request=request.approval, act=act, by=second_officer(cast), now=NOW, code="papers",
        comment="The quote of the hospital is missing",
    )  # fmt: skip
    request.refresh_from_db()
    assert (request.state, amounts(budget), AidGiven.rows.count()) == (state, (0, 0, 10_000), 0)


def test_each_guard_of_asking_and_its_twin(cast, case):
    def incident(days: int) -> dict:
        return {"kind": "illness", "occurred_on": TODAY - timedelta(days=days)}

    consent = case.consents.get()
    withdraw_consent(consent=consent, by=cast.of("CW"), today=TODAY)
    assert refused(ask, cast, case) == "E-EAF-01"
    told = {"given_by_name": "Naw Paw", "relation": "mother", "how": "spoken", "language": "ksw"}
    assert ask(cast, case, consent=told).pk
    assert refused(ask, cast, case, incident=incident(-1)) == "E-EAF-03"
    assert refused(ask, cast, case, incident=incident(-198_330)) == "E-EAF-03", "a Thai year read as another one"
    assert refused(ask, cast, case, incident=incident(181)) == "E-EAF-04"
    assert refused(ask, cast, case, incident=incident(5) | {"earner": make_person("Saw Other")}) == "E-EAF-260"
    assert ask(cast, case, incident=incident(181), old_reason="They were in hospital all the time").pk
    assert ask(cast, case, incident=incident(180)).pk
    case.child.born_on = date(2000, 1, 1)
    case.child.save()
    assert refused(ask, cast, case) == "E-EAF-02"


def test_each_guard_of_screening_and_recommending_and_its_twin(cast, case, budget):
    first = ask(cast, case)
    officer = cast.of("FO")
    assert refused(recommended, cast, first, budget, status="not_checked") == "E-EAF-06"
    other = ask(cast, case)
    plain = {"request": other, "by": officer, "now": NOW, **SCREENED}
    assert refused(screen, decided=frozenset(), **plain) == "E-EAF-05"
    other = screen(decided=frozenset({first.pk}), **plain)
    lines = {line.pk: budget for line in other.lines.all()}
    facts = {"request": other, "budget": lines, "total": Decimal(4700), "by": officer, "now": NOW}
    assert refused(recommend, **facts) == "E-EAF-07"
    assess(request=other, figures=FIGURES, by=officer, now=NOW)
    assert refused(recommend, **facts | {"total": Decimal("4700.01")}) == "E-EAF-08"
    assert refused(recommend, **facts | {"budget": {}}) == "E-EAF-25"
    assert recommend(**facts).state == RequestState.IN_APPROVAL
    assert amounts(budget) == (4700, 0, 5300)


def test_a_family_gets_so_much_in_a_year_what_it_asks_for_included(cast, case, budget):
    ask(cast, case, ("health_cost", 9000))
    second = ask(cast, case, ("nutrition", 6001))
    earlier = frozenset(AssistanceRequest.rows.exclude(pk=second.pk).values_list("pk", flat=True))

    def go(request: AssistanceRequest) -> AssistanceRequest:
        officer = cast.of("FO")
        request = screen(request=request, decided=earlier, by=officer, now=NOW, **SCREENED)
        assess(request=request, figures=FIGURES, by=officer, now=NOW)
        lines, total = {line.pk: budget for line in request.lines.all()}, request.lines.get().asked
        return recommend(request=request, budget=lines, total=total, by=officer, now=NOW)

    assert refused(go, second) == "E-EAF-09"
    second.lines.update(asked=Decimal(6000))
    second.refresh_from_db()
    facts = {"budget": {second.lines.get().pk: budget}, "total": Decimal(6000), "by": cast.of("FO"), "now": NOW}
    assert recommend(request=second, **facts).state == RequestState.IN_APPROVAL


def test_who_asks_is_old_enough(cast, case):
    small, child = (make_person(born=add_years(TODAY, -10) + timedelta(days=days)) for days in (1, 0))
    assert refused(ask, cast, case, requester=small) == "E-EAF-198"
    assert ask(cast, case, requester=child).requester == child, "a child that is alone asks for itself"
    assert ask(cast, case, requester=make_person()).pk, "of whom the birth date is not known, may"


def test_help_that_names_no_family_counts_for_the_family_of_its_child(cast, case, budget):
    other = make_person()
    for child, baht, period in ((other, 20_000, "a"), (case.child, 14_000, "b")):
        promise_aid(
            child=child, family=None, kind="school", period=period, amount=Decimal(baht), programme="education",
            office=cast.mae_sot, subject=child, today=TODAY,
        )  # fmt: skip
    request = ask(cast, case, ("nutrition", 1001))
    assert refused(recommended, cast, request, budget) == "E-EAF-09"
    AssistanceRequest.rows.filter(pk=request.pk).update(state=RequestState.SUBMITTED)
    request.lines.update(asked=Decimal(1000))
    request.refresh_from_db()
    assert recommended(cast, request, budget).state == RequestState.IN_APPROVAL


def test_the_same_help_again_only_after_a_month(cast, case, budget):
    first = recommended(cast, ask(cast, case, ("hygiene_kit", 350)), budget)
    act_on(request=first.approval, act=Act.APPROVE, by=second_officer(cast), now=NOW)
    again = ask(cast, case, ("hygiene_kit", 350), acknowledged=["E-EAF-10"])
    officer = cast.of("FO")
    again = screen(request=again, decided=frozenset({first.pk}), by=officer, now=NOW, **SCREENED)
    assess(request=again, figures=FIGURES, by=officer, now=NOW)
    facts = {
        "request": again,
        "budget": {again.lines.get().pk: budget},
        "total": Decimal(350),
        "by": officer,
        "now": NOW,
    }
    with pytest.raises(Refusal) as told:
        recommend(**facts)
    assert (told.value.code, told.value.findings[0].field) == ("E-EAF-10", f"line_{again.lines.get().pk}")
    assert case.child.name not in str(told.value.sentence), "the fund works on sealed cases without the name"
    AidGiven.rows.update(promised_on=TODAY - timedelta(days=30))
    assert recommend(**facts).state == RequestState.IN_APPROVAL


@pytest.mark.parametrize("name", ["detail", "recommend"])
def test_more_things_for_more_children_are_read_at_once(cast, case, budget, client_of, name):
    def asked_on(children: list[Person]) -> int:
        lines = [
            AskedLine(child=child, kind=kind, asked=Decimal(100))
            for child in children
            for kind in ("health_cost", "nutrition")
        ]
        lines.append(AskedLine(child=children[0], kind="hygiene_kit", asked=Decimal(100)))
        request = ask_for_help(
            case=case, requester=make_grown_up(), lines=lines, channel="walk_in", urgency="72h", need="Ill", now=NOW,
            incident={"kind": "illness", "occurred_on": TODAY}, by=cast.of("CW"), acknowledged=["E-EAF-262"],
        )  # fmt: skip
        earlier = frozenset(AssistanceRequest.rows.exclude(pk=request.pk).values_list("pk", flat=True))
        screen(request=request, decided=earlier, by=cast.of("FO"), now=NOW, **SCREENED)
        assess(request=request, figures=FIGURES, by=cast.of("FO"), now=NOW)
        client, address = client_of(cast.of("FO")), reverse(f"emergency_fund:{name}", args=[request.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in caught)

    sisters = [make_person(f"Naw {n}", born=TODAY - timedelta(days=900 + n)) for n in range(3)]
    for sister in sisters:
        add_member(family=case.family, person=sister, role="sibling", by=cast.of("CW"))
    assert asked_on([case.child, *sisters]) == asked_on([case.child, sisters[0]])


def test_approved_up_to_what_is_asked_and_something_of_it(cast, case, budget):
    request = recommended(cast, ask(cast, case), budget)
    hospital, food = request.lines.order_by("pk")
    facts = {"request": request, "act": Act.APPROVE, "by": second_officer(cast), "now": NOW}
    assert refused(decide, amounts={hospital.pk: Decimal("3900.01")}, **facts) == "E-EAF-27"
    assert refused(decide, amounts={hospital.pk: Decimal(0), food.pk: Decimal(0)}, **facts) == "E-EAF-28"
    assert refused(decide, **facts | {"act": Act.REJECT, "amounts": {}}) == "E-APR-07"
    less = {hospital.pk: Decimal(3000), food.pk: Decimal(0)}
    assert refused(decide, amounts=less, **facts | LESS | {"comment": "  dear   "}) == "E-EAF-190"
    assert refused(decide, amounts=less, **facts | LESS | {"code": ""}) == "E-EAF-191"
    request = decide(amounts=less, **facts, **LESS)
    assert (request.state, amounts(budget)) == (RequestState.APPROVED, (0, 3000, 7000))
    assert request.told_code == "costs_less"
    assert set(request.lines.values_list("state", "approved")) == {("approved", 3000), ("refused", 0)}


def test_one_approval_makes_few_statements(cast, case, budget, django_assert_max_num_queries):
    request = recommended(cast, ask(cast, case, ("nutrition", 800)), budget)
    facts = {"request": request, "act": Act.APPROVE, "amounts": {}, "by": second_officer(cast), "now": NOW}
    with django_assert_max_num_queries(42):
        assert decide(**facts).state == RequestState.APPROVED


def test_the_second_step_cannot_raise_what_the_first_lowered(cast, case, budget):
    request = recommended(cast, ask(cast, case, ("health_cost", 6000)), budget)
    line = request.lines.get()
    facts = {"request": request, "act": Act.APPROVE, "now": NOW}
    first = second_officer(cast)
    assert decide(amounts={line.pk: Decimal(5500)}, by=first, **LESS, **facts).state == RequestState.IN_APPROVAL
    assert refused(decide, amounts={line.pk: Decimal(5500)}, by=first, **facts) == "E-APR-02"
    assert refused(decide, amounts={line.pk: Decimal(5600)}, by=cast.of("FA"), **facts) == "E-EAF-27"
    request = decide(amounts={}, by=cast.of("FA"), code="outside", **facts)
    assert (request.state, request.told_code) == (RequestState.APPROVED, "costs_less"), "the reason of who lowered it"
    assert amounts(budget) == (0, 5500, 4500)


def test_assessed_once_it_is_screened_and_before_others_decide(cast, case, budget):
    request, facts = ask(cast, case), {"figures": FIGURES, "by": cast.of("FO"), "now": NOW}
    assert refused(assess, request=request, **facts) == "E-EAF-39"
    request = recommended(cast, request, budget)
    assert refused(assess, request=request, **facts) == "E-EAF-39"
    assert request.assessments.count() == 1


def test_a_reason_chosen_and_then_not_needed_is_not_told(cast, case, budget):
    request = recommended(cast, ask(cast, case), budget)
    request = decide(request=request, act=Act.APPROVE, amounts={}, by=second_officer(cast), now=NOW, code="duplicate")
    assert (request.state, request.told_code) == (RequestState.APPROVED, "")


def test_returned_mended_and_sent_again_and_whoever_mended_it_does_not_decide(cast, case, budget):
    request, mender = ask(cast, case), second_officer(cast)
    turned = {"request": request, "by": cast.of("FO"), "now": NOW, "to": RequestState.RETURNED}
    assert refused(turn_away, code="", told="", **turned) == "E-APR-07"
    request = turn_away(code="papers", told="The quote of the hospital is missing", **turned)
    lines = [AskedLine(child=case.child, kind="health_cost", asked=Decimal(3500))]
    incident = {"kind": "illness", "occurred_on": TODAY - timedelta(days=2)}
    more = {"incident": incident, "lines": lines, "urgency": "24h", "need": "Pneumonia", "by": mender, "now": NOW}
    request = ask_again(request=request, **more)
    assert (request.state, request.told, request.changed_by) == (RequestState.SUBMITTED, "", [mender.pk])
    assert set(request.lines.values_list("state", "asked")) == {
        ("cancelled", Decimal(3900)), ("cancelled", Decimal(800)), ("asked", Decimal(3500)),
    }  # fmt: skip
    assert refused(ask_again, request=request, **more) == "E-EAF-36"
    request = screen(request=request, decided=frozenset(), by=cast.of("FO"), now=NOW, **SCREENED)
    assess(request=request, figures=FIGURES, by=cast.of("FO"), now=NOW)
    line = request.lines.get(state="asked")
    request = recommend(request=request, budget={line.pk: budget}, total=line.asked, by=cast.of("FO"), now=NOW)
    assert refused(decide, request=request, act=Act.APPROVE, amounts={}, by=mender, now=NOW) == "E-APR-01"


def lowered_by_the_first(cast, case, budget) -> AssistanceRequest:
    """6,000 baht, of which the first of two steps approved 5,500."""
    request = recommended(cast, ask(cast, case, ("health_cost", 6000)), budget)
    less = {"amounts": {request.lines.get().pk: Decimal(5500)}, "act": Act.APPROVE, **LESS}
    return decide(request=request, by=second_officer(cast), now=NOW, **less)


def test_what_one_step_approved_is_nothing_when_the_next_rejects(cast, case, budget):
    request = lowered_by_the_first(cast, case, budget)
    assert (request.state, request.lines.get().approved) == (RequestState.IN_APPROVAL, 5500)
    told = {"code": "duplicate", "comment": NO_LONGER, "amounts": {}}
    request = decide(request=request, act=Act.REJECT, by=cast.of("FA"), now=NOW, **told)
    line = request.lines.get()
    assert (request.state, line.state, line.approved) == (RequestState.REJECTED, "refused", None)
    assert (amounts(budget), [missed_of(row) for row in lines_appealed(request)]) == ((0, 0, 10_000), [6000])


def test_returned_by_the_next_step_it_begins_anew(cast, case, budget, client_of):
    request = lowered_by_the_first(cast, case, budget)
    told = {"code": "papers", "comment": "The quote of the hospital is missing", "amounts": {}}
    request = decide(request=request, act=Act.RETURN, by=cast.of("FA"), now=NOW, **told)
    facts = {"incident": {"kind": "illness", "occurred_on": TODAY - timedelta(days=2)}, "urgency": "24h", "need": "Ill"}
    lines = [AskedLine(child=case.child, kind="health_cost", asked=Decimal(6000))]
    request = ask_again(request=request, lines=lines, by=cast.of("CW"), now=NOW, **facts)
    request = screen(request=request, decided=frozenset(), by=cast.of("FO"), now=NOW, **SCREENED)
    assess(request=request, figures=FIGURES, by=cast.of("FO"), now=NOW)
    page = client_of(cast.of("FO")).get(reverse("emergency_fund:recommend", args=[request.pk]))
    assert page.context["form"]["total"].value() == 6000
    line = request.lines.get(state="asked")
    request = recommend(request=request, budget={line.pk: budget}, total=line.asked, by=cast.of("FO"), now=NOW)
    whole = {"act": Act.APPROVE, "amounts": {line.pk: Decimal(6000)}, "now": NOW}
    decide(request=request, by=User.objects.get(username="fo.two"), **whole)
    assert decide(request=request, by=cast.of("FA"), **whole).state == RequestState.APPROVED


def test_one_line_for_a_kind_and_a_child_and_no_day_to_come(cast, case):
    assert refused(ask, cast, case, ("health_cost", 100), ("health_cost", 200)) == "E-EAF-30"
    assert refused(ask, cast, case, ("health_cost", 0)) == "E-EAF-30"
    assert refused(ask, cast, case, received_at=NOW + timedelta(hours=1)) == "E-EAF-29"
    assert refused(ask, cast, case, received_at=NOW - timedelta(days=6)) == "E-EAF-29"
    assert ask(cast, case, received_at=NOW - timedelta(days=1)).pk
