"""The figures of the fund on what came after decisions, F11 to F16, against small worlds counted by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from casework.people.services.families import add_member, create_family
from casework.reports import periods
from casework.reports.boards import Scope
from casework.reports.figures import Legs
from casework.reports.measures import Amount, Heads, Spread, Things
from casework.reports.packing import packed, unpacked
from casework.reports.present import shown_table, value_text
from casework.reports.suppression import hidden_measures, hides
from casework.reports.words import said
from casework.stock.models import Lot
from casework.stock.services.movements import move_stock
from casework.stock.states import MovementKind
from emergency_fund import after_indicators as i
from emergency_fund.models import EntitlementUpdate, HardshipIncident, InsurancePolicy, PostDistributionCheck
from emergency_fund.reports import FundBoard
from tests.factories import fund
from tests.factories.cases import make_case
from tests.factories.people import make_person
from tests.factories.stock import make_item, make_store, second_person

from .insured import quoted

pytestmark = pytest.mark.django_db
PAGE = "/reports/?board=emergency_fund&compare=none&period="
OCTOBER = "month:2026-10"
FIRST, LAST = dt.date(2026, 10, 1), dt.date(2026, 10, 31)
DAY = dt.timedelta(days=1)


def local(day: dt.date, hour: int = 12, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


@pytest.fixture
def asked(cast):
    """A request of a family of an office, after an injury at work."""

    def make(name: str, office=None, case=None, **facts):
        office = office or cast.mae_sot
        worker = cast.of("CW", office.code)
        if case is None:
            family, child = create_family(by=worker), make_person(name, born=dt.date(2020, 7, 1))
            add_member(family=family, person=child, role="child", by=worker)
            case = make_case(office, worker, child=child, family=family)
        return fund.make_request(case, case.child, ("nutrition", 800), by=worker, **{"state": "delivered"} | facts)

    return make


@pytest.fixture
def drawn(cast):
    """A payment of a request, drawn at a moment, with what the family said."""

    def make(request, at: dt.datetime, result: str = ""):
        line = fund.add_line(request, request.case.child, "nutrition", 100)
        delivery = fund.make_delivery(line, 100, request.case.child, cast.of("CSH"))
        state = "waiting" if not result else "unreached" if result == "not_reached" else "done"
        said = {"on": LAST, "by": cast.of("SUP"), "amount": Decimal(90)} if result else {}
        return PostDistributionCheck.rows.create(
            delivery=delivery, drawn_at=at, state=state, result=result, **said
        )  # fmt: skip

    return make


def figure(page, key: str) -> list[list[str]]:
    return [[name, *(text for text, _url in cells)] for name, cells in page.context["figures"][key]["lines"]]


def told(page, key: str) -> list[list[str]]:
    return [line[1:] for line in figure(page, key)]


def links(page, key: str) -> list[str]:
    return [url for _name, cells in page.context["figures"][key]["lines"] for _text, url in cells if url]


# F11


@pytest.fixture
def verified(cast, asked, drawn):
    """Of six requests in October: two all, one with issues, one nothing, one not reached, one to be called."""
    first, last = local(FIRST, 0, 1), local(LAST, 23, 59)
    rows = [asked(name) for name in ("Nan Wah", "Eh Moo", "Paw Lah", "Su Noe", "Min Oo", "Zin Mar")]
    for row, at, results in (
        (rows[0], first, ["received"]), (rows[1], last, ["received", "received"]),
        (rows[2], first, ["received", "issues"]), (rows[3], last, ["issues", "not_received", ""]),
        (rows[4], first, ["received", "not_reached"]), (rows[5], first, ["received", ""]),
    ):  # fmt: skip
        for result in results:
            drawn(row, at, result)
    drawn(asked("Kyaw Soe"), last + DAY, "issues")
    drawn(rows[0], first - dt.timedelta(minutes=2), "not_received")
    drawn(asked("Aye Aye", cast.ranong), first, "received")
    return rows


def test_families_asked_are_counted_by_the_worst_they_said(client_of, cast, verified):
    manager = client_of(cast.of("FA"))
    page = manager.get(PAGE + OCTOBER)
    assert figure(page, "verified") == [
        ["Received, all of it", "2", "33%"], ["Received, with issues", "1", "17%"], ["Not received", "1", "17%"],
        ["Nobody was reached", "1", "17%"], ["To be called", "1", "17%"],
        ["All requests with a payment that was drawn", "6", "100%"],
    ]  # fmt: skip
    link = page.context["figures"]["verified"]["lines"][1][1][0][1]
    assert [one.number for one in manager.get(link).context["children"]] == [verified[2].number]
    elsewhere = client_of(cast.of("FA", "RN")).get(PAGE + OCTOBER)
    assert told(elsewhere, "verified")[-1] == ["1", "100%"]


def test_few_families_are_hidden_with_what_would_tell_them(client_of, cast, asked, drawn):
    for number in range(20):
        drawn(asked(f"Child {number}"), local(FIRST), "received" if number < 17 else "issues")
    page = client_of(cast.of("PM")).get(PAGE + OCTOBER)
    assert told(page, "verified") == [["*", "*"], ["*", "*"], *[["0", "0%"]] * 3, ["20", "100%"]]
    hidden = page.context["figures"]["verified"]["lines"][1][1][0]
    assert hidden == ("*", "")
    seen = client_of(cast.of("FA")).get(PAGE + OCTOBER)
    link = seen.context["figures"]["verified"]["lines"][1][1][0][1]
    assert client_of(cast.of("PM")).get(link).status_code == 404
    assert client_of(cast.of("FA")).get(link).status_code == 200


# F12 and F13


@pytest.fixture
def stores(cast):
    """In October nothing of the soap of Mae Sot on three evenings; of its old pads 300 baht written off, 150 left."""
    keeper, here = cast.of("CSH"), make_store(cast.mae_sot, "Main store")
    soap, pads = make_item(name_en="Soap", minimum=10), make_item("pads", minimum=1)
    lot = Lot.objects.create(item=soap, number="A1", unit_cost=Decimal(1))
    old = Lot.objects.create(item=pads, number="P", expires_on=dt.date(2026, 11, 1), unit_cost=Decimal(15))

    def move(lot, kind, quantity, on, **more):
        key = f"{kind}-{quantity}-{on}"
        move_stock(store=here, lot=lot, kind=kind, quantity=Decimal(quantity), key=key, by=keeper, now=timezone.now(),
                   on=on, **more)  # fmt: skip

    move(lot, MovementKind.RECEIVE, 100, FIRST - 10 * DAY)
    move(lot, MovementKind.HAND_OVER, 100, FIRST - 2 * DAY, subject=make_person())
    move(lot, MovementKind.RECEIVE, 50, FIRST + DAY)
    move(lot, MovementKind.HAND_OVER, 50, LAST - DAY, subject=make_person())
    move(old, MovementKind.RECEIVE, 30, FIRST + 21 * DAY)
    lost = {"confirmed_by": second_person(), "cause": "expired"}
    move(old, MovementKind.WRITE_OFF, 19, LAST, **lost)
    move(old, MovementKind.WRITE_OFF, 1, LAST + DAY, **lost)
    make_store(cast.ranong)
    return here


def test_days_without_and_what_expired_are_told_of_each_store(client_of, cast, stores):
    page = client_of(cast.of("FA")).get(PAGE + OCTOBER)
    assert figure(page, "empty") == [
        ["Main store", "3", "7%"], ["Main store, Soap", "3", "10%"], ["All stores", "3", "7%"],
    ]  # fmt: skip
    assert figure(page, "expired") == [["Main store", "฿285", "฿150"], ["All stores", "฿285", "฿150"]]
    assert told(client_of(cast.of("FA")).get(PAGE + "month:2026-11"), "expired")[-1] == ["฿15", "฿150"]
    elsewhere = client_of(cast.of("FA", "RN")).get(PAGE + OCTOBER)
    assert figure(elsewhere, "empty") == [["Store room", "0", "–"], ["All stores", "0", "–"]]


@pytest.mark.parametrize(("role", "opens"), [("CSH", True), ("PM", True), ("AUD", True), ("FA", False), ("SUP", False)])
def test_a_store_opens_for_who_looks_after_it(client_of, cast, stores, role, opens):
    caller = client_of(cast.of(role))
    page = caller.get(PAGE + OCTOBER)
    assert told(page, "expired")[0] == ["฿285", "฿150"], "goods are of no person: nothing is hidden"
    found = links(page, "empty") + links(page, "expired")
    assert bool(found) == opens
    assert caller.get(f"/stores/{stores.pk}/").status_code == (200 if opens else 404)
    assert all(caller.get(link).status_code == 200 for link in found)


def test_offices_without_a_store_have_no_table_of_one(client_of, cast, asked):
    page = client_of(cast.of("FA")).get(PAGE + OCTOBER)
    assert {"verified", "kits"} <= set(page.context["figures"])
    assert not {"empty", "expired"} & set(page.context["figures"])


# F14


def test_kits_by_month_are_added_up(asked):
    span = periods.quarter(2026, 4)
    kits = [
        i.Kit(id=1, request=10, on=dt.date(2026, 9, 30), months=9), i.Kit(id=2, request=11, on=FIRST, months=4),
        i.Kit(id=3, request=11, on=LAST, months=4), i.Kit(id=4, request=12, on=dt.date(2026, 12, 31), months=3),
    ]  # fmt: skip
    assert [month.key for month in i.f14_months(kits, span)] == ["month:2026-10", "month:2026-11", "month:2026-12"]
    things, months = i.f14_kits(kits, span)
    assert (things.value, things.ids, months.value) == (3, {11, 12}, 11)
    assert [i.f14_kits(kits, month)[1].value for month in span.months()] == [8, 0, 3]
    assert i.f14_months(kits[:1], span) == []


# F15


def test_insurances_that_lapsed_are_told_of_those_that_ended(client_of, cast, asked):
    rows = []
    for name, office, state, on in (
        ("Nan Wah", "MS", "expired", FIRST), ("Eh Moo", "MS", "renewed", LAST), ("Paw Lah", "MS", "renewed", LAST),
        ("Su Noe", "MS", "renewed", LAST + DAY), ("Min Oo", "MS", "cancelled", LAST),
        ("Zin Mar", "RN", "expired", LAST),
    ):  # fmt: skip
        request = asked(name, cast.offices[office], state="screened")
        line = fund.add_line(request, request.case.child, "health_insurance", 500)
        policy = quoted(cast, line)
        InsurancePolicy.rows.filter(pk=policy.pk).update(state=state, ended_on=on, ordered_at=timezone.now())
        rows.append(request)
    manager = client_of(cast.of("FA"))
    page = manager.get(PAGE + OCTOBER)
    assert figure(page, "renewed") == [
        ["Ran out, nothing follows", "1", "33%"], ["Renewed, or another one follows", "2", "67%"],
        ["All that ended", "3", "100%"],
    ]  # fmt: skip
    link = page.context["figures"]["renewed"]["lines"][0][1][0][1]
    behind = manager.get(link)
    assert [one.number for one in behind.context["children"]] == [rows[0].number]
    assert behind.context["figure"] == "The figure: 1. It counts “Insurances”. Here is what they belong to."
    assert {text for line in told(client_of(cast.of("PM")).get(PAGE + OCTOBER), "renewed") for text in line} == {"*"}


# F16


def test_families_are_counted_by_the_best_end_of_their_first_claim(client_of, cast, asked):
    def claimed(request, *days: dt.date, end: str = "applied", entitlement: str = "wcf", first: str = "applied"):
        for day in days:
            EntitlementUpdate.rows.create(
                request=request, entitlement=entitlement, status=first, on=day, by=cast.of("FO"), at=local(day)
            )
        HardshipIncident.objects.filter(request=request).update(entitlement_status=end, entitlement=entitlement)

    both, late, early = asked("Nan Wah"), asked("Eh Moo"), asked("Paw Lah")
    claimed(both, FIRST, end="refused")
    claimed(asked("", case=both.case), LAST + DAY, end="receiving")
    claimed(late, LAST, LAST + DAY, end="refused")
    claimed(early, FIRST - DAY, FIRST, end="receiving")
    claimed(asked("", case=early.case), FIRST)
    claimed(asked("Su Noe"), FIRST, end="referred", first="referred")
    claimed(asked("Min Oo"), FIRST, end="not_eligible")
    claimed(asked("Zin Mar", incident="illness"), FIRST, end="receiving")
    claimed(asked("Kyaw Soe", cast.ranong), FIRST, end="exhausted")
    asked("Aye Aye")
    page = client_of(cast.of("FA")).get(PAGE + OCTOBER)
    assert figure(page, "claimed") == [
        ["Obtained it", "1", "33%"], ["Refused", "1", "33%"], ["No answer yet", "1", "33%"],
        ["All families that claimed or were sent to claim", "3", "100%"],
    ]  # fmt: skip
    assert told(client_of(cast.of("FA", "RN")).get(PAGE + OCTOBER), "claimed")[0] == ["1", "100%"]
    link = page.context["figures"]["claimed"]["lines"][0][1][0][1]
    assert len(client_of(cast.of("FA")).get(link).context["children"]) == 2, "both requests of the family"


# what all of them keep to


def test_what_came_after_is_kept_as_it_was_counted(cast, verified, stores, django_assert_max_num_queries):
    scope = Scope(
        period=periods.month(2026, 10), before=None, offices=frozenset([cast.mae_sot.pk]), today=timezone.localdate(),
        language="en",
    )  # fmt: skip
    with django_assert_max_num_queries(24):
        reading = FundBoard().read(scope)
    kept = unpacked(packed(reading))
    assert [table.rows for table in kept.tables] == [table.rows for table in reading.tables]
    assert {item.code for item in reading.definitions} == {f"F{number}" for number in range(1, 17)}
    assert all(item.numerator and item.period for item in reading.definitions)


def test_things_and_months_are_hidden_as_persons_are():
    few, many = frozenset(range(4)), frozenset(range(40))
    assert hides(Things(of=few, rows=many), 5) and not hides(Things(of=many, rows=few), 5)
    shares = [Heads(met=few, of=many, rows=many), Heads(met=many - few, of=many, rows=many)]
    assert hidden_measures([shares], 2, 5) >= {(0, 0), (1, 0)}
    months = Amount(parts=tuple((row, 300) for row in range(5)), unit="")
    assert value_text(months, 5, {}) == "15" and value_text(months, 6, {}) == "*"


def test_hours_that_could_be_worked_out_are_hidden_with_a_small_one():
    def hours(count: int) -> Spread:
        return Spread(days=tuple((row, 5) for row in range(count)), unit="hour")

    rows = tuple((str(count), hours(count)) for count in (3, 10, 14, 27))
    facts = {"key": "k", "title": "T", "heading": "H", "columns": ("m", "n", "c"), "rows": rows}
    told = shown_table(Legs(**facts, parts=3), 5, said("en")).part.rows
    assert [line[1] for line in told] == ["*", "*", "5", "5"]
    assert [line[1] for line in shown_table(Legs(**facts), 5, said("en")).part.rows] == ["*", "5", "5", "5"]
