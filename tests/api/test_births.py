"""Births over the API: the way of a birth from its log to the handover, and what stands against it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from casework.audit.models import Event
from casework.reference.models import ListedCode
from registration.models import BirthRecord
from registration.queries.facts import facts_of
from tests.database import as_owner
from tests.factories.registration import (
    birth_facts,
    certificate,
    counter_answers,
    gathering,
    make_birth,
    make_registry,
    ready,
    registered,
    visit,
)


def test_a_birth_is_logged_with_the_facts_that_were_sent(caller, birth_body, cast):
    answer = caller().post("births/", birth_body())

    assert answer.status_code == 201
    row = BirthRecord.rows.get(pk=answer.json()["id"])
    assert answer["Location"].endswith(f"/api/v1/births/{row.pk}/")
    facts = facts_of(row)
    assert facts.names["Latn"] == "Nan Wah"
    assert facts.weight_g == 3100
    assert facts.place_code == "6306"
    assert facts.father.reason == "She never told"
    assert (row.office, row.status, row.created_by) == (cast.mae_sot, "assessing", cast.of("CW"))


def test_rules_refuse_with_code_field_and_sentence(caller, birth_body):
    later = {"on": str(timezone.localdate() + dt.timedelta(days=2)), "precision": "exact"}
    answer = caller().post("births/", birth_body(birth=later, names={}))

    assert answer.status_code == 422
    body = answer.json()
    assert {"BR-NAME-1", "BR-DOB-1"} <= {error["code"] for error in body["errors"]}
    assert body["code"] == body["errors"][0]["code"]
    assert body["message"]
    assert body["field"]
    assert not BirthRecord.rows.exists()


def test_a_home_birth_needs_its_district_or_that_it_is_not_known(caller, birth_body):
    described = SchemaGenerator().get_schema(public=True)["paths"]["/api/v1/births/"]["post"]
    body = described["requestBody"]["content"]["application/json"]
    shown = next(one["value"] for one in body["examples"].values() if "is_place_unknown" in one["value"])
    home = shown | {name: birth_body()[name] for name in ("birth", "notice")}

    refused = caller().post("births/", home | {"is_place_unknown": False})
    assert refused.status_code == 422
    assert ("BR-PLACE-2", "place") in {(error["code"], error["field"]) for error in refused.json()["errors"]}
    half = caller().post("births/", home | {"place": "63"})
    assert "BR-PLACE-2" in {error["code"] for error in half.json()["errors"]}
    assert not BirthRecord.rows.exists()

    answer = caller().post("births/", home)
    assert answer.status_code == 201, answer.json()
    row = BirthRecord.rows.get(pk=answer.json()["id"])
    assert (row.place_kind, row.place_id) == ("home", None)
    assert facts_of(row).is_place_unknown


def test_warnings_go_on_when_acknowledged(caller, birth_body):
    body = birth_body(weight_g=1200)
    refused = caller().post("births/", body)
    assert refused.status_code == 422
    assert {error["level"] for error in refused.json()["errors"]} == {"warning"}

    codes = [error["code"] for error in refused.json()["errors"]]
    assert caller().post("births/", {**body, "acknowledged": codes}).status_code == 201


@pytest.mark.parametrize("role", ["PM", "SYS", "AUD"])
def test_other_roles_do_not_log_births(caller, birth_body, role):
    answer = caller(role).post("births/", birth_body())

    assert answer.status_code == 403
    assert "Caseworker" in answer.json()["message"]


@pytest.mark.parametrize("slipped", ["office", "status", "case", "lead", "level", "approved_by", "track", "created_by"])
def test_nothing_can_be_slipped_in(caller, birth_body, slipped):
    answer = caller().post("births/", birth_body(**{slipped: 1}))

    assert answer.status_code == 400
    assert answer.json()["field"] == slipped
    assert not BirthRecord.rows.exists()


def test_the_same_key_gets_the_same_answer_and_one_birth(caller, birth_body):
    first = caller().post("births/", birth_body(), **{"Idempotency-Key": "device-7"})
    again = caller().post("births/", birth_body(), **{"Idempotency-Key": "device-7"})

    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert first["Location"] == again["Location"]
    assert BirthRecord.rows.count() == 1


def test_the_same_key_for_another_birth_is_a_conflict(caller, birth_body):
    caller().post("births/", birth_body(), **{"Idempotency-Key": "device-7"})
    other = caller().post("births/", birth_body(sex="M"), **{"Idempotency-Key": "device-7"})

    assert other.status_code == 409
    assert other.json()["code"] == "IDEM-USED"


def test_a_refused_birth_leaves_its_key_free(caller, birth_body):
    assert caller().post("births/", birth_body(names={}), **{"Idempotency-Key": "k"}).status_code == 422
    assert caller().post("births/", birth_body(), **{"Idempotency-Key": "k"}).status_code == 201


def test_what_is_of_another_office_does_not_exist(caller, birth):
    unseen = caller(office="RN").get(f"births/{birth.pk}/")
    nowhere = caller(office="RN").get("births/99999999/")

    assert unseen.status_code == nowhere.status_code == 404
    assert unseen.content == nowhere.content
    assert caller().get(f"births/{birth.pk}/").status_code == 200
    assert caller(office="RN").get("births/").json()["results"] == []
    acted = caller(office="RN").post(f"births/{birth.pk}/ready/")
    assert (acted.status_code, acted.content) == (404, nowhere.content)


def test_a_reading_is_noted_in_the_history(caller, cast, birth):
    caller().get(f"births/{birth.pk}/")

    assert Event.objects.filter(action="cases.case.seen", case_id_of=birth.case_id, actor=cast.of("CW")).exists()


def test_the_list_is_filtered_by_queue_office_and_status(caller, cast, birth):
    other = gathering(cast.mae_sot, cast.of("CW"))
    ask = caller().get

    def ids(**query: object) -> set[int]:
        return {row["id"] for row in ask("births/", **query).json()["results"]}

    assert ids() == {birth.pk, other.pk}
    assert ids(status="gathering") == {other.pk}
    assert ids(queue="ready") == set()
    assert ids(office=cast.mae_sot.pk) == {birth.pk, other.pk}
    assert ids(office=cast.ranong.pk) == set()
    assert ask("births/", status="nonsense").json()["field"] == "status"
    assert ask("births/", case__lead__password="x").status_code == 400


def test_pages_follow_each_other(caller, cast):
    pks = [make_birth(cast.mae_sot, cast.of("CW")).pk for _ in range(3)]
    first = caller().get("births/", page_size=2).json()
    second = caller().client.get(first["next"]).json()

    assert [row["id"] for row in first["results"] + second["results"]] == pks[::-1]
    assert second["next"] is None


def test_a_list_costs_the_same_for_more_rows(caller, cast, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    call = caller()
    call.get("births/")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert call.get("births/").status_code == 200
        return len(asked)

    make_birth(cast.mae_sot, cast.of("CW"))
    one = cost()
    for _ in range(4):
        make_birth(cast.mae_sot, cast.of("CW"))
    assert cost() == one <= 12


def test_a_change_needs_the_state_it_was_made_on(caller, birth):
    row = f"births/{birth.pk}/"
    call, body = caller(), {"track": birth.track_proposed}
    missing = call.post(f"{row}confirm-track/", body)
    assert (missing.status_code, missing.json()["code"]) == (428, "E-MATCH-1")

    tag = call.get(row)["ETag"]
    assert call.act("choose-office/", {"registry_office": make_registry().pk}, row=row).status_code == 200
    stale = call.post(f"{row}confirm-track/", body, **{"If-Match": tag})
    assert (stale.status_code, stale.json()["code"]) == (412, "E-MATCH-2")
    birth.refresh_from_db()
    assert birth.status == "assessing"

    assert call.act("confirm-track/", body, row=row).json()["status"] == "gathering"


def test_a_family_that_nobody_informed_is_informed_with_the_way(caller, birth):
    with as_owner():
        birth.case.notices_given.all().delete()
    call, row = caller(), f"births/{birth.pk}/"
    refused = call.act("confirm-track/", {"track": birth.track_proposed}, row=row)
    assert (refused.status_code, refused.json()["code"]) == (422, "BR-NOTICE-1")
    notice = {"language": "my", "given_on": str(timezone.localdate())}
    done = call.act("confirm-track/", {"track": birth.track_proposed, "notice": notice}, row=row)
    assert done.json()["status"] == "gathering"
    assert birth.case.notices_given.get().language == "my"


def test_a_way_that_the_facts_do_not_show_is_chosen_by_a_supervisor(caller, cast):
    birth = make_birth(cast.mae_sot, cast.of("CW"), birth_facts(place_kind="unknown"))
    row, way = f"births/{birth.pk}/", {"track": "T2", "reason": "The house head says so"}
    assert caller().act("confirm-track/", way, row=row).status_code == 403
    chief = caller("SUP")
    assert chief.act("confirm-track/", way | {"track": "T0"}, row=row).status_code == 400
    assert chief.act("confirm-track/", way, row=row).json()["status"] == "gathering"


def test_an_answer_carries_the_tag_of_the_next_change(caller, birth):
    call, row = caller(), f"births/{birth.pk}/"
    done = call.act("choose-office/", {"registry_office": make_registry().pk}, row=row)
    then = call.post(f"{row}confirm-track/", {"track": birth.track_proposed}, **{"If-Match": done["ETag"]})

    assert then.status_code == 200


def test_from_the_track_to_the_handover(caller, cast):
    born = birth_facts(timezone.localdate() - dt.timedelta(days=3))
    birth = make_birth(cast.mae_sot, cast.of("CW"), born, today=timezone.localdate())
    call, row, today = caller(), f"births/{birth.pk}/", str(timezone.localdate())
    call.act("choose-office/", {"registry_office": make_registry().pk}, row=row)
    items = call.act("confirm-track/", {"track": birth.track_proposed}, row=row).json()["items"]
    for item in items:
        if item["state"] == "needed":
            call.act(f"items/{item['id']}/set/", {"state": "original_seen", "version": item["version"]}, row=row)
    assert call.act("ready/", row=row).json()["status"] == "ready"
    visit = {"registry_office": make_registry().pk, "submitted_on": today, "by": "parent", "accompanied": True}
    visited = call.act("visit/", visit, row=row).json()
    assert (visited["status"], visited["visits"][0]["accompanied_by"]) == ("submitted", cast.of("CW").pk)
    number = visited["visits"][0]["id"]
    asked = call.act(f"visits/{number}/result/", {"result": "inquiry", "result_on": today}, row=row)
    assert asked.json()["status"] == "inquiry"
    paper = {**certificate(), "registered_on": today}
    registered = call.act("outcome/", paper, row=row)
    assert registered.json()["status"] == "registered"
    assert registered.json()["outcome"]["certificate_no"] == "12/2569"
    assert call.act("check/", row=row).json()["outcome"]["checked_by"] == cast.of("CW").pk
    to = {"handed_over_to": "Naw Paw", "handed_over_relation": "mother", "handed_over_sign": "thumb"}
    handed = call.act("hand-over/", {**to, "handed_over_on": today}, row=row)
    assert handed.json()["status"] == "handed_over"


def test_the_family_took_its_papers_back(caller, cast):
    birth = ready(cast.mae_sot, cast.of("CW"))
    at = f"visits/{visit(birth, cast.of('CW')).pk}/result/"
    told = {"result_on": str(timezone.localdate())}
    assert caller().act(at, {"result": "accepted", **told}, row=f"births/{birth.pk}/").status_code == 400
    back = caller().act(at, {"result": "withdrawn", **told}, row=f"births/{birth.pk}/").json()
    assert (back["status"], back["visits"][0]["result"]) == ("gathering", "withdrawn")


def test_the_day_to_come_back_is_told_with_the_visit_and_another_one_later(caller, cast):
    row = f"births/{ready(cast.mae_sot, cast.of('CW')).pk}/"
    today = timezone.localdate()
    told = {"registry_office": make_registry().pk, "submitted_on": str(today), "by": "parent"}
    assert caller().act("visit/", told | {"fine_baht": "-1"}, row=row).status_code == 400
    early = caller().act("visit/", told | {"appointment_on": str(today - dt.timedelta(days=1))}, row=row)
    assert early.json()["errors"][0]["code"] == "BR-SUB-3"
    told |= {"appointment_on": str(today), "fine_baht": "20"}
    (visited,) = caller().act("visit/", told, row=row).json()["visits"]
    assert (visited["appointment_on"], visited["fine_baht"]) == (str(today), "20.00")
    later = {"result": "pending", "result_on": str(today), "appointment_on": str(today + dt.timedelta(days=7))}
    (waits,) = caller().act(f"visits/{visited['id']}/result/", later, row=row).json()["visits"]
    assert (waits["appointment_on"], waits["fine_baht"], waits["result"]) == (
        later["appointment_on"],
        "20.00",
        "pending",
    )


def test_what_is_missing_is_listed(caller, cast):
    birth = gathering(cast.mae_sot, cast.of("CW"))
    refused = caller().act("ready/", row=f"births/{birth.pk}/")

    assert refused.status_code == 422
    assert refused.json()["errors"]


def test_a_paper_that_is_not_there_yet_is_not_checked(caller, birth):
    assert caller().act("check/", row=f"births/{birth.pk}/").status_code == 404


def test_only_a_supervisor_waives_and_only_freshly_proven(caller, cast):
    birth = gathering(cast.mae_sot, cast.of("CW"))
    row = f"births/{birth.pk}/"
    path, body = f"items/{birth.items.first().pk}/waive/", {"reason": "The hospital burned down"}

    assert caller("CW").act(path, body, row=row).status_code == 403
    stale = caller("SUP", fresh=False).act(path, body, row=row)
    assert (stale.status_code, stale.json()["code"]) == (403, "E-FRESH")
    waived = caller("SUP").act(path, body, row=row)
    assert waived.status_code == 200
    assert "waived" in {item["state"] for item in waived.json()["items"]}


def test_an_item_of_another_birth_is_not_found(caller, cast):
    mine, other = gathering(cast.mae_sot, cast.of("CW")), gathering(cast.mae_sot, cast.of("CW"))
    path = f"items/{other.items.first().pk}/set/"

    assert caller().act(path, {"state": "requested"}, row=f"births/{mine.pk}/").status_code == 404


def test_an_unfinished_birth_is_closed_by_a_supervisor(caller, cast):
    birth = gathering(cast.mae_sot, cast.of("CW"))
    row, body = f"births/{birth.pk}/", {"reason": "left_thailand", "text": "They went home"}
    body |= {"gone_on": str(timezone.localdate()), "country": "MM", "news_from": "family"}

    assert caller("CW").act("close/", body, row=row).status_code == 403
    refused = caller("SUP").act("close/", {**body, "country": ""}, row=row)
    assert (refused.status_code, refused.json()["code"]) == (422, "CAS-GONE-3")
    assert caller("SUP").act("close/", body, row=row).json()["status"] == "closed"


def test_a_parents_person_must_be_within_reach(caller, cast, birth_body):
    from tests.factories.people import make_person, reach

    theirs, ours = make_person("Naw Paw"), make_person("Naw Paw")
    reach(theirs, cast.ranong)
    reach(ours, cast.mae_sot)
    refused = caller().post("births/", birth_body(mother={"knowledge": "known", "person": theirs.pk}))
    assert (refused.status_code, refused.json()["field"]) == (400, "mother.person")
    taken = caller().post("births/", birth_body(mother={"knowledge": "known", "person": ours.pk}))
    assert taken.status_code == 201
    assert ours.pk in {parent["person"]["id"] for parent in taken.json()["parents"] if parent["person"]}


def test_a_draft_is_compared_at_the_counter(caller, cast):
    row = ready(cast.mae_sot, cast.of("CW"))
    lines = [
        {"key": key, "answer": answer, "on_draft": words}
        for key, (answer, words) in counter_answers(row, mother="นางผิด").items()
    ]
    missing = caller().act("counter-check/", {"lines": lines[:-1]}, row=f"births/{row.pk}/")
    assert (missing.status_code, missing.json()["code"]) == (422, "BR-CNT-1")
    answer = caller().act("counter-check/", {"lines": lines}, row=f"births/{row.pk}/")
    assert answer.status_code == 200
    (check,) = answer.json()["counter_checks"]
    assert [line["key"] for line in check["lines"] if line["answer"] == "different"] == ["mother"]
    early = make_birth(cast.mae_sot, cast.of("CW"))
    refused = caller().act("counter-check/", {"lines": lines}, row=f"births/{early.pk}/")
    assert (refused.status_code, refused.json()["code"]) == (409, "BR-CNT-4")


def test_a_refusal_is_written_down_and_ended(caller, birth):
    today, call = str(timezone.localdate()), caller()
    told = {
        "parent": "father", "what": "paternity", "because": "doubt", "heard_from": "self", "other_parent": "wants",
        "refused_on": today, "way": "mothers_side", "next_step": "Notify with the mother", "next_step_on": today,
    }  # fmt: skip
    refused = call.act("refuse/", {**told, "way": "no_sharing"}, row=f"births/{birth.pk}/")
    assert (refused.status_code, refused.json()["code"]) == (422, "BR-REF-6")
    answer = call.act("refuse/", {**told, "words": "He doubts it"}, row=f"births/{birth.pk}/")
    assert answer.status_code == 200, answer.content
    (shown,) = answer.json()["refusals"]
    assert (shown["what"], shown["state"]) == ("paternity", "open") and "He doubts it" not in answer.content.decode()
    end = {"state": "withdrawn", "ended_on": today}
    answer = call.act(f"refusals/{shown['id']}/end/", end, row=f"births/{birth.pk}/")
    assert answer.json()["refusals"][0]["state"] == "withdrawn"


def test_a_certificate_under_another_name_is_handed_over_with_what_the_family_was_told(caller, cast):
    outcome = registered(cast.mae_sot, cast.of("CW"), name_th="ชื่อผิด")
    call, row, today = caller(), f"births/{outcome.birth_id}/", str(timezone.localdate())
    call.act("check/", row=row)
    to = {"handed_over_to": "Naw Paw", "handed_over_relation": "mother", "handed_over_sign": "thumb"}
    refused = call.act("hand-over/", {**to, "handed_over_on": today}, row=row)
    assert (refused.status_code, refused.json()["code"]) == (422, "BR-HAND-4")
    handed = call.act("hand-over/", {**to, "handed_over_on": today, "told": "She knows"}, row=row).json()
    assert handed["status"] == "handed_over"
    assert outcome.birth.discrepancies.get().settled_text == "She knows"


def test_who_must_not_collect_is_refused_over_the_api_and_why_is_not_told(caller, cast):
    outcome = registered(cast.mae_sot, cast.of("CW"))
    call, row, today = caller(), f"births/{outcome.birth_id}/", str(timezone.localdate())
    told = {"is_allowed": False, "name": "Saw Thu Ra", "relation": "father", "reason": "He beat her"}
    answer = call.act("name-collector/", told, row=row)
    assert answer.json()["collectors"][0]["name"] == "Saw Thu Ra" and "He beat her" not in answer.content.decode()
    call.act("check/", row=row)
    to = {"handed_over_to": "Saw Thu Ra", "handed_over_relation": "father", "handed_over_sign": "thumb"}
    refused = call.act("hand-over/", {**to, "handed_over_on": today}, row=row)
    assert (refused.status_code, refused.json()["code"]) == (422, "BR-HAND-2")
    to |= {"handed_over_to": "Naw Paw", "handed_over_relation": "mother"}
    assert call.act("hand-over/", {**to, "handed_over_on": today}, row=row).json()["status"] == "handed_over"


def test_what_comes_after_a_certificate_is_answered_over_the_api(caller, cast):
    outcome = registered(cast.mae_sot, cast.of("CW"), name_th="ชื่อผิด")
    call, row, today = caller(), f"births/{outcome.birth_id}/", str(timezone.localdate())
    (difference,) = call.get(row).json()["differences"]
    settle = f"differences/{difference['id']}/settle/"
    refused = call.act(settle, {"state": "accepted_as_is"}, row=row)
    assert (refused.status_code, refused.json()["code"]) == (422, "BR-DIS-1")
    settled = call.act(settle, {"state": "accepted_as_is", "text": "So it is written at home"}, row=row).json()
    assert settled["differences"][0]["state"] == "accepted_as_is"
    call.act("check/", row=row)
    to = {"handed_over_to": "Naw Paw", "handed_over_relation": "mother", "handed_over_sign": "thumb"}
    handed = call.act("hand-over/", {**to, "handed_over_on": today}, row=row).json()
    first = handed["follow_ups"][0]
    answered = call.act(f"follow-ups/{first['id']}/answer/", {"answer": "declined", "note": "Moves"}, row=row).json()
    assert (answered["follow_ups"][0]["answer"], answered["follow_ups"][0]["note"]) == ("declined", "Moves")
    talk = {"offered_on": today, "risk_discussed": False, "decision": "later"}
    refused = call.act("consular/", talk, row=row)
    assert (refused.status_code, refused.json()["code"]) == (422, "BR-CSL-2")
    noted = call.act("consular/", talk | {"risk_discussed": True}, row=row).json()
    assert (answered["consular"], noted["consular"]["decision"]) == (None, "later")


def test_a_late_reason_is_told_and_a_closed_registration_opened_again_by_a_supervisor(caller, cast):
    birth = make_birth(cast.mae_sot, cast.of("CW"))
    row = f"births/{birth.pk}/"
    late = caller().act("late-reason/", {"late_reason": "fear", "late_text": "They hid"}, row=row).json()
    assert (late["late_reason"], late["late_text"]) == ("fear", "They hid")
    supervisor = caller("SUP")
    closed = supervisor.act("close/", {"reason": "withdrawn", "text": "They changed their mind"}, row=row).json()
    assert closed["status"] == "closed"
    assert caller().act("reopen/", {"reason": "They came back"}, row=row).status_code == 403
    assert supervisor.act("reopen/", {"reason": "They came back"}, row=row).json()["status"] == "assessing"


def test_a_code_of_an_open_list_is_taken_where_it_is_known(caller, birth_body):
    ListedCode.objects.create(list="registration.channel", code="river_boat", name_en="By boat", source="Meeting")
    ListedCode.objects.create(list="registration.channel", code="anc", is_offered=False, source="Meeting")
    clerk = caller()
    refused = clerk.post("births/", birth_body(channel="balloon"))
    named = [(error["field"], error["code"]) for error in refused.json()["errors"]]
    assert (refused.status_code, named) == (400, [("channel", "invalid_choice")])
    made = clerk.post("births/", birth_body(channel="river_boat"))
    assert (made.status_code, made.json()["channel"]) == (201, "river_boat"), made.json()
    row = f"births/{made.json()['id']}/"
    assert clerk.act("late-reason/", {"late_reason": "balloon"}, row=row).status_code == 400
    assert clerk.act("late-reason/", {"late_reason": "fear"}, row=row).status_code == 200
