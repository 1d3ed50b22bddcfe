"""Amounts go through the people of their band: never whoever asked, nobody twice, and N means N."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from casework.approvals.models import ApprovalAction, ApprovalBand, ApprovalPolicy, ApprovalRequest, RoleConflict
from casework.approvals.queries.chains import steps_shown
from casework.approvals.rules.chains import against_bands
from casework.approvals.services.chains import act_on, ask_approval, bypass, end_approval
from casework.approvals.states import Act, ChainState
from casework.funds.models import BudgetLine
from casework.kernel.moves import TransitionNotAllowed
from casework.kernel.refusals import Conflict, Refusal
from casework.people.models import ConflictOfInterest
from casework.programmes.contributions import ApprovalKind, registry
from tests.factories.accounts import make_grant, make_user
from tests.factories.cast import make_cast
from tests.factories.funds import make_line
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

NOW = timezone.now()
ONE, TWO, ALL = {"quorum": "any"}, {"quorum": "count", "count": 2}, {"quorum": "all"}
decided: list[tuple[int, str]] = []


@pytest.fixture(autouse=True)
def _kind(monkeypatch):
    decided.clear()
    kind = ApprovalKind(
        key="test.aid", label="Help", version=lambda pk: BudgetLine.rows.values_list("version", flat=True).get(pk=pk),
        decided=lambda request, subject, by, now: decided.append((request.pk, str(request.state))), url=lambda pk: "/",
    )  # fmt: skip
    monkeypatch.setattr(type(registry.entries["funds"]), "approval_kinds", (kind,))


def policy(*bands: tuple[int, int | None, list[dict]], cap: int = 0, **facts: object) -> ApprovalPolicy:
    made = ApprovalPolicy.objects.create(
        **{"programme": "emergency_fund", "kind": "test.aid", "valid_from": date(2026, 1, 1), "source": "Board",
           "emergency_cap": cap} | facts
    )  # fmt: skip
    for low, high, steps in bands:
        ApprovalBand.objects.create(policy=made, amount_from=low, amount_to=high, steps=steps)
    return made


def asked(cast, amount: int = 100, *, barred=(), persons=(), office=None, line=None, by=None) -> ApprovalRequest:
    by = by or cast.of("CW")
    place = office or cast.mae_sot
    line = line or make_line(place, by, name_en=f"Line {BudgetLine.rows.count()}")
    return ask_approval(
        kind="test.aid", subject=line, amount=Decimal(amount), programme="emergency_fund", office_id=place.pk,
        barred=[person.pk for person in barred], persons=[person.pk for person in persons], by=by, now=NOW,
    )  # fmt: skip


def approve(request: ApprovalRequest, *people) -> ApprovalRequest:
    for person in people:
        request = act_on(request=request, act=Act.APPROVE, by=person, now=NOW)
    return request


def refused(request: ApprovalRequest, person, act: Act = Act.APPROVE, **more: str) -> str:
    with pytest.raises(Refusal) as answer:
        act_on(request=request, act=act, by=person, now=NOW, **more)
    return answer.value.code


def officers(cast, number: int, role: str = "FO", office=None) -> list:
    made = [make_user(f"{role.lower()}.{n}") for n in range(number)]
    for person in made:
        make_grant(person, role, office or cast.mae_sot)
    return made


def test_an_amount_goes_through_the_steps_of_its_band_in_order(cast):
    policy((0, 5000, [{"role": "FO", **ONE}]), (5000, None, [{"role": "FO", **ONE}, {"role": "FA", **ONE}]))
    small, large = asked(cast, 4999), asked(cast, 5000)
    assert approve(small, cast.of("FO")).state == ChainState.APPROVED
    assert refused(large, cast.of("FA")) == "E-APR-03"
    assert approve(large, cast.of("FO")).state == ChainState.PENDING
    large.refresh_from_db()
    assert approve(large, cast.of("FA")).state == ChainState.APPROVED
    assert decided == [(small.pk, "approved"), (large.pk, "approved")]


def test_a_later_policy_does_not_change_what_was_asked(cast):
    held = policy((0, None, [{"role": "FO", **ONE}]))
    request = asked(cast)
    held.bands.update(steps=[{"role": "PM", **ONE}])
    assert approve(request, cast.of("FO")).state == ChainState.APPROVED
    assert refused(asked(cast), cast.of("FO")) == "E-APR-03"


def test_without_a_policy_nothing_is_asked(cast):
    policy((0, None, [{"role": "FO", **ONE}]), valid_to=date(2026, 6, 30))
    with pytest.raises(Refusal) as answer:
        asked(cast)
    assert answer.value.code == "E-APR-11"


def test_whoever_asked_or_changed_it_never_decides_under_any_role(cast):
    policy((0, None, [{"role": "FO", **ONE}]))
    asker, editor = officers(cast, 2)
    request = asked(cast, by=asker, barred=[editor])
    assert (refused(request, asker), refused(request, editor)) == ("E-APR-01", "E-APR-01")
    assert approve(request, cast.of("FO")).state == ChainState.APPROVED


def test_one_person_signs_once_in_the_whole_chain(cast):
    policy((0, None, [{"role": "FO", **ONE}, {"role": "FA", **ONE}]))
    both = cast.of("FO")
    make_grant(both, "FA", cast.mae_sot)
    request = approve(asked(cast), both)
    assert refused(request, both) == "E-APR-02"
    assert approve(request, cast.of("FA")).state == ChainState.APPROVED


def test_a_role_of_another_office_or_programme_decides_nothing(cast):
    policy((0, None, [{"role": "FO", **ONE}]))
    request = asked(cast)
    elsewhere = make_user("fo.education")
    make_grant(elsewhere, "FO", cast.mae_sot, programme="education")
    assert {refused(request, cast.of("FO", "RN")), refused(request, elsewhere)} == {"E-APR-03"}
    own = make_user("fo.fund")
    make_grant(own, "FO", cast.mae_sot, programme="emergency_fund")
    assert approve(request, own).state == ChainState.APPROVED


def test_who_knows_the_family_leaves_it_to_others(cast):
    policy((0, None, [{"role": "FO", **ONE}]))
    child = make_person()
    ConflictOfInterest.rows.create(user=cast.of("FO"), person=child, reason="Her nephew", declared_on=date(2026, 1, 1))
    request = asked(cast, persons=[child])
    assert refused(request, cast.of("FO")) == "E-APR-04"
    assert approve(request, *officers(cast, 1)).state == ChainState.APPROVED


def test_what_was_changed_since_is_asked_for_again(cast):
    policy((0, None, [{"role": "FO", **ONE}]))
    request = asked(cast)
    BudgetLine.rows.filter(pk=request.subject_id).update(version=2)
    assert refused(request, cast.of("FO")) == "E-APR-05"
    BudgetLine.rows.filter(pk=request.subject_id).update(version=1)
    assert approve(request, cast.of("FO")).state == ChainState.APPROVED


def test_roles_that_do_not_go_together_are_refused_on_one_subject(cast):
    policy((0, None, [{"role": "FO", **ONE}]))
    RoleConflict.objects.create(role_a="FA", role_b="FO", reason="One screens, one decides")
    both = cast.of("FO")
    make_grant(both, "FA", cast.mae_sot)
    first = approve(asked(cast), both)
    ApprovalBand.objects.update(steps=[{"role": "FA", **ONE}])
    again = asked(cast, line=BudgetLine.rows.get(pk=first.subject_id))
    assert refused(again, both) == "E-APR-10"
    assert approve(again, cast.of("FA")).state == ChainState.APPROVED


@pytest.mark.parametrize("act", [Act.RETURN, Act.REJECT])
def test_returning_and_rejecting_say_why_and_end_it(cast, act):
    policy((0, None, [{"role": "FO", **ONE}, {"role": "FA", **ONE}]))
    request = asked(cast)
    assert len(steps_shown(request, NOW.date())) == 2
    assert refused(request, cast.of("FO"), act, comment="The quote is missing") == "E-APR-07"
    assert refused(request, cast.of("FO"), act, code="papers", comment="Why?") == "E-APR-07"
    done = act_on(request=request, act=act, by=cast.of("FO"), now=NOW, code="papers", comment="The quote is missing")
    assert decided == [(request.pk, done.state)] and done.state == f"{act}ed"
    [step] = steps_shown(done, NOW.date())  # the one that never came is not shown
    assert [action.told for action in step.done] == [done.get_state_display()]
    assert refused(request, cast.of("FA")) == "APR-STATE"


def test_two_of_five_really_are_two(cast):
    policy((0, None, [{"role": "FO", **TWO}]))
    people = officers(cast, 5)
    request = approve(asked(cast), people[0])
    assert request.state == ChainState.PENDING
    assert approve(request, people[1]).state == ChainState.APPROVED


def test_all_are_all_but_those_who_step_back_know_the_family_or_asked(cast):
    policy((0, None, [{"role": "FO", **ALL}]))
    first, second, away, relative, asker = officers(cast, 5)
    child = make_person()
    ConflictOfInterest.rows.create(user=relative, person=child, reason="Aunt", declared_on=date(2026, 1, 1))
    request = approve(asked(cast, persons=[child], by=asker), first)
    assert request.state == ChainState.PENDING
    request = approve(request, second)
    assert request.state == ChainState.PENDING
    words = "I treated this child last year"
    assert refused(request, away, Act.RECUSE) == "E-APR-07"
    assert act_on(request=request, act=Act.RECUSE, by=away, now=NOW, comment=words).state == ChainState.APPROVED


def test_who_signed_and_lost_the_role_since_is_one_of_all(cast):
    policy((0, None, [{"role": "FO", **ALL}]))
    first, second, third = officers(cast, 3)
    request = approve(asked(cast), first)
    first.grants.update(ended_at=NOW)
    request = approve(request, second)
    assert request.state == ChainState.PENDING, "the third was not asked yet"
    assert approve(request, third).state == ChainState.APPROVED


def test_who_lost_the_role_before_signing_is_not_waited_for(cast):
    policy((0, None, [{"role": "FO", **ALL}]))
    first, second, third = officers(cast, 3)
    request = approve(asked(cast), first)
    second.grants.update(ended_at=NOW)
    assert approve(request, third).state == ChainState.APPROVED


def test_an_emergency_is_met_first_up_to_the_cap_and_approved_by_others(cast):
    policy((0, None, [{"role": "FO", **ONE}]), cap=1000)
    first, second = officers(cast, 2)
    with pytest.raises(Conflict) as above:
        bypass(request=asked(cast, 1001), reason="The child bleeds", by=first, now=NOW)
    assert above.value.code == "E-APR-08"
    request = asked(cast, 1000)
    with pytest.raises(Refusal) as silent:
        bypass(request=request, reason="Now", by=first, now=NOW)
    assert silent.value.code == "E-APR-07"
    request = bypass(request=request, reason="The child bleeds", by=first, now=NOW)
    assert (request.bypassed_by, request.due_at, request.state) == (first, NOW + timedelta(hours=72), "pending")
    assert refused(request, first) == "E-APR-01"
    late = NOW + timedelta(hours=73)
    with pytest.raises(Conflict) as owing:
        bypass(request=asked(cast), reason="Another one bleeds", by=first, now=late)
    assert owing.value.code == "E-APR-09"
    assert approve(request, second).state == ChainState.APPROVED
    assert bypass(request=asked(cast), reason="Another one bleeds", by=first, now=late).due_at


def test_what_is_no_longer_asked_for_ends_and_may_be_asked_again(cast):
    policy((0, None, [{"role": "FO", **ONE}]))
    request = asked(cast)
    line = BudgetLine.rows.get(pk=request.subject_id)
    with pytest.raises(Conflict) as twice:
        asked(cast, line=line)
    assert twice.value.code == "E-APR-12"
    end_approval(request=request, by=cast.of("CW"), now=NOW)
    with pytest.raises(TransitionNotAllowed):
        end_approval(request=request, by=cast.of("CW"), now=NOW)
    assert asked(cast, line=line).state == ChainState.PENDING


def test_the_database_refuses_what_the_service_forgot(cast):
    policy((0, 100, [{"role": "FO", **ONE}]))
    request = asked(cast, 50)
    facts = {"request": request, "role": "FO", "act": "approve", "at": NOW}
    with pytest.raises(IntegrityError, match="does not decide"), transaction.atomic():
        ApprovalAction.objects.create(user=request.requested_by, step=0, **facts)
    with pytest.raises(IntegrityError, match="does not decide"), transaction.atomic():
        ApprovalAction.objects.create(user=cast.of("FO"), step=1, **facts)
    with pytest.raises(IntegrityError, match="do not overlap"), transaction.atomic():
        ApprovalBand.objects.create(policy_id=request.band["policy"], amount_from=99, steps=[])
    with pytest.raises(IntegrityError, match="One policy holds"), transaction.atomic():
        policy(valid_from=date(2027, 1, 1))
    with pytest.raises(IntegrityError, match="written one way"), transaction.atomic():
        RoleConflict.objects.create(role_a="FO", role_b="FA", reason="x")


@pytest.mark.parametrize(
    "bands",
    [
        [], [(1, None, ["x"])], [(0, 5, ["x"])], [(0, 5, ["x"]), (6, None, ["x"])], [(0, 5, ["x"]), (4, None, ["x"])],
        [(0, None, [])],
    ],
)  # fmt: skip
def test_bands_without_gap_or_overlap_from_nothing_to_everything(bands):
    assert {finding.code for finding in against_bands(bands)} == {"E-APR-06"}
    assert not list(against_bands([(0, 5, ["x"]), (5, None, ["x"])]))


@pytest.mark.django_db(transaction=True)
def test_many_last_approvals_at_once_leave_one_decision():
    cast = make_cast()
    policy((0, None, [{"role": "FO", **ONE}]))
    people, request = officers(cast, 20), asked(cast)
    together, answers = threading.Barrier(20), []

    def press(person) -> None:
        together.wait()
        try:
            answers.append(act_on(request=request, act=Act.APPROVE, by=person, now=NOW).state)
        except Conflict as conflict:
            answers.append(conflict.code)
        connection.close()

    threads = [threading.Thread(target=press, args=[person]) for person in people]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(answers) == ["APR-STATE"] * 19 + ["approved"]
    assert decided == [(request.pk, "approved")] and request.actions.count() == 1
