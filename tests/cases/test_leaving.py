"""Who leaves an office leaves its cases (0032)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import Grant
from casework.accounts.services import end_grant, expire_grants
from casework.audit.models import Event
from casework.cases.models import Assignment, Case
from casework.cases.services.cases import help_today
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


def run_out(user, role: str = "CW") -> int:
    """Yesterday was the last day of the person's role; the night of today."""
    today = timezone.localdate()
    (grant,) = user.grants.filter(office__code="MS", role=role)
    Grant.objects.filter(pk=grant.pk).update(valid_from=today - timedelta(days=300), valid_to=today - timedelta(days=1))
    return expire_grants(today=today, now=timezone.now())


def test_a_role_whose_days_are_over_ends_as_one_that_is_ended_by_hand(cast, worker):
    plain, sealed = make_case(cast.mae_sot, worker), make_sealed(make_case(cast.mae_sot, worker), worker)
    there, supervisor = make_case(cast.ranong, worker), cast.of("SUP")
    assert run_out(worker) == 1
    assert not opens(worker, plain) and not opens(worker, sealed) and opens(worker, there)
    sealed.refresh_from_db()
    assert sealed.lead == supervisor and opens(supervisor, sealed)
    assert set(Event.objects.filter(action="cases.case.left").values_list("actor", flat=True)) == {None}
    grant = worker.grants.get(office=cast.mae_sot)
    assert (timezone.localdate(grant.ended_at), grant.ended_by) == (grant.valid_to, None)
    told = Notice.rows.get(recipient=supervisor, action="cases.worker.left")
    assert (told.label, told.url) == (worker.full_name, reverse("cases:team"))
    page = signed_in(supervisor).get(told.url)
    assert next(line for line in page.context["lines"] if line.name == worker.name_now).is_gone
    assert expire_grants(today=timezone.localdate(), now=timezone.now()) == 0


def test_a_role_that_was_given_anew_or_whose_last_day_is_today_keeps_the_cases(cast, worker):
    case = make_case(cast.mae_sot, worker)
    worker.grants.filter(office=cast.mae_sot).update(valid_to=timezone.localdate())
    assert expire_grants(today=timezone.localdate(), now=timezone.now()) == 0
    make_grant(worker, "PSY", cast.mae_sot)
    assert run_out(worker) == 1
    assert opens(worker, case) and not Notice.rows.filter(action="cases.worker.left").exists()


def test_nobody_is_told_of_who_leaves_without_a_case(cast, worker):
    make_case(cast.ranong, worker)
    leave(cast, worker)
    assert not Notice.rows.filter(action="cases.worker.left").exists()


def test_who_helps_for_a_day_has_nothing_of_a_sealed_case_when_it_is_over(cast, worker):
    case, helper = make_case(cast.mae_sot, worker), make_worker("CW", cast.mae_sot)
    cover = help_today(case=case, user=helper, reason="the lead is away", now=timezone.now())
    make_sealed(case, worker)
    assert opens(helper, case)
    over = timezone.now() - timedelta(minutes=1)
    Assignment.rows.filter(pk=cover.pk).update(until_at=over)
    PersonReach.objects.filter(user_id=helper.pk).update(until_at=over)
    assert not opens(helper, case) and opens(worker, case)
