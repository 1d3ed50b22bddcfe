"""Killed at the worst moment: a payment whose answer got lost is made once, a voucher half made is made once."""

from __future__ import annotations

import http.client
import socket
import time
from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from casework.approvals.states import Act
from casework.documents.models import Document
from casework.documents.services import release_dropped
from casework.documents.services.ordering import request_document
from casework.documents.states import DocumentState
from casework.funds.models import BudgetEntry
from casework.notifications.models import OutboxRow
from emergency_fund.documents import VoucherPaper
from emergency_fund.models import AssistanceRequest, Delivery
from emergency_fund.services import deciding
from tests.background.conftest import redis_server, relay, start, wait_until  # noqa: F401  real processes
from tests.factories.cast import make_cast, signed_in
from tests.factories.emergency_fund import asked, recommended
from tests.factories.funds import make_line

from .test_money_path import second_officer
from .test_proof import family_of

pytestmark = pytest.mark.django_db(transaction=True)
WEB = "tests.emergency_fund.processes.dying_web"
SLOW = "tests.emergency_fund.processes.slow_voucher"
WORKER = ("-m", "celery", "-A", "casework", "worker", "-P", "solo", "-l", "ERROR", "--without-gossip")
TOKEN = "a" * 32


def approved_one() -> tuple[object, AssistanceRequest, object]:
    cast = make_cast()
    case, mother = family_of(cast)
    line = make_line(cast.mae_sot, cast.of("FA"), 10_000, kinds=["health_cost", "nutrition"])
    request = recommended(asked(case, cast.of("CW")), cast.of("FO"), line)
    request = deciding.decide(request=request, act=Act.APPROVE, amounts={}, by=second_officer(cast), now=timezone.now())
    return cast, request, mother


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def press(port: int, path: str, cookies: dict[str, str], data: dict[str, str]) -> tuple[int, str]:
    """Send the form; the status and where it leads."""
    browser = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
    }
    browser.request("POST", path, urlencode(data | {"csrfmiddlewaretoken": TOKEN}), headers)
    answer = browser.getresponse()
    return answer.status, answer.headers.get("Location", "")


def test_a_payment_whose_answer_got_lost_is_made_once_when_it_is_sent_again(start):  # noqa: F811
    cast, request, mother = approved_one()
    line = request.lines.order_by("pk")[0]
    session = signed_in(cast.of("CSH")).cookies[settings.SESSION_COOKIE_NAME].value
    cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: TOKEN}
    path = reverse("emergency_fund:pay-line", args=[line.pk])
    data = {
        "amount": "900", "received_by": str(mother.pk), "proof": "known_to_staff", "turn": "1",
        "idempotency_key": "pressed-once",
    }  # fmt: skip
    port = free_port()
    first = start("-m", WEB, str(port), "dies")
    wait_until(lambda: answers(port), 120)
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        press(port, path, cookies, data)
    assert first.wait(30) == -9
    paid = Delivery.rows.get()
    assert paid.amount == 900  # committed, and nobody was told

    start("-m", WEB, str(port), "lives")
    wait_until(lambda: answers(port), 120)
    for _ in range(2):
        status, place = press(port, path, cookies, data)
        assert (status, place) == (302, reverse("emergency_fund:receipt", args=[paid.pk]) + "?queue=pay")
    assert Delivery.rows.count() == 1
    assert BudgetEntry.rows.filter(kind="disburse").count() == 1
    second = {**data, "amount": "800", "idempotency_key": "another"}
    other = reverse("emergency_fund:pay-line", args=[request.lines.order_by("pk")[1].pk])
    assert press(port, other, cookies, second)[0] == 302
    numbers = sorted(Delivery.rows.values_list("number", flat=True))
    assert [int(number[-4:]) for number in numbers] == [1, 2]  # no number was lost on the way


def test_a_worker_killed_while_it_makes_a_voucher_leaves_one_voucher(redis_server, relay, start):  # noqa: F811
    cast, request, _mother = approved_one()
    redis_server.start()
    paper = request_document(
        kind=VoucherPaper.key, subject=request, language="th", requested_by=cast.of("CSH"), now=timezone.now()
    )
    relay.work()
    first = start(*WORKER, "-I", SLOW)
    wait_until(lambda: Document.rows.get(pk=paper.pk).state == DocumentState.RENDERING, 120)
    first.kill()
    first.wait()
    assert not Document.rows.get(pk=paper.pk).file
    later = timezone.now() + timedelta(hours=1)
    release_dropped(now=later)
    assert Document.rows.get(pk=paper.pk).state == DocumentState.REQUESTED
    OutboxRow.objects.update(sent_at=timezone.now() - timedelta(minutes=1))
    relay._looked_at = timezone.now() - timedelta(minutes=1)
    relay.work()
    relay.work()
    start(*WORKER)
    wait_until(lambda: Document.rows.get(pk=paper.pk).state == DocumentState.READY, 120)
    time.sleep(1)  # a second worker's turn would come now
    made = Document.rows.get()
    assert (made.pages, made.tries) == (1, 2) and Decimal(made.size) > 0
    assert Document.rows.exclude(file="").count() == 1
