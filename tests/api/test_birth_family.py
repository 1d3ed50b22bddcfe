"""Those around a birth over the API: witnesses, letters, inquiries, refusals, collectors, a death, a young mother."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from casework.audit.models import Event
from casework.kernel.dates import BirthDate
from casework.people.models import Person
from casework.referrals.models import Referral, Service
from casework.referrals.services import send_referral
from registration.models import BirthRecord
from registration.services import progress
from tests.factories.cases import make_case, make_consent
from tests.factories.registration import (
    NOW,
    TODAY,
    birth_facts,
    gathering,
    known,
    make_birth,
    ready,
    registered,
    visit,
)

DAY = str(TODAY)
LATER = str(timezone.localdate() + dt.timedelta(days=2))
WITNESS = {"name": "Naw Dah", "kinds": ["parentage"], "contact": "0812345678"}
LETTER = {"giver": "Naw Paw", "receiver": "The clinic", "scope": "Notify the birth", "language_explained": "my"}


@pytest.fixture
def birth(cast) -> BirthRecord:
    return gathering(cast.mae_sot, cast.of("CW"))


@pytest.fixture
def row(birth) -> str:
    return f"births/{birth.pk}/"


def test_a_witness_is_written_down_and_put_right(caller, birth, row):
    refused = caller().act("add-witness/", {"contact": "0812345678"}, row=row)
    assert {error["code"] for error in refused.json()["errors"]} == {"BR-WIT-1", "BR-WIT-2"}
    (witness,) = caller().act("add-witness/", WITNESS, row=row).json()["witnesses"]
    assert (witness["name"], witness["kinds"], witness["is_willing"]) == ("Naw Dah", ["parentage"], True)
    change = f"witnesses/{witness['id']}/change/"
    assert caller().act(change, {"statement_on": LATER}, row=row).json()["code"] == "BR-WIT-3"
    (said,) = caller().act(change, {"statement_on": DAY, "is_willing": False}, row=row).json()["witnesses"]
    assert (said["statement_on"], said["is_willing"], said["contact"]) == (DAY, False, "0812345678")
    assert set(Event.objects.filter(action__startswith="registration.witness").values_list("action", flat=True)) == {
        "registration.witness.added", "registration.witness.changed",
    }  # fmt: skip


def test_a_letter_is_written_down_put_right_and_ended(caller, row):
    refused = caller().act("add-letter/", LETTER | {"signed_on": LATER}, row=row)
    assert (refused.status_code, refused.json()["code"]) == (422, "BR-POA-2")
    (letter,) = caller().act("add-letter/", LETTER | {"signed_on": DAY}, row=row).json()["letters"]
    change, end = (f"letters/{letter['id']}/{act}/" for act in ("change", "end"))
    (longer,) = caller().act(change, {"valid_until": LATER}, row=row).json()["letters"]
    assert (longer["valid_until"], longer["giver"], longer["revoked_on"]) == (LATER, "Naw Paw", None)
    assert caller().act(end, {"revoked_on": LATER}, row=row).json()["code"] == "BR-POA-5"
    (ended,) = caller().act(end, {"revoked_on": DAY}, row=row).json()["letters"]
    assert ended["revoked_on"] == DAY
    again = caller().act(change, {"receiver": "Naw Wah"}, row=row)
    assert (again.status_code, again.json()["code"]) == (409, "BR-POA-4")


def test_steps_of_an_inquiry_stand_with_their_visit(caller, cast):
    birth = ready(cast.mae_sot, cast.of("CW"))
    number, row = visit(birth, cast.of("CW")).pk, f"births/{birth.pk}/"
    planned = {"kind": "home_visit", "planned_on": DAY, "cost_baht": "200", "paid_by": "The clinic"}
    (shown,) = caller().act(f"visits/{number}/add-inquiry-step/", planned, row=row).json()["visits"]
    (step,) = shown["steps"]
    assert (step["kind"], step["cost_baht"], step["done_on"]) == ("home_visit", "200.00", None)
    finish = f"inquiry-steps/{step['id']}/finish/"
    assert caller().act(finish, {"done_on": LATER}, row=row).json()["code"] == "BR-INQ-1"
    before = str(TODAY - dt.timedelta(days=1))
    assert caller().act(finish, {"done_on": before}, row=row).json()["code"] == "BR-INQ-2"
    (shown,) = caller().act(finish, {"done_on": DAY, "outcome": "They saw it"}, row=row).json()["visits"]
    assert (shown["steps"][0]["done_on"], shown["steps"][0]["outcome"]) == (DAY, "They saw it")


def test_nothing_is_added_to_a_closed_registration(caller, cast, birth, row):
    progress.close_birth(birth=birth, reason="withdrawn", text="They left", by=cast.of("SUP"), today=TODAY)
    for path, body in (("add-witness/", WITNESS), ("add-letter/", LETTER), ("suspend/", {"suspension": "on_hold"})):
        refused = caller().act(path, body, row=row)
        assert (refused.status_code, refused.json()["code"][:2]) == (409, "BR")
    caller("SUP").act("reopen/", {"reason": "They are here"}, row=row)
    for path, body in (("add-witness/", WITNESS), ("add-letter/", LETTER), ("suspend/", {"suspension": "on_hold"})):
        assert caller().act(path, body, row=row).status_code == 200


@pytest.mark.parametrize("path", ["add-witness/", "add-letter/", "died/", "suspend/", "note-difference/"])
def test_who_does_not_see_the_birth_adds_nothing(caller, row, path):
    nowhere = caller(office="RN").post(f"births/99999999/{path}", WITNESS)
    for other in (caller(office="RN"), caller("PM"), caller("PSY")):
        answer = other.post(f"{row}{path}", WITNESS)
        assert (answer.status_code, answer.content) == (404, nowhere.content)


def test_a_witness_of_another_birth_is_not_found(caller, cast, birth, row):
    other = f"births/{make_birth(cast.mae_sot, cast.of('CW')).pk}/"
    (witness,) = caller().act("add-witness/", WITNESS, row=other).json()["witnesses"]
    assert caller().act(f"witnesses/{witness['id']}/change/", {"name": "Naw Eh"}, row=row).status_code == 404
    assert caller().act(f"witnesses/{witness['id']}/change/", {"name": "Naw Eh"}, row=other).status_code == 200


def test_a_waiver_is_asked_for_and_declined_with_words(caller, birth, row):
    item = birth.items.filter(level="star").exclude(state="original_seen").first()
    ask, decline, set_to = (f"items/{item.pk}/{act}/" for act in ("ask-waiver", "decline-waiver", "set"))
    plan = {"state": item.state, "responsible": "clinic", "due_on": str(timezone.localdate())}
    planned = caller().act(set_to, plan, row=row).json()["items"]
    assert plan.items() <= next(one for one in planned if one["id"] == item.pk).items()
    late = caller().act(set_to, {**plan, "due_on": "2020-01-01"}, row=row)
    assert (late.status_code, late.json()["code"]) == (422, "BR-ITEM-6")
    assert caller().act(ask, row=row).json()["code"] == "BR-WAIVE-3"
    asked = caller().act(ask, {"why": "The house is sold"}, row=row).json()
    assert "The house is sold" in {one["waiver_asked_why"] for one in asked["items"]}
    assert caller().act(decline, {"why": "Ask again"}, row=row).status_code == 403
    stale = caller("SUP", fresh=False).act(decline, {"why": "Ask again"}, row=row)
    assert stale.json()["code"] == "E-FRESH"
    declined = caller("SUP").act(decline, {"why": "The office insists"}, row=row).json()
    assert "The office insists" in {one["waiver_declined_why"] for one in declined["items"]}


def test_a_registration_rests_and_goes_on(caller, row):
    rests = caller().act("suspend/", {"suspension": "on_hold", "reason": "Away until January"}, row=row)
    assert rests.json()["suspension"] == "on_hold"
    assert caller().act("suspend/", {"suspension": "none", "reason": "Back"}, row=row).json()["suspension"] == "none"


def test_a_refusal_goes_on_in_another_way(caller, row):
    told = {
        "parent": "father", "what": "registration", "because": "fear", "heard_from": "self", "other_parent": "wants",
        "refused_on": DAY, "way": "talk_again", "next_step": "Call him", "next_step_on": LATER,
    }  # fmt: skip
    (refusal,) = caller().act("refuse/", told, row=row).json()["refusals"]
    change = f"refusals/{refusal['id']}/change/"
    way = {"way": "supervisor", "other_parent": "wants", "next_step": "Ask for advice", "next_step_on": LATER}
    assert caller().act(change, way | {"next_step": ""}, row=row).json()["code"] == "CAS-NEXT-1"
    assert caller().act(change, way, row=row).json()["refusals"][0]["way"] == "supervisor"


def test_who_must_not_collect_is_taken_off_by_a_supervisor(caller, row):
    may = {"is_allowed": True, "name": "Naw Wah", "relation": "relative"}
    must_not = {"is_allowed": False, "name": "Saw Thu Ra", "relation": "father", "reason": "He beat her"}
    for told in (may, must_not):
        listed = caller().act("name-collector/", told, row=row).json()["collectors"]
    allowed, barred = (next(one["id"] for one in listed if one["is_allowed"] is kind) for kind in (True, False))
    assert caller().act(f"collectors/{allowed}/end/", row=row).json()["code"] == "BR-COL-6"
    assert caller().act(f"collectors/{allowed}/end/", {"text": "She moved"}, row=row).status_code == 200
    assert caller().act(f"collectors/{barred}/end/", {"text": "She says so"}, row=row).status_code == 403
    assert caller("SUP").act(f"collectors/{barred}/end/", {"text": "She says so"}, row=row).status_code == 200
    again = caller("SUP").act(f"collectors/{barred}/end/", {"text": "She says so"}, row=row)
    assert (again.status_code, again.json()["code"]) == (409, "BR-COL-7")


def test_a_death_is_written_down_notified_and_taken_back(caller, birth, row):
    yesterday = str(TODAY - dt.timedelta(days=1))
    assert caller().act("died/", row=row).json()["code"] == "BR-DIED-1"
    assert caller().act("died/notified/", {"help_answer": "wanted"}, row=row).status_code == 404
    died = caller().act("died/", {"died_on": yesterday, "told_by": "The aunt"}, row=row).json()
    assert (died["death"]["died_on"], died["child"]["died_on"]) == (yesterday, yesterday)
    assert {one["answer"] for one in died["follow_ups"]} == {"not_applicable"}
    told = {"death_notified_on": DAY, "help_answer": "wanted"}
    noted = caller().act("died/notified/", told, row=row).json()["death"]
    assert (noted["death_notified_on"], noted["help_answer"], noted["birth_notified_on"]) == (DAY, "wanted", None)
    kept = caller().act("died/notified/", {"birth_notified_on": DAY}, row=row).json()["death"]
    assert (kept["birth_notified_on"], kept["death_notified_on"]) == (DAY, DAY)
    back = {"reason": "It was the neighbour’s child"}
    assert caller().act("died/take-back/", back, row=row).status_code == 403
    assert caller("SUP").act("died/take-back/", row=row).json()["code"] == "BR-DIED-5"
    lives = caller("SUP").act("died/take-back/", back, row=row).json()
    assert (lives["death"], Person.rows.get(pk=birth.case.child_id).died_on) == (None, None)


def test_a_mother_under_18_has_her_own_case(caller, cast, row):
    young = known("mother", birth=BirthDate(TODAY - dt.timedelta(days=365 * 15)))
    birth = make_birth(cast.mae_sot, cast.of("CW"), birth_facts(parents=(young, known("father"))))
    hers = f"births/{birth.pk}/"
    spoken = {"spoken_alone": True, "spoken_on": DAY, "consent_by": "herself"}
    assert caller().act("young-mother/", spoken, row=row).status_code == 404
    assert caller().act("young-mother/", spoken | {"spoken_on": LATER}, row=hers).json()["code"] == "BR-YOUNG-2"
    noted = caller().act("young-mother/", spoken, row=hers).json()["young_mother"]
    assert (noted["spoken_by"], noted["consent_by"]) == (cast.of("CW").pk, "herself")
    reported = {"reported_on": DAY, "reported_to": "The shelter", "consent_note": "She trusts her aunt"}
    answer = caller().act("young-mother/", reported, row=hers)
    kept = answer.json()["young_mother"]
    assert (kept["spoken_on"], kept["reported_to"]) == (DAY, "The shelter")
    assert "She trusts her aunt" not in answer.content.decode()
    stranger = caller().act("young-mother/open-case/", {"lead": cast.of("CW", "RN").pk}, row=hers)
    assert (stranger.status_code, stranger.json()["field"]) == (400, "lead")
    assert caller().act("young-mother/open-case/", {"lead": cast.of("SUP").pk}, row=hers).status_code == 200
    birth.refresh_from_db()
    assert birth.young_mother.own_case.lead == cast.of("SUP")


def test_a_public_service_goes_with_its_referral(caller, cast):
    outcome, by = registered(cast.mae_sot, cast.of("CW")), cast.of("CW")
    call, row = caller(), f"births/{outcome.birth_id}/"
    call.act("check/", row=row)
    to = {"handed_over_to": "Naw Paw", "handed_over_relation": "mother", "handed_over_sign": "thumb"}
    handed = call.act("hand-over/", to | {"handed_over_on": str(timezone.localdate())}, row=row).json()
    follow_up = next(one for one in handed["follow_ups"] if one["kind"] == "vaccination")
    mine, other = (sent(case, by) for case in (outcome.birth.case, make_case(cast.mae_sot, by)))
    answer = f"follow-ups/{follow_up['id']}/answer/"
    refused = call.act(answer, {"answer": "offered", "referral": other.pk}, row=row)
    assert (refused.status_code, refused.json()["field"]) == (400, "referral")
    answered = call.act(answer, {"answer": "offered", "referral": mine.pk}, row=row).json()
    assert mine.pk in {one["referral"] for one in answered["follow_ups"]}


def sent(case, by) -> Referral:
    place = {"kind": "vaccination", "name_en": "Health centre", "name_th": "รพ.สต.", "source": "telephone"}
    service = Service.objects.get_or_create(**place)[0]
    make_consent(case, by)
    return send_referral(
        case=case, service=service, kind="vaccination", urgency="14d", reason="First doses", shared_fields=["name"],
        by=by, now=NOW,
    )  # fmt: skip
