"""Whom to call today, what came of it, lost contact, and who is calling us."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.audit.models import Event
from casework.cases.calls_queries import calls_today, unanswered_days
from casework.cases.models import ContactAttempt
from casework.cases.services.cases import set_next_step, set_safety_note
from casework.cases.services.contacts import lose_contact, record_contact
from casework.kernel.refusals import Conflict, Refusal
from casework.people.services.families import change_phone
from registration.services.office import record_outcome
from tests.database import as_owner
from tests.factories import registration as births
from tests.factories.cases import make_sealed

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOW = timezone.now()
NUMBER = "0812345678"


@pytest.fixture
def birth(cast):
    facts = births.birth_facts(
        TODAY - dt.timedelta(days=3), names={"Latn": "Eh Soe Paw"}, phones=(NUMBER,),
        parents=(births.known("mother", "Naw Hser Gay"), births.missing("father")),
    )  # fmt: skip
    return births.make_birth(
        cast.mae_sot,
        cast.of("CW"),
        facts,
        now=NOW,
        today=TODAY,
        notice=births.NoticeFacts(language="my", given_on=TODAY),
    )


@pytest.fixture
def case(birth, cast):
    return set_next_step(case=birth.case, step="Ask for the house book", on=TODAY, by=cast.of("CW"), today=TODAY)


def call(case, cast, result="no_answer", ago=0, **more):
    at = NOW - dt.timedelta(days=ago)
    return record_contact(
        case=case, result=result, by=cast.of("CW"), now=at, today=TODAY - dt.timedelta(days=ago), **more
    )


def listed(cast, *, mine=True, role="CW", office="MS"):
    return calls_today(cast.of(role, office), TODAY, mine=mine)


def test_a_due_next_step_puts_a_family_on_the_list_with_its_phone_and_language(case, cast):
    (line,) = listed(cast)
    assert line.case == case and "house book" in str(line.reasons[0].words)
    (phone,) = line.phones
    assert (phone.shown, phone.language, phone.rule) == ("081-234-5678", "Burmese", "not_asked")
    assert phone.rule.needs_care
    assert not listed(cast, role="CW", office="RN", mine=False)
    assert [line.case for line in listed(cast, role="SUP", mine=False)] == [case] and not listed(cast, role="SUP")


def test_a_family_that_must_not_be_contacted_is_never_on_the_list(case, cast):
    phone = case.family.phones.get()
    change_phone(phone=phone, rule="do_not", by=cast.of("CW"))
    assert not listed(cast)
    change_phone(phone=phone, rule="careful", by=cast.of("CW"))
    assert listed(cast)[0].phones[0].rule == "careful"
    set_safety_note(case=case, note="Husband listens", do_not_contact=True, by=cast.of("CW"), today=TODAY)
    assert not listed(cast)


def test_a_sealed_case_is_on_its_own_peoples_list_only(case, cast):
    make_sealed(case, cast.of("SUP"))
    assert listed(cast) and not listed(cast, role="SUP", mine=False)


def test_a_family_called_today_comes_back_on_the_day_to_call_again(case, cast):
    call(case, cast)
    assert not listed(cast)
    with as_owner():
        ContactAttempt.rows.all().delete()
    call(case, cast, ago=1, call_again_on=TODAY)
    assert "Call again" in [str(reason.words) for reason in listed(cast)[0].reasons]
    assert listed(cast)[0].attempts[0].result == "no_answer"


def test_a_wrong_number_is_not_offered_again(case, cast):
    call(case, cast, "wrong_number", ago=1, phone=case.family.phones.get())
    assert not listed(cast)


def test_certificates_and_visits_of_tomorrow_call_the_family(cast):
    worker = cast.of("CW")
    ready = births.ready(cast.mae_sot, worker, births.birth_facts(phones=(NUMBER,)))
    births.visit(ready, worker, appointment_on=TODAY + dt.timedelta(days=1))
    assert "Tomorrow: registry office" in [str(r.words) for line in listed(cast) for r in line.reasons]
    assert "Tomorrow: registry office" not in [
        str(r.words) for line in calls_today(worker, TODAY - dt.timedelta(days=1), mine=True) for r in line.reasons
    ]
    ready.refresh_from_db()
    record_outcome(birth=ready, values=births.certificate(), by=worker, today=births.TODAY)
    assert "The birth certificate can be collected" in [str(r.words) for line in listed(cast) for r in line.reasons]


def test_the_list_asks_as_often_for_two_families_as_for_one(case, cast, birth):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    user = cast.of("CW")
    with CaptureQueriesContext(
        connection,
    ) as one:
        calls_today(user, TODAY, mine=True)
    other = births.make_birth(cast.mae_sot, user, births.birth_facts(phones=("0898765432",)), today=births.TODAY)
    set_next_step(case=other.case, step="Ask", on=TODAY, by=user, today=TODAY)
    with CaptureQueriesContext(connection) as two:
        assert len(calls_today(user, TODAY, mine=True)) == 2
    assert len(two) <= len(one)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"result": ""}, "CAS-CALL-1"),
        ({"result": "no_answer", "direction": "in"}, "CAS-CALL-4"),
        ({"result": "someone_else"}, "CAS-CALL-5"),
        ({"result": "reached", "call_again_on": TODAY - dt.timedelta(days=1)}, "CAS-CALL-6"),
    ],
)
def test_a_call_that_says_too_little_is_refused(case, cast, values, code):
    with pytest.raises(Refusal) as refused:
        call(case, cast, **values)
    assert refused.value.code == code
    assert not ContactAttempt.rows.exists()


def test_the_database_refuses_what_was_told_to_nobody_knows_whom(case, cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactAttempt.rows.create(case=case, result="someone_else", on=TODAY, at=NOW, by=cast.of("CW"))
    call(case, cast, "someone_else", said="The shop: she is at work")


def test_a_phone_of_another_family_and_a_forbidden_one_are_refused(case, cast):
    other = births.make_birth(cast.mae_sot, cast.of("CW"), births.birth_facts(phones=("0898765432",)))
    with pytest.raises(Refusal) as refused:
        call(case, cast, phone=other.case.family.phones.get())
    assert refused.value.code == "CAS-CALL-2"
    phone = case.family.phones.get()
    assert call(case, cast, phone=phone).phone == phone
    change_phone(phone=phone, rule="do_not", by=cast.of("CW"))
    with pytest.raises(Refusal) as refused:
        call(case, cast, phone=phone)
    assert refused.value.code == "CAS-CALL-3"
    assert call(case, cast, "reached", phone=phone, direction="in").direction == "in"  # they may call us


def test_lost_contact_needs_three_days_and_a_person_and_a_call_that_reaches_ends_it(birth, case, cast):
    call(case, cast, ago=2)
    call(case, cast, "switched_off", ago=2)
    call(case, cast, ago=1)
    assert unanswered_days(case) == 2
    with pytest.raises(Conflict):
        lose_contact(case=case, by=cast.of("CW"), today=TODAY)
    call(case, cast)
    case.refresh_from_db()
    assert case.state == "open"  # never by itself
    lose_contact(case=case, by=cast.of("CW"), today=TODAY)
    case.refresh_from_db()
    birth.refresh_from_db()
    assert (case.state, case.hold_reason, birth.suspension) == ("on_hold", "lost_contact", "lost_contact")
    call(case, cast, "reached", said="She moved")
    case.refresh_from_db()
    birth.refresh_from_db()
    assert (case.state, birth.suspension, unanswered_days(case)) == ("open", "none", 0)


def test_a_case_on_hold_for_another_reason_stays_there(case, cast):
    from casework.cases.services.cases import hold_case

    hold_case(case=case, reason="family_asked", text="after the harvest", by=cast.of("CW"))
    call(case, cast, "reached")
    case.refresh_from_db()
    assert case.state == "on_hold"


def test_the_page_offers_lost_contact_only_after_three_days(case, cast, client_of):
    client, url = client_of(cast.of("CW")), reverse("cases:call", args=[case.pk])
    lost = reverse("cases:lost-contact", args=[case.pk])
    assert lost not in client.get(url).content.decode()
    for ago in (3, 2, 1):
        call(case, cast, ago=ago)
    assert lost in client.get(url).content.decode()
    assert lost in client.get(reverse("calls:today")).content.decode()
    assert client.post(lost).status_code == 302
    case.refresh_from_db()
    assert case.state == "on_hold"
    assert client_of(cast.of("CW", "RN")).post(lost).status_code == 404


def test_a_call_is_written_down_on_the_page_and_stands_on_the_timeline(case, cast, client_of):
    client, url = client_of(cast.of("CW")), reverse("cases:call", args=[case.pk])
    refused = client.post(url, {"result": "someone_else", "said": ""})
    assert refused.status_code == 422 and "who answered" in refused.content.decode()
    sent = {"phone": case.family.phones.get().pk, "result": "someone_else", "said": "The aunt: she is at work"}
    assert client.post(url, sent).status_code == 302
    page = client.get(reverse("cases:detail", args=[case.pk]) + "?show=contact").content.decode()
    assert "Called: somebody else answered" in page and "she is at work" in page
    assert client.get(reverse("calls:today")).status_code == 200


def test_a_phone_says_what_may_be_said(case, cast, client_of):
    client, phone = client_of(cast.of("CW")), case.family.phones.get()
    url = reverse("people:phone-edit", args=[case.child_id, phone.pk])
    sent = {"number": phone.number, "person": phone.person_id or "", "whose": "", "rule": "careful", "best_hour": "18",
            "may_say": "the clinic asks her to call"}  # fmt: skip
    assert client.post(url, sent).status_code == 302
    assert "the clinic asks her to call" in client.get(reverse("calls:today")).content.decode()


# somebody calls


def ask(client, **said):
    return client.post(reverse("calls:caller"), {"number": NUMBER, **said})


def test_the_page_tells_nothing_before_two_right_answers(case, cast, client_of):
    client = client_of(cast.of("CW"))
    page = client.get(reverse("calls:caller")).content.decode()
    assert "Eh Soe Paw" not in page
    for said in ({}, {"child": "Eh Soe Paw"}):
        answer = ask(client, **said)
        assert answer.status_code == 422 and case.number not in answer.content.decode()
    wrong = ask(client, child="Eh Soe Paw", mother="Ma Khin Lay").content.decode()
    unknown = ask(client, child="Thiha Aung", mother="Ma Khin Lay").content.decode()
    for page in (wrong, unknown):
        assert "Tell the caller nothing" in page and case.number not in page
    right = ask(client, child="eh so paw", mother="Naw Hser Gay").content.decode()
    assert case.number in right and "name of the child" in right


def test_the_tracking_code_and_the_birth_date_are_answers_too(case, cast, client_of):
    client, born = client_of(cast.of("CW")), case.child.born_on
    said = {"born_on_d": born.day, "born_on_m": born.month, "born_on_y": born.year + 543, "code": case.tracking_code}
    answer = client.post(reverse("calls:caller"), {"number": "", **said}).content.decode()
    assert case.number in answer and "tracking code" in answer
    said["born_on_d"] = 1 if born.day != 1 else 2
    assert case.number not in client.post(reverse("calls:caller"), {"number": "", **said}).content.decode()


def test_who_calls_from_a_phone_that_must_not_be_called_is_told_nothing(case, cast, client_of):
    change_phone(phone=case.family.phones.get(), rule="do_not", by=cast.of("CW"))
    answer = ask(client_of(cast.of("CW")), child="Eh Soe Paw", mother="Naw Hser Gay").content.decode()
    assert "Tell the caller nothing" in answer and case.number not in answer
    assert Event.objects.filter(action="cases.caller.refused", case_id_of=case.pk).exists()


def test_a_check_stands_in_the_history_without_what_was_said(case, cast, client_of):
    ask(client_of(cast.of("CW")), child="Eh Soe Paw", mother="Naw Hser Gay")
    event = Event.objects.get(action="cases.caller.known")
    assert (event.case_id_of, event.reason) == (case.pk, "child, mother")


def test_another_office_and_a_sealed_case_are_told_nothing(case, cast, client_of):
    said = {"child": "Eh Soe Paw", "mother": "Naw Hser Gay"}
    assert case.number not in ask(client_of(cast.of("CW", "RN")), **said).content.decode()
    make_sealed(case, cast.of("SUP"))
    assert case.number not in ask(client_of(cast.of("SUP")), **said).content.decode()
    assert case.number in ask(client_of(cast.of("CW")), **said).content.decode()  # its lead


def test_a_role_without_the_desk_card_is_refused(cast, client_of):
    assert client_of(cast.of("PM")).get(reverse("calls:caller")).status_code == 403
    assert client_of(cast.of("PM")).get(reverse("calls:today")).status_code == 403
    assert client_of(cast.of("PSY")).get(reverse("calls:caller")).status_code == 200


# every open case has a next step or stands on a list


def numbers_in(client, view):
    return client.get(reverse("cases:list"), {"view": view}).content.decode()


def test_an_open_case_that_nobody_looks_after_stands_on_a_list(birth, cast, client_of):
    client, case = client_of(cast.of("CW")), birth.case
    assert case.number not in numbers_in(client, "nextless")  # the registration has a next act
    birth.status = "closed"
    birth.save(update_fields=["status"])
    assert case.number in numbers_in(client, "nextless")
    assert "No next step" in client.get(reverse("home:my-work")).content.decode()
    set_next_step(case=case, step="Visit", on=TODAY, by=cast.of("CW"), today=TODAY)
    assert case.number not in numbers_in(client, "nextless")


def test_a_case_on_hold_stands_on_its_own_list(case, cast, client_of):
    from casework.cases.services.cases import hold_case

    client = client_of(cast.of("CW"))
    assert case.number not in numbers_in(client, "held")
    hold_case(case=case, reason="family_asked", text="", by=cast.of("CW"))
    assert case.number in numbers_in(client, "held")
