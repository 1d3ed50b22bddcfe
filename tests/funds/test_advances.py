"""Cash for a member of staff: given once, accounted for to the satang, settled by somebody else."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.approvals.models import Proposal
from casework.approvals.services.proposals import confirm
from casework.funds.models import Advance, AdvanceEntry, CashBox
from casework.funds.proposals.advances import propose_shortage
from casework.funds.queries.advances import staff_of
from casework.funds.services.advances import give_advance, pay_from_advance, settle_advance, settle_short
from casework.kernel.refusals import Refusal
from casework.reference.models import Term
from tests.factories.cash import make_box
from tests.factories.cast import make_cast

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture
def cashier(cast):
    return cast.of("CSH")


@pytest.fixture
def holder(cast):
    return cast.of("CW")


@pytest.fixture
def box(cast, cashier) -> CashBox:
    return make_box(cast.mae_sot, cashier, 5000, "Front desk")


def give(box, holder, by, amount: int | str = 2000, **facts) -> Advance:
    values = {"purpose": "Payments in the villages", "until_on": TODAY, "now": NOW}
    return give_advance(box=box, holder=holder, amount=Decimal(amount), by=by, **values | facts)


def use(advance, by, amount: int | str, key: str) -> AdvanceEntry:
    return pay_from_advance(
        advance=advance, amount=Decimal(amount), subject=advance, reference=f"R-{key}", key=key, by=by, now=NOW
    )


def settle(advance, by, back: int | str) -> Advance:
    return settle_advance(advance=advance, brought_back=Decimal(back), by=by, now=NOW)


def refused(act, *args, **more) -> str:
    with pytest.raises(Refusal) as answer:
        act(*args, **more)
    return answer.value.code


def inside(box: CashBox) -> Decimal:
    box.refresh_from_db()
    return box.balance


def test_given_paid_from_brought_back_and_settled(cast, box, cashier):
    advance = give(box, cast.of("CW"), cashier)
    assert (inside(box), advance.left) == (3000, 2000)
    receipt = use(advance, cashier, "1250.50", "r-1")
    assert use(advance, cashier, "1250.50", "r-1") == receipt
    advance.refresh_from_db()
    assert advance.left == Decimal("749.50")
    assert refused(use, advance, cashier, "749.51", "r-2") == "E-ADV-03"
    for wrong in ("749.49", "749.51", "0"):
        assert refused(settle, advance, cashier, wrong) == "E-ADV-06"
    settled = settle(advance, cashier, "749.50")
    assert (settled.state, settled.left, settled.settled_by, inside(box)) == ("settled", 0, cashier, Decimal("3749.50"))
    assert refused(settle, settled, cashier, 0) == "E-ADV-07"
    assert refused(use, settled, cashier, 1, "r-3") == "E-ADV-07"


def test_all_of_it_paid_out_settles_with_nothing_brought_back(cast, box, cashier):
    advance = give(box, cast.of("CW"), cashier)
    use(advance, cashier, 2000, "r-1")
    assert settle(advance, cashier, 0).state == "settled"
    assert inside(box) == 3000


# Some of it is missing


WHY = "The bag was torn on the boat"


def short(advance, by, back: int | str = 500, why: str = WHY) -> Proposal:
    return propose_shortage(advance=advance, brought_back=Decimal(back), explanation=why, by=by, now=NOW)


def test_what_is_missing_is_explained_and_confirmed_and_stands_in_the_book(cast, box, cashier):
    advance = give(box, cast.of("CW"), cashier)
    use(advance, cashier, 1200, "r-1")
    proposal = short(advance, cashier)
    advance.refresh_from_db()
    assert (inside(box), advance.left, advance.state) == (3500, 300, "open"), "what came back is in the box at once"
    assert refused(confirm, proposal=proposal, by=cashier, now=NOW) == "APR-SELF"
    confirm(proposal=proposal, by=cast.of("FA"), now=NOW)
    advance.refresh_from_db()
    assert (advance.state, advance.left, advance.settled_by, inside(box)) == ("settled", 0, cashier, 3500)
    missing = advance.entries.get(kind="short")
    assert (missing.amount, missing.reason, missing.by, missing.confirmed_by) == (300, WHY, cashier, cast.of("FA"))


def test_nothing_came_back_and_all_of_it_is_missing(cast, box, cashier):
    advance = give(box, cast.of("CW"), cashier)
    confirm(proposal=short(advance, cashier, 0), by=cast.of("FA"), now=NOW)
    advance.refresh_from_db()
    assert (advance.state, inside(box)) == ("settled", 3000)


def test_each_guard_of_what_is_missing_and_its_twin(cast, box, cashier):
    advance = give(box, cast.of("CW"), cashier)
    assert refused(short, advance, cashier, why="lost") == "E-ADV-08"
    assert refused(short, advance, cashier, 2001) == "E-ADV-06"
    assert refused(short, advance, cast.of("CW")) == "E-ADV-05"
    assert inside(box) == 3000, "nothing of it was written down"
    first = short(advance, cashier)
    assert refused(short, advance, cashier, 0) == "APR-TWICE"
    use(advance, cashier, 1000, "r-1")
    assert refused(confirm, proposal=first, by=cast.of("FA"), now=NOW) == "APR-CHANGED", "a receipt was found"
    second = short(advance, cashier, 100)
    facts = {"advance": advance, "missing": Decimal(400), "explanation": WHY, "now": NOW}
    for confirmer in (cashier, cast.of("CW")):
        assert refused(settle_short, by=cashier, confirmed_by=confirmer, **facts) == "E-ADV-09"
    wrong = facts | {"missing": Decimal(399)}
    assert refused(settle_short, by=cashier, confirmed_by=cast.of("FA"), **wrong) == "E-ADV-06"
    confirm(proposal=second, by=cast.of("FA"), now=NOW)
    assert inside(box) == 3600
    assert refused(short, advance, cashier, 0) == "E-ADV-07"


def test_the_rest_that_is_found_settles_without_a_second_person(cast, box, cashier):
    advance = give(box, cast.of("CW"), cashier)
    waiting = short(advance, cashier, 1500)
    assert settle(advance, cashier, 500).state == "settled"
    assert inside(box) == 5000
    assert refused(confirm, proposal=waiting, by=cast.of("FA"), now=NOW) == "APR-CHANGED"


def test_who_holds_the_advance_does_not_confirm_that_some_is_missing(cast, box, cashier):
    proposal = short(give(box, cast.of("FA"), cashier), cashier)
    assert refused(confirm, proposal=proposal, by=cast.of("FA"), now=NOW) == "APR-INTEREST"
    confirm(proposal=proposal, by=cast.of("PM"), now=NOW)


def test_the_database_wants_two_people_and_why_it_is_missing(cast, box, cashier):
    advance = give(box, cast.of("CW"), cashier)
    facts = {"advance": advance, "kind": "short", "amount": 1, "key": "s", "on": TODAY, "by": cashier, "at": NOW}
    for reason, second in (("", cast.of("FA")), (WHY, None), (WHY, cashier)):
        with pytest.raises(IntegrityError, match="Two people explain"), transaction.atomic():
            AdvanceEntry.rows.create(**facts, reason=reason, confirmed_by=second)
    assert AdvanceEntry.rows.create(**facts, reason=WHY, confirmed_by=cast.of("FA")).pk


def test_short_in_the_browser(cast, client_of, box, cashier):
    advance, desk, second = give(box, cast.of("CW"), cashier), client_of(cashier), client_of(cast.of("FA"))
    page, settling = (reverse(f"funds:{name}", args=[advance.pk]) for name in ("advance", "advance-settle"))
    answer = desk.post(settling, {"brought_back": "1500", "explanation": ""})
    assert answer.status_code == 422 and "or say why it is missing" in answer.content.decode()
    assert desk.post(settling, {"brought_back": "๑๕๐๐", "explanation": WHY}).status_code == 302
    address = reverse("approvals:proposal", args=[Proposal.rows.get().pk])
    for client in (desk, second):
        shown = client.get(page).content.decode()
        assert "฿500 are missing" in shown and address in shown
    assert address not in client_of(cast.of("CW")).get(page).content.decode()
    shown = second.get(address).content.decode()
    assert WHY in shown and "฿500.00" in shown
    assert second.post(reverse("approvals:confirm", args=[Proposal.rows.get().pk])).status_code == 302
    shown = desk.get(page).content.decode()
    assert WHY in shown and "Missing" in shown and f"confirmed by {cast.of('FA').name_now}" in shown


def test_no_second_advance_while_one_is_open(cast, box, cashier):
    holder = cast.of("CW")
    first = give(box, holder, cashier, 100)
    with pytest.raises(Refusal) as answer:
        give(box, holder, cashier, 100)
    assert (answer.value.code, first.number in str(answer.value.sentence)) == ("E-ADV-01", True)
    assert give(box, cast.of("FO"), cashier, 100).pk
    settle(first, cashier, 100)
    second = give(box, holder, cashier, 100)
    facts = {"box": box, "holder": holder, "amount": 1, "purpose": "Boats", "given_on": TODAY, "until_on": TODAY}
    with pytest.raises(IntegrityError, match="one open advance"), transaction.atomic():
        Advance.rows.create(number="A-2", **facts)
    settle(second, cashier, 100)
    assert Advance.rows.create(number="A-2", **facts).pk


def test_an_advance_has_a_limit_of_amount_and_time_that_the_fund_sets(cast, client_of, cashier):
    box, last = make_box(cast.mae_sot, cashier, 50_000), TODAY + timedelta(days=30)
    for wrong, code in [({"amount": "20000.01"}, "E-ADV-10"), ({"until_on": last + timedelta(days=1)}, "E-ADV-11")]:
        assert refused(give, box, cast.of("CW"), cashier, **wrong) == code
    shown = client_of(cashier).get(reverse("funds:advance-give", args=[box.pk])).content.decode()
    assert "฿20,000 at most" in shown
    assert give(box, cast.of("CW"), cashier, 20_000, until_on=last).pk
    for key, value in (("funds.advance_most", 500), ("funds.advance_days", 3)):
        Term.objects.create(key=key, label="Limit", value=value, unit="", source="the board", valid_from=TODAY)
    assert refused(give, box, cast.of("FO"), cashier, 501) == "E-ADV-10"
    assert refused(give, box, cast.of("FO"), cashier, 500, until_on=TODAY + timedelta(days=4)) == "E-ADV-11"
    assert give(box, cast.of("FO"), cashier, 500, until_on=TODAY + timedelta(days=3)).pk


def test_nobody_gives_to_themselves_or_settles_their_own(cast, box, cashier):
    assert refused(give, box, cashier, cashier) == "E-ADV-04"
    advance = give(box, cast.of("CW"), cashier)
    assert refused(settle, advance, cast.of("CW"), 2000) == "E-ADV-05"
    assert settle(advance, cashier, 2000).pk


def test_an_amount_a_purpose_a_day_and_money_in_the_box(cast, box, cashier):
    for wrong, code in [
        ({"amount": 0}, "E-ADV-02"),
        ({"purpose": " x "}, "E-ADV-02"),
        ({"until_on": TODAY - timedelta(days=1)}, "E-ADV-02"),
        ({"amount": "5000.01"}, "E-CSH-01"),
    ]:
        assert refused(give, box, cast.of("CW"), cashier, **wrong) == code
    assert not Advance.rows.exists()
    assert give(box, cast.of("CW"), cashier, 5000).pk


def test_the_database_keeps_what_is_used_and_lets_nobody_settle_the_rest_or_their_own(cast, box, cashier):
    advance = give(box, cast.of("CW"), cashier)
    entry = use(advance, cashier, 500, "r-1")
    for act in (
        lambda: Advance.rows.update(used=0),
        lambda: AdvanceEntry.rows.filter(pk=entry.pk).update(amount=1),
        lambda: AdvanceEntry.rows.filter(pk=entry.pk).delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            act()
    facts = {"advance": advance, "on": TODAY, "by": cashier, "at": NOW, "reference": "R-9"}
    with pytest.raises(IntegrityError, match="No more of an advance"), transaction.atomic():
        AdvanceEntry.rows.create(kind="receipt", amount=1501, key="x", **facts)
    for settler in (cashier, cast.of("CW")):
        with pytest.raises(IntegrityError, match="accounted for by another"), transaction.atomic():
            Advance.rows.filter(pk=advance.pk).update(state="settled", settled_by=settler)
        if settler == cashier:
            AdvanceEntry.rows.create(kind="receipt", amount=1500, key="rest", **facts)
    settle(advance, cashier, 0)
    with pytest.raises(IntegrityError, match="settled advance"), transaction.atomic():
        AdvanceEntry.rows.create(kind="receipt", amount=1, key="y", **facts)


STEPS = st.lists(st.tuples(st.sampled_from(["give", "use", "settle"]), st.integers(1, 900)), min_size=5, max_size=30)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_sequence_loses_cash_between_box_advances_and_receipts(cast, cashier, holder, steps):
    with transaction.atomic():
        box = make_box(cast.mae_sot, cashier, 2000)
        for number, (step, amount) in enumerate(steps):
            advance = Advance.rows.filter(box=box, state="open").first()
            try:
                with transaction.atomic():
                    if step == "give":
                        give(box, holder, cashier, amount)
                    elif advance and step == "use":
                        use(advance, cashier, amount, f"step-{number}")
                    elif advance:
                        settle(advance, cashier, amount if amount % 2 else advance.left)
            except Refusal as refusal:
                assert refusal.code in ("E-CSH-01", "E-ADV-01", "E-ADV-03", "E-ADV-06")
            carried = sum(row.left for row in Advance.rows.filter(box=box))
            paid = sum(AdvanceEntry.rows.filter(kind="receipt").values_list("amount", flat=True))
            assert inside(box) + carried + paid == 2000 and inside(box) >= 0
            assert not Advance.rows.filter(state="settled").exclude(used__gte=1).exists()
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_payments_at_once_from_what_is_left_for_one_leave_one():
    cast = make_cast()
    cashier = cast.of("CSH")
    advance = give(make_box(cast.mae_sot, cashier, 1000), cast.of("CW"), cashier, 500)
    together, answers = threading.Barrier(2), []

    def take(number: int) -> None:
        together.wait()
        try:
            use(advance, cashier, 400, f"r-{number}")
            answers.append("paid")
        except Refusal as refusal:
            answers.append(refusal.code)
        connection.close()

    threads = [threading.Thread(target=take, args=[number]) for number in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(answers) == ["E-ADV-03", "paid"]


def test_given_seen_by_its_holder_as_work_and_settled_in_the_browser(cast, client_of, box):
    holder, desk = cast.of("CW"), client_of(cast.of("CSH"))
    day = TODAY + timedelta(days=5)
    answers = {
        "holder": holder.pk, "amount": "๒,๐๐๐", "purpose": "Payments in the villages", "until_on_d": day.day,
        "until_on_m": day.month, "until_on_y": day.year + 543,
    }  # fmt: skip
    page = desk.post(reverse("funds:advance-give", args=[box.pk]), answers | {"amount": "6000"})
    assert page.status_code == 422 and "5,000.00 baht, 6,000.00 are needed" in page.content.decode()
    assert desk.post(reverse("funds:advance-give", args=[box.pk]), answers).status_code == 302
    advance = Advance.rows.get()
    address = reverse("funds:advance", args=[advance.pk])
    field = client_of(holder)
    work = field.get(reverse("home:my-work")).content.decode()
    assert "Settle the advance" in work and address in work
    shown = field.get(address).content.decode()
    assert "Payments in the villages" in shown and f'href="{reverse("funds:boxes")}"' not in shown
    assert reverse("funds:advance-settle", args=[advance.pk]) not in shown
    assert field.post(reverse("funds:advance-settle", args=[advance.pk]), {"brought_back": "2000"}).status_code == 403
    assert advance.number in desk.get(reverse("funds:boxes")).content.decode()
    settling = reverse("funds:advance-settle", args=[advance.pk])
    assert "฿2,000.00 of ฿2,000.00 have no receipt yet" in desk.get(settling).content.decode()
    page = desk.post(settling, {"brought_back": "1999"})
    assert page.status_code == 422 and "2,000.00 baht have no receipt, 1,999.00 came back" in page.content.decode()
    assert desk.post(settling, {"brought_back": "2000"}).status_code == 302
    assert desk.get(settling).status_code == 409
    assert address not in field.get(reverse("home:my-work")).content.decode()


def test_a_colleague_and_another_office_do_not_see_it(cast, client_of, box, cashier):
    address = reverse("funds:advance", args=[give(box, cast.of("CW"), cashier).pk])
    for role, office, status in [("SUP", "MS", 404), ("CSH", "RN", 404), ("AUD", "MS", 200), ("CW", "MS", 200)]:
        assert client_of(cast.of(role, office)).get(address).status_code == status


def test_more_advances_are_not_more_reads(cast, client_of, box, cashier, django_assert_max_num_queries):
    desk, address = client_of(cashier), reverse("funds:boxes")
    give(box, cast.of("CW"), cashier, 10)
    desk.get(address)
    with django_assert_max_num_queries(40) as few:
        desk.get(address)
    for role in ("FO", "FA", "SUP"):
        give(box, cast.of(role), cashier, 10)
    with django_assert_max_num_queries(len(few)):
        desk.get(address)


def test_cash_is_given_to_staff_of_the_office_alone(cast, cashier):
    for role, office in [("CW", "MS"), ("EXT", "MS"), ("AUD", "MS"), ("WRD", "MS"), ("CW", "RN")]:
        cast.of(role, office)
    assert list(staff_of(cast.mae_sot.pk, cashier, TODAY)) == [cast.of("CW")]
