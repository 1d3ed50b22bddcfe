"""The counts of the fund's queues: their statement is kept, their numbers are not."""

from __future__ import annotations

from typing import Any

import pytest

from casework.access.written import reader_of
from casework.accounts.states import Role
from casework.kernel.statements import Text, text_of
from emergency_fund.models import AssistanceRequest
from emergency_fund.queries.lists import open_ones, to_decide

pytestmark = pytest.mark.django_db


def told(text: Text) -> tuple[str, list[Any]]:
    return text.sql, [getattr(one, "adapted", one) for one in text.parameters]


@pytest.mark.parametrize("role", Role.values)
def test_what_counts_them_hangs_on_who_one_is_and_on_the_grants(cast, role, django_assert_num_queries):
    person = cast.of(role)
    reader = reader_of(person)
    assert reader is not None
    as_ever = told(counting(person)), told(waiting(person))
    with django_assert_num_queries(0):
        assert (told(counting(reader.as_user())), told(waiting(reader.as_user()))) == as_ever


def counting(person: Any) -> Text:
    """What counts the queues, written anew."""
    return open_ones.__wrapped__(person)


def waiting(person: Any) -> Text:
    """What waits for the person's decision, written anew."""
    return text_of(AssistanceRequest.rows.filter(to_decide.__wrapped__(person)).order_by().values("pk"))
