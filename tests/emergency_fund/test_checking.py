"""Payments are drawn by chance after they were made, once; somebody who had no part in them asks the family."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.people.services.families import add_phone
from casework.reference.models import Term
from casework.reports import periods
from casework.reports.boards import Scope
from emergency_fund import tasks
from emergency_fund.after_states import CheckResult, CheckState
from emergency_fund.models import Complaint, Delivery, PostDistributionCheck, SampleDraw
from emergency_fund.queries.checks_to_make import checks_to_make
from emergency_fund.queries.closing import standing_of
from emergency_fund.queries.counted_after import after_world_of
from emergency_fund.services.checking import by_chance, draw_sample, record_check
from emergency_fund.services.delivering import take_return
from tests.factories.accounts import make_grant, make_user
from tests.factories.fund import make_assessment, make_delivery
from tests.factories.fund_after import drawn
from tests.factories.stock import make_item, make_kit, make_lot, make_store

from . import test_kits as kits
from .test_delivering import paid, paid_there, request_  # noqa: F401  a fixture
from .test_money_path import NOW, TODAY, refused
from .test_pages import page, send

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def delivery(cast, request_, mother) -> Delivery:  # noqa: F811
    return paid(cast, request_.lines.first(), 3900, mother, "h-1")


@pytest.fixture
def check(delivery) -> PostDistributionCheck:
    return drawn(delivery)


@pytest.fixture
def caller(cast):
    person = make_user("cw.two")
    make_grant(person, "CW", cast.mae_sot)
    return person


def answered(check: PostDistributionCheck, by, result: str = "received", amount: int | None = 3900, said: str = "",
             now=NOW) -> PostDistributionCheck:  # fmt: skip
    told = None if amount is None else Decimal(amount)
    return record_check(check=check, result=result, amount=told, said=said, by=by, now=now)


def said_of(check: PostDistributionCheck, **said: str) -> dict[str, str]:
    """What the page of a call sends of a payment."""
    return {f"{name}_{check.pk}": value for name, value in said.items()}


def test_each_payment_is_drawn_for_once_and_not_on_its_day(cast, delivery):
    def draw(today, answer: bool) -> int:
        return draw_sample(today=today, now=NOW, is_drawn=lambda chance: answer)

    assert draw(TODAY, answer=True) == 0 and not SampleDraw.rows.exists()
    assert draw(TOMORROW, answer=True) == 1
    assert draw(TOMORROW, answer=True) == 0
    assert (SampleDraw.rows.count(), PostDistributionCheck.rows.count()) == (1, 1)
    assert SampleDraw.rows.get().chance == 20


def test_what_was_not_drawn_is_not_drawn_later(delivery):
    assert draw_sample(today=TOMORROW, now=NOW, is_drawn=lambda chance: False) == 0
    assert draw_sample(today=TOMORROW, now=NOW, is_drawn=lambda chance: True) == 0
    assert not SampleDraw.rows.get().is_drawn and not PostDistributionCheck.rows.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        SampleDraw.rows.create(delivery=delivery, is_drawn=True, chance=20, at=NOW)


@pytest.mark.parametrize("back, asked", [(3900, 0), (3899, 1)])
def test_nobody_is_asked_about_what_came_back_whole(cast, delivery, back, asked):
    take_return(delivery=delivery, amount=Decimal(back), reason="No account", key="b-1", by=cast.of("CSH"), now=NOW)
    assert draw_sample(today=TOMORROW, now=NOW, is_drawn=lambda chance: True) == asked
    assert SampleDraw.rows.get().is_drawn == bool(asked)


@pytest.mark.parametrize("back, calls", [(3900, 0), (3899, 1)])
def test_what_came_back_whole_after_it_was_drawn_is_no_call(cast, check, caller, back, calls):
    """Nobody asks a family whether it has what came back, and its request is not kept open by that."""
    request = check.delivery.line.request
    assert (standing_of(request, TODAY).calls, checks_to_make(caller, TODAY).count()) == (1, 1)
    take_return(
        delivery=check.delivery, amount=Decimal(back), reason="The transfer failed at the bank", key="b-1",
        by=cast.of("CSH"), now=NOW, is_to_pay_again=True,
    )  # fmt: skip
    assert (standing_of(request, TODAY).calls, checks_to_make(caller, TODAY).count()) == (calls, calls)
    scope = Scope(
        period=periods.year(TODAY.year), before=None, offices=frozenset([cast.mae_sot.pk]), today=TODAY, language="en"
    )
    assert len(after_world_of(scope, scope.period).drawn) == calls


def test_the_nightly_task_run_twice_draws_once(cast, request_, mother):  # noqa: F811
    make_delivery(request_.lines.first(), 100, mother, cast.of("CSH"), on=TODAY - timedelta(days=1))
    Term.objects.filter(key="emergency_fund.verification_chance").update(value=100)
    tasks.draw_sample()
    tasks.draw_sample()
    assert (SampleDraw.rows.count(), PostDistributionCheck.rows.count()) == (1, 1)


@pytest.mark.parametrize("chance, least, most", [(0, 0, 0), (100, 500, 500), (50, 150, 350)])
def test_the_chance_is_the_term(chance, least, most):
    assert least <= sum(by_chance(Decimal(chance)) for _ in range(500)) <= most


def test_who_had_a_part_in_it_does_not_ask(cast, check, request_, caller):  # noqa: F811
    approver = request_.approval.actions.get().user
    for person in (cast.of("CW"), cast.of("FO"), approver, cast.of("CSH")):
        assert refused(answered, check, person) == "E-EAF-150"
    make_assessment(request_, caller)
    assert refused(answered, check, caller) == "E-EAF-150"
    assert answered(check, cast.of("SUP")).state == CheckState.DONE


@pytest.mark.parametrize("result, amount, said, code", [
    ("received", None, "", "E-EAF-151"), ("issues", None, "The envelope was open", "E-EAF-151"),
    ("received", 3000, "", "E-EAF-152"), ("issues", 3901, "The envelope was open", "E-EAF-264"),
    ("issues", 3000, "open", "E-EAF-153"),
    ("not_received", None, "no", "E-EAF-153"),
])  # fmt: skip
def test_what_the_answer_must_say(check, caller, result, amount, said, code):
    assert refused(answered, check, caller, result, amount, said) == code


@pytest.mark.parametrize("result, amount, said, kept", [
    ("received", 3900, "", 3900), ("issues", 3000, "A man took 900 for himself", 3000),
    ("not_received", None, "Nobody came with the money", 0),
])  # fmt: skip
def test_asked_once(check, caller, result, amount, said, kept):
    check = answered(check, caller, result, amount, said)
    assert (check.result, check.amount, check.by, check.on, check.said) == (result, kept, caller, TODAY, said)
    assert refused(answered, check, caller) == "E-EAF-154"


@pytest.fixture
def goods(cast, case, budget, mother) -> PostDistributionCheck:
    """A kit that cost nothing, handed over and drawn."""
    soap, store = make_item(name_en="Bathing soap"), make_store(cast.mae_sot)
    make_kit((soap, "person_month", 250))
    make_lot(store, soap, cast.of("CSH"), 1000, cost="0")
    line = kits.approved(cast, case, budget).lines.get()
    return drawn(kits.give(cast, kits.pick(cast, line, store), mother))


@pytest.fixture
def at_hospital(cast, request_) -> PostDistributionCheck:  # noqa: F811
    request_.lines.filter(kind="health_cost").update(provider="The hospital")
    return drawn(paid_there(cast, request_.lines.first(), 3900, "h-1"))


@pytest.mark.parametrize("of", ["goods", "at_hospital"])
@pytest.mark.parametrize("result, said", [
    ("received", ""), ("issues", "Half of it was missing"), ("not_received", "Nobody came to them"),
])  # fmt: skip
def test_no_amount_is_asked_of_goods_nor_of_what_a_hospital_has(request, caller, client_of, of, result, said):
    check, client = request.getfixturevalue(of), client_of(caller)
    shown = page(client, "call", check.pk)
    assert f"amount_{check.pk}" not in shown.context["form"].fields
    assert ("Bathing soap" in shown.content.decode()) == (of == "goods")
    if said:
        assert send(client, "call", check.pk, said_of(check, result=result, said="no")).status_code == 422
    assert send(client, "call", check.pk, said_of(check, result=result, said=said)).status_code == 302
    check.refresh_from_db()
    assert (check.state, check.result, check.amount) == (CheckState.DONE, result, None)
    assert Complaint.rows.filter(check_made=check).count() == bool(said)


def test_given_up_after_as_many_days_as_the_term_says(check, caller):
    def nobody(days: int) -> PostDistributionCheck:
        return answered(check, caller, CheckResult.NOT_REACHED, None, now=NOW + timedelta(days=days))

    assert nobody(0).tries == 1
    assert refused(nobody, 0) == "E-EAF-155"
    assert nobody(1).state == CheckState.WAITING
    assert (nobody(2).state, refused(nobody, 3)) == (CheckState.UNREACHED, "E-EAF-154")


def test_the_calls_of_somebody_who_had_no_part(cast, case, check, caller, client_of):
    add_phone(family=case.family, number="0812345678", by=cast.of("CW"))
    asker, other = client_of(cast.of("CW")), client_of(caller)
    assert check.delivery.number not in page(asker, "calls").content.decode()
    assert send(asker, "call", check.pk).status_code == 409
    shown = page(other, "calls").content.decode()
    assert check.delivery.number in shown and "tel:0812345678" in shown and "3,900" not in shown
    assert reverse("emergency_fund:calls") in page(other, "list").content.decode()
    assert "Families to ask about payments of the fund" in other.get("/").content.decode()
    assert "Families to ask about payments of the fund" not in asker.get("/").content.decode()
    answer = send(other, "call", check.pk, said_of(check, result="received", amount="3000", said="They counted it"))
    assert answer.status_code == 422 and "They counted it" in answer.content.decode()
    assert "with issues" in str(answer.context["form"].errors[f"amount_{check.pk}"])
    assert send(other, "call", check.pk, said_of(check, result="received", amount="๓,๙๐๐")).status_code == 302
    assert check.delivery.number not in page(other, "calls").content.decode()
    shown = page(client_of(cast.of("FO")), "detail", check.delivery.line.request_id).content.decode()
    assert "What the family says of payments" in shown and "Received, all of it" in shown


def test_only_those_who_see_phones_make_calls(cast, check, client_of):
    for role in ("FO", "FA", "CSH", "PM"):
        assert page(client_of(cast.of(role)), "calls").status_code == 403


def test_more_calls_are_not_more_reads(cast, request_, check, caller, client_of, mother):  # noqa: F811
    client = client_of(caller)
    page(client, "calls")

    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert page(client, "calls").status_code == 200
        return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in caught)

    few = count()
    for n in range(4):
        drawn(paid(cast, request_.lines.all()[1], 100 + n, mother, f"f-{n}"))
    assert count() == few


# one call for a family


@pytest.fixture
def two(cast, request_, mother) -> list[PostDistributionCheck]:  # noqa: F811
    hospital, food = request_.lines.order_by("pk")
    return [drawn(paid(cast, hospital, 3900, mother, "h-1")), drawn(paid(cast, food, 800, mother, "f-1"))]


def test_a_family_is_called_once_about_all_its_payments(two, caller, client_of):
    client = client_of(caller)
    shown = page(client, "calls").content.decode()
    assert shown.count("Write down the call") == 1
    assert all(one.delivery.number in shown for one in two)
    assert "1 call" in client.get("/").content.decode()
    said = said_of(two[0], result="received", amount="3900") | said_of(two[1], result="not_received", said="no")
    assert send(client, "call", two[0].pk, said).status_code == 422
    assert not PostDistributionCheck.rows.exclude(state=CheckState.WAITING).exists()
    said |= said_of(two[1], said="Nobody gave them that money")
    assert send(client, "call", two[0].pk, said).status_code == 302
    assert [one.result for one in PostDistributionCheck.rows.order_by("pk")] == ["received", "not_received"]
    complaint = Complaint.rows.get()
    assert complaint.check_made == two[1]
    assert two[1].delivery.number in page(client, "complaint", complaint.pk).content.decode(), "which payment it is"


def test_a_payment_without_an_answer_waits(two, caller, client_of):
    client = client_of(caller)
    assert send(client, "call", two[0].pk, said_of(two[1], result="received", amount="800")).status_code == 422
    assert send(client, "call", two[0].pk, said_of(two[0], result="received", amount="3900")).status_code == 302
    shown = page(client, "calls").content.decode()
    assert two[1].delivery.number in shown and two[0].delivery.number not in shown


def test_nobody_reached_is_said_once_for_all(two, caller, client_of):
    client = client_of(caller)
    assert send(client, "call", two[0].pk, said_of(two[0], result="not_reached")).status_code == 302
    assert set(PostDistributionCheck.rows.values_list("tries", "tried_on")) == {(1, TODAY)}
    assert two[0].delivery.number not in page(client, "calls").content.decode()
