"""Rows that were written before a rule stood are mended by a migration, and others left as they are."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection
from django.utils import timezone

from casework.cases.models import Case, CasePlan, Enrolment
from casework.cases.services.cases import close_duplicate
from casework.cases.services.plans import add_goal, approve_plan
from casework.cases.services.reach import refresh_reach
from casework.kernel.refusals import Refusal
from casework.people.models import PersonReach
from tests.factories.cases import TODAY, make_case, submitted_plan

pytestmark = pytest.mark.django_db


def mend(name: str) -> None:
    migration = import_module("casework.cases.migrations.0009_end_work_on_closed_cases")
    with connection.cursor() as cursor:
        cursor.execute(getattr(migration, name))


def programmes_seeing(case: Case) -> set[str]:
    return set(PersonReach.objects.filter(source_id=case.pk, user_id=None).values_list("programme", flat=True))


def test_the_programmes_of_a_case_closed_long_ago_see_its_persons_no_more(cast):
    closed, open_one = (make_case(cast.mae_sot, cast.of("CW")) for _case in range(2))
    close_duplicate(case=closed, by=cast.of("SUP"), today=TODAY)
    Enrolment.rows.filter(case=closed).update(until_on=None, outcome="")
    refresh_reach(closed)
    before = programmes_seeing(open_one)
    assert "registration" in programmes_seeing(closed) & before
    mend("END_WORK")
    ended = Enrolment.rows.get(case=closed)
    assert (ended.until_on, ended.outcome, programmes_seeing(closed)) == (closed.closed_on, "duplicate", {""})
    assert Enrolment.rows.get(case=open_one).until_on is None and programmes_seeing(open_one) == before


def test_who_wrote_in_a_plan_before_it_was_kept_does_not_approve_it(cast):
    case, helper = make_case(cast.mae_sot, cast.of("CW")), cast.of("SUP")
    add_goal(case=case, title="A school", domain="education", due_on=None, by=helper, today=TODAY)
    CasePlan.rows.filter(case=case).delete()
    plan = submitted_plan(case, cast.of("CW"))
    CasePlan.rows.filter(pk=plan.pk).update(changed_by=[])
    mend("KNOW_WRITERS")
    plan.refresh_from_db()
    assert plan.changed_by == [cast.of("CW").pk]
    plan = CasePlan.rows.get(pk=plan.pk)
    assert approve_plan(plan=plan, version=plan.version, by=helper, now=timezone.now()).state == "approved"


def test_both_writers_of_a_plan_are_found(cast):
    case, helper = make_case(cast.mae_sot, cast.of("CW")), cast.of("SUP")
    plan = submitted_plan(case, cast.of("CW"))
    add_goal(case=case, title="A school", domain="education", due_on=None, by=helper, today=TODAY)
    CasePlan.rows.filter(pk=plan.pk).update(changed_by=[], state="submitted", submitted_by=cast.of("CW"))
    mend("KNOW_WRITERS")
    plan = CasePlan.rows.get(pk=plan.pk)
    assert set(plan.changed_by) == {cast.of("CW").pk, helper.pk}
    with pytest.raises(Refusal) as refused:
        approve_plan(plan=plan, version=plan.version, by=helper, now=timezone.now())
    assert refused.value.code == "CAS-PLAN-3"
