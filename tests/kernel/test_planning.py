"""A block reads by index, and what comes after it plans as before."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from casework.kernel.planning import by_index


def seqscan() -> str:
    """How the planner is set now."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_seqscan")
        return cursor.fetchone()[0]


def test_only_the_block_reads_by_index(db):
    with by_index():
        assert seqscan() == "off"
    assert seqscan() == "on"


def test_a_block_that_fails_leaves_nothing_behind(db):
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), by_index():
            raise ZeroDivisionError
        assert seqscan() == "on"
