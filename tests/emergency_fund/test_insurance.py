"""An insurance is priced by dated tariffs, the child's age and the first day; never two covers on one day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.aid.models import InsuranceCover
from casework.approvals.services.conflicts import declare_conflict
from casework.kernel.dates import add_years
from casework.kernel.refusals import Refusal
from casework.people.services.families import add_member
from emergency_fund.insurance_states import PolicyState
from emergency_fund.models import AssistanceRequest, InsurancePolicy, InsuranceTariff
from emergency_fund.rules.insurance import last_day
from emergency_fund.services.asking import AskedLine, ask_again
from emergency_fund.services.cards import end_insurance, order_insurance
from emergency_fund.services.deciding import recommend, turn_away
from emergency_fund.services.insurance import drop_insurance
from emergency_fund.states import RequestState
from tests.factories.people import make_person

from .insured import NOW, TODAY, U7, approved, covered, days, hospital, insurance_line, officer_two, quoted
from .test_delivering import paid, paid_there
from .test_money_path import ask, recommended, refused
from .test_pages import date_boxes, page, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(cast, case):
    return insurance_line(cast, case)


def born(line, on: date | None):
    """The child of the line, born on a day."""
    line.child.born_on, line.child.born_precision = on, "exact" if on else "unknown"
    line.child.save()


def test_priced_on_the_page_and_what_is_asked_follows(cast, line, client_of):
    officer = client_of(cast.of("FO"))
    shown = page(officer, "detail", line.request_id).content.decode()
    assert "Nobody has priced it yet." in shown and reverse("emergency_fund:insurance-quote", args=[line.pk]) in shown
    shown = page(officer, "insurance-quote", line.pk).content.decode()
    assert "ages 0–6: ฿365 for 12 months" in shown and "ages 7–17: ฿2,100 for 12 months" in shown
    told = {"scheme": U7, "hospital": str(hospital().pk), **date_boxes("starts_on", days(3))}
    assert send(officer, "insurance-quote", line.pk, told).status_code == 302
    policy = InsurancePolicy.rows.get()
    line.refresh_from_db()
    assert (policy.state, policy.price, line.asked, line.period) == ("quoted", 365, 365, f"{days(3):%Y-%m-%d}")
    assert (policy.cover.valid_from, policy.cover.valid_to) == (days(3), last_day(days(3), 12))
    assert policy.cover.state == "quoted" and policy.cover.hospital == hospital()
    assert cast.of("FO").pk in AssistanceRequest.rows.get().makers
    shown = page(officer, "detail", line.request_id).content.decode()
    assert "Change the price" in shown and "Insurance of a child priced" in shown and str(hospital()) in shown


def test_only_who_screens_prices(cast, line, client_of):
    told = {"scheme": U7, "hospital": str(hospital().pk), **date_boxes("starts_on", TODAY)}
    assert send(client_of(cast.of("CW")), "insurance-quote", line.pk, told).status_code == 403
    shown = page(client_of(cast.of("CW")), "detail", line.request_id).content.decode()
    assert reverse("emergency_fund:insurance-quote", args=[line.pk]) not in shown


def test_who_belongs_to_the_family_does_not_price(cast, case, line, client_of):
    declare_conflict(by=cast.of("FO"), kind="family", number=case.number, reason="My sister lives there", now=NOW)
    assert refused(quoted, cast, line) == "E-EAF-199"
    assert page(client_of(cast.of("FO")), "insurance-quote", line.pk).status_code == 409
    assert quoted(cast, line, by=officer_two(cast)).pk


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(cast, line, client_of):
    born(line, add_years(TODAY, -9))
    told = {"scheme": U7, "hospital": str(hospital().pk), **date_boxes("starts_on", days(-1))}
    answer = send(client_of(cast.of("FO")), "insurance-quote", line.pk, told)
    shown = answer.content.decode()
    assert answer.status_code == 422 and f'value="{hospital().pk}" selected' in shown
    assert "under seven is for ages 0–6; the child is 8 on" in shown and "That day has passed. Choose" in shown


def test_the_age_on_the_first_day_fits_the_scheme(cast, line):
    born(line, add_years(days(10), -7))
    assert refused(quoted, cast, line, starts_on=days(10)) == "E-EAF-12"
    assert quoted(cast, line, starts_on=days(9)).price == 365
    assert refused(quoted, cast, line, scheme="migrant_card", starts_on=days(9)) == "E-EAF-12"
    assert quoted(cast, line, scheme="migrant_card", starts_on=days(10)).price == 2100
    born(line, None)
    assert refused(quoted, cast, line) == "E-EAF-12"


def test_the_price_of_the_first_day_counts(cast, line):
    InsuranceTariff.objects.filter(scheme=U7).update(valid_to=days(4))
    assert refused(quoted, cast, line, starts_on=days(5)) == "E-EAF-72"
    InsuranceTariff.objects.create(
        scheme=U7, age_to=6, premium=Decimal(500), months=6, valid_from=days(5), source="Announcement"
    )
    assert quoted(cast, line, starts_on=days(4)).price == 365
    later = quoted(cast, line, starts_on=days(5))
    assert (later.price, later.cover.valid_to) == (500, last_day(days(5), 6))


def test_what_costs_nothing_or_has_no_price_is_not_bought(cast, line):
    assert refused(quoted, cast, line, scheme="ucs_t99") == "E-EAF-73"
    assert refused(quoted, cast, line, scheme="private") == "E-EAF-72"
    assert not InsurancePolicy.rows.exists() and quoted(cast, line).pk


def test_from_today_on_and_a_newborn_from_its_birth(cast, line):
    assert refused(quoted, cast, line, starts_on=days(-1)) == "E-EAF-71"
    assert refused(quoted, cast, line, starts_on=days(367)) == "E-EAF-71"
    born(line, days(-16))
    assert refused(quoted, cast, line, starts_on=days(-16)) == "E-EAF-71"
    born(line, days(-15))
    assert refused(quoted, cast, line, starts_on=days(-16)) == "E-EAF-71"
    assert quoted(cast, line, starts_on=days(-15)).cover.valid_from == days(-15)


def test_no_day_twice_whoever_pays(cast, line):
    covered(cast, line.child, days(-100), days(5))
    assert refused(quoted, cast, line, starts_on=days(5)) == "E-EAF-11"
    with pytest.raises(Refusal, match="E-EAF-11") as answer:
        quoted(cast, line)
    assert answer.value.field == "starts_on" and "Choose a first day after that." in str(answer.value.sentence)
    assert quoted(cast, line, starts_on=days(6)).pk


def test_priced_anew_until_others_decide(cast, line, budget, client_of):
    first = quoted(cast, line)
    second = quoted(cast, line, starts_on=days(2))
    first.refresh_from_db()
    assert (first.state, second.state) == ("cancelled", "quoted")
    assert (first.cover.state, second.cover.state) == ("cancelled", "quoted")
    request = approved(cast, line, budget)
    assert request.state == RequestState.APPROVED
    assert refused(quoted, cast, line) == "E-EAF-70"
    assert page(client_of(cast.of("FO")), "insurance-quote", line.pk).status_code == 409


def test_only_a_line_of_insurance_is_priced(cast, case):
    assert refused(quoted, cast, ask(cast, case).lines.first()) == "E-EAF-70"


def test_recommended_when_no_cover_stands_on_the_days_of_the_price(cast, line, budget):
    """Renewed in time: one cover in force today, the next priced from the day after; but not on the same days."""
    running = covered(cast, line.child, days(-300), days(20))
    quoted(cast, line, starts_on=days(21))
    other = covered(cast, line.child, days(60), days(90))
    budget.kinds = ["health_insurance"]
    budget.save(update_fields=["kinds"])
    request = AssistanceRequest.rows.get()
    assert refused(recommended, cast, request, budget) == "E-EAF-11"
    InsuranceCover.rows.filter(pk=other.pk).update(state="cancelled")
    request.refresh_from_db()
    facts = {"budget": {line.pk: budget}, "total": Decimal(365), "by": cast.of("FO"), "now": NOW}
    assert recommend(request=request, **facts).state == RequestState.IN_APPROVAL
    assert running.pk


def test_recommended_only_with_a_price(cast, line, budget, client_of):
    budget.kinds = ["health_insurance"]
    budget.save(update_fields=["kinds"])
    request = line.request
    assert refused(recommended, cast, request, budget) == "E-EAF-187"
    request.refresh_from_db()
    officer, told = client_of(cast.of("FO")), {f"line_{line.pk}": str(budget.pk), "total": "500"}
    answer = send(officer, "recommend", request.pk, told)
    shown = answer.content.decode()
    assert answer.status_code == 422 and "This insurance has no price yet. Price it on the page" in shown
    assert f'value="{budget.pk}" selected' in shown
    quoted(cast, line)
    assert send(officer, "recommend", request.pk, told | {"total": "365"}).status_code == 302


def test_approved_without_a_price_is_priced_ordered_and_then_paid(cast, line, budget, mother, client_of):
    """As a line that an appeal brought back: its price ended when it was not approved."""
    quoted(cast, line)
    approved(cast, line, budget)
    line.refresh_from_db()
    drop_insurance(line, today=TODAY)
    assert page(client_of(cast.of("CSH")), "pay-line", line.pk).status_code == 409
    assert refused(paid, cast, line, 365, mother, "n-1") == "E-EAF-81"
    to_pay = page(client_of(cast.of("CSH")), "pay", line.request_id).content.decode()
    assert "Not ordered yet" in to_pay and reverse("emergency_fund:pay-line", args=[line.pk]) not in to_pay
    officer = client_of(cast.of("FO"))
    assert "Price the insurance" in page(officer, "detail", line.request_id).content.decode()
    born(line, add_years(TODAY, -9))
    assert refused(quoted, cast, line, scheme="migrant_card") == "E-EAF-75"
    born(line, add_years(TODAY, -2))
    policy = quoted(cast, line)
    line.refresh_from_db()
    assert (line.asked, line.state, policy.state) == (365, "approved", "quoted")
    assert refused(quoted, cast, line) == "E-EAF-70"
    order_insurance(policy=policy, starts_on=TODAY, by=cast.of("FO"), now=NOW)
    to_pay = page(client_of(cast.of("CSH")), "pay", line.request_id).content.decode()
    assert reverse("emergency_fund:pay-line", args=[line.pk]) in to_pay
    assert paid_there(cast, line, 365, "n-2").pk
    end_insurance(policy=policy, to=PolicyState.CANCELLED, reason="They moved away", by=cast.of("FO"), now=NOW)
    assert refused(quoted, cast, line) == "E-EAF-70"
    assert "Price the insurance" not in page(officer, "detail", line.request_id).content.decode()


def mended(cast, case, asked: int) -> AssistanceRequest:
    """The request returned, and sent again for so much of one insurance."""
    told = {"code": "papers", "told": "The birth certificate is missing", "by": cast.of("FO"), "now": NOW}
    request = turn_away(request=AssistanceRequest.rows.get(), to=RequestState.RETURNED, **told)
    lines = [AskedLine(child=case.child, kind="health_insurance", asked=Decimal(asked))]
    incident = {"kind": "illness", "occurred_on": days(-2)}
    return ask_again(
        request=request, incident=incident, lines=lines, urgency="24h", need="Ill", by=cast.of("CW"), now=NOW
    )


def test_a_price_stays_with_what_is_asked_as_before_and_ends_with_its_line(cast, case, line):
    quoted(cast, line)
    request = mended(cast, case, 365)
    assert (request.lines.get(), InsurancePolicy.rows.get().state) == (line, "quoted")
    request = mended(cast, case, 300)
    assert set(request.lines.values_list("state", "asked")) == {("cancelled", 365), ("asked", 300)}
    assert InsurancePolicy.rows.get().state == "cancelled"
    quoted(cast, request.lines.get(state="asked"))
    told = {"code": "papers", "told": "The birth certificate is missing", "by": cast.of("FO"), "now": NOW}
    turn_away(request=request, to=RequestState.INELIGIBLE, **told)
    assert set(InsurancePolicy.rows.values_list("state", "cover__state")) == {("cancelled", "cancelled")}


def test_one_live_insurance_of_a_line_by_the_database(cast, line):
    policy = quoted(cast, line)
    other = covered(cast, line.child, days(900), days(901))
    facts = {"line": line, "cover": other, "tariff": policy.tariff, "quoted_by": cast.of("FO"), "quoted_at": NOW}
    with pytest.raises(IntegrityError, match="one insurance at a time"), transaction.atomic():
        InsurancePolicy.rows.create(**facts)
    assert InsurancePolicy.rows.create(**facts, state="cancelled", ended_on=TODAY).pk


@pytest.mark.parametrize(
    "first, months, last",
    [
        (date(2026, 12, 1), 12, date(2027, 11, 30)),
        (date(2027, 1, 31), 1, date(2027, 2, 27)),
        (date(2028, 2, 29), 12, date(2029, 2, 27)),
    ],
)
def test_the_last_day_of_so_many_months(first, months, last):
    assert last_day(first, months) == last


def test_a_sealed_case_is_priced_without_the_name(cast, line, client_of):
    from tests.factories.cases import make_sealed

    make_sealed(line.request.case, cast.of("SUP"))
    shown = page(client_of(cast.of("FO")), "insurance-quote", line.pk).content.decode()
    assert "Child 1" in shown and line.child.name not in shown


def test_two_children_of_a_family_have_each_their_price(cast, case):
    sister = make_person("Naw Wah", born=add_years(TODAY, -8))
    add_member(family=case.family, person=sister, role="sibling", by=cast.of("CW"))
    request = insurance_line(cast, case).request
    second = request.lines.create(
        child=sister, kind="health_insurance", modality="insurance", period="x", asked=Decimal(1)
    )
    quoted(cast, request.lines.get(child=case.child))
    quoted(cast, second, scheme="migrant_card")
    assert set(request.lines.values_list("asked", flat=True)) == {365, 2100}
