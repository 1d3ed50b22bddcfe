"""Acts on a request and after it over the API: help first, closing, the claim on others, calls, appeals, complaints."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.audit.models import Event
from emergency_fund.models import EntitlementUpdate, SampleDraw
from tests.factories import emergency_fund as fund
from tests.factories import fund_after
from tests.factories.accounts import make_worker

from .test_fund_requests import SCREENED, approved, budget, home  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db
WHY = "The child cannot breathe, the hospital asks for a deposit"


def another(caller, cast, role="FO"):
    """Somebody else with the role."""
    return type(caller())(make_worker(role, cast.mae_sot))


@pytest.mark.parametrize("urgency", ["24h", "72h"])
def test_help_comes_first_where_a_life_is_at_risk(caller, cast, home, budget, urgency):  # noqa: F811
    asked = fund.asked(home[0], cast.of("CW"), ("health_cost", 6000), ("nutrition", 1000), urgency=urgency)
    request = fund.recommended(asked, cast.of("FO"), budget)
    here, officer = f"fund-requests/{request.pk}/", another(caller, cast)
    if urgency == "72h":
        answer = officer.act("help-now/", {"reason": WHY}, row=here)
        assert (answer.status_code, answer.json()["code"]) == (409, "E-EAF-130")
        return
    assert caller("CW").act("help-now/", {"reason": WHY}, row=here).status_code == 403
    assert caller("FO").act("help-now/", {"reason": WHY}, row=here).json()["code"] == "E-APR-01"
    assert officer.act("help-now/", {}, row=here).status_code == 422
    assert officer.act("help-now/", {"reason": WHY}, row=here).json()["state"] == "approved"


def test_a_request_is_closed_when_all_of_it_is_done(caller, cast, home, budget):  # noqa: F811
    request, cashier = approved(home, cast, budget), make_worker("CSH", cast.mae_sot)
    here, officer = f"fund-requests/{request.pk}/", caller("FO")
    early = officer.act("close/", {"comment": WHY}, row=here)
    assert (early.status_code, early.json()["code"]) == (409, "E-EAF-69")
    for line in request.lines.all():
        SampleDraw.rows.create(delivery=fund.paid(line, cashier), is_drawn=False, chance=20, at=timezone.now())
    unsaid = officer.act("close/", {}, row=here)
    assert (unsaid.status_code, unsaid.json()["field"]) == (422, "comment")
    assert caller("CW").act("close/", {"comment": WHY}, row=here).status_code == 403
    told = {"comment": "The hospital called: the child is at home"}
    assert officer.act("close/", told, row=here).json()["state"] == "closed"


def test_how_the_claim_on_another_source_goes_on_is_written_down(caller, cast, home):  # noqa: F811
    request = fund.asked(home[0], cast.of("CW"))
    there, today = f"fund-requests/{request.pk}/entitlements/", timezone.localdate()
    body = {"entitlement": "wcf", "status": "applied", "on": str(today)}
    assert caller().post(there, body).json()["code"] == "E-EAF-64"
    caller("FO").act("screen/", SCREENED, row=f"fund-requests/{request.pk}/")
    late = caller().post(there, body | {"on": str(today + timedelta(days=1))})
    assert (late.status_code, late.json()["field"]) == (422, "on")
    assert caller().post(there, body | {"status": "not_checked"}).status_code == 400
    assert caller("FA").post(there, body).status_code == 403
    assert EntitlementUpdate.rows.count() == 1, "that of the screening"
    made = caller().post(there, body)
    assert (made.status_code, made.json()["status"], caller().get(there).json()[0]) == (201, "applied", made.json())


def test_a_call_is_recorded_by_who_had_no_part_in_it(caller, cast, home, budget):  # noqa: F811
    request = approved(home, cast, budget)
    paid = fund.paid(request.lines.get(kind="nutrition"), make_worker("CSH", cast.mae_sot))
    check, other = fund_after.drawn(paid), another(caller, cast, "CW")
    row, said = f"payment-checks/{check.pk}/", {"result": "received", "amount": "800"}
    mine = caller().act("record/", said, row=row)
    assert (mine.status_code, mine.json()["code"]) == (409, "E-EAF-150")
    less = other.act("record/", said | {"amount": "700"}, row=row)
    assert (less.status_code, less.json()["code"]) == (422, "E-EAF-152")
    answer = other.act("record/", said, row=row)
    assert (answer.status_code, answer.json()["state"], answer.json()["amount"]) == (200, "done", "800.00")
    assert other.act("record/", said, row=row).json()["code"] == "E-EAF-154"


def test_an_appeal_is_decided_by_who_did_not_decide_before(caller, cast, home, budget):  # noqa: F811
    first = make_worker("FO", cast.mae_sot)
    request = fund_after.rejected(home[0], cast.of("CW"), cast.of("FO"), first, budget, ("nutrition", 500))
    appeal = fund_after.appealed(request, cast.of("CW"))
    row, line = f"appeals/{appeal.pk}/", request.lines.get()
    told = {"act": "approve", "lines": [{"line": line.pk, "granted": "400"}], "code": "costs_less",
            "comment": "It costs less by now"}  # fmt: skip
    assert type(caller())(first).act("decide/", told, row=row).json()["code"] == "E-APR-01"
    third = caller("FA")
    assert third.get(row).json()["lines"] == [{"line": line.pk, "left": "500.00"}]
    strange = third.act("decide/", told | {"lines": [{"line": line.pk + 1000, "granted": "1"}]}, row=row)
    assert (strange.status_code, strange.json()["field"]) == (400, "lines")
    assert third.act("decide/", told | {"act": "return"}, row=row).status_code == 400
    assert third.act("decide/", told, row=row).json()["state"] == "granted"
    line.refresh_from_db()
    assert (line.state, line.approved) == ("approved", 400)


def test_a_complaint_is_answered_by_others_and_the_family_is_told(caller, cast, home):  # noqa: F811
    request = fund.asked(home[0], cast.of("CW"))
    complaint = fund_after.complained(request, cast.of("CW"))
    row, answer, today = f"complaints/{complaint.pk}/", {"answer": "The kit comes on Friday"}, str(timezone.localdate())
    manager = caller("PM")
    assert caller("CW").act("answer/", answer, row=row).status_code == 403
    early = caller().act("close/", {"told_on": today}, row=row)
    assert (early.status_code, early.json()["code"]) == (409, "E-EAF-165")
    assert manager.act("look-into/", row=row).json()["state"] == "looked_into"
    assert manager.act("answer/", {"answer": ""}, row=row).status_code == 400
    assert manager.act("answer/", answer, row=row).json()["state"] == "answered"
    assert caller().act("close/", {"told_on": today}, row=row).json()["state"] == "closed"


def test_who_reads_a_complaint_about_the_staff_in_the_answer_to_an_act_is_written_down(caller, cast, home):  # noqa: F811
    manager = caller("PM")
    complaint = fund_after.complained(fund.asked(home[0], cast.of("CW")), cast.of("CW"), kind="staff_money")
    read = Event.objects.filter(action="emergency_fund.complaint.read", actor=cast.of("PM"))
    manager.post(f"complaints/{complaint.pk}/look-into/", {}, **{"If-Match": "*"})
    assert read.count() == 1
