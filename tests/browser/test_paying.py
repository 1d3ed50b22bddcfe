"""Paying shows what the chosen way asks for, and a list is taken to a village and brought back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from emergency_fund.models import Delivery
from tests.browser.conftest import PHONE, WIDE
from tests.browser.desk import Desk
from tests.factories.accounts import make_worker
from tests.factories.cash import make_box
from tests.factories.cast import Cast
from tests.factories.emergency_fund import approved
from tests.factories.fund_after import account_of_family
from tests.factories.funds import make_line
from tests.factories.registration import ready
from tests.imports.sheets import workbook

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_a_transfer_asks_for_the_account_and_cash_for_the_proof(
    office: Cast, desk_of: Callable[..., Desk], size: dict[str, int]
) -> None:
    case = ready(office.mae_sot, office.of("CW")).case
    budget = make_line(office.mae_sot, office.of("FA"), 20_000, kinds=["health_cost", "nutrition"])
    second = make_worker("FO", office.mae_sot)
    request = approved(case, office.of("CW"), office.of("FO"), second, budget)
    told = {"bank": "promptpay", "number": "0812345678"}
    account = account_of_family(request, office.of("FO"), second, **told)
    box = make_box(office.mae_sot, office.of("CSH"), 1000, "Front desk")
    food, mother = request.lines.get(kind="nutrition"), case.family.members.get(role="mother").person
    desk = desk_of("CSH", size)
    desk.go(f"/emergency-fund/lines/{food.pk}/pay/")
    slip, proof = (desk.page.locator(f"[name={name}]").first for name in ("account_reference", "proof"))
    expect(proof).to_be_visible()
    expect(slip).to_be_hidden()
    desk.page.select_option("[name=paid_from]", f"account-{account.pk}")
    expect(slip).to_be_visible()
    expect(proof).to_be_hidden()
    assert desk.sideways() == 0
    assert desk.barriers() == []
    desk.fill(account_reference="T-4711")
    desk.page.select_option("[name=received_by]", str(mother.pk))
    desk.page.locator("[data-primary]").click()
    expect(desk.page.get_by_text("PromptPay •••5678")).to_be_visible()
    assert desk.barriers() == []
    box.refresh_from_db()
    assert box.balance == 1000


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_a_list_is_taken_along_filled_in_and_brought_back(
    office: Cast, desk_of: Callable[..., Desk], size: dict[str, int]
) -> None:
    case = ready(office.mae_sot, office.of("CW")).case
    budget = make_line(office.mae_sot, office.of("FA"), 20_000, kinds=["health_cost", "nutrition"])
    approved(case, office.of("CW"), office.of("FO"), make_worker("FO", office.mae_sot), budget)
    box = make_box(office.mae_sot, office.of("CSH"), 1000, "Front desk")

    def is_fit() -> None:
        assert (desk.sideways(), desk.barriers()) == (0, [])

    desk = desk_of("CSH", size)
    desk.go("/emergency-fund/")
    is_fit()
    desk.follow("List to take along")
    is_fit()
    desk.fill(reason="Ban Mae La, Thursday")
    with desk.page.expect_download() as taken:
        desk.page.locator("[data-primary]").click()
    rows = CalamineWorkbook.from_path(taken.value.path()).get_sheet_by_index(0).to_python()
    for number, amount in ((1, "901"), (2, "all")):
        rows[number][7:14] = [
            timezone.localdate(), amount, case.family.members.get(role="mother").person.name, "", "Known to the staff",
            "Ma Khin", f"P-{number}",
        ]  # fmt: skip
    desk.follow("Bring a list back")
    is_fit()
    filled = {"name": "trip.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(("List", rows))}
    desk.page.set_input_files("[name=file]", filled)
    desk.page.select_option("[name=paid_from]", f"box-{box.pk}")
    desk.save()
    is_fit()
    assert "900.00 baht are still to be paid" in desk.text() and "To be written down: 1" in desk.text()
    desk.page.locator("[data-primary]").click()
    expect(desk.page.get_by_text("1 row is written down.")).to_be_visible()
    is_fit()
    assert Delivery.rows.get().amount == 800
    desk.go("/emergency-fund/paid-on-the-way/")
    assert "1 of 2 rows written down" in desk.text()
