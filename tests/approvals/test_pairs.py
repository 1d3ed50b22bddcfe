"""Roles that are kept apart: given by nobody together, in either order; added and ended by two people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.accounts.states import Role
from casework.approvals.loading import CONTENT_ROLES, WRITING_ROLES, first_pairs
from casework.approvals.models import Proposal, RoleConflict
from casework.approvals.queries.pairs import fixed_pairs
from casework.approvals.services.pairs import propose_pair, propose_pair_end
from casework.approvals.services.proposals import confirm
from casework.home.demo_accounts import ACCOUNTS
from casework.home.people_services import propose_grant
from casework.kernel.refusals import Conflict, Refusal
from tests.factories.accounts import give_role, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()
UNTIL = timezone.localdate() + timedelta(days=30)
PAGE, LIST = reverse("approvals:pair-new"), reverse("approvals:pairs")
WHY = {"reason": "Who decides on money does not hand it out", "source": "Board of the fund, 3 November"}
APART = {"role_a": "FA", "role_b": "CSH", "scope": "held", **WHY}
FIXED = [(low, high) for low, high, _reason in first_pairs()]


def refused(call, **facts) -> list[str]:
    with pytest.raises(Refusal) as answer:
        call(**facts)
    return [finding.code for finding in answer.value.findings]


@pytest.fixture
def second(cast):
    person = make_user("pm.two")
    give_role(person, "PM", cast.mae_sot)
    return person


def test_the_first_pairs_are_those_of_administrators_and_auditors():
    assert len(FIXED) == len(CONTENT_ROLES) + len(WRITING_ROLES) == 20 and ("AUD", "SYS") in FIXED
    kept = RoleConflict.objects.living().filter(is_fixed=True, scope="held")
    assert sorted(kept.values_list("role_a", "role_b")) == sorted(FIXED)
    assert {pair.source for pair in kept} == {"Safety rules of Casework, 1"}


@pytest.mark.parametrize("first, then", [*FIXED, *((high, low) for low, high in FIXED)])
def test_nobody_is_given_two_roles_kept_apart_in_either_order_and_wherever(cast, first, then):
    user, admin = make_user(), cast.of("SYS")
    give_role(user, first, cast.mae_sot)
    asked = {"user": user, "office": cast.ranong, "programme": "", "valid_to": UNTIL, "reason": "x", "by": admin}
    with pytest.raises(Refusal) as answer:
        propose_grant(role=then, now=NOW, **asked)
    assert (answer.value.code, answer.value.field) == ("E-APR-30", "role")
    assert str(Role(first).label) in str(answer.value.sentence) and str(Role(then).label) in str(answer.value.sentence)
    allowed = "EXT" if first in ("SYS", "AUD") else "ME"
    assert propose_grant(role=allowed, now=NOW, **asked).state == "open"


def test_what_was_proposed_before_is_refused_when_it_is_confirmed(cast, client_of):
    user, other = make_user(), make_user("sys.two")
    give_role(other, "SYS", cast.mae_sot)
    asked = {"user": user, "office": cast.mae_sot, "programme": "", "valid_to": UNTIL, "reason": "x", "now": NOW}
    proposals = [propose_grant(role=role, by=cast.of("SYS"), **asked) for role in ("AUD", "CW")]
    done = [client_of(other).post(reverse("approvals:confirm", args=[one.pk]), follow=True) for one in proposals]
    assert "Nobody is both Caseworker and Auditor" in done[1].content.decode()
    assert [grant.role for grant in user.grants.all()] == ["AUD"]


def test_a_role_that_has_ended_is_kept_apart_from_none(cast):
    user = make_user()
    grant = give_role(user, "AUD", cast.mae_sot)
    grant.ended_at = NOW
    grant.save()
    assert give_role(user, "CW", cast.mae_sot).role == "CW"


def test_what_always_holds_is_told_once_for_each_reason(cast, client_of):
    told = client_of(cast.of("AUD")).get(LIST).content.decode()
    assert 'href="/settings/" aria-current="page"' in told, "it belongs to the settings"
    assert told.count("Who checks does not write.") == told.count("opens no case and moves no money") == 1
    assert told.count("Safety rules of Casework, 1") == 2 and "No further pairs" in told
    shown = {str(one.role): len(one.others) for one in fixed_pairs()}
    assert shown == {"Administrator": len(CONTENT_ROLES), "Auditor": len(WRITING_ROLES)}


def test_nobody_of_the_demo_holds_two_roles_kept_apart():
    for account in ACCOUNTS:
        held = {str(role) for role, _office, _programme in account.grants}
        assert not [pair for pair in FIXED if set(pair) <= held], account.username


def test_a_pair_is_proposed_by_one_manager_and_confirmed_by_another(cast, client_of, second):
    user = make_user()
    give_role(user, "FA", cast.mae_sot)
    assert client_of(cast.of("PM")).post(PAGE, APART).status_code == 302
    proposal = Proposal.rows.get(kind="approvals.pair")
    assert give_role(make_user(), "CSH", cast.mae_sot)  # nothing holds before it is confirmed
    with pytest.raises(Conflict):
        confirm(proposal=proposal, by=cast.of("PM"), now=NOW)
    page = client_of(second).get(reverse("approvals:proposal", args=[proposal.pk])).content.decode()
    assert "Cashier or store keeper, Fund manager" in page and "Nobody holds both" in page
    assert client_of(second).post(reverse("approvals:confirm", args=[proposal.pk])).status_code == 302
    pair = RoleConflict.objects.get(is_fixed=False)
    assert (pair.role_a, pair.role_b, pair.confirmed_by) == ("CSH", "FA", second)
    assert refused(give_role, user=user, role="CSH", office=cast.ranong) == ["E-APR-30"]
    listed = client_of(cast.of("AUD")).get(LIST).content.decode()
    assert WHY["reason"] in listed and "Who asks does not approve" in listed and "Keep two roles apart" not in listed


def test_a_pair_on_one_request_keeps_nobody_from_both_roles(cast, second):
    user = make_user()
    give_role(user, "FA", cast.mae_sot)
    proposal = propose_pair(**APART | {"scope": "request"}, by=cast.of("PM"), now=NOW)
    confirm(proposal=proposal, by=second, now=NOW)
    assert give_role(user, "CSH", cast.mae_sot).role == "CSH"


@pytest.mark.parametrize(
    "changes, codes",
    [
        ({"role_a": "PM", "role_b": "PM"}, ["E-APR-31"]),
        ({"role_a": "AUD", "role_b": "CW"}, ["E-APR-32"]),
        ({"role_a": "CW", "role_b": "AUD"}, ["E-APR-32"]),
        ({"reason": "no"}, ["E-APR-07"]),
        ({"source": " "}, ["E-APR-16"]),
    ],
)
def test_what_stands_against_a_pair(cast, changes, codes):
    assert refused(propose_pair, **APART | changes, by=cast.of("PM"), now=NOW) == codes
    assert propose_pair(**APART, by=cast.of("PM"), now=NOW).state == "open"


def test_who_holds_both_now_is_named_and_ends_one_first(cast, client_of, second):
    both = make_user(full_name="Mali Thong")
    for role in ("FA", "CSH"):
        give_role(both, role, cast.mae_sot)
    answer = client_of(cast.of("PM")).post(PAGE, APART)
    assert answer.status_code == 422 and "Held together now by: Mali Thong" in answer.content.decode()
    assert refused(propose_pair, **APART, by=cast.of("PM"), now=NOW) == ["E-APR-33"]
    both.grants.filter(role="CSH").update(ended_at=NOW)
    proposal = propose_pair(**APART, by=cast.of("PM"), now=NOW)
    both.grants.update(ended_at=None)
    assert refused(confirm, proposal=proposal, by=second, now=NOW) == ["E-APR-33"]


def test_a_pair_is_ended_by_two_people_and_stays_listed(cast, client_of, second):
    manager = client_of(cast.of("PM"))
    confirm(proposal=propose_pair(**APART, by=cast.of("PM"), now=NOW), by=second, now=NOW)
    pair = RoleConflict.objects.get(is_fixed=False)
    page = reverse("approvals:pair-end", args=[pair.pk])
    assert page in manager.get(LIST).content.decode()
    assert "Say in a sentence why one person may be both" in manager.post(page, {"reason": "x"}).content.decode()
    assert manager.post(page, {"reason": "Two of us are left in the office"}).status_code == 302
    user = make_user()
    give_role(user, "FA", cast.mae_sot)
    assert refused(give_role, user=user, role="CSH", office=cast.mae_sot) == ["E-APR-30"]
    confirm(proposal=Proposal.rows.get(kind="approvals.pair.end"), by=second, now=NOW)
    assert give_role(user, "CSH", cast.mae_sot)
    listed = manager.get(LIST).content.decode()
    assert "Two of us are left" in listed and page not in listed
    assert manager.get(page).status_code == 409
    confirm(proposal=propose_pair(**APART | {"scope": "request"}, by=cast.of("PM"), now=NOW), by=second, now=NOW)


def test_a_fixed_pair_has_no_off_switch(cast, client_of):
    pair = RoleConflict.objects.get(role_a="CW", role_b="SYS")
    assert refused(propose_pair_end, pair=pair, reason="We are so few here", by=cast.of("PM"), now=NOW) == ["E-APR-34"]
    assert client_of(cast.of("PM")).get(reverse("approvals:pair-end", args=[pair.pk])).status_code == 409
    with pytest.raises(IntegrityError, match="fixed pair"), transaction.atomic():
        RoleConflict.objects.filter(pk=pair.pk).update(ended_at=NOW)


@pytest.mark.parametrize("role, status", [("FA", 403), ("AUD", 403), ("SYS", 403), ("CW", 403), ("PM", 200)])
def test_only_the_programme_manager_proposes(cast, client_of, role, status):
    assert client_of(cast.of(role)).get(PAGE).status_code == status
    assert client_of(cast.of(role)).get(LIST).status_code == (403 if role == "CW" else 200)


@pytest.mark.parametrize("role", ["PM", "SYS", "AUD"])
def test_settings_lead_to_the_bands_and_the_pairs(cast, client_of, role):
    shown = client_of(cast.of(role)).get(reverse("home:settings")).content.decode()
    assert LIST in shown and reverse("approvals:policies") in shown
    assert LIST not in client_of(cast.of("SUP")).get(reverse("home:settings")).content.decode()
