"""The counts above the queues of births: none that is too low."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.factories import registration as births

pytestmark = pytest.mark.django_db


def test_a_queue_longer_than_is_counted_says_more_than_and_no_number_that_is_too_low(cast, client_of, monkeypatch):
    clerk = client_of(cast.of("CW"))
    for _birth in range(3):
        births.make_birth(cast.mae_sot, cast.of("CW"))

    def told() -> dict[str, Any]:
        return {str(view["label"]): view["count"] for view in clerk.get(reverse("registration:list")).context["views"]}

    assert told()["All open"] == 3 and told()["Late"] == 0
    for place in ("casework.ui.paging", "registration.queries.lists"):
        monkeypatch.setattr(f"{place}.COUNT_CAP", 3)
    assert told()["All open"] == "2+"
    assert told()["Late"] is None, "counted over some of them only"
