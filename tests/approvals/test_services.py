"""Who proposes does not confirm; what changed since is not done; what is confirmed is done once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone, translation

from casework.accounts.models import User
from casework.approvals.models import Proposal, ProposalState
from casework.approvals.queries import proposals as queries
from casework.approvals.services import proposals as services
from casework.audit.models import Event
from casework.kernel.refusals import Conflict, Refusal
from casework.notifications.models import Notice
from casework.programmes.contributions import registry
from casework.programmes.work import read_work
from tests.database import as_owner
from tests.factories.accounts import make_worker

from .conftest import NOW, proposal_of

pytestmark = pytest.mark.django_db


def test_a_second_person_confirms_and_it_is_done(clerk, supervisor, office):
    proposal = services.confirm(proposal=proposal_of(clerk, office), by=supervisor, now=NOW)
    office.refresh_from_db()
    assert (proposal.state, proposal.decided_by, office.name_en) == (ProposalState.CONFIRMED, supervisor, "Clinic desk")
    acts = Event.objects.filter(subject_type="approvals.proposal").values_list("action", "actor")
    assert set(acts) == {("approvals.proposal.made", clerk.pk), ("approvals.proposal.confirmed", supervisor.pk)}


def test_what_is_proposed_is_said_to_each_reader_in_their_language(clerk, supervisor, office):
    room = registry.entries["approvals"]
    with translation.override("my"):
        proposal = proposal_of(clerk, office)
    for language, words in (("en", "Office"), ("th", "สำนักงาน"), ("my", "ရုံး")):
        with translation.override(language):
            assert proposal.summary_now == words
            assert [item.title for item in read_work(room.work_sources(supervisor, NOW.date()))] == [words]


def test_who_proposed_cannot_confirm_even_with_the_right(supervisor, second_supervisor, office):
    proposal = proposal_of(supervisor, office)
    with pytest.raises(Conflict) as refused:
        services.confirm(proposal=proposal, by=supervisor, now=NOW)
    assert refused.value.code == "APR-SELF"
    assert services.confirm(proposal=proposal, by=second_supervisor, now=NOW).state == ProposalState.CONFIRMED


def test_the_database_refuses_what_the_service_forgot(supervisor, office):
    proposal = proposal_of(supervisor, office)
    with pytest.raises(IntegrityError, match="Who proposes does not confirm"), transaction.atomic():
        Proposal.rows.filter(pk=proposal.pk).update(state="confirmed", decided_by=supervisor)


def test_the_right_to_propose_is_not_the_right_to_confirm(clerk, supervisor, office):
    proposal = proposal_of(supervisor, office)
    with pytest.raises(Conflict) as refused:
        services.confirm(proposal=proposal, by=clerk, now=NOW)
    assert refused.value.code == "APR-RIGHT"


def test_whom_it_is_about_cannot_confirm(clerk, supervisor, second_supervisor, office):
    proposal = proposal_of(clerk, office, facts={"about": [supervisor.pk]})
    with pytest.raises(Conflict) as refused:
        services.confirm(proposal=proposal, by=supervisor, now=NOW)
    assert refused.value.code == "APR-INTEREST"
    assert services.confirm(proposal=proposal, by=second_supervisor, now=NOW).state == ProposalState.CONFIRMED


def test_a_change_underneath_voids_it(clerk, supervisor, office):
    proposal = proposal_of(clerk, office)
    office.name_en = "Something else"
    office.save()
    with pytest.raises(Conflict) as refused:
        services.confirm(proposal=proposal, by=supervisor, now=NOW)
    assert refused.value.code == "APR-CHANGED"
    assert services.decline(proposal=proposal, by=supervisor, reason="changed", now=NOW).state == ProposalState.DECLINED


def test_edited_facts_are_not_done(clerk, supervisor, office):
    proposal = proposal_of(clerk, office)
    edit = Proposal.rows.filter(pk=proposal.pk)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        edit.update(facts={"name": "Mine"})
    with as_owner():
        edit.update(facts={"name": "Mine"})
    with pytest.raises(Conflict) as refused:
        services.confirm(proposal=proposal, by=supervisor, now=NOW)
    assert refused.value.code == "APR-CHANGED"


def test_an_act_that_fails_leaves_the_proposal_open(clerk, supervisor, office):
    proposal = proposal_of(clerk, office, name="Broken")
    with pytest.raises(RuntimeError), transaction.atomic():
        services.confirm(proposal=proposal, by=supervisor, now=NOW)
    proposal.refresh_from_db()
    office.refresh_from_db()
    assert proposal.state == ProposalState.OPEN and office.name_en != "Broken"


def test_declining_needs_a_reason_and_tells_who_proposed(clerk, supervisor, office):
    proposal = proposal_of(clerk, office)
    with pytest.raises(Refusal) as refused:
        services.decline(proposal=proposal, by=supervisor, reason=" no ", now=NOW)
    assert refused.value.field == "reason"
    services.decline(proposal=proposal, by=supervisor, reason="The name is taken.", now=NOW)
    notice = Notice.rows.get(recipient=clerk)
    assert (notice.action, notice.label) == ("approvals.proposal.declined", f"P-{proposal.pk}")


def test_those_who_may_confirm_are_told_and_others_are_not(clerk, supervisor, second_supervisor, office):
    elsewhere = make_worker("SUP", "CM")
    proposal_of(supervisor, office)
    assert set(Notice.rows.values_list("recipient", flat=True)) == {second_supervisor.pk}
    assert elsewhere.pk not in Notice.rows.values_list("recipient", flat=True)


def test_only_who_proposed_withdraws(clerk, supervisor, office):
    proposal = proposal_of(clerk, office)
    with pytest.raises(Conflict):
        services.withdraw(proposal=proposal, by=supervisor, now=NOW)
    assert services.withdraw(proposal=proposal, by=clerk, now=NOW).state == ProposalState.WITHDRAWN
    with pytest.raises(Conflict):
        services.confirm(proposal=proposal, by=supervisor, now=NOW)


def test_the_same_act_is_proposed_once(clerk, supervisor, office):
    first = proposal_of(clerk, office)
    with pytest.raises(Refusal) as refused:
        proposal_of(supervisor, office)
    assert refused.value.code == "APR-TWICE"
    services.withdraw(proposal=first, by=clerk, now=NOW)
    assert proposal_of(supervisor, office).state == ProposalState.OPEN


def test_where_the_office_is_too_small_another_office_confirms(supervisor, office):
    elsewhere = make_worker("SUP", "CM")
    proposal = proposal_of(supervisor, office)
    assert proposal in queries.waiting_for(elsewhere)
    assert services.confirm(proposal=proposal, by=elsewhere, now=NOW).state == ProposalState.CONFIRMED


def test_where_the_office_has_a_second_person_others_do_not_see_it(supervisor, second_supervisor, office):
    elsewhere = make_worker("SUP", "CM")
    proposal = proposal_of(supervisor, office)
    assert proposal not in queries.waiting_for(elsewhere)
    assert proposal in queries.waiting_for(second_supervisor)
    with pytest.raises(Conflict):
        services.confirm(proposal=proposal, by=elsewhere, now=NOW)


def test_the_only_administrator_acts_alone_and_it_is_listed(office):
    first = make_worker("SYS", "MS")
    proposal = services.confirm_alone(proposal=proposal_of(first, office, kind="tests.close"), by=first, now=NOW)
    assert proposal.is_alone and list(queries.done_alone(first)) == [proposal]


def test_with_a_second_administrator_nobody_acts_alone(office):
    first, second = make_worker("SYS", "MS"), make_worker("SYS", "CM")
    proposal = proposal_of(first, office, kind="tests.close")
    with pytest.raises(Conflict):
        services.confirm_alone(proposal=proposal, by=first, now=NOW)
    assert services.confirm(proposal=proposal, by=second, now=NOW).is_alone is False


@pytest.mark.parametrize("kept_out", [True, False])
def test_who_removed_the_other_administrators_does_not_act_alone_before_a_month(office, kept_out):
    first, second = make_worker("SYS", "MS"), make_worker("SYS", "CM")
    today = timezone.localdate(NOW)
    if kept_out:
        User.objects.filter(pk=second.pk).update(is_active=False)
    else:
        second.grants.update(ended_at=NOW)
    proposal = proposal_of(first, office, kind="tests.close")
    with pytest.raises(Conflict):
        services.confirm_alone(proposal=proposal, by=first, now=NOW)
    second.grants.update(ended_at=NOW - timedelta(days=31))
    assert queries.is_only_administrator(first, today)
    assert services.confirm_alone(proposal=proposal, by=first, now=NOW).is_alone


def test_other_kinds_are_never_done_alone(supervisor, office):
    with pytest.raises(Conflict):
        services.confirm_alone(proposal=proposal_of(supervisor, office), by=supervisor, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_do_it_once(clerk, supervisor, second_supervisor, office):
    proposal, together, answers = proposal_of(clerk, office), threading.Barrier(2), []

    def press(person) -> None:
        together.wait()
        try:
            services.confirm(proposal=proposal, by=person, now=NOW)
            answers.append("done")
        except Conflict as refused:
            answers.append(refused.code)
        connection.close()

    threads = [threading.Thread(target=press, args=[person]) for person in (supervisor, second_supervisor)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(answers) == ["APR-STATE", "done"]
    assert Event.objects.filter(action="approvals.proposal.confirmed").count() == 1


def test_it_stands_in_the_work_of_those_who_decide(clerk, supervisor, office):
    proposal = proposal_of(clerk, office)
    room = registry.entries["approvals"]
    assert [item.key for item in read_work(room.work_sources(supervisor, NOW.date()))] == [f"proposal-{proposal.pk}"]
    assert read_work(room.work_sources(clerk, NOW.date())) == []
