"""The budget, cash, what finance is told and samples over the API: the acts of the pages, with their refusals."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from casework.approvals.models import Proposal
from casework.documents.models import Document
from casework.documents.services import render_document
from casework.funds.models import (
    Advance,
    AuditSample,
    BudgetEntry,
    BudgetLine,
    CashBox,
    CashCount,
    ExchangeRate,
    FinanceBatch,
)
from casework.funds.states import EntryKind
from casework.kernel.dates import add_months
from casework.stock.models import Balance, Kit, StockCount
from tests.factories import emergency_fund as fund
from tests.factories.accounts import make_worker
from tests.factories.cash import make_batch, make_box
from tests.factories.funds import make_line, make_source, post
from tests.factories.stock import make_item, make_kit, make_lot, make_store

from .test_fund_requests import budget, home  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LAST_MONTH = add_months(TODAY.replace(day=1), -1)
SOURCE = {
    "donor": "Lake Foundation", "code": "LF-26", "currency": "THB", "ceiling": "100,000", "starts_on": "2026-01-01",
    "ends_on": "2027-12-31",
}  # fmt: skip


@pytest.fixture
def line(cast):
    made = make_line(cast.mae_sot, cast.of("FA"), 1000)
    made.refresh_from_db()
    return made


def confirmed(caller, answer, role: str = "PM") -> None:
    """Somebody else confirms what was proposed."""
    assert answer.status_code == 201, answer.content
    done = caller(role).act("confirm/", row=f"proposals/{answer.json()['id']}/")
    assert done.json()["state"] == "confirmed", done.content


def code(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_a_source_a_line_and_its_money_by_two_people(cast, caller):
    manager = caller("FA")
    confirmed(caller, manager.post("funding-sources/", SOURCE))
    assert code(manager.post("funding-sources/", SOURCE)) == (422, "E-BUD-10")
    source = manager.get("funding-sources/").json()["results"][0]
    told = {"source": source["id"], "office": cast.mae_sot.pk, "kinds": ["health_cost"], "name_en": "Health"}
    confirmed(caller, manager.post("budget-lines/", told | {"ceiling": "5000"}))
    line = BudgetLine.rows.get()
    assert (line.programme, line.source_id) == ("emergency_fund", source["id"])
    gift = {"kind": "allot", "amount": "4000", "on": str(TODAY), "reason": "First part"}
    assert code(manager.post(f"budget-lines/{line.pk}/gifts/", gift | {"amount": "6000"})) == (422, "E-BUD-06")
    confirmed(caller, manager.post(f"budget-lines/{line.pk}/gifts/", gift))
    assert manager.get(f"budget-lines/{line.pk}/").json()["left"] == "4000.00"
    [entry] = manager.get("budget-entries/", line=line.pk).json()["results"]
    assert (entry["kind"], entry["proposed_by"], entry["by"]) == ("allot", cast.of("FA").pk, cast.of("PM").pk)
    back = f"budget-entries/{entry['id']}/takings-back/"
    confirmed(caller, manager.post(back, {"reason": "Typed on the wrong line"}))
    assert [one["state"] for one in manager.get(back).json()] == ["confirmed"]
    assert code(manager.post(back, {"reason": "Once more"})) == (409, "E-BUD-05")


@pytest.mark.parametrize(
    "kinds, told", [(["no.kind"], "E-CHOICE-1"), ([], "min_length"), (["health_cost", "no.kind"], "E-CHOICE-1")]
)
def test_a_line_pays_for_kinds_that_are_known(cast, caller, line, kinds, told):
    body = {"source": line.source_id, "office": cast.mae_sot.pk, "kinds": kinds, "name_en": "x", "ceiling": "5"}
    assert code(caller("FA").post("budget-lines/", body)) == (400, told)
    far = body | {"kinds": ["health_cost"], "office": cast.ranong.pk}
    assert caller("FA").post("budget-lines/", far).json()["field"] == "office"


def test_a_source_is_closed_and_opened_again(caller, line):
    here, why = f"funding-sources/{line.source_id}/", {"reason": "The donor left early"}
    assert code(caller("FA").post(f"{here}reopenings/", why)) == (409, "E-BUD-19")
    confirmed(caller, caller("FA").post(f"{here}closings/", why))
    assert caller("PM").get(here).json()["closed_reason"] == why["reason"]
    assert code(caller("FA").post(f"{here}closings/", why)) == (409, "E-BUD-20")
    confirmed(caller, caller("FA").post(f"{here}reopenings/", why))
    assert [one["state"] for one in caller("FA").get(f"{here}closings/").json()] == ["confirmed"]


@pytest.mark.parametrize(
    "currency, amount, told",
    [("USD", "5000 baht", (400, "E-MONEY-5")), ("USD", "5,000", (201, None)), ("THB", "5000 baht", (201, None))],
)
def test_what_is_given_in_another_currency_is_not_told_in_baht(caller, cast, currency, amount, told):
    ExchangeRate.objects.create(currency="USD", valid_from="2026-01-01", baht="33.25", source="Bank of Thailand")
    line = make_line(cast.mae_sot, cast.of("FA"), source=make_source(currency=currency, ceiling=Decimal(10_000)))
    gift = {"kind": "allot", "amount": amount, "on": str(TODAY), "reason": "First part"}
    for address, body in (
        ("funding-sources/", SOURCE | {"currency": currency, "ceiling": amount}),
        (f"budget-lines/{line.pk}/gifts/", gift),
    ):
        answer = caller("FA").post(address, body)
        assert (answer.status_code, answer.json().get("code")) == told


@pytest.mark.parametrize("role, status", [("PM", 403), ("AUD", 403), ("FO", 404), ("CSH", 404)])
def test_only_the_fund_manager_proposes(caller, line, role, status):
    gift = {"kind": "allot", "amount": "1", "on": str(TODAY), "reason": "x"}
    assert caller(role).post(f"budget-lines/{line.pk}/gifts/", gift).status_code == status
    assert caller("FA", "RN").get(f"budget-lines/{line.pk}/").status_code == 404
    assert caller("FA").post(f"budget-lines/{line.pk}/gifts/", gift).status_code == 201


def test_help_whose_source_is_over_is_paid_from_another_line(cast, caller, home, budget):  # noqa: F811
    request = fund.approved(home[0], cast.of("CW"), cast.of("FO"), make_worker("FO", cast.mae_sot), budget)
    other = make_line(cast.mae_sot, cast.of("FA"), 9000, kinds=["health_cost", "nutrition"])
    manager, here = caller("FA"), f"budget-moves/{budget.pk}/"
    assert manager.get("budget-moves/").json()["results"] == []
    lines = [one["id"] for one in manager.get(f"{here}unpaid/").json()]
    body = {"lines": lines, "to": other.pk, "reason": "The grant ended in October"}
    assert code(manager.post(f"{here}moves/", body)) == (409, "E-EAF-216")
    type(budget.source).objects.model.rows.filter(pk=budget.source_id).update(ends_on=TODAY - timedelta(days=1))
    assert [one["id"] for one in manager.get("budget-moves/").json()["results"]] == [budget.pk]
    assert caller("PM").post(f"{here}moves/", body).status_code == 403
    confirmed(caller, manager.post(f"{here}moves/", body))
    assert set(request.lines.values_list("budget_line", flat=True)) == {other.pk}


def test_a_box_is_opened_filled_counted_handed_on_and_retired(cast, caller):
    cashier, manager = caller("CSH"), caller("FA")
    second = make_worker("CSH", cast.mae_sot)
    told = {"office": cast.mae_sot.pk, "keeper": cast.of("CSH").pk, "name_en": "Front desk"}
    assert manager.post("cash-boxes/", told | {"keeper": cast.of("FO").pk}).json()["field"] == "keeper"
    assert cashier.post("cash-boxes/", told).status_code == 403
    made = manager.post("cash-boxes/", told, **{"Idempotency-Key": "box"})
    assert manager.post("cash-boxes/", told, **{"Idempotency-Key": "box"}).json() == made.json()
    box = CashBox.rows.get()
    here, slip = f"cash-boxes/{box.pk}/", {"amount": "1500", "reference": "KTB-1", "on": str(TODAY)}
    assert code(cashier.post(f"{here}fillings/", slip | {"reference": ""}))[0] == 422
    confirmed(caller, cashier.post(f"{here}fillings/", slip), role="FA")
    assert cashier.get(here).json()["balance"] == "1500.00"
    unclear = {"pieces": {"1000": 1}}
    assert code(cashier.post(f"{here}counts/", unclear)) == (422, "E-CSH-05")
    assert cashier.post(f"{here}counts/", {"pieces": {"1000": -1}}).status_code == 400
    counted = cashier.post(f"{here}counts/", {"pieces": {"1000": 1, "500": 1}})
    assert (counted.status_code, counted.json()["difference"]) == (201, "0.00")
    proposal = Proposal.rows.get(kind="funds.box.count")
    assert code(cashier.act("confirm/", row=f"proposals/{proposal.pk}/")) == (409, "APR-SELF")
    assert manager.act("confirm/", row=f"proposals/{proposal.pk}/").json()["state"] == "confirmed"
    assert manager.get(f"cash-counts/{CashCount.rows.get().pk}/").json()["state"] == "confirmed"
    assert manager.act("hand-on/", {"keeper": second.pk}, row=here).json()["keeper"] == second.pk
    assert code(manager.act("retire/", {"reason": "The desk was closed"}, row=here))[0] == 422
    confirmed(caller, cashier.post(f"{here}bankings/", slip | {"reference": "KTB-2"}), role="FA")
    assert code(manager.act("use-again/", row=here)) == (409, "E-CSH-17")


def test_an_advance_is_given_and_settled(cast, caller):
    box = make_box(cast.mae_sot, cast.of("CSH"), 3000)
    cashier, here = caller("CSH"), f"cash-boxes/{box.pk}/"
    told = {"holder": cast.of("CW").pk, "amount": "900", "purpose": "Villages", "until_on": str(TODAY)}
    assert cashier.post(f"{here}advances/", told | {"holder": cast.of("CW", "RN").pk}).json()["field"] == "holder"
    assert caller("FA").post(f"{here}advances/", told).status_code == 403
    made = cashier.post(f"{here}advances/", told)
    assert made.status_code == 201 and code(cashier.post(f"{here}advances/", told)) == (422, "E-ADV-01")
    row = f"advances/{Advance.rows.get().pk}/"
    assert caller("CW").get(row).json()["left"] == "900.00" and caller("SUP").get(row).status_code == 404
    assert caller("CW").act("settle/", {"brought_back": "900"}, row=row).status_code == 403
    assert code(cashier.act("settle/", {"brought_back": "800"}, row=row)) == (422, "E-ADV-06")
    short = cashier.act("settle/", {"brought_back": "800", "explanation": "It fell out of the bag"}, row=row)
    assert (short.json()["state"], short.json()["left"]) == ("open", "100.00")
    [waiting] = cashier.get(f"{row}shortages/").json()
    assert caller("FA").act("confirm/", row=f"proposals/{waiting['id']}/").json()["state"] == "confirmed"
    assert cashier.get(row).json()["state"] == "settled"
    assert [one["kind"] for one in cashier.get(f"{row}entries/").json()] == ["back", "short"]


def test_a_month_goes_to_finance_and_is_agreed_with_it(cast, caller, line):
    manager = caller("FA")
    told = {
        "office": cast.mae_sot.pk,
        "programme": "emergency_fund",
        "month": str(LAST_MONTH),
        "reason": "The books of it",
    }
    assert code(manager.post("finance-batches/", told)) == (422, "E-FIN-04")
    assert code(manager.post("finance-batches/", told | {"month": str(TODAY)}))[0] == 422
    assert manager.post("finance-batches/", told | {"office": cast.ranong.pk}).json()["field"] == "office"
    assert caller("PM").post("finance-batches/", told).status_code == 403
    batch = make_batch(line, cast.of("FA"))
    assert code(manager.post("finance-batches/", told)) == (422, "E-FIN-03")
    here = f"finance-batches/{batch.pk}/"
    [own] = manager.get(here).json()["lines"]
    assert (own["total"], own["booked"]) == ("50.00", None)
    assert code(manager.act("close/", row=here)) == (422, "E-FIN-05")
    booked = {"lines": [{"line": own["id"], "booked": "-10"}]}
    assert manager.act("answer/", {"lines": [{"line": 10**9, "booked": None}]}, row=here).status_code == 400
    assert manager.act("answer/", booked, row=here).json()["lines"][0]["difference"] == "-60.00"
    booked["lines"][0] |= {"booked": "50", "explanation": ""}
    manager.act("answer/", booked, row=here)
    assert caller("PM").act("close/", row=here).status_code == 403
    assert manager.act("close/", row=here).json()["state"] == "closed"
    assert code(manager.act("answer/", booked, row=here)) == (409, "E-FIN-06")
    file = caller("AUD").get(f"{here}csv/")
    assert file["Content-Type"].startswith("text/csv") and batch.number.encode() in b"".join([file.content])
    assert caller("AUD").get(f"{here}xlsx/").content[:2] == b"PK"
    assert [one["kind"] for one in manager.get(f"{here}entries/").json()] == ["disburse"]


def test_a_month_is_exported_once(cast, caller, line):
    for kind in (EntryKind.RESERVE, EntryKind.COMMIT, EntryKind.DISBURSE):
        post(line, kind, 50, cast.of("FA"), on=LAST_MONTH)
    told = {
        "office": cast.mae_sot.pk,
        "programme": "emergency_fund",
        "month": str(LAST_MONTH),
        "reason": "The books of it",
    }
    made = caller("FA").post("finance-batches/", told, **{"Idempotency-Key": "m"})
    assert (made.status_code, made.json()["paid"]) == (201, "50.00")
    assert caller("FA").post("finance-batches/", told, **{"Idempotency-Key": "m"}).json() == made.json()
    assert FinanceBatch.rows.count() == 1


def test_a_sample_is_drawn_and_its_papers_taken(cast, caller, home, budget):  # noqa: F811
    request = fund.approved(home[0], cast.of("CW"), cast.of("FO"), make_worker("FO", cast.mae_sot), budget)
    fund.paid(request.lines.get(kind="nutrition"), cast.of("CSH"))
    auditor = caller("AUD")
    told = {
        "office": cast.mae_sot.pk, "programme": "emergency_fund", "first_on": str(LAST_MONTH), "last_on": str(TODAY),
        "size": 5, "seed": "614253",
    }  # fmt: skip
    assert code(auditor.post("audit-samples/", told | {"size": 0}))[0] == 422
    assert caller("FA").post("audit-samples/", told).status_code == 403
    made = auditor.post("audit-samples/", told)
    assert (made.status_code, made.json()["population"], made.json()["seed"]) == (201, 1, "614253")
    here = f"audit-samples/{AuditSample.rows.get().pk}/"
    [drawn] = auditor.get(f"{here}payments/").json()
    assert drawn["entry"] == BudgetEntry.rows.get(kind="disburse").pk and not drawn["is_ready"]
    assert code(auditor.get(f"{here}papers/")) == (409, "E-SMP-06")
    render_document(document_id=Document.rows.get().pk, now=timezone.now())
    assert auditor.get(f"{here}papers/").content[:2] == b"PK" and caller("CSH").get(here).status_code == 404


def test_a_store_is_counted_and_spoiled_goods_are_written_off(cast, caller):
    store, cashier = make_store(cast.mae_sot), caller("CSH")
    lot = make_lot(store, make_item(), cast.of("CSH"), 700)
    far = make_lot(make_store(cast.ranong), make_item("rice"), cast.of("CSH", "RN"), 5, number="B1")
    here = f"stores/{store.pk}/"
    found = {"lots": [{"lot": lot.pk, "found": "650"}]}
    assert code(cashier.post(f"{here}counts/", found))[0] == 422
    assert cashier.post(f"{here}counts/", {"lots": [{"lot": far.pk, "found": "5"}]}).status_code == 400
    assert caller("PM").post(f"{here}counts/", found).status_code == 403
    assert code(cashier.post(f"{here}counts/", {"lots": found["lots"] * 2})) == (400, "E-STK-39")
    found["lots"][0]["reason"] = "Two bars were wet"
    made = cashier.post(f"{here}counts/", found)
    assert made.json()["lots"] == [{"lot": lot.pk, "book": "700.00", "found": "650.00", "reason": "Two bars were wet"}]
    proposal = Proposal.rows.get()
    assert caller("PM").act("confirm/", row=f"proposals/{proposal.pk}/").json()["state"] == "confirmed"
    assert Balance.rows.get(store=store).quantity == 650 and StockCount.rows.count() == 1
    spoiled = {"lot": lot.pk, "quantity": "50", "cause": "damaged", "reason": "The roof leaked on it"}
    assert code(cashier.post(f"{here}write-offs/", spoiled | {"quantity": "900"}))[0] == 422
    confirmed(caller, cashier.post(f"{here}write-offs/", spoiled))
    assert Balance.rows.get(store=store).quantity == Decimal(600)


def test_a_new_version_of_a_kit_holds_when_a_second_person_confirms_it(cast, caller):
    soap, bar = make_item(), make_item("soap-small", "piece", is_whole=True)
    first, keeper = make_kit((soap, "person_month", 250)), caller("CSH")
    row = {"item": "soap", "basis": "person_month", "quantity": "๓๐๐",
           "stands_in": [{"item": "soap-small", "quantity": "3", "counts_for": "1"}]}  # fmt: skip
    told = {"key": "hygiene", "valid_from": str(TODAY), "source": "Sphere handbook 2018", "rows": [row]}
    assert caller("AUD").post("kits/", told).status_code == caller("CW").get("kits/").status_code == 403
    for wrong, status, field in (
        ({"rows": [row | {"item": "gone"}]}, 400, "rows.0"), ({"rows": [row | {"quantity": "0"}]}, 422, "rows.0"),
        ({"rows": [row, row]}, 422, "rows.1"), ({"rows": []}, 400, "rows"), ({"source": ""}, 400, "source"),
    ):  # fmt: skip
        answer = keeper.post("kits/", told | wrong)
        assert (answer.status_code, answer.json()["field"]) == (status, field), answer.content
    made = keeper.post("kits/", told)
    assert Kit.objects.get() == first and made.json()["kind"] == "stock.kit.change"
    confirmed(caller, made)
    newest, before = keeper.get("kits/").json()["results"]
    assert ([newest["version"], before["version"]], before["rows"][0]["quantity"]) == ([2, 1], "250.00")
    (packed,) = newest["rows"]
    assert (packed["item"], packed["quantity"], packed["stands_in"]) == (
        "soap", "300.00", [{"item": bar.code, "quantity": "3.00", "counts_for": "1.00"}],
    )  # fmt: skip
    assert caller("AUD").get(f"kits/{newest['id']}/").json() == newest
