"""The counts of the fund's queues: their statement is kept, their numbers are not."""

from __future__ import annotations

from typing import Any

import pytest

from casework.access.written import reader_of
from casework.accounts.states import Role
from casework.kernel.statements import Text
from emergency_fund.queries.lists import open_ones

pytestmark = pytest.mark.django_db


def told(text: Text) -> tuple[str, list[Any]]:
    return text.sql, [getattr(one, "adapted", one) for one in text.parameters]


@pytest.mark.parametrize("role", Role.values)
def test_what_counts_them_hangs_on_who_one_is_and_on_the_grants(cast, role, django_assert_num_queries):
    person = cast.of(role)
    reader, write = reader_of(person), open_ones.__wrapped__
    assert reader is not None
    as_ever = told(write(person))
    with django_assert_num_queries(0):
        assert told(write(reader.as_user())) == as_ever
