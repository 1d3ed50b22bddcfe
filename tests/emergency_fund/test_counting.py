"""The counts of the fund's queues: their statement is kept, their numbers are not."""

from __future__ import annotations

from typing import Any

import pytest

from casework.accounts.states import Role
from casework.kernel.statements import text_of
from emergency_fund.models import AssistanceRequest
from emergency_fund.queries.lists import open_ones, to_decide
from tests.access.keeping import Written, hangs_on_nothing_else

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role.values)
def test_what_counts_them_hangs_on_who_one_is_and_on_the_grants(cast, role, django_assert_num_queries):
    hangs_on_nothing_else(cast.of(role), counted, django_assert_num_queries)


def counted(person: Any) -> Written:
    """What counts the queues, and what waits for the person's decision, written anew."""
    waiting = AssistanceRequest.rows.filter(to_decide.__wrapped__(person))
    return {"queues": open_ones.__wrapped__(person), "decide": text_of(waiting.order_by().values("pk"))}
