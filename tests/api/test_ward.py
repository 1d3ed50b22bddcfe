"""The ward's list over the API: a hospital sends it, the clinic meets its families."""

from __future__ import annotations

import base64
import datetime as dt

import pytest
from django.utils import timezone

from casework.drafts.models import Draft
from registration.models import WardBirth, WardList
from registration.services import ward as services
from tests.factories.cases import make_sealed
from tests.factories.registration import birth_facts, make_birth, make_facility

TODAY = timezone.localdate()
HEAD = "HN,Mother,Date of birth,Sex\n"


def body(*rows: str, **more: object) -> dict[str, object]:
    """A list as a file of comma-separated values."""
    content = base64.b64encode((HEAD + "\n".join(rows)).encode()).decode()
    return {"facility": make_facility().pk, "file_name": "births.csv", "file": content, **more}


@pytest.fixture
def sent(caller, db) -> int:
    """A list with one birth that waits; its id."""
    answer = caller().post("ward-lists/", body(f"12,Naw Paw,{TODAY},F"))
    assert answer.status_code == 201, answer.content
    return WardBirth.rows.get().pk


def test_a_list_is_taken_in_and_says_which_rows_were_not(caller, cast):
    answer = caller().post("ward-lists/", body(f"12,Naw Paw,{TODAY},F", "13,Ma Hnin,31/02/2569,F"))
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["added"], told["known"], told["refused"][0]["row"]) == (1, 0, 3) and told["refused"][0]["why"]
    taken = WardList.rows.get()
    assert (taken.office, taken.created_by) == (cast.mae_sot, cast.of("CW"))
    assert answer["Location"].endswith(f"/api/v1/ward-lists/{taken.pk}/")


def test_the_same_list_adds_nothing_and_the_same_key_answers_the_same(caller, sent):
    again = caller().post("ward-lists/", body(f"12,Naw Paw,{TODAY},F")).json()
    assert (again["added"], again["known"]) == (0, 1)
    row, key = body(f"14,Ma Khin,{TODAY},F"), {"Idempotency-Key": "ward-7"}
    first, second = (caller().post("ward-lists/", row, **key) for _ in range(2))
    assert first.json() == second.json() and first.json()["added"] == 1
    other = caller().post("ward-lists/", body(f"15,Ma Oo,{TODAY},F"), **key)
    assert (other.status_code, other.json()["code"]) == (409, "IDEM-USED")


@pytest.mark.parametrize(
    ("file", "status", "code"), [("%%%", 400, "E-FILE-1"), (7, 400, "E-FILE-1"), ("eHh4", 422, "E-IMP-7")]
)
def test_what_is_no_list_is_refused(caller, file, status, code):
    answer = caller().post("ward-lists/", body() | {"file": file})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not WardList.rows.exists()


def test_births_that_wait_are_listed_by_view_the_oldest_first(caller, cast, sent):
    caller().post("ward-lists/", body(f"13,Ma Hnin,{TODAY - dt.timedelta(days=4)},F"))
    listed = caller().get("ward-births/").json()["results"]
    assert [row["mother"] for row in listed] == ["Ma Hnin", "Naw Paw"]
    assert caller().get("ward-births/", view="met").json()["results"] == []
    services.start_intake(row=WardBirth.rows.get(pk=sent), by=cast.of("CW"), now=timezone.now())
    (begun,) = caller().get("ward-births/", view="begun").json()["results"]
    assert (begun["id"], begun["is_begun"]) == (sent, True) and Draft.rows.exists()


def test_a_birth_logged_with_its_number_is_met_by_itself(caller, birth_body, sent):
    born = {"birth": {"on": str(TODAY)}, "hospital_no_mother": "12"}
    assert caller().post("births/", birth_body(**born)).status_code == 201
    assert WardBirth.rows.get(pk=sent).state == "met"


def test_a_line_is_met_taken_back_and_set_aside(caller, cast, sent):
    row = f"ward-births/{sent}/"
    birth = make_birth(cast.mae_sot, cast.of("CW"), birth_facts(TODAY), today=TODAY)
    far = make_birth(cast.ranong, cast.of("CW", "RN"), birth_facts(TODAY), today=TODAY)
    unseen = caller().act("meet/", {"birth": far.pk}, row=row)
    assert (unseen.status_code, unseen.json()["field"]) == (400, "birth")
    met = caller().act("meet/", {"birth": birth.pk}, row=row).json()
    assert (met["state"], met["birth"], met["settled_by"]) == ("met", birth.pk, cast.of("CW").pk)
    back = caller().act("take-back/", row=row).json()
    assert (back["state"], back["birth"]) == ("waiting", None)
    assert caller().act("take-back/", row=row).json()["code"] == "E-STATE"
    assert caller().act("not-ours/", {"why": "other"}, row=row).json()["code"] == "WRD-NOT-2"
    assert caller().act("not-ours/", {"why": "thai"}, row=row).json()["state"] == "not_ours"


def test_a_line_likely_to_be_a_record_names_it_to_who_sees_it(caller, cast, sent):
    birth = make_birth(cast.mae_sot, cast.of("CW"), birth_facts(TODAY), today=TODAY)
    WardBirth.rows.filter(pk=sent).update(likely=birth)
    assert caller().get(f"ward-births/{sent}/").json()["likely"] == birth.pk
    assert caller().get("ward-births/").json()["results"][0]["likely"] == birth.pk
    make_sealed(birth.case, cast.of("SUP"))
    assert caller("SUP").get(f"ward-births/{sent}/").json()["likely"] is None


def test_a_met_line_of_a_sealed_case_does_not_exist_for_others(caller, cast, sent):
    birth = make_birth(cast.mae_sot, cast.of("CW"), birth_facts(TODAY), today=TODAY)
    services.meet(row=WardBirth.rows.get(pk=sent), birth=birth, by=cast.of("CW"), now=timezone.now())
    make_sealed(birth.case, cast.of("SUP"))
    assert caller("SUP").get(f"ward-births/{sent}/").status_code == 404
    assert caller("SUP").get("ward-births/", view="met").json()["results"] == []
    assert caller("CW").get(f"ward-births/{sent}/").status_code == 200, "who leads the case"


def test_lists_belong_to_the_own_office(caller, sent):
    far = caller(office="RN")
    assert far.get("ward-births/").json()["results"] == far.get("ward-lists/").json()["results"] == []
    nowhere = far.get("ward-births/99999999/")
    assert far.get(f"ward-births/{sent}/").content == nowhere.content
    assert far.post(f"ward-births/{sent}/take-back/").status_code == 404
    for role in ("PM", "AUD", "SYS"):
        assert caller(role).get("ward-births/").status_code == 403
        assert caller(role).post("ward-lists/", body(f"12,Naw Paw,{TODAY},F")).status_code == 403


def test_a_month_is_reported_and_a_later_number_replaces_it(caller):
    told = {"facility": make_facility().pk, "month": str(TODAY), "births": 120, "source": "Monthly sheet"}
    first = caller().post("ward-counts/", told)
    assert (first.status_code, first.json()["month"]) == (201, str(TODAY.replace(day=1)))
    again = caller().post("ward-counts/", told | {"births": 121}).json()
    assert (again["id"], again["births"]) == (first.json()["id"], 121)
    assert len(caller().get("ward-counts/").json()["results"]) == 1
    later = caller().post("ward-counts/", told | {"month": str(TODAY + dt.timedelta(days=40))})
    assert (later.status_code, later.json()["code"]) == (422, "WRD-COUNT-1")
    assert caller().post("ward-counts/", told | {"births": 100_001}).json()["code"] == "WRD-COUNT-2"
    old = caller().post("ward-counts/", told | {"month": str(TODAY.replace(year=TODAY.year - 2, day=1))})
    assert (old.status_code, old.json()["field"]) == (400, "month")
