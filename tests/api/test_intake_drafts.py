"""The intake in steps over the API: begun, saved step by step, taken over, thrown away, opened once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from casework.drafts.models import Draft
from registration.models import BirthRecord
from tests.api.conftest import Caller
from tests.factories.accounts import make_worker
from tests.factories.registration import make_facility


def boxes(name: str, on: dt.date) -> dict[str, str]:
    return {f"{name}_d": str(on.day), f"{name}_m": str(on.month), f"{name}_y": str(on.year + 543)}


def steps() -> dict[str, dict[str, object]]:
    """What the other steps are told of a child born in hospital three days ago."""
    today = timezone.localdate()
    return {
        "father": {"father_knowledge": "unknown", "father_reason": "She never told"},
        "child": {"child_name_Latn": "Nan Wah", "sex": "F", **boxes("birth", today - dt.timedelta(days=3))},
        "birth": {"channel": "ward", "place_kind": "hospital", "facility": str(make_facility().pk)},
        "papers": {"proof": "TR1_1", "proof_number": "MSH-00042", "proof_seen": True, "informant_relation": "mother"},
        "notice": {"notice_language": "my", **boxes("notice_on", today)},
    }  # fmt: skip


@pytest.fixture
def begun(caller) -> dict:
    answer = caller().post(
        "birth-drafts/", {"plurality": "1", "mother_knowledge": "known", "mother_name_Latn": "Naw Paw"}
    )
    assert answer.status_code == 201
    return answer.json()


@pytest.fixture
def row(begun) -> str:
    return f"birth-drafts/{begun['id']}/"


def test_from_the_first_name_to_the_open_case(caller, begun, row):
    call = caller()
    assert (begun["title"], begun["done_steps"]) == ("Naw Paw", ["mother"])
    assert begun["id"] in {line["id"] for line in call.get("birth-drafts/").json()["results"]}
    early = call.post(f"{row}open/")
    assert (early.status_code, early.json()["code"]) == (422, "DRAFT-OPEN")
    assert {line["field"] for line in early.json()["errors"]} > {"sex", "channel"}
    body = call.act("save-child/", {"sex": "F", "weight_g": "31"}, row=row).json()
    assert body["answers"]["child"] == {"sex": "F", "weight_g": "31"} and "child" not in body["done_steps"]
    assert "3.1" in next(line["message"] for line in body["unfinished"] if line["field"] == "weight_g")
    for step, told in steps().items():
        body = call.act(f"save-{step}/", told | ({"weight_g": "3100"} if step == "child" else {}), row=row).json()
        assert step in body["done_steps"]
    assert body["unfinished"] == []
    sent = {"Idempotency-Key": "once"}
    opened = call.post(f"{row}open/", **sent)
    assert opened.status_code == 201, opened.content
    birth = BirthRecord.rows.get()
    assert opened["Location"].endswith(f"/births/{birth.pk}/") and birth.weight_g == 3100
    assert not Draft.rows.exists() and call.get(row).status_code == 404
    assert call.post(f"{row}open/", **sent).json() == opened.json()
    assert call.post(f"{row}open/", **{"Idempotency-Key": "other"}).status_code == 404
    assert BirthRecord.rows.count() == 1


def test_nothing_typed_makes_no_draft(caller):
    answer = caller().post("birth-drafts/", {"mother_name_Latn": ""})
    assert (answer.status_code, answer.json()["code"]) == (422, "DRAFT-EMPTY")
    assert not Draft.rows.exists()


def test_boxes_of_another_step_are_not_known(caller, row):
    answer = caller().act("save-child/", {"father_reason": "left"}, row=row)
    assert (answer.status_code, answer.json()["code"]) == (400, "E-FIELD-1")


def test_a_colleague_takes_over_first_and_only_the_owner_throws_away(caller, cast, row):
    other = Caller(make_worker("CW", cast.mae_sot))
    refused = other.act("save-child/", {"sex": "F"}, row=row)
    assert (refused.status_code, refused.json()["code"]) == (409, "DRAFT-OWNER")
    assert other.act("throw-away/", row=row).json()["code"] == "DRAFT-OWNER"
    assert other.act("take-over/", row=row).status_code == 200
    assert other.act("save-child/", {"sex": "F"}, row=row).status_code == 200
    assert caller().act("throw-away/", row=row).json()["code"] == "DRAFT-OWNER"
    assert other.act("throw-away/", row=row).status_code == 200
    assert not Draft.rows.exists()
