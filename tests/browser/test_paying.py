"""Paying shows what the chosen way asks for: the account of a transfer, or how the receiver was known."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE
from tests.browser.desk import Desk
from tests.factories.accounts import make_worker
from tests.factories.cash import make_box
from tests.factories.cast import Cast
from tests.factories.emergency_fund import approved
from tests.factories.fund_after import account_of_family
from tests.factories.funds import make_line
from tests.factories.registration import ready

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
