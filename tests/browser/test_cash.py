"""A count of cash is read on a phone without moving the page sideways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from casework.funds.proposals.cash import propose_count
from tests.browser.conftest import PHONE
from tests.browser.desk import Desk
from tests.factories.cash import make_box
from tests.factories.cast import Cast

pytestmark = pytest.mark.browser


def test_a_count_fits_on_a_phone(office: Cast, desk_of: Callable[..., Desk]) -> None:
    cashier = office.of("CSH")
    count = propose_count(
        box=make_box(office.mae_sot, cashier, 9_999_999), by=cashier, now=timezone.now(), explanation="",
        pieces={"1000": 9_999, "500": 1, "100": 4, "20": 4, "0.50": 38},
    )  # fmt: skip
    desk = desk_of("CSH", PHONE)
    desk.go(f"/budget/cash/counts/{count.pk}/")
    assert desk.sideways() == 0
    assert desk.barriers() == []
