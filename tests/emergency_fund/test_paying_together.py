"""Several things of a request are paid at once to one payee: one receipt, and each its own payment and entry."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from casework.approvals.services.chains import act_on
from casework.approvals.states import Act
from casework.funds.models import BudgetEntry, CashMovement, FinanceBatch
from casework.funds.states import BatchState, EntryKind
from emergency_fund.documents.paying import ReceiptPaper
from emergency_fund.models import Delivery
from emergency_fund.services.paying_together import Part, pay_together
from emergency_fund.states import LineState, RequestState
from tests.factories.cash import make_box

from .test_delivering import paid
from .test_money_path import NOW, TODAY, amounts, ask, recommended, refused, second_officer
from .test_pages import page, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(cast, case, budget, mother):
    """Approved: 3,900 for health and 800 for food, both for the family."""
    request = recommended(cast, ask(cast, case), budget)
    act_on(request=request.approval, act=Act.APPROVE, by=second_officer(cast), now=NOW)
    return list(request.lines.order_by("pk"))


def part(line, amount: int, turn: int = 1) -> Part:
    return Part(line=line, amount=Decimal(amount), key=f"line-{line.pk}-{turn}")


def together(cast, parts, mother, **facts: object) -> list[Delivery]:
    values = {"relation": "mother", "proof": "thumb_print", "witness": "Daw Khin", "by": cast.of("CSH"), "now": NOW}
    return pay_together(parts=parts, received_by=mother, **values | facts)


def test_one_receipt_and_an_entry_for_each(cast, lines, mother, budget):
    health, food = lines
    first, second = together(cast, [part(health, 3900), part(food, 800)], mother)
    assert first.number == second.number and (first.line, second.line) == (health, food)
    entries = BudgetEntry.rows.filter(kind=EntryKind.DISBURSE).order_by("pk")
    assert [(e.subject_id, e.amount, e.reference) for e in entries] == [
        (first.pk, 3900, first.number), (second.pk, 800, first.number),
    ]  # fmt: skip
    kept = BudgetEntry.rows.filter(kind=EntryKind.COMMIT).values_list("reference", flat=True)
    assert set(kept) == {health.request.number}, "the journal says for which request"
    health.refresh_from_db()
    assert (health.state, health.request.state, amounts(budget)) == (
        LineState.DELIVERED, RequestState.DELIVERED, (0, 0, 5300),
    )  # fmt: skip


def test_sent_twice_it_is_paid_once(cast, lines, mother, budget):
    parts = [part(lines[0], 3900), part(lines[1], 800)]
    assert together(cast, parts, mother) == together(cast, parts, mother)
    assert Delivery.rows.count() == 2


@pytest.mark.parametrize("before", [3900, 100])
def test_nothing_is_paid_with_what_somebody_paid_meanwhile(cast, lines, mother, before):
    paid(cast, lines[0], before, mother, part(lines[0], 0).key)
    assert refused(together, cast, [part(lines[0], 3900), part(lines[1], 800)], mother) == "E-EAF-18"
    assert Delivery.rows.count() == 1
    assert together(cast, [part(lines[1], 800)], mother)[0].number != Delivery.rows.first().number


def test_all_or_nothing(cast, lines, mother, budget):
    box = make_box(cast.mae_sot, cast.of("CSH"), 4000, "Front desk")
    assert refused(together, cast, [part(lines[0], 3900), part(lines[1], 800)], mother, box=box) == "E-CSH-01"
    assert not Delivery.rows.exists() and not CashMovement.rows.filter(kind="pay_out").exists()
    together(cast, [part(lines[0], 3900), part(lines[1], 100)], mother, box=box)
    assert CashMovement.rows.filter(kind="pay_out").count() == 2


def test_one_payee_alone(cast, lines, mother):
    lines[0].provider = "Mae Sot Hospital"
    lines[0].save()
    assert refused(together, cast, [part(lines[0], 3900), part(lines[1], 800)], mother) == "E-EAF-219"
    lines[1].provider = "Mae Sot Hospital"
    lines[1].save()
    made = pay_together(
        parts=[part(lines[0], 3900), part(lines[1], 800)], provider_receipt="H-7", by=cast.of("CSH"), now=NOW
    )
    assert {one.received_name for one in made} == {"Mae Sot Hospital"}


def test_a_line_stands_once_on_a_receipt(cast, lines, mother):
    first = paid(cast, lines[0], 1000, mother, "k-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        paid(cast, lines[0], 900, mother, "k-2", number=first.number)


def test_the_cashier_ticks_what_is_paid_now(cast, lines, mother, client_of):
    client = client_of(cast.of("CSH"))
    shown = page(client, "pay", lines[0].request_id).content.decode()
    assert "Pay 2 things at once: ฿4,700" in shown
    opened = page(client, "pay-together", lines[0].pk)
    assert opened.content.decode().count("<h1>") == 1
    form = opened.context["form"]
    values = [value for value, _part, is_ticked in form.rows if is_ticked]
    assert len(values) == 2
    answer = {"received_by": mother.pk, "proof": "known_to_staff"}
    assert send(client, "pay-together", lines[0].pk, answer).status_code == 422
    assert send(client, "pay-together", lines[0].pk, answer | {"lines": values}).status_code == 302
    first = Delivery.rows.order_by("pk").first()
    shown = page(client, "receipt", first.pk).content.decode()
    assert "฿4,700" in shown and "four thousand seven hundred" in shown.lower()
    assert "at once" not in page(client, "pay", lines[0].request_id).content.decode()


def test_what_is_left_is_paid_by_itself(cast, lines, mother, client_of):
    client = client_of(cast.of("CSH"))
    rows = list(page(client, "pay-together", lines[0].pk).context["form"].rows)
    answer = {"received_by": mother.pk, "proof": "known_to_staff", "lines": [rows[1][0]]}
    assert send(client, "pay-together", lines[0].pk, answer).status_code == 302
    assert [one.line for one in Delivery.rows.all()] == [lines[1]]
    type(lines[0]).rows.filter(pk=lines[0].pk).update(asked=5000, approved=5000)  # an appeal gave more meanwhile
    answer["lines"] = [rows[0][0]]
    assert send(client, "pay-together", lines[0].pk, answer).status_code == 422


def test_the_paper_has_every_line_and_the_sum(cast, lines, mother, client_of):
    first, second = together(cast, [part(lines[0], 3900), part(lines[1], 800)], mother)
    paper = ReceiptPaper()
    request = paper.whole(lines[0].request)
    assert len(paper.choices(request)) == 1
    for one in (first, second):
        told = paper.context(request, language="en", facts={"delivery": one.pk})
        assert [line.amount for line in told.lines] == ["3,900.00", "800.00"]
        assert (told.amount, told.number) == ("4,700.00", first.number)


# the day on which it was paid


def test_written_down_later_it_has_its_true_day(cast, lines, mother, client_of):
    later = NOW + timedelta(days=2)
    one = paid(cast, lines[0], 1000, mother, "k-1", on=TODAY + timedelta(days=1), now=later)
    assert (one.on, one.at, one.is_late) == (TODAY + timedelta(days=1), later, True)
    assert BudgetEntry.rows.get(kind=EntryKind.DISBURSE).on == one.on
    assert not paid(cast, lines[0], 1100, mother, "k-2", now=later).is_late


@pytest.mark.parametrize("days, code", [(3, "E-EAF-220"), (-1, "E-EAF-221"), (0, None), (2, None)])
def test_not_before_it_was_approved_nor_in_days_to_come(cast, lines, mother, days, code):
    on, now = TODAY + timedelta(days=days), NOW + timedelta(days=2)
    if code:
        assert refused(paid, cast, lines[0], 1000, mother, "k-1", on=on, now=now) == code
    else:
        assert paid(cast, lines[0], 1000, mother, "k-1", on=on, now=now).on == on


def test_not_in_a_month_that_finance_has_closed(cast, lines, mother):
    batch = FinanceBatch.rows.create(
        number="FIN-MS-2026-0001", office=cast.mae_sot, programme="emergency_fund", first_on=TODAY.replace(day=1),
        last_on=TODAY + timedelta(days=1), paid=1, returned=0, reason="The month", csv_file="a", csv_sha256="a",
        xlsx_file="b", xlsx_sha256="b", created_by=cast.of("FA"),
    )  # fmt: skip
    now = NOW + timedelta(days=2)
    assert paid(cast, lines[0], 1000, mother, "k-1", on=TODAY, now=now).on == TODAY
    FinanceBatch.rows.filter(pk=batch.pk).update(state=BatchState.CLOSED, closed_by=cast.of("FA"))
    assert refused(paid, cast, lines[0], 1001, mother, "k-2", on=TODAY, now=now) == "E-EAF-222"
    assert paid(cast, lines[0], 1002, mother, "k-3", now=now).on == TODAY + timedelta(days=2)
