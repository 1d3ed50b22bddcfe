"""A line in cash is paid from a box of its office, once, never more than is in it; what comes back goes into one."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.approvals.services.chains import act_on
from casework.approvals.states import Act
from casework.funds.models import Advance, BudgetEntry, CashBox, CashCount, CashMovement
from casework.funds.queries.finance import file_rows
from casework.funds.services.advances import give_advance, settle_advance
from casework.funds.services.boxes import fill_box
from casework.funds.states import EntryKind
from casework.kernel.refusals import Refusal
from emergency_fund.models import Delivery
from emergency_fund.services.delivering import pay, take_return
from tests.factories.cash import make_box

from .test_delivering import paid_there
from .test_money_path import NOW, TODAY, amounts, ask, recommended, refused, second_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(cast, case, budget, mother):
    """Approved: 3,900 for the hospital, which is no cash, and 800 for food, which is."""
    request = recommended(cast, ask(cast, case), budget)
    act_on(request=request.approval, act=Act.APPROVE, by=second_officer(cast), now=NOW)
    request.lines.filter(kind="health_cost").update(provider="Mae Sot Hospital")
    return request.lines.order_by("pk")


@pytest.fixture
def box(cast):
    return make_box(cast.mae_sot, cast.of("CSH"), 1000, "Front desk")


def paid(cast, line, amount: int | str, person, key: str = "k-1", **facts: object) -> Delivery:
    values = {"relation": "mother", "proof": "known_to_staff", "witness": "", "by": cast.of("CSH"), "now": NOW}
    return pay(line=line, amount=Decimal(amount), received_by=person, key=key, **values | facts)


def inside(box) -> Decimal:
    box.refresh_from_db()
    return box.balance


def test_cash_leaves_the_box_once(cast, lines, mother, box, budget):
    _hospital, food = lines
    receipt = paid(cast, food, 500, mother, box=box)
    assert paid(cast, food, 500, mother, box=box) == receipt
    assert (inside(box), amounts(budget)) == (500, (0, 4200, 5300))
    movement = CashMovement.rows.first()
    assert (movement.kind, movement.reference, movement.subject_id) == ("pay_out", receipt.number, receipt.pk)


def test_finance_reads_what_was_paid_in_cash_and_from_which_box(cast, lines, mother, box, budget):
    hospital, food = lines
    of_hospital = paid_there(cast, hospital, 3900, "k-2").number
    in_cash = paid(cast, food, 500, mother, box=box).number
    entries = BudgetEntry.rows.filter(kind=EntryKind.DISBURSE).order_by("pk")
    told = {row[-3]: row[-2] for row in file_rows("B-1", list(entries), TODAY)}
    assert (told[of_hospital], told[in_cash]) == ("", "Front desk")


def test_no_box_another_office_or_too_little_in_it_and_nothing_is_paid(cast, lines, mother, box, budget):
    _hospital, food = lines
    far, small = make_box(cast.ranong, cast.of("CSH", "RN"), 9000), make_box(cast.mae_sot, cast.of("CSH"), 499)
    assert refused(paid, cast, food, 500, mother) == "E-EAF-140"
    assert refused(paid, cast, food, 500, mother, box=far) == "E-EAF-141"
    assert refused(paid, cast, food, 500, mother, box=small) == "E-CSH-01"
    assert not Delivery.rows.exists() and not BudgetEntry.rows.filter(kind="disburse").exists()
    assert (amounts(budget), inside(far), inside(small)) == ((0, 4700, 5300), 9000, 499)
    assert paid(cast, food, 500, mother, box=box).pk


def test_who_is_paid_instead_of_the_family_needs_no_box(cast, lines, box):
    hospital, _food = lines
    assert paid_there(cast, hospital, 3900, "k-2").pk
    assert inside(box) == 1000


def test_an_office_without_boxes_pays_as_before(cast, lines, mother):
    _hospital, food = lines
    assert paid(cast, food, 500, mother).pk
    assert not CashMovement.rows.exists()


def test_what_comes_back_goes_into_a_box_of_the_office(cast, lines, mother, box, budget):
    _hospital, food = lines
    receipt, other = paid(cast, food, 800, mother, box=box), make_box(cast.mae_sot, cast.of("CSH"))
    far = make_box(cast.ranong, cast.of("CSH", "RN"))
    facts = {"delivery": receipt, "by": cast.of("CSH"), "now": NOW, "reason": "The shop was closed", "key": "b-1"}
    assert refused(take_return, amount=Decimal(300), **facts) == "E-EAF-140"
    assert refused(take_return, amount=Decimal(300), box=far, **facts) == "E-EAF-141"
    first = take_return(amount=Decimal(300), box=other, **facts)
    assert take_return(amount=Decimal(300), box=other, **facts) == first
    assert (inside(box), inside(other), amounts(budget)) == (200, 300, (0, 3900, 5600))


def test_who_carries_an_advance_pays_from_it_and_none_of_the_box_is_taken(cast, lines, mother, box, budget):
    _hospital, food = lines
    cashier = cast.of("CSH")
    facts = {
        "box": box,
        "amount": Decimal(600),
        "purpose": "The villages",
        "until_on": timezone.localdate(NOW),
        "now": NOW,
    }
    advance = give_advance(holder=cast.of("SUP"), by=cashier, **facts)
    asker = give_advance(holder=cast.of("CW"), by=cashier, **facts | {"amount": Decimal(300)})
    assert refused(paid, cast, food, 300, mother, advance=asker) == "E-EAF-142"
    assert refused(paid, cast, food, 601, mother, advance=advance) == "E-ADV-03"
    later = NOW + timedelta(days=1)
    Advance.rows.filter(pk=advance.pk).update(given_on=timezone.localdate(later), until_on=timezone.localdate(later))
    assert refused(paid, cast, food, 500, mother, advance=advance, on=TODAY, now=later) == "E-ADV-12"
    settled = {"advance": advance, "brought_back": Decimal(600), "by": cashier, "now": later}
    assert refused(settle_advance, on=timezone.localdate(later) + timedelta(days=1), **settled) == "E-ADV-13"
    Advance.rows.filter(pk=advance.pk).update(given_on=TODAY)
    receipt = paid(cast, food, 500, mother, advance=advance)
    assert paid(cast, food, 500, mother, advance=advance) == receipt
    advance.refresh_from_db()
    assert (advance.left, inside(box), amounts(budget)) == (100, 100, (0, 4200, 5300))
    assert advance.entries.get().reference == receipt.number
    back = {"delivery": receipt, "reason": "The shop was closed", "key": "b-1", "by": cashier, "now": NOW}
    assert refused(take_return, amount=Decimal(50), **back) == "E-EAF-140"
    take_return(amount=Decimal(50), box=box, **back)
    assert inside(box) == 150


def test_written_down_later_the_cash_has_its_true_day(cast, lines, mother, box, budget):
    _hospital, food = lines
    now, day = NOW + timedelta(days=2), TODAY + timedelta(days=1)
    CashBox.rows.update(opened_on=TODAY)
    receipt = paid(cast, food, 500, mother, box=box, on=day, now=now)
    moved = CashMovement.rows.get(kind="pay_out")
    assert (moved.on, moved.is_late) == (day, True)
    back = {"delivery": receipt, "amount": Decimal(100), "reason": "The shop was closed", "box": box, "key": "b"}
    back |= {"by": cast.of("CSH"), "now": now}
    assert refused(take_return, on=TODAY, **back) == "E-EAF-229"
    assert take_return(on=day, **back).on == day
    refund = BudgetEntry.rows.get(kind="refund")
    assert (CashMovement.rows.get(kind="give_back").on, refund.on) == (day, day)
    count = CashCount.rows.create(
        box=box, on=timezone.localdate(now), pieces={}, counted=600, in_books=600, created_by=cast.of("CSH")
    )
    paid_first = paid(cast, food, 100, mother, "k-2", box=box, on=day, now=now)
    moved = CashMovement.rows.get(reference=paid_first.number)
    entry = BudgetEntry.rows.get(reference=paid_first.number, kind="disburse")
    assert (paid_first.on, entry.on, moved.on, moved.happened_on) == (day, day, count.on, day)
    CashCount.rows.filter(pk=count.pk).update(on=day)
    moved = CashMovement.rows.get(reference=paid(cast, food, 50, mother, "k-3", box=box, on=day, now=now).number)
    assert (moved.on, moved.happened_on) == (day, None), "counted on the same day"


def test_no_more_left_the_box_than_was_in_it_that_day(cast, lines, mother):
    _hospital, food = lines
    now, day, cashier = NOW + timedelta(days=2), TODAY + timedelta(days=1), cast.of("CSH")
    box = make_box(cast.mae_sot, cashier, 300)
    fill = {"box": box, "amount": Decimal(700), "reference": "BBL 7", "key": "f", "by": cashier, "now": now}
    fill_box(**fill, on=timezone.localdate(now), confirmed_by=cast.of("FA"))
    with pytest.raises(Refusal) as answer:
        paid(cast, food, 500, mother, box=box, on=day, now=now)
    assert answer.value.code == "E-CSH-01" and "300.00 baht could leave" in str(answer.value.sentence)
    assert paid(cast, food, 500, mother, box=box, now=now).pk


def test_the_cashier_chooses_the_box_in_the_browser(cast, client_of, lines, mother, box):
    hospital, food = lines
    desk, page = client_of(cast.of("CSH")), reverse("emergency_fund:pay-line", args=[food.pk])
    facts = {"amount": Decimal(600), "purpose": "The villages", "until_on": timezone.localdate(NOW), "now": NOW}
    other = make_box(cast.mae_sot, cast.of("CSH"), 600)
    advance = give_advance(box=other, holder=cast.of("SUP"), by=cast.of("CSH"), **facts)
    of_hospital = desk.get(reverse("emergency_fund:pay-line", args=[hospital.pk])).content.decode()
    shown = desk.get(page).content.decode()
    assert "office’s bank" in of_hospital and "office’s bank" not in shown
    assert "Front desk, ฿1,000.00" in shown and f"{advance.number}, " in shown
    answers = {"amount": "800", "received_by": mother.pk, "proof": "known_to_staff", "turn": "1"}
    for chosen in ("", "box-999999"):
        assert desk.post(page, answers | {"paid_from": chosen}).status_code == 422
    CashMovement.rows.create(
        box=box, kind="pay_out", amount=201, key="x", on=timezone.localdate(NOW), by=cast.of("CSH"), at=NOW
    )
    short = desk.post(page, answers | {"paid_from": f"box-{box.pk}"})
    assert short.status_code == 422
    assert "Front desk has 799.00 baht, 800.00 are needed" in short.content.decode()
    sent = desk.post(page, answers | {"amount": "700", "paid_from": f"box-{box.pk}"})
    receipt = Delivery.rows.get()
    assert sent["Location"] == reverse("emergency_fund:receipt", args=[receipt.pk]) + "?queue=pay"
    assert inside(box) == 99
    back = reverse("emergency_fund:return", args=[receipt.pk])
    assert "Put into" in desk.get(back).content.decode()
    told = {"amount": "100", "reason": "The shop was closed", "paid_from": f"box-{box.pk}", "then": "free"}
    told |= {"turn": "1"}
    assert desk.post(back, told).status_code == 302
    assert inside(box) == 199
