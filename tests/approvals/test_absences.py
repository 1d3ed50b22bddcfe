"""Somebody is away: a deputy fit for it, confirmed by a second person, acts for them in those days and only then."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.approvals.models import Absence, ApprovalAction, ApprovalRequest
from casework.approvals.queries.absences import deserted, fit_to_stand_in_for
from casework.approvals.queries.chains import steps_shown
from casework.approvals.ranks import higher_roles, may_stand_in
from casework.approvals.services.absences import end_absence, propose_absence
from casework.approvals.services.chains import act_on
from casework.approvals.services.proposals import confirm
from casework.approvals.states import Act, ChainState
from casework.kernel.refusals import Refusal
from casework.people.models import ConflictOfInterest
from tests.database import as_owner
from tests.factories.accounts import make_grant, make_user
from tests.factories.people import make_person

from .test_chains import NOW, ONE, _kind, asked, policy, refused  # noqa: F401  the kind of the tests

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)
CHAIN = ({"role": "FO", **ONE}, {"role": "FA", **ONE}, {"role": "PM", **ONE})


@pytest.fixture(autouse=True)
def _bands(db):
    policy((0, 100, [CHAIN[0]]), (100, 1000, [*CHAIN[:2]]), (1000, None, [*CHAIN]))


def fresh(user) -> User:
    """As the next request reads the person."""
    return User.objects.get(pk=user.pk)


def away(user, deputy, *, by=None, checker=None, start=0, days=5) -> Absence:
    facts = {"from_on": TODAY + timedelta(days=start), "until_on": TODAY + timedelta(days=start + days)}
    proposal = propose_absence(user=user, deputy=deputy, reason="Leave", by=by or user, now=NOW, **facts)
    confirm(proposal=proposal, by=checker, now=NOW)
    return Absence.rows.latest("pk")


def refusal(**facts) -> str:
    values = {"from_on": TODAY, "until_on": TODAY, "reason": "", "now": NOW}
    with pytest.raises(Refusal) as answer:
        propose_absence(**values | facts)
    return answer.value.code


def test_higher_is_who_decides_after_in_some_band_and_nobody_climbs():
    higher = higher_roles([["FO"], ["FO", "FA"], ["FA", "PM"]])
    assert higher == {"FO": {"FA", "PM"}, "FA": {"PM"}, "PM": set()}
    assert may_stand_in("FO", {"PM"}, higher) and may_stand_in("FO", {"FO"}, higher)
    assert not may_stand_in("PM", {"FA", "FO"}, higher) and not may_stand_in("FO", {"CW", "SYS"}, higher)


def test_each_guard_of_an_absence_and_its_twin(cast):
    officer, manager, elsewhere = cast.of("FO"), cast.of("FA"), cast.of("FO", "RN")
    plain = {"user": officer, "deputy": elsewhere, "by": officer}
    assert refusal(**plain, until_on=TODAY - timedelta(days=1), from_on=TODAY - timedelta(days=2)) == "E-APR-21"
    assert refusal(**plain, from_on=TODAY + timedelta(days=1)) == "E-APR-20"
    assert refusal(**plain, until_on=TODAY + timedelta(days=367)) == "E-APR-35"
    for unfit in (cast.of("CW"), officer, cast.of("CSH")):
        assert refusal(**plain | {"deputy": unfit}) == "E-APR-22"
    assert refusal(**plain | {"user": manager, "deputy": elsewhere, "by": manager}) == "E-APR-22"
    assert refusal(**plain | {"by": cast.of("FO", "RN")}) == "E-APR-24"
    assert refusal(**plain | {"by": cast.of("FA", "RN")}) == "E-APR-24"
    assert away(officer, elsewhere, by=manager, checker=cast.of("PM"))
    assert refusal(**plain) == "E-APR-23"
    third = make_user("fo.third")
    make_grant(third, "FO", cast.mae_sot)
    assert refusal(user=third, deputy=officer, by=third) == "E-APR-25"
    assert away(third, manager, checker=cast.of("PM"))


def test_who_enters_it_and_who_is_away_do_not_confirm(cast):
    officer, manager = cast.of("FO"), cast.of("FA")
    facts = {"user": officer, "deputy": manager, "from_on": TODAY, "until_on": TODAY, "reason": "", "now": NOW}
    own = propose_absence(by=officer, **facts)
    with pytest.raises(Refusal) as answer:
        confirm(proposal=own, by=officer, now=NOW)
    assert answer.value.code == "APR-SELF"
    entered = propose_absence(by=manager, **facts | {"until_on": TODAY + timedelta(days=1)})
    grant = make_grant(officer, "PM", cast.mae_sot)
    with pytest.raises(Refusal) as answer:
        confirm(proposal=entered, by=fresh(officer), now=NOW)
    assert answer.value.code == "APR-INTEREST"
    with as_owner():
        grant.delete()
    confirm(proposal=own, by=manager, now=NOW)
    assert Absence.rows.get().deputy == manager


def test_the_deputy_acts_in_those_days_and_is_written_down(cast):
    officer, deputy = cast.of("FO"), cast.of("FO", "RN")
    request = asked(cast, 50)
    assert refused(request, deputy) == "E-APR-03"
    away(officer, deputy, checker=cast.of("FA"))
    assert list(ApprovalRequest.objects.visible_to(fresh(deputy)).to_act_on(fresh(deputy))) == [request]
    request = act_on(request=request, act=Act.APPROVE, by=fresh(deputy), now=NOW)
    action = ApprovalAction.objects.get()
    assert (request.state, action.user, action.acted_for, action.role) == ("approved", deputy, officer, "FO")


@pytest.mark.parametrize("start, ended", [(1, False), (0, True)])
def test_before_the_first_day_and_after_the_end_nobody_stands_in(cast, start, ended):
    officer, deputy = cast.of("FO"), cast.of("FO", "RN")
    request = asked(cast, 50)
    absence = away(officer, deputy, checker=cast.of("FA"), start=start)
    if ended:
        end_absence(absence=absence, by=officer, now=NOW)
        with pytest.raises(Refusal):
            end_absence(absence=absence, by=officer, now=NOW)
    assert refused(request, fresh(deputy)) == "E-APR-03"
    assert not ApprovalRequest.objects.visible_to(fresh(deputy)).exists()


def test_a_deputy_signs_once_and_never_for_who_may_not(cast):
    officer, manager = cast.of("FO"), cast.of("FA")
    child = make_person()
    away(officer, manager, checker=cast.of("PM"))
    by_manager = asked(cast, 150, by=manager)
    assert refused(by_manager, fresh(manager)) == "E-APR-01"
    barred = asked(cast, 150, barred=[officer])
    assert refused(barred, fresh(manager)) == "E-APR-03"
    assert barred not in ApprovalRequest.objects.visible_to(fresh(manager)).to_act_on(fresh(manager))
    ConflictOfInterest.rows.create(user=officer, person=child, reason="Aunt", declared_on=date(2026, 1, 1))
    related = asked(cast, 150, persons=[child])
    assert refused(related, fresh(manager)) == "E-APR-03"
    assert related not in ApprovalRequest.objects.visible_to(fresh(manager)).to_act_on(fresh(manager))
    plain = act_on(request=asked(cast, 150), act=Act.APPROVE, by=fresh(manager), now=NOW)
    assert (plain.state, plain.step) == (ChainState.PENDING, 1)
    assert refused(plain, fresh(manager)) == "E-APR-02"


def test_for_whom_a_deputy_signed_does_not_sign_as_well(cast):
    officer, deputy, second = cast.of("FO"), cast.of("FO", "RN"), make_user("fo.two")
    make_grant(second, "FO", cast.mae_sot)
    two = {"role": "FO", "quorum": "count", "count": 2}
    ApprovalRequest.rows.filter(pk=(request := asked(cast, 50)).pk).update(
        band={**request.band, "steps": [two]}
    )  # fmt: skip
    away(officer, deputy, checker=cast.of("FA"))
    request = act_on(request=request, act=Act.APPROVE, by=fresh(deputy), now=NOW)
    assert refused(request, officer) == "E-APR-02"
    with pytest.raises(IntegrityError, match="one deputy acts"), transaction.atomic():
        ApprovalAction.objects.create(
            request=request, step=0, user=cast.of("FA"), acted_for=officer, role="FO", act="approve", at=NOW
        )
    assert act_on(request=request, act=Act.APPROVE, by=second, now=NOW).state == ChainState.APPROVED


def test_for_whom_a_deputy_signed_is_one_of_all_also_when_their_role_ended(cast):
    officer, deputy = cast.of("FO"), cast.of("FO", "RN")
    second, third = make_user("fo.two"), make_user("fo.three")
    for person in (second, third):
        make_grant(person, "FO", cast.mae_sot)
    request = asked(cast, 50)
    everybody = {**request.band, "steps": [{"role": "FO", "quorum": "all"}]}
    ApprovalRequest.rows.filter(pk=request.pk).update(band=everybody)
    away(officer, deputy, checker=cast.of("FA"))
    request = act_on(request=request, act=Act.APPROVE, by=fresh(deputy), now=NOW)
    officer.grants.update(ended_at=NOW)
    request = act_on(request=request, act=Act.APPROVE, by=second, now=NOW)
    assert request.state == ChainState.PENDING
    assert act_on(request=request, act=Act.APPROVE, by=third, now=NOW).state == ChainState.APPROVED


def test_a_deputy_who_lost_the_role_acts_no_more(cast):
    officer, deputy = cast.of("FO"), cast.of("FO", "RN")
    request = asked(cast, 50)
    away(officer, deputy, checker=cast.of("FA"))
    deputy.grants.update(role="CW")
    assert refused(request, fresh(deputy)) == "E-APR-03"
    deputy.grants.update(role="FO")
    assert act_on(request=request, act=Act.APPROVE, by=fresh(deputy), now=NOW).state == ChainState.APPROVED


def test_the_chain_names_who_is_away_and_who_stands_in(cast):
    officer, deputy = cast.of("FO"), cast.of("FO", "RN")
    request = asked(cast, 50)
    assert [one.person for one in steps_shown(request, TODAY)[0].may] == [officer]
    absence = away(officer, deputy, checker=cast.of("FA"))
    [named] = steps_shown(request, TODAY)[0].may
    assert (named.away_until, named.deputy) == (absence.until_on, deputy)
    assert not steps_shown(request, TODAY)[0].is_deserted


def test_a_deputy_who_may_not_decide_it_is_not_named(cast):
    officer, deputy, child = cast.of("FO"), cast.of("FO", "RN"), make_person()
    away(officer, deputy, checker=cast.of("FA"))
    requests = asked(cast, 50, persons=[child]), asked(cast, 50, barred=[deputy]), asked(cast, 50)
    assert [steps_shown(request, TODAY)[0].is_deserted for request in requests] == [False, True, False]
    ConflictOfInterest.rows.create(user=deputy, person=child, reason="Aunt", declared_on=date(2026, 1, 1))
    assert [steps_shown(request, TODAY)[0].is_deserted for request in requests] == [True, True, False]


def test_what_nobody_can_decide_today_is_found(cast):
    request = asked(cast, 50)
    officer = cast.of("FO")
    assert not deserted(TODAY).exists()
    with transaction.atomic():
        ApprovalRequest.rows.filter(pk=request.pk).update(barred=[*request.barred, officer.pk])
        assert deserted(TODAY).get() == request
        transaction.set_rollback(True)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert deserted(TODAY).get() == request


def test_who_has_an_interest_in_it_or_is_barred_does_not_count(cast):
    officer, deputy, child = cast.of("FO"), cast.of("FO", "RN"), make_person()
    request, other = asked(cast, 50, persons=[child]), asked(cast, 50)
    conflict = ConflictOfInterest.rows.create(
        user=officer, person=child, reason="Her uncle", declared_on=date(2026, 1, 1)
    )
    assert deserted(TODAY).get() == request
    conflict.delete()
    away(officer, deputy, checker=cast.of("FA"))
    assert not deserted(TODAY).exists()
    conflict = ConflictOfInterest.rows.create(user=deputy, person=child, reason="Aunt", declared_on=date(2026, 1, 1))
    assert deserted(TODAY).get() == request
    conflict.delete()
    ApprovalRequest.rows.filter(pk=other.pk).update(barred=[*other.barred, deputy.pk])
    assert deserted(TODAY).get() == other
    ApprovalRequest.rows.filter(pk=other.pk).update(barred=other.barred)
    deputy.grants.update(role="FA")  # stands above in a longer band
    assert not deserted(TODAY).exists()
    deputy.grants.update(role="CW")
    assert set(deserted(TODAY)) == {request, other}


def test_the_only_manager_signed_as_deputy_and_who_stands_above_decides(cast):
    officer, manager, head = cast.of("FO"), cast.of("FA"), cast.of("PM")
    away(officer, manager, checker=head)
    request = act_on(request=asked(cast, 500), act=Act.APPROVE, by=fresh(manager), now=NOW)
    assert refused(request, fresh(manager)) == "E-APR-02"
    assert ApprovalRequest.objects.visible_to(fresh(head)).to_act_on(fresh(head)).get() == request
    step = steps_shown(request, TODAY)[1]
    assert (step.role, step.instead_of) == ("Programme manager", "Fund manager")
    assert [one.person for one in step.may] == [head]
    request = act_on(request=request, act=Act.APPROVE, by=fresh(head), now=NOW)
    assert (request.state, request.band["steps"][0]) == (ChainState.APPROVED, CHAIN[0])


def test_a_step_stays_while_somebody_is_left_for_it_and_where_nobody_stands_above(cast):
    officer, manager, head = cast.of("FO"), cast.of("FA"), cast.of("PM")
    away(officer, manager, checker=head)
    needed_later = act_on(request=asked(cast, 1500), act=Act.APPROVE, by=fresh(manager), now=NOW)
    assert [step["role"] for step in needed_later.steps] == ["FO", "FA", "PM"]
    second = make_user("fa.two")
    make_grant(second, "FA", cast.mae_sot)
    request = act_on(request=asked(cast, 500), act=Act.APPROVE, by=fresh(manager), now=NOW)
    assert [step["role"] for step in request.steps] == ["FO", "FA"] and refused(request, head) == "E-APR-03"
    assert act_on(request=request, act=Act.APPROVE, by=second, now=NOW).state == ChainState.APPROVED


def test_an_absence_from_the_page_to_the_deputy(cast, client_of):
    officer, deputy, manager = cast.of("FO"), cast.of("FO", "RN"), cast.of("FA")
    client = client_of(officer)
    boxes = {}
    for name, on in (("from_on", TODAY), ("until_on", TODAY + timedelta(days=3))):
        boxes |= {f"{name}_d": on.day, f"{name}_m": on.month, f"{name}_y": on.year, f"{name}_era": "ce"}
    address = reverse("approvals:absence-new")
    bad = client.post(address, boxes | {"user": officer.pk, "deputy": cast.of("PM").pk, "until_on_y": "x"})
    assert bad.status_code == 422
    bad = client.post(address, boxes | {"user": officer.pk, "deputy": officer.pk})
    assert bad.status_code == 422 and "decides above it" in bad.content.decode()
    answer = client.post(address, boxes | {"user": officer.pk, "deputy": deputy.pk, "reason": "Leave"})
    assert answer.status_code == 302
    shown = client_of(manager).get(answer["Location"]).content.decode()
    assert "Who stands in" in shown and deputy.full_name in shown
    assert client_of(manager).post(answer["Location"] + "confirm").status_code == 302
    shown = client.get(reverse("approvals:absences")).content.decode()
    assert deputy.full_name in shown and "Back already" in shown
    absence = Absence.rows.get()
    stranger = client_of(cast.of("FO", "PX"))
    assert stranger.post(reverse("approvals:absence-end", args=[absence.pk])).status_code == 404
    assert client.post(reverse("approvals:absence-end", args=[absence.pk])).status_code == 302
    assert "Back already" not in client.get(reverse("approvals:absences")).content.decode()


def test_who_is_fit_is_who_decides_the_same_elsewhere_or_above(cast):
    everybody = [cast.of(role, office) for role in ("CW", "FO", "FA", "PM", "CSH", "AUD") for office in ("MS", "RN")]
    fit = {person.pk for person in fit_to_stand_in_for(cast.of("FA"), TODAY)}
    assert fit == {cast.of("FA", "RN").pk, cast.of("PM").pk, cast.of("PM", "RN").pk}
    assert not fit_to_stand_in_for(cast.of("CW"), TODAY) and len(everybody) == 12


def test_a_supervisor_who_is_away_has_another_who_signs(cast):
    one, other = cast.of("SUP"), cast.of("SUP", "RN")
    assert refusal(user=one, deputy=cast.of("CW", "RN"), by=one) == "E-APR-22"
    assert away(one, other, checker=cast.of("PM")).deputy == other
