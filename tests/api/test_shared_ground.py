"""Cases, persons, referrals, papers and reference rows over the API."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.accounts.models import Office
from casework.audit.models import Event
from casework.cases.models import Case, Consent, Note, Task
from casework.documents.models import Document, PrintLog
from casework.people.services.papers import add_paper
from casework.referrals.models import Referral, Service
from tests.factories.cases import make_case, make_consent, make_note, make_plan, make_sealed, make_task
from tests.factories.registration import TODAY, birth_facts, make_birth, make_facility


@pytest.fixture
def case(cast) -> Case:
    return make_case(cast.mae_sot, cast.of("CW"))


@pytest.fixture
def school(db) -> Service:
    return Service.objects.create(kind="school", name_en="Learning centre", name_th="ศูนย์การเรียน", source="visit")


def same_as_nowhere(call, path: str, **kwargs) -> bool:
    """Whether the answer is the one for what does not exist."""
    here, nowhere = call(path, **kwargs), call(f"{path.split('/')[0]}/99999999/", **kwargs)
    return here.status_code == nowhere.status_code == 404 and here.content == nowhere.content


def test_a_page_of_a_list_stands_in_the_history_and_is_kept_nowhere(caller, cast, case):
    call = caller()
    answer = call.get("cases/")
    (event,) = Event.objects.filter(action="home.list.seen")
    assert (event.actor, event.reason) == (cast.of("CW"), "cases, 1")
    assert answer["Cache-Control"] == call.get(f"cases/{case.pk}/")["Cache-Control"] == "no-store"
    call.get("places/")
    assert Event.objects.filter(action="home.list.seen").count() == 1


def test_cases_are_listed_and_read_where_they_are_seen(caller, cast, case):
    other = make_case(cast.ranong, cast.of("CW", "RN"))

    assert [row["id"] for row in caller().get("cases/").json()["results"]] == [case.pk]
    assert caller().get(f"cases/{case.pk}/").json()["number"] == case.number
    assert same_as_nowhere(caller().get, f"cases/{other.pk}/")
    assert same_as_nowhere(caller("PSY").get, f"cases/{case.pk}/")
    assert caller("PM").get("cases/").status_code == 403


def test_a_sealed_case_does_not_exist_for_others(caller, cast, case):
    make_sealed(case, cast.of("SUP"))

    assert same_as_nowhere(caller("SUP").get, f"cases/{case.pk}/")
    assert caller("SUP").get("cases/").json()["results"] == []


def test_cases_are_filtered(caller, case):
    def ids(**query: object) -> list[int]:
        return [row["id"] for row in caller().get("cases/", **query).json()["results"]]

    assert ids(mine="true") == ids(state="open") == [case.pk]
    assert ids(state="closed") == ids(risk="high") == []
    assert caller("SUP").get("cases/", mine="true").json()["results"] == []


@pytest.mark.parametrize("path", ["cases/", "persons/"])
def test_lists_cost_the_same_for_more_rows(caller, cast, path):
    call = caller()

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert call.get(path).status_code == 200
        return len(asked)

    make_case(cast.mae_sot, cast.of("CW"))
    call.get(path)
    one = cost()
    for _ in range(4):
        make_case(cast.mae_sot, cast.of("CW"))
    assert cost() == one <= 12


def test_a_note_is_added_once_and_read_by_its_readers(caller, cast, case):
    path, body = f"cases/{case.pk}/notes/", {"text": "She comes on Friday."}
    first = caller().post(path, body, **{"Idempotency-Key": "n1"})
    again = caller().post(path, body, **{"Idempotency-Key": "n1"})
    assert (first.status_code, again.json()) == (201, first.json())
    assert Note.rows.get().author == cast.of("CW")

    make_note(case, cast.of("SUP"), readers="legal")
    assert [note["text"] for note in caller("CW").get(path).json()] == ["She comes on Friday."]
    assert len(caller("SUP").get(path).json()) == 2


def test_a_note_for_readers_one_is_not_among_is_refused(caller, case):
    body = {"text": "x", "readers": "psychosocial"}

    answer = caller().post(f"cases/{case.pk}/notes/", body)
    assert (answer.status_code, answer.json()["field"]) == (400, "readers")
    assert caller().post(f"cases/{case.pk}/notes/", {"text": ""}).status_code in (400, 422)
    assert caller(office="RN").post(f"cases/{case.pk}/notes/", body).status_code == 404
    assert not Note.rows.exists()


@pytest.mark.parametrize(
    ("again", "status"), [({"code": "MS"}, 422), ({"code": None}, 500)], ids=["the same", "another mistake"]
)
def test_what_somebody_else_saved_at_the_same_moment_is_refused_and_no_fall(caller, case, monkeypatch, again, status):
    """Both looked before the other had saved; what the database refuses otherwise is still a mistake of ours."""
    monkeypatch.setattr("casework.cases.api.resources.records.add_note", lambda **_told: Office.objects.create(**again))
    call = caller()
    call.client.raise_request_exception = False
    answer = call.post(f"cases/{case.pk}/notes/", {"text": "She comes on Friday."})
    assert answer.status_code == status
    assert status == 500 or answer.json()["code"] == "E-SAME-MOMENT"


@pytest.mark.parametrize("slipped", ["author", "case", "at", "programme"])
def test_nothing_is_slipped_into_a_note(caller, case, slipped):
    answer = caller().post(f"cases/{case.pk}/notes/", {"text": "x", slipped: 1})

    assert (answer.status_code, answer.json()["field"]) == (400, slipped)


def test_a_task_is_added_for_a_colleague_and_finished(caller, cast, case):
    row, body = f"cases/{case.pk}/", {"title": "Call the mother", "due_on": str(TODAY)}
    far = caller().post(f"{row}tasks/", {**body, "owner": cast.of("CW", "RN").pk})
    assert (far.status_code, far.json()["field"]) == (400, "owner")
    made = caller().post(f"{row}tasks/", {**body, "owner": cast.of("SUP").pk})
    assert made.status_code == 201

    assert caller().act(f"tasks/{made.json()['id']}/finish/", row=row).status_code == 200
    assert Task.rows.get().state == "done"
    elsewhere = make_task(make_case(cast.mae_sot, cast.of("CW")), cast.of("CW"))
    assert caller().act(f"tasks/{elsewhere.pk}/finish/", row=row).status_code == 404


def test_consent_is_recorded_and_withdrawn(caller, cast, case):
    row = f"cases/{case.pk}/"
    body = {"purpose": "school", "decision": "yes", "given_on": str(TODAY)}
    assert caller().post(f"{row}consents/", body).json()["code"] == "CAS-CONS-2"
    assert caller().post(f"{row}consents/", {**body, "purpose": "x"}).json()["field"] == "purpose"
    told = {**body, "given_by_name": "Naw Paw", "how": "thumb", "language": "my"}
    made = caller().post(f"{row}consents/", told)
    assert made.status_code == 201

    caller().act(f"consents/{made.json()['id']}/withdraw/", row=row)
    assert Consent.rows.get().withdrawn_by == cast.of("CW")
    assert caller().get(f"{row}consents/").json()[0]["withdrawn_on"] is not None


def test_the_plan_is_read_with_its_steps(caller, cast, case):
    path = f"cases/{case.pk}/plan/"
    assert caller().get(path).json() == []
    make_plan(case, cast.of("CW"))

    plan = caller().get(path).json()[0]
    assert plan["goals"][0]["steps"][0]["title"] == "Go to the registry"


def test_a_person_is_read_with_hidden_numbers(caller, cast, case):
    add_paper(person=case.child, type="passport", number="MC0123456", by=cast.of("CW"), today=TODAY)
    body = caller().get(f"persons/{case.child_id}/").json()

    assert body["papers"][0]["number"] == "xxxxxx456"
    assert "MC0123456" not in str(body)
    assert same_as_nowhere(caller(office="RN").get, f"persons/{case.child_id}/")


def test_persons_are_found_within_reach(caller, case):
    name = case.child.name

    assert [row["id"] for row in caller().get("persons/", q=name).json()["results"]] == [case.child_id]
    assert caller(office="RN").get("persons/", q=name).json()["results"] == []
    assert caller("PM").get("persons/").status_code == 403


def referral_body(case: Case, school: Service, **more: object) -> dict[str, object]:
    return {
        "case": case.pk, "service": school.pk, "kind": "school", "reason": "A place in grade one",
        "shared_fields": ["name"], **more,
    }  # fmt: skip


def test_a_referral_needs_consent_and_is_sent_once(caller, cast, case, school):
    body = referral_body(case, school)
    assert caller().post("referrals/", body).json()["code"] == "BR-CONS-1"
    assert caller().post("referrals/", {**body, "override_reason": "urgent"}).json()["code"] == "BR-CONS-1"
    make_consent(case, cast.of("CW"), purpose="school")
    first = caller().post("referrals/", body, **{"Idempotency-Key": "r"})
    again = caller().post("referrals/", body, **{"Idempotency-Key": "r"})

    assert (first.status_code, again.json()) == (201, first.json())
    assert Referral.rows.get().sent_by == cast.of("CW")
    assert caller().post("referrals/", body).status_code == 409
    assert caller().get("referrals/", state="pending").json()["results"][0]["id"] == first.json()["id"]
    assert caller().get("referrals/", state="accepted").json()["results"] == []


def test_a_referral_of_a_case_one_does_not_see(caller, case, school):
    answer = caller(office="RN").post("referrals/", referral_body(case, school))

    assert (answer.status_code, answer.json()["field"]) == (400, "case")


@pytest.mark.parametrize("slipped", ["state", "sent_by", "override_by", "consent", "programme"])
def test_nothing_is_slipped_into_a_referral(caller, case, school, slipped):
    answer = caller().post("referrals/", referral_body(case, school, **{slipped: 1}))

    assert (answer.status_code, answer.json()["field"]) == (400, slipped)


def test_a_referral_is_answered_on_its_present_state(caller, cast, case, school):
    make_consent(case, cast.of("CW"), purpose="school")
    row = f"referrals/{caller().post('referrals/', referral_body(case, school)).json()['id']}/"
    tag = caller().get(row)["ETag"]
    assert caller().act("answer/", {"answer": "declined"}, row=row).json()["code"] == "REF-4"
    assert caller().act("answer/", {"answer": "accepted"}, row=row).json()["state"] == "accepted"

    stale = caller().post(f"{row}answer/", {"answer": "cancelled", "text": "x"}, **{"If-Match": tag})
    assert stale.status_code == 412
    assert same_as_nowhere(caller(office="RN").get, row)


def test_a_paper_is_ordered_made_and_downloaded(caller, cast):
    from casework.documents.services import render_document

    birth = make_birth(cast.mae_sot, cast.of("CW"))
    body = {"kind": "registration.family_checklist", "subject_id": birth.pk, "language": "my"}
    ordered = caller().post("documents/", body, **{"Idempotency-Key": "d"})
    assert ordered.status_code == 201, ordered.content
    assert caller().post("documents/", body, **{"Idempotency-Key": "d"}).json() == ordered.json()
    row = f"documents/{ordered.json()['id']}/"
    assert caller().get(f"{row}file/").status_code == 409
    assert caller().act("stop/", row=row).json()["code"] == "E-DOC-23"
    assert caller().act("retry/", row=row).json()["code"] == "E-DOC-2"

    render_document(document_id=Document.rows.get().pk, now=timezone.now())
    assert caller().get(row).json()["state"] == "ready"
    pdf = caller().get(f"{row}file/")
    assert pdf.content.startswith(b"%PDF")
    assert PrintLog.objects.get().by == cast.of("CW")
    assert caller().act("checked/", row=row).json()["code"] == "E-STATE"
    assert caller().act("signed/", row=row).json()["trail"] == "signed"
    assert same_as_nowhere(caller(office="RN").get, row)
    assert caller("CW").get("documents/", subject_id=birth.pk).json()["results"][0]["id"] == ordered.json()["id"]
    assert caller(office="RN").get("documents/").json()["results"] == []


def test_papers_that_may_not_be_ordered(caller, cast):
    birth = make_birth(cast.mae_sot, cast.of("CW"))
    body = {"kind": "registration.family_checklist", "subject_id": birth.pk, "language": "my"}

    assert caller(office="RN").post("documents/", body).status_code == 404
    assert caller().post("documents/", {**body, "kind": "nonsense"}).json()["field"] == "kind"
    assert caller().post("documents/", {**body, "language": "fr"}).status_code == 422
    assert caller("SYS").post("documents/", body).status_code == 403


def test_places_facilities_offices_and_services_are_found(caller, school):
    make_facility()
    assert "6306" in {place["code"] for place in caller().get("places/", q="Mae So").json()["results"]}
    assert caller().get("places/").json()["field"] == "q"
    assert caller().get("facilities/").json()["results"]
    assert caller().get("registry-offices/").json()["results"]
    assert [row["id"] for row in caller().get("services/").json()["results"]] == [school.pk]


def test_a_call_is_written_down_and_listed(caller, cast):
    birth = make_birth(cast.mae_sot, cast.of("CW"), birth_facts(phones=("0812345678",)))
    row, phone = f"cases/{birth.case_id}/", birth.case.family.phones.get()
    made = caller().post(f"{row}contacts/", {"result": "no_answer", "phone": phone.pk})
    assert made.status_code == 201 and made.json()["direction"] == "out"
    assert [line["result"] for line in caller().get(f"{row}contacts/").json()] == ["no_answer"]
    for body in ({"result": "someone_else"}, {"result": "no_answer", "phone": phone.pk + 999}, {"result": "shouted"}):
        assert caller().post(f"{row}contacts/", body).status_code in (400, 422)
    assert caller("CW", "RN").post(f"{row}contacts/", {"result": "reached"}).status_code == 404
