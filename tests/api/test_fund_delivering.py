"""Money and kits over the API as on the pages: who is paid, from which box, out of which store, and what comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.approvals.services.conflicts import declare_conflict
from casework.approvals.states import Act
from casework.funds.models import CashMovement
from casework.stock.models import Balance
from emergency_fund.models import AssistanceLine, AssistanceRequest, Delivery, PickList
from emergency_fund.services.deciding import decide
from tests.factories import emergency_fund as fund
from tests.factories.accounts import make_worker
from tests.factories.cash import make_box
from tests.factories.fund_after import account_of_family
from tests.factories.stock import make_item, make_kit, make_lot, make_store

from .test_fund_requests import FIGURES, SCREENED, approved, budget, home, payment_of  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db
HOSPITAL = "Mae Sot Hospital"


def key(value: str) -> dict[str, str]:
    return {"Idempotency-Key": value}


def recommend_(caller, request, budget, **facts):  # noqa: F811
    """Send the request to those who decide, naming who is paid for its first line."""
    officer, here = caller("FO"), f"fund-requests/{request.pk}/"
    officer.act("screen/", SCREENED, row=here)
    officer.act("assess/", FIGURES, row=here)
    lines = [{"line": line.pk, "budget_line": budget.pk} for line in request.lines.order_by("pk")]
    lines[0] |= facts
    return officer.act("recommend/", {"lines": lines, "total": "1700"}, row=here)


def test_who_is_paid_is_recommended_and_who_has_to_do_with_it_does_not_decide(caller, cast, home, budget):  # noqa: F811
    request = fund.asked(home[0], cast.of("CW"))
    answer = recommend_(caller, request, budget, provider=HOSPITAL)
    assert [one["provider"] for one in answer.json()["lines"]] == [HOSPITAL, ""]
    second, third = make_worker("FO", cast.mae_sot), make_worker("FO", cast.mae_sot)
    declare_conflict(
        by=second, now=timezone.now(), reason="My brother works there", kind="organisation", organisation=HOSPITAL
    )
    here, decision, cashier = f"fund-requests/{request.pk}/", {"act": "approve"}, caller("CSH")
    refused = type(cashier)(second).act("decide/", decision, row=here)
    assert (refused.status_code, refused.json()["code"]) == (409, "E-APR-04")
    assert type(cashier)(third).act("decide/", decision, row=here).json()["state"] == "approved"
    line = request.lines.get(kind="health_cost")
    paid = {"line": line.pk, "amount": "900", "provider_receipt": "H-1"}
    made = cashier.post(f"{here}payments/", paid, **key("h"))
    assert (made.status_code, made.json()["received_name"], made.json()["proof"]) == (201, HOSPITAL, "their_receipt")


def test_nobody_else_is_paid_for_what_the_family_gets(caller, cast, home, budget):  # noqa: F811
    request = fund.asked(home[0], cast.of("CW"), ("nutrition", 800), ("health_cost", 900))
    answer = recommend_(caller, request, budget, provider="A shop")
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (400, "E-EAF-215", "lines")
    assert AssistanceRequest.rows.get().state == "screened"
    answer = recommend_(caller, request, budget, modality="voucher", provider="")
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, "E-EAF-267", "lines.0.provider")
    answer = recommend_(caller, request, budget, modality="in_kind")
    assert (answer.json()["code"], answer.json()["field"]) == ("E-EAF-266", "lines.0.modality"), "no store has it"
    assert recommend_(caller, request, budget, provider="").json()["state"] == "in_approval"
    assert set(AssistanceLine.rows.values_list("provider", flat=True)) == {""}


def test_what_is_paid_at_once_stands_on_one_receipt(caller, cast, home, budget):  # noqa: F811
    request, cashier = approved(home, cast, budget), caller("CSH")
    here, lines = f"fund-requests/{request.pk}/payments/", list(request.lines.order_by("pk"))
    first, other = ({"line": line.pk, "amount": str(line.approved)} for line in lines)
    payment = payment_of(lines[0].pk, home[1], first["amount"])
    for also, status, field in (
        ([{"line": 10**6, "amount": "1"}], 400, "also.0.line"), ([other | {"amount": "9999"}], 422, "also.0.amount"),
        ([first], 422, "also"),
    ):  # fmt: skip
        answer = cashier.post(here, payment | {"also": also}, **key(f"no-{field}"))
        assert (answer.status_code, answer.json()["field"]) == (status, field)
    assert answer.json()["code"] == "E-EAF-261", "one thing twice would be paid once and told as twice"
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert cashier.post(here, payment | {"on": tomorrow}, **key("no")).json()["code"] == "E-EAF-220"
    made = cashier.post(here, payment | {"also": [other], "on": timezone.localdate().isoformat()}, **key("yes"))
    assert made.status_code == 201
    rows = cashier.get(here).json()
    assert [row["line"] for row in rows] == [line.pk for line in lines]
    assert {row["number"] for row in rows} == {made.json()["number"]}


def test_who_fetches_it_is_named_and_has_it(caller, cast, home, budget):  # noqa: F811
    request, cashier, worker = approved(home, cast, budget), caller("CSH"), caller()
    here, line = f"fund-requests/{request.pk}/", request.lines.get(kind="nutrition")
    who = {"named_by": home[1].pk, "name": "Saw Htoo", "relation": "Neighbour", "paper": "Pink card 0-55"}
    assert cashier.post(f"{here}collectors/", who).status_code == 403
    made = worker.post(f"{here}collectors/", who)
    assert made.status_code == 201
    assert cashier.get(f"{here}collectors/").json() == [made.json()]
    payment = payment_of(line.pk, home[1], "800")
    assert cashier.post(f"{here}payments/", payment | {"collector": 10**6}, **key("a")).status_code == 400
    paid = cashier.post(f"{here}payments/", payment | {"collector": made.json()["id"]}, **key("b")).json()
    assert (paid["received_name"], paid["relation"]) == ("Saw Htoo", "Neighbour")


def test_cash_comes_out_of_the_box_that_is_named_and_goes_into_one(caller, cast, home, budget):  # noqa: F811
    request, cashier = approved(home, cast, budget), caller("CSH")
    box, far = make_box(cast.mae_sot, cast.of("CSH"), 1000), make_box(cast.ranong, cast.of("CSH", "RN"), 1000)
    here, food = f"fund-requests/{request.pk}/", request.lines.get(kind="nutrition")
    assert {one["id"]: one["approved"] for one in cashier.get(f"{here}to-pay/").json()}[food.pk] == "800.00"
    assert caller("CW").get(f"{here}to-pay/").status_code == 403
    [source] = cashier.get(f"{here}cash-sources/").json()
    assert source == {"key": f"box-{box.pk}", "name": str(box), "left": "1000.00"}
    payment = payment_of(food.pk, home[1], "800")
    unsaid = cashier.post(f"{here}payments/", payment, **key("a"))
    assert (unsaid.status_code, unsaid.json()["code"], unsaid.json()["field"]) == (422, "E-EAF-140", "paid_from")
    strange = cashier.post(f"{here}payments/", payment | {"paid_from": f"box-{far.pk}"}, **key("b"))
    assert (strange.status_code, strange.json()["field"]) == (400, "paid_from")
    account = account_of_family(request, cast.of("FO"), make_worker("FO", cast.mae_sot))
    sent = {"account": account.pk, "reference": "T-4711", "proof": "bank_slip", "witness": ""}
    both = payment | {"paid_from": source["key"]} | sent
    assert cashier.post(f"{here}payments/", both, **key("c")).json()["code"] == "E-EAF-181"
    made = cashier.post(f"{here}payments/", payment | {"paid_from": source["key"]}, **key("d"))
    assert made.status_code == 201
    back = {"delivery": made.json()["id"], "amount": "50", "reason": "The shop was cheaper"}
    assert cashier.post(f"{here}returns/", back, **key("e")).json()["code"] == "E-EAF-140"
    returned = cashier.post(f"{here}returns/", back | {"paid_from": source["key"]}, **key("f"))
    assert returned.status_code == 201
    kinds = CashMovement.rows.filter(box=box).order_by("pk").values_list("kind", "amount")
    assert [(kind, int(amount)) for kind, amount in kinds] == [("fill", 1000), ("pay_out", 800), ("give_back", 50)]


@pytest.fixture
def kit(cast, home, budget):  # noqa: F811
    """A kit is approved; 300 g of soap expire first, more lies there, and pads are counted in whole."""
    request = fund.recommended(fund.asked(home[0], cast.of("CW"), ("hygiene_kit", 450)), cast.of("FO"), budget)
    decide(request=request, act=Act.APPROVE, amounts={}, by=make_worker("FO", cast.mae_sot), now=timezone.now())
    soap, pads = make_item(shelf_days=30), make_item("pads", "pack", is_whole=True)
    make_kit((soap, "person_month", 250), (pads, "female_10_49", 2))
    store, keeper, today = make_store(cast.mae_sot), cast.of("CSH"), timezone.localdate()
    make_lot(store, soap, keeper, 1000, number="LATE", expires_on=today + timedelta(days=400), cost="0.50")
    make_lot(store, soap, keeper, 500, number="SOON", expires_on=today + timedelta(days=60), cost="0.20")
    make_lot(store, pads, keeper, 10, number="P1", cost="30")
    return request.lines.get(), store


def lies() -> dict[str, int]:
    return {number: int(left) for number, left in Balance.rows.values_list("lot__number", "quantity")}


def test_a_kit_is_picked_from_a_store_of_the_office(caller, cast, kit):
    (line, store), cashier = kit, caller("CSH")
    here, far = f"fund-requests/{line.request_id}/pick-lists/", make_store(cast.ranong, "Far")
    other = cashier.post(here, {"line": line.pk, "store": far.pk})
    assert (other.status_code, other.json()["field"], PickList.rows.count()) == (400, "store", 0)
    other = cashier.post(here, {"line": line.pk + 1000, "store": store.pk})
    assert (other.status_code, other.json()["field"]) == (400, "line")
    for role in ("CW", "FO", "FA"):
        assert caller(role).post(here, {"line": line.pk, "store": store.pk}).status_code == 403
    made = cashier.post(here, {"line": line.pk, "store": store.pk})
    assert (made.status_code, made.json()["people"]) == (201, 2)
    assert [(row["number"], row["quantity"]) for row in made.json()["rows"]] == [("SOON", "500.00"), ("P1", "2.00")]
    assert cashier.get(here).json() == [made.json()]


def test_a_kit_is_handed_over_in_parts_and_comes_back(caller, home, kit):  # noqa: F811
    (line, store), cashier = kit, caller("CSH")
    here = f"fund-requests/{line.request_id}/"
    soap, pads = cashier.post(f"{here}pick-lists/", {"line": line.pk, "store": store.pk}).json()["rows"]
    (listed,) = cashier.get(f"{here}pick-lists/").json()
    to = {"pick_list": listed["id"], "received_by": home[1].pk, "proof": "thumb_print", "witness": "Daw Khin"}

    def hand(sent: str, *rows: tuple[dict, str], **more: object):
        told = [{"row": row["id"], "quantity": quantity} for row, quantity in rows]
        return cashier.post(f"{here}hand-overs/", to | {"rows": told} | more, **key(sent))

    assert cashier.post(f"{here}hand-overs/", to | {"rows": []}).json()["code"] == "IDEM-KEY"
    part = hand("a", (soap, "1"), (pads, "0.5")).json()
    assert (part["code"], part["field"]) == ("E-STK-33", "rows.1.quantity")
    assert hand("b", (soap, "501")).json()["code"] == "E-EAF-17"
    assert hand("c", ({"id": soap["id"] + 1000}, "1")).json()["field"] == "rows"
    twice = hand("t", (soap, "1"), (soap, "2"))
    assert (twice.status_code, twice.json()["code"], twice.json()["field"]) == (400, "E-EAF-261", "rows")
    assert hand("d", (soap, "1e2")).status_code == hand("e", (soap, "-1")).status_code == 400
    assert hand("f", (soap, "1"), proof="bank_slip").status_code == 400
    first = hand("g", (soap, "๓๐๐"), (pads, "2"))
    assert (first.status_code, first.json()["amount"]) == (201, "120.00")
    assert hand("g", (soap, "๓๐๐"), (pads, "2")).json() == first.json() and Delivery.rows.count() == 1
    assert [(one["number"], one["left"]) for one in first.json()["goods"]] == [("SOON", "300.00"), ("P1", "2.00")]
    assert lies() == {"LATE": 1000, "SOON": 200, "P1": 8}
    back = {"delivery": first.json()["id"], "reason": "The family had soap from the camp",
            "rows": [{"row": first.json()["goods"][0]["movement"], "quantity": "301"}]}  # fmt: skip
    more = cashier.post(f"{here}goods-back/", back, **key("h")).json()
    assert (more["code"], more["field"]) == ("E-EAF-94", "rows.0.quantity")
    back["rows"][0]["quantity"] = "100"
    assert cashier.post(f"{here}goods-back/", back, **key("i")).json()["amount"] == "20.00"
    assert lies()["SOON"] == 300
    assert len(cashier.get(f"{here}goods-back/").json()) == len(cashier.get(f"{here}hand-overs/").json()) == 1


def test_money_does_not_come_back_as_goods(caller, cast, home, budget):  # noqa: F811
    request, cashier = approved(home, cast, budget), caller("CSH")
    paid = fund.paid(request.lines.get(kind="nutrition"), make_worker("CSH", cast.mae_sot))
    body = {"delivery": paid.pk, "rows": [], "reason": "The family has enough of it"}
    answer = cashier.post(f"fund-requests/{request.pk}/goods-back/", body, **key("a"))
    assert (answer.status_code, answer.json()["code"]) == (409, "E-EAF-90")


def test_another_lot_is_taken_for_a_reason_and_hands_over_by_the_newest_list(caller, home, kit):  # noqa: F811
    (line, store), cashier = kit, caller("CSH")
    row = f"fund-requests/{line.request_id}/"
    made = cashier.post(f"{row}pick-lists/", {"line": line.pk, "store": store.pk}).json()
    soap, late = made["rows"][0], Balance.rows.get(lot__number="LATE").lot_id
    swap = {"row": soap["id"], "lot": late, "reason": "The boxes are wet"}
    there = f"{row}other-lots/"
    assert cashier.post(there, swap | {"lot": soap["lot"]}).json()["field"] == "lot"
    assert cashier.post(there, swap | {"reason": ""}).json()["code"] == "E-EAF-176"
    taken = cashier.post(there, swap)
    assert (taken.status_code, taken.json()["number"], cashier.get(there).json()) == (201, "LATE", [taken.json()])
    assert {one["number"] for one in cashier.get(f"{row}pick-lists/").json()[0]["rows"]} == {"LATE", "P1"}
    newer = cashier.post(f"{row}pick-lists/", {"line": line.pk, "store": store.pk}).json()
    by_old = {"pick_list": made["id"], "received_by": home[1].pk, "proof": "known_to_staff",
              "rows": [{"row": made["rows"][1]["id"], "quantity": "1"}]}  # fmt: skip
    assert cashier.post(f"{row}hand-overs/", by_old, **key("a")).json()["code"] == "E-EAF-93"
    by_new = by_old | {"pick_list": newer["id"], "rows": [{"row": newer["rows"][1]["id"], "quantity": "1"}]}
    assert cashier.post(f"{row}hand-overs/", by_new, **key("b")).status_code == 201
