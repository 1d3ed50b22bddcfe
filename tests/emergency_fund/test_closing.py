"""A request is closed by a person when everything of it is done; a claim on another source is followed to its end."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from casework.approvals.states import Act
from casework.referrals.models import Referral, Service
from emergency_fund.after_states import AppealState
from emergency_fund.models import AssistanceRequest, EntitlementUpdate, HardshipIncident, RequestClosing, SampleDraw
from emergency_fund.queries.closing import ready_to_close
from emergency_fund.queries.entitlements import claims_to_ask_about
from emergency_fund.services.appeals import decide_appeal
from emergency_fund.services.closing import close_request
from emergency_fund.services.complaining import answer_complaint, close_complaint
from emergency_fund.services.deciding import decide, screen
from emergency_fund.services.entitlements import update_entitlement
from emergency_fund.states import EntitlementStatus, RequestState
from tests.factories.fund_after import appealed, complained, drawn

from .test_checking import answered
from .test_delivering import paid, request_  # noqa: F401  a fixture
from .test_money_path import NOW, SCREENED, TODAY, ask, recommended, refused, second_officer
from .test_pages import date_boxes, page, send

pytestmark = pytest.mark.django_db
WELL = "The mother showed the receipt of the hospital"


def closed(request: AssistanceRequest, by, comment: str = "", now=NOW) -> AssistanceRequest:
    return close_request(request=request, comment=comment, by=by, now=now)


def is_ready(request: AssistanceRequest, today=TODAY) -> bool:
    return AssistanceRequest.rows.filter(ready_to_close(today), pk=request.pk).exists()


def not_drawn(delivery) -> None:
    SampleDraw.rows.create(delivery=delivery, is_drawn=False, chance=20, at=NOW)


@pytest.fixture
def delivered(cast, request_, mother) -> AssistanceRequest:  # noqa: F811
    """All that was asked for was paid; the night has drawn one payment of two."""
    hospital, food = request_.lines.order_by("pk")
    drawn(paid(cast, hospital, 3900, mother, "h-1"))
    not_drawn(paid(cast, food, 800, mother, "f-1"))
    request_.refresh_from_db()
    return request_


def test_open_lines_stand_against_closing(cast, request_, mother):  # noqa: F811
    assert refused(closed, request_, cast.of("FO")) == "E-EAF-69"
    AssistanceRequest.rows.filter(pk=request_.pk).update(state=RequestState.DELIVERED)
    assert refused(closed, request_, cast.of("FO")) == "E-EAF-20"
    assert not is_ready(request_)


def test_a_call_that_is_to_be_made_stands_against_closing(cast, delivered):
    assert refused(closed, delivered, cast.of("FO"), WELL) == "E-EAF-21"
    assert not is_ready(delivered)
    check = delivered.lines.first().deliveries.get().verification
    answered(check, cast.of("SUP"))
    assert is_ready(delivered)
    assert closed(delivered, cast.of("FO")).state == RequestState.CLOSED
    assert RequestClosing.rows.get().by == cast.of("FO")
    assert refused(closed, delivered, cast.of("FO")) == "E-EAF-69"


def test_the_night_draws_first_and_without_a_call_somebody_says_how_it_is_known(
    cast,
    request_,  # noqa: F811
    mother,
):
    payments = [paid(cast, line, line.asked, mother, f"p-{line.pk}") for line in request_.lines.all()]
    assert refused(closed, request_, cast.of("FO"), WELL) == "E-EAF-21"
    for payment in payments:
        assert not is_ready(request_)
        not_drawn(payment)
    assert is_ready(request_)
    assert refused(closed, request_, cast.of("FO"), "It arrived") == "E-EAF-21"
    assert closed(request_, cast.of("FO"), WELL).state == RequestState.CLOSED


def test_an_open_complaint_stands_against_closing_and_one_about_the_staff_stays_unknown(cast, delivered):
    answered(delivered.lines.first().deliveries.get().verification, cast.of("SUP"))
    complaint = complained(delivered, cast.of("CW"))
    assert refused(closed, delivered, cast.of("FO")) == "E-EAF-22" and not is_ready(delivered)
    complaint = answer_complaint(complaint=complaint, answer="We open at eight now", by=cast.of("SUP"), now=NOW)
    assert refused(closed, delivered, cast.of("FO")) == "E-EAF-22"
    close_complaint(complaint=complaint, told_on=TODAY, by=cast.of("CW"), now=NOW)
    assert cast.of("PM")
    complained(delivered, cast.of("CW"), kind="staff_money", what="Somebody asks for money")
    assert is_ready(delivered)
    assert closed(delivered, cast.of("FO")).state == RequestState.CLOSED


def test_not_before_the_family_can_appeal_no_more(cast, case, budget, mother):
    request = recommended(cast, ask(cast, case, requester=mother), budget)
    request = decide(request=request, act=Act.REJECT, amounts={}, by=second_officer(cast), now=NOW, code="outside",
                     comment="The fund is not for this")  # fmt: skip
    assert refused(closed, request, cast.of("FO")) == "E-EAF-68" and not is_ready(request)
    last, after = NOW + timedelta(days=30), NOW + timedelta(days=31)
    assert refused(closed, request, cast.of("FO"), now=last) == "E-EAF-68"
    assert not is_ready(request, TODAY + timedelta(days=30)) and is_ready(request, TODAY + timedelta(days=31))
    appeal = appealed(request, cast.of("CW"))
    request.refresh_from_db()
    assert refused(closed, request, cast.of("FO"), now=after) == "E-EAF-69"
    appeal = decide_appeal(appeal=appeal, act=Act.REJECT, amounts={}, by=cast.of("FA"), now=NOW, code="outside",
                           comment="The fund is not for this")  # fmt: skip
    request.refresh_from_db()
    assert appeal.state == AppealState.UPHELD and is_ready(request)
    assert closed(request, cast.of("FO")).state == RequestState.CLOSED


def test_the_page_says_what_stands_against_it_and_where(cast, delivered, client_of):
    officer, supervisor = client_of(cast.of("FO")), client_of(cast.of("SUP"))
    complained(delivered, cast.of("CW"))
    shown = page(officer, "close", delivered.pk).content.decode()
    assert "The family is to be asked about 1 payment." in shown and "1 complaint is open." in shown
    assert reverse("emergency_fund:complaints") in shown and "data-primary" not in shown
    assert send(officer, "close", delivered.pk, {"comment": WELL}).status_code == 422
    answered(delivered.lines.first().deliveries.get().verification, cast.of("SUP"))
    assert "Requests to the fund to close" not in officer.get("/").content.decode()
    complaint = delivered.complaints.get()
    complaint = answer_complaint(complaint=complaint, answer="We open at eight now", by=cast.of("SUP"), now=NOW)
    close_complaint(complaint=complaint, told_on=TODAY, by=cast.of("CW"), now=NOW)
    assert "Requests to the fund to close" in officer.get("/").content.decode()
    assert delivered.number in page(officer, "list", queue="close").content.decode()
    assert page(supervisor, "close", delivered.pk).status_code == 403
    assert send(officer, "close", delivered.pk).status_code == 302
    assert "Request to the fund closed" in page(officer, "detail", delivered.pk).content.decode()
    assert delivered.number not in page(officer, "list", queue="close").content.decode()


# --- who should pay first by law


@pytest.fixture
def screened(cast, case, mother) -> AssistanceRequest:
    """An injury at work; the family applied to the Workmen's Compensation Fund."""
    return screen(request=ask(cast, case, requester=mother), decided=frozenset(), by=cast.of("FO"), now=NOW, **SCREENED)


def updated(request: AssistanceRequest, by, **facts: object) -> EntitlementUpdate:
    values = {"entitlement": "wcf", "status": "receiving", "amount": Decimal(4500), "on": TODAY, "note": ""}
    return update_entitlement(request=request, by=by, now=NOW, **values | facts)


def test_followed_up_until_it_has_an_outcome(cast, screened):
    assert (screened.incident.entitlement_on, screened.entitlement_updates.get().status) == (TODAY, "applied")
    assert refused(updated, screened, cast.of("CW"), on=TODAY + timedelta(days=1)) == "E-EAF-65"
    assert refused(updated, screened, cast.of("CW"), on=TODAY - timedelta(days=6)) == "E-EAF-65"
    assert refused(updated, screened, cast.of("CW"), amount=None) == "E-EAF-66"
    assert refused(updated, screened, cast.of("CW"), entitlement="none") == "E-EAF-67"
    updated(screened, cast.of("CW"), note="From the first of the month")
    screened.incident.refresh_from_db()
    assert (screened.incident.entitlement_status, screened.incident.entitlement_amount) == ("receiving", 4500)
    assert screened.entitlement_updates.count() == 2


def sent(cast, request: AssistanceRequest, **facts: object) -> AssistanceRequest:
    told = SCREENED | {"status": "referred", "decided": frozenset()}
    return screen(request=request, by=cast.of("FO"), now=NOW, **told | facts)


def referred(case, by, kind: str = "legal", **facts: object) -> Referral:
    service = Service.objects.create(kind=kind, name_en="Workers’ rights desk", name_th="คลินิกกฎหมายแรงงาน")
    return Referral.rows.create(
        case=case, service=service, kind=kind, reason="Claim", shared_fields=["name"], override_reason="The law",
        override_by=by, sent_by=by, created_by=by, **{"sent_at": NOW, "answer_due_at": NOW} | facts,
    )  # fmt: skip


def test_a_family_is_sent_to_claim_to_an_office_that_is_named(cast, case, mother):
    request = ask(cast, case, requester=mother)
    assert refused(sent, cast, request, status="not_checked") == "E-EAF-06"
    assert refused(sent, cast, request) == refused(sent, cast, request, referred_to="  ") == "E-EAF-06"
    assert refused(sent, cast, request, entitlement="none", referred_to="SSO Mae Sot") == "E-EAF-67"
    request = sent(cast, request, referred_to="SSO Mae Sot")
    assert request.state == RequestState.SCREENED
    update = request.entitlement_updates.get()
    assert (update.status, update.note, update.on, update.by) == ("referred", "SSO Mae Sot", TODAY, cast.of("FO"))
    assert request.incident.entitlement_status == "referred"
    HardshipIncident.objects.filter(pk=request.incident_id).update(entitlement_on=TODAY - timedelta(days=29))
    assert request not in claims_to_ask_about(cast.of("CW"), TODAY)
    HardshipIncident.objects.filter(pk=request.incident_id).update(entitlement_on=TODAY - timedelta(days=30))
    assert request in claims_to_ask_about(cast.of("CW"), TODAY)


@pytest.mark.parametrize("facts", [
    {"state": "declined"}, {"state": "cancelled"}, {"kind": "school"}, {"sent_at": NOW - timedelta(days=6)},
])  # fmt: skip
def test_a_referral_of_the_case_says_where_and_others_do_not(cast, case, mother, facts):
    request = ask(cast, case, requester=mother)
    referred(case, cast.of("CW"), **facts)
    assert refused(sent, cast, request) == "E-EAF-06"
    referred(case, cast.of("CW"))
    assert sent(cast, request).entitlement_updates.get().note == "Workers’ rights desk"


def test_only_after_an_injury_at_work_a_family_is_sent_there_first(cast, case, mother):
    request = ask(cast, case, requester=mother, incident={"kind": "illness", "occurred_on": TODAY})
    assert refused(sent, cast, request, referred_to="SSO Mae Sot") == "E-EAF-06"
    assert sent(cast, request, status="applied").state == RequestState.SCREENED


def test_screened_on_the_page_and_asked_again_it_keeps_where(cast, case, mother, client_of):
    officer, request = client_of(cast.of("FO")), ask(cast, case, requester=mother)
    told = {"entitlement": "wcf", "status": "referred"}
    answer = send(officer, "screen", request.pk, told)
    assert answer.status_code == 422
    assert "Send a referral from the case" in str(answer.context["form"].errors["referred_to"])
    assert send(officer, "screen", request.pk, told | {"referred_to": "SSO Mae Sot"}).status_code == 302
    AssistanceRequest.rows.filter(pk=request.pk).update(state="submitted")
    assert "SSO Mae Sot" in page(officer, "screen", request.pk).content.decode()


@pytest.mark.parametrize("kind", ["work_injury", "road_accident"])
def test_the_page_offers_the_answers_with_which_it_goes_on(cast, case, mother, client_of, kind):
    request = ask(cast, case, requester=mother, incident={"kind": kind, "occurred_on": TODAY})
    shown = page(client_of(cast.of("FO")), "screen", request.pk).context["form"]["status"]
    offered = {widget.data["value"] for widget in shown.subwidgets}
    assert "not_checked" not in offered and {"applied", "not_eligible"} <= offered
    assert ("referred" in offered) == (kind == "work_injury")


def test_where_nobody_else_pays_nothing_more_is_asked(cast, case, mother, client_of):
    officer, request = client_of(cast.of("FO")), ask(cast, case, requester=mother)
    answer = send(officer, "screen", request.pk, {"entitlement": "wcf", "status": ""})
    assert "Choose how that stands." in str(answer.context["form"].errors["status"])
    assert send(officer, "screen", request.pk, {"entitlement": "none", "status": ""}).status_code == 302
    request.incident.refresh_from_db()
    assert (request.incident.entitlement, request.incident.entitlement_status) == ("none", "not_eligible")


def test_who_pays_first_is_asked_at_the_screening_first(cast, case):
    assert refused(updated, ask(cast, case), cast.of("CW")) == "E-EAF-64"


def test_a_claim_without_an_answer_comes_back_after_a_month(cast, screened, client_of):
    worker, title = client_of(cast.of("CW")), "Ask how the claim on another source stands"
    assert title not in worker.get("/").content.decode()
    screened.incident.entitlement_on = TODAY - timedelta(days=29)
    screened.incident.save()
    assert title not in worker.get("/").content.decode()
    screened.incident.entitlement_on = TODAY - timedelta(days=30)
    screened.incident.save()
    assert title in worker.get("/").content.decode()
    assert title not in client_of(cast.of("FO")).get("/").content.decode()
    shown = page(worker, "entitlement", screened.pk).content.decode()
    assert reverse("referrals:new", args=[screened.case_id]) in shown
    assert (
        reverse("referrals:new", args=[screened.case_id])
        not in page(client_of(cast.of("FO")), "entitlement", screened.pk).content.decode()
    )
    told = {"entitlement": "wcf", "status": "receiving", "note": "Called them", **date_boxes("on", TODAY)}
    answer = send(worker, "entitlement", screened.pk, told)
    assert answer.status_code == 422 and "Called them" in answer.content.decode()
    assert send(worker, "entitlement", screened.pk, told | {"amount": "4,500"}).status_code == 302
    assert title not in worker.get("/").content.decode()
    assert str(EntitlementStatus.RECEIVING.label) in page(worker, "detail", screened.pk).content.decode()
    assert "Called them" in page(worker, "entitlement", screened.pk).content.decode()
