"""The points for the needs of a family: dated rows with a source; an older assessment keeps those of its time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from emergency_fund.models import NeedWeights
from emergency_fund.queries.score import signs_of
from tests.factories.emergency_fund import FIGURES, asked

from .test_pages import date_boxes

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
TABLE = "need-points"
NEWER = {
    "no_food": "50", "little_food": "30", "no_earner": "1", "short": "2", "deep_debt": "3", "many_depend": "4",
    "some_need": "0", "serious_need": "7", "urgent_need": "9", "food_days": "1", "debt_months": "๔", "many": "5",
    "source": "Board of the fund, minutes of today",
}  # fmt: skip
SCREENED = {"entitlement": "none", "status": "not_eligible"}
ANSWERS = {name: str(value) for name, value in FIGURES.items()} | {"mode": "home"}


def replace(client, begins):
    row = NeedWeights.objects.get()
    address = reverse("home:reference-change", args=[TABLE, row.pk])
    return client.post(address, NEWER | date_boxes("valid_from", begins))


def test_newer_points_count_from_their_day_and_older_assessments_keep_theirs(cast, client_of, case, mother):
    officer, request = client_of(cast.of("FO")), asked(case, cast.of("CW"))
    officer.post(reverse("emergency_fund:screen", args=[request.pk]), SCREENED)
    address = reverse("emergency_fund:assess", args=[request.pk])
    assert officer.post(address, ANSWERS).status_code == 302
    before = request.assessments.get()
    assert (before.score, before.weights) == (80, NeedWeights.objects.get().pk)
    assert replace(client_of(cast.of("SUP")), TODAY).status_code == 302
    shown = officer.get(reverse("emergency_fund:detail", args=[request.pk])).content.decode()
    signs = ("Food for 3 days or fewer", "Owes more than the income of 3 months", "Who depend on it: 4 or more")
    assert "80 points" in shown and "+25" in shown and all(sign in shown for sign in signs)
    officer.post(address, ANSWERS)
    after = request.assessments.order_by("pk").last()
    assert (after.score, after.weights) == (3, NeedWeights.objects.get(no_food=50).pk), "no other sign is left of it"
    more = {"food_days": "1", "debt": "12001", "dependants": "5"}
    officer.post(address, ANSWERS | more)
    assert request.assessments.order_by("pk").last().score == 40
    shown = officer.get(reverse("emergency_fund:detail", args=[request.pk])).content.decode()
    signs = ("Food for 1 day or fewer", "Owes more than the income of 4 months", "Who depend on it: 5 or more")
    assert all(sign in shown for sign in signs)
    assert sum(points for _words, points in signs_of(before)) == before.score == 80, "replayed by those of its time"


def test_points_of_the_future_do_not_count_yet_and_a_caseworker_writes_none(cast, client_of, case, mother):
    assert replace(client_of(cast.of("CW")), TODAY).status_code == 403
    assert replace(client_of(cast.of("SUP")), TODAY + timedelta(days=9)).status_code == 302
    officer, request = client_of(cast.of("FO")), asked(case, cast.of("CW"))
    officer.post(reverse("emergency_fund:screen", args=[request.pk]), SCREENED)
    officer.post(reverse("emergency_fund:assess", args=[request.pk]), ANSWERS)
    assert request.assessments.get().score == 80


def test_only_one_version_holds_on_a_day(cast, client_of):
    address = reverse("home:reference-add", args=[TABLE])
    answer = client_of(cast.of("SUP")).post(address, NEWER | date_boxes("valid_from", TODAY))
    assert answer.status_code == 422 and "Other points hold in this time" in answer.content.decode()


def test_what_has_many_columns_stands_as_a_list_with_its_acts(cast, client_of):
    manager, auditor = client_of(cast.of("SUP")), client_of(cast.of("AUD"))
    address, change = reverse("home:reference-table", args=[TABLE]), "New version"
    shown = manager.get(address).content.decode()
    assert '<dl class="facts">' in shown and "<table" not in shown and change in shown
    assert change not in auditor.get(address).content.decode()
