"""Cash in a box is what came and did not go; never below zero, counted by two people, seen by its office."""

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
from casework.approvals.services.proposals import confirm, decline
from casework.audit.models import Event
from casework.documents.models import Document
from casework.funds.documents.cash import CountPaper
from casework.funds.models import CashBox, CashCount, CashMovement
from casework.funds.proposals.cash import propose_count, propose_filling
from casework.funds.services.boxes import fill_box, hand_box_on, open_box
from casework.funds.states import CASH_COMES, CashKind
from casework.kernel.refusals import Conflict, Refusal
from tests.factories.accounts import make_grant, make_user
from tests.factories.cash import make_box, move
from tests.factories.cast import make_cast
from tests.factories.papers import pages_of, text_of

pytestmark = pytest.mark.django_db
K = CashKind


@pytest.fixture
def keeper(cast):
    return cast.of("CSH")


@pytest.fixture
def box(cast, keeper) -> CashBox:
    return make_box(cast.mae_sot, keeper, 1000, "Front desk")


def inside(box: CashBox) -> Decimal:
    box.refresh_from_db()
    return box.balance


def refused(act, *args, **more) -> str:
    with pytest.raises(Refusal) as answer:
        act(*args, **more)
    return answer.value.code


def test_what_is_in_the_box_is_what_came_and_did_not_go(box, keeper):
    for kind, amount in [(K.PAY_OUT, 300), (K.GIVE_BACK, "50.25"), (K.COUNT_LESS, "0.25"), (K.COUNT_MORE, 10)]:
        move(box, kind, amount, keeper)
    assert inside(box) == 760
    with pytest.raises(Refusal) as short:
        move(box, K.PAY_OUT, "760.01", keeper)
    assert short.value.code == "E-CSH-01"
    assert "Front desk has 760.00 baht, 760.01 are needed" in str(short.value.sentence)
    move(box, K.PAY_OUT, 760, keeper)
    assert inside(box) == 0


def test_the_same_key_moves_once_and_stands_for_nothing_else(box, keeper):
    first = move(box, K.PAY_OUT, 300, keeper, key="receipt-7")
    assert move(box, K.PAY_OUT, 300, keeper, key="receipt-7") == first
    assert inside(box) == 700
    with pytest.raises(Conflict):
        move(box, K.PAY_OUT, 301, keeper, key="receipt-7")


def test_a_box_out_of_use_moves_nothing(box, keeper):
    CashBox.rows.update(is_active=False)
    assert refused(move, box, K.PAY_OUT, 1, keeper) == "E-CSH-03"
    CashBox.rows.update(is_active=True)
    assert move(box, K.PAY_OUT, 1, keeper).pk


def filled(box, by, **facts) -> Proposal:
    values = {"amount": Decimal(500), "reference": "BBL 77", "on": timezone.localdate(), "now": timezone.now()}
    return propose_filling(box=box, by=by, **values | facts)


def test_money_of_the_bank_is_in_the_books_when_a_second_person_saw_it(cast, box, keeper):
    proposal = filled(box, keeper)
    assert inside(box) == 1000
    assert refused(confirm, proposal=proposal, by=keeper, now=timezone.now()) == "APR-SELF"
    confirm(proposal=proposal, by=cast.of("FA"), now=timezone.now())
    movement = CashMovement.rows.first()
    assert (inside(box), movement.kind, movement.reference) == (1500, "fill", "BBL 77")
    assert (movement.by, movement.confirmed_by) == (keeper, cast.of("FA"))
    assert Event.objects.filter(action="funds.box.filled", actor=keeper).exists()


def test_the_keeper_does_not_confirm_what_a_colleague_put_in(cast, box, keeper):
    both = make_user("both")
    for role in ("CSH", "FA"):
        make_grant(both, role, cast.mae_sot)
    hand_box_on(box=box, keeper=both, by=cast.of("FA"), now=timezone.now())
    proposal = filled(box, keeper)
    assert refused(confirm, proposal=proposal, by=both, now=timezone.now()) == "APR-INTEREST"
    confirm(proposal=proposal, by=cast.of("PM"), now=timezone.now())


def test_money_of_the_bank_comes_with_its_number_once_on_a_day_of_the_box(cast, box, keeper):
    today = timezone.localdate()
    for wrong, code in [
        ({"reference": " "}, "E-CSH-04"), ({"amount": Decimal(0)}, "E-CSH-06"),
        ({"on": today + timedelta(days=1)}, "E-CSH-11"), ({"on": today - timedelta(days=1)}, "E-CSH-19"),
        ({"amount": Decimal("9999999999.99")}, "E-CSH-20"),
    ]:  # fmt: skip
        assert refused(filled, box, keeper, **wrong) == code
    CashBox.rows.filter(pk=box.pk).update(opened_on=today - timedelta(days=1))
    first, other = filled(box, keeper, on=today - timedelta(days=1)), make_box(cast.mae_sot, keeper)
    assert refused(filled, other, keeper, reference="bbl 77") == "E-CSH-18", "it waits"
    confirm(proposal=first, by=cast.of("FA"), now=timezone.now())
    assert refused(filled, other, keeper, reference="bbl 77 ") == "E-CSH-18", "it filled a box"
    facts = {"amount": Decimal(1), "on": today, "key": "again", "by": keeper, "confirmed_by": cast.of("FA")}
    assert refused(fill_box, box=other, reference="BBL 77", now=timezone.now(), **facts) == "E-CSH-18"
    confirm(proposal=filled(other, keeper, reference="BBL 78"), by=cast.of("FA"), now=timezone.now())
    assert (inside(box), inside(other)) == (1500, 500)


def test_a_slip_whose_filling_was_declined_fills_a_box(cast, box, keeper):
    decline(proposal=filled(box, keeper), by=cast.of("FA"), reason="It is of another box", now=timezone.now())
    confirm(proposal=filled(box, keeper), by=cast.of("FA"), now=timezone.now())
    assert inside(box) == 1500


def test_the_database_wants_two_people_and_a_new_slip_from_the_bank(cast, box, keeper):
    facts = {"box": box, "kind": "fill", "amount": 1, "on": timezone.localdate(), "by": keeper, "at": timezone.now()}
    for second in (None, keeper):
        with pytest.raises(IntegrityError, match="Two people"), transaction.atomic():
            CashMovement.rows.create(**facts, key="a", reference="BBL 9", confirmed_by=second)
    facts["confirmed_by"] = cast.of("FA")
    assert CashMovement.rows.create(**facts, key="a", reference="BBL 9").pk
    with pytest.raises(IntegrityError, match="fills a box once"), transaction.atomic():
        CashMovement.rows.create(**facts, key="b", reference="bbl 9")


def test_the_database_lets_nobody_write_a_balance_or_change_a_movement(cast, box, keeper):
    movement = CashMovement.rows.get()
    for act in (
        lambda: CashBox.rows.update(balance=99),
        lambda: CashMovement.rows.filter(pk=movement.pk).update(amount=99),
        lambda: CashMovement.rows.filter(pk=movement.pk).delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            act()
    facts = {"box": box, "on": timezone.localdate(), "by": keeper, "at": timezone.now()}
    for wrong, said in [
        ({"kind": "pay_out", "amount": 1001, "key": "a"}, "less than nothing"),
        ({"kind": "pay_out", "amount": 0, "key": "b"}, "has an amount"),
        ({"kind": "fill", "amount": 1, "key": "c"}, "has its reference"),
        ({"kind": "pay_out", "amount": 1, "key": movement.key}, "key"),
    ]:
        with pytest.raises(IntegrityError, match=said), transaction.atomic():
            CashMovement.rows.create(**facts, **wrong)
    with pytest.raises(IntegrityError, match="begins empty"), transaction.atomic():
        CashBox.rows.create(office=cast.mae_sot, keeper=keeper, name_en="Gift", balance=5)
    CashBox.rows.filter(pk=box.pk).update(name_th="โต๊ะหน้า")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(CashKind), st.integers(1, 60_000)), min_size=5, max_size=40))
def test_no_sequence_makes_money_and_the_balance_is_the_sum_of_the_movements(cast, keeper, steps):
    with transaction.atomic():
        box, there = make_box(cast.mae_sot, keeper), Decimal(0)
        for kind, satang in steps:
            amount = Decimal(satang) / 100
            try:
                move(box, kind, str(amount), keeper)
                there += amount if kind in CASH_COMES else -amount
            except Refusal as refusal:
                assert refusal.code == "E-CSH-01" and amount > there
            assert inside(box) == there >= 0
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_from_a_box_with_money_for_one_leave_one():
    cast = make_cast()
    keeper = cast.of("CSH")
    box, together, answers = make_box(cast.mae_sot, keeper, 500), threading.Barrier(2), []

    def take(number: int) -> None:
        together.wait()
        try:
            move(box, K.PAY_OUT, 400, keeper, key=f"receipt-{number}")
            answers.append("paid")
        except Refusal as refusal:
            answers.append(refusal.code)
        connection.close()

    threads = [threading.Thread(target=take, args=[number]) for number in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(answers) == ["E-CSH-01", "paid"]
    assert inside(box) == 100


# Counted by two people


def count(box, by, pieces: dict[str, int], explanation: str = "") -> CashCount:
    return propose_count(box=box, pieces=pieces, explanation=explanation, by=by, now=timezone.now())


def test_a_count_that_agrees_changes_nothing_and_is_confirmed_by_another(cast, box, keeper):
    counted = count(box, keeper, {"500": 1, "100": 4, "20": 4, "10": 1, "5": 1, "2": 1, "1": 1, "0.50": 3, "0.25": 2})
    proposal = Proposal.rows.get()
    assert refused(confirm, proposal=proposal, by=keeper, now=timezone.now()) == "APR-SELF"
    confirm(proposal=proposal, by=cast.of("FA"), now=timezone.now())
    counted.refresh_from_db()
    assert (counted.state, counted.confirmed_by, counted.difference) == ("confirmed", cast.of("FA"), 0)
    assert (inside(box), CashMovement.rows.count()) == (1000, 1)


@pytest.mark.parametrize(("notes", "kind", "left"), [(9, "count_less", 900), (11, "count_more", 1100)])
def test_a_difference_is_explained_and_becomes_a_movement_when_it_is_confirmed(cast, box, keeper, notes, kind, left):
    assert refused(count, box, keeper, {"100": notes}, "who knows") == "E-CSH-05"
    assert not CashCount.rows.exists()
    counted = count(box, keeper, {"100": notes}, "A note was given twice")
    assert inside(box) == 1000
    confirm(proposal=Proposal.rows.get(), by=cast.of("PM"), now=timezone.now())
    movement = CashMovement.rows.first()
    assert (movement.kind, movement.amount, movement.subject_id) == (kind, 100, counted.pk)
    assert inside(box) == left


@pytest.mark.parametrize(("notes", "left"), [(9, 800), (10, 900), (11, 1000)])
def test_a_payment_after_the_count_leaves_it_as_it_was_found(cast, box, keeper, notes, left):
    counted = count(box, keeper, {"100": notes}, "A note was given twice")
    move(box, K.PAY_OUT, 100, keeper)
    confirm(proposal=Proposal.rows.get(), by=cast.of("FA"), now=timezone.now())
    counted.refresh_from_db()
    assert (inside(box), counted.in_books, counted.counted) == (left, 1000, notes * 100)
    assert (counted.state, counted.difference) == ("confirmed", notes * 100 - 1000)


def test_no_more_is_missing_than_is_there_now(cast, box, keeper):
    count(box, keeper, {"100": 9}, "A note was given twice")
    move(box, K.PAY_OUT, 950, keeper)
    assert refused(confirm, proposal=Proposal.rows.get(), by=cast.of("FA"), now=timezone.now()) == "E-CSH-01"
    move(box, K.GIVE_BACK, 50, keeper)
    confirm(proposal=Proposal.rows.get(), by=cast.of("FA"), now=timezone.now())
    assert inside(box) == 0


@pytest.mark.parametrize("end", [confirm, decline])
def test_no_second_count_while_one_waits(cast, client_of, box, keeper, end):
    address, page = reverse("funds:box-count", args=[box.pk]), reverse("funds:box", args=[box.pk])
    first = count(box, keeper, {"1000": 1})
    assert refused(count, box, cast.of("FA"), {"1000": 1}) == "E-CSH-21"
    assert count(make_box(cast.mae_sot, keeper), keeper, {}).pk, "of another box"
    desk = client_of(keeper)
    assert f'href="{address}"' not in desk.get(page).content.decode()
    assert "waits for a second person" in desk.post(address, {"n1000": "1"}).content.decode()
    more = {"reason": "Count all of it"} if end == decline else {}
    end(proposal=Proposal.rows.get(subject_id=first.pk), by=cast.of("FA"), now=timezone.now(), **more)
    assert f'href="{address}"' in desk.get(page).content.decode()
    assert count(box, keeper, {"1000": 1}).pk


def test_what_is_declined_changes_nothing(cast, box, keeper):
    count(box, keeper, {"500": 1}, "The rest is in the safe")
    decline(proposal=Proposal.rows.get(), by=cast.of("FA"), reason="Count all of it", now=timezone.now())
    assert (inside(box), CashCount.rows.get().state) == (1000, "counted")


def test_the_keeper_does_not_confirm_what_another_counted(cast, box):
    both = make_user("both")
    for role in ("CSH", "FA"):
        make_grant(both, role, cast.mae_sot)
    hand_box_on(box=box, keeper=both, by=cast.of("FA"), now=timezone.now())
    count(box, cast.of("FA"), {"1000": 1})
    assert refused(confirm, proposal=Proposal.rows.get(), by=both, now=timezone.now()) == "APR-INTEREST"
    confirm(proposal=Proposal.rows.get(), by=cast.of("PM"), now=timezone.now())


def test_the_database_wants_an_explanation_and_a_second_person(box, keeper):
    facts = {"box": box, "on": timezone.localdate(), "pieces": {}, "created_by": keeper, "in_books": 5}
    with pytest.raises(IntegrityError, match="difference is explained"), transaction.atomic():
        CashCount.rows.create(**facts, counted=4)
    with pytest.raises(IntegrityError, match="does not confirm"), transaction.atomic():
        CashCount.rows.create(**facts, counted=5, state="confirmed", confirmed_by=keeper)
    assert CashCount.rows.create(**facts, counted=5).pk


# In the browser


def test_opened_filled_counted_and_confirmed_in_the_browser(cast, client_of):
    manager, desk = client_of(cast.of("FA")), client_of(cast.of("CSH"))
    key = f"{cast.mae_sot.pk}-{cast.of('CSH').pk}"
    assert manager.post(reverse("funds:box-new"), {"name_en": "Front desk", "keeper": key}).status_code == 302
    box = CashBox.rows.get()
    day = timezone.localdate()
    fill = {"amount": "๑,๐๐๐", "reference": "BBL 00771", "on_d": day.day, "on_m": day.month, "on_y": day.year + 543}
    page = desk.post(reverse("funds:box-fill", args=[box.pk]), fill | {"reference": ""})
    assert page.status_code == 422 and "๑,๐๐๐" in page.content.decode()
    sent = desk.post(reverse("funds:box-fill", args=[box.pk]), fill)
    assert sent.status_code == 302 and inside(box) == 0
    waiting = reverse("approvals:proposal", args=[Proposal.rows.get().pk])
    assert "฿1,000 from the bank" in desk.get(reverse("funds:box", args=[box.pk])).content.decode()
    assert "BBL 00771" in manager.get(waiting).content.decode()
    again = desk.post(reverse("funds:box-fill", args=[box.pk]), fill | {"amount": "5"})
    assert again.status_code == 422 and "with this slip waits" in again.content.decode()
    assert manager.post(reverse("approvals:confirm", args=[Proposal.rows.get().pk])).status_code == 302
    assert inside(box) == 1000
    assert "Why it differs" not in desk.get(reverse("funds:box-count", args=[box.pk])).content.decode()
    shown = desk.get(reverse("funds:box", args=[box.pk])).content.decode()
    assert '<details class="reveal"><summary>' in shown and "What stands in the books (count first)" in shown
    for wrong in ("-2", "1.5", "1e5"):
        page = desk.post(reverse("funds:box-count", args=[box.pk]), {"n500": wrong, "n100": "5"})
        assert page.status_code == 422 and f'value="{wrong}"' in page.content.decode()
        assert "500 baht" in page.context["form"].errors["n500"][0]
    page = desk.post(reverse("funds:box-count", args=[box.pk]), {"n500": "๑", "n100": "၄", "n0_50": "2"})
    assert page.status_code == 422
    told = page.content.decode()
    assert "You counted 901.00 baht, in the books are 1,000.00: 99.00 less" in told and 'value="၄"' in told
    assert "Why it differs" in told
    page = desk.post(reverse("funds:box-count", args=[box.pk]), {"n500": "1", "n100": "5"})
    counted = CashCount.rows.get()
    assert page["Location"] == reverse("funds:count", args=[counted.pk])
    assert "nobody yet" in desk.get(page["Location"]).content.decode()
    proposal = Proposal.rows.latest("pk")
    assert "Front desk" in manager.get(reverse("approvals:proposal", args=[proposal.pk])).content.decode()
    assert manager.post(reverse("approvals:confirm", args=[proposal.pk])).status_code == 302
    shown = desk.get(reverse("funds:box", args=[box.pk])).content.decode()
    assert "BBL 00771" in shown and "฿1,000" in shown
    assert reverse("funds:box", args=[box.pk]) in desk.get(reverse("funds:boxes")).content.decode()
    papers = reverse("documents:papers", args=["funds.cashcount", counted.pk])
    desk.post(papers, {"kind": "funds.count_sheet", "language": "th"})
    assert Document.rows.get().facts["paper"]["counted"] == "1,000.00"


def test_two_boxes_of_an_office_have_two_names_and_the_same_keeper_is_no_change(cast, box, keeper):
    facts = {"office": cast.mae_sot, "keeper": keeper, "by": cast.of("FA"), "now": timezone.now()}
    names = {"name_en": "Front desk", "name_th": "", "name_my": ""}
    assert refused(open_box, names=names, **facts) == "E-CSH-09"
    assert open_box(names=names, **facts | {"office": cast.ranong}).pk
    assert refused(hand_box_on, box=box, keeper=keeper, by=cast.of("FA"), now=timezone.now()) == "E-CSH-10"


@pytest.mark.parametrize("role", ["CW", "SUP", "FO", "SYS", "EXT", "TRN", "DPO"])
def test_other_roles_see_no_cash(cast, client_of, box, role):
    stranger = client_of(cast.of(role))
    assert stranger.get(reverse("funds:boxes")).status_code == 403
    assert stranger.get(reverse("funds:box", args=[box.pk])).status_code in (403, 404)


def test_boxes_of_another_office_are_not_there_and_the_auditor_only_reads(cast, client_of, box):
    far = make_box(cast.ranong, cast.of("CSH", "RN"), 10, "Far away")
    for role in ("CSH", "FA", "PM", "AUD"):
        desk = client_of(cast.of(role))
        assert desk.get(reverse("funds:box", args=[far.pk])).status_code == 404
        assert "Far away" not in desk.get(reverse("funds:boxes")).content.decode()
        assert desk.get(reverse("funds:box", args=[box.pk])).status_code == 200
    auditor = client_of(cast.of("AUD"))
    for name in ("box-fill", "box-count", "box-keeper"):
        assert auditor.get(reverse(f"funds:{name}", args=[box.pk])).status_code == 403
    shown = auditor.get(reverse("funds:box", args=[box.pk])).content.decode()
    assert reverse("funds:box-count", args=[box.pk]) not in shown


def test_more_boxes_and_movements_are_not_more_reads(cast, client_of, box, keeper, django_assert_max_num_queries):
    desk = client_of(keeper)
    for address in (reverse("funds:boxes"), reverse("funds:box", args=[box.pk])):
        desk.get(address)
        with django_assert_max_num_queries(40) as few:
            desk.get(address)
        for _number in range(3):
            count(make_box(cast.mae_sot, keeper, 10), keeper, {"10": 1})
            move(box, K.PAY_OUT, 1, keeper)
        with django_assert_max_num_queries(len(few)):
            desk.get(address)


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_sheet_carries_every_note_and_the_difference(cast, box, keeper, language):
    counted = count(box, keeper, {"500": 1, "100": 3, "0.25": 2}, "A note was given twice")
    text = text_of(CountPaper(), counted, language)
    words = {"en": "Eighthundredbahtandfiftysatang", "th": "แปดร้อยบาทห้าสิบสตางค์"}
    for word in ("500", "300.00", "0.50", "800.50", "1,000.00", "−199.50", words[language], "Anotewasgiventwice"):
        assert word in text
    assert pages_of(CountPaper(), counted, language) == 1
