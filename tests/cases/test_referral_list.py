"""The list of referrals: what waits for an answer first, and every one of them on some page."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from casework.referrals.models import Referral, Service
from casework.referrals.services import record_answer, send_referral
from tests.factories import cases
from tests.factories.cases import NOW

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r'href="/referrals/(\d+)/"')


@pytest.fixture
def sent(cast) -> list[Referral]:
    """Three referrals of one case; the first two are accepted, the last one waits."""
    worker = cast.of("CW")
    case = cases.make_case(cast.mae_sot, worker)
    cases.make_consent(case, worker)
    referrals = []
    for urgency in ("24h", "72h", "14d"):
        service = Service.objects.create(kind="insurance", name_en=urgency, name_th=urgency, source="telephone")
        referral = send_referral(
            case=case, service=service, kind="insurance", urgency=urgency, reason="Insurance from birth",
            shared_fields=["name"], by=worker, now=NOW,
        )  # fmt: skip
        referrals.append(referral)
    for referral in referrals[:2]:
        record_answer(referral=referral, accepted=True, text="Come on Monday", by=worker, now=NOW)
    return referrals


def test_what_waits_for_an_answer_stands_first(cast, client_of, sent):
    page = client_of(cast.of("CW")).get("/referrals/").content.decode()
    assert [int(number) for number in ADDRESS.findall(page)] == [sent[2].pk, sent[1].pk, sent[0].pk]


def test_a_long_list_goes_on_on_the_next_page(cast, client_of, sent, monkeypatch):
    monkeypatch.setattr("casework.referrals.views.ROWS_PER_PAGE", 2)
    client = client_of(cast.of("CW"))
    shown = [ADDRESS.findall(client.get(f"/referrals/?page={number}").content.decode()) for number in (1, 2)]
    assert [len(numbers) for numbers in shown] == [2, 1]
    assert 'rel="next"' in client.get("/referrals/").content.decode()


@pytest.mark.parametrize("role, is_led", [("CW", True), ("FO", False)])
def test_an_empty_list_leads_to_the_cases_of_who_may_open_them(cast, client_of, role, is_led):
    main = client_of(cast.of(role)).get(reverse("referrals:list")).content.decode().partition('id="main"')[2]
    assert (
        "No referral yet" in main and (f'class="btn btn--secondary" href="{reverse("cases:list")}"' in main) == is_led
    )


def test_where_no_service_is_listed_the_page_says_who_adds_one(cast, client_of):
    case, client = cases.make_case(cast.mae_sot, cast.of("CW")), client_of(cast.of("CW"))
    address = reverse("referrals:new", args=[case.pk])
    assert "No service is listed yet" in client.get(address).content.decode()
    Service.objects.create(kind="insurance", name_en="Desk", name_th="โต๊ะ", source="telephone")
    assert "No service is listed yet" not in client.get(address).content.decode()


ANSWER = re.compile(r'name="answer" value="(\w+)"')


def test_only_answers_that_can_follow_are_offered(cast, client_of, sent):
    client = client_of(cast.of("CW"))
    offered = [ANSWER.findall(client.get(f"/referrals/{row.pk}/").content.decode()) for row in (sent[2], sent[0])]
    assert offered == [["accepted", "declined", "cancelled"], ["completed", "cancelled"]]


@pytest.mark.parametrize(("role", "is_asked"), [("CW", False), ("SUP", True)])
def test_why_without_consent_is_asked_of_who_may_decide_it(cast, client_of, sent, role, is_asked):
    page = client_of(cast.of(role)).get(reverse("referrals:new", args=[sent[0].case_id])).content.decode()
    assert ('name="override_reason"' in page) is is_asked
    assert "The family agreed to share for:" in page


def test_what_the_family_agreed_to_is_said_before_anything_is_typed(cast, client_of):
    case, client = cases.make_case(cast.mae_sot, cast.of("CW")), client_of(cast.of("CW"))
    page = client.get(reverse("referrals:new", args=[case.pk])).content.decode()
    assert "has not agreed to share anything with a service yet" in page
    assert reverse("cases:consent", args=[case.pk]) in page
