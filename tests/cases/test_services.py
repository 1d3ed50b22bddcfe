"""The case through its services: numbers, plan, help, notes, consent and referral."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from casework.cases.models import Assignment, Case, CasePlan, Note
from casework.cases.services import cases as case_services
from casework.cases.services import plans, records
from casework.cases.services.numbers import next_case_number
from casework.kernel.refusals import Conflict, Refusal
from casework.notifications.models import Notice
from casework.people.models import ConflictOfInterest, MatchKey, Person, PersonReach
from casework.people.services.duplicates import BirthFacts, refresh_match_key
from casework.referrals.models import Service
from casework.referrals.services import send_referral
from tests.database import wait_for_a_lock
from tests.factories import cases
from tests.factories.accounts import make_office, make_worker
from tests.factories.cases import NOW, TODAY
from tests.factories.cast import make_cast, signed_in
from tests.factories.forms import date_boxes
from tests.factories.people import make_person


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_take_numbers_without_a_gap():
    office = make_office("MS")

    def take(_turn: int) -> str:
        try:
            with transaction.atomic():
                return next_case_number(office=office, year=2026)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as threads:
        taken = sorted(threads.map(take, range(20)))
    assert taken == [f"MS-2026-{n:04d}" for n in range(1, 21)]


@pytest.mark.django_db
def test_a_case_that_fails_to_open_takes_no_number(cast):
    worker = cast.of("CW")
    first = cases.make_case(cast.mae_sot, worker)
    with pytest.raises(Conflict) as refused:
        cases.make_case(cast.mae_sot, worker, child=first.child)
    assert refused.value.code == "CAS-OPEN-1"
    assert cases.make_case(cast.mae_sot, worker).number == "MS-2026-0002"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_a_case_of_one_child_the_second_is_told():
    office, worker = make_office("MS"), make_worker("CW", "MS")
    child = cases.make_case(office, worker).child
    case_services.close_case(case=Case.rows.get(), reason="withdrawn", text="Moved", by=worker, today=TODAY)

    def second() -> str:
        try:
            cases.make_case(office, worker, child=child)
        except Conflict as refused:
            return refused.code
        finally:
            connection.close()
        return "opened"

    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            cases.make_case(office, worker, child=child)
            told = thread.submit(second)
            wait_for_a_lock(told)
        assert told.result() == "CAS-OPEN-1"
    assert Case.rows.all().open().count() == 1


@pytest.mark.django_db
def test_a_case_of_a_child_with_another_open_one_is_not_opened_again(cast):
    worker = cast.of("SUP")
    first = cases.make_case(cast.mae_sot, worker)
    case_services.close_case(case=first, reason="withdrawn", text="Moved", by=worker, today=TODAY)
    other = cases.make_case(cast.mae_sot, worker, child=first.child)
    page, words = reverse("cases:reopen", args=[first.pk]), {"reason": "They are back"}
    answer = signed_in(worker).post(page, words)
    assert answer.status_code == 409 and "Go on with that one" in answer.content.decode()
    case_services.close_case(case=other, reason="withdrawn", text="Moved", by=worker, today=TODAY)
    assert signed_in(worker).post(page, words).status_code == 302
    assert Case.rows.get(pk=first.pk).state == "open"


@pytest.mark.django_db
def test_the_database_keeps_one_open_case_of_a_child(cast):
    case = cases.make_case(cast.mae_sot, cast.of("CW"))
    case.pk, case.number, case.tracking_code, case._state.adding = None, "MS-2026-0099", "ABCDEF", True
    with pytest.raises(IntegrityError, match="A child has one open case"), transaction.atomic():
        case.save()
    case_services.close_case(
        case=Case.rows.get(number="MS-2026-0001"), reason="withdrawn", text="Told at the desk", by=cast.of("SUP"),
        today=TODAY,
    )  # fmt: skip
    case.save()


@pytest.mark.django_db
def test_who_wrote_in_a_version_does_not_approve_it(cast):
    worker, writer, other = cast.of("CW"), cast.of("SUP"), make_worker("SUP", cast.mae_sot)
    case = cases.make_case(cast.mae_sot, worker)
    cases.make_plan(case, worker)
    step = {"title": "Ask the registry", "responsible": writer, "responsible_text": "", "due_on": None}
    plans.add_step(case=case, goal_title="A birth certificate", by=writer, **step)
    plan = plans.submit_plan(plan=plans.current_plan(case), by=worker, now=NOW, today=TODAY)
    for act, more in ((plans.approve_plan, {"version": plan.version}), (plans.return_plan, {"text": "Ask again"})):
        with pytest.raises(Conflict) as refused:
            act(plan=plan, by=writer, now=NOW, **more)
        assert refused.value.code == "CAS-PLAN-3"
    waits = "Plan waits for your approval"
    assert waits not in signed_in(writer).get(reverse("home:my-work"), {"view": "decide"}).content.decode()
    assert waits in signed_in(other).get(reverse("home:my-work"), {"view": "decide"}).content.decode()
    assert plans.approve_plan(plan=plan, version=plan.version, by=other, now=NOW).state == "approved"
    plans.add_step(case=case, goal_title="A birth certificate", by=other, **step)
    fresh = plans.submit_plan(plan=plans.current_plan(case), by=other, now=NOW, today=TODAY)
    assert plans.approve_plan(plan=fresh, version=fresh.version, by=writer, now=NOW).state == "approved"


@pytest.mark.django_db
def test_a_plan_is_approved_by_another_and_only_as_it_was_read(cast):
    worker, supervisor = cast.of("CW"), cast.of("SUP")
    case = cases.make_case(cast.mae_sot, worker)
    plan = cases.submitted_plan(case, worker)
    with pytest.raises(Conflict) as refused:
        plans.approve_plan(plan=plan, version=plan.version, by=worker, now=NOW)
    assert refused.value.code == "CAS-PLAN-3"
    read = plan.version
    plans.add_goal(case=case, title="School", domain="education", due_on=None, by=worker, today=TODAY)
    plan.refresh_from_db()
    assert plan.state == "draft"
    plans.add_step(
        case=case, goal_title="School", title="Visit the school", responsible=worker, responsible_text="", due_on=None,
        by=worker,
    )  # fmt: skip
    plan.refresh_from_db()
    plans.submit_plan(plan=plan, by=worker, now=NOW, today=TODAY)
    with pytest.raises(Conflict) as refused:
        plans.approve_plan(plan=plan, version=read, by=supervisor, now=NOW)
    assert refused.value.code == "CAS-PLAN-7"
    plan = plans.approve_plan(plan=plan, version=plan.version, by=supervisor, now=NOW)
    case.refresh_from_db()
    assert (plan.state, case.stage) == ("approved", "planned")
    home = {"case": case, "title": "A home", "domain": "education", "due_on": None, "by": worker, "today": TODAY}
    twice = [plans.add_goal(**home), plans.add_goal(**home)]
    plans.remove_goal(goal=twice[1], by=worker)
    assert list(plans.current_plan(case).goals.filter(title="A home")) == twice[:1]


@pytest.mark.django_db
def test_the_database_lets_nobody_approve_their_own_plan(cast):
    worker = cast.of("CW")
    plan = cases.submitted_plan(cases.make_case(cast.mae_sot, worker), worker)
    with pytest.raises(IntegrityError, match="Who submits a plan does not approve it"), transaction.atomic():
        CasePlan.rows.filter(pk=plan.pk).update(state="approved", decided_by=worker)
    CasePlan.rows.filter(pk=plan.pk).update(state="approved", decided_by=cast.of("SUP"))


@pytest.mark.django_db
def test_a_plan_that_changed_is_not_approved_from_a_copy_of_before(cast):
    case = cases.make_case(cast.mae_sot, worker := cast.of("CW"))
    read = CasePlan.rows.get(pk=cases.submitted_plan(case, worker).pk)
    plan = plans.set_review_date(case=case, review_on=TODAY + dt.timedelta(days=9), by=worker, today=TODAY)
    plans.submit_plan(plan=plan, by=worker, now=NOW, today=TODAY)
    with pytest.raises(Conflict) as refused:
        plans.approve_plan(plan=read, version=read.version, by=cast.of("SUP"), now=NOW)
    assert refused.value.code == "CAS-PLAN-7"
    read.refresh_from_db()
    assert plans.approve_plan(plan=read, version=read.version, by=cast.of("SUP"), now=NOW).state == "approved"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_hand_a_case_on_at_once_the_second_has_the_last_word():
    case = cases.make_case(make_office("MS"), make_worker("CW", "MS"))
    one, two, supervisor = make_worker("CW", "MS"), make_worker("CW", "MS"), make_worker("SUP", "MS")
    told = {"by": supervisor, "now": timezone.now()}

    def second() -> None:
        try:
            case_services.change_lead(case=Case.rows.get(), lead=two, **told)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            case_services.change_lead(case=Case.rows.get(), lead=one, **told)
            other = thread.submit(second)
            wait_for_a_lock(other)
        other.result()
    case.refresh_from_db()
    assert (case.lead, case.assignments.get(kind="lead", ended_at=None).user) == (two, two)


@pytest.mark.django_db
def test_a_change_of_an_approved_plan_is_a_new_version(cast):
    worker = cast.of("CW")
    case = cases.make_case(cast.mae_sot, worker)
    plan = cases.submitted_plan(case, worker)
    plans.approve_plan(plan=plan, version=plan.version, by=cast.of("SUP"), now=NOW)
    plans.add_goal(case=case, title="School", domain="education", due_on=None, by=worker, today=TODAY)
    assert list(case.plans.values_list("number", "state")) == [(2, "draft"), (1, "replaced")]
    assert plans.current_plan(case).goals.count() == 2
    assert plan.goals.count() == 1


@pytest.mark.django_db
def test_a_plan_without_steps_or_review_is_not_submitted(cast):
    worker = cast.of("CW")
    case = cases.make_case(cast.mae_sot, worker)
    goal = plans.add_goal(case=case, title="School", domain="education", due_on=None, by=worker, today=TODAY)
    with pytest.raises(Refusal) as refused:
        plans.submit_plan(plan=goal.plan, by=worker, now=NOW, today=TODAY)
    assert {f.code for f in refused.value.findings} == {"CAS-PLAN-4", "CAS-PLAN-5"}


@pytest.mark.django_db
def test_help_today_lasts_a_day_and_not_on_a_sealed_case(cast):
    case = cases.make_case(cast.mae_sot, cast.of("CW"))
    helper = cast.of("PSY")
    with pytest.raises(Refusal):
        case_services.help_today(case=case, user=helper, reason=" ", now=NOW)
    cover = case_services.help_today(case=case, user=helper, reason="The lead is away", now=NOW)
    assert cover.until_at - cover.since_at == dt.timedelta(hours=24)
    told = Notice.rows.get(action="cases.case.helped")
    assert (told.recipient, told.label) == (case.lead, case.number)
    assert case.assignments.live(NOW + dt.timedelta(hours=23)).filter(user=helper).exists()
    assert not case.assignments.live(NOW + dt.timedelta(hours=25)).filter(user=helper).exists()
    cases.make_sealed(case, cast.of("SUP"))
    with pytest.raises(Conflict) as refused:
        case_services.help_today(case=case, user=helper, reason="The lead is away", now=NOW)
    assert refused.value.code == "CAS-HELP-2"


@pytest.mark.django_db
def test_a_message_is_left_for_the_lead_by_who_may_not_open_the_case(cast, client_of):
    lead, taker = cast.of("CW"), client_of(cast.of("PSY"))
    case = cases.make_case(cast.mae_sot, lead)
    address, said = (
        reverse("cases:message", args=[case.pk]),
        {"who": "Daw Hla", "wants": "The certificate", "phone": ""},
    )
    assert address in taker.get(reverse("cases:card", args=[case.pk])).content.decode()
    for odd in ({"who": " "}, {"wants": ""}, {"wants": "x" * 301}):
        assert taker.post(address, {**said, **odd}).status_code == 422 and not case.tasks.exists()
    told = taker.post(address, {**said, "phone": "081 234 5678"})
    assert told.url == reverse("cases:card", args=[case.pk])
    task = case.tasks.get()
    assert (task.owner, task.title) == (lead, "Message from Daw Hla: The certificate")
    assert "0812345678" in case.notes.get().text
    assert Notice.rows.get(action="cases.message.taken").recipient == lead
    assert "Message from Daw Hla" in client_of(lead).get("/").content.decode()
    assert taker.get(reverse("cases:detail", args=[case.pk])).status_code == 404
    cases.make_sealed(case, cast.of("SUP"))
    assert taker.post(address, said).status_code == 404 and case.tasks.count() == 1


@pytest.mark.django_db
def test_help_today_ends_for_the_persons_of_the_case_when_it_ends_for_the_case(cast):
    case = cases.make_case(cast.mae_sot, cast.of("CW"))
    helper, both, now = cast.of("PSY"), cast.of("TRF"), timezone.now()
    Assignment.rows.create(case=case, user=both, kind="team", since_at=now, given_by=both)
    for user in (both, helper):
        case_services.help_today(case=case, user=user, reason="The lead is away", now=now)
    assert Person.objects.visible_to(helper).filter(pk=case.child_id).exists()
    until = dict(PersonReach.objects.filter(user_id__in=(helper.pk, both.pk)).values_list("user_id", "until_at"))
    assert until == {helper.pk: now + dt.timedelta(hours=24), both.pk: None}


@pytest.mark.django_db
def test_the_page_of_a_child_opens_to_who_helps_today_and_not_to_who_helped_yesterday(cast):
    case = cases.make_case(cast.mae_sot, cast.of("CW"))
    helper, late, now = cast.of("PSY"), cast.of("TRF"), timezone.now()
    case_services.help_today(case=case, user=helper, reason="The lead is away", now=now)
    yesterday = now - dt.timedelta(hours=25)
    with patch("django.utils.timezone.now", return_value=yesterday):
        case_services.help_today(case=case, user=late, reason="The lead is away", now=yesterday)
    page = reverse("people:person", args=[case.child_id])
    assert signed_in(helper).get(page).status_code == 200
    assert signed_in(late).get(page).status_code == 404


@pytest.mark.django_db
def test_who_sees_a_case(cast):
    case = cases.make_case(cast.mae_sot, lead := make_worker("CW", "MS"))
    sees = {role for role in ("CW", "SUP", "PSY", "TRF", "FO", "PM", "SYS", "AUD") if seen(case, cast.of(role))}
    assert sees == {"CW", "SUP"}
    assert not seen(case, cast.of("SUP", "RN"))
    assert seen(case, make_worker("CW", "MS", "registration"))
    assert not seen(case, make_worker("CW", "MS", "education"))
    cases.make_sealed(case, cast.of("SUP"))
    assert not seen(case, cast.of("SUP")) and not seen(case, cast.of("CW"))
    assert seen(case, lead)


@pytest.mark.django_db
def test_the_duplicate_check_is_told_of_the_seal_and_of_the_end(cast):
    case = cases.make_case(cast.mae_sot, make_worker("CW", "MS"))
    refresh_match_key(child=case.child, facts=BirthFacts(office_id=case.office_id))

    def told() -> tuple[bool, bool]:
        key = MatchKey.objects.get(child=case.child)
        return key.is_sealed, key.is_open

    assert told() == (False, True)
    cases.make_sealed(case, cast.of("SUP"))
    assert told() == (True, True)
    case_services.seal_case(case=case, sealed=False, reason="The danger is over", by=cast.of("SUP"))
    assert told() == (False, True)
    case_services.close_case(case=case, reason="withdrawn", text="The family moved", by=cast.of("SUP"), today=TODAY)
    assert told() == (False, False)
    case_services.reopen_case(case=case, reason="They are back", by=cast.of("SUP"), today=TODAY)
    assert told() == (False, True)


def seen(case: Case, user) -> bool:
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


@pytest.mark.django_db
def test_a_conflict_of_interest_hides_the_case_and_its_card(cast):
    case, related = cases.make_case(cast.mae_sot, make_worker("CW", "MS")), cast.of("CW")
    assert seen(case, related)
    assert Case.rows.all().desk_cards_for(related).filter(pk=case.pk).exists()
    ConflictOfInterest.rows.create(user=related, person=case.child, declared_on=TODAY)
    assert not seen(case, related)
    assert not Case.rows.all().desk_cards_for(related).filter(pk=case.pk).exists()


@pytest.mark.django_db
def test_nobody_leads_the_case_of_a_relative(cast):
    case, related = cases.make_case(cast.mae_sot, cast.of("CW")), make_worker("CW", "MS")
    ConflictOfInterest.rows.create(user=related, person=case.child, declared_on=TODAY)
    with pytest.raises(Conflict) as refused:
        case_services.change_lead(case=case, lead=related, by=cast.of("SUP"), now=NOW)
    assert refused.value.code == "CAS-COI-1"
    other = make_worker("CW", "MS")
    assert case_services.change_lead(case=case, lead=other, by=cast.of("SUP"), now=NOW).lead == other


@pytest.mark.django_db
def test_a_note_is_read_by_those_it_is_for(cast):
    author = make_worker("CW", "MS")
    case = cases.make_case(cast.mae_sot, author)
    for readers in ("team", "programme", "legal", "psychosocial", "trafficking"):
        cases.make_note(case, author, readers=readers)
    read = {role: set(readers_seen(cast.of(role))) for role in ("CW", "SUP")}
    assert read == {"CW": {"team", "programme"}, "SUP": {"team", "programme", "legal"}}
    assert len(readers_seen(author)) == 5
    psychologist = cast.of("PSY")
    assert not readers_seen(psychologist)
    case_services.help_today(case=case, user=psychologist, reason="The lead is away", now=dt.datetime.now(dt.UTC))
    assert set(readers_seen(psychologist)) == {"team", "programme", "psychosocial"}


def readers_seen(user) -> list[str]:
    return list(Note.objects.visible_to(user).values_list("readers", flat=True))


@pytest.mark.django_db
def test_a_referral_rests_on_living_consent_or_a_supervisors_reason(cast):
    worker = cast.of("CW")
    case = cases.make_case(cast.mae_sot, worker)
    with pytest.raises(Refusal) as refused:
        refer(case, worker)
    assert refused.value.code == "BR-CONS-1"
    consent = cases.make_consent(case, worker)
    assert refer(case, worker).consent == consent
    records.withdraw_consent(consent=consent, by=worker, today=TODAY)
    with pytest.raises(Refusal):
        refer(case, worker)
    with pytest.raises(Refusal):
        refer(case, worker, override_reason="The child is in danger")
    overridden = refer(case, cast.of("SUP"), override_reason="The child is in danger", may_override=True)
    assert (overridden.consent, overridden.override_by) == (None, cast.of("SUP"))


@pytest.mark.django_db
def test_consent_until_a_day_covers_it_until_midnight_at_the_clinic(cast):
    case = cases.make_case(cast.mae_sot, worker := cast.of("CW"))
    consent = cases.make_consent(case, worker, expires_on=TODAY)
    midnight = dt.datetime(2026, 11, 23, 17, 0, tzinfo=dt.UTC)
    with pytest.raises(Refusal) as refused:
        refer(case, worker, now=midnight)
    assert refused.value.code == "BR-CONS-1"
    assert refer(case, worker, now=midnight - dt.timedelta(seconds=1)).consent == consent


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_the_second_replaces_the_first():
    case = cases.make_case(make_office("MS"), worker := make_worker("CW", "MS"))

    def second() -> None:
        try:
            cases.make_consent(case, worker, decision="no")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            first = cases.make_consent(case, worker)
            answer = thread.submit(second)
            wait_for_a_lock(answer)
        answer.result()
    first.refresh_from_db()
    assert first.withdrawn_on == TODAY
    assert case.consents.get(withdrawn_on=None).decision == "no"


def refer(case: Case, by, **more):
    service = Service.objects.create(kind="insurance", name_en="Desk", name_th="โต๊ะ", source="telephone")
    return send_referral(
        case=case, service=service, kind="insurance", urgency="72h", reason="Insurance from birth",
        shared_fields=["name"], by=by, **{"now": NOW, **more},
    )  # fmt: skip


@pytest.mark.django_db
def test_a_yes_needs_who_how_and_in_which_language(cast):
    worker = cast.of("CW")
    case = cases.make_case(cast.mae_sot, worker)
    for missing in ("given_by_name", "how", "language"):
        with pytest.raises(Refusal) as refused:
            cases.make_consent(case, worker, **{missing: ""})
        assert (refused.value.code, refused.value.field) == ("CAS-CONS-2", missing)
    assert cases.make_consent(case, worker, decision="no", given_by_name="", how="", language="").decision == "no"


@pytest.mark.django_db
def test_a_case_with_an_unfinished_registration_is_not_completed():
    cast = make_cast()
    case = cases.make_case(cast.mae_sot, cast.of("CW"))
    with pytest.raises(Refusal) as refused:
        case_services.close_case(case=case, reason="withdrawn", text="", by=cast.of("SUP"), today=TODAY)
    assert refused.value.code == "CAS-CLOSE-2"
    case_services.close_case(case=case, reason="completed", text="", by=cast.of("SUP"), today=TODAY)
    assert (case.state, case.closed_on) == ("closed", TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize(("years", "is_asked"), [(6, False), (8, True), (None, True)])
def test_a_child_old_enough_is_asked_whether_it_agrees(cast, client_of, years, is_asked):
    lead = cast.of("CW")
    born = dt.date(timezone.localdate().year - years, 1, 1) if years else None
    case = cases.make_case(cast.mae_sot, lead, child=make_person("Naw Eh Wah", by=lead, born=born))
    client, address = client_of(lead), reverse("cases:consent", args=[case.pk])
    assert ('name="child_assent"' in client.get(address).content.decode()) is is_asked
    answer = {
        "purpose": "hospital", "decision": "yes", "given_by_name": "Naw Paw", "how": "thumb", "language": "ksw",
        "child_assent": "no", **date_boxes("given_on", TODAY),
    }  # fmt: skip
    assert client.post(address, answer).status_code == 302
    assert case.consents.get().child_assent is (False if is_asked else None)
    page = client.get(reverse("cases:detail", args=[case.pk])).content.decode()
    assert ("the child does not agree" in page) is is_asked
