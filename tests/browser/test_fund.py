"""The fund at its desks: asked, returned, mended, approved by two, half handed over, then the rest."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from casework.approvals.states import Act
from casework.stock.models import Balance
from emergency_fund.models import AssistanceRequest, Delivery
from emergency_fund.services.deciding import decide, screen
from tests.browser.conftest import PHONE, WIDE
from tests.browser.desk import Desk, days_ago
from tests.factories.accounts import make_worker
from tests.factories.cast import Cast
from tests.factories.emergency_fund import asked, recommended
from tests.factories.funds import make_line
from tests.factories.registration import ready
from tests.factories.stock import make_item, make_kit, make_lot, make_store

pytestmark = pytest.mark.browser


def is_fit(desk: Desk) -> None:
    """Nothing is cut off, and axe finds nothing grave."""
    assert desk.sideways() == 0
    assert desk.barriers() == []


def test_a_family_asks_and_fetches_its_help(office: Cast, desk_of: Callable[..., Desk]) -> None:
    case = ready(office.mae_sot, office.of("CW")).case
    budget = make_line(office.mae_sot, office.of("FA"), 20_000, kinds=["health_cost", "nutrition"])
    clerk = desk_of("CW")
    clerk.go(f"/cases/{case.pk}/")
    clerk.follow("Ask the fund")
    is_fit(clerk)
    clerk.page.set_viewport_size(PHONE)
    clerk.page.select_option("[name=kind]", "illness")
    clerk.fill_date("occurred_on", days_ago(2), is_thai=True)
    clerk.page.select_option("[name=line-0-kind]", "hygiene_kit")
    expect(clerk.page.locator("[name=line-0-quantity]")).to_be_hidden()
    clerk.page.select_option("[name=line-0-kind]", "health_cost")
    clerk.fill(need="Pneumonia, three nights in hospital", **{"line-0-quantity": "๓", "line-0-unit_cost": "๒,๐๐๐"})
    expect(clerk.page.locator("[name=line-0-amount]")).to_have_value("6,000")
    is_fit(clerk)
    clerk.choose("urgency", "72h")
    clerk.page.check("[name=consent]")
    clerk.page.select_option("[name=how]", "spoken")
    clerk.page.select_option("[name=explained_in]", "ksw")
    clerk.save()
    request = AssistanceRequest.rows.get()

    officer = desk_of("FO", PHONE)
    officer.go("/emergency-fund/")
    is_fit(officer)
    officer.follow("Health cost")
    is_fit(officer)
    officer.follow("Return or turn away")
    officer.choose("to", "returned")
    officer.page.select_option("[name=code]", "papers")
    officer.fill(comment="The quote of the hospital is missing")
    officer.save()

    clerk.go(f"/emergency-fund/{request.pk}/")
    assert "The quote of the hospital is missing" in clerk.text()
    clerk.follow("Correct the request")
    is_fit(clerk)
    clerk.fill(**{"line-0-words": "Quote of the hospital added"})
    clerk.save()

    request.refresh_from_db()
    recommended(request, make_worker("FO", office.mae_sot), budget)
    phone = desk_of("FO", PHONE)
    phone.go(f"/emergency-fund/{request.pk}/decide/")
    is_fit(phone)
    expect(phone.page.locator("input[type=radio]:checked")).to_have_count(0)
    expect(phone.page.locator("[name=comment]")).to_be_hidden()
    line = request.lines.get(state="asked")
    phone.fill(**{f"line_{line.pk}": "5,000"})
    phone.choose("act", "approve")
    phone.page.select_option("[name=code]", "costs_less")
    phone.fill(comment="The hospital takes less by now")
    phone.save()
    manager = desk_of("FA")
    manager.go("/emergency-fund/")
    manager.follow("Health cost")
    is_fit(manager)
    manager.choose("act", "approve")
    manager.save()
    assert "Fund manager" in manager.text()

    cashier = desk_of("CSH", PHONE)
    cashier.go("/emergency-fund/")
    cashier.follow("Health cost")
    is_fit(cashier)
    cashier.follow("Pay")
    is_fit(cashier)
    cashier.fill(amount="2,500", witness="Ma Khin")
    cashier.page.select_option("[name=received_by]", label=f"{mother_of(request)} (Mother)")
    cashier.choose("proof", "thumb_print")
    cashier.save()
    assert "Two thousand five hundred baht only" in cashier.text()
    is_fit(cashier)
    cashier.go(f"/emergency-fund/{request.pk}/pay/")
    cashier.follow("Pay")
    cashier.page.select_option("[name=received_by]", label=f"{mother_of(request)} (Mother)")
    cashier.choose("proof", "known_to_staff")
    cashier.fill(witness="Ma Khin")
    cashier.save()
    is_fit(cashier)
    cashier.page.locator("[name=acknowledged]").check()  # the same half, minutes after the first
    cashier.save()
    request.refresh_from_db()
    assert (request.state, sorted(Delivery.rows.values_list("amount", flat=True))) == ("delivered", [2500, 2500])


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_a_store_hands_over_half_of_a_kit_and_then_the_rest(
    office: Cast, desk_of: Callable[..., Desk], size: dict[str, int]
) -> None:
    keeper, officer = office.of("CSH"), office.of("FO")
    soap = make_item(name_en="Bathing soap")
    make_kit((soap, "person_month", 250))
    store = make_store(office.mae_sot)
    make_lot(store, soap, keeper, 2000)
    make_store(office.mae_sot, "Cupboard")
    budget = make_line(office.mae_sot, office.of("FA"), 20_000)
    case, second = ready(office.mae_sot, office.of("CW")).case, make_worker("FO", office.mae_sot)
    request = recommended(asked(case, office.of("CW"), ("hygiene_kit", 450)), officer, budget)
    decide(request=request, act=Act.APPROVE, amounts={}, by=second, now=timezone.now())

    desk = desk_of("CSH", size)
    desk.go("/emergency-fund/")
    desk.follow("Hygiene kit")
    desk.follow("Hand over")
    is_fit(desk)
    desk.choose("store", str(store.pk))
    desk.save()
    is_fit(desk)
    hand_over(desk, request, "250")
    assert "Receipt" in desk.text()
    is_fit(desk)
    assert Balance.rows.get(store=store).quantity == 1750

    desk.go(f"/emergency-fund/{request.pk}/pay/")
    desk.follow("Hand over")
    hand_over(desk, request)
    request.refresh_from_db()
    people = request.lines.get().pick_lists.get().people
    assert (request.state, Balance.rows.get(store=store).quantity) == ("delivered", 2000 - 250 * people)
    assert Delivery.rows.count() == 2


def hand_over(desk: Desk, request: AssistanceRequest, grams: str = "") -> None:
    """So much of the soap, or all that is left of it, to the mother."""
    box = desk.page.locator("[name^=row_]")
    if grams:
        box.fill(grams)
    desk.page.select_option("[name=received_by]", label=f"{mother_of(request)} (Mother)")
    desk.choose("proof", "known_to_staff")
    desk.fill(witness="Daw Khin")  # nobody wrote down how old the mother is
    desk.save()


def mother_of(request: AssistanceRequest) -> str:
    """The mother's name as the list of the family has it."""
    return request.family.members.select_related("person").get(role="mother").person.name


def test_the_officer_says_what_each_child_lacks(office: Cast, desk_of: Callable[..., Desk]) -> None:
    case = ready(office.mae_sot, office.of("CW")).case
    request = asked(case, office.of("CW"))
    screen(
        request=request, entitlement="none", status="not_eligible", amount=None, decided=frozenset(),
        by=office.of("FO"), now=timezone.now(),
    )  # fmt: skip
    phone = desk_of("FO", PHONE)
    phone.go(f"/emergency-fund/{request.pk}/assess/")
    is_fit(phone)
    expect(phone.page.locator("input[type=radio]:checked")).to_have_count(0)
    phone.choose("mode", "home")
    phone.fill(income="3000", expenses="6500", debt="0", earners="1", dependants="4", food_days="9")
    food = f"{request.lines.order_by('pk')[0].pk}_food"
    note = phone.page.locator(f"[name=note_{food}]")
    for severity, is_shown in (("1", False), ("2", True), ("0", False), ("3", True)):
        phone.choose(f"need_{food}", severity)
        expect(note).to_be_visible(visible=is_shown)
    note.fill("No milk since Monday")
    phone.save()
    expect(phone.page.get_by_role("heading", name="Recommend the request")).to_be_visible()
    phone.go(f"/emergency-fund/{request.pk}/")
    assert "Food and nutrition: Urgent" in phone.text() and "No milk since Monday" in phone.text()
    is_fit(phone)
