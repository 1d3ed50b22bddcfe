"""A kit leaves a store: counted from the family of the day, frozen, handed over in parts, paid at what it cost."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from casework.aid.models import AidGiven
from casework.approvals.models import Proposal
from casework.approvals.services.chains import act_on
from casework.approvals.services.proposals import confirm
from casework.approvals.states import Act
from casework.funds.models import BudgetEntry
from casework.kernel.dates import short
from casework.kernel.refusals import Refusal
from casework.people.models import FamilyMember, Person
from casework.people.services.families import add_member, create_family, end_member
from casework.reports.models import KeptReading
from casework.stock.documents import StockCardPaper
from casework.stock.models import Balance, Lot, Movement, Substitute
from casework.stock.services.counting import save_count
from casework.stock.services.movements import move_stock
from casework.stock.services.receiving import receive
from emergency_fund.documents.family import DecisionPaper
from emergency_fund.documents.kits import PickListPaper
from emergency_fund.documents.paying import ReceiptPaper
from emergency_fund.models import AssistanceRequest, Delivery, PickedItem, PickList, SampleDraw
from emergency_fund.queries.closing import ready_to_close
from emergency_fund.queries.kits import goods_of
from emergency_fund.services.appeals import decide_appeal
from emergency_fund.services.deciding import decide
from emergency_fund.services.delivering import expire, pay, take_return
from emergency_fund.services.emergencies import help_now
from emergency_fund.services.kits import hand_over_kit, make_pick_list, take_goods_back, take_other_lot
from emergency_fund.states import LineState, RequestState
from tests.factories.cases import make_case, make_consent
from tests.factories.cast import make_cast, signed_in
from tests.factories.fund_after import appealed
from tests.factories.funds import make_line
from tests.factories.papers import text_of
from tests.factories.people import make_grown_up, make_person
from tests.factories.stock import make_item, make_kit, make_lot, make_store

from .test_money_path import LESS, NOW, amounts, ask, recommended, refused, second_officer
from .test_pages import page

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)


def approved(cast, case, budget, *lines: tuple[str, int]):
    request = recommended(cast, ask(cast, case, *lines or (("hygiene_kit", 450),)), budget)
    act_on(request=request.approval, act=Act.APPROVE, by=second_officer(cast), now=NOW)
    request.refresh_from_db()
    return request


@pytest.fixture
def request_(cast, case, budget, mother):
    """A kit for a mother of 31 and a child of 2: 450 baht are approved."""
    return approved(cast, case, budget)


@pytest.fixture
def line(request_):
    return request_.lines.get()


@pytest.fixture
def soap(db):
    return make_item(name_en="Bathing soap", shelf_days=30)


@pytest.fixture
def pads(db):
    return make_item("pads", "pack")


@pytest.fixture
def kit(soap, pads):
    return make_kit((soap, "person_month", 250), (pads, "female_10_49", 2))


@pytest.fixture
def store(cast, kit, soap, pads):
    """300 g of soap that expire first at 0.20, more at 0.50; pads at 30."""
    store, keeper = make_store(cast.mae_sot), cast.of("CSH")
    make_lot(store, soap, keeper, 1000, number="LATE", expires_on=TODAY + timedelta(days=400), cost="0.50")
    make_lot(store, soap, keeper, 300, number="SOON", expires_on=TODAY + timedelta(days=60), cost="0.20")
    make_lot(store, pads, keeper, 10, number="P1", cost="30")
    return store


def pick(cast, line, store, **facts: object) -> PickList:
    return make_pick_list(line=line, store=store, **{"by": cast.of("CSH"), "now": NOW} | facts)


def test_each_store_says_of_what_it_has_too_little(cast, line, store, soap, pads, mother, client_of):
    cupboard = make_store(cast.mae_sot, "Cupboard")
    make_lot(cupboard, pads, cast.of("CSH"), 2, number="P2")
    make_lot(cupboard, soap, cast.of("CSH"), 499, number="S2")
    make_lot(cupboard, soap, cast.of("CSH"), 500, number="OLD", expires_on=TODAY + timedelta(days=3))
    desk, page = client_of(cast.of("CSH")), reverse("emergency_fund:pick", args=[line.pk])
    shown = desk.get(page).content.decode()
    assert "Cupboard, too little: Bathing soap" in shown and shown.count("too little") == 1
    give(cast, pick(cast, line, store), mother, part={"SOON": "300"})
    make_kit((pads, "female_10_49", 2), version=2)
    assert "too little" not in desk.get(page).content.decode(), "only the rest of it is needed, by its own version"


def rows(picked: PickList) -> list[tuple[str, int]]:
    found = picked.items.select_related("lot", "item").order_by("pk")
    return [(row.lot.number if row.lot else f"{row.item} missing", int(row.quantity)) for row in found]


def give(
    cast, picked: PickList, person, key: str = "k-1", part: dict[str, str] | None = None, **facts: object
) -> Delivery:
    """All of a list, or so much of its lots by their number."""
    quantities = {
        row.pk: Decimal(part.get(row.lot.number, "0")) if part is not None else row.left
        for row in picked.items.select_related("lot")
        if row.lot
    }
    values = {
        "received_by": person, "relation": "mother", "proof": "known_to_staff", "witness": "", "by": cast.of("CSH"),
        "now": NOW,
    }  # fmt: skip
    return hand_over_kit(picked=picked, quantities=quantities, key=key, **values | facts)


def lies(number: str) -> int:
    return int(Balance.rows.get(lot__number=number).quantity)


def is_in_balance(budget) -> bool:
    """Whether what is paid is the sum of the payments without what came back, and nothing is promised twice."""
    budget.refresh_from_db()
    sums: dict[str, Decimal] = {}
    for kind, amount in BudgetEntry.rows.filter(line=budget).values_list("kind", "amount"):
        sums[kind] = sums.get(kind, Decimal(0)) + amount
    disbursed, refunded, committed, cancelled = (
        sums.get(kind, Decimal(0)) for kind in ("disburse", "refund", "commit", "cancel")
    )
    paid, promised = disbursed - refunded, committed - cancelled - disbursed
    return (budget.disbursed, budget.committed, budget.left) == (paid, promised, budget.allotted - paid - promised)


def test_the_list_counts_the_family_of_the_day_and_stays_so(cast, case, line, store, soap, kit):
    picked = pick(cast, line, store)
    assert rows(picked) == [("SOON", 300), ("LATE", 200), ("P1", 2)]
    assert (picked.kit, picked.on, picked.counted["person_month"], picked.counted["female_10_49"]) == (kit, TODAY, 2, 1)
    add_member(family=case.family, person=make_person("Eh Ler"), role="sibling", by=cast.of("CW"))
    make_kit((soap, "household", 100), version=2)
    text = text_of(PickListPaper(), line.request, "en")
    assert "500g" in text and "SOON" in text and "version1" in text
    assert rows(PickList.rows.get(is_current=True)) == rows(picked)
    again = pick(cast, line, store)
    assert (again.kit.version, rows(again), again.counted["person_month"]) == (2, [("SOON", 100)], 3)


def test_all_of_it_leaves_the_store_and_the_line_pays_what_it_cost(cast, line, store, budget, mother):
    picked = pick(cast, line, store)
    delivery = give(cast, picked, mother)
    assert (lies("SOON"), lies("LATE"), lies("P1")) == (0, 800, 8)
    assert delivery.amount == Decimal("220.00"), "300 × 0.20 + 200 × 0.50 + 2 × 30"
    line.refresh_from_db()
    line.request.refresh_from_db()
    assert (line.state, line.paid, line.request.state) == (LineState.DELIVERED, 220, RequestState.DELIVERED)
    assert amounts(budget) == (0, 0, 9780) and is_in_balance(budget)
    aid = AidGiven.rows.get()
    assert (aid.state, aid.amount) == ("given", 220)
    gone = Movement.rows.filter(kind="hand_over")
    assert set(gone.values_list("subject_type", "subject_id")) == {("emergency_fund.delivery", delivery.pk)}


def test_the_same_hand_over_is_made_once(cast, line, store, budget, mother):
    picked = pick(cast, line, store)
    everything = {"SOON": "300", "LATE": "200", "P1": "2"}
    first = give(cast, picked, mother, part=everything)
    assert give(cast, picked, mother, part=everything) == first
    assert refused(give, cast, picked, mother, part={"SOON": "299"}) == "E-EAF-18"
    assert (lies("LATE"), amounts(budget)) == (800, (0, 0, 9780))


def receipt_of(request) -> str:
    """What the newest receipt says is still to come of the kit."""
    kind = ReceiptPaper()
    return kind.context(kind.whole(request), language="en", facts={}).goods_to_come


def test_half_now_and_the_rest_later(cast, case, line, store, budget, mother, client_of):
    picked = pick(cast, line, store)
    desk = client_of(cast.of("CSH"))
    assert "counted anew" in page(desk, "pick", line.pk).content.decode()
    first = give(cast, picked, mother, part={"SOON": "300"})
    add_member(family=case.family, person=make_person("Eh Ler"), role="sibling", by=cast.of("CW"))
    shown = " ".join(page(desk, "pick", line.pk).content.decode().split())
    first_day = " ".join(short(TODAY, "en").split())
    assert f"People in the family on {first_day}</dt><dd>2" in shown and "not counted anew" in shown
    line.refresh_from_db()
    assert (first.amount, line.state, amounts(budget)) == (60, LineState.PARTLY, (0, 390, 9550))
    assert "200\u00a0g, Pads 2\u00a0" in receipt_of(line.request)
    assert refused(give, cast, picked, mother, "k-2", part={"SOON": "1"}) == "E-EAF-17"
    assert refused(give, cast, picked, mother, "k-2", part={}) == "E-EAF-92"
    rest = give(cast, picked, mother, "k-2")
    line.refresh_from_db()
    assert (rest.amount, line.state, line.paid, amounts(budget)) == (160, LineState.DELIVERED, 220, (0, 0, 9780))
    assert is_in_balance(budget) and not receipt_of(line.request)


def test_what_the_store_has_too_little_is_handed_over_when_more_has_come(cast, line, soap, pads, kit, budget, mother):
    keeper, store = cast.of("CSH"), make_store(cast.mae_sot)
    assert refused(pick, cast, line, store) == "E-EAF-14"
    make_lot(store, soap, keeper, 200, number="A1", cost="1")
    picked = pick(cast, line, store)
    assert rows(picked) == [("A1", 200), ("Bathing soap missing", 300), ("Pads missing", 2)]
    give(cast, picked, mother)
    line.refresh_from_db()
    assert line.state == LineState.PARTLY
    add_member(family=line.request.family, person=make_person("Eh Ler"), role="sibling", by=cast.of("CW"))
    make_lot(store, soap, keeper, 5000, number="A2", cost="1")
    make_lot(store, pads, keeper, 5, number="P1", cost="30")
    again = pick(cast, line, store)
    assert rows(again) == [("A2", 300), ("P1", 2)], "the rest of what was frozen, whoever was born since"
    assert refused(give, cast, picked, mother, "k-2") == "E-EAF-93"
    last = give(cast, again, mother, "k-2")
    line.refresh_from_db()
    assert (last.amount, line.paid, line.state) == (250, 450, LineState.DELIVERED), "500 g and 60 baht, up to 450"
    assert amounts(budget) == (0, 0, 9550) and is_in_balance(budget)


def test_what_stands_in_is_taken_said_and_given_and_the_rest_is_chosen_again(
    cast, line, soap, pads, kit, budget, mother, client_of
):
    keeper, store = cast.of("CSH"), make_store(cast.mae_sot)
    bar = make_item("bar", "pieces", name_en="Small bar", is_whole=True)
    Substitute.objects.create(kit=kit, item=soap, other=bar, quantity=1, counts_for=80)
    make_lot(store, soap, keeper, 180, number="A1", cost="1")
    make_lot(store, bar, keeper, 3, number="B1", expires_on=TODAY + timedelta(days=90), cost="5")
    make_lot(store, bar, keeper, 9, number="B2", expires_on=TODAY + timedelta(days=400), cost="5")
    make_lot(store, pads, keeper, 2, number="P1", cost="30")
    desk = client_of(keeper)
    assert "too little" not in desk.get(reverse("emergency_fund:pick", args=[line.pk])).content.decode()
    picked = pick(cast, line, store)
    assert rows(picked) == [("A1", 180), ("B1", 3), ("B2", 1), ("P1", 2)], "320 g are missing: 4 bars of 80 g"
    assert list(picked.items.values_list("stands_for__code", "covers")) == [
        (None, None), ("soap", 240), ("soap", 80), (None, None),
    ]  # fmt: skip
    shown = desk.get(reverse("emergency_fund:hand-over", args=[line.pk])).content.decode()
    assert "Bathing soap: 4 pieces of Small bar for 320 g" in shown and "Stands in for Bathing soap." in shown
    text = text_of(PickListPaper(), line.request, "en")
    assert "500g" in text and text.count("Smallbar,standsinforit") == 2 and "3pieces" in text
    one = picked.items.get(lot__number="B2")
    lots = {lot.number: lot for lot in Lot.objects.all()}
    make_lot(store, bar, keeper, 5, number="B3", cost="5")
    swapped = take_other_lot(
        row=one, lot=Lot.objects.get(number="B3"), reason="Its box is wet", by=keeper, now=NOW
    )  # fmt: skip
    assert (swapped.stands_for, swapped.covers) == (soap, 80)
    first = give(cast, picked, mother, part={"A1": "180", "B1": "2"})
    assert first.amount == 190 and "Smallbar2pieces" in text_of(ReceiptPaper(), line.request, "en")
    make_lot(store, soap, keeper, 999, number="A2", cost="1")
    again = pick(cast, line, store)
    assert rows(again) == [("A2", 160), ("P1", 2)], "two of the four bars: 160 g of soap that has come meanwhile"
    give(cast, again, mother, "k-2")
    line.refresh_from_db()
    assert line.state == LineState.DELIVERED and is_in_balance(budget) and lies("B1") == 1 and lots["B2"].pk


def test_one_lot_may_lie_on_a_list_for_itself_and_for_another_item(cast, line, soap, pads, kit, mother):
    keeper, store = cast.of("CSH"), make_store(cast.mae_sot)
    Substitute.objects.create(kit=kit, item=soap, other=pads, quantity=1, counts_for=100)
    make_lot(store, pads, keeper, 6, number="P1", cost="30")
    picked = pick(cast, line, store)
    assert rows(picked) == [("P1", 4), ("Bathing soap missing", 100), ("P1", 2)]
    stands_in, _missing, own = picked.items.order_by("pk")
    facts = {
        "picked": picked, "received_by": mother, "relation": "mother", "proof": "known_to_staff", "witness": "",
        "by": keeper, "now": NOW, "quantities": {stands_in.pk: Decimal(4), own.pk: Decimal(2)},
    }  # fmt: skip
    told = {"store": store, "lot": Lot.objects.get(), "by": keeper, "now": NOW, "quantity": Decimal(1)}
    move_stock(kind="move_out", key="out", **told)
    assert refused(hand_over_kit, key="a", **facts) == "E-EAF-14", "together they are six"
    move_stock(kind="move_in", key="in", **told)
    made = hand_over_kit(key="a", **facts)
    assert hand_over_kit(key="a", **facts) == made and lies("P1") == 0
    assert [(given.movement.quantity, given.left) for given in goods_of(made)] == [(6, 6)]


def test_goods_beyond_what_is_approved_and_gifts_cost_the_line_nothing(cast, line, soap, pads, kit, budget, mother):
    keeper, store = cast.of("CSH"), make_store(cast.mae_sot)
    make_lot(store, soap, keeper, 500, number="GIFT", cost="0")
    make_lot(store, pads, keeper, 2, number="DEAR", cost="400")
    picked = pick(cast, line, store)
    assert give(cast, picked, mother, part={"GIFT": "500"}).amount == 0
    assert give(cast, picked, mother, "k-2").amount == 450
    line.refresh_from_db()
    assert (line.state, amounts(budget)) == (LineState.DELIVERED, (0, 0, 9550)) and is_in_balance(budget)


def test_a_lot_that_grew_old_or_is_gone_is_named(cast, line, store, soap, mother):
    picked = pick(cast, line, store)
    late = NOW + timedelta(days=31)
    with pytest.raises(Refusal) as answer:
        give(cast, picked, mother, now=late)
    assert answer.value.code == "E-EAF-13" and "lot SOON expires" in str(answer.value.sentence)
    other = approved_for_another(cast, line)
    give(cast, pick(cast, other, store), other.request.requester, "o-1", part={"SOON": "200"})
    with pytest.raises(Refusal) as answer:
        give(cast, picked, mother)
    assert answer.value.code == "E-EAF-14"
    assert "Bathing soap: Store room has 100 of this lot, 300 are needed." in str(answer.value.sentence)
    assert lies("LATE") == 1000 and Delivery.rows.count() == 1
    assert give(cast, pick(cast, line, store), mother).pk


def approved_for_another(cast, line):
    """A kit for another family."""
    worker = cast.of("CW")
    family = create_family(by=worker)
    child, parent = make_person("Nan Dar", born=TODAY - timedelta(days=900)), make_grown_up()
    add_member(family=family, person=child, role="child", by=worker)
    add_member(family=family, person=parent, role="mother", by=worker)
    case = make_case(cast.mae_sot, worker, child=child, family=family)
    make_consent(case, worker, purpose="emergency_fund")
    request = recommended(cast, ask(cast, case, ("hygiene_kit", 450), requester=parent), line.budget_line)
    approver = line.request.approval.actions.get().user
    act_on(request=request.approval, act=Act.APPROVE, by=approver, now=NOW)
    return request.lines.get()


def test_who_may_pack_and_receive(cast, line, store, mother):
    assert refused(pick, cast, line, store, by=cast.of("FO")) == "E-EAF-16"
    picked = pick(cast, line, store)
    assert refused(give, cast, picked, make_person("Saw Stranger")) == "E-EAF-15"
    assert refused(give, cast, picked, mother, by=cast.of("CW")) == "E-EAF-16"
    assert refused(give, cast, picked, mother, proof="thumb_print") == "E-EAF-35"
    assert give(cast, picked, mother).pk


def test_a_kit_is_not_paid_out_and_money_is_not_packed(cast, case, budget, store, mother):
    request = approved(cast, case, budget, ("hygiene_kit", 450), ("nutrition", 100))
    kit_line, food = request.lines.order_by("pk")
    facts = {
        "received_by": mother, "relation": "mother", "proof": "known_to_staff", "witness": "", "by": cast.of("CSH"),
        "now": NOW, "amount": Decimal(10),
    }  # fmt: skip
    assert refused(pay, line=kit_line, key="a", **facts) == "E-EAF-90"
    assert refused(pick, cast, food, store) == "E-EAF-90"
    assert pay(line=food, key="b", **facts).pk
    assert pick(cast, kit_line, store).pk


@pytest.mark.parametrize("people, code", [(0, "E-EAF-91"), (41, "E-EAF-91"), (40, "")])
def test_a_family_of_nobody_or_of_a_crowd_gets_no_kit(cast, case, line, store, soap, people, code):
    keeper = cast.of("CSH")
    make_lot(store, soap, keeper, 20_000, number="MUCH")
    case.family.members.update(until_on=TODAY)
    for number in range(people):
        add_member(family=case.family, person=make_person(f"Saw {number}"), role="sibling", by=cast.of("CW"))
    if code:
        assert refused(pick, cast, line, store) == code
    else:
        assert pick(cast, line, store).counted["person_month"] == people


def test_a_kit_that_holds_nothing_for_the_family_is_not_packed(cast, line, pads):
    store = make_store(cast.mae_sot)
    make_lot(store, pads, cast.of("CSH"), 10)
    make_kit((pads, "female_10_49", 1))
    line.request.family.members.filter(role="mother").update(until_on=TODAY)
    assert refused(pick, cast, line, store) == "E-EAF-91"
    line.request.family.members.update(until_on=None)
    assert pick(cast, line, store).pk


def test_a_store_of_another_office_packs_nothing(cast, line, store):
    assert refused(pick, cast, line, make_store(cast.ranong)) == "E-EAF-60"
    assert pick(cast, line, store).pk


def test_what_comes_back_lies_in_its_lots_and_its_money_is_free(cast, line, store, budget, mother):
    receipt = give(cast, pick(cast, line, store), mother)
    soon, late, pads = Movement.rows.filter(kind="hand_over").order_by("pk")
    facts = {"delivery": receipt, "by": cast.of("CSH"), "now": NOW, "reason": "The family has moved away"}
    for quantities, code in (
        ({soon.pk: Decimal(301)}, "E-EAF-94"), ({}, "E-EAF-94"),
        ({late.pk: Decimal(1)}, "E-EAF-33"), ({late.pk: Decimal(1)}, "E-EAF-16"),
    ):  # fmt: skip
        more = {"E-EAF-33": {"reason": "moved"}, "E-EAF-16": {"by": cast.of("FO")}}.get(code, {})
        assert refused(take_goods_back, quantities=quantities, key="b", **facts | more) == code
    for _time in range(2):
        back = take_goods_back(quantities={late.pk: Decimal(200), pads.pk: Decimal(1)}, key="b-1", **facts)
    assert (back.amount, lies("LATE"), lies("P1"), lies("SOON")) == (130, 1000, 9, 0)
    assert amounts(budget) == (0, 0, 9910) and is_in_balance(budget)
    assert AidGiven.rows.get().amount == 90
    assert refused(take_goods_back, quantities={late.pk: Decimal(1)}, key="b-2", **facts) == "E-EAF-94"
    money = {"delivery": receipt, "amount": Decimal(10), "by": cast.of("CSH"), "now": NOW, "key": "m"}
    assert refused(take_return, reason="The family has moved away", **money) == "E-EAF-90"
    take_goods_back(quantities={soon.pk: Decimal(300), pads.pk: Decimal(1)}, key="b-3", **facts)
    assert (amounts(budget), AidGiven.rows.get().state) == ((0, 0, 10_000), "cancelled") and is_in_balance(budget)


def test_what_comes_back_spoiled_waits_to_be_written_off(cast, line, store, budget, mother, client_of):
    receipt = give(cast, pick(cast, line, store), mother)
    late = Movement.rows.filter(kind="hand_over").order_by("pk")[1]
    told = {f"row_{late.pk}": "100", "reason": "The packets are torn and wet", "is_spoiled": "on"}
    address = reverse("emergency_fund:goods-back", args=[receipt.pk])
    shown = client_of(cast.of("CSH")).post(address, told, follow=True).content.decode()
    assert (
        "A second person confirms that what is spoiled is written off." in shown and "in the store again" not in shown
    )
    asked = Proposal.rows.get()
    told_of = {"lot": late.lot_id, "quantity": "100.00", "cause": "damaged"}
    assert (asked.proposed_by, asked.facts | told_of) == (cast.of("CSH"), asked.facts)
    assert lies("LATE") == 900, "until a second person has seen it"
    assert client_of(cast.of("CSH")).post(address, told).status_code == 302, "as much of the lot, once more"
    for waiting in Proposal.rows.order_by("pk"):
        confirm(proposal=waiting, by=cast.of("PM"), now=NOW)
    assert lies("LATE") == 800


def test_kits_are_counted_in_the_month_they_were_first_handed_over(cast, client_of, line, store, mother):
    picked, here = pick(cast, line, store), client_of(cast.of("FA"))
    assert kits_told(here) == [["0", "0"]]
    give(cast, picked, mother, part={"SOON": "300"})
    give(cast, picked, mother, "k-2")
    assert kits_told(here) == [["1", "2"], ["1", "2"]], "one kit, for two people a month"
    assert kits_told(here, TODAY - timedelta(days=1)) == [["0", "0"]]
    assert kits_told(client_of(cast.of("FA", "RN"))) == [["0", "0"]]


def kits_told(client, on=TODAY) -> list[list[str]]:
    """Kits and person-months by month on the board, of a day."""
    KeptReading.objects.all().delete()
    day = f"{on:%d/%m/%Y}"
    page = client.get(f"/reports/?board=emergency_fund&period=free&first={day}&last={day}&compare=none")
    return [[text for text, _url in cells] for _name, cells in page.context["figures"]["kits"]["lines"]]


def test_a_kit_of_which_all_came_back_is_not_counted(cast, client_of, line, store, mother):
    here, receipt = client_of(cast.of("FA")), give(cast, pick(cast, line, store), mother)
    assert kits_told(here)[-1] == ["1", "2"]
    gone = {movement.pk: movement.quantity for movement in Movement.rows.filter(kind="hand_over")}
    facts = {"delivery": receipt, "by": cast.of("CSH"), "now": NOW, "reason": "The family has moved away"}
    take_goods_back(quantities=dict(list(gone.items())[1:]), key="b-1", **facts)
    assert kits_told(here)[-1] == ["1", "2"]
    take_goods_back(quantities=dict(list(gone.items())[:1]), key="b-2", **facts)
    assert kits_told(here) == [["0", "0"]]


def test_a_kit_that_cost_nothing_is_counted_with_its_child(cast, client_of, line, kit, soap, pads, mother):
    store, here = make_store(cast.mae_sot), client_of(cast.of("FA"))
    make_lot(store, soap, cast.of("CSH"), 500, number="GIFT", cost="0")
    make_lot(store, pads, cast.of("CSH"), 2, number="GIFT", cost="0")

    def told() -> tuple[str, list[list[str]]]:
        counted = kits_told(here)[-1]
        page = here.get("/reports/?board=emergency_fund&compare=none")
        insured = next(one["shown"] for one in page.context["stats"] if one["shown"].key == "insured")
        costs = {name: [text for text, _url in cells] for name, cells in page.context["figures"]["cost"]["lines"]}
        return insured.note, [counted, costs["Hygiene kit"]]

    assert told()[1] == [["0", "0"], ["0", "฿0", "–"]]
    receipt = give(cast, pick(cast, line, store), mother)
    assert receipt.amount == 0
    assert told() == ("0 of 1 children", [["1", "2"], ["1", "฿0", "฿0"]])
    gone = {movement.pk: movement.quantity for movement in Movement.rows.filter(kind="hand_over")}
    facts = {"delivery": receipt, "by": cast.of("CSH"), "now": NOW, "reason": "The family has moved away"}
    take_goods_back(quantities=dict(list(gone.items())[1:]), key="b-1", **facts)
    assert told()[1] == [["1", "2"], ["1", "฿0", "฿0"]], "a part is still there"
    take_goods_back(quantities=dict(list(gone.items())[:1]), key="b-2", **facts)
    assert told()[1] == [["0", "0"], ["0", "฿0", "–"]]


def test_what_is_not_fetched_leaves_the_store_as_it_was(cast, line, store, budget, mother):
    pick(cast, line, store)
    end = NOW + timedelta(days=61)
    assert expire(request=line.request, by=cast.of("FO"), now=end).state == RequestState.EXPIRED
    assert (lies("SOON"), lies("LATE"), amounts(budget)) == (300, 1000, (0, 0, 10_000))
    assert not Movement.rows.filter(kind="hand_over").exists()


def test_a_part_that_was_fetched_stays_given_when_the_rest_expires(cast, line, store, budget, mother):
    picked = pick(cast, line, store)
    give(cast, picked, mother, part={"SOON": "300"})
    line.request.refresh_from_db()
    expire(request=line.request, by=cast.of("FO"), now=NOW + timedelta(days=61))
    assert (amounts(budget), AidGiven.rows.get().amount) == ((0, 0, 9940), 60) and is_in_balance(budget)
    assert refused(give, cast, picked, mother, "k-2") == "E-EAF-26"


def test_the_way_of_a_kit_in_the_browser(cast, line, store, mother):
    client = signed_in(cast.of("CSH"))
    request, receive = line.request, {"received_by": str(mother.pk), "proof": "known_to_staff", "turn": "1"}
    hand_over = reverse("emergency_fund:hand-over", args=[line.pk])
    assert hand_over in client.get(reverse("emergency_fund:pay", args=[request.pk])).content.decode()
    assert client.get(reverse("emergency_fund:pay-line", args=[line.pk])).status_code == 409
    answer = client.get(hand_over)
    assert answer.status_code == 302 and answer.url == reverse("emergency_fund:pick", args=[line.pk])
    assert "women and girls of 10 to 49: 1" in client.get(answer.url).content.decode()
    assert client.post(answer.url, {"store": "x"}).status_code == 422
    assert client.post(answer.url, {"store": str(store.pk), "idempotency_key": "p"}).url == hand_over
    soon, late, pads = PickedItem.rows.order_by("pk")
    page = client.get(hand_over).content.decode()
    assert "Bathing soap · SOON" in page and "Up to 300 g." in page
    wrong = client.post(hand_over, receive | {f"row_{soon.pk}": "๓๐๑", f"row_{late.pk}": "-1"})
    assert wrong.status_code == 422 and "cannot be negative" in wrong.content.decode()
    wrong = client.post(hand_over, receive | {f"row_{soon.pk}": "๓๐๑"})
    assert wrong.status_code == 422 and "the list has 300 left" in str(wrong.context["form"].errors[f"row_{soon.pk}"])
    told = receive | {f"row_{soon.pk}": "၃၀၀", f"row_{late.pk}": "", f"row_{pads.pk}": "2", "idempotency_key": "h"}
    for _time in range(2):
        answer = client.post(hand_over, told)
    delivery = Delivery.rows.get()
    assert answer.url == reverse("emergency_fund:receipt", args=[delivery.pk]) + "?queue=pay" and lies("P1") == 8
    shown = client.get(answer.url).content.decode()
    back = reverse("emergency_fund:goods-back", args=[delivery.pk])
    assert back in shown and "Bathing soap" in shown and "300 g" in shown
    gone = Movement.rows.get(kind="hand_over", lot=pads.lot)
    assert client.post(back, {f"row_{gone.pk}": "3", "reason": "They have some already"}).status_code == 422
    assert client.post(back, {f"row_{gone.pk}": "1", "reason": "They have some already"}).status_code == 302
    assert lies("P1") == 9
    assert client.get(reverse("emergency_fund:return", args=[delivery.pk])).status_code == 409


@pytest.mark.parametrize("role, status", [("CSH", 200), ("FO", 403), ("PM", 403), ("CW", 403), ("AUD", 403)])
def test_who_makes_a_pick_list(cast, line, store, role, status):
    assert signed_in(cast.of(role)).get(reverse("emergency_fund:pick", args=[line.pk])).status_code == status


@pytest.mark.django_db(transaction=True)
def test_two_families_at_the_counter_for_the_last_kit():
    cast = make_cast()
    budget = make_line(cast.mae_sot, cast.of("FA"), 10_000, kinds=["hygiene_kit"])
    pads, keeper = make_item("pads", "pack"), cast.of("CSH")
    make_kit((pads, "household", 1))
    store = make_store(cast.mae_sot)
    make_lot(store, pads, keeper, 1, number="LAST", cost="30")
    worker = cast.of("CW")
    family = create_family(by=worker)
    child, parent = make_person("Eh Soe", born=TODAY - timedelta(days=900)), make_grown_up()
    add_member(family=family, person=child, role="child", by=worker)
    add_member(family=family, person=parent, role="mother", by=worker)
    case = make_case(cast.mae_sot, worker, child=child, family=family)
    make_consent(case, worker, purpose="emergency_fund")
    first = approved(cast, case, budget).lines.get()
    lists = [(pick(cast, one, store), one.request.family.members.get(role="mother").person) for one in
             (first, approved_for_another(cast, first))]  # fmt: skip
    together, answers = threading.Barrier(2), []

    def take(picked, person) -> None:
        together.wait()
        try:
            give(cast, picked, person, key=f"last-{picked.pk}")
            answers.append("handed over")
        except Refusal as refusal:
            answers.append(refusal.code)
        connection.close()

    threads = [threading.Thread(target=take, args=pair) for pair in lists]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(answers) == ["E-EAF-14", "handed over"]
    assert (lies("LAST"), Delivery.rows.count()) == (0, 1) and is_in_balance(budget)
    assert Lot.objects.count() == 1


def lowered(cast, case, budget, mother, *lines: tuple[str, int, int]) -> AssistanceRequest:
    """Of each kind so much asked and so much approved."""
    asked = [(kind, baht) for kind, baht, _less in lines]
    request = recommended(cast, ask(cast, case, *asked, requester=mother), budget)
    less = {request.lines.get(kind=kind).pk: Decimal(baht) for kind, _asked, baht in lines}
    return decide(request=request, act=Act.APPROVE, amounts=less, by=second_officer(cast), now=NOW, **LESS)


def grant(appeal, by, amounts: dict[int, Decimal] | None = None):
    return decide_appeal(
        appeal=appeal, act=Act.APPROVE, amounts=amounts or {}, by=by, now=NOW, code="amount",
        comment="So much is shown by papers",
    )  # fmt: skip


def test_a_kit_that_is_handed_over_whole_is_not_granted_again(cast, case, store, budget, mother):
    request = lowered(cast, case, budget, mother, ("hygiene_kit", 450, 300), ("nutrition", 800, 500))
    kit, food = request.lines.order_by("pk")
    appeal = appealed(request, cast.of("CW"))
    give(cast, pick(cast, kit, store), mother)
    assert amounts(budget) == (0, 500, 9280), "80 of the kit are free again"
    assert refused(grant, appeal, cast.of("FA"), {food.pk: Decimal(0), kit.pk: Decimal(150)}) == "E-EAF-28"
    grant(appeal, cast.of("FA"))
    kit.refresh_from_db()
    assert (kit.state, kit.approved, amounts(budget)) == (LineState.DELIVERED, 300, (0, 800, 8980))
    assert set(AidGiven.rows.values_list("kind", "amount")) == {("hygiene_kit", 220), ("nutrition", 800)}
    expire(request=request, by=cast.of("FO"), now=NOW + timedelta(days=61))
    assert amounts(budget) == (0, 0, 9780) and is_in_balance(budget)


def test_nothing_is_appealed_of_a_kit_that_the_family_has(cast, case, store, budget, mother):
    request = lowered(cast, case, budget, mother, ("hygiene_kit", 450, 300))
    line = request.lines.get()
    picked = pick(cast, line, store)
    give(cast, picked, mother, part={"SOON": "300"})
    paper = DecisionPaper()

    def is_offered() -> bool:
        return bool(paper.context(paper.whole(request), language="en", facts={}).appeal.main)

    assert is_offered()
    give(cast, picked, mother, "k-2")
    request.refresh_from_db()
    assert not is_offered()
    assert refused(appealed, request, cast.of("CW")) == "E-EAF-121"
    for delivery in Delivery.rows.all():
        SampleDraw.rows.create(delivery=delivery, is_drawn=False, chance=20, at=NOW)
    assert AssistanceRequest.rows.filter(ready_to_close(TODAY), pk=request.pk).exists()


def test_what_an_appeal_adds_to_a_kit_in_parts_is_paid_to_the_satang(cast, case, store, budget, mother):
    request = lowered(cast, case, budget, mother, ("hygiene_kit", 450, 100))
    line = request.lines.get()
    picked, appeal = pick(cast, line, store), appealed(request, cast.of("CW"))
    give(cast, picked, mother, part={"SOON": "300"})
    grant(appeal, cast.of("FA"), {line.pk: Decimal("110.50")})
    line.refresh_from_db()
    budget.refresh_from_db()
    assert (line.state, line.to_pay, budget.committed) == (LineState.PARTLY, Decimal("150.50"), Decimal("150.50"))
    assert give(cast, picked, mother, "k-2").amount == Decimal("150.50"), "of 160, up to what is approved"
    assert is_in_balance(budget) and budget.committed == 0 and budget.disbursed == Decimal("210.50")


def test_the_rest_of_a_kit_that_was_rejected_afterwards_is_handed_over_when_it_is_granted(
    cast, case, store, budget, mother
):
    asked = ask(cast, case, ("hygiene_kit", 450), ("health_cost", 6000), urgency="24h", requester=mother)
    request = help_now(
        request=recommended(cast, asked, budget), reason="The child cannot breathe, there is nothing at home",
        by=second_officer(cast), now=NOW,
    )  # fmt: skip
    line = request.lines.get(kind="hygiene_kit")
    picked = pick(cast, line, store)
    give(cast, picked, mother, part={"SOON": "300"})
    request.refresh_from_db()
    request = decide(
        request=request, act=Act.REJECT, amounts={}, by=cast.of("FA"), now=NOW, code="not_needed",
        comment="The hospital treats such children without a deposit",
    )  # fmt: skip
    line.refresh_from_db()
    assert (line.state, line.approved, amounts(budget)) == (LineState.DELIVERED, 60, (0, 0, 9940))
    others = {one.pk: Decimal(0) for one in request.lines.exclude(pk=line.pk)}
    grant(appealed(request, cast.of("CW")), cast.of("PM"), others)
    line.refresh_from_db()
    assert (line.state, line.to_pay, amounts(budget)) == (LineState.PARTLY, 390, (0, 390, 9550))
    assert give(cast, picked, mother, "k-2").amount == 160
    assert amounts(budget) == (0, 0, 9780) and is_in_balance(budget)


# the day on which it was handed over

DAY, LATER = TODAY + timedelta(days=1), NOW + timedelta(days=2)


def test_written_down_later_goods_have_their_true_day(cast, line, store, mother, budget):
    receipt = give(cast, pick(cast, line, store, on=DAY, now=LATER), mother, on=DAY, now=LATER)
    gone = Movement.rows.filter(kind="hand_over")
    assert {(row.on, row.is_late) for row in gone} == {(DAY, True)}
    assert (receipt.on, receipt.is_late, AidGiven.rows.get().given_on) == (DAY, True, DAY)
    assert BudgetEntry.rows.get(kind="disburse").on == DAY
    paper, card = ReceiptPaper(), StockCardPaper()
    assert paper.context(paper.whole(line.request), language="en", facts={}).written.main
    lines = card.context(store, language="en", facts={"item": gone.first().lot.item_id}).lines
    assert [bool(one.written) for one in lines] == [False, True]
    facts = {"delivery": receipt, "reason": "The family has moved away", "by": cast.of("CSH"), "now": LATER}
    quantities = {gone.first().pk: Decimal(1)}
    for days, code in ((-1, "E-EAF-229"), (2, "E-EAF-220")):
        on = DAY + timedelta(days=days)
        assert refused(take_goods_back, quantities=quantities, key="b", on=on, **facts) == code
    back = take_goods_back(quantities=quantities, key="b", on=DAY, **facts)
    assert (back.on, Movement.rows.get(kind="take_back").on) == (DAY, DAY)
    assert is_in_balance(budget)


def test_a_day_before_the_approval_the_list_or_the_goods(cast, line, store, soap, mother):
    late = {"now": LATER, "on": DAY}
    for days, code in ((-1, "E-EAF-221"), (3, "E-EAF-220")):
        assert refused(pick, cast, line, store, now=LATER, on=TODAY + timedelta(days=days)) == code
    assert refused(give, cast, pick(cast, line, store, now=LATER), mother, **late) == "E-EAF-228"
    facts = {"unit_cost": Decimal(1), "reference": "", "by": cast.of("CSH"), "now": LATER, "expires_on": None}
    receive(store=store, item=soap, number="NEW", quantity=Decimal(900), key="new", **facts)
    picked = pick(cast, line, store, **late)
    row = picked.items.get(lot__number="SOON")
    PickedItem.rows.filter(pk=row.pk).update(lot=Lot.objects.get(number="NEW"))
    assert refused(give, cast, picked, mother, **late) == "E-EAF-14", "it came a day later"
    assert give(cast, pick(cast, line, store, **late), mother, **late).pk


def test_lots_count_as_of_the_day(cast, line, store, mother):
    """SOON keeps long enough on the day, and no longer when it is written down."""
    Lot.objects.filter(number="SOON").update(expires_on=DAY + timedelta(days=30))
    assert rows(pick(cast, line, store, now=LATER))[0] == ("LATE", 500)
    picked = pick(cast, line, store, on=DAY, now=LATER)
    assert rows(picked)[0] == ("SOON", 300)
    assert refused(give, cast, picked, mother, now=LATER) == "E-EAF-13"
    assert give(cast, picked, mother, on=DAY, now=LATER).pk


def test_a_kit_of_an_earlier_day_is_for_who_lived_in_the_family_then(cast, case, line, store, mother):
    """Who moved away, was born or came since is counted as it was on the day (decision 46)."""
    since = DAY + timedelta(days=1)
    facts = {"family": case.family, "by": cast.of("CW")}
    aunt = add_member(person=make_person("Naw Say", born=date(1990, 1, 1), sex="F"), role="aunt_uncle", **facts)
    baby, grandmother = make_person("Baby", born=date(2026, 1, 1)), make_person("Naw Wah", born=date(1950, 1, 1))
    add_member(person=baby, role="child", **facts)
    add_member(person=grandmother, role="grandparent", **facts)
    Person.rows.filter(pk=baby.pk).update(born_on=since)
    Person.rows.filter(pk=grandmother.pk).update(died_on=since)
    for name in ("Saw Htoo", "Saw Lwin"):
        add_member(person=make_person(name, born=date(1980, 1, 1)), role="other", since_on=since, **facts)
    end_member(member=aunt, until_on=since, by=cast.of("CW"), today=timezone.localdate(LATER))
    assert pick(cast, line, store, on=DAY, now=LATER).people == 4, "the child, the mother, the aunt and the grandmother"
    assert pick(cast, line, store, now=LATER).people == 5, "the child, the mother, the baby and who came"
    end_member(member=FamilyMember.rows.get(person=mother), until_on=DAY, by=cast.of("CW"), today=since)
    assert pick(cast, line, store, on=DAY, now=LATER).people == 3, "she left on that day"


def test_forgotten_until_after_a_count_of_the_lot(cast, line, store, mother):
    """The family has it on its true day, the book of the store on the day of the count."""
    soon = Lot.objects.get(number="SOON")
    save_count(store=store, found={soon.pk: Decimal(300)}, reasons={}, by=cast.of("CSH"), now=LATER)
    picked = pick(cast, line, store, on=DAY, now=LATER)
    assert give(cast, picked, mother, on=DAY, now=LATER).on == DAY
    moved = {row.lot.number: (row.on, row.happened_on) for row in Movement.rows.filter(kind="hand_over")}
    assert moved["SOON"] == (timezone.localdate(LATER), DAY)
    assert moved["LATE"] == (DAY, None), "nobody counted the other one"


def test_the_day_goes_with_the_pages(cast, line, store, mother, client_of):
    desk, page = client_of(cast.of("CSH")), reverse("emergency_fund:hand-over", args=[line.pk])
    before, told = day_parts(TODAY - timedelta(days=1)), {"store": store.pk}
    assert desk.post(reverse("emergency_fund:pick", args=[line.pk]), told | before).status_code == 422
    assert desk.post(reverse("emergency_fund:pick", args=[line.pk]), told | day_parts(TODAY)).status_code == 302
    given = {f"row_{row.pk}": row.quantity for row in PickedItem.rows.filter(lot__isnull=False)}
    answers = given | {"received_by": mother.pk, "proof": "known_to_staff", "turn": 1}
    assert desk.post(page, answers | before).status_code == 422
    assert desk.post(page, answers | day_parts(TODAY)).status_code == 302


def day_parts(on) -> dict[str, int]:
    return {"on_d": on.day, "on_m": on.month, "on_y": on.year}
