"""The fund's tab on the case page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from emergency_fund.models import AssistanceRequest
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules.requests import can_ask

from .covers import covers_of
from .lists import for_list, fund_row, row_words


def was_at_work(case: Any) -> bool:
    """Whether the fund works on the case, or did; known from the case's own row."""
    return PROGRAMME in case.programmes_so_far


def may_ask(case: Any) -> bool:
    """Whether a family can ask through the case: it is open, and a family is known."""
    return case.family_id is not None and bool(can_ask(case.is_open))


def panel_context(case: Any, user: Any, today: date) -> Mapping[str, Any]:
    """The requests of the case, the newest first."""
    rows = AssistanceRequest.objects.visible_to(user).filter(case=case).order_by("-pk")
    now, words = timezone.now(), row_words()
    return {
        "fund_rows": [fund_row(row, now, words, is_hidden=False) for row in for_list(rows)],
        "may_ask": may_ask(case), "covers": covers_of(case, today),
    }  # fmt: skip
