"""A registration ends and goes on with its case, from whichever page that is done."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.urls import reverse

from casework.accounts.models import User
from casework.audit.models import Event
from casework.cases.closing_rules import Gone
from casework.cases.models import Case
from casework.cases.services.cases import close_case, reopen_case
from casework.cases.services.records import add_task
from casework.cases.states import CaseState
from casework.kernel.moves import move
from casework.kernel.refusals import Refusal
from casework.people.models import Person
from casework.people.services.merging import merge
from casework.programmes.contributions import Contribution
from registration.documents.folder import Folder
from registration.models import BirthRecord
from registration.queries.lists import births_in, visible_births
from registration.services import office, progress
from registration.states import FollowUpAnswer, Status
from registration.words.folder import TO_DO
from tests.factories import registration as births
from tests.factories.accounts import make_worker
from tests.factories.cases import NOW, TODAY
from tests.factories.forms import fill_in

pytestmark = pytest.mark.django_db
LEFT = Gone(on=TODAY, country="MM", news_from="family")


def case_of(birth: BirthRecord) -> Case:
    return Case.rows.get(pk=birth.case_id)


def stored(birth: BirthRecord) -> BirthRecord:
    return BirthRecord.rows.get(pk=birth.pk)


def close(birth: BirthRecord, cast, reason: str, gone: Gone = LEFT) -> Case:
    return close_case(case=case_of(birth), reason=reason, text="Words", by=cast.of("SUP"), today=TODAY, gone=gone)


def test_a_case_closed_on_its_page_takes_its_registration_out_of_the_queues(cast):
    birth = births.gathering(cast.mae_sot, cast.of("CW"))
    assert birth in births_in(visible_births(cast.of("SUP")), "all", TODAY)
    close(birth, cast, "left_thailand")
    assert (stored(birth).status, stored(birth).case_closed_reason) == (Status.CLOSED, "left_thailand")
    assert birth not in births_in(visible_births(cast.of("SUP")), "all", TODAY)


def test_the_case_of_a_record_that_became_one_with_another_closes_like_any_other(cast, client_of):
    office, worker, born = cast.mae_sot, cast.of("CW"), TODAY - timedelta(days=9)
    kept, dropped = births.ready(office, worker), births.gathering(office, worker, births.birth_facts(born))
    people = {"by": worker, "confirmed_by": cast.of("SUP")}
    chosen = {"birth": "dropped"}
    with patch.object(Contribution, "case_closed", autospec=True) as told:
        merge(kept=kept.case.child, dropped=dropped.case.child, choices=chosen, now=NOW, **people)
    closed = case_of(dropped)
    assert (closed.state, closed.close_reason, closed.child_id) == ("closed", "duplicate", kept.case.child_id)
    assert stored(dropped).status == Status.CLOSED
    assert not closed.enrolments.filter(until_on=None).exists()
    assert {call.args[1:] for call in told.call_args_list} == {(closed, cast.of("SUP"))}
    assert Event.objects.get(action="cases.case.closed", case_id_of=closed.pk).actor == cast.of("SUP")
    assert case_of(kept).is_open and case_of(kept).enrolments.filter(until_on=None).exists()
    assert not Event.objects.filter(action="cases.case.closed", case_id_of=kept.case_id).exists()
    went_on = stored(kept)
    assert (went_on.status, went_on.notify_due_on) == (Status.GATHERING, born + timedelta(days=15))
    link = f'href="{reverse("cases:detail", args=[kept.case_id])}"'
    for name, pk in (("cases:detail", dropped.case_id), ("registration:detail", dropped.pk)):
        page = client_of(worker).get(reverse(name, args=[pk])).content.decode()
        assert link in page and f"Go on in {kept.case.number}" in page
    page = client_of(worker).get(reverse("registration:detail", args=[kept.pk])).content.decode()
    assert "Go on in" not in page


def test_who_works_for_a_programme_sees_the_child_as_long_as_the_case(cast):
    birth = births.gathering(cast.mae_sot, cast.of("SUP"))
    of_programme, of_office = make_worker("CW", cast.mae_sot, "registration"), cast.of("CW")

    def sees(user) -> tuple[bool, bool]:
        user = User.objects.get(pk=user.pk)
        case, child = (model.objects.visible_to(user) for model in (Case, Person))
        return case.filter(pk=birth.case_id).exists(), child.filter(pk=birth.case.child_id).exists()

    assert sees(of_programme) == sees(of_office) == (True, True)
    closed = close(birth, cast, "left_thailand")
    assert (sees(of_programme), sees(of_office)) == ((False, False), (True, True))
    reopen_case(case=closed, reason="They are back", by=cast.of("SUP"), today=TODAY)
    assert sees(of_programme) == sees(of_office) == (True, True)


def test_opened_again_it_goes_on_where_it_stood(cast):
    birth = births.gathering(cast.mae_sot, cast.of("CW"))
    closed = close(birth, cast, "left_thailand")
    reopen_case(case=closed, reason="They are back", by=cast.of("SUP"), today=TODAY)
    assert stored(birth).status == Status.GATHERING
    assert case_of(birth).enrolments.filter(programme="registration", until_on=None).count() == 1


def handed_over(cast) -> BirthRecord:
    outcome, worker = births.registered(cast.mae_sot, cast.of("CW")), cast.of("CW")
    office.check_outcome(outcome=outcome, by=worker, today=TODAY)
    office.hand_over(
        birth=outcome.birth, to="Naw Paw", relation="mother", sign="thumb", on=TODAY, by=worker, today=TODAY
    )
    return stored(outcome.birth)


def test_a_completed_case_waits_for_the_answers_about_services_on_its_own_page_too(cast, client_of):
    birth = handed_over(cast)
    page = client_of(cast.of("SUP")).post(reverse("cases:close", args=[birth.case_id]), {"reason": "completed"})
    assert page.status_code == 422
    assert "Answer first" in page.content.decode()
    with pytest.raises(Refusal):
        close(birth, cast, "completed", Gone())
    assert case_of(birth).state == "open"


def test_with_every_answer_given_it_closes_and_the_registration_with_it(cast):
    birth = handed_over(cast)
    for row in birth.follow_ups.all():
        office.answer_follow_up(follow_up=row, answer=FollowUpAnswer.OFFERED, by=cast.of("CW"), today=TODAY)
    assert close(birth, cast, "completed", Gone()).state == "closed"
    assert stored(birth).status == Status.CLOSED


def test_a_closing_that_the_case_refuses_still_leads_to_what_is_open(cast, client_of):
    birth, worker = handed_over(cast), cast.of("CW")
    for row in birth.follow_ups.all():
        office.answer_follow_up(follow_up=row, answer=FollowUpAnswer.OFFERED, by=worker, today=TODAY)
    add_task(case=birth.case, title="Call the mother", owner=worker, due_on=TODAY, by=worker, now=NOW)
    refused = fill_in(client_of(worker), reverse("registration:close", args=[birth.pk]), reason="completed")
    assert refused.status_code == 422
    way = f'<a href="{reverse("cases:detail", args=[birth.case_id])}">1 task is open.</a>'
    assert way in refused.content.decode()


def test_nothing_is_written_on_a_case_that_was_undone(cast, client_of):
    """The clerk had the page open while a supervisor took the import back."""
    worker = cast.of("CW")
    birth = births.gathering(cast.mae_sot, worker)
    desk, note = client_of(worker), reverse("cases:note", args=[birth.case_id])
    assert desk.post(note, {"text": "She came back", "readers": "team"}).status_code == 302
    move(birth.case, CaseState.VOID)
    for address, answers in [
        (note, {"text": "She came back", "readers": "team"}),
        (reverse("registration:ready", args=[birth.pk]), {}),
        (reverse("registration:office", args=[birth.pk]), {}),
    ]:
        page = desk.post(address, answers)
        assert (page.status_code, "undone together with its import" in page.content.decode()) == (409, True), address
    assert birth.case.notes.count() == 1


@pytest.mark.parametrize("from_the_case", [True, False])
@pytest.mark.parametrize("is_inquiry", [True, False])
def test_papers_that_lay_at_the_office_are_handed_in_again_after_the_case_goes_on(cast, from_the_case, is_inquiry):
    worker, chief = cast.of("CW"), cast.of("SUP")
    birth = births.ready(cast.mae_sot, worker)
    visit = births.visit(birth, worker)
    handed_in = set(visit.handed_in.values_list("pk", flat=True))
    if is_inquiry:
        office.open_inquiry(visit=visit, on=TODAY, by=worker, today=TODAY)
    told = {"reason": "left_thailand", "text": "Words", "by": chief, "today": TODAY, "gone": LEFT}
    if from_the_case:
        close_case(case=case_of(birth), **told)
    else:
        progress.close_birth(birth=stored(birth), **told)
    visit.refresh_from_db()
    assert (visit.result, visit.result_on) == ("withdrawn", TODAY)
    assert set(birth.items.filter(state="submitted").values_list("pk", flat=True)) == handed_in
    folder = Folder().context(stored(birth), language="en", facts={})
    assert [(line.what.main, line.where.main) for line in folder.todo] == [
        (TO_DO["result"]["en"], str(visit.registry_office))
    ]
    reopen_case(case=case_of(birth), reason="They are back", by=chief, today=TODAY)
    assert stored(birth).status == Status.GATHERING
    assert not birth.items.filter(state="submitted").exists()
    ready = progress.declare_ready(birth=stored(birth), by=worker, now=NOW, today=TODAY)
    again = births.visit(ready, worker)
    assert (again.number, again.result) == (2, "pending")
    assert set(again.handed_in.values_list("pk", flat=True)) == handed_in


def test_a_result_that_was_recorded_stays_when_the_case_closes(cast):
    worker = cast.of("CW")
    birth = births.ready(cast.mae_sot, worker)
    visit = births.visit(birth, worker)
    office.record_return(
        visit=visit, refused=False, reason="missing_paper", text="", on=TODAY, by=worker, today=TODAY
    )  # fmt: skip
    close(birth, cast, "left_thailand")
    visit.refresh_from_db()
    assert visit.result == "returned"
