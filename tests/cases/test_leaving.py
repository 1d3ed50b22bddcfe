"""Who leaves an office leaves its cases (0032)."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.accounts.services import end_grant
from casework.audit.models import Event
from casework.cases.models import Assignment, Case
from casework.cases.services.reach import refresh_reach
from casework.notifications.models import Notice
from casework.people.models import ConflictOfInterest, PersonReach
from tests.factories.accounts import make_grant, make_worker
from tests.factories.cases import make_case, make_sealed
from tests.factories.cast import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(cast):
    """Works in Mae Sot and in Ranong."""
    user = make_worker("CW", cast.mae_sot)
    make_grant(user, "CW", cast.ranong)
    return user


def leave(cast, user, role: str = "CW") -> None:
    (grant,) = user.grants.filter(office=cast.mae_sot, role=role)
    end_grant(grant=grant, ended_by=cast.of("SYS"), now=timezone.now())


def opens(user, case: Case) -> bool:
    """Whether the person opens the case and its child."""
    pages = (reverse("cases:detail", args=[case.pk]), reverse("people:person", args=[case.child_id]))
    (answer,) = {signed_in(user).get(page).status_code == 200 for page in pages}
    return answer


def test_who_moved_to_another_office_opens_none_of_the_cases_they_led(cast, worker):
    plain, sealed = (make_case(cast.mae_sot, worker) for _turn in range(2))
    Assignment.rows.create(case=sealed, user=cast.of("CW"), kind="team", since_at=timezone.now(), given_by=worker)
    make_sealed(sealed, worker)
    there = make_case(cast.ranong, worker)
    assert opens(worker, plain) and opens(worker, sealed)
    leave(cast, worker)
    assert not opens(worker, plain) and not opens(worker, sealed)
    assert opens(worker, there) and opens(cast.of("CW"), sealed) and opens(cast.of("SUP"), plain)
    assert not PersonReach.objects.filter(user_id=worker.pk).exclude(source_id=there.pk).exists()
    assert Event.objects.filter(action="cases.case.left", actor=cast.of("SYS")).count() == 2


def test_who_keeps_another_role_for_cases_of_the_office_keeps_them(cast, worker):
    case = make_case(cast.mae_sot, worker)
    make_grant(worker, "PSY", cast.mae_sot)
    leave(cast, worker)
    assert opens(worker, case)
    leave(cast, worker, "PSY")
    assert not opens(worker, case)


def test_who_was_given_a_case_of_another_office_keeps_it(cast):
    case, elsewhere = make_case(cast.mae_sot, cast.of("CW")), make_worker("CW", cast.ranong)
    Assignment.rows.create(case=case, user=elsewhere, kind="team", since_at=timezone.now(), given_by=cast.of("SUP"))
    refresh_reach(case)
    make_grant(elsewhere, "ME", cast.mae_sot)
    leave(cast, elsewhere, "ME")
    assert opens(elsewhere, case)


@pytest.mark.parametrize("is_related", [False, True])
def test_a_sealed_case_that_nobody_else_has_goes_to_a_supervisor_who_can_have_it(cast, worker, is_related):
    case, supervisor = make_sealed(make_case(cast.mae_sot, worker), worker), cast.of("SUP")
    if is_related:
        ConflictOfInterest.rows.create(user=supervisor, person=case.child, declared_on=timezone.localdate())
    leave(cast, worker)
    case.refresh_from_db()
    assert case.lead == (worker if is_related else supervisor)
    assert opens(supervisor, case) is not is_related
    assert opens(worker, case) is is_related
    assert Notice.rows.filter(recipient=supervisor, action="cases.case.reassigned").exists() is not is_related


def test_the_team_names_who_left_and_still_leads(cast, worker):
    make_case(cast.mae_sot, worker)
    lines = {}
    for when in ("before", "after"):
        page = signed_in(cast.of("SUP")).get(reverse("cases:team"))
        lines[when] = next(line for line in page.context["lines"] if line.name == worker.name_now)
        if when == "before":
            leave(cast, worker)
    assert [(line.is_gone, line.led[0].count) for line in lines.values()] == [(False, 1), (True, 1)]
    assert "No role here" in page.content.decode()
