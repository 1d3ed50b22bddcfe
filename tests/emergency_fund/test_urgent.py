"""Who can act next on an urgent request is told at once: by number, once for a step, and never who acted."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from casework.approvals.services.absences import propose_absence
from casework.approvals.services.conflicts import declare_conflict
from casework.approvals.services.proposals import confirm
from casework.approvals.states import Act
from casework.notifications.models import Mail, Notice
from emergency_fund.models import AssistanceRequest
from emergency_fund.services.asking import AskedLine, ask_for_help
from emergency_fund.services.deciding import decide
from emergency_fund.services.emergencies import help_now
from tests.factories.accounts import make_grant, make_user
from tests.factories.people import make_grown_up

from .test_money_path import NOW, TODAY, ask, recommended, second_officer

pytestmark = pytest.mark.django_db
SCREEN, DECIDE = "urgent-to-screen", "urgent-to-decide"


def told(waits: str) -> list[str]:
    rows = Notice.rows.filter(action=f"emergency_fund.request.{waits}")
    return sorted(rows.values_list("recipient__username", flat=True))


def is_away(cast, user, deputy) -> None:
    away = propose_absence(
        user=user, deputy=deputy, from_on=TODAY, until_on=TODAY + timedelta(days=3), reason="", by=cast.of("PM"),
        now=NOW,
    )  # fmt: skip
    confirm(proposal=away, by=make_user_who_confirms(cast), now=NOW)


def make_user_who_confirms(cast):
    person = make_user()
    make_grant(person, "PM", cast.mae_sot)
    return person


def approved(request: AssistanceRequest, by) -> None:
    decide(request=request, act=Act.APPROVE, amounts={}, by=by, now=NOW)


@pytest.mark.parametrize("urgency, is_told", [("24h", True), ("72h", True), ("14d", False)])
def test_officers_learn_of_an_urgent_request_by_its_number(cast, case, urgency, is_told):
    officer = cast.of("FO")
    officer.email = "officer@example.org"
    officer.save()
    stranger = make_user()
    make_grant(stranger, "FO", cast.ranong)
    request = ask(cast, case, urgency=urgency)
    assert told(SCREEN) == ([officer.username] if is_told else [])
    mails = list(Mail.objects.values_list("to", "facts"))
    facts = {"number": request.number, "url": f"/emergency-fund/{request.pk}/open/"}
    assert mails == ([("officer@example.org", facts)] if is_told else [])


def test_who_asks_is_not_told_and_who_is_away_only_by_who_stands_in(cast, case):
    officer, second = cast.of("FO"), second_officer(cast)
    ask_for_help(
        case=case, requester=make_grown_up(), channel="walk_in", urgency="24h", need="To the hospital tonight",
        lines=[AskedLine(child=case.child, kind="transport_to_care", asked=Decimal(300))],
        incident={"kind": "illness", "occurred_on": TODAY}, by=officer, now=NOW,
    )  # fmt: skip
    assert told(SCREEN) == [second.username]
    is_away(cast, second, cast.of("FA"))
    ask(cast, case, ("nutrition", 700))
    assert told(SCREEN) == sorted([second.username, officer.username]), "who is here"
    is_away(cast, officer, cast.of("FA"))
    ask(cast, case, ("hygiene_kit", 300))
    assert told(SCREEN) == sorted([second.username, officer.username, cast.of("FA").username]), "all are away"


def test_each_step_of_the_approval_is_told_once_to_who_can_act_on_it(cast, case, budget):
    officer, second, manager = cast.of("FO"), second_officer(cast), cast.of("FA")
    request = recommended(cast, ask(cast, case, ("health_cost", 6000), urgency="24h"), budget)
    assert told(DECIDE) == [second.username], "not who recommended, not yet the manager"
    approved(request, second)
    assert told(DECIDE) == sorted([second.username, manager.username])
    assert officer.username not in told(DECIDE)
    assert Notice.rows.get(recipient=manager, action__endswith=DECIDE).url == f"/emergency-fund/{request.pk}/decide/"
    approved(request, manager)
    assert len(told(DECIDE)) == 2, "it is decided"


def test_who_stands_above_is_told_when_the_last_officer_declares_a_conflict(cast, case, budget):
    second, third, manager = second_officer(cast), make_user(), cast.of("FA")
    make_grant(third, "FO", cast.mae_sot)
    recommended(cast, ask(cast, case, ("nutrition", 700), urgency="24h"), budget)
    theirs = {"kind": "family", "person": case.child, "reason": "Her mother is my sister", "now": NOW}
    declare_conflict(by=third, **theirs)
    assert manager.username not in told(DECIDE), "another officer is left"
    declare_conflict(by=second, **theirs)
    assert told(DECIDE).count(manager.username) == 1


def test_the_deputy_is_told_instead_of_who_is_away(cast, case, budget):
    second, manager = second_officer(cast), cast.of("FA")
    is_away(cast, second, manager)
    recommended(cast, ask(cast, case, ("health_cost", 6000), urgency="72h"), budget)
    assert told(DECIDE) == [manager.username]


def test_after_help_came_first_those_who_still_sign_are_told(cast, case, budget):
    second = second_officer(cast)
    request = recommended(cast, ask(cast, case, ("health_cost", 6000), urgency="24h"), budget)
    help_now(request=request, reason="The child is in danger tonight", by=second, now=NOW)
    assert cast.of("FA").username in told(DECIDE)


def test_a_request_with_time_is_on_my_work_alone(cast, case, budget):
    second_officer(cast)
    recommended(cast, ask(cast, case, ("health_cost", 6000), urgency="14d"), budget)
    assert told(DECIDE) == []
