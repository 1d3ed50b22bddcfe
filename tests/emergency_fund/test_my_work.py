"""My work names each request of a family that cannot wait, with its time, and counts the others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.home.work import work_of
from emergency_fund.models import AssistanceRequest

from .test_money_path import ask, recommended, second_officer

pytestmark = pytest.mark.django_db


def shown_to(user) -> dict[str, object]:
    """What waits for the person at the fund, by the name of the work."""
    lines = [line.item for line in work_of(user, timezone.localdate()).lines]
    return {str(item.title): item for item in lines if item.key.startswith("fund-")}


def test_what_is_urgent_stands_by_itself_with_its_time(cast, case, budget, client_of):
    urgent = recommended(cast, ask(cast, case, ("health_cost", 900), urgency="24h"), budget)
    calm = ask(cast, case, ("nutrition", 500), urgency="14d")
    recommended(cast, calm, budget, decided=frozenset({urgent.pk}))
    AssistanceRequest.rows.filter(pk=urgent.pk).update(decision_due_at=timezone.now() + timedelta(hours=2, minutes=30))
    officer = second_officer(cast)
    found = shown_to(officer)
    item = found["Urgent request to the fund to decide"]
    assert item.url == reverse("emergency_fund:decide", args=[urgent.pk]) and item.reference == urgent.number
    assert "2 hours left" in item.note and "Life at risk" in item.note
    assert item.due_on in {timezone.localdate(), timezone.localdate() + timedelta(days=1)}
    assert found["Requests to the fund to decide"].note == "1 request"
    shown = client_of(officer).get(reverse("home:my-work")).content.decode()
    assert urgent.number in shown and calm.number not in shown


def test_where_nothing_is_urgent_the_others_are_counted(cast, case):
    ask(cast, case, urgency="14d")
    found = shown_to(cast.of("FO"))
    assert found["Requests to the fund to screen"].note == "1 request"
    assert "Urgent request to the fund to screen" not in found


@pytest.mark.parametrize("minutes, is_late", [(-2, True), (90, False)])
def test_what_is_due_at_an_hour_is_late_when_that_is_over(minutes, is_late, cast, case, budget, client_of):
    urgent = recommended(cast, ask(cast, case, ("health_cost", 900), urgency="24h"), budget)
    due = timezone.now() + timedelta(minutes=minutes)
    AssistanceRequest.rows.filter(pk=urgent.pk).update(received_at=due - timedelta(hours=24), decision_due_at=due)
    groups = client_of(second_officer(cast)).get(reverse("home:my-work")).context["groups"]
    late = {line.item.reference for group in groups for line in group.lines if group.key == "late"}
    assert (urgent.number in late) is is_late
