"""An insurance over the API as on the pages: priced, ordered, its card taken, ended early."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.kernel.dates import add_years
from casework.reference.models import Facility
from emergency_fund.models import InsurancePolicy
from tests.factories import emergency_fund as fund
from tests.factories.accounts import make_worker
from tests.factories.cases import make_sealed
from tests.factories.funds import make_line

from .test_fund_requests import FIGURES, SCREENED, home  # noqa: F401  fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(cast, home):  # noqa: F811
    return fund.asked(home[0], cast.of("CW"), ("health_insurance", 500)).lines.get()


@pytest.fixture
def body(line):
    hospital = Facility.objects.filter(is_active=True).order_by("pk")[0]
    first = str(timezone.localdate())
    return {"line": line.pk, "scheme": "migrant_card_u7", "hospital": hospital.pk, "starts_on": first}


def test_an_insurance_is_priced_by_its_dated_price(caller, cast, line, body):
    here, officer = f"fund-requests/{line.request_id}/", caller("FO")
    assert caller("CW").post(f"{here}insurances/", body).status_code == 403
    for wrong, status, field in (
        ({"hospital": 10**9}, 400, "hospital"), ({"scheme": "nonsense"}, 400, "scheme"), ({"line": 10**9}, 400, "line"),
        ({"starts_on": str(timezone.localdate() - timedelta(days=9))}, 422, "starts_on"),
    ):  # fmt: skip
        answer = officer.post(f"{here}insurances/", body | wrong)
        assert (answer.status_code, answer.json().get("field", "")) == (status, field), wrong
    assert not InsurancePolicy.rows.exists()
    made = officer.post(f"{here}insurances/", body)
    assert (made.status_code, made.json()["premium"], made.json()["state"]) == (201, "365.00", "quoted")
    line.refresh_from_db()
    assert line.asked == 365
    assert caller("AUD").get(f"{here}insurances/").json() == [made.json()]


def test_what_is_approved_is_ordered_and_its_card_comes(caller, cast, home, line, body):  # noqa: F811
    here, officer, worker = f"fund-requests/{line.request_id}/", caller("FO"), caller("CW")
    insured = {"insurance": officer.post(f"{here}insurances/", body).json()["id"]}
    order = insured | {"starts_on": body["starts_on"]}
    early = officer.act("order-insurance/", order, row=here)
    assert (early.status_code, early.json()["code"]) == (409, "E-EAF-74")
    budget = make_line(cast.mae_sot, cast.of("FA"), 10_000, kinds=["health_insurance"])
    officer.act("screen/", SCREENED, row=here)
    officer.act("assess/", FIGURES, row=here)
    paid_from = {"lines": [{"line": line.pk, "budget_line": budget.pk}], "total": "365"}
    assert officer.act("recommend/", paid_from, row=here).status_code == 200
    type(officer)(make_worker("FO", cast.mae_sot)).act("decide/", {"act": "approve"}, row=here)
    assert worker.act("order-insurance/", order, row=here).status_code == 200
    first = timezone.localdate()
    card = insured | {"number": "12-3456", "valid_from": str(first), "valid_to": str(add_years(first, -1))}
    wrong = worker.act("take-card/", card, row=here)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "E-EAF-77")
    card["valid_to"] = str(add_years(first, 1) - timedelta(days=1))
    assert worker.act("take-card/", card, row=here).status_code == 200
    assert [one["card_number"] for one in officer.get(f"{here}insurances/").json()] == ["123456"]
    assert [one["card_number"] for one in caller("PM").get(f"{here}insurances/").json()] == [""]
    silent = worker.act("end-insurance/", insured | {"to": "cancelled"}, row=here)
    assert (silent.status_code, silent.json()["code"]) == (422, "E-EAF-80")
    end = insured | {"to": "cancelled", "reason": "The family has left the district"}
    assert worker.act("end-insurance/", end, row=here).status_code == 200
    assert InsurancePolicy.rows.get().state == "cancelled"
    make_sealed(home[0], cast.of("CW"))
    assert [one["card_number"] for one in officer.get(f"{here}insurances/").json()] == [""]
