"""Kept figures: the text holds each set of rows once, and what was kept equals what was counted."""

from __future__ import annotations

import json

from casework.reports.figures import Grid, Reading, Row
from casework.reports.packing import packed, unpacked

ROWS, OTHERS = frozenset(range(1000, 1100)), frozenset({7})
GRID = Grid(
    key="a", title="A", heading="By", columns=("One", "Two"),
    rows=(Row(name="First", cells=(ROWS, OTHERS)), Row(name="Second", cells=(ROWS, frozenset()))),
)  # fmt: skip
READING = Reading(stats=(), tables=(GRID,), definitions=(), words={"left": "left"})


def test_what_was_kept_is_what_was_counted_and_each_set_of_rows_is_written_once():
    text = packed(READING)
    assert unpacked(text) == READING
    assert text.count("1050") == 1


def test_figures_that_the_version_before_kept_are_read():
    before = json.loads(packed(READING))
    sets = before["sets"]

    def in_place(value: object) -> object:
        if isinstance(value, dict):
            return {key: sets[one] if key == "ids" else in_place(one) for key, one in value.items()}
        return [in_place(one) for one in value] if isinstance(value, list) else value

    assert unpacked(json.dumps(in_place(before["reading"]))) == READING
