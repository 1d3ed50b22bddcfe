"""What a person may see, written once for a while: the same rows as ever, and what changes counts at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from casework.access.tallies import _acts_after
from casework.access.visibility import GuardedManager
from casework.access.written import reader_of
from casework.accounts.states import Role
from casework.approvals.services.absences import propose_absence
from casework.approvals.services.proposals import confirm
from casework.cases.models import Case
from casework.drafts.queries import _tray
from casework.kernel.statements import text_of
from casework.notifications.queries import _unread
from tests.database import as_owner
from tests.factories import cases
from tests.factories import registration as births
from tests.factories.accounts import make_grant, make_worker
from tests.factories.cast import signed_in

from .keeping import Written, hangs_on_nothing_else

pytestmark = pytest.mark.django_db
GUARDED = [model for model in apps.get_models() if isinstance(getattr(model, "objects", None), GuardedManager)]


def sight(user: Any) -> Written:
    """What each guarded model asks for a person, and what every page asks."""
    seen = {model: text_of(model.rows.all().visible_to(user).order_by().values("pk")) for model in GUARDED}
    pages = {kept: kept.__wrapped__(user) for kept in (_tray, _unread)}
    return seen | pages | {_acts_after: _acts_after.__wrapped__(user, 7)}


@pytest.mark.parametrize("role", Role.values)
def test_it_hangs_on_who_one_is_on_the_grants_and_on_the_day(cast, role, django_assert_num_queries):
    """Whatever else it hung on would be kept with it: another fact of the person, the hour, a row of the database."""
    hangs_on_nothing_else(cast.of(role), sight, django_assert_num_queries)


def test_what_is_written_for_all_finds_what_each_of_them_sees(cast):
    here, there = (births.make_birth(office, cast.of("CW")).case for office in (cast.mae_sot, cast.ranong))
    both = make_worker("SUP", cast.ranong)
    make_grant(both, "CW", cast.mae_sot)
    other_way = make_worker("SUP", cast.mae_sot)
    make_grant(other_way, "CW", cast.ranong)
    for person, seen in (
        (make_worker("CW", cast.mae_sot), {here}), (make_worker("CW", cast.ranong), {there}), (both, {here, there}),
        (other_way, {here, there}), (make_worker("FO", cast.mae_sot, "emergency_fund"), set()),
    ):  # fmt: skip
        assert set(Case.objects.lookup_for(person)) == seen == set(Case.rows.all().visible_to(person))
    cases.make_sealed(there, cast.of("SUP", "RN"))
    assert set(Case.objects.lookup_for(both)) == {here}


def test_a_list_is_read_each_time_it_is_asked_for(cast):
    worker = make_worker("CW", cast.mae_sot)
    assert not Case.objects.visible_to(worker)
    case = births.make_birth(cast.mae_sot, cast.of("CW")).case
    assert list(Case.objects.visible_to(worker)) == [case]
    cases.make_sealed(case, cast.of("SUP"))
    assert not Case.objects.visible_to(worker)


def test_nobody_who_is_not_signed_in_sees_a_case(cast):
    births.make_birth(cast.mae_sot, cast.of("CW"))
    assert reader_of(AnonymousUser()) is None
    assert not Case.objects.visible_to(AnonymousUser())


def test_a_sealed_case_is_gone_at_once(cast):
    worker = make_worker("CW", cast.mae_sot)
    case = births.make_birth(cast.mae_sot, cast.of("CW")).case
    page, desk = reverse("cases:detail", args=[case.pk]), signed_in(worker)
    assert desk.get(page).status_code == 200
    cases.make_sealed(case, cast.of("SUP"))
    assert desk.get(page).status_code == 404


def test_a_new_grant_counts_at_once_and_one_that_ended_no_more(cast):
    worker = make_worker("CW", cast.ranong)
    page = reverse("cases:detail", args=[births.make_birth(cast.mae_sot, cast.of("CW")).case.pk])
    assert signed_in(worker).get(page).status_code == 404
    grant = make_grant(worker, "CW", cast.mae_sot)
    assert signed_in(worker).get(page).status_code == 200
    with as_owner():
        grant.delete()
    assert signed_in(worker).get(page).status_code == 404


def test_who_stands_in_is_asked_about_each_time(cast):
    officer, deputy = cast.of("FO"), cast.of("FA")
    assert reader_of(deputy) is not None
    away = propose_absence(
        user=officer, deputy=deputy, from_on=timezone.localdate(), until_on=timezone.localdate() + timedelta(days=2),
        reason="", by=deputy, now=timezone.now(),
    )  # fmt: skip
    confirm(proposal=away, by=cast.of("PM"), now=timezone.now())
    deputy.refresh_from_db()
    assert reader_of(deputy) is None
