"""The queues of births: their counts, none that is too low, and their order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.kernel.dates import BirthDate, Precision
from casework.reference.models import Holiday
from registration.models import BirthRecord
from registration.queries.lists import births_in
from tests.database import as_owner
from tests.factories import registration as births
from tests.factories.registration import TODAY

pytestmark = pytest.mark.django_db


def test_a_queue_longer_than_is_counted_says_more_than_and_no_number_that_is_too_low(cast, client_of, monkeypatch):
    clerk = client_of(cast.of("CW"))
    for _birth in range(3):
        births.make_birth(cast.mae_sot, cast.of("CW"), **births.of_today())

    def told() -> dict[str, Any]:
        return {str(view["label"]): view["count"] for view in clerk.get(reverse("registration:list")).context["views"]}

    assert told()["All open"] == 3 and told()["Late"] == 0
    for place in ("casework.ui.paging", "registration.queries.lists"):
        monkeypatch.setattr(f"{place}.COUNT_CAP", 3)
    assert told()["All open"] == "2+"
    assert told()["Late"] is None, "counted over some of them only"


@pytest.mark.parametrize(("proof", "is_late"), [("none", True), ("TR1_1", False)])
def test_a_birth_of_which_only_the_month_is_known_counts_as_late_unless_a_certificate_shows_otherwise(
    cast, proof, is_late
):
    month = BirthDate(TODAY.replace(day=1), Precision.MONTH)
    birth = births.make_birth(
        cast.mae_sot, cast.of("CW"), births.birth_facts(month, proof=proof, proof_issued_on=TODAY)
    )
    assert (birth.track_proposed, birth.notify_effective_on) == ("T4" if is_late else "T1", None)
    assert list(births_in(BirthRecord.rows.all(), "late", TODAY)) == ([birth] if is_late else [])


def test_of_two_limits_that_a_weekend_moves_to_one_day_the_one_shown_as_sooner_stands_first(cast):
    saturday = TODAY + timedelta(days=(5 - TODAY.weekday()) % 7)
    first, second = (
        births.make_birth(cast.mae_sot, cast.of("CW"), births.birth_facts(saturday + timedelta(days=days - 15)))
        for days in range(2)
    )
    assert first.notify_effective_on == second.notify_effective_on
    assert list(births_in(BirthRecord.rows.all(), "all", TODAY)) == [first, second]


def test_a_year_without_holidays_is_told_above_the_births(cast, client_of):
    year = timezone.localdate().year
    told = f"No holidays are entered for {year + 543} ({year})"
    assert told not in client_of(cast.of("CW")).get(reverse("registration:list")).content.decode()
    with as_owner():
        Holiday.objects.filter(on__year=year).delete()
    assert told in client_of(cast.of("SUP")).get(reverse("registration:list")).content.decode()
