"""Small numbers are hidden, with what would give them away."""

from __future__ import annotations

import pytest

from casework.reports.figures import Count, Grid, Legs, Rate, Row, Spread, Stat
from casework.reports.measures import Amount, Part
from casework.reports.present import shown_stat, shown_table
from casework.reports.suppression import hidden_places, hides
from casework.reports.words import ENGLISH, THAI, said


def ids(count: int, start: int = 0) -> frozenset[int]:
    return frozenset(range(start, start + count))


def test_staff_see_every_number():
    assert hidden_places([[1], [2]], 0) == set()


def test_numbers_from_the_limit_on_and_zero_are_shown():
    assert hidden_places([[5], [0], [12]], 5) == set()


def test_one_small_number_takes_the_next_smallest_with_it():
    # 3 could be worked out as 27 - 9 - 15
    assert hidden_places([[3], [9], [15]], 5) == {(0, 0), (1, 0)}


def test_two_small_numbers_hide_each_other_when_their_sum_is_not_small():
    assert hidden_places([[3], [4], [15]], 5) == {(0, 0), (1, 0)}


def test_two_small_numbers_whose_sum_is_small_take_a_third():
    # 1 + 1 = 2 would be known from 22 - 20, and two hidden counts of at least one are then both one
    assert hidden_places([[1], [1], [20]], 5) == {(0, 0), (1, 0), (2, 0)}


@pytest.mark.parametrize(("met", "of", "is_hidden"), [(40, 44, True), (4, 44, True), (39, 44, False), (44, 44, False)])
def test_a_part_beside_its_whole_is_hidden_where_the_rest_is_small(met, of, is_hidden):
    assert hides(Part(ids=ids(met), of=ids(of)), 5) is is_hidden
    assert not hides(Part(ids=ids(met), of=ids(of)), 0)


def test_a_small_sum_is_hidden_too():
    assert hidden_places([[2], [1]], 5) == {(0, 0), (1, 0), (2, 0)}


def test_lines_and_columns_are_both_kept_from_subtraction():
    counts = [[3, 20, 30], [40, 50, 60], [70, 80, 90]]
    hidden = hidden_places(counts, 5)
    assert (0, 0) in hidden
    for r in range(4):
        assert sum((r, c) in hidden for c in range(4)) != 1
    for c in range(4):
        assert sum((r, c) in hidden for r in range(4)) != 1


def test_a_rate_is_hidden_when_those_left_out_are_few():
    assert hides(Rate(met=ids(18), of=ids(20)), 5)
    assert not hides(Rate(met=ids(10), of=ids(20)), 5)
    assert not hides(Rate(met=ids(20), of=ids(20)), 5)
    assert not hides(Rate(met=ids(18), of=ids(20)), 0)


def test_a_count_is_hidden_under_the_limit_only():
    assert hides(Count(ids=ids(9)), 10)
    assert not hides(Count(ids=ids(10)), 10)
    assert not hides(Count(ids=ids(0)), 10)


def test_a_large_number_kept_back_is_not_called_small():
    kept = Stat(key="x", code="R1", label="Taken in time", measure=Rate(met=ids(51), of=ids(54)))
    told = shown_stat(kept, 5, ENGLISH)
    assert (told.value, str(told.note)) == ("*", "not shown, so that small numbers cannot be worked out")
    assert shown_stat(kept, 0, ENGLISH).note == "51 of 54"
    assert ENGLISH.keys() == THAI.keys()


@pytest.mark.parametrize(
    ("now", "before", "words", "direction"),
    [
        (Count(ids=ids(0)), Count(ids=ids(0)), "same as 2025", ""),
        (Count(ids=ids(7)), Count(ids=ids(0)), "up from 0 in 2025", "up"),
        (Count(ids=ids(7)), Count(ids=ids(9)), "down from 9 in 2025", "down"),
        (Amount(parts=((1, 100_020),)), Amount(parts=((1, 100_010),)), "same as 2025", ""),
        (Count(ids=ids(7)), None, "", ""),
    ],
)
def test_a_number_says_how_it_stands_to_the_period_before(now, before, words, direction):
    told = shown_stat(Stat(key="x", code="R1", label="Births", measure=now, before=before), 0, said("en"), "2025")
    assert (told.compared, told.direction) == (words, direction)


def test_a_bar_is_as_long_as_the_table_says():
    spread = Spread(days=((1, 24), (2, 25)))
    table = Legs(
        key="x", code="R2", title="Days", heading="Step", columns=("Half", "9 of 10", "n"), rows=(("A", spread),)
    )
    part = shown_table(table, 0, ENGLISH).part
    assert part.rows[0][1] == "24.5" and part.chart.rows == (("A", 24.5, "days"),)


def test_bars_are_drawn_when_more_than_zeros_may_be_told():
    few = [
        Row(name="0–15 days", cells=(ids(0),)),
        Row(name="16–30 days", cells=(ids(3),)),
        Row(name="31–90 days", cells=(ids(4),)),
    ]
    ages = Grid(key="x", title="Ages", heading="Age", columns=("Children",), rows=tuple(few), shape="lines")
    kept = shown_table(ages, 5, said("en")).part
    assert kept.chart is None and "too small to be drawn" in kept.note
    told = shown_table(ages, 0, said("en")).part
    assert [number for _name, number, _unit in told.chart.rows] == [0, 3, 4] and told.note == ""
