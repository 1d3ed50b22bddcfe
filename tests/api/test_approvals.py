"""Second persons, bands, pairs of roles, deputies and conflicts of interest over the API, by the rules of the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.approvals.models import Absence, ApprovalPolicy, Proposal, RoleConflict
from casework.people.models import ConflictOfInterest
from tests.factories.accounts import make_grant, make_worker
from tests.factories.cases import make_case
from tests.factories.funds import make_line

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
WHY = {"reason": "Who decides on money does not hand it out", "source": "Board of the fund, 3 November"}
PAIR = {"role_a": "FA", "role_b": "CSH", "scope": "held", **WHY}
GIFT = {"kind": "raise", "amount": "500", "on": str(TODAY), "reason": "More families ask"}
BANDS = [
    {"low": "0", "high": "3000", "steps": [{"role": "FO"}]},
    {"low": "3,000", "high": None, "steps": [{"role": "FO", "quorum": "count", "count": 2}, {"role": "PM"}]},
]
POLICY = {
    "kind": "emergency_fund.help", "valid_from": str(TODAY + timedelta(days=1)), "cap": "๒๐๐๐",
    "source": "Board of the fund", "bands": BANDS,
}  # fmt: skip


@pytest.fixture
def second(cast, caller):
    return type(caller("PM"))(make_worker("PM", cast.mae_sot))


@pytest.fixture
def given(cast, caller):
    """A gift to a budget line, proposed by the fund manager."""
    cast.of("PM")  # who may confirm it in the office
    line = make_line(cast.mae_sot, cast.of("FA"), 1000)
    return caller("FA").post(f"budget-lines/{line.pk}/gifts/", GIFT).json()["id"]


def test_what_waits_is_read_and_confirmed_by_somebody_else(caller, given):
    here, manager = f"proposals/{given}/", caller("PM")
    assert [one["id"] for one in manager.get("proposals/", state="open").json()["results"]] == [given]
    assert "described" not in manager.get("proposals/").json()["results"][0]
    told = manager.get(here).json()
    assert {"label": "Amount", "value": "฿500.00"} in told["described"] and told["reason"] == GIFT["reason"]
    own = caller("FA").act("confirm/", row=here)
    assert (own.status_code, own.json()["code"]) == (409, "APR-SELF")
    done = manager.act("confirm/", row=here)
    assert (done.status_code, done.json()["state"]) == (200, "confirmed")
    again = manager.act("confirm/", row=here)
    assert (again.status_code, again.json()["code"]) == (409, "APR-STATE")


def test_confirming_needs_the_right_a_fresh_proof_and_the_state_one_saw(caller, given):
    here = f"proposals/{given}/"
    assert caller("CW").get(here).status_code == caller("PM", "RN").get(here).status_code == 404
    assert caller("PM").post(f"{here}confirm/").status_code == 428
    stale = caller("PM", fresh=False)
    assert (stale.act("confirm/", row=here).json()["code"], stale.act("decline/", {"reason": "x" * 9}, row=here)
            .json()["code"]) == ("E-FRESH", "E-FRESH")  # fmt: skip
    assert Proposal.rows.get(pk=given).state == "open"


def test_it_is_declined_with_a_reason_or_taken_back_by_who_proposed_it(caller, given):
    here = f"proposals/{given}/"
    assert caller("PM").act("decline/", {"reason": "no"}, row=here).json()["code"] == "APR-REASON"
    assert caller("PM").act("withdraw/", row=here).json()["code"] == "APR-OWNER"
    assert caller("FA").act("withdraw/", row=here).json()["state"] == "withdrawn"
    assert caller("PM").act("decline/", {"reason": "Not agreed yet"}, row=here).status_code == 409


def test_no_facts_of_a_proposal_are_told_but_those_described(cast, caller, client_of):
    user = make_worker("CW", cast.mae_sot)
    client_of(cast.of("SYS")).post(f"/settings/people/{user.pk}/password/", {"reason": "Lost the phone"})
    text = caller("SYS").get(f"proposals/{Proposal.rows.get().pk}/").content.decode()
    assert "New password" in text or "new password" in text
    assert "argon2" not in text and "facts" not in text and "fingerprint" not in text


def test_bands_are_proposed_as_on_the_page(caller, second):
    answer = caller("PM").post("approval-policies/", POLICY, **{"Idempotency-Key": "b"})
    assert answer.status_code == 201 and answer["Location"].endswith(f"/proposals/{answer.json()['id']}/")
    assert caller("PM").post("approval-policies/", POLICY, **{"Idempotency-Key": "b"}).json() == answer.json()
    second.act("confirm/", row=f"proposals/{answer.json()['id']}/")
    policy = ApprovalPolicy.objects.get(kind=POLICY["kind"], valid_to=None)
    told = caller("AUD").get(f"approval-policies/{policy.pk}/").json()
    assert (told["emergency_cap"], [band["amount_to"] for band in told["bands"]]) == ("2000.00", ["3000.00", None])
    assert told["bands"][1]["steps"][0] == {"role": "FO", "quorum": "count", "count": 2}


@pytest.mark.parametrize(
    "changes, status, code, field",
    [
        ({"bands": BANDS[:1]}, 422, "E-APR-06", "bands.0"),
        ({"valid_from": str(TODAY)}, 422, "E-APR-15", "valid_from"),
        ({"source": ""}, 422, "E-APR-16", "source"),
        ({"kind": "no.kind"}, 400, "E-CHOICE-1", "kind"),
        ({"bands": [{"low": "0", "high": None, "steps": [{"role": "CSH"}]}]}, 400, "E-CHOICE-1", "bands.0"),
        ({"bands": [{"low": "-1", "high": None, "steps": []}]}, 400, None, "bands.0.low"),
    ],
)
def test_what_stands_against_bands(caller, changes, status, code, field):
    answer = caller("PM").post("approval-policies/", POLICY | changes)
    assert (answer.status_code, answer.json()["field"]) == (status, field)
    assert code in (None, answer.json()["code"]) and not Proposal.rows.exists()
    assert caller("FA").post("approval-policies/", POLICY).status_code == 403


def test_roles_are_kept_apart_and_no_longer(cast, caller, second):
    manager = caller("PM")
    made = manager.post("role-pairs/", PAIR).json()
    second.act("confirm/", row=f"proposals/{made['id']}/")
    pair = RoleConflict.objects.get(is_fixed=False)
    here = f"role-pairs/{pair.pk}/"
    assert caller("AUD").get(here).json()["reason"] == WHY["reason"] and caller("CW").get(here).status_code == 404
    assert manager.post("role-pairs/", PAIR).json()["code"] == "E-APR-32"
    ended = manager.post(f"{here}ends/", {"reason": "Two of us are left"}).json()
    assert [one["id"] for one in manager.get(f"{here}ends/").json()] == [ended["id"]]
    second.act("confirm/", row=f"proposals/{ended['id']}/")
    assert manager.get(here).json()["ended_reason"] == "Two of us are left"
    fixed = RoleConflict.objects.get(role_a="CW", role_b="SYS")
    refused = manager.post(f"role-pairs/{fixed.pk}/ends/", {"reason": "We are so few here"})
    assert (refused.status_code, refused.json()["code"]) == (409, "E-APR-34")
    assert caller("SYS").post("role-pairs/", PAIR).status_code == 403


def test_a_deputy_is_named_confirmed_and_ends(cast, caller, second):
    officer, deputy = cast.of("FO"), make_worker("FO", cast.ranong)
    days = {"from_on": str(TODAY), "until_on": str(TODAY + timedelta(days=5))}
    body = {"user": officer.pk, "deputy": deputy.pk, **days}
    wrong = caller("FO").post("absences/", body | {"until_on": str(TODAY - timedelta(days=1))})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "E-APR-20")
    stranger = caller("FO").post("absences/", body | {"user": cast.of("PM").pk})
    assert (stranger.status_code, stranger.json()["field"]) == (400, "user")
    made = caller("FO").post("absences/", body)
    assert made.status_code == 201 and caller("CW").post("absences/", body).status_code == 403
    second.act("confirm/", row=f"proposals/{made.json()['id']}/")
    here = f"absences/{Absence.rows.get().pk}/"
    assert caller("FO").get(here).json()["deputy"] == deputy.pk and caller("FA", "RN").get(here).status_code == 404
    assert caller("FO").act("end/", row=here).json()["ended_at"]
    assert caller("FO").act("end/", row=here).json()["code"] == "E-APR-26"


def test_a_conflict_is_declared_by_oneself_and_ended_by_somebody_else(cast, caller):
    body = {"kind": "organisation", "organisation": "Mae Sot Hospital", "reason": "My brother works there"}
    officer = caller("FO")
    assert officer.post("conflicts-of-interest/", body | {"reason": "so"}).json()["code"] == "E-APR-07"
    made = officer.post("conflicts-of-interest/", body)
    assert made.status_code == 201 and ConflictOfInterest.rows.get().user == cast.of("FO")
    assert officer.post("conflicts-of-interest/", body).json()["code"] == "E-APR-29"
    for number in (make_case(cast.mae_sot, cast.of("CW")).number, "MS-2026-9999"):
        told = officer.post("conflicts-of-interest/", body | {"kind": "family", "number": number}).json()
        assert {name for name in told if told[name] != made.json()[name]} == {"id", "named_by", "organisation"}
    here = f"conflicts-of-interest/{made.json()['id']}/"
    assert caller("CSH").get(here).status_code == 404 and officer.get(here).json()["organisation"] == "Mae Sot Hospital"
    over = {"reason": "He no longer works there"}
    assert officer.act("end/", over, row=here).status_code == 403
    assert caller("FA").act("end/", over, row=here).json()["ended_by"] == cast.of("FA").pk
    assert caller("FA").act("end/", over, row=here).json()["code"] == "APR-COI-1"


def test_nobody_ends_their_own_conflict(cast, caller):
    make_grant(cast.of("FA"), "FO", cast.mae_sot)
    body = {"kind": "organisation", "organisation": "A shop", "reason": "I own a part of it"}
    made = caller("FA").post("conflicts-of-interest/", body).json()
    refused = caller("FA").act("end/", {"reason": "I sold my part"}, row=f"conflicts-of-interest/{made['id']}/")
    assert (refused.status_code, refused.json()["code"]) == (409, "APR-COI-2")
