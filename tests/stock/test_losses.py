"""A store is counted and things are written off; a second person confirms, the books follow, the paper says it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.approvals.models import Proposal
from casework.approvals.services import proposals as approvals
from casework.kernel.refusals import Conflict, Refusal
from casework.stock import proposals
from casework.stock.documents import WriteOffPaper
from casework.stock.models import Balance, Movement, StockCount
from casework.stock.services.counting import write_off
from casework.stock.services.movements import move_stock
from casework.stock.states import MovementKind, WriteOffCause
from tests.factories.cast import signed_in
from tests.factories.papers import text_of
from tests.factories.stock import make_item, make_lot

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def client(keeper):
    return signed_in(keeper)


@pytest.fixture
def lot(store, soap, keeper):
    return make_lot(store, soap, keeper, 100, expires_on=TODAY + timedelta(days=400))


@pytest.fixture
def manager(cast):
    return cast.of("PM")


def address(name: str, *args: object) -> str:
    return reverse(f"stock:{name}", args=args)


def lies(lot) -> int:
    return int(Balance.rows.get(lot=lot).quantity)


def hand_over(store, lot, keeper, quantity: int) -> None:
    move_stock(
        store=store, lot=lot, kind=MovementKind.HAND_OVER, quantity=Decimal(quantity), key=f"h-{quantity}", by=keeper,
        now=timezone.now(),
    )  # fmt: skip


def confirm(proposal: Proposal, by) -> Proposal:
    return approvals.confirm(proposal=proposal, by=by, now=timezone.now())


def count(client, store, **told: str):
    return client.post(address("count", store.pk), told)


def test_a_count_that_differs_waits_for_a_second_person(client, store, lot, keeper, manager):
    answer = count(client, store, **{f"found_{lot.pk}": "๙๐"})
    assert (
        answer.status_code == 422
        and "The books say 100." in answer.content.decode()
        and "๙๐" in answer.content.decode()
    )
    assert count(client, store, **{f"found_{lot.pk}": "90", f"reason_{lot.pk}": "Two bars wet"}).status_code == 302
    proposal = Proposal.rows.get()
    assert (lies(lot), proposal.state, proposal.proposed_by) == (100, "open", keeper)
    with pytest.raises(Conflict, match="APR-SELF"):
        confirm(proposal, keeper)
    page = signed_in(manager).get(reverse("approvals:proposal", args=[proposal.pk])).content.decode()
    assert "Books: 100 · counted: 90 · Two bars wet" in page
    confirm(proposal, manager)
    movement = Movement.rows.get(kind="count_less")
    assert (lies(lot), movement.quantity, movement.by, movement.confirmed_by) == (90, 10, keeper, manager)
    assert movement.reason == "Two bars wet"


def test_what_was_handed_over_meanwhile_stays_handed_over(client, store, lot, keeper, manager):
    count(client, store, **{f"found_{lot.pk}": "90", f"reason_{lot.pk}": "Two bars wet"})
    hand_over(store, lot, keeper, 30)
    confirm(Proposal.rows.get(), manager)
    assert lies(lot) == 60


def test_a_difference_that_is_no_longer_there_is_refused(client, store, lot, keeper, manager):
    count(client, store, **{f"found_{lot.pk}": "10", f"reason_{lot.pk}": "Stolen"})
    hand_over(store, lot, keeper, 95)
    with pytest.raises(Refusal, match="E-STK-01"):
        confirm(Proposal.rows.get(), manager)
    assert lies(lot) == 5


def test_a_count_that_agrees_is_saved_and_asks_nobody(client, store, lot):
    assert count(client, store, **{f"found_{lot.pk}": "100"}).status_code == 302
    assert (StockCount.rows.count(), Proposal.rows.count()) == (1, 0)
    assert "Last counted on" in client.get(address("store", store.pk)).content.decode()


def test_only_a_count_that_holds_is_the_last_one(client, store, lot, manager):
    page, told = address("store", store.pk), {f"found_{lot.pk}": "98", f"reason_{lot.pk}": "Stolen"}
    count(client, store, **told)
    shown = client.get(page).content.decode()
    assert "A count waits for a second person." in shown and "Last counted on" not in shown
    approvals.decline(proposal=Proposal.rows.get(), by=manager, reason="Count once more", now=timezone.now())
    assert "Last counted on" not in client.get(page).content.decode()
    count(client, store, **told, idempotency_key="again")
    confirm(Proposal.rows.latest("pk"), manager)
    assert "Last counted on" in client.get(page).content.decode()


def test_more_than_the_books_say_comes_into_the_books(client, store, lot, manager):
    count(client, store, **{f"found_{lot.pk}": "104.5", f"reason_{lot.pk}": "A pack behind the shelf"})
    confirm(Proposal.rows.get(), manager)
    assert Balance.rows.get(lot=lot).quantity == Decimal("104.5")


def test_one_count_waits_at_a_time_and_an_empty_one_is_none(client, store, lot):
    assert "Write what you counted" in count(client, store).content.decode()
    differing = {f"found_{lot.pk}": "90", f"reason_{lot.pk}": "Two bars wet"}
    assert count(client, store, **differing).status_code == 302
    again = count(client, store, **differing)
    assert again.status_code == 422 and "waits for a second person" in again.content.decode()
    page = client.get(address("store", store.pk)).content.decode()
    assert "A count waits for a second person." in page and address("count", store.pk) not in page
    proposal = Proposal.rows.get()
    approvals.withdraw(proposal=proposal, by=proposal.proposed_by, now=timezone.now())
    assert count(client, store, **differing).status_code == 302


def test_the_page_of_a_count_does_not_say_what_the_books_say(client, store, lot):
    page = client.get(address("count", store.pk)).content.decode()
    assert "Bathing soap" in page and "A1" in page and "100" not in page.split("<form")[2]


def told(lot, **changes: str) -> dict[str, str]:
    answers = {"lot": str(lot.pk), "quantity": "40", "cause": "damaged", "reason": "Wet through the roof"}
    return answers | changes


def test_goods_are_written_off_by_two_people_and_the_paper_names_both(client, store, lot, keeper, manager):
    for change, sentence in (
        ({"quantity": "101"}, "Store room has 100, 101 are needed."),
        ({"reason": "wet"}, "Say in a sentence what happened."),
        ({"cause": "expired"}, "This lot can still be handed over."),
        ({"cause": "burnt"}, "choose one of the answers shown"),
    ):
        answer = client.post(address("write-off", store.pk), told(lot, **change))
        assert answer.status_code == 422 and sentence in answer.content.decode()
    packs = make_lot(store, make_item("pads", "packs", is_whole=True), keeper, 8, number="P1")
    part = client.post(address("write-off", store.pk), told(packs, quantity="1.5"))
    assert part.status_code == 422 and "This is counted in whole." in part.content.decode()
    proposed = client.post(address("write-off", store.pk), told(lot))
    assert address("store", store.pk) in client.get(proposed["Location"]).content.decode(), "the way back"
    assert lies(lot) == 100
    confirm(Proposal.rows.get(), manager)
    movement = Movement.rows.get(kind="write_off")
    assert (lies(lot), movement.by, movement.confirmed_by, movement.cause) == (60, keeper, manager, "damaged")
    text = text_of(WriteOffPaper(), store, "en", movement=movement.pk)
    assert "ConfirmedbyasecondpersonProgrammemanagerMS" in text.replace(":", "") and "Damaged:Wetthroughtheroof" in text
    assert "Proposedby:" + "".join(keeper.name_now.split()) in text


def test_nobody_writes_off_alone(store, lot, keeper, manager):
    facts = {
        "store": store, "lot": lot, "quantity": Decimal(5), "cause": WriteOffCause.LOST, "by": keeper,
        "reason": "Stolen in the night", "key": "w", "now": timezone.now(),
    }  # fmt: skip
    with pytest.raises(Conflict, match="E-STK-15"):
        write_off(**facts, confirmed_by=keeper)
    assert write_off(**facts, confirmed_by=manager).confirmed_by == manager


def test_what_is_expired_is_written_off_as_expired(client, store, soap, keeper, manager):
    old = make_lot(store, soap, keeper, 10, number="OLD", expires_on=TODAY + timedelta(days=29))
    answers = told(old, quantity="10", cause="expired", reason="Past its day on the shelf")
    assert client.post(address("write-off", store.pk), answers).status_code == 302
    twice = client.post(address("write-off", store.pk), answers)
    assert twice.status_code == 422 and "This waits for a second person already." in twice.content.decode()
    confirm(Proposal.rows.get(), manager)
    assert lies(old) == 0


@pytest.mark.parametrize("role, status", [("CSH", 200), ("PM", 403), ("AUD", 403), ("FO", 404)])
def test_who_counts_and_proposes(cast, store, lot, role, status):
    client = signed_in(cast.of(role))
    for name in ("count", "write-off"):
        assert client.get(address(name, store.pk)).status_code == status


@pytest.mark.parametrize("role, may", [("PM", True), ("FA", False), ("SUP", False)])
def test_who_confirms(cast, store, lot, keeper, role, may):
    count_ = proposals.count_store(
        store=store, found={lot.pk: Decimal(1)}, reasons={lot.pk: "Stolen"}, by=keeper, now=timezone.now()
    )
    proposal = Proposal.rows.get(subject_id=count_.pk)
    if may:
        assert confirm(proposal, cast.of(role)).state == "confirmed"
    else:
        with pytest.raises(Conflict, match="APR-RIGHT"):
            confirm(proposal, cast.of(role))
