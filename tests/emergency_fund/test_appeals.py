"""A family that does not agree is heard once, in time, and by people who had nothing to do with the decision."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.aid.models import AidGiven
from casework.approvals.states import Act
from casework.kernel.refusals import Conflict
from casework.people.services.families import add_member
from emergency_fund.after_states import AppealState
from emergency_fund.documents.appeals import AppealPaper
from emergency_fund.documents.family import DecisionPaper
from emergency_fund.models import Appeal, AssistanceLine, AssistanceRequest
from emergency_fund.services.appeals import decide_appeal
from emergency_fund.services.asking import take_back
from emergency_fund.services.deciding import decide, turn_away
from emergency_fund.services.delivering import expire
from emergency_fund.states import LineState, RequestState
from tests.factories.accounts import make_grant, make_user
from tests.factories.fund import add_line
from tests.factories.fund_after import WHY, appealed
from tests.factories.papers import pages_of, squeezed, text_of
from tests.factories.people import make_person

from .test_delivering import paid
from .test_money_path import NO_LONGER, NOW, TODAY, amounts, ask, recommended, refused, second_officer
from .test_pages import date_boxes, page, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(cast):
    return second_officer(cast)


@pytest.fixture
def rejected(cast, case, budget, mother, second) -> AssistanceRequest:
    """3,900 for the hospital and 800 for food, nothing approved."""
    request = recommended(cast, ask(cast, case, requester=mother), budget)
    return decide(request=request, act=Act.REJECT, amounts={}, by=second, now=NOW, code="entitlement",
                  comment="The employer pays first")  # fmt: skip


@pytest.fixture
def lowered(cast, case, budget, mother, second) -> AssistanceRequest:
    """3,000 of 3,900 for the hospital, no food."""
    request = recommended(cast, ask(cast, case, requester=mother), budget)
    hospital, food = request.lines.order_by("pk")
    return decide(request=request, act=Act.APPROVE, amounts={hospital.pk: Decimal(3000), food.pk: Decimal(0)},
                  by=second, now=NOW, code="costs_less", comment="The bus is cheaper by now")  # fmt: skip


def granted(appeal: Appeal, by, *baht: int) -> Appeal:
    lines = appeal.request.lines.order_by("pk")
    given = {line.pk: Decimal(amount) for line, amount in zip(lines, baht, strict=False)}
    return decide_appeal(appeal=appeal, act=Act.APPROVE, amounts=given, by=by, now=NOW,
                         code="amount", comment="So much is shown by papers")  # fmt: skip


def upheld(appeal: Appeal, by, **facts: str) -> Appeal:
    told = {"code": "not_needed", "comment": "The employer paid last week"} | facts
    return decide_appeal(appeal=appeal, act=Act.REJECT, amounts={}, by=by, now=NOW, **told)


def test_what_was_rejected_comes_to_life_with_money_of_its_own(cast, rejected, budget, mother):
    appeal = appealed(rejected, cast.of("CW"))
    rejected.refresh_from_db()
    assert (rejected.state, amounts(budget)) == (RequestState.APPEAL, (0, 0, 10_000))
    granted(appeal, cast.of("FA"), 3900, 500)
    rejected.refresh_from_db()
    appeal.refresh_from_db()
    assert (rejected.state, appeal.state, amounts(budget)) == (RequestState.APPROVED, "granted", (0, 4400, 5600))
    assert set(rejected.lines.values_list("state", "approved")) == {("approved", 3900), ("approved", 500)}
    assert set(AidGiven.rows.values_list("kind", "amount")) == {("health_cost", 3900), ("nutrition", 500)}
    assert rejected.expires_on and not rejected.told
    line = rejected.lines.first()
    assert refused(paid, cast, line, 10, mother, "h-1", by=cast.of("FA")) == "E-EAF-16"
    assert paid(cast, line, 3900, mother, "h-1").pk


def test_nobody_of_the_first_chain_decides_on_the_appeal(cast, rejected, second):
    for person in (cast.of("CW"), cast.of("FO"), second):
        make_grant(person, "FA", cast.mae_sot)
    appeal = appealed(rejected, cast.of("SUP"))
    make_grant(cast.of("SUP"), "FA", cast.mae_sot)
    for person in (cast.of("CW"), cast.of("FO"), second, cast.of("SUP")):
        assert refused(granted, appeal, person, 3900, 800) == "E-APR-01"
    assert granted(appeal, cast.of("FA"), 3900, 800).state == AppealState.GRANTED


def test_where_the_only_manager_had_to_do_with_it_who_stands_above_decides(cast, rejected):
    head = cast.of("PM")
    appeal = appealed(rejected, cast.of("FA"))
    assert refused(granted, appeal, cast.of("FA"), 3900, 800) == "E-APR-01"
    assert granted(appeal, head, 3900, 800).state == AppealState.GRANTED


def test_who_steps_back_leaves_it_to_somebody_else(cast, rejected):
    appeal, other = appealed(rejected, cast.of("CW")), make_user("fa.two")
    make_grant(other, "FA", cast.mae_sot)
    recuse = {"appeal": appeal, "act": Act.RECUSE, "amounts": {}, "by": cast.of("FA"), "now": NOW}
    assert refused(decide_appeal, comment="no", **recuse) == "E-APR-07"
    decide_appeal(comment="I know the mother of the child", **recuse)
    assert refused(granted, appeal, cast.of("FA"), 3900, 800) == "E-APR-02"
    assert refused(granted, appeal, cast.of("PM"), 3900, 800) == "E-APR-03"
    decide_appeal(comment="I know the mother as well", **recuse | {"by": other})
    assert granted(appeal, cast.of("PM"), 3900, 800).state == AppealState.GRANTED


def test_a_small_child_does_not_appeal(cast, rejected, mother, client_of):
    child = rejected.case.child
    offered = page(client_of(cast.of("CW")), "appeal", rejected.pk).context["form"].fields["made_by"].choices
    assert [key for key, _name in offered] == ["", str(mother.pk)]
    assert refused(appealed, rejected, cast.of("CW"), made_by=child) == "E-EAF-198"
    assert appealed(rejected, cast.of("CW")).made_by == mother


def test_the_decision_is_upheld_with_a_reason_and_nobody_appeals_twice(cast, rejected, budget):
    appeal = appealed(rejected, cast.of("CW"))
    assert refused(appealed, rejected, cast.of("CW")) == "E-EAF-120"
    assert refused(upheld, appeal, cast.of("FA"), comment="no") == "E-APR-07"
    assert refused(decide_appeal, appeal=appeal, act=Act.RETURN, amounts={}, by=cast.of("FA"), now=NOW) == "E-EAF-124"
    upheld(appeal, cast.of("FA"))
    rejected.refresh_from_db()
    assert (rejected.state, rejected.told, amounts(budget)) == (
        RequestState.UPHELD, "The employer paid last week", (0, 0, 10_000),
    )  # fmt: skip
    assert refused(appealed, rejected, cast.of("CW")) == "E-EAF-120"
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.rows.create(
            request=rejected, against="rejected", made_by=rejected.requester, relation="mother", channel="phone",
            made_on=TODAY, why=WHY, due_at=NOW + timedelta(days=1), first_due_at=NOW,
            noted_by=cast.of("CW"), noted_at=NOW,
        )  # fmt: skip


def test_in_time_and_with_a_reason(cast, rejected):
    AssistanceRequest.rows.filter(pk=rejected.pk).update(
        decided_at=NOW - timedelta(days=40), received_at=NOW - timedelta(days=50)
    )
    assert refused(appealed, rejected, cast.of("CW"), made_on=TODAY - timedelta(days=9)) == "E-EAF-23"
    assert refused(appealed, rejected, cast.of("CW"), made_on=TODAY + timedelta(days=1)) == "E-EAF-122"
    assert refused(appealed, rejected, cast.of("CW"), made_on=TODAY - timedelta(days=41)) == "E-EAF-122"
    assert refused(appealed, rejected, cast.of("CW"), made_on=TODAY - timedelta(days=10), why="no") == "E-EAF-123"
    assert appealed(rejected, cast.of("CW"), made_on=TODAY - timedelta(days=10)).pk


def test_a_lowered_amount_is_appealed_while_what_was_approved_is_paid(cast, lowered, budget, mother):
    hospital, food = lowered.lines.order_by("pk")
    appeal = appealed(lowered, cast.of("CW"))
    lowered.refresh_from_db()
    assert lowered.state == RequestState.APPROVED
    paid(cast, hospital, 3000, mother, "h-1")
    lowered.refresh_from_db()
    assert (lowered.state, amounts(budget)) == (RequestState.DELIVERED, (0, 0, 7000))
    assert refused(granted, appeal, cast.of("FA"), 901, 0) == "E-EAF-27"
    assert refused(granted, appeal, cast.of("FA"), 0, 0) == "E-EAF-28"
    granted(appeal, cast.of("FA"), 900, 800)
    lowered.refresh_from_db()
    assert (lowered.state, amounts(budget)) == (RequestState.IN_DELIVERY, (0, 1700, 5300))
    assert set(lowered.lines.values_list("state", "approved")) == {("partly", 3900), ("approved", 800)}
    paid(cast, hospital, 900, mother, "h-2")
    paid(cast, food, 800, mother, "f-1")
    lowered.refresh_from_db()
    assert (lowered.state, amounts(budget)) == (RequestState.DELIVERED, (0, 0, 5300))
    assert set(AidGiven.rows.values_list("kind", "amount", "state")) == {
        ("health_cost", 3900, "given"), ("nutrition", 800, "given"),
    }  # fmt: skip


def test_nothing_expires_while_the_family_waits_for_its_appeal(cast, lowered):
    appeal, late = appealed(lowered, cast.of("CW")), NOW + timedelta(days=61)
    assert refused(expire, request=lowered, by=cast.of("FO"), now=late) == "E-EAF-126"
    upheld(appeal, cast.of("FA"))
    assert expire(request=lowered, by=cast.of("FO"), now=late).state == RequestState.EXPIRED


def test_upheld_a_lowered_amount_stays_what_it_was(cast, lowered, budget):
    appeal = appealed(lowered, cast.of("CW"))
    upheld(appeal, cast.of("FA"))
    lowered.refresh_from_db()
    assert (lowered.state, lowered.told, amounts(budget)) == (RequestState.APPROVED, "", (0, 3000, 7000))


def test_all_that_was_asked_leaves_nothing_to_appeal(cast, case, budget, second):
    request = recommended(cast, ask(cast, case), budget)
    assert refused(appealed, request, cast.of("CW")) == "E-EAF-121"
    request = decide(request=request, act=Act.APPROVE, amounts={}, by=second, now=NOW)
    assert refused(appealed, request, cast.of("CW")) == "E-EAF-121"


def test_who_was_turned_away_starts_anew(cast, case, budget, mother):
    request = turn_away(
        request=ask(cast, case, requester=mother), to=RequestState.INELIGIBLE, code="outside", by=cast.of("FO"),
        told="The fund pays for children only", now=NOW,
    )  # fmt: skip
    assert request.decided_at
    make_grant(cast.of("FO"), "FA", cast.mae_sot)
    appeal = appealed(request, cast.of("CW"))
    assert refused(granted, appeal, cast.of("FO")) == "E-APR-01"
    granted(appeal, cast.of("FA"))
    request.refresh_from_db()
    assert (request.state, request.decided_at) == (RequestState.SUBMITTED, None)
    assert set(request.lines.values_list("state", flat=True)) == {"asked"}
    assert recommended(cast, request, budget).state == RequestState.IN_APPROVAL


@pytest.mark.parametrize("first", ["rejected", "turned away"])
@pytest.mark.parametrize("then", ["granted", "upheld"])
def test_what_was_said_the_first_time_stays_on_the_page(cast, case, budget, mother, second, client_of, first, then):
    said = {"code": "outside", "by": cast.of("FO"), "told": "The fund pays for children only", "now": NOW}
    request = ask(cast, case, requester=mother)
    if first == "rejected":
        request = recommended(cast, request, budget)
        said = {"code": "outside", "by": second, "comment": "The fund pays for children only", "now": NOW}
        request = decide(request=request, act=Act.REJECT, amounts={}, **said)
    else:
        request = turn_away(request=request, to=RequestState.INELIGIBLE, **said)
    appeal = appealed(request, cast.of("CW"))
    worker = client_of(cast.of("CW"))
    once = "What was said the first time"
    assert once not in page(worker, "detail", request.pk).content.decode(), "it stands above as what holds"
    (granted(appeal, cast.of("FA"), 3900, 800) if then == "granted" else upheld(appeal, cast.of("FA")))
    shown = page(worker, "detail", request.pk).content.decode()
    assert f"{once}: Not for this fund" in shown and "The fund pays for children only" in shown


def test_without_money_the_approver_reads_what_is_left(cast, rejected, budget, client_of):
    appeal = appealed(rejected, cast.of("CW"))
    hospital, food = rejected.lines.order_by("pk")
    client = client_of(cast.of("FA"))
    other = recommended(cast, _other(cast, rejected), budget, decided=frozenset({rejected.pk}))
    assert amounts(budget) == (6500, 0, 3500)
    told = {
        "act": "approve",
        f"line_{hospital.pk}": "3900",
        f"line_{food.pk}": "0",
        "code": "not_needed",
        "comment": "The food is there by now",
    }
    answer = send(client, "appeal-decide", appeal.pk, told)
    sentence = str(answer.context["form"].errors[f"line_{hospital.pk}"])
    assert answer.status_code == 422 and "3,500.00 baht left" in sentence and "ask the fund manager" in sentence
    assert appeal.approval.actions.count() == 0 and other.state == RequestState.IN_APPROVAL
    assert send(client, "appeal-decide", appeal.pk, told | {f"line_{hospital.pk}": "3500"}).status_code == 302
    rejected.refresh_from_db()
    assert rejected.state == RequestState.APPROVED


def _other(cast, request: AssistanceRequest) -> AssistanceRequest:
    return ask(cast, request.case, ("health_cost", 6500))


def test_more_than_a_family_gets_in_a_year_is_not_granted(cast, rejected, budget):
    from casework.reference.models import Term

    appeal = appealed(rejected, cast.of("CW"))
    Term.objects.filter(key="emergency_fund.family_ceiling").update(value=4000)
    assert refused(granted, appeal, cast.of("FA"), 3900, 800) == "E-EAF-09"
    assert granted(appeal, cast.of("FA"), 3900, 100).state == AppealState.GRANTED


def test_the_family_takes_everything_back(cast, rejected, budget):
    appeal = appealed(rejected, cast.of("CW"))
    rejected.refresh_from_db()
    assert take_back(request=rejected, reason=NO_LONGER, by=cast.of("CW"), now=NOW).state == RequestState.WITHDRAWN
    appeal.refresh_from_db()
    assert appeal.state == AppealState.WITHDRAWN
    assert refused(granted, appeal, cast.of("FA"), 3900, 800) == "APR-STATE"


def told(mother, **changes: str) -> dict[str, str]:
    answers = {"made_by": str(mother.pk), "channel": "phone", "why": WHY, **date_boxes("made_on", TODAY)}
    return answers | changes


def test_from_the_request_to_the_letter_in_the_browser(cast, rejected, budget, mother, client_of):
    worker, manager, officer = (client_of(cast.of(role)) for role in ("CW", "FA", "FO"))
    aunt = make_person("Aunt Naw Say")
    add_member(family=rejected.family, person=aunt, role="aunt_uncle", by=cast.of("CW"))
    for client, is_named in ((worker, True), (officer, False)):
        for name in ("appeal", "complain"):
            assert ("Aunt Naw Say" in page(client, name, rejected.pk).content.decode()) is is_named
    assert "The family can appeal until" in page(worker, "detail", rejected.pk).content.decode()
    answer = send(worker, "appeal", rejected.pk, told(mother, why="no"))
    assert answer.status_code == 422 and "Write in a sentence why" in answer.content.decode()
    assert send(worker, "appeal", rejected.pk, told(aunt)).status_code == 302
    assert send(worker, "appeal", rejected.pk, told(mother)).status_code == 409
    shown = page(officer, "list", queue="appeals").content.decode()
    assert (rejected.number in shown and "14 days left" in shown) or "13 days left" in shown
    assert "Appeal to the fund to decide" in manager.get("/").content.decode()
    assert "Appeal to the fund to decide" not in officer.get("/").content.decode()
    for client, is_named in ((worker, True), (manager, False), (officer, False)):
        relative = "Aunt Naw Say" in page(client, "detail", rejected.pk).content.decode()
        assert relative is is_named, "of the family the fund knows who asks, and no other adult"
    appeal = Appeal.rows.get()
    decision = reverse("emergency_fund:appeal-decide", args=[appeal.pk])
    assert decision in page(manager, "detail", rejected.pk).content.decode()
    assert decision not in page(officer, "detail", rejected.pk).content.decode()
    shown = page(manager, "appeal-decide", appeal.pk).content.decode()
    assert WHY in shown and "The employer pays first" in shown and "checked" not in shown
    answer = send(
        manager, "appeal-decide", appeal.pk, {"act": "reject", "code": "", "comment": "The need is not shown"}
    )
    assert answer.status_code == 422 and "Choose the reason" in answer.content.decode()
    assert "The need is not shown" in answer.content.decode()
    lines = {f"line_{line.pk}": str(line.asked) for line in rejected.lines.all()}
    emptied = send(manager, "appeal-decide", appeal.pk, {"act": "approve", **dict.fromkeys(lines, "")})
    assert emptied.status_code == 422 and "Write how much, or 0" in emptied.content.decode()
    assert send(manager, "appeal-decide", appeal.pk, {"act": "approve", **lines}).status_code == 302
    shown = page(worker, "detail", rejected.pk).content.decode()
    assert "Appeal granted" in shown and "Appeal to the fund granted" in shown
    assert rejected.number not in page(officer, "list", queue="appeals").content.decode()


@pytest.mark.parametrize("language, words", [
    ("en", "Yourappealwasgranted."), ("th", "ผลคือให้ตามที่อุทธรณ์"), ("my", "အယူခံချက်ကိုခွင့်ပြုပါသည်။"),
])  # fmt: skip
def test_the_letter_tells_the_family_what_came_of_it(cast, rejected, language, words):
    appeal = appealed(rejected, cast.of("CW"))
    with pytest.raises(Conflict, match="E-EAF-128"):
        AppealPaper().context(AppealPaper().whole(rejected), language=language, facts={})
    granted(appeal, cast.of("FA"), 3900, 800)
    text = text_of(AppealPaper(), rejected, language)
    assert words in text and rejected.number in text and "4,700.00" in text
    decision = DecisionPaper().context(DecisionPaper().whole(rejected), language=language, facts={})
    assert decision.is_final and not decision.appeal.main
    assert not AppealPaper().context(AppealPaper().whole(rejected), language=language, facts={}).reason.main


@pytest.mark.parametrize("language", ["my", "th", "en", "km", "lo"])
def test_the_letter_of_five_things_that_are_fetched_and_paid_to_others_is_one_page(cast, rejected, language):
    granted(appealed(rejected, cast.of("CW")), cast.of("FA"), 3900, 500)
    rejected.lines.filter(kind="health_cost").update(modality="service", provider="Mae Tao")
    for n in range(3):
        line = add_line(rejected, rejected.lines.first().child, "transport_to_care", 600 + n)
        way = ("voucher", "Shop at the bridge") if n % 2 else ("service", "Ko Myint, driver")
        AssistanceLine.rows.filter(pk=line.pk).update(
            state="approved", approved=600, modality=way[0], provider=way[1]
        )  # fmt: skip
    assert pages_of(AppealPaper(), rejected, language) == 1


@pytest.mark.parametrize("against", ["rejected", "lowered"])
def test_the_letters_tell_why_a_part_of_it_is_granted(cast, against, request):
    asked = request.getfixturevalue(against)
    granted(appealed(asked, cast.of("CW")), cast.of("FA"), *((3900, 500) if against == "rejected" else (900, 500)))
    asked.refresh_from_db()
    assert asked.told_code == "amount"
    for paper in (AppealPaper(), DecisionPaper()):
        whole = paper.context(paper.whole(asked), language="en", facts={})
        assert (whole.result, whole.reason.main) == ("part", "We could not see what the amount is for.")
    asked.lines.filter(kind="health_cost").update(
        quantity=3, unit="night", unit_cost=1300, modality="service", provider="Mae Tao"
    )  # fmt: skip
    assert "ကျွန်ုပ်တို့ကပေးချေသည်:MaeTao" in text_of(AppealPaper(), asked, "my"), "how it is given"
    assert pages_of(AppealPaper(), asked, "my") == 1
    for provider, is_fetched in (("", True), ("Mae Tao", False)):
        asked.lines.update(modality="service", provider=provider)
        told = AppealPaper().context(AppealPaper().whole(asked), language="en", facts={})
        assert (bool(told.fetch.main), told.is_paid_to_others) == (is_fetched, not is_fetched)


def test_the_letter_of_an_upheld_decision_has_its_reason(cast, lowered):
    appeal = appealed(lowered, cast.of("CW"))
    whole = DecisionPaper().context(DecisionPaper().whole(lowered), language="en", facts={})
    assert not whole.appeal.main and not whole.is_final, "nobody appeals twice, and nothing is final yet"
    upheld(appeal, cast.of("FA"))
    text = text_of(AppealPaper(), lowered, "en")
    assert squeezed("The decision stays as it was.") in text and squeezed("this help is needed now") in text


@pytest.mark.parametrize("role", ["FO", "CW"])
def test_appeals_do_not_make_the_queue_ask_more(cast, rejected, client_of, role):
    client = client_of(cast.of(role))
    appealed(rejected, cast.of("CW"))
    page(client, "list", queue="appeals")  # which counts
    with CaptureQueriesContext(connection) as caught:
        assert page(client, "list", queue="appeals").status_code == 200
    assert sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in caught) <= 8


def test_a_line_refused_or_delivered_lives_again_only_by_an_appeal(cast, lowered):
    food = lowered.lines.order_by("pk")[1]
    assert food.state == LineState.REFUSED
    assert refused(paid, cast, food, 10, lowered.requester, "f-1") == "E-EAF-26"
