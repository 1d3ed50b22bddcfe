"""What is done to a case over the API: risk, safety, the next step, rest, lead, end, and its plan."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from casework.cases.api.opening import CaseTold
from casework.cases.models import Case
from casework.cases.services.reach import refresh_reach
from tests.factories.cases import make_case, make_sealed, make_task, missed_calls
from tests.factories.registration import birth_facts, make_birth

TODAY = timezone.localdate()
SOON = str(TODAY + dt.timedelta(days=7))


@pytest.fixture
def case(cast) -> Case:
    return make_case(cast.mae_sot, cast.of("CW"))


@pytest.fixture
def row(case) -> str:
    return f"cases/{case.pk}/"


def test_risk_safety_and_the_next_step_are_set(caller, case, row):
    call = caller()
    assert call.act("risk/", {"risk": "high", "reason": "He drinks"}, row=row).status_code == 422
    risky = {"risk": "medium", "reason": "He drinks", "review_on": SOON}
    assert call.act("risk/", risky, row=row).json()["risk"] == "medium"
    assert call.act("safety/", {"do_not_contact": True}, row=row).json()["do_not_contact"] is True
    noted = call.act("safety/", {"safety_note": "Only through the aunt"}, row=row).json()
    assert (noted["safety_note"], noted["do_not_contact"]) == ("Only through the aunt", True)
    assert call.act("next-step/", {"on": SOON}, row=row).json()["code"] == "CAS-NEXT-1"
    step = call.act("next-step/", {"step": "Call the aunt", "on": SOON}, row=row).json()
    assert (step["next_step"], step["next_step_on"]) == ("Call the aunt", SOON)


def test_a_case_is_opened_once_for_a_family_that_comes(caller, cast):
    call, known = caller(), {"office": cast.mae_sot.pk, "about": "The father fell", "next_step": "Ask the fund"}
    told = {**CaseTold.example, **known, "next_step_on": SOON, "notice_on": str(TODAY)}
    for wrong, code in (
        ({"about": ""}, "CAS-OPEN-3"), ({"carer_role": ""}, "CAS-OPEN-4"),
        ({"programme": "registration"}, "CAS-OPEN-5"),
        ({"names": []}, "BR-NAME-1"), ({"office": cast.ranong.pk}, "E-CHOICE-1"),
    ):  # fmt: skip
        assert code in call.post("cases/", told | wrong).content.decode(), code
    made = call.post("cases/", told, **{"Idempotency-Key": "first"})
    assert made.status_code == 201, made.content
    assert call.post("cases/", told, **{"Idempotency-Key": "first"}).json() == made.json()
    case = Case.rows.get(pk=made.json()["id"])
    assert (case.lead, case.live_programmes) == (cast.of("CW"), ["emergency_fund"])

    brother = {**told, "family_of": case.child_id, "names": ["Saw Eh Doh"]}
    assert caller("CW", "RN").post("cases/", brother | {"office": cast.ranong.pk}).status_code == 400
    assert Case.rows.get(pk=call.post("cases/", brother).json()["id"]).family == case.family
    again = call.post("cases/", {**told, "child": case.child_id})
    assert (again.status_code, again.json()["code"]) == (409, "CAS-OPEN-1")


def test_needs_are_assessed_and_a_risk_is_only_suggested(caller, case, row):
    call, path = caller(), f"{row}assessments/"
    need = {"domain": "safety", "severity": "2", "text": "He drinks and hits"}
    told = {"kind": "rapid", "done_on": str(TODAY), "needs": [need], "carer_views": "She wants to leave"}
    for wrong, code in (
        ({"needs": []}, "CAS-ASM-2"),
        ({"needs": [{"domain": "safety", "severity": "3"}]}, "CAS-ASM-3"),
        ({"done_on": SOON}, "CAS-ASM-1"),
    ):
        answer = call.post(path, told | wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert call.get(path).json() == []
    made = call.post(path, told)
    assert (made.status_code, made.json()["suggested_risk"], made.json()["needs"]) == (201, "high", [need])
    assert [one["carer_views"] for one in call.get(path).json()] == ["She wants to leave"]
    case.refresh_from_db()
    assert case.risk == "none"
    assert caller("AUD").get(path).status_code == 404 and caller(office="RN").post(path, told).status_code == 404


def test_a_case_rests_and_goes_on(caller, row):
    call = caller()
    assert call.act("hold/", {"reason": "family_asked", "text": "Away"}, row=row).json()["state"] == "on_hold"
    again = call.act("hold/", {"reason": "family_asked"}, row=row)
    assert (again.status_code, again.json()["code"]) == (409, "E-STATE")
    assert call.act("resume/", row=row).json()["state"] == "open"


def test_contact_is_lost_after_calls_on_several_days(caller, cast, case, row):
    early = caller().act("lose-contact/", row=row)
    assert (early.status_code, early.json()["code"]) == (409, "CAS-CALL-7")
    missed_calls(case, cast.of("CW"))
    assert caller().act("lose-contact/", row=row).status_code == 200


def test_phones_of_the_family_are_read_and_added_once(caller, cast):
    birth = make_birth(cast.mae_sot, cast.of("CW"), birth_facts(phones=("0812345678",)))
    path, key = f"cases/{birth.case_id}/phones/", {"Idempotency-Key": "p"}
    mother = birth.parents.get(role="mother").person
    told = {"number": "081 999 8877", "person": mother.pk, "rule": "careful", "may_say": "That the clinic called"}
    first, again = (caller().post(path, told, **key) for _ in range(2))
    assert (first.status_code, again.json()) == (201, first.json()), first.content
    assert [row["number"] for row in caller().get(path).json()] == ["0812345678", "0819998877"]
    assert caller().post(path, {"number": "0819998877"}).json()["code"] == "PPL-PHONE-2"
    assert caller().post(path, {"number": "none"}).json()["code"] == "PPL-PHONE-1"
    stranger = make_birth(cast.mae_sot, cast.of("CW")).case.child.pk
    refused = caller().post(path, {"number": "0811112222", "person": stranger})
    assert (refused.status_code, refused.json()["field"]) == (400, "person")
    assert caller(office="RN").get(path).status_code == caller(office="RN").post(path, told).status_code == 404
    assert caller().act("safety/", {"do_not_contact": True}, row=f"cases/{birth.case_id}/").status_code == 200
    assert [row["number"] for row in caller().get(path).json()] == ["08x-xxx-5678", "08x-xxx-8877"]


def test_a_case_goes_to_another_lead(caller, cast, row):
    to = {"lead": cast.of("SUP").pk}
    assert caller().act("lead/", to, row=row).status_code == 403
    far = caller("SUP").act("lead/", {"lead": cast.of("CW", "RN").pk}, row=row)
    assert (far.status_code, far.json()["field"]) == (400, "lead")
    assert caller("SUP").act("lead/", to, row=row).json()["lead"] == cast.of("SUP").pk


def test_a_case_is_closed_and_opened_again(caller, row):
    gone = {"reason": "left_thailand", "text": "They went home", "gone_on": str(TODAY), "news_from": "family"}
    refused = caller("SUP").act("close/", gone, row=row)
    assert (refused.status_code, refused.json()["code"]) == (422, "CAS-GONE-3")
    closed = caller("SUP").act("close/", gone | {"country": "MM"}, row=row)
    assert closed.json()["state"] == "closed", closed.content
    opened = caller("SUP").act("reopen/", {"reason": "They are back"}, row=row)
    assert opened.json()["state"] == "open", opened.content


def test_a_task_is_not_done_after_all(caller, cast, case, row):
    task = make_task(case, cast.of("CW"))
    assert caller().act(f"tasks/{task.pk}/reopen/", row=row).status_code == 409
    caller().act(f"tasks/{task.pk}/finish/", row=row)
    assert caller().act(f"tasks/{task.pk}/reopen/", row=row).status_code == 200
    task.refresh_from_db()
    assert (task.state, task.done_at) == ("to_do", None)


def test_a_plan_is_written_submitted_returned_and_approved_by_another(caller, cast, case, row):
    call, chief = caller(), caller("SUP")

    def plan() -> dict:
        return call.get(f"{row}plan/").json()[0]

    assert call.act("plan/submit/", row=row).status_code == 404
    assert call.act("plan/add-goal/", {"domain": "legal"}, row=row).json()["code"] == "CAS-GOAL-1"
    call.act("plan/add-goal/", {"title": "Has a certificate", "domain": "legal"}, row=row)
    goal = plan()["goals"][0]["id"]
    add = f"goals/{goal}/add-step/"
    assert call.act(add, {"title": "Go to the registry"}, row=row).json()["code"] == "CAS-STEP-2"
    stranger = call.act(add, {"title": "Go", "responsible": cast.of("CW", "RN").pk}, row=row)
    assert (stranger.status_code, stranger.json()["field"]) == (400, "responsible")
    call.act(add, {"title": "Go to the registry", "responsible": cast.of("CW").pk}, row=row)
    assert call.act("plan/submit/", row=row).json()["code"] == "CAS-PLAN-5"
    call.act("plan/review/", {"review_on": SOON}, row=row)
    assert call.act("plan/submit/", row=row).status_code == 200
    assert call.act("plan/approve/", {"version": plan()["version"]}, row=row).status_code == 403
    assert chief.act("plan/return/", row=row).json()["code"] == "CAS-PLAN-6"
    chief.act("plan/return/", {"text": "Name who goes along"}, row=row)
    assert plan()["state"] == "returned"
    call.act("plan/submit/", row=row)
    stale = chief.act("plan/approve/", {"version": plan()["version"] - 1}, row=row)
    assert (stale.status_code, stale.json()["code"]) == (409, "CAS-PLAN-7")
    assert chief.act("plan/approve/", {"version": plan()["version"]}, row=row).status_code == 200
    step = plan()["goals"][0]["steps"][0]["id"]
    for done, state in ((True, "done"), (True, "done"), (False, "to_do")):
        assert call.act(f"steps/{step}/tick/", {"done": done}, row=row).status_code == 200
        assert plan()["goals"][0]["steps"][0]["state"] == state
    assert call.act(f"goals/{plan()['goals'][0]['id']}/remove/", row=row).status_code == 200


def test_who_wrote_a_plan_does_not_approve_it(caller, row):
    chief = caller("SUP")
    chief.act("plan/add-goal/", {"title": "Has a certificate", "domain": "legal"}, row=row)
    goal = chief.get(f"{row}plan/").json()[0]["goals"][0]["id"]
    chief.act(f"goals/{goal}/add-step/", {"title": "Go", "responsible_text": "The family"}, row=row)
    chief.act("plan/review/", {"review_on": SOON}, row=row)
    assert chief.act("plan/submit/", row=row).status_code == 200
    version = chief.get(f"{row}plan/").json()[0]["version"]
    own = chief.act("plan/approve/", {"version": version}, row=row)
    assert (own.status_code, own.json()["code"]) == (409, "CAS-PLAN-3")


@pytest.mark.parametrize("path", ["risk/", "safety/", "next-step/", "hold/", "close/", "plan/add-goal/", "lead/"])
def test_cases_of_others_and_sealed_ones_are_not_there(caller, cast, case, row, path):
    nowhere = caller("SUP").post(f"cases/99999999/{path}", {})
    for other in (caller(office="RN"), caller("PM"), caller("PSY")):
        answer = other.post(f"{row}{path}", {})
        assert (answer.status_code, answer.content) == (404, nowhere.content)
    assert caller("SUP").post(f"{row}{path}", {"nonsense": 1}).status_code == 400
    make_sealed(case, cast.of("SUP"))
    assert caller("SUP").post(f"{row}{path}", {}).content == nowhere.content


def test_a_seal_is_set_and_taken_off_by_who_may_with_a_fresh_proof(caller, case, row):
    assert caller().act("seal/", {"reason": "Somebody looks for the mother"}, row=row).status_code == 403
    stale = caller("SUP", fresh=False).act("seal/", {"reason": "Somebody looks for the mother"}, row=row)
    assert stale.status_code == 403
    supervisor = caller("SUP")
    assert supervisor.act("seal/", row=row).json()["code"] == "CAS-SEAL-1"
    sealed = supervisor.act("seal/", {"reason": "Somebody looks for the mother"}, row=row)
    assert (sealed.status_code, sealed.json()["is_sealed"]) == (200, True)
    assert supervisor.get(row).status_code == 404, "who is not assigned to it sees it no more"
    lifted = {"If-Match": "*"}
    assert supervisor.post(f"{row}unseal/", {"reason": "She is safe"}, **lifted).status_code == 404
    case.assignments.create(user=supervisor.user, kind="team", since_at=timezone.now(), given_by=supervisor.user)
    refresh_reach(case)
    assert supervisor.post(f"{row}unseal/", {"reason": "She is safe"}, **lifted).json()["is_sealed"] is False
