"""Requests to the fund over the API: their way from what a family asks to what is paid, and what stands against it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from casework.aid.services import promise_aid
from casework.approvals.models import Proposal
from casework.approvals.services.proposals import confirm
from casework.kernel.dates import short
from casework.people.services.families import add_member, create_family
from emergency_fund.models import AssistanceRequest, Delivery
from tests.factories import emergency_fund as fund
from tests.factories.accounts import make_worker
from tests.factories.cases import make_case, make_sealed
from tests.factories.funds import make_line
from tests.factories.people import make_person

FIGURES = {"income": "3000", "expenses": "6500.50", "debt": "12000", "earners": 0, "dependants": 4, "food_days": 2}
SCREENED = {"entitlement": "none", "status": "not_eligible"}


@pytest.fixture
def budget(cast):
    return make_line(cast.mae_sot, cast.of("FA"), 10_000, kinds=["hygiene_kit", "health_cost", "nutrition"])


def family_of(cast, office):
    worker = cast.of("CW", office.code)
    family = create_family(by=worker)
    child = make_person("Eh Soe Paw", born=date(2024, 7, 1))
    mother = make_person("Naw Paw", born=date(1995, 3, 1), sex="F")
    add_member(family=family, person=child, role="child", by=worker)
    add_member(family=family, person=mother, role="mother", by=worker)
    return make_case(office, worker, child=child, family=family), mother


@pytest.fixture
def home(cast):
    return family_of(cast, cast.mae_sot)


@pytest.fixture
def body(home):
    case, mother = home

    def make(**changes):
        line = {"child": case.child_id, "kind": "health_cost", "amount": "3900.00", "words": "3 nights"}
        return {
            "case": case.pk, "requester": mother.pk, "channel": "walk_in", "urgency": "72h",
            "need": "Pneumonia, three nights in hospital",
            "incident": {"kind": "illness", "occurred_on": str(timezone.localdate() - timedelta(days=2))},
            "lines": [line], "consent": {"how": "thumb", "language": "my"}, **changes,
        }  # fmt: skip

    return make


def row(answer) -> str:
    return f"fund-requests/{answer.json()['id']}/"


def test_the_needs_of_a_child_are_sent_by_a_line_and_answered_as_they_may_be_read(caller, body, home, cast):
    made = caller().post("fund-requests/", body())
    here, officer = row(made), caller("FO")
    officer.act("screen/", SCREENED, row=here)
    line = made.json()["lines"][0]["id"]
    need = {"line": line, "need": "food", "severity": 3, "note": "No milk since Monday"}
    for wrong in ({"severity": 4}, {"need": "safety"}, {"line": line + 1000}):
        assert officer.act("assess/", FIGURES | {"needs": [need | wrong]}, row=here).status_code == 400
    twice = officer.act("assess/", FIGURES | {"needs": [need, need]}, row=here)
    assert (twice.status_code, twice.json()["code"]) == (422, "E-EAF-178")
    answer = officer.act("assess/", FIGURES | {"needs": [need]}, row=here).json()["assessment"]
    told = {"child": home[0].child_id, "child_name": "Eh Soe Paw", "need": "food", "severity": 3, "note": need["note"]}
    assert (answer["needs"], answer["score"]) == ([told], 90)
    (hidden,) = caller("PM").get(here).json()["assessment"]["needs"]
    assert hidden == told | {"child": None, "child_name": "Child 1", "note": ""}


def approved(home, cast, budget) -> AssistanceRequest:
    second = make_worker("FO", cast.mae_sot)
    return fund.approved(home[0], cast.of("CW"), cast.of("FO"), second, budget)


def test_the_whole_way_of_a_request(caller, body, home, cast, budget):
    made = caller().post("fund-requests/", body(), **{"Idempotency-Key": "a"})
    assert (made.status_code, made.json()["state"], made.json()["case"]) == (201, "submitted", home[0].pk)
    assert caller().post("fund-requests/", body(), **{"Idempotency-Key": "a"}).json() == made.json()
    here, officer = row(made), caller("FO")
    assert [one["id"] for one in officer.get("fund-requests/", queue="screen").json()["results"]] == [made.json()["id"]]
    assert officer.act("screen/", SCREENED, row=here).json()["state"] == "screened"
    assert officer.act("assess/", FIGURES, row=here).json()["assessment"]["score"] > 0
    assert [one["id"] for one in officer.get(f"{here}budget-lines/").json()] == [budget.pk]
    line = made.json()["lines"][0]["id"]
    paid_from = {"lines": [{"line": line, "budget_line": budget.pk}], "total": "3900.00"}
    assert officer.act("recommend/", paid_from, row=here).json()["state"] == "in_approval"
    decision = {"act": "approve", "lines": [{"line": line, "approved": "3000.00"}], "code": "costs_less",
                "comment": "It costs less by now"}  # fmt: skip
    assert officer.act("decide/", decision, row=here).json()["code"] == "E-APR-01"
    second = type(officer)(make_worker("FO", cast.mae_sot))
    answer = second.act("decide/", decision, row=here)
    assert (answer.json()["state"], answer.json()["lines"][0]["approved"]) == ("approved", "3000.00")
    cashier, payment = caller("CSH"), payment_of(line, home[1], "3000.00")
    assert cashier.get(f"{here}receivers/").json() == [{"id": home[1].pk, "name": "Naw Paw", "role": "mother"}]
    assert officer.get(f"{here}receivers/").status_code == 403, "the fund knows no adult but who asks"
    first = cashier.post(f"{here}payments/", payment, **{"Idempotency-Key": "p"})
    again = cashier.post(f"{here}payments/", payment, **{"Idempotency-Key": "p"})
    assert (first.status_code, again.json()) == (201, first.json())
    back = {"delivery": first.json()["id"], "amount": "500", "reason": "The hospital asked for less."}
    assert cashier.post(f"{here}returns/", back, **{"Idempotency-Key": "r"}).status_code == 201
    assert [one["amount"] for one in cashier.get(f"{here}returns/").json()] == ["500.00"]
    assert [one["number"] for one in cashier.get(f"{here}payments/").json()] == [first.json()["number"]]
    budget.refresh_from_db()
    assert (budget.disbursed, budget.reserved, budget.committed) == (2500, 0, 0)


def payment_of(line: int, to, amount: str) -> dict:
    return {"line": line, "amount": amount, "received_by": to.pk, "proof": "thumb_print", "witness": "Daw Khin"}


def test_asking_is_refused_in_the_words_of_the_page(caller, body, cast):
    without = caller().post("fund-requests/", body(consent=None))
    assert (without.status_code, without.json()["code"], without.json()["field"]) == (422, "E-EAF-01", "consent")
    stranger = make_person("Somebody else", born=date(2020, 1, 1))
    line = {"child": stranger.pk, "kind": "nutrition", "amount": "100"}
    answer = caller().post("fund-requests/", body(lines=[line]))
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (400, "E-CHOICE-1", "lines.0.child")
    assert caller().post("fund-requests/", body(requester=stranger.pk)).json()["field"] == "requester"
    there = caller(office="RN").post("fund-requests/", body())
    assert (there.status_code, there.json()["field"]) == (400, "case")
    buddhist = {**body()["incident"], "occurred_on": f"{timezone.localdate().year + 543}-01-02"}
    answer = caller().post("fund-requests/", body(incident=buddhist)).json()
    assert (answer["code"], answer["field"]) == ("E-DATE-3", "incident.occurred_on")
    assert str(timezone.localdate().year) in answer["message"]
    assert not AssistanceRequest.rows.exists()
    assert caller().post("fund-requests/", body()).status_code == 201


def asked_again(home, cast, *, days: int) -> dict[str, object]:
    """A kit for the child, who was promised one by another programme so many days ago."""
    case = home[0]
    promise_aid(
        child=case.child, family=case.family, kind="hygiene_kit", period="before", amount=Decimal(350), subject=case,
        office=cast.mae_sot, programme="education", today=timezone.localdate() - timedelta(days=days),
    )  # fmt: skip
    return {"child": case.child_id, "kind": "hygiene_kit", "amount": "350"}


def test_the_same_help_too_soon_is_asked_for_when_its_warning_is_acknowledged(caller, body, home, cast):
    kit = asked_again(home, cast, days=29)
    refused = caller().post("fund-requests/", body(lines=[kit]))
    (warned,) = refused.json()["errors"]
    until = short(timezone.localdate() + timedelta(days=1), "en")
    assert refused.status_code == 422
    assert (warned["code"], warned["level"], warned["field"]) == ("E-EAF-10", "warning", "lines")
    assert warned["message"] == f"The family had Hygiene kit; again from {until}."
    assert caller().post("fund-requests/", body(lines=[kit], acknowledged=["W-11"])).status_code == 422
    assert not AssistanceRequest.rows.exists(), "nothing is taken down before somebody has seen it"
    made = caller().post("fund-requests/", body(lines=[kit], acknowledged=["E-EAF-10"]))
    assert made.status_code == 201
    told = {"to": "returned", "code": "papers", "comment": "The quote of the hospital is missing."}
    caller("FO").act("turn-away/", told, row=row(made))
    mended = {name: body(lines=[kit])[name] for name in ("incident", "lines", "urgency", "need")}
    again = caller().act("change/", mended, row=row(made))
    assert (again.status_code, again.json()["code"]) == (422, "E-EAF-10")
    seen = mended | {"acknowledged": ["E-EAF-10"]}
    assert caller().act("change/", seen, row=row(made)).json()["state"] == "submitted"


def test_what_is_not_too_soon_is_asked_for_at_once(caller, body, home, cast):
    kit = asked_again(home, cast, days=30)
    made = caller().post("fund-requests/", body(lines=[kit]))
    assert made.status_code == 201
    twice = caller().post("fund-requests/", body(lines=[kit]))
    assert (twice.status_code, twice.json()["code"]) == (422, "E-EAF-262")
    assert f"An undecided request, {made.json()['number']}, asks for this as well" in twice.json()["message"]
    assert caller().post("fund-requests/", body(lines=[kit], acknowledged=["E-EAF-262"])).status_code == 201


@pytest.mark.parametrize("amount", ["-1", "0", "1500.005", "NaN", "1e5", "1_000", "1,50", None, True, "9" * 30])
def test_amounts_that_cannot_be_are_refused_and_others_are_not(caller, body, home, amount):
    line = {"child": home[0].child_id, "kind": "nutrition", "amount": amount}
    answer = caller().post("fund-requests/", body(lines=[line]))
    assert answer.status_code in (400, 422)
    assert answer.json()["field"] == "lines.0.amount"
    asked = caller().post("fund-requests/", body(lines=[line | {"amount": "๑,๕๐๐"}]))
    assert (asked.status_code, asked.json()["lines"][0]["asked"]) == (201, "1500.00")


@pytest.mark.parametrize("told, code, field", [
    ({"amount": "950"}, "E-EAF-230", "amount"), ({"unit_cost": None, "amount": "900"}, "E-EAF-231", "unit_cost"),
    ({"kind": "hygiene_kit"}, "E-EAF-232", "quantity"), ({"unit_cost": "0", "amount": "9"}, "E-EAF-233", "unit_cost"),
])  # fmt: skip
def test_number_and_price_make_the_amount_or_are_refused_at_their_place(caller, body, home, told, code, field):
    line = {"child": home[0].child_id, "kind": "nutrition", "quantity": 3, "unit": "tin", "unit_cost": "๓๐๐"}
    answer = caller().post("fund-requests/", body(lines=[line | told]))
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, code, f"lines.0.{field}")
    (asked,) = caller().post("fund-requests/", body(lines=[line])).json()["lines"]
    assert (asked["asked"], asked["quantity"], asked["unit"], asked["unit_cost"]) == ("900.00", 3, "tin", "300.00")


def test_a_change_rests_on_the_state_that_was_read(caller, body):
    here = row(caller().post("fund-requests/", body()))
    officer = caller("FO")
    assert officer.post(f"{here}screen/", SCREENED).status_code == 428
    stale = officer.get(here)["ETag"]
    assert officer.act("screen/", SCREENED, row=here).status_code == 200
    assert officer.post(f"{here}assess/", FIGURES, **{"If-Match": stale}).status_code == 412
    assert officer.act("assess/", FIGURES, row=here).status_code == 200
    again = officer.act("screen/", SCREENED, row=here)
    assert (again.status_code, again.json()["code"]) == (409, "E-EAF-37")


def test_what_is_returned_is_mended_and_taken_back(caller, body, home):
    here, officer = row(caller().post("fund-requests/", body())), caller("FO")
    silent = officer.act("turn-away/", {"to": "returned", "code": "papers", "comment": "x"}, row=here)
    assert (silent.status_code, silent.json()["code"]) == (422, "E-APR-07")
    told = {"to": "returned", "code": "papers", "comment": "The quote of the hospital is missing."}
    assert officer.act("turn-away/", told, row=here).json()["state"] == "returned"
    mended = {name: body()[name] for name in ("incident", "lines", "urgency", "need")}
    mended["incident"]["earner"] = 10**9
    assert caller().act("change/", mended, row=here).json()["field"] == "incident.earner"
    mended["incident"] |= {"earner": home[1].pk, "is_day_known": False}
    assert caller().act("change/", mended, row=here).json()["state"] == "submitted"
    for role, earner in (("CW", home[1].pk), ("FO", None)):
        shown = caller(role).get(here).json()["incident"]
        assert (shown["earner"], shown["earner_role"], shown["is_day_known"]) == (earner, "Mother", False), role
        assert shown["reported_on"] == str(timezone.localdate())
    assert caller().act("change/", mended, row=here).json()["code"] == "E-EAF-36"
    assert caller().act("take-back/", row=here).json()["code"] == "E-EAF-189"
    gone = {"reason": "The employer has paid the hospital"}
    assert caller().act("take-back/", gone, row=here).json()["state"] == "withdrawn"


def test_a_payment_to_an_account_tells_its_last_digits_alone(caller, home, cast, budget):
    made = approved(home, cast, budget)
    food = made.lines.get(kind="nutrition")
    here, cashier = f"fund-requests/{made.pk}/", caller("CSH")
    told = {"bank": "promptpay", "number": "0812345678", "holder": "Naw Paw"}
    short = caller("FO").post(f"{here}accounts/", told | {"number": "081234567"})
    assert (short.status_code, short.json()["code"]) == (422, "E-EAF-183")
    assert cashier.post(f"{here}accounts/", told).status_code == 403
    entered = caller("FO").post(f"{here}accounts/", told).json()
    assert (entered["account"], entered["state"]) == ("PromptPay •••5678", "waiting")
    assert cashier.get(f"{here}accounts/").json() == []
    payment = payment_of(food.pk, home[1], "800.00") | {"proof": "bank_slip", "witness": "", "reference": "T-4711"}
    alone = cashier.post(f"{here}payments/", payment, **{"Idempotency-Key": "a"})
    assert (alone.status_code, alone.json()["code"]) == (422, "E-EAF-186")
    own = payment | {"account": entered["id"]}
    answer = cashier.post(f"{here}payments/", own, **{"Idempotency-Key": "b"})
    assert (answer.status_code, answer.json()["field"]) == (400, "account")
    second = make_worker("FO", cast.mae_sot)
    confirm(proposal=Proposal.rows.open().get(kind="emergency_fund.account"), by=second, now=timezone.now())
    assert [one["id"] for one in cashier.get(f"{here}accounts/").json()] == [entered["id"]]
    sent = cashier.post(f"{here}payments/", own, **{"Idempotency-Key": "c"})
    assert (sent.status_code, sent.json()["account"], sent.json()["relation"]) == (201, "PromptPay •••5678", "mother")


def test_a_payment_needs_its_key_and_is_made_once(caller, home, cast, budget):
    request, mother = approved(home, cast, budget), home[1]
    line, here = request.lines.first(), f"fund-requests/{request.pk}/"
    cashier, payment = caller("CSH"), payment_of(line.pk, mother, "400.00")
    without = cashier.post(f"{here}payments/", payment)
    assert (without.status_code, without.json()["code"]) == (422, "IDEM-KEY")
    long = cashier.post(f"{here}payments/", payment, **{"Idempotency-Key": "k" * 81})
    assert (long.json()["code"], long.json()["field"]) == ("IDEM-KEY", "Idempotency-Key")
    dated = payment | {"at": "2020-01-01T08:00:00+07:00"}  # the clock of who sends is not asked
    answer = cashier.post(f"{here}payments/", dated, **{"Idempotency-Key": "k"})
    assert (answer.status_code, answer.json()["field"]) == (400, "at")
    early = cashier.post(f"{here}payments/", payment | {"on": "2020-01-01"}, **{"Idempotency-Key": "k"})
    assert (early.status_code, early.json()["code"], early.json()["field"]) == (422, "E-EAF-221", "on")
    assert cashier.post(f"{here}payments/", payment, **{"Idempotency-Key": "k"}).status_code == 201
    other = cashier.post(f"{here}payments/", payment | {"amount": "500.00"}, **{"Idempotency-Key": "k"})
    assert (other.status_code, other.json()["code"]) == (409, "IDEM-USED")
    more = cashier.post(f"{here}payments/", payment | {"amount": "501.00"}, **{"Idempotency-Key": "l"})
    assert (more.status_code, more.json()["code"]) == (422, "E-EAF-19")
    assert cashier.post(f"{here}payments/", payment | {"amount": "500"}, **{"Idempotency-Key": "l"}).status_code == 201
    assert Delivery.rows.count() == 2
    for role in ("CW", "FO", "FA"):
        answer = caller(role).post(f"{here}payments/", payment, **{"Idempotency-Key": role})
        assert answer.status_code == 403
    stale = type(cashier)(cast.of("CSH"), fresh=False).post(f"{here}payments/", payment, **{"Idempotency-Key": "m"})
    assert (stale.status_code, stale.json()["code"]) == (403, "E-FRESH")
    assert "send this again" in stale.json()["message"], "a session can be proven anew, a token cannot"


def test_names_are_told_to_those_who_may_know_them(caller, home, cast, budget):
    request = approved(home, cast, budget)
    here = f"fund-requests/{request.pk}/"
    child = home[0].child.name
    known, hidden = caller("FO").get(here).json(), caller("PM").get(here).json()
    assert (known["lines"][0]["child_name"], known["lines"][0]["child"]) == (child, home[0].child_id)
    assert (hidden["lines"][0]["child_name"], hidden["lines"][0]["child"]) == ("Child 1", None)
    assert (hidden["requester"], hidden["incident"]["employer"], hidden["case"]) == ("", "", None)
    assert caller("PM").get("fund-requests/").json()["results"][0]["child"] == ""
    assert caller("CSH").get("fund-requests/").json()["results"][0]["child"] == child
    make_sealed(home[0], cast.of("CW"))
    assert caller("FO").get(here).json()["lines"][0]["child_name"] == "Child 1"
    assert caller("FO", office="RN").get(here).status_code == 404


def test_the_list_is_filtered_and_paged(caller, home, cast, budget):
    first = approved(home, cast, budget)
    second = fund.asked(home[0], cast.of("CW"), ("hygiene_kit", 400), urgency="24h")
    officer = caller("FO")

    def found(**asked: object) -> list[int]:
        return [one["id"] for one in officer.get("fund-requests/", **asked).json()["results"]]

    assert found() == [second.pk, first.pk]
    assert found(state="approved") == [first.pk] == found(kind="nutrition") == found(queue="pay")
    assert found(urgency="24h") == [second.pk] == found(case=home[0].pk, kind="hygiene_kit")
    page = officer.get("fund-requests/", page_size=1).json()
    assert [one["id"] for one in page["results"]] == [second.pk]
    assert officer.client.get(page["next"]).json()["results"][0]["id"] == first.pk
    assert officer.get("fund-requests/", queue="nonsense").status_code == 400
    assert [one["id"] for one in caller("CSH").get("fund-requests/").json()["results"]] == [first.pk]


def test_the_list_asks_as_many_queries_for_many_rows(caller, home, cast, django_assert_max_num_queries):
    for _n in range(4):
        fund.asked(home[0], cast.of("CW"), ("hygiene_kit", 400))
    officer = caller("FO")
    with django_assert_max_num_queries(12):
        assert len(officer.get("fund-requests/").json()["results"]) == 4
