"""A box of cash ends empty and counted; its cash goes back to the bank, which two people see to."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.approvals.models import Proposal
from casework.approvals.services.proposals import confirm, decline
from casework.audit.models import Event
from casework.funds.models import CashBox, CashMovement
from casework.funds.proposals.cash import propose_banking, propose_count
from casework.funds.services.advances import give_advance, settle_advance
from casework.funds.services.retiring import retire_box, use_box_again
from casework.funds.states import CASH_COMES, CashKind
from casework.kernel.money import baht
from casework.kernel.refusals import Refusal
from tests.factories.cash import make_box, move

pytestmark = pytest.mark.django_db
WHY = "The desk at the hospital was closed"


@pytest.fixture
def keeper(cast):
    return cast.of("CSH")


@pytest.fixture
def box(cast, keeper) -> CashBox:
    return make_box(cast.mae_sot, keeper, 1000, "Front desk")


def refused(act, **facts) -> Refusal:
    with pytest.raises(Refusal) as answer:
        act(**facts)
    return answer.value


def banked(box, by, amount: int | str = 1000, **facts) -> Proposal:
    values = {"reference": "BBL 88", "on": timezone.localdate(), "now": timezone.now()}
    return propose_banking(box=box, amount=Decimal(amount), by=by, **values | facts)


def retired(box, by, reason: str = WHY) -> CashBox:
    return retire_box(box=CashBox.rows.get(pk=box.pk), reason=reason, by=by, now=timezone.now())


def counted_empty(cast, box) -> None:
    count = propose_count(box=box, pieces={}, explanation="", by=cast.of("CSH"), now=timezone.now())
    proposal = Proposal.rows.filter(kind="funds.box.count", subject_id=count.pk).get()
    confirm(proposal=proposal, by=cast.of("FA"), now=timezone.now())


def test_cash_goes_back_to_the_bank_when_a_second_person_saw_the_slip(cast, box, keeper):
    proposal = banked(box, keeper, "250.50")
    box.refresh_from_db()
    assert box.balance == 1000
    assert refused(confirm, proposal=proposal, by=keeper, now=timezone.now()).code == "APR-SELF"
    confirm(proposal=proposal, by=cast.of("FA"), now=timezone.now())
    box.refresh_from_db()
    movement = CashMovement.rows.first()
    assert (box.balance, movement.kind, movement.reference) == (Decimal("749.50"), "to_bank", "BBL 88")
    assert (movement.by, movement.confirmed_by) == (keeper, cast.of("FA"))
    total = sum(one.amount if one.kind in CASH_COMES else -one.amount for one in box.movements.all())
    assert total == box.balance and Event.objects.filter(action="funds.box.banked").exists()


def test_each_guard_of_the_bank_and_its_twin(cast, box, keeper):
    tomorrow = timezone.localdate() + timedelta(days=1)
    for code, facts in [
        ("E-CSH-06", {"amount": 0}), ("E-CSH-04", {"reference": " "}), ("E-CSH-11", {"on": tomorrow}),
        ("E-CSH-01", {"amount": "1000.01"}),
    ]:  # fmt: skip
        assert refused(banked, box=box, by=keeper, **facts).code == code
    first = banked(box, keeper)
    assert refused(banked, box=box, by=keeper).code == "APR-TWICE"
    move(box, CashKind.PAY_OUT, 1, keeper)
    assert refused(confirm, proposal=first, by=cast.of("FA"), now=timezone.now()).code == "E-CSH-01"
    decline(proposal=first, by=cast.of("FA"), reason="Write what the slip says", now=timezone.now())
    assert banked(box, keeper, 999).pk


def test_a_box_ends_empty_and_counted_with_nothing_on_its_way(cast, box, keeper):
    manager = cast.of("FA")
    refusal = refused(retired, box=box, by=manager)
    assert refusal.code == "E-CSH-12" and "฿1,000 are in the box" in str(refusal.sentence)
    advance = give_advance(
        box=box, holder=cast.of("FO"), amount=Decimal(400), purpose="The villages", until_on=timezone.localdate(),
        by=keeper, now=timezone.now(),
    )  # fmt: skip
    confirm(proposal=banked(box, keeper, 600), by=manager, now=timezone.now())
    assert [finding.code for finding in refused(retired, box=box, by=manager).findings] == ["E-CSH-13", "E-CSH-14"]
    counted_empty(cast, box)
    assert refused(retired, box=box, by=manager).code == "E-CSH-14"
    settle_advance(advance=advance, brought_back=Decimal(400), by=keeper, now=timezone.now())
    waiting = banked(box, keeper, 400)
    codes = [finding.code for finding in refused(retired, box=box, by=manager).findings]
    assert codes == ["E-CSH-12", "E-CSH-15"]
    confirm(proposal=waiting, by=manager, now=timezone.now())
    assert refused(retired, box=box, by=manager).code == "E-CSH-13", "counted before the last movement"
    counted_empty(cast, box)
    assert refused(retired, box=box, by=manager, reason="closed").code == "E-CSH-16"
    done = retired(box, manager)
    assert (done.is_active, done.retired_by, done.retired_reason) == (False, manager, WHY)
    assert refused(retired, box=box, by=manager).code == "E-CSH-03"
    assert refused(move, box=box, kind=CashKind.FILL, amount=1, by=keeper).code == "E-CSH-03"
    assert use_box_again(box=box, by=manager, now=timezone.now()).retired_at is None
    assert refused(use_box_again, box=box, by=manager, now=timezone.now()).code == "E-CSH-17"
    assert move(box, CashKind.FILL, 1, keeper).pk


def test_a_box_is_counted_empty_after_its_last_movement_whenever_that_is_confirmed(cast, box, keeper):
    move(box, CashKind.PAY_OUT, 1000, keeper)
    propose_count(box=box, pieces={}, explanation="", by=keeper, now=timezone.now())
    move(box, CashKind.GIVE_BACK, 50, keeper)
    move(box, CashKind.PAY_OUT, 50, keeper)
    confirm(proposal=Proposal.rows.get(), by=cast.of("FA"), now=timezone.now())
    assert refused(retired, box=box, by=cast.of("FA")).code == "E-CSH-13"
    counted_empty(cast, box)
    assert retired(box, cast.of("FA")).retired_at


def test_the_database_wants_two_people_and_an_empty_box(cast, box, keeper):
    facts = {"box": box, "amount": 5, "kind": "to_bank", "on": timezone.localdate(), "by": keeper, "at": timezone.now()}
    for second, reference, said in [(keeper, "BBL 1", "Two people"), (None, "BBL 1", "Two people"),
                                    (cast.of("FA"), "", "has its reference")]:  # fmt: skip
        with pytest.raises(IntegrityError, match=said), transaction.atomic():
            CashMovement.rows.create(**facts, key="a", confirmed_by=second, reference=reference)
    assert CashMovement.rows.create(**facts, key="a", confirmed_by=cast.of("FA"), reference="BBL 1").pk
    ended = {"is_active": False, "retired_at": timezone.now(), "retired_by": keeper, "retired_reason": WHY}
    with pytest.raises(IntegrityError, match="when it is empty"), transaction.atomic():
        CashBox.rows.filter(pk=box.pk).update(**ended)
    empty = make_box(cast.mae_sot, keeper)
    assert CashBox.rows.filter(pk=empty.pk).update(**ended)


def test_from_the_box_to_the_bank_to_the_end_in_the_browser(cast, client_of, box):
    manager, desk = client_of(cast.of("FA")), client_of(cast.of("CSH"))
    page, bank, end = (reverse(f"funds:{name}", args=[box.pk]) for name in ("box", "box-bank", "box-retire"))
    shown = desk.get(page).content.decode()
    assert bank in shown and end not in shown and desk.get(end).status_code == 403
    assert end in manager.get(page).content.decode() and bank not in manager.get(page).content.decode()
    blocked = manager.get(end).content.decode()
    assert "฿1,000 are in the box" in blocked and "data-primary" not in blocked
    assert manager.post(end, {"reason": WHY}).status_code == 422
    day = timezone.localdate()
    sent = {"amount": "๑,๐๐๐", "reference": "", "on_d": day.day, "on_m": day.month, "on_y": day.year + 543}
    wrong = desk.post(bank, sent)
    assert wrong.status_code == 422 and "๑,๐๐๐" in wrong.content.decode()
    assert desk.post(bank, sent | {"reference": "BBL 99"}).status_code == 302
    assert "back to the bank" in desk.get(page).content.decode()
    proposal = Proposal.rows.get()
    waiting = reverse("approvals:proposal", args=[proposal.pk])
    asked = manager.get(waiting).content.decode()
    assert "BBL 99" in asked and "In the box" in asked
    assert manager.post(reverse("approvals:confirm", args=[proposal.pk])).status_code == 302
    assert "In the box" not in manager.get(waiting).content.decode(), "of today, not of the decision"
    assert "−฿1,000" in desk.get(page).content.decode()
    counted_empty(cast, box)
    assert manager.post(end, {"reason": WHY}).status_code == 302
    shown = manager.get(page).content.decode()
    assert WHY in shown and reverse("funds:box-fill", args=[box.pk]) not in desk.get(page).content.decode()
    assert manager.post(reverse("funds:box-use-again", args=[box.pk])).status_code == 302
    assert desk.post(reverse("funds:box-use-again", args=[box.pk])).status_code == 403


@pytest.mark.parametrize(
    ("amount", "told"), [("5650", "฿5,650"), ("5650.5", "฿5,650.50"), ("-5650", "−฿5,650"), ("0", "฿0")]
)
def test_amounts_below_zero_have_a_real_minus_sign(amount, told):
    assert baht(Decimal(amount)) == told


def test_all_that_is_wrong_with_cash_for_the_bank_is_said_at_once(box, keeper, client_of):
    desk, address, day = client_of(keeper), reverse("funds:box-bank", args=[box.pk]), timezone.localdate()
    told = {"amount": "50,000", "reference": "", "on_d": day.day, "on_m": day.month, "on_y": day.year}
    answer = desk.post(address, told)
    shown = answer.content.decode()
    assert answer.status_code == 422 and "Write the number of the deposit slip." in shown
    assert "has 1,000.00 baht, 50,000.00 are needed." in shown and 'value="50,000"' in shown
    assert desk.post(address, told | {"amount": "500", "reference": "BBL 89"}).status_code == 302
