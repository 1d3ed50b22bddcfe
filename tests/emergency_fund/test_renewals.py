"""What ends soon stands on a list, is asked for again, and ends by the calendar as renewed or run out."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.aid.models import InsuranceCover
from casework.home.work import work_of
from casework.kernel.dates import add_months, add_years
from casework.people.models import Person
from casework.people.services.families import add_member
from casework.people.services.merging import merge
from casework.programmes.contributions import registry
from casework.reference.models import Term
from emergency_fund.models import AssistanceRequest, InsurancePolicy
from emergency_fund.queries import renewals
from emergency_fund.queries.insurance import quote_of
from emergency_fund.services import renewing
from emergency_fund.services.asking import AskedLine
from emergency_fund.services.cards import end_insurance, order_insurance, take_card
from emergency_fund.services.renewing import tend_insurances
from emergency_fund.tasks import tend_insurances as task
from tests.factories.cases import make_sealed
from tests.factories.people import make_person

from .insured import NOW, TODAY, approved, covered, days, insurance_line, quoted
from .test_pages import page, told
from .waiting import wait_for_who_waits

pytestmark = pytest.mark.django_db


def in_force(cast, case, budget, last) -> InsurancePolicy:
    """An insurance whose card says that it ends on a day."""
    line = insurance_line(cast, case)
    policy = quoted(cast, line)
    approved(cast, line, budget)
    policy = order_insurance(policy=policy, starts_on=TODAY, by=cast.of("FO"), now=NOW)
    card = {"number": f"C{policy.pk}", "valid_from": add_months(last, -12) + timedelta(days=1), "valid_to": last}
    return take_card(policy=policy, photo=None, by=cast.of("CW"), now=NOW, **card)


def tended(on=TODAY) -> tuple[int, ...]:
    counts = tend_insurances(today=on, now=NOW)
    return counts["expiring"], counts["renewed"], counts["expired"]


def test_it_ends_soon_then_runs_out_and_twice_is_once(cast, case, budget):
    policy = in_force(cast, case, budget, days(60))
    assert tended(days(-1)) == (0, 0, 0)
    assert tended() == (1, 0, 0)
    assert tended() == (0, 0, 0)
    assert tended(days(60)) == (0, 0, 0)
    assert tended(days(61)) == (0, 0, 1)
    assert tended(days(61)) == (0, 0, 0)
    policy.refresh_from_db()
    cover = InsuranceCover.rows.get(pk=policy.cover_id)
    assert (policy.state, policy.ended_on, cover.state) == ("expired", days(61), "expired")


def test_after_a_long_rest_one_night_does_both(cast, case, budget):
    in_force(cast, case, budget, days(60))
    assert tended(days(100)) == (1, 0, 1)


def test_the_days_are_a_term(cast, case, budget):
    in_force(cast, case, budget, days(60))
    Term.objects.filter(key="emergency_fund.renewal_days").update(value=Decimal(30))
    assert tended() == (0, 0, 0) and tended(days(30)) == (1, 0, 0)


@pytest.mark.parametrize("starts, state", [(41, "renewed"), (42, "expired")])
def test_renewed_without_a_gap_or_run_out(cast, case, budget, starts, state):
    policy = in_force(cast, case, budget, days(40))
    covered(cast, case.child, days(starts), days(300))
    tended(days(41))
    policy.refresh_from_db()
    assert policy.state == state


def test_what_follows_on_the_record_that_a_child_has_now(cast, case, mother, budget, client_of):
    """The record whose request bought the first insurance went over to another one, on which the next is bought."""
    policy = in_force(cast, case, budget, days(30))
    kept = make_person("Hsa Soe Paw", born=case.child.born_on)
    facts = {"choices": {}, "by": cast.of("CW"), "confirmed_by": cast.of("SUP"), "now": NOW}
    merge(kept=kept, dropped=case.child, **facts)
    assert tended() == (1, 0, 0)
    client = client_of(cast.of("CW"))
    shown = page(client, "renewals").content.decode()
    assert "Hsa Soe Paw" in shown and "Renew" in shown
    asked = ask_to_renew_of(cast, policy, mother, kept)
    assert asked.lines.get().child == kept and quote_of(asked.lines.get()).renews == policy
    assert asked.number in page(client, "renewals").content.decode()
    covered(cast, kept, days(31), add_months(days(30), 12))
    assert tended(days(31)) == (0, 1, 0), "renewed, and no lapse"


def ask_to_renew_of(cast, policy: InsurancePolicy, mother, child) -> AssistanceRequest:
    """The family asks for the same insurance again, for the child as it is recorded now."""
    asked = renewals.asked_again(policy, TODAY)
    (line,) = asked["asked"]
    assert line["child"] == child.pk
    return renewing.ask_to_renew(
        policy=policy, now=NOW, case=policy.line.request.case, requester=mother, channel="walk_in", urgency="14d",
        incident={"kind": asked["kind"], "occurred_on": asked["occurred_on"]}, need=asked["need"], by=cast.of("CW"),
        lines=[AskedLine(child=child, kind="health_insurance", asked=Decimal(500))],
    )  # fmt: skip


def test_what_was_cancelled_is_left_alone(cast, case, budget):
    policy = in_force(cast, case, budget, days(40))
    tended()
    end_insurance(policy=policy, to="cancelled", reason="The family has left", by=cast.of("CW"), now=NOW)
    assert tended(days(50)) == (0, 0, 0)


def test_what_is_corrected_while_the_night_runs_is_left_alone(cast, case, budget, monkeypatch):
    policy = in_force(cast, case, budget, days(40))
    tended()
    real = renewing.hold_request

    def correct_first(pk: int) -> AssistanceRequest:
        held, card = real(pk), {"number": "C1", "valid_from": TODAY, "valid_to": days(100)}
        take_card(policy=policy, photo=None, by=cast.of("CW"), now=NOW, **card)
        return held

    monkeypatch.setattr(renewing, "hold_request", correct_first)
    assert tended(days(41)) == (0, 0, 0)
    policy.refresh_from_db()
    assert policy.state == "active"


@pytest.mark.django_db(transaction=True)
def test_the_night_holds_a_child_before_its_insurance_as_a_card_does(cast, case, budget):
    policy = in_force(cast, case, budget, days(40))
    tended()

    def night() -> None:
        tended(days(41))
        connection.close()

    thread = threading.Thread(target=night)
    with transaction.atomic():
        assert Person.rows.select_for_update(of=("self",), no_key=True).get(pk=policy.line.child_id)
        thread.start()
        wait_for_who_waits()
        assert InsurancePolicy.rows.select_for_update(of=("self",), nowait=True).get(pk=policy.pk)
    thread.join(20)
    policy.refresh_from_db()
    assert policy.state == "expired"


def test_the_nightly_task_is_on_the_schedule_and_runs_twice(cast, case, budget):
    assert {job.task for job in registry.gather("schedule")} >= {"emergency_fund.insurances"}
    in_force(cast, case, budget, days(40))
    task()
    task()
    assert InsurancePolicy.rows.get().state == "expiring"


def test_listed_and_on_the_first_page_until_it_is_asked_again(cast, case, mother, budget, client_of):
    policy = in_force(cast, case, budget, days(40))
    lead, worker = case.lead, client_of(case.lead)
    assert page(worker, "renewals").content.decode().count("No insurance ends soon") == 1
    tended()
    address = f"{reverse('emergency_fund:ask', args=[case.pk])}?renews={policy.pk}"
    shown = page(worker, "renewals").content.decode()
    assert address in shown and "40 days left" in shown and case.child.name in shown
    assert address in [line.item.url for line in work_of(lead, TODAY).lines]
    officer = client_of(cast.of("FO"))
    shown = page(officer, "renewals").content.decode()
    assert address not in shown and "Renewed from the case of the child" in shown
    assert "Insurances that end soon" in [str(line.item.title) for line in work_of(cast.of("FO"), TODAY).lines]
    assert reverse("emergency_fund:renewals") in page(officer, "list").content.decode()

    form = worker.get(address).context["form"]
    assert form.initial["asked"] == [{"child": case.child_id, "kind": "health_insurance", "amount": "365"}]
    again = told(case, mother, **{"line-0-kind": "health_insurance", "line-0-amount": "365", "line-1-kind": "",
                                  "line-1-amount": ""})  # fmt: skip
    assert worker.post(address, again).status_code == 302
    request = AssistanceRequest.rows.order_by("-pk")[0]
    following = InsurancePolicy.rows.get(line__request=request)
    assert (following.renews, following.state, following.cover.valid_from) == (policy, "quoted", days(41))
    assert (following.cover.hospital, following.line.asked) == (policy.cover.hospital, 365)
    assert f"Asked again: {request.number}" in page(worker, "renewals").content.decode()
    assert address not in [line.item.url for line in work_of(lead, TODAY).lines]


def test_renewed_in_time_from_the_first_price_to_the_end(cast, case, mother, budget, client_of):
    policy = in_force(cast, case, budget, days(40))
    tended()
    address = f"{reverse('emergency_fund:ask', args=[case.pk])}?renews={policy.pk}"
    again = told(case, mother, **{"line-0-kind": "health_insurance", "line-1-kind": "", "line-1-amount": ""})
    client_of(case.lead).post(address, again)
    following = InsurancePolicy.rows.get(renews=policy)
    approved(cast, following.line, budget)
    order_insurance(policy=following, starts_on=days(41), by=cast.of("FO"), now=NOW)
    assert "No insurance ends soon" in page(client_of(case.lead), "renewals").content.decode()
    assert tended(days(41)) == (0, 1, 0)
    policy.refresh_from_db()
    assert policy.state == "renewed"


def test_a_child_that_turned_seven_is_renewed_by_what_fits_its_age(cast, case, mother, budget, client_of):
    case.child.born_on = add_years(days(41), -7)
    case.child.save()
    policy = in_force(cast, case, budget, days(40))
    again = told(case, mother, **{"line-0-kind": "health_insurance", "line-1-kind": "", "line-1-amount": ""})
    address = f"{reverse('emergency_fund:ask', args=[case.pk])}?renews={policy.pk}"
    client_of(case.lead).post(address, again)
    following = InsurancePolicy.rows.get(renews=policy)
    assert (following.cover.scheme, following.price) == ("migrant_card", 2100)


def test_where_no_price_holds_it_is_asked_for_all_the_same(cast, case, mother, budget, client_of):
    policy = in_force(cast, case, budget, days(40))
    policy.tariff.valid_to = TODAY
    policy.tariff.save()
    again = told(case, mother, **{"line-0-kind": "health_insurance", "line-1-kind": "", "line-1-amount": ""})
    address = f"{reverse('emergency_fund:ask', args=[case.pk])}?renews={policy.pk}"
    assert client_of(case.lead).post(address, again).status_code == 302
    assert not InsurancePolicy.rows.filter(renews=policy).exists() and AssistanceRequest.rows.count() == 2


@pytest.mark.parametrize("wanted", ["x", "999999", "9" * 40, "-1", "๑"])
def test_a_strange_insurance_in_the_address_asks_plainly(cast, case, client_of, wanted):
    address = reverse("emergency_fund:ask", args=[case.pk])
    answer = client_of(case.lead).get(address, {"renews": wanted})
    assert answer.status_code == 200 and "asked" not in answer.context["form"].initial


def test_what_ran_out_stays_listed_and_a_sealed_name_does_not(cast, case, budget, client_of):
    policy = in_force(cast, case, budget, TODAY)
    tended(days(1))
    make_sealed(case, cast.of("SUP"))
    shown = page(client_of(cast.of("FO")), "renewals").content.decode()
    assert "Name hidden" in shown and case.child.name not in shown
    InsurancePolicy.rows.filter(pk=policy.pk).update(ended_on=days(-61))
    assert "No insurance ends soon" in page(client_of(cast.of("FO")), "renewals").content.decode()


def test_more_insurances_are_not_more_reads(cast, case, budget, client_of):
    officer, counts = client_of(cast.of("FO")), []
    in_force(cast, case, budget, days(20))
    for n in range(2):
        tended()
        page(officer, "renewals")
        with CaptureQueriesContext(connection) as queries:
            page(officer, "renewals")
        counts.append(len(queries))
        for more in range(3):
            child = make_person(f"Naw {n} {more}", born=add_years(TODAY, -3))
            add_member(family=case.family, person=child, role="sibling", by=cast.of("CW"))
            cover = covered(cast, child, days(-300), days(10 + more), programme="emergency_fund")
            InsuranceCover.rows.filter(pk=cover.pk).update(state="active")
            first = InsurancePolicy.rows.order_by("pk")[0]
            line = first.line.request.lines.create(
                child=child, kind="health_insurance", modality="insurance", period=str(more), asked=1
            )
            InsurancePolicy.rows.create(
                line=line, cover=cover, tariff=first.tariff, quoted_by=first.quoted_by, quoted_at=NOW, ordered_at=NOW,
                state="active",
            )  # fmt: skip
    assert counts[0] == counts[1]
