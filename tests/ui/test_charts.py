"""Charts: no word inside a drawing, sums that add up, tables that match."""

from __future__ import annotations

import re

import pytest

from casework.ui import charts
from casework.ui.charts import Bar, Figure, Series

SERIES = [Series(name="Registered", values=[3, 40]), Series(name="Blocked", values=[1, 5])]


def drawings(markup: str) -> list[str]:
    return re.findall(r"<svg.*?</svg>", markup, re.S)


def test_words_are_never_drawn_inside_the_shapes() -> None:
    made = [
        charts.stacked_bars("Births", "More.", ["ม.ค.", "ก.พ."], SERIES),
        charts.bars("Way", "Most.", [Bar(name="Recorded", value=8)]),
        charts.spark("Cases", [1, 2, 3]),
        charts.province_map("Map", "Tak.", {"63": 12}),
    ]
    for markup in made:
        assert drawings(markup)
        assert not any("<text" in drawing for drawing in drawings(markup))


def test_a_chart_says_its_finding() -> None:
    assert 'aria-label="Births. More &lt;each&gt; month."' in charts.stacked_bars(
        "Births", "More <each> month.", ["Jan"], [Series(name="All", values=[1])]
    )


def test_the_total_stands_above_each_column() -> None:
    markup = charts.stacked_bars("Births", "More.", ["Jan", "Feb"], SERIES)
    totals = re.findall(r'is-v"[^>]*>([\d,]+)<', markup)
    assert totals == ["4", "45"]


def test_a_running_period_is_said_to_be_partial() -> None:
    assert "so far" in charts.stacked_bars("Births", "More.", ["Jan", "Feb"], SERIES, partial={1})
    assert "so far" not in charts.stacked_bars("Births", "More.", ["Jan", "Feb"], SERIES)


def test_nothing_to_show_is_still_a_chart() -> None:
    assert charts.stacked_bars("Births", "None.", [], [])
    assert charts.bars("Way", "None.", [])
    assert charts.spark("Cases", [4]) == ""


@pytest.mark.parametrize(("largest", "top"), [(0, 4), (4, 4), (5, 8), (62, 80), (105, 120), (999, 1000), (1001, 1200)])
def test_the_scale_ends_on_a_round_number(largest: int, top: int) -> None:
    assert charts.top_of_scale(largest) == top


@pytest.mark.parametrize("largest", [7, 33, 101, 512, 4_321, 98_765])
def test_the_scale_holds_the_largest_and_divides_by_four(largest: int) -> None:
    top = charts.top_of_scale(largest)
    assert largest <= top <= largest * 2
    assert top % 4 == 0


def test_the_map_adds_up_to_the_total() -> None:
    markup = charts.province_map("Cases", "Tak.", {"63": 186, "10": 20, "58": 3}, unknown=7, hide_below=5)
    assert "Total 216" in markup
    assert "province not known 7" in markup
    assert "few children 3" in markup


def test_small_counts_are_not_told_on_the_map() -> None:
    hidden = charts.province_map("Cases", "Tak.", {"58": 3}, hide_below=5)
    told = charts.province_map("Cases", "Tak.", {"58": 3})
    assert "<b>3</b>" not in hidden
    assert "<b>3</b>" in told


def test_the_map_knows_every_province_by_its_official_code() -> None:
    provinces = charts.thailand()["provinces"]
    assert len(provinces) == 78  # 77 provinces and the lake
    assert provinces["10"]["name"] == "Bangkok"
    assert provinces["63"]["name"] == "Tak"
    assert provinces["38"]["name"] == "Bueng Kan"
    assert provinces["96"]["name"] == "Narathiwat"
    assert provinces["71"]["name"] == "Kanchanaburi"


def test_the_table_of_a_figure_can_be_exported() -> None:
    figure = Figure(
        title="Births",
        finding="More.",
        drawing=charts.bars("Births", "More.", []),
        columns=["Month", "Births"],
        rows=[("Jan", 4), ("Feb", 45)],
        links={1: "/births/?month=2"},
    )
    assert figure.export() == [["Month", "Births"], ["Jan", "4"], ["Feb", "45"]]
    assert figure.linked_rows[1] == (("Feb", 45), "/births/?month=2")


def test_the_legend_of_a_map_tells_only_shades_that_stand_on_it():
    markup = charts.province_map("Cases", "Tak.", {"63": 30, "10": 4}, hide_below=22)
    legend = markup.split('legend-ramp">')[1].split("</div>")[0]
    assert "25–49" in legend and "none or under 22" in legend
    assert "22–24" not in legend and "100+" not in legend
