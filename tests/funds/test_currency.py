"""A donor's month in its currency: each entry at the rate of its day, and a day without a rate is told."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from casework.funds.documents.budget import StatementPaper
from casework.funds.models import ExchangeRate
from casework.funds.states import EntryKind
from casework.kernel.refusals import Refusal
from tests.factories.funds import make_line, make_source, post
from tests.factories.papers import text_of

pytestmark = pytest.mark.django_db
E = EntryKind
THIS = timezone.localdate().replace(day=1)
LAST = (THIS - timedelta(days=1)).replace(day=1)
BEFORE = (LAST - timedelta(days=1)).replace(day=1)


@pytest.fixture
def line(cast, manager):
    """100 dollars sent before the month and 40 in it; two payments in the month at two rates; 900 baht promised."""
    source = make_source(code="USD-26", currency="USD", starts_on=BEFORE, ends_on=THIS + timedelta(days=90))
    line = make_line(cast.mae_sot, manager, 0, source=source)
    for kind, baht, on, own in [
        (E.ALLOT, 3500, BEFORE, 100), (E.RESERVE, 2000, BEFORE, None), (E.COMMIT, 2000, BEFORE, None),
        (E.ALLOT, 1440, LAST, 40), (E.DISBURSE, 360, LAST, None), (E.DISBURSE, 800, LAST.replace(day=20), None),
        (E.REFUND, 60, LAST.replace(day=21), None),
    ]:  # fmt: skip
        post(line, kind, baht, manager, on=on, donor_amount=own)
    return line


def rate(baht: int | str, on, source: str = "Bank of Thailand") -> ExchangeRate:
    return ExchangeRate.objects.create(currency="USD", valid_from=on, baht=Decimal(baht), source=source)


def statement(line, month=LAST):
    return StatementPaper().context(line.source, language="en", facts={"month": month.isoformat()})


def test_each_entry_at_the_rate_of_its_day_with_the_rate_and_its_source(line):
    rate(35, BEFORE)
    rate(36, LAST, "Siam Commercial Bank")
    rate(40, LAST.replace(day=15))
    told = statement(line)
    own = told.in_currency
    # paid 360/36 + 800/40 - 60/40; promised 840 at the last day's 40
    assert (own.opening, own.allotted, own.paid, own.committed, own.left) == (
        "100.00", "40.00", "28.50", "21.00", "90.50"
    )  # fmt: skip
    assert (told.total.paid, told.total.committed) == ("1,100.00", "840.00")
    for words in ("1 USD = 36 baht", "(Siam Commercial Bank)", "1 USD = 40 baht", "(Bank of Thailand)"):
        assert words in told.rate
    assert "1 USD = 35 baht" not in told.rate, "no entry of the month has that rate"
    assert "USD 140.00 of" in told.gifts


def test_a_later_rate_changes_no_earlier_payment(line):
    rate(35, BEFORE)
    rate(36, LAST)
    before = statement(line).in_currency
    rate(99, THIS)
    assert statement(line).in_currency == before
    assert statement(line, THIS).in_currency.opening == f"{Decimal(140) - Decimal(1100) / 36:,.2f}"


def test_a_day_without_a_rate_is_told_and_nothing_is_guessed(line):
    first = rate(40, LAST.replace(day=15))
    told = statement(line)
    assert told.in_currency is None
    assert "There is no exchange rate of USD for 1\xa0" in told.rate and "Add it to the exchange rates" in told.rate
    first.valid_from = LAST
    first.save()
    assert statement(line).in_currency.paid == "27.50"


def test_a_gift_needs_no_rate_where_the_donor_said_what_was_sent(cast, manager):
    source = make_source(code="USD-27", currency="USD", starts_on=BEFORE)
    line = make_line(cast.mae_sot, manager, 0, source=source)
    post(line, E.ALLOT, 3500, manager, on=BEFORE, donor_amount=Decimal(100))
    rate(36, LAST)
    assert statement(line).in_currency.opening == "100.00"


def test_a_line_in_baht_takes_nothing_in_another_currency(line, manager):
    with pytest.raises(Refusal) as refused:
        post(line, E.RESERVE, 10, manager, currency="USD")
    assert refused.value.code == "E-BUD-04"
    assert post(line, E.RESERVE, 10, manager, currency="THB").pk


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_paper_shows_baht_and_the_donors_currency(line, language):
    rate(36, BEFORE)
    text = text_of(StatementPaper(), line.source, language, month=LAST.isoformat())
    for word in ("1,100.00", "30.56", "1USD=36", "BankofThailand"):
        assert word in text


def test_more_entries_are_not_more_reads(line, manager, django_assert_num_queries):
    rate(36, BEFORE)
    for _more in range(2):
        with django_assert_num_queries(6):
            statement(line)
        post(line, E.DISBURSE, 5, manager, on=LAST.replace(day=25))
