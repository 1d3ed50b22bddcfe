"""The indicators on small data with figures worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from casework.kernel.dates import Precision
from casework.reports.periods import month, year
from registration import indicators as i
from registration.indicators import BlockedPaper, Line
from registration.states import Status

NOVEMBER = month(2026, 11)
TODAY = date(2026, 11, 30)


def line(number: int, **facts: object) -> Line:
    """A child born on 1 November 2026, opened on the 3rd; the fifteenth day is the 16th, a Monday."""
    values: dict = {
        "id": number,
        "child": number,
        "born_on": date(2026, 11, 1),
        "opened_on": date(2026, 11, 3),
        "due_on": date(2026, 11, 16),
        "effective_on": date(2026, 11, 16),
    }
    return Line(**{**values, **facts})


def done(number: int, submitted: date, registered: date, **facts: object) -> Line:
    return line(
        number,
        status=Status.REGISTERED,
        first_submitted_on=submitted,
        accepted_on=submitted,
        registered_on=registered,
        **facts,
    )


IN_TIME = done(1, date(2026, 11, 10), date(2026, 11, 20))
ON_THE_LAST_DAY = done(2, date(2026, 11, 16), date(2026, 11, 28))
A_DAY_LATE = done(3, date(2026, 11, 17), date(2026, 11, 20))
WAITING = line(4, status=Status.SUBMITTED, first_submitted_on=date(2026, 11, 12))
NOT_YET = line(5)
CAME_TOO_LATE = line(6, opened_on=date(2026, 11, 17))
SECOND_VISIT = done(7, date(2026, 11, 19), date(2026, 11, 25))  # first visit on the 9th was returned
SECOND_VISIT = Line(**{**SECOND_VISIT.__dict__, "first_submitted_on": date(2026, 11, 9)})
ABROAD = done(8, date(2026, 11, 5), date(2026, 11, 6), is_thai_birth=False)
MONTH_ONLY = done(9, date(2026, 11, 5), date(2026, 11, 6), precision=Precision.MONTH)
ALL = [IN_TIME, ON_THE_LAST_DAY, A_DAY_LATE, WAITING, NOT_YET, CAME_TOO_LATE, SECOND_VISIT, ABROAD, MONTH_ONLY]


def test_m1_counts_registration_on_a_visit_within_the_fifteen_days():
    rate = i.m1_registered_within_15(ALL, NOVEMBER)
    assert rate.met == {1, 2}
    assert rate.of == {1, 2, 3, 4, 5, 7}
    assert rate.percent == 33


def test_the_second_figure_of_m1_is_out_of_all_opened():
    rate = i.m1_of_all_opened(ALL, NOVEMBER)
    assert rate.of == {1, 2, 3, 4, 5, 6, 7}
    assert rate.percent == 29


def test_m2_counts_any_visit_within_the_fifteen_days():
    rate = i.m2_submitted_within_15(ALL, NOVEMBER)
    assert rate.met == {1, 2, 4, 7}
    assert rate.percent == 67


def test_the_last_day_is_the_one_moved_to_a_working_day():
    moved = done(1, date(2026, 11, 18), date(2026, 11, 19), effective_on=date(2026, 11, 18))
    assert i.m1_registered_within_15([moved], NOVEMBER).percent == 100


def test_a_birth_whose_fifteenth_day_is_still_to_come_is_not_counted():
    so_far = NOVEMBER.until(date(2026, 11, 15))
    assert i.m1_registered_within_15(ALL, so_far).percent is None


def test_an_imported_past_without_visits_keeps_what_was_written():
    past = line(1, status=Status.CLOSED, registered_on=date(2026, 11, 9), was_in_time=True)
    unsure = line(2, status=Status.CLOSED, registered_on=date(2026, 11, 9))
    assert i.m1_registered_within_15([past, unsure], NOVEMBER).met == {1}


def test_own_time_is_kept_until_its_last_day():
    t1 = {"track": "T1", "opened_on": date(2026, 11, 3)}
    lines = [
        line(1, **t1, first_submitted_on=date(2026, 11, 10)),
        line(2, **t1, first_submitted_on=date(2026, 11, 11)),
        line(3, **t1),
        line(4, track="T3", first_submitted_on=date(2026, 11, 4)),
        line(5, **t1 | {"opened_on": date(2026, 11, 24)}),
    ]
    rate = i.submitted_within(lines, NOVEMBER.until(date(2026, 11, 30)), 7)
    assert (rate.met, rate.of) == ({1}, {1, 2, 3})
    kept = done(6, date(2026, 11, 5), date(2026, 11, 6), handed_over_on=date(2026, 11, 20))
    late = done(7, date(2026, 11, 5), date(2026, 11, 6), handed_over_on=date(2026, 11, 21))
    rate = i.handed_over_within([kept, late, line(8)], NOVEMBER, 14)
    assert (rate.met, rate.of) == ({6}, {6, 7})


def leg(key: str) -> i.Leg:
    return next(found for found in i.LEGS if found.key == key)


def test_m3_medians_and_nine_in_ten_of_the_whole_way():
    # 19, 27, 19, 24 days; abroad 5 days; the month-only birth has no exact day
    spread = i.m3_leg(ALL, NOVEMBER, leg("birth_registered"))
    assert sorted(days for _id, days in spread.days) == [5, 19, 19, 24, 27]
    assert spread.value == 19
    assert spread.ninetieth == 27


def test_m3_of_an_even_number_takes_the_middle_and_the_nearest_rank():
    lines = [done(n, date(2026, 11, 2), date(2026, 11, 2 + n)) for n in range(1, 11)]
    spread = i.m3_leg(lines, NOVEMBER, leg("submitted_registered"))
    assert spread.value == 5.5
    assert spread.ninetieth == 9


def test_a_leg_is_counted_in_the_period_in_which_it_ended():
    across = done(1, date(2026, 11, 10), date(2026, 11, 20), handed_over_on=date(2026, 12, 2))
    assert i.m3_leg([across], NOVEMBER, leg("registered_handed_over")).days == ()
    assert i.m3_leg([across], month(2026, 12), leg("registered_handed_over")).days == ((1, 12),)


@pytest.mark.parametrize(
    ("born", "on", "band"),
    [
        (date(2026, 11, 1), date(2026, 11, 16), "d15"),
        (date(2026, 11, 1), date(2026, 11, 17), "d30"),
        (date(2026, 11, 1), date(2026, 12, 2), "d90"),
        (date(2026, 1, 1), date(2026, 4, 2), "d365"),
        (date(2024, 2, 29), date(2025, 2, 28), "d365"),
        (date(2024, 2, 29), date(2025, 3, 1), "y4"),
        (date(2020, 11, 1), date(2025, 10, 31), "y4"),
        (date(2020, 11, 1), date(2025, 11, 1), "y6"),
        (date(2020, 11, 1), date(2027, 11, 1), "y14"),
        (date(2005, 11, 2), date(2020, 11, 2), "y17"),
        (date(2005, 11, 2), date(2023, 11, 1), "y17"),
        (date(2005, 11, 2), date(2023, 11, 2), "y18"),
        (None, date(2026, 1, 1), "unknown"),
    ],
)
def test_age_bands_turn_on_the_right_day(born: date | None, on: date, band: str):
    assert i.band(born, on) == band


def test_m4_counts_children_by_age_on_the_day_of_registration():
    found = i.m4_registered(ALL, NOVEMBER)
    assert {key: len(held) for key, held in found.items() if held} == {"d15": 2, "d30": 4}


def test_m5_counts_open_records_by_age_and_status():
    old = line(10, born_on=date(2018, 5, 1), is_still=True)
    closed = line(11, status=Status.CLOSED, is_still=True)
    found = i.m5_backlog([WAITING, NOT_YET, CAME_TOO_LATE, old, closed, IN_TIME], TODAY)
    assert {key: [len(cell) for cell in cells] for key, cells in found.items() if any(cells)} == {
        "d30": [0, 2, 0, 1, 1],
        "y14": [0, 1, 0, 0, 0],
    }
    assert i.m5_still([old, closed, NOT_YET]) == {10}


def test_m6_counts_blocked_children_by_code_and_by_paper_with_days():
    paper = BlockedPaper(block="parent_no_id", requirement=3, since=date(2026, 11, 10))
    other = BlockedPaper(block="witness_missing", requirement=4, since=date(2026, 11, 28))
    lines = [
        line(1, blocked=(paper, other)),
        line(2, blocked=(BlockedPaper(block="parent_no_id", requirement=4, since=date(2026, 11, 20)),)),
        line(3, status=Status.CLOSED, blocked=(paper,)),
        done(4, date(2026, 11, 5), date(2026, 11, 6), blocked=(paper,)),
    ]
    codes = i.m6_by_code(lines, TODAY)
    assert {code: held for code, (held, _days) in codes.items()} == {"parent_no_id": {1, 2}, "witness_missing": {1}}
    assert codes["parent_no_id"][1].value == 15
    assert {paper: held for paper, (held, _days) in i.m6_by_requirement(lines, TODAY).items()} == {3: {1}, 4: {1, 2}}


def test_a_child_with_two_records_is_one_child():
    first = line(1, child=7, status=Status.CLOSED)
    again = line(2, child=7)
    assert i.each_child_once([first, again]) == [again]
    earlier = done(3, date(2026, 11, 5), date(2026, 11, 6), child=7)
    assert i.each_child_once([again, earlier]) == [earlier]
    assert len(i.each_child_once([first, line(4, child=8)])) == 2


def test_births_stand_in_their_month_and_the_unsure_apart():
    months = list(year(2026).until(TODAY).months())
    stopped = BlockedPaper(block="other", requirement=1, since=date(2026, 11, 2))
    lines = [
        *ALL[:5],
        line(20, born_on=date(2026, 10, 31), status=Status.CLOSED),
        line(21, born_on=date(2026, 6, 15), precision=Precision.YEAR),
        line(22, born_on=date(2026, 10, 1), precision=Precision.MONTH, blocked=(stopped,)),
        line(23, born_on=date(2025, 12, 31)),
    ]
    *known, unsure = i.births_by_month(lines, months)
    assert len(known) == 11
    assert [len(cell) for cell in known[-1]] == [3, 2, 0, 0]
    assert [len(cell) for cell in known[-2]] == [0, 0, 1, 1]
    assert [len(cell) for cell in unsure] == [0, 1, 0, 0]


def test_open_on_a_day_counts_what_was_opened_and_not_yet_closed():
    closed = line(1, status=Status.CLOSED, closed_on=date(2026, 11, 20))
    assert i.open_on([closed, line(2), line(3, opened_on=date(2026, 12, 1))], date(2026, 11, 19)) == {1, 2}
    assert i.open_on([closed, line(2)], date(2026, 11, 20)) == {2}


def test_provinces_add_up_with_those_not_known():
    found = i.open_by_province([line(1, province="63"), line(2, province="63"), line(3), line(4, status=Status.CLOSED)])
    assert found == {"63": {1, 2}, "": {3}}
