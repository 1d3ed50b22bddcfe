"""Tests about one birth that their module makes once: each module says by `make_rows` how far it is."""

from __future__ import annotations

import pytest

from registration.models import BirthRecord
from tests.factories.cast import Cast


@pytest.fixture
def rows(made, db) -> tuple[Cast, BirthRecord]:
    """The cast and the birth, in copies of this test's own."""
    return made()


@pytest.fixture
def cast(rows) -> Cast:
    return rows[0]


@pytest.fixture
def worker(cast):
    return cast.of("CW")


@pytest.fixture
def birth(rows) -> BirthRecord:
    return rows[1]
