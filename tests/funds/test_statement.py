"""A donor's month: opening and given are as much as paid, approved, asked for and left, to the satang."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.documents.models import Document
from casework.funds.documents.budget import StatementPaper, months_by_line, months_of
from casework.funds.models import BudgetEntry, ExchangeRate
from casework.funds.services.ledger import reverse_entry
from casework.funds.states import EntryKind
from casework.kernel.refusals import Conflict, Refusal
from tests.factories.cast import signed_in
from tests.factories.funds import make_line, make_source, post
from tests.factories.papers import pages_of, squeezed, text_of

pytestmark = pytest.mark.django_db
E = EntryKind
TODAY = timezone.localdate()
THIS = TODAY.replace(day=1)
LAST = (THIS - timedelta(days=1)).replace(day=1)
BEFORE = (LAST - timedelta(days=1)).replace(day=1)


@pytest.fixture
def source(db):
    return make_source(donor="Lake Foundation", code="LF26", starts_on=BEFORE, ends_on=TODAY + timedelta(days=300))


@pytest.fixture
def line(cast, manager, source):
    line = make_line(cast.mae_sot, manager, 0, source=source)
    for kind, baht, on in [
        (E.ALLOT, "10000.10", BEFORE), (E.RESERVE, "4000", BEFORE), (E.COMMIT, "3500.05", BEFORE),
        (E.DISBURSE, "1000.01", BEFORE), (E.RAISE, "500", LAST), (E.RESERVE, "200.20", LAST),
        (E.RELEASE, "99.95", LAST), (E.DISBURSE, "2000.02", LAST), (E.REFUND, "0.03", LAST), (E.DISBURSE, "400", THIS),
    ]:  # fmt: skip
        post(line, kind, baht, manager, on=on)
    return line


def statement(source, month: date, language: str = "en"):
    return StatementPaper().context(source, language=language, facts={"month": month.isoformat()})


def adds_up(line) -> bool:
    opening, allotted, *parts = (
        Decimal(getattr(line, name).replace(",", ""))
        for name in ("opening", "allotted", "paid", "committed", "reserved", "left")
    )
    return opening + allotted == sum(parts)


def test_each_month_begins_where_the_last_one_ended(source, line):
    told = [statement(source, month).total for month in (BEFORE, LAST, THIS)]
    assert [(one.opening, one.allotted, one.paid) for one in told] == [
        ("0.00", "10,000.10", "1,000.01"), ("9,000.09", "500.00", "1,999.99"), ("7,500.10", "0.00", "400.00"),
    ]  # fmt: skip
    assert [(one.committed, one.reserved, one.left) for one in told] == [
        ("2,500.04", "499.95", "6,000.10"), ("500.02", "600.20", "6,399.88"), ("100.02", "600.20", "6,399.88"),
    ]  # fmt: skip
    assert all(adds_up(one) for one in told)


@pytest.mark.parametrize("language", ["en", "th"])
def test_what_was_paid_in_the_month_stands_in_words(source, line, manager, language):
    words = "One thousand nine hundred and ninety-nine baht and ninety-nine satang"
    told = statement(source, LAST, language)
    assert (told.in_words["en"], told.is_back) == (words, False)
    text = text_of(StatementPaper(), source, language, month=LAST.isoformat())
    assert squeezed(words) in text and squeezed("หนึ่งพันเก้าร้อยเก้าสิบเก้าบาทเก้าสิบเก้าสตางค์") in text
    post(line, E.REFUND, "2500", manager, on=LAST)
    told = statement(source, LAST, language)
    assert told.is_back and told.in_words["en"] == "Five hundred baht and one satang"


def test_the_last_statement_says_what_the_line_says(source, line):
    line.refresh_from_db()
    told = statement(source, THIS)
    amounts = (told.total.committed, told.total.reserved, told.total.left)
    assert amounts == tuple(f"{value:,.2f}" for value in (line.committed, line.reserved, line.left))
    assert told.running
    assert not statement(source, LAST).running


def test_what_was_taken_back_counts_on_its_own_day(source, line, manager):
    wrong = BudgetEntry.rows.get(kind=E.RAISE)
    reverse_entry(entry=wrong, reason="Booked twice", by=manager, now=timezone.now())
    assert statement(source, LAST).total.allotted == "0.00"
    assert adds_up(statement(source, LAST).total)


def test_it_adds_up_after_any_entries(cast, manager, source):
    chance = random.Random(7)
    lines = [make_line(cast.mae_sot, manager, 0, source=source, name_en=f"Line {n}") for n in range(3)]
    days = [BEFORE, LAST, THIS]
    for n in range(240):
        kind, of = chance.choice(list(E)), chance.choice(lines)
        try:
            post(of, kind, f"{chance.randint(1, 99_999) / 100:.2f}", manager, on=days[n * 3 // 240])
        except Refusal:
            continue
    assert BudgetEntry.rows.count() > 80
    for month in days:
        told = statement(source, month)
        assert all(adds_up(one) for one in (*told.lines, told.total))
        left, right = told.proof.split(" = ")
        assert sum(Decimal(part.replace(",", "")) for part in left.split(" + ")) == Decimal(right.replace(",", ""))
    for of in lines:
        of.refresh_from_db()
        month = months_by_line([of], THIS, TODAY)[of.pk]
        assert (month.committed, month.reserved, month.left) == (of.committed, of.reserved, of.left)


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_paper_carries_every_amount(source, line, language):
    text = text_of(StatementPaper(), source, language, month=LAST.isoformat())
    words = {"en": ("Approved,notyetpaid", "Askedfor", "Left"), "th": ("อนุมัติแล้วยังไม่จ่าย", "ขออยู่", "คงเหลือ")}
    for word in (*words[language], "LakeFoundation", "9,000.09", "1,999.99", "500.02", "600.20", "6,399.88"):
        assert word in text
    assert "9,000.09+500.00=9,500.09" in text
    assert pages_of(StatementPaper(), source, language, month=LAST.isoformat()) == 1


def test_in_the_donors_currency_by_the_rate_of_the_months_last_day(source, line):
    source.currency = "EUR"
    source.save()
    told = statement(source, LAST)
    assert (told.in_currency, told.rate) == (None, "There is no exchange rate of EUR for the last day of the month.")
    ExchangeRate.objects.create(currency="EUR", valid_from=BEFORE, baht=Decimal("37.123456"), source="Bank of Thailand")
    ExchangeRate.objects.create(currency="EUR", valid_from=THIS, baht=Decimal("50"), source="Bank of Thailand")
    told = statement(source, LAST)
    assert told.in_currency.opening == "242.44"
    assert adds_up(told.in_currency)
    assert "1 EUR = 37.123456 baht" in told.rate
    assert "Bank of Thailand" in told.rate


def test_no_line_not_begun_no_such_month_and_their_twins(cast, manager):
    source = make_source(starts_on=THIS, ends_on=TODAY + timedelta(days=60))
    with pytest.raises(Conflict, match="E-BUD-13"):
        statement(source, THIS)
    make_line(cast.mae_sot, manager, 0, source=source)
    assert statement(source, THIS)
    with pytest.raises(Refusal, match="E-BUD-15"):
        statement(source, LAST)
    source.starts_on = TODAY + timedelta(days=40)
    with pytest.raises(Conflict, match="E-BUD-14"):
        statement(source, THIS)


def test_the_months_are_those_that_have_begun_and_the_running_one_stands_last(source):
    assert months_of(source, TODAY) == [LAST, BEFORE, THIS]
    source.ends_on = LAST
    assert months_of(source, TODAY) == [LAST, BEFORE]


def test_more_entries_are_not_more_reads(cast, source, line, manager, django_assert_num_queries):
    for more in range(2):
        with django_assert_num_queries(4):
            statement(source, LAST)
        make_line(cast.mae_sot, manager, 100, source=source, name_en=f"More {more}")


@pytest.mark.parametrize("role, sees", [("FA", True), ("PM", True), ("AUD", True), ("FO", False), ("CW", False)])
def test_who_orders_a_statement(cast, source, line, role, sees):
    client = signed_in(cast.of(role))
    address = reverse("documents:papers", args=["funds.fundingsource", source.pk])
    assert (client.get(address).status_code == 200) == sees
    client.post(address, {"kind": "funds.statement", "language": "en", "choice": f"{LAST:%Y-%m}"})
    assert Document.rows.exists() == sees
    if sees:
        assert Document.rows.get().facts["paper"]["total"]["left"] == "6,399.88"
        assert address in client.get(reverse("funds:budget")).content.decode()


def test_a_statement_is_only_for_who_looks_after_every_line(cast, source, line, manager):
    address = reverse("documents:papers", args=["funds.fundingsource", source.pk])
    assert signed_in(manager).get(address).status_code == 200
    make_line(cast.ranong, cast.of("FA", "RN"), 0, source=source, name_en="Far away")
    for office in ("MS", "RN"):
        client = signed_in(cast.of("FA", office))
        assert client.get(address).status_code == 404
        assert address not in client.get(reverse("funds:budget")).content.decode()
