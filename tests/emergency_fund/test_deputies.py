"""A request goes on when the fund's only manager signed in place of an officer who is away."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from casework.approvals.services.absences import propose_absence
from casework.approvals.services.proposals import confirm
from emergency_fund.models import AssistanceRequest
from emergency_fund.states import RequestState
from tests.factories.accounts import make_grant

from .test_money_path import NOW, TODAY, ask, recommended, second_officer
from .test_pages import page, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(cast, case, budget) -> AssistanceRequest:
    """6,000 baht, decided by a fund officer and the fund manager; the officer is away and the manager stands in."""
    request = recommended(cast, ask(cast, case, ("health_cost", 6000)), budget)
    away = propose_absence(
        user=second_officer(cast), deputy=cast.of("FA"), from_on=TODAY, until_on=TODAY + timedelta(days=3), reason="",
        by=cast.of("FA"), now=NOW,
    )  # fmt: skip
    confirm(proposal=away, by=cast.of("PM"), now=NOW)
    return request


def sign(client, request) -> int:
    told = {"act": "approve", "code": "", "comment": "", f"line_{request.lines.get().pk}": "6000"}
    return send(client, "decide", request.pk, told).status_code


def test_the_deputy_was_the_only_manager_and_the_programme_manager_decides(cast, request_, client_of):
    manager, head = client_of(cast.of("FA")), client_of(cast.of("PM"))
    assert sign(head, request_) == 409
    shown = page(manager, "decide", request_.pk).content.decode()
    assert "in place of" in shown and "your own step as Fund manager then goes to the next higher role" in shown
    assert sign(manager, request_) == 302
    shown = page(head, "decide", request_.pk).content.decode()
    assert "in place of: Fund manager" in shown and "Nobody is left here" not in shown
    assert sign(head, request_) == 302
    request_.refresh_from_db()
    assert (request_.state, request_.lines.get().approved) == (RequestState.APPROVED, Decimal(6000))


def test_another_manager_decides_where_there_is_one(cast, request_, client_of):
    second = cast.of("FA", "RN")
    make_grant(second, "FA", cast.mae_sot)
    shown = page(client_of(cast.of("FA")), "decide", request_.pk).content.decode()
    assert "You decide in place of" in shown and "your own step" not in shown
    assert "You decide in place of" not in page(client_of(second), "decide", request_.pk).content.decode()
    assert sign(client_of(cast.of("FA")), request_) == 302
    assert sign(client_of(cast.of("PM")), request_) == 409
    assert sign(client_of(second), request_) == 302
