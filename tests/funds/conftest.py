"""A fund manager and a line with a hundred baht."""

from __future__ import annotations

import pytest

from casework.accounts.models import User
from casework.funds.models import BudgetLine
from tests.factories.cast import Cast
from tests.factories.funds import make_line


@pytest.fixture
def manager(cast: Cast) -> User:
    return cast.of("FA")


@pytest.fixture
def line(cast: Cast, manager: User) -> BudgetLine:
    return make_line(cast.mae_sot, manager, 100)
