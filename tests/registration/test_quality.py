"""M7 to M9, M11 to M14 and M16 on small data with figures worked out by hand, and of records made by the services."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.kernel.dates import BirthDate, Precision
from casework.people.services.papers import add_paper
from casework.reports.boards import Scope
from casework.reports.periods import month
from registration import quality as q
from registration.models import BirthRecord, FollowUp
from registration.queries.quality import beside
from registration.reports import BirthBoard
from registration.services import consular, corrections, progress
from registration.services import office as at_office
from tests.factories import registration as births

from .test_indicators import done, line

TODAY = births.TODAY
NOVEMBER = month(2026, 11)


def test_m7_counts_registration_on_the_first_visit():
    on, later = dt.date(2026, 11, 10), dt.date(2026, 11, 20)
    lines = [done(1, on, later), done(2, on, later), done(3, on, later), line(4), done(5, on, dt.date(2026, 12, 1))]
    rate = q.m7_first_time(lines, NOVEMBER, {1: 1, 2: 2, 5: 1})
    assert (rate.met, rate.of) == ({1}, {1, 2}), "the third has no visit written down, the fifth is of December"


def test_m8_counts_each_child_once_by_office_and_reason():
    rows = [
        q.GivenBack(birth=1, office=7, reason="missing_paper", result="returned"),
        q.GivenBack(birth=1, office=7, reason="missing_paper", result="returned"),
        q.GivenBack(birth=1, office=7, reason="name_error", result="refused"),
        q.GivenBack(birth=2, office=8, reason="missing_paper", result="returned"),
        q.GivenBack(birth=9, office=8, reason="missing_paper", result="returned"),
    ]
    assert q.m8_given_back([line(1), line(2)], rows) == {
        (7, "missing_paper"): ({1}, set()), (7, "name_error"): (set(), {1}), (8, "missing_paper"): ({2}, set()),
    }  # fmt: skip


def test_m9_is_of_those_taken_to_an_office_without_papers_of_the_parents():
    on = dt.date(2026, 11, 10)
    lines = [done(1, on, on), line(2, first_submitted_on=on), done(3, on, on), line(4)]
    rate = q.m9_without_papers(lines, NOVEMBER, frozenset({1, 2, 4}))
    assert (rate.met, rate.of) == ({1}, {1, 2})


def test_m11_is_of_the_certificates_that_were_compared_in_all_and_by_line():
    rates = q.m11_differing([line(1), line(2), line(3)], frozenset({1, 2, 9}), {
        "name_th": frozenset({1, 3}), "sex": frozenset({1}),
    })  # fmt: skip
    assert {key: (rate.met, rate.of) for key, rate in rates.items()} == {
        "": ({1}, {1, 2}), "name_th": ({1}, {1, 2}), "sex": ({1}, {1, 2}),
    }  # fmt: skip


def test_m12_sums_each_kind_and_the_part_of_the_clinic_where_it_is_known():
    costs = [
        q.Cost(birth=1, kind="fine", satang=20000), q.Cost(birth=2, kind="fine", satang=100050),
        q.Cost(birth=1, kind="correction", satang=5000, is_ours=True),
        q.Cost(birth=2, kind="correction", satang=10000, is_ours=False),
        q.Cost(birth=9, kind="fine", satang=1),
    ]  # fmt: skip
    found = q.m12_costs([line(1), line(2)], costs)
    assert (found["fine"][0].value, found["fine"][1].value) == (1200.5, None)
    assert (found["correction"][0].value, found["correction"][1].value) == (150.0, 33)


def test_m13_is_of_those_to_whom_a_service_applies():
    on = dt.date(2026, 11, 10)
    lines = [done(number, on, on, handed_over_on=on) for number in (1, 2, 3)] + [done(4, on, on)]
    all_four = frozenset({1, 2, 3, 4})
    told = q.Beside(
        offered={"school": frozenset({1, 2, 4})}, wanted={"school": frozenset({1})}, linked={"school": all_four}
    )
    wanted, linked = q.m13_linked(lines, NOVEMBER, told, ["school"])["school"]
    assert (wanted.met, wanted.of, linked.met) == ({1}, {1, 2}, {1, 2})


def test_m14_and_m16_are_of_the_families_who_came_in_the_period():
    lines = [line(1), line(2, precision=Precision.MONTH), line(3), line(4, opened_on=dt.date(2026, 12, 1))]
    everybody = frozenset({1, 2, 3, 4})
    told = q.Beside(
        interpreted=frozenset({1, 4}), agreed=frozenset({1, 3, 4}), withdrawn=frozenset({3, 4}),
        without_thai_name=everybody, without_place=frozenset({2}), acknowledged=frozenset({4}),
    )  # fmt: skip
    assert q.m14_interpreter(lines, NOVEMBER, told).percent == 33
    withdrawn = q.m14_withdrawn(lines, NOVEMBER, told)
    assert (withdrawn.met, withdrawn.of) == ({3}, {1, 3})
    lacking = {key: rate.met for key, rate in q.m16_quality(lines, NOVEMBER, told).items()}
    assert lacking == {"date": {2}, "thai_name": {1, 2, 3}, "place": {2}, "warning": set()}


@pytest.fixture
def scope(cast) -> Scope:
    values = {"period": NOVEMBER, "before": None, "today": TODAY, "language": "en"}
    return Scope(offices=frozenset({cast.mae_sot.pk}), **values)


def table(scope: Scope, key: str) -> dict[str, list]:
    """Line → the numbers of its cells."""
    found = BirthBoard().read(scope).table(key)
    if key == "returns":
        return {str(row.name): [len(cell) for cell in row.cells] for row in found.rows}
    return {str(name): [measure.value for measure in measures] for name, measures in found.rows}


@pytest.mark.django_db
def test_what_an_office_gives_back_and_what_it_takes_in_the_end(cast, scope):
    worker = cast.of("CW")
    twice = births.ready(cast.mae_sot, worker)
    first = births.visit(twice, worker, fine_baht=Decimal("200"), other_cost_baht=Decimal("50.50"))
    told = {"visit": first, "on": TODAY, "by": worker, "today": TODAY}
    at_office.record_return(refused=False, reason="missing_paper", text="", **told)
    twice.refresh_from_db()
    progress.declare_ready(birth=twice, by=worker, now=births.NOW, today=TODAY)
    births.visit(twice, worker)
    at_office.record_outcome(birth=twice, values=births.certificate(), by=worker, today=TODAY)
    births.registered(cast.mae_sot, worker)
    assert table(scope, "results")["Registered on the first visit to the office"] == [2, 1, 50]
    assert table(scope, "returns") == {"Mae Sot City Municipality registry: A paper is missing": [1, 0]}
    costs = table(scope, "costs")
    assert costs["Fines"] == [1, 200.0, None]
    assert costs["Other costs of visits, such as the way or a translation"] == [1, 50.5, None]


@pytest.mark.django_db
def test_neither_parent_has_a_paper(cast, scope):
    worker = cast.of("CW")
    none = {"has_paper": False}

    def taken(mother: dict, father: dict | None) -> BirthRecord:
        parents = (births.known("mother", births.invented_name(str(mother) + str(father), "mother"), **mother),
                   births.missing("father") if father is None else births.known("father", **father))  # fmt: skip
        birth = births.ready(cast.mae_sot, worker, births.birth_facts(parents=parents))
        births.visit(birth, worker)
        return birth

    without = taken(none, None)
    taken(none, {})  # the father was not asked
    taken(none, {"has_paper": True})
    found_later = taken({**none, "marriage": ""}, None)
    mother = found_later.parents.get(role="mother").person
    add_paper(person=mother, type="passport", number="MB123456", by=worker, today=TODAY)
    assert beside(scope, NOVEMBER).without_papers == {without.pk}
    assert table(scope, "results")["Registered though neither parent has a paper"] == [1, 0, 0]
    at_office.record_outcome(birth=without, values=births.certificate(), by=worker, today=TODAY)
    assert table(scope, "results")["Registered though neither parent has a paper"] == [1, 1, 100]


@pytest.mark.django_db
def test_certificates_that_differ_and_what_their_correction_cost(cast, scope):
    worker = cast.of("CW")
    wrong = births.registered(cast.mae_sot, worker, name_th="ชื่อผิด")
    right = births.registered(cast.mae_sot, worker)
    births.registered(cast.mae_sot, worker, name_th="ชื่ออื่น")  # nobody has compared it
    for outcome in (wrong, right):
        at_office.check_outcome(outcome=outcome, by=worker, today=TODAY)
    told = table(scope, "certificates")
    assert (told["Any line"], told["Child"], told["Sex"]) == ([2, 1, 50], [2, 1, 50], [2, 0, 0])
    correction = births.correction(wrong.birth, worker)
    corrections.record_fee(correction=correction, fee_baht=Decimal("20"), paid_by="clinic", by=worker)
    assert table(scope, "costs")["Fees for corrections"] == [1, 20.0, 100]


@pytest.mark.django_db
def test_services_after_the_handover(cast, scope):
    worker = cast.of("CW")
    outcome = births.registered(cast.mae_sot, worker)
    at_office.check_outcome(outcome=outcome, by=worker, today=TODAY)
    handed = {"to": "Naw Paw", "relation": "mother", "sign": "signature", "on": TODAY}
    at_office.hand_over(birth=outcome.birth, by=worker, today=TODAY, **handed)
    birth = BirthRecord.rows.get(pk=outcome.birth_id)
    rows = {row.kind: row for row in FollowUp.rows.filter(birth=birth)}
    for kind, answer in (("insurance", "offered"), ("school", "not_applicable"), ("nationality", "declined")):
        at_office.answer_follow_up(follow_up=rows[kind], answer=answer, by=worker, today=TODAY)
    consular.note_consular_talk(
        birth=birth, offered_on=TODAY, risk_discussed=True, decision="yes", by=worker, today=TODAY
    )
    told = table(scope, "services")
    assert told["Health insurance"] == [1, 1, 0, 0]
    assert told["School"] == [0, 0, 0, None]
    assert told["Advice on nationality"] == [1, 0, 0, 0]
    assert told["Entered in a profile register"] == [1, None, 1, 100]
    assert told["Registration with the family’s own state"] == [1, 1, None, None]


@pytest.mark.django_db
def test_what_is_not_known_of_the_families_who_came(cast, scope):
    worker = cast.of("CW")
    births.make_birth(cast.mae_sot, worker, births.birth_facts(interpreter_language="ksw"))
    month_only = BirthDate(dt.date(2026, 11, 1), Precision.MONTH)
    vague = births.birth_facts(month_only, names={"Latn": "Eh Htoo Say"}, place_kind="unknown", proof="none")
    births.make_birth(cast.mae_sot, worker, vague)
    light = births.birth_facts(weight_g=1200)
    births.make_birth(cast.mae_sot, worker, light, acknowledged=["BR-BIRTH-3"])
    told = table(scope, "records")
    assert told["The interpreter’s language is written down"] == [3, 1, 33]
    assert told["The day of birth is not known"] == [3, 1, 33]
    assert told["No name in Thai letters"] == [3, 1, 33]
    assert told["The place of birth is not known"] == [3, 1, 33]
    assert told["Somebody went on over a warning"] == [3, 1, 33]
    assert told["A consent was withdrawn, of those who had agreed"] == [0, 0, None]


@pytest.mark.django_db
def test_the_definitions_stand_in_their_order(scope):
    assert [one.code for one in BirthBoard().read(scope).definitions] == [f"M{n}" for n in range(1, 17)] + ["B"]


@pytest.mark.django_db
def test_nothing_of_quality_asks_more_of_many_records(cast, scope):
    with CaptureQueriesContext(connection) as few:
        beside(scope, NOVEMBER)
    for _more in range(3):
        births.registered(cast.mae_sot, cast.of("CW"))
    with CaptureQueriesContext(connection) as many:
        beside(scope, NOVEMBER)
    assert len(many) == len(few) == 13
