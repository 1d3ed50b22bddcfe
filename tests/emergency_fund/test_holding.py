"""Taking back, expiring and deciding wait for a payment that is under way, and see what it paid."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from django.db import connection, transaction

from casework.aid.models import AidGiven
from emergency_fund.models import AssistanceRequest
from emergency_fund.services.asking import take_back
from emergency_fund.services.delivering import pay
from emergency_fund.states import LineState

from .test_delivering import request_  # noqa: F401  a fixture
from .test_money_path import NOW, amounts

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_taken_back_while_it_is_paid_gives_back_the_rest_alone(cast, request_, budget, mother):  # noqa: F811
    line = request_.lines.get(kind="nutrition")
    is_paid, may_end, failed = threading.Event(), threading.Event(), []

    def cashier():
        try:
            with transaction.atomic():
                pay(
                    line=line, amount=Decimal(600), key="f-1", received_by=mother, relation="mother", proof="paper",
                    by=cast.of("CSH"), now=NOW,
                )  # fmt: skip
                is_paid.set()
                may_end.wait(10)
        except Exception as error:  # noqa: BLE001  told to the test
            failed.append(error)
        finally:
            is_paid.set()
            connection.close()

    thread = threading.Thread(target=cashier)
    thread.start()
    assert is_paid.wait(10)
    threading.Timer(0.5, may_end.set).start()
    take_back(
        request=AssistanceRequest.rows.get(pk=request_.pk), reason="They moved to relatives", by=cast.of("CW"), now=NOW
    )
    thread.join(20)
    assert not failed
    line.refresh_from_db()
    assert (line.state, line.paid) == (LineState.CANCELLED, 600)
    assert amounts(budget) == (0, 0, 9400), "600 are paid, and nothing of it is promised any more"
    assert AidGiven.rows.get(kind="nutrition").state == "given", "the child had it"
