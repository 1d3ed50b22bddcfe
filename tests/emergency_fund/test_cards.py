"""What is approved is ordered, its card comes, or it ends early and its money comes back."""

from __future__ import annotations

import io
import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from PIL import Image

from casework.aid.models import AidGiven, InsuranceCover
from casework.aid.services import move_cover, quote_cover
from casework.aid.states import CoverState
from casework.approvals.states import Act
from casework.audit.models import Event
from casework.cases.models import Case
from casework.documents.models import Attachment, Document
from casework.home.work import work_of
from casework.kernel.dates import add_years, short
from casework.kernel.refusals import Refusal
from emergency_fund.models import AssistanceLine, AssistanceRequest, InsurancePolicy, InsuranceTariff
from emergency_fund.rules.insurance import last_day
from emergency_fund.services.appeals import decide_appeal
from emergency_fund.services.asking import take_back
from emergency_fund.services.cards import end_insurance, order_insurance, take_card
from emergency_fund.services.deciding import decide
from emergency_fund.services.delivering import expire, take_return
from emergency_fund.services.renewing import tend_insurances
from tests.factories.cases import make_case, make_consent, make_sealed
from tests.factories.cast import make_cast
from tests.factories.fund_after import appealed
from tests.factories.funds import make_line
from tests.factories.people import make_person

from .insured import NOW, TODAY, U7, approved, covered, days, insurance_line, officer_two, quoted
from .test_delivering import paid, paid_there
from .test_money_path import NO_LONGER, amounts, ask, recommended, refused
from .test_pages import date_boxes, page, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy(cast, case, budget) -> InsurancePolicy:
    """Priced at 365 baht and approved."""
    line = insurance_line(cast, case)
    made = quoted(cast, line)
    approved(cast, line, budget)
    made.refresh_from_db()
    return made


def ordered(cast, policy, **facts) -> InsurancePolicy:
    return order_insurance(policy=policy, **{"starts_on": TODAY, "by": cast.of("FO"), "now": NOW} | facts)


def carded(cast, policy, number="12-3456", **facts) -> InsurancePolicy:
    values = {
        "valid_from": TODAY, "valid_to": last_day(TODAY, 12), "photo": None, "by": cast.of("CW"), "now": NOW,
    }  # fmt: skip
    return take_card(policy=policy, number=number, **values | facts)


def ended(cast, policy, to="cancelled", reason="The family has left the district", **facts) -> InsurancePolicy:
    return end_insurance(policy=policy, to=to, reason=reason, **{"by": cast.of("CW"), "now": NOW} | facts)


def cover(policy) -> InsuranceCover:
    return InsuranceCover.rows.get(pk=policy.cover_id)


def test_ordered_and_printed_and_the_card_comes(cast, policy, client_of):
    officer, worker = client_of(cast.of("FO")), client_of(cast.of("CW"))
    assert "Order the insurance" in page(officer, "detail", policy.line.request_id).content.decode()
    answer = send(officer, "insurance-order", policy.pk, date_boxes("starts_on", TODAY))
    paper = Document.rows.get()
    assert answer["Location"] == reverse("documents:document", args=[paper.pk])
    assert paper.kind == "emergency_fund.insurance_order"
    assert (paper.facts["paper"]["total"], paper.facts["paper"]["lines"][0]["premium"]) == ("365.00", "365.00")
    policy.refresh_from_db()
    assert (policy.state, policy.ordered_by, cover(policy).state) == ("ordered", cast.of("FO"), "ordered")

    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(picture, "JPEG")
    told = {
        "number": "๑๒-3456/a", **date_boxes("valid_from", days(1)), **date_boxes("valid_to", days(365)),
        "photo": SimpleUploadedFile("card.jpg", picture.getvalue()),
    }  # fmt: skip
    assert "The card has come" in page(worker, "detail", policy.line.request_id).content.decode()
    assert send(officer, "insurance-card", policy.pk, told).status_code == 302
    policy.refresh_from_db()
    card = cover(policy)
    assert (policy.state, card.state, card.card_number) == ("active", "active", "123456A")
    assert (card.valid_from, card.valid_to, policy.proof) == (days(1), days(365), Attachment.rows.get())
    assert "123456A" not in page(client_of(cast.of("PM")), "detail", policy.line.request_id).content.decode()
    shown = page(worker, "detail", policy.line.request_id).content.decode()
    for words in ("In force", "123456A", "Insurance of a child ordered", "Insurance of a child in force"):
        assert words in shown


def test_a_caseworker_orders_without_the_paper_that_the_fund_prints(cast, policy, client_of):
    told = date_boxes("starts_on", TODAY)
    answer = send(client_of(cast.of("CW")), "insurance-order", policy.pk, told)
    assert answer["Location"] == reverse("emergency_fund:detail", args=[policy.line.request_id])
    assert Document.rows.count() == 0 and cover(policy).state == "ordered"
    assert send(client_of(cast.of("CSH")), "insurance-card", policy.pk, told).status_code == 403


def test_who_works_without_the_name_puts_no_paper_there(cast, policy, client_of):
    """In a sealed case the photo would tell the fund officer whose card it is; who leads the case puts it there."""
    ordered(cast, policy)
    request, officer = policy.line.request, client_of(cast.of("FO"))
    attach = reverse("documents:attach", args=["emergency_fund.assistancerequest", request.pk])
    assert 'name="photo"' in page(officer, "insurance-card", policy.pk).content.decode()
    assert officer.get(attach).status_code == 200
    AssistanceRequest.rows.filter(pk=request.pk).update(state="delivered")
    assert attach in page(officer, "detail", request.pk).content.decode(), "the receipt of a hospital comes last"
    make_sealed(request.case, cast.of("CW"))
    assert 'name="photo"' not in page(officer, "insurance-card", policy.pk).content.decode()
    assert officer.get(attach).status_code == 409
    assert client_of(cast.of("CW")).get(attach).status_code == 200


def test_only_what_is_approved_is_ordered_and_only_once(cast, case, budget):
    line = insurance_line(cast, case)
    made = quoted(cast, line)
    assert refused(ordered, cast, made) == "E-EAF-74"
    approved(cast, line, budget)
    assert ordered(cast, made).state == "ordered"
    assert refused(ordered, cast, made) == "E-EAF-74"


def test_ordered_later_at_the_price_of_that_day_up_to_what_was_approved(cast, policy):
    InsuranceTariff.objects.filter(scheme=U7).update(valid_to=days(9))
    dear = InsuranceTariff.objects.create(
        scheme=U7, age_to=6, premium=Decimal(366), valid_from=days(10), source="Announcement"
    )
    assert refused(ordered, cast, policy, starts_on=days(10)) == "E-EAF-75"
    InsuranceTariff.objects.filter(pk=dear.pk).update(premium=Decimal(300))
    policy = ordered(cast, policy, starts_on=days(10))
    assert (policy.price, policy.tariff, policy.cover.valid_to) == (300, dear, last_day(days(10), 12))


def test_less_approved_than_it_costs_is_not_ordered(cast, case, budget):
    line = insurance_line(cast, case)
    made = quoted(cast, line)
    budget.kinds = ["health_insurance"]
    budget.save(update_fields=["kinds"])
    request = recommended(cast, line.request, budget)
    facts = {"request": request, "act": "approve", "by": officer_two(cast), "now": NOW}
    decide(amounts={line.pk: Decimal(364)}, **facts, code="costs_less", comment="The card costs less this year")
    assert refused(ordered, cast, made) == "E-EAF-75"
    assert ended(cast, made).state == "cancelled" and amounts(budget) == (0, 0, 10_000)


def test_nothing_approved_ends_its_price(cast, case, budget):
    line = insurance_line(cast, case)
    made = quoted(cast, line)
    budget.kinds = ["health_insurance"]
    budget.save(update_fields=["kinds"])
    request = recommended(cast, line.request, budget)
    decide(
        request=request, act="reject", amounts={}, by=officer_two(cast), now=NOW, code="outside",
        comment="The employer insures the children",
    )  # fmt: skip
    made.refresh_from_db()
    assert (made.state, cover(made).state) == ("cancelled", "cancelled")


def test_a_cover_that_came_meanwhile_refuses_the_order(cast, policy):
    other = covered(cast, policy.line.child, days(100), days(120))
    with pytest.raises(Refusal, match="E-EAF-11") as answer:
        ordered(cast, policy)
    assert answer.value.field == "starts_on"
    move_cover(cover=other, to=CoverState.CANCELLED)
    assert ordered(cast, policy).state == "ordered"


def test_the_same_card_for_two_children_is_refused_and_for_the_same_child_not(cast, policy, client_of):
    stranger = make_person("Naw Other", born=add_years(TODAY, -3))
    other = covered(cast, stranger, TODAY, days(300))
    move_cover(cover=other, to=CoverState.ACTIVE, card_number="123456")
    ordered(cast, policy)
    told = {"number": "12 3456", **date_boxes("valid_from", TODAY), **date_boxes("valid_to", days(365))}
    answer = send(client_of(cast.of("CW")), "insurance-card", policy.pk, told)
    assert answer.status_code == 422 and 'value="12 3456"' in answer.content.decode()
    assert "Another child has a card with this number." in answer.content.decode()
    with pytest.raises(IntegrityError, match="A card belongs to one child"), transaction.atomic():
        InsuranceCover.rows.filter(pk=policy.cover_id).update(state="active", card_number="123456")
    move_cover(cover=other, to=CoverState.EXPIRED)
    before = covered(cast, policy.line.child, days(-400), days(-30), programme="emergency_fund")
    move_cover(cover=before, to=CoverState.ACTIVE, card_number="123456")
    assert carded(cast, policy).state == "active"


def test_what_a_card_may_not_say_and_its_twin(cast, policy):
    assert refused(carded, cast, policy) == "E-EAF-76"
    ordered(cast, policy)
    assert refused(carded, cast, policy, number="card") == "E-EAF-78"
    for wrong in (
        {"valid_to": days(-1), "valid_from": days(-30)}, {"valid_from": days(9), "valid_to": days(8)},
        {"valid_to": days(365 + 40)}, {"valid_from": policy.line.child.born_on - timedelta(days=1)},
    ):  # fmt: skip
        assert refused(carded, cast, policy, **wrong) == "E-EAF-77"
    covered(cast, policy.line.child, days(370), days(400))
    assert refused(carded, cast, policy, valid_to=days(370)) == "E-EAF-11"
    assert carded(cast, policy, valid_to=days(369)).state == "active"


def test_a_card_that_was_written_down_wrongly_is_corrected(cast, policy, client_of):
    ordered(cast, policy)
    carded(cast, policy, number="12-3465", valid_to=days(20))
    assert tend_insurances(today=TODAY, now=NOW)["expiring"] == 1
    worker = client_of(cast.of("CW"))
    assert "Correct the card" in page(worker, "detail", policy.line.request_id).content.decode()
    assert 'value="123465"' in page(worker, "insurance-card", policy.pk).content.decode()
    Case.rows.filter(pk=policy.line.request.case_id).update(is_sealed=True)
    sealed = page(client_of(cast.of("FO")), "insurance-card", policy.pk)
    assert sealed.status_code == 200 and "123465" not in sealed.content.decode()
    Case.rows.filter(pk=policy.line.request.case_id).update(is_sealed=False)
    told = {"number": "12-3456", **date_boxes("valid_from", TODAY), **date_boxes("valid_to", days(365))}
    assert send(worker, "insurance-card", policy.pk, told).status_code == 302
    policy.refresh_from_db()
    assert (policy.state, cover(policy).card_number, cover(policy).valid_to) == ("active", "123456", days(365))
    assert "Card of an insurance corrected" in page(worker, "detail", policy.line.request_id).content.decode()
    other = covered(cast, make_person("Another Child"), TODAY, days(300))
    move_cover(cover=other, to=CoverState.ACTIVE, card_number="999")
    assert refused(carded, cast, policy, number="999") == "E-EAF-78"
    covered(cast, policy.line.child, days(370), days(400))
    assert refused(carded, cast, policy, valid_to=days(375)) == "E-EAF-11"
    ended(cast, policy)
    assert refused(carded, cast, policy) == "E-EAF-76"


@pytest.fixture
def run_out(cast, policy) -> InsurancePolicy:
    """A card of which the last day was typed wrongly: the nights found it over."""
    ordered(cast, policy)
    carded(cast, policy, number="12-3465", valid_to=days(20))
    tend_insurances(today=days(1), now=NOW)
    tend_insurances(today=days(21), now=NOW)
    policy.refresh_from_db()
    assert (policy.state, cover(policy).state) == ("expired", "expired")
    return policy


def test_a_card_that_was_typed_too_short_is_corrected_after_it_ran_out(cast, run_out, client_of):
    worker = client_of(cast.of("CW"))
    assert "Correct the card" in page(worker, "detail", run_out.line.request_id).content.decode()
    told = {"number": "12-3465", **date_boxes("valid_from", TODAY), **date_boxes("valid_to", days(365))}
    assert send(worker, "insurance-card", run_out.pk, told).status_code == 302
    run_out.refresh_from_db()
    card = cover(run_out)
    assert (run_out.state, run_out.ended_on, card.state, card.valid_to) == ("active", None, "active", days(365))


def test_a_card_that_is_over_as_corrected_stays_run_out(cast, run_out):
    later = NOW + timedelta(days=40)
    assert carded(cast, run_out, number="12-3456", valid_to=days(30), now=later).state == "expired"
    assert (cover(run_out).state, cover(run_out).card_number) == ("expired", "123456")
    assert carded(cast, run_out, number="12-3456", valid_to=days(40), now=later).state == "active"


def test_a_card_is_not_corrected_into_the_days_of_the_next_one(cast, run_out, client_of):
    following = covered(cast, run_out.line.child, days(21), days(300))
    worker = client_of(cast.of("CW"))
    told = {"number": "12-3465", **date_boxes("valid_from", TODAY), **date_boxes("valid_to", days(365))}
    answer = send(worker, "insurance-card", run_out.pk, told)
    assert answer.status_code == 422 and "The child is insured from" in answer.content.decode()
    move_cover(cover=following, to=CoverState.CANCELLED)
    assert send(worker, "insurance-card", run_out.pk, told).status_code == 302


def test_a_card_is_not_corrected_beside_the_next_insurance_of_its_line(cast, run_out, client_of):
    quoted(cast, run_out.line, starts_on=days(400), now=NOW + timedelta(days=40))
    worker = client_of(cast.of("CW"))
    assert refused(carded, cast, run_out) == "E-EAF-76"
    assert page(worker, "insurance-card", run_out.pk).status_code == 409
    InsurancePolicy.rows.filter(state="quoted").update(state="cancelled", ended_on=TODAY)
    assert page(worker, "insurance-card", run_out.pk).status_code == 200


def test_what_a_card_said_before_it_was_corrected_stays_in_the_history(cast, policy, client_of):
    ordered(cast, policy)
    carded(cast, policy, number="12-3465", valid_to=days(300))
    carded(cast, policy, valid_to=days(310))
    event = Event.objects.get(action="emergency_fund.insurance.card-corrected")
    assert event.values.changes == {
        "card_number": ["123465", "123456"], "valid_to": [days(300).isoformat(), days(310).isoformat()],
    }  # fmt: skip
    history = reverse("home:case-history", args=[policy.line.request.case_id])
    shown = client_of(cast.of("SUP")).get(history).content.decode()
    for words in ("card number", "123465", "123456", "valid until", short(days(300), "en")):
        assert words in shown, words
    assert client_of(cast.of("CW")).get(history).status_code == 403
    for role, address in (("AUD", reverse("home:history-all")), ("PM", reverse("emergency_fund:detail", args=[
        policy.line.request_id]))):  # fmt: skip
        shown = client_of(cast.of(role)).get(address).content.decode()
        assert "Card of an insurance corrected" in shown and "123465" not in shown and "123456" not in shown


def test_refused_by_the_hospital_before_anything_was_paid(cast, policy, budget, client_of):
    assert refused(ended, cast, policy, to="rejected_by_provider") == "E-EAF-79"
    ordered(cast, policy)
    assert refused(ended, cast, policy, to="rejected_by_provider", reason="no") == "E-EAF-80"
    told = {"to": "rejected_by_provider", "reason": "The quota of the month is full"}
    assert send(client_of(cast.of("FO")), "insurance-end", policy.pk, told).status_code == 302
    policy.refresh_from_db()
    assert (policy.state, cover(policy).state, amounts(budget)) == ("rejected_by_provider", "refused", (0, 0, 10_000))
    request = policy.line.request
    request.refresh_from_db()
    assert (request.state, policy.line.state) == ("withdrawn", "cancelled")
    assert AidGiven.rows.get().state == "cancelled"
    assert refused(ended, cast, policy) == "E-EAF-79"
    shown = page(client_of(cast.of("CW")), "detail", request.pk).content.decode()
    assert "The quota of the month is full" in shown and "Refused by the hospital" in shown


def test_cancelled_after_it_was_paid_and_paid_back_through_its_receipt(cast, policy, budget, mother, client_of):
    ordered(cast, policy)
    carded(cast, policy)
    receipt = paid_there(cast, policy.line, 365, "i-1")
    policy = ended(cast, policy)
    assert (policy.state, cover(policy).state, policy.to_come_back) == ("cancelled", "cancelled", 365)
    shown = page(client_of(cast.of("CW")), "detail", policy.line.request_id).content.decode()
    assert "฿365 was paid and has to come back" in shown
    cashier = cast.of("CSH")
    owed = "Money of insurances that has to come back"
    assert owed in [str(line.item.title) for line in work_of(cashier, TODAY).lines]
    back = {"delivery": receipt, "reason": "The hospital gave it back", "by": cast.of("CSH"), "now": NOW}
    take_return(amount=Decimal(65), key="b-1", **back)
    policy.refresh_from_db()
    assert policy.state == "cancelled"
    take_return(amount=Decimal(300), key="b-2", **back)
    policy.refresh_from_db()
    assert (policy.state, cover(policy).state, amounts(budget)) == ("refunded", "refunded", (0, 0, 10_000))
    assert owed not in [str(line.item.title) for line in work_of(cashier, TODAY).lines]
    assert AidGiven.rows.get().state == "cancelled"


def test_an_insurance_that_ended_early_is_not_paid_again(cast, policy, client_of):
    ordered(cast, policy)
    receipt = paid_there(cast, policy.line, 365, "i-1")
    desk, back = client_of(cast.of("CSH")), {"delivery": receipt, "by": cast.of("CSH"), "now": NOW}
    assert "then" in page(desk, "return", receipt.pk).context["form"].fields
    policy.refresh_from_db()
    ended(cast, policy)
    assert "then" not in page(desk, "return", receipt.pk).context["form"].fields
    back |= {"amount": Decimal(365), "reason": "The hospital gave it back", "key": "b-1"}
    assert refused(take_return, is_to_pay_again=True, **back) == "E-EAF-197"
    take_return(**back)
    policy.refresh_from_db()
    assert policy.state == "refunded"


def test_a_part_was_paid_when_it_was_refused(cast, policy, budget, mother):
    ordered(cast, policy)
    receipt = paid_there(cast, policy.line, 100, "i-1")
    policy = ended(cast, policy, to="rejected_by_provider")
    request = policy.line.request
    request.refresh_from_db()
    assert (request.state, amounts(budget)) == ("delivered", (0, 0, 9_900))
    take_return(delivery=receipt, amount=Decimal(100), key="b", reason="Given back at once", by=cast.of("CSH"), now=NOW)
    policy.refresh_from_db()
    assert (policy.state, amounts(budget), AidGiven.rows.get().state) == ("refunded", (0, 0, 10_000), "cancelled")


@pytest.mark.parametrize("end", ["taken back", "expired"])
def test_an_order_ends_with_its_request_and_a_card_holds_on(cast, policy, end):
    ordered(cast, policy)
    request = policy.line.request
    request.refresh_from_db()

    def finish() -> None:
        if end == "expired":
            expire(request=request, by=cast.of("FO"), now=NOW + timedelta(days=61))
        else:
            take_back(request=request, reason=NO_LONGER, by=cast.of("CW"), now=NOW)

    with transaction.atomic():
        finish()
        policy.refresh_from_db()
        assert (policy.state, cover(policy).state) == ("cancelled", "cancelled")
        transaction.set_rollback(True)
    policy.refresh_from_db()
    request.refresh_from_db()
    carded(cast, policy)
    finish()
    policy.refresh_from_db()
    assert (policy.state, cover(policy).state) == ("active", "active")


def test_paid_after_it_was_ordered(cast, policy, mother, client_of):
    cashier = client_of(cast.of("CSH"))
    answer = page(cashier, "pay-line", policy.line_id)
    assert answer.status_code == 409 and "Have it ordered on the page of its request first." in answer.content.decode()
    assert refused(paid, cast, policy.line, 365, mother, "i-1") == "E-EAF-81"
    ordered(cast, policy)
    assert page(cashier, "pay-line", policy.line_id).status_code == 200
    assert paid_there(cast, policy.line, 365, "i-1").pk


def test_a_sealed_case_is_ordered_without_a_paper(cast, policy, client_of):
    from tests.factories.cases import make_sealed

    make_sealed(policy.line.request.case, cast.of("SUP"))
    answer = send(client_of(cast.of("FO")), "insurance-order", policy.pk, date_boxes("starts_on", TODAY))
    assert answer.status_code == 302 and Document.rows.count() == 0 and cover(policy).state == "ordered"


@pytest.mark.django_db(transaction=True)
def test_two_orders_of_one_time_at_once_leave_one():
    """Two programmes' offices, or two requests: the same child, the same days."""
    cast = make_cast()
    worker = cast.of("CW")
    child = make_person("Eh Soe Paw", born=add_years(TODAY, -2))
    from casework.people.services.families import add_member, create_family

    family = create_family(by=worker)
    add_member(family=family, person=child, role="child", by=worker)
    case = make_case(cast.mae_sot, worker, child=child, family=family)
    make_consent(case, worker, purpose="emergency_fund")
    policies = [quoted(cast, insurance_line(cast, case), starts_on=days(n)) for n in range(6)]
    make_line(cast.mae_sot, cast.of("FA"), 10_000, kinds=["health_insurance"])
    AssistanceLine.rows.update(state="approved", approved=Decimal(365))
    together, answers, officer = threading.Barrier(6), [], cast.of("FO")

    def press(policy: InsurancePolicy, n: int) -> None:
        together.wait()
        try:
            answers.append(order_insurance(policy=policy, starts_on=days(n), by=officer, now=NOW).state)
        except Refusal as refusal:
            answers.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[policy, n]) for n, policy in enumerate(policies)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(answers) == ["E-EAF-11"] * 5 + ["ordered"]
    assert InsuranceCover.rows.filter(state="ordered").count() == 1
    assert InsurancePolicy.rows.filter(state="ordered").count() == 1


def test_a_cover_of_another_programme_refuses_what_the_rules_did_not_see(cast, policy, monkeypatch):
    """The database has the last word, in the same sentence."""
    from emergency_fund.services import cards

    quote_cover(
        child=policy.line.child, scheme=U7, valid_from=days(10), valid_to=days(20), programme="education",
        office=cast.mae_sot, subject=policy,
    )  # fmt: skip
    InsuranceCover.rows.filter(programme="education").update(state="ordered")
    real, seen = cards.queries.overlapping, []

    def blind_once(*args, **facts):
        seen.append(args)
        return None if len(seen) == 1 else real(*args, **facts)

    monkeypatch.setattr(cards.queries, "overlapping", blind_once)
    assert refused(ordered, cast, policy) == "E-EAF-11"
    policy.refresh_from_db()
    assert policy.state == "quoted"


@pytest.mark.parametrize(("act", "after"), [("approve", "approved"), ("reject", "upheld")])
def test_what_is_appealed_goes_on_when_the_insurance_beside_it_ends(cast, case, budget, mother, act, after):
    request = ask(cast, case, ("health_insurance", 500), ("nutrition", 800), requester=mother)
    insurance, food = request.lines.order_by("pk")
    made = quoted(cast, insurance)
    budget.kinds = ["health_insurance", "nutrition"]
    budget.save(update_fields=["kinds"])
    decide(
        request=recommended(cast, request, budget), act="approve", amounts={food.pk: Decimal(0)}, by=officer_two(cast),
        now=NOW, code="limit", comment="The fund gives no more for this",
    )  # fmt: skip
    appeal = appealed(request, cast.of("CW"))
    made.refresh_from_db()
    ended(cast, made)
    request.refresh_from_db()
    assert (request.state, request.expires_on, amounts(budget)) == ("appeal", None, (0, 0, 10_000))
    decide_appeal(
        appeal=appeal, act=Act(act), amounts={}, by=cast.of("FA"), now=NOW, code="limit",
        comment="The fund gives no more for this",
    )  # fmt: skip
    request.refresh_from_db()
    appeal.refresh_from_db()
    is_granted = act == "approve"
    assert (request.state, appeal.state) == (after, "granted" if is_granted else "upheld")
    assert amounts(budget) == ((0, 800, 9200) if is_granted else (0, 0, 10_000))
    assert set(AidGiven.rows.exclude(state="cancelled").values_list("kind", "amount")) == (
        {("nutrition", 800)} if is_granted else set()
    )
    if is_granted:
        assert paid(cast, food, 800, mother, "f-1").pk


def test_an_appeal_for_the_insurance_alone_ends_with_it(cast, case, budget, mother):
    line = insurance_line(cast, case, requester=mother)
    made = quoted(cast, line)
    budget.kinds = ["health_insurance"]
    budget.save(update_fields=["kinds"])
    request = recommended(cast, AssistanceRequest.rows.get(pk=line.request_id), budget)
    decide(
        request=request, act="approve", amounts={line.pk: Decimal(300)}, by=officer_two(cast), now=NOW, code="limit",
        comment="The fund gives no more for this",
    )  # fmt: skip
    appeal = appealed(request, cast.of("CW"))
    made.refresh_from_db()
    ended(cast, made)
    request.refresh_from_db()
    appeal.refresh_from_db()
    assert (request.state, appeal.state, appeal.approval.state) == ("withdrawn", "withdrawn", "withdrawn")
    assert amounts(budget) == (0, 0, 10_000)
