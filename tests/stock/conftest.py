"""A store of Mae Sot with its keeper, and soap."""

from __future__ import annotations

import pytest

from tests.factories.stock import make_item, make_store


@pytest.fixture
def keeper(cast):
    return cast.of("CSH")


@pytest.fixture
def store(cast):
    return make_store(cast.mae_sot)


@pytest.fixture
def soap(db):
    return make_item(name_en="Bathing soap", shelf_days=30, minimum=500)
