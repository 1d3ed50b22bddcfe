"""Counts beside a list: kept for a minute, never older than one's own act, never another person's."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import caches
from django.urls import reverse

from casework.access import tallies
from tests.factories import registration as births
from tests.factories.accounts import make_grant, make_worker
from tests.factories.cast import make_cast, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def open_ones(worker: Any) -> int:
    """How many open births the list tells the person."""
    views = signed_in(worker).get(reverse("registration:list")).context["views"]
    return next(view["count"] for view in views if view["label"] == "All open")


def test_a_colleagues_birth_is_counted_within_the_minute(cast):
    mine, colleague = cast.of("CW"), make_worker("CW", cast.mae_sot)
    births.make_birth(cast.mae_sot, mine)
    assert open_ones(mine) == 1
    births.make_birth(cast.mae_sot, colleague)
    assert open_ones(mine) == 1, "kept"
    caches["counts"].clear()
    assert open_ones(mine) == 2, "and counted anew when the minute is over"


def test_they_are_kept_no_longer_than_a_minute(cast, monkeypatch):
    mine, colleague = cast.of("CW"), make_worker("CW", cast.mae_sot)
    monkeypatch.setattr(tallies, "KEPT_FOR", tallies.KEPT_FOR * 0)
    assert open_ones(mine) == 0
    births.make_birth(cast.mae_sot, colleague)
    assert open_ones(mine) == 1


def test_ones_own_act_is_counted_at_once(cast):
    mine = cast.of("CW")
    assert open_ones(mine) == 0
    births.make_birth(cast.mae_sot, mine)
    assert open_ones(mine) == 1


def test_reading_a_case_counts_nothing_anew(cast):
    mine = cast.of("CW")
    case = births.make_birth(cast.mae_sot, mine).case
    assert open_ones(mine) == 1
    births.make_birth(cast.mae_sot, make_worker("CW", cast.mae_sot))
    signed_in(mine).get(reverse("cases:detail", args=[case.pk]))
    assert open_ones(mine) == 1


def test_a_person_with_another_grant_is_counted_for_anew(cast):
    mine = make_worker("CW", cast.ranong)
    births.make_birth(cast.mae_sot, cast.of("CW"))
    assert open_ones(mine) == 0
    make_grant(mine, "CW", cast.mae_sot)
    assert open_ones(mine) == 1
