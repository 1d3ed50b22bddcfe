"""A unit agrees with its number in English, whichever form of it was written down."""

from __future__ import annotations

from decimal import Decimal

import pytest

from casework.kernel.plurals import counted


@pytest.mark.parametrize(
    "one, many",
    [
        ("pack", "packs"), ("piece", "pieces"), ("box", "boxes"), ("bunch", "bunches"), ("glass", "glasses"),
        ("bottle", "bottles"), ("tray", "trays"), ("supply", "supplies"), ("sachet", "sachets"), ("brush", "brushes"),
    ],
)  # fmt: skip
def test_each_form_gives_both(one, many):
    for written in (one, many):
        assert counted(written, Decimal("1.00")) == one
        assert [counted(written, number) for number in (0, Decimal("0.5"), 2, 12)] == [many] * 4


@pytest.mark.parametrize("unit", ["g", "kg", "ml", "dozen", "ห่อ", "ထုပ်", "bar of soap", "IU", ""])
def test_what_has_one_form_keeps_it(unit):
    assert {counted(unit, number) for number in (0, 1, 2)} == {unit}
