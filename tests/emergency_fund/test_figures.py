"""The figures of the fund against a small world counted by hand, for those who may see them and as they may."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.aid.services import move_cover, quote_cover
from casework.aid.states import CoverState
from casework.approvals.models import ApprovalRequest
from casework.audit.services import record_event
from casework.documents.models import Document
from casework.documents.pages import page_text
from casework.documents.services import render_document
from casework.documents.store import read
from casework.people.services.families import add_member, create_family
from casework.reports import periods
from casework.reports.boards import Scope
from casework.reports.measures import Amount, Portion, Rate
from casework.reports.packing import packed, unpacked
from casework.reports.suppression import hidden_measures
from emergency_fund.indicators import children_helped, f3_to_first_aid, f5_cost, f5_paid
from emergency_fund.models import Appeal, AssistanceRequest, Delivery, DeliveryReturn
from emergency_fund.queries.counted import world_of
from emergency_fund.reports import FundBoard
from tests.factories import emergency_fund as way
from tests.factories import fund
from tests.factories.accounts import make_worker
from tests.factories.cases import make_case
from tests.factories.funds import make_line
from tests.factories.papers import squeezed
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
ASKED = dt.datetime(2026, 11, 23, 3, 0, tzinfo=dt.UTC)
PAGE = "/reports/?board=emergency_fund&period=year:2026&compare=none"


def after(hours: float) -> dt.datetime:
    return ASKED + dt.timedelta(hours=hours)


@pytest.fixture
def home(cast):
    """Families of an office, each with a child and its case."""

    def make(name: str, office=None):
        office = office or cast.mae_sot
        worker = cast.of("CW", office.code)
        family = create_family(by=worker)
        child = make_person(name, born=dt.date(2020, 7, 1))
        add_member(family=family, person=child, role="child", by=worker)
        return make_case(office, worker, child=child, family=family)

    return make


@pytest.fixture
def world(cast, home):
    """Two helped, one of them late and in part; one rejected; one not for the fund; one taken back; one waiting."""
    worker, officer = cast.of("CW"), cast.of("FO")
    second, manager = make_worker("FO", cast.mae_sot), cast.of("FA")

    def asked(case, *lines, urgency="72h", due=72.0, **facts):
        return fund.make_request(
            case, case.child, *lines, by=worker, urgency=urgency, received_at=ASKED, decision_due_at=after(due), **facts
        )

    first, late = home("Nan Wah"), home("Eh Moo")
    a = asked(first, ("health_cost", 3000), urgency="24h", due=24)
    fund.make_chain(a, officer, (second, "FO", "approve", ""), decided_at=after(10))
    fund.decide(a, "delivered", 3000, decided_at=after(10))
    fund.make_delivery(a.lines.get(), 3000, first.child, cast.of("CSH"), on=dt.date(2026, 11, 24), at=after(20))
    b = asked(late, ("nutrition", 1000))
    acts = ((second, "FO", "approve", ""), (manager, "FA", "approve", ""))
    fund.make_chain(b, officer, *acts, steps=("FO", "FA"), decided_at=after(80))
    fund.decide(b, "in_delivery", 1000, decided_at=after(80))
    fund.make_delivery(b.lines.get(), 400, late.child, cast.of("CSH"), on=dt.date(2026, 11, 27), at=after(100))
    c = asked(home("Paw Lah"))
    fund.make_chain(c, officer, (second, "FO", "reject", "entitlement"), state="rejected", decided_at=after(30))
    AssistanceRequest.rows.filter(pk=c.pk).update(state="rejected", decided_at=after(30), told_code="entitlement")
    d = asked(home("Su Noe"), urgency="14d", due=40, state="ineligible", told_code="outside")
    record_event("emergency_fund.request.ineligible", actor=officer, subject=d, office_id=d.office_id, at=after(35))
    asked(home("Min Oo"), state="withdrawn")
    f = asked(home("Zin Mar"), urgency="24h", due=24)
    elsewhere = home("Kyaw Soe", cast.ranong)
    fund.make_request(elsewhere, elsewhere.child, by=worker, received_at=ASKED)
    return {"a": a, "b": b, "c": c, "d": d, "f": f}


def figure(page, key: str) -> list[list[str]]:
    lines = page.context["figures"][key]["lines"]
    return [[name, *(text for text, _url in cells)] for name, cells in lines]


def stat(page, key: str):
    return next(one["shown"] for one in page.context["stats"] if one["shown"].key == key)


def test_how_quickly_and_what_was_decided(client_of, cast, world):
    page = client_of(cast.of("FA")).get(PAGE)
    assert stat(page, "open").value == "2"
    assert (stat(page, "in-time").value, stat(page, "in-time").note) == ("60%", "3 of 5 requests")
    assert [line[1:] for line in figure(page, "speed")] == [["2", "50%"], ["2", "50%"], ["1", "100%"], ["5", "60%"]]
    assert [line[1:] for line in figure(page, "decision")] == [
        ["10", "10", "1"], ["55", "80", "2"], ["35", "35", "1"], ["32.5", "80", "4"],
    ]  # fmt: skip
    assert figure(page, "first-aid")[-1][1:] == ["60", "100", "2"]
    assert [line[1:] for line in figure(page, "outcomes")] == [
        ["2", "50%"], ["1", "25%"], ["0", "0%"], ["1", "25%"], ["0", "0%"], ["0", "–"],
    ]  # fmt: skip
    assert [line[1:] for line in figure(page, "codes")[:2]] == [["1", "0", "0", "1"], ["0", "0", "1", "1"]]


@pytest.fixture
def appealed(cast, home):
    """Of six decisions four were appealed: the first late, two that turned away, one that gave less; one helped first.

    The sixth was rejected and left at that.
    """
    worker, officer, manager = cast.of("CW"), cast.of("FO"), cast.of("FA")
    second = make_worker("FO", cast.mae_sot)

    def asked(name: str, due: float = 72.0, **facts):
        case = home(name)
        return fund.make_request(
            case, case.child, ("health_cost", 3000), by=worker, received_at=ASKED, decision_due_at=after(due), **facts
        )

    def chain(request, act: str, at: float, **facts):
        end = {"approve": "approved", "reject": "rejected"}[act]
        fund.make_chain(request, officer, (second, "FO", act, ""), state=end, decided_at=after(at), **facts)
        return fund.decide(request, end, *([3000] if end == "approved" else []), decided_at=after(at))

    def turned(name: str):
        request = asked(name, state="ineligible", told_code="outside", decided_at=after(35))
        record_event(
            "emergency_fund.request.ineligible", actor=officer, subject=request, office_id=request.office_id,
            at=after(35),
        )  # fmt: skip
        return request

    def appeal(request, end: str, at: float, **now) -> None:
        """Made at 50 hours; the clock of the request starts anew."""
        made = Appeal.rows.create(
            request=request, against=request.state, first_code=request.told_code, made_by=request.requester,
            relation="mother", channel="phone", made_on=after(50).date(), why="THE REASON", due_at=after(50 + 14 * 24),
            first_due_at=request.decision_due_at, noted_by=worker, noted_at=after(50), state=end,
            decided_at=None if end == "open" else after(at),
        )  # fmt: skip
        about = {"subject_type": "emergency_fund.appeal", "subject_id": made.pk, "kind": "emergency_fund.appeal"}
        first, act = request.approval, "approve" if end == "granted" else "reject"
        acts = () if end == "open" else ((manager, "FA", act, ""),)
        states = {"granted": "approved", "upheld": "rejected", "open": "pending"}
        fund.make_chain(request, worker, *acts, steps=("FA",), state=states[end], decided_at=made.decided_at, **about)
        AssistanceRequest.rows.filter(pk=request.pk).update(approval=first, **now)

    clock = {"decision_due_at": after(50 + 14 * 24)}
    appeal(chain(asked("Nan Wah"), "reject", 75), "upheld", 90, state="upheld", told_code="limit", **clock)
    anew = {"state": "submitted", "told_code": "", "decided_at": None, "decision_due_at": after(60 + 72)}
    appeal(turned("Eh Moo"), "granted", 60, **anew)
    appeal(turned("Paw Lah"), "upheld", 60, state="upheld", told_code="limit", **clock)
    first = chain(asked("Su Noe", due=24), "approve", 60, bypassed_by=manager, bypassed_at=after(10))
    AssistanceRequest.rows.filter(pk=first.pk).update(decided_at=after(10))
    less = chain(asked("Min Oo"), "approve", 20)
    less.lines.update(approved=2000)
    appeal(less, "open", 0)
    chain(asked("Zin Mar"), "reject", 30)


def test_an_appeal_changes_neither_when_it_was_decided_nor_what_was_turned_away(client_of, cast, appealed):
    page = client_of(cast.of("FA")).get(PAGE)
    assert (stat(page, "in-time").value, stat(page, "in-time").note) == ("83%", "5 of 6 requests")
    assert figure(page, "decision")[-1][1:] == ["32.5", "75", "6"]
    assert [line[1:] for line in figure(page, "outcomes")] == [
        ["2", "33%"], ["2", "33%"], ["0", "0%"], ["2", "33%"], ["4", "80%"], ["1", "33%"],
    ]  # fmt: skip
    codes = {line[0]: line[1:] for line in figure(page, "codes")}
    assert codes["Not for this fund"] == ["0", "0", "2", "2"] and codes["The fund gives no more for it"][0] == "1"
    signed = {line[0]: line[1] for line in figure(page, "spread")}
    assert [number for name, number in signed.items() if "Fund manager" in name] == ["3", "3"]


def test_what_was_helped_first_is_decided_while_the_others_still_sign(client_of, cast, appealed):
    first = AssistanceRequest.rows.get(approval__bypassed_by__isnull=False)
    ApprovalRequest.rows.filter(pk=first.approval_id).update(state="pending", decided_at=None)
    page = client_of(cast.of("FA")).get(PAGE)
    assert stat(page, "in-time").note == "5 of 6 requests"
    assert figure(page, "outcomes")[0][1:] == ["2", "33%"]


def test_what_it_cost_and_who_had_it(client_of, cast, world):
    child, today = world["a"].case.child, timezone.localdate()
    cover = quote_cover(
        child=child, scheme="migrant_card", valid_from=today, valid_to=today, programme="emergency_fund",
        office=cast.mae_sot, subject=world["a"],
    )  # fmt: skip
    move_cover(cover=move_cover(cover=cover, to=CoverState.ORDERED), to=CoverState.ACTIVE)
    page = client_of(cast.of("FA")).get(PAGE)
    costs = {line[0]: line[1:] for line in figure(page, "cost")}
    assert costs["Health cost"] == ["1", "฿3,000", "฿3,000"]
    assert costs["Nutrition"] == ["1", "฿400", "฿400"]
    assert costs["Hygiene kit"] == ["0", "฿0", "–"]
    assert costs["All requests"] == ["2", "฿3,400", "฿1,700"]
    assert sorted(line[2] for line in figure(page, "ageing")) == ["฿0", "฿0", "฿0", "฿600"]
    assert (stat(page, "insured").value, stat(page, "insured").note) == ("50%", "1 of 2 children")
    values = [line[1] for line in figure(page, "spread")]
    assert values == ["50%", "88%", "0", "1", "1", "3", "3"]


def test_money_used_against_time(client_of, cast, home):
    budget = make_line(cast.mae_sot, cast.of("FA"), 10_000, kinds=["health_cost", "nutrition"])
    second = make_worker("FO", cast.mae_sot)
    case = home("Nan Wah")
    add_member(
        family=case.family, person=make_person("Naw Paw", born=dt.date(1990, 1, 1)), role="mother", by=cast.of("CW")
    )
    request = way.approved(case, cast.of("CW"), cast.of("FO"), second, budget)
    way.paid(request.lines.first(), cast.of("CSH"))
    page = client_of(cast.of("FA")).get("/reports/?board=emergency_fund")
    assert figure(page, "burn")[0][1:3] == ["฿10,000", "9%"]
    assert figure(page, "spread")[1][1] == "100%"


def test_each_figure_leads_to_its_requests(client_of, cast, world):
    manager = client_of(cast.of("FA"))
    page = manager.get(PAGE)
    link = page.context["figures"]["outcomes"]["lines"][1][1][0][1]
    listed = manager.get(link)
    assert [one.number for one in listed.context["children"]] == [world["c"].number]
    assert "1 request" in listed.content.decode()
    assert manager.get(listed.context["children"][0].url).status_code == 200
    assert {one.number for one in client_of(cast.of("CW")).get(link).context["children"]} == {world["c"].number}


def test_the_list_behind_a_figure_says_what_it_counts_and_what_each_row_adds(client_of, cast, world):
    manager = client_of(cast.of("FA"))

    def behind(key: str, row: int = 0, column: int = 0):
        return manager.get(f"/reports/figures/emergency_fund/{key}/{row}/{column}/?{PAGE.partition('?')[2]}")

    paid = behind("paid")
    assert {one.number: one.adds for one in paid.context["children"]} == {
        world["a"].number: "฿3,000", world["b"].number: "฿400",
    }  # fmt: skip
    assert paid.context["figure"] == "The figure: ฿3,400. It is the sum of the rows."
    assert "฿3,000" in paid.content.decode()
    assert behind("insured").context["figure"].startswith("The figure: ")
    assert "Here is what belongs to them." in behind("insured").context["figure"]
    assert {one.adds for one in behind("to-decision").context["children"]} >= {"10 hours", "80 hours"}
    assert behind("cost", 5, 2).context["figure"].endswith("divided by 2.")
    waiting = behind("open")
    assert (waiting.context["figure"], waiting.context["added"]) == ("", {}), "each row counts once"


@pytest.mark.parametrize("role", ["CSH", "DPO"])
def test_who_may_not_open_requests_sees_figures_only(client_of, cast, world, role):
    caller = client_of(cast.of(role))
    page = caller.get(PAGE)
    assert page.status_code == 200
    assert not any(one["url"] for one in page.context["stats"])
    link = client_of(cast.of("FA")).get(PAGE).context["figures"]["outcomes"]["lines"][1][1][0][1]
    assert caller.get(link).status_code == 403


def counted(cast, first: dt.date, last: dt.date):
    """The requests as they are counted for a period, and that period."""
    scope = Scope(
        period=periods.Period(kind="own", first=first, last=last), before=None, offices=frozenset([cast.mae_sot.pk]),
        today=timezone.localdate(), language="en",
    )  # fmt: skip
    return world_of(scope, first).requests, scope.period


def came_back(delivery: Delivery, baht: int, on: dt.date, written: dt.datetime, **facts) -> None:
    DeliveryReturn.rows.create(
        delivery=delivery, amount=baht, reason="The transfer failed", key=f"b-{delivery.pk}", on=on, at=written,
        by=delivery.by, **facts,
    )  # fmt: skip


def test_what_came_back_counts_on_its_true_day(cast, world):
    """Written down in December, it came back in November: finance and the ledger have it there."""
    november, december = (dt.date(2026, 11, 1), dt.date(2026, 11, 30)), (dt.date(2026, 12, 1), dt.date(2026, 12, 31))
    written = dt.datetime(2026, 12, 2, 3, 0, tzinfo=dt.UTC)
    came_back(world["a"].lines.get().deliveries.get(), 1000, dt.date(2026, 11, 30), written)
    assert [f5_paid(*counted(cast, *span)).value for span in (november, december)] == [2400, 0]


def test_what_comes_back_years_later_counts(cast, home):
    """The request itself ended long before the period."""
    case, long_ago = home("Nan Wah"), dt.datetime(2024, 3, 1, 3, 0, tzinfo=dt.UTC)
    request = fund.make_request(case, case.child, ("health_cost", 3000), by=cast.of("CW"), received_at=long_ago)
    fund.decide(request, "closed", 3000, decided_at=long_ago)
    AssistanceRequest.rows.filter(pk=request.pk).update(decision_due_at=long_ago)
    paid = fund.make_delivery(
        request.lines.get(), 3000, case.child, cast.of("CSH"), on=long_ago.date(), at=long_ago
    )  # fmt: skip
    span = (dt.date(2026, 11, 1), dt.date(2026, 11, 30))
    assert f5_paid(*counted(cast, *span)).value == 0
    came_back(paid, 1000, dt.date(2026, 11, 28), dt.datetime(2026, 11, 28, 3, 0, tzinfo=dt.UTC))
    assert f5_paid(*counted(cast, *span)).value == -1000


def test_a_transfer_that_failed_is_no_first_help(cast, world):
    paid = world["a"].lines.get().deliveries.get()
    span = (dt.date(2026, 11, 1), dt.date(2026, 11, 30))
    came_back(paid, 3000, dt.date(2026, 11, 25), after(40), is_to_pay_again=True)
    assert dict(f3_to_first_aid(*counted(cast, *span)).days) == {world["b"].pk: 100}
    world["a"].lines.update(paid=0)
    fund.make_delivery(world["a"].lines.get(), 3000, paid.received_by, paid.by, on=dt.date(2026, 11, 26), at=after(72))
    assert dict(f3_to_first_aid(*counted(cast, *span)).days) == {world["a"].pk: 72, world["b"].pk: 100}


def test_a_child_with_two_records_is_one_child(cast, world):
    span = (dt.date(2026, 11, 1), dt.date(2026, 11, 30))
    assert f5_cost(*counted(cast, *span)).per_child.over == 2
    kept, dropped = (world[key].lines.get().child for key in "ab")
    type(kept).rows.filter(pk=dropped.pk).update(merged_into=kept)
    assert f5_cost(*counted(cast, *span)).per_child.over == 1
    assert children_helped(*counted(cast, *span)) == {kept.pk}


def test_small_numbers_are_hidden_from_who_reads_by_pseudonym(client_of, cast, world):
    page = client_of(cast.of("PM")).get(PAGE)
    assert stat(page, "open").value == stat(page, "in-time").value == "*"
    assert {text for line in figure(page, "cost") for text in line[1:]} <= {"*", "0", "฿0", "–"}
    link = client_of(cast.of("FA")).get(PAGE).context["figures"]["outcomes"]["lines"][1][1][0][1]
    assert client_of(cast.of("PM")).get(link).status_code == 404


def test_the_officer_opens_no_list_of_births(client_of, cast):
    answer = client_of(cast.of("FO")).get("/reports/figures/registration/open/0/0/")
    assert answer.status_code == 404


def test_the_filter_and_the_report_stay_with_the_fund(client_of, cast, world):
    manager = client_of(cast.of("FA"))
    page = manager.get(PAGE)
    assert '<input type="hidden" name="board" value="emergency_fund">' in page.content.decode()
    order = manager.get(f"/reports/made/{page.context['board_query']}")
    assert str(order.context["board"].label) == "Emergency fund"
    assert [key for key, _name in order.context["form"].fields["language"].choices] == ["th", "en", "my"]
    assert "staff" in dict(order.context["form"].fields["readers"].choices)
    assert order.context["form"]["readers"].value() == "organisation", "a paper is passed on: no small numbers"
    births = client_of(cast.of("CW")).get("/reports/made/?board=registration")
    assert [key for key, _name in births.context["form"].fields["language"].choices] == ["th", "en"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Emergency fund report", "Quarter 4 of 2026", "What was decided", "What the figures mean"]),
        ("th", ["รายงานกองทุนช่วยเหลือฉุกเฉิน", "2569", "ความหมายของตัวเลข"]),
        ("my", ["အရေးပေါ်ရန်ပုံငွေ", "2026", "ကိန်းဂဏန်းများ"]),
    ],
)
def test_the_report_is_ordered_on_the_page_and_printed(client_of, cast, world, language, words):
    data = {"period": "quarter:2026-4", "offices": [cast.mae_sot.pk], "language": language, "readers": "staff"}
    answer = client_of(cast.of("FA")).post("/reports/made/?board=emergency_fund", data)
    document = Document.rows.get()
    assert answer.url == reverse("documents:document", args=[document.pk])
    assert (document.kind, document.facts["paper"]["stats"][1]["value"]) == ("emergency_fund.report", "60%")
    made = render_document(document_id=document.pk, now=timezone.now())
    assert made.state == "ready", made.failure
    text = squeezed("".join(page_text(read(made.file, made.sha256))))
    assert [word for word in words if squeezed(word) not in text] == []
    assert client_of(cast.of("PM")).get(answer.url).status_code == 404  # all numbers: not for who reads by pseudonym


def test_a_report_for_outside_hides_what_is_small(client_of, cast, world):
    data = {"period": "year:2026", "offices": [cast.mae_sot.pk], "language": "en", "readers": "outside"}
    assert client_of(cast.of("PM")).post("/reports/made/?board=emergency_fund", data).status_code == 302
    paper = Document.rows.get().facts["paper"]
    assert {one["value"] for one in paper["stats"]} == {"*"}
    staff = client_of(cast.of("PM")).post("/reports/made/?board=emergency_fund", data | {"readers": "staff"})
    assert staff.status_code == 422


def test_the_years_of_a_donor_are_offered_and_counted(client_of, cast, world):
    make_line(cast.mae_sot, cast.of("FA"), 10_000, kinds=["nutrition"])
    manager = client_of(cast.of("FA"))
    groups = dict(manager.get(PAGE).context["form"].fields["period"].choices)
    (key, name), *_rest = groups["Donor year"]
    assert key.startswith("free:") and "–" in str(name)
    assert manager.get("/reports/", {"board": "emergency_fund", "period": key}).status_code == 200


def test_filters_part_the_requests_for_who_opens_them(client_of, cast, world):
    def told(role, **only):
        page = client_of(cast.of(role)).get(PAGE + "".join(f"&only_{key}={value}" for key, value in only.items()))
        return page.context["form"].refused, {key: page.context["figures"][key] for key in page.context["figures"]}

    def requests(figures, key="cost"):
        return [cells[0][0] for _name, cells in figures[key]["lines"]]

    make_line(cast.mae_sot, cast.of("FA"), 10_000, kinds=["nutrition"])
    _none, whole = told("FO")
    assert "burn" in whole
    for one in FundBoard.filters:
        parts = [told("FO", **{one.key: value})[1] for value, _name in one.values(frozenset())]
        assert [sum(map(int, line)) for line in zip(*map(requests, parts), strict=True)] == list(
            map(int, requests(whole))
        )
        assert not any("burn" in part for part in parts), "a donor gives for all of them"
    assert requests(told("FO", urgency="24h")[1])[-1] == "1"
    assert [one.code for one in told("PM", urgency="24h")[0]] == ["REP-10"]
    assert [one.code for one in told("FO", urgency="1h")[0]] == ["REP-9"]


def test_what_is_kept_equals_what_was_counted(cast, world, django_assert_max_num_queries):
    span, today = periods.year(2026), timezone.localdate()
    scope = Scope(period=span, before=span.before(), offices=frozenset([cast.mae_sot.pk]), today=today, language="en")
    with django_assert_max_num_queries(20):
        reading = FundBoard().read(scope)
    kept = unpacked(packed(reading))
    assert [stat.measure for stat in kept.stats] == [stat.measure for stat in reading.stats]
    assert [table.rows for table in kept.tables] == [table.rows for table in reading.tables]


def test_a_part_that_could_be_worked_out_is_hidden_with_a_small_one():
    many, few = frozenset(range(40)), frozenset({1, 2})
    whole = [Rate(met=many, of=many), Rate(met=frozenset(range(20)), of=many), Rate(met=few, of=many)]
    assert {row for row, _column in hidden_measures([whole], 3, 5)} >= {1, 2}
    assert hidden_measures([whole], 0, 5) == {(2, 0)}
    assert hidden_measures([whole], 3, 0) == set()


def test_amounts_tell_baht_and_portions_percent():
    assert Amount(parts=((1, 10_050), (2, 50)), over=2).value == Decimal("50.5")
    assert Amount(parts=(), over=0).value is None
    assert Portion(parts=((1, 500),), whole=1000, base=7).value == 50
