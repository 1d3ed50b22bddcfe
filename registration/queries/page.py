"""Everything the birth's own page and its tab on the case show: the panel, and what stands beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.access.scopes import may_on
from casework.cases.queries import goes_on_in
from registration.rules.corrections import can_start_correction
from registration.rules.counter import can_check_at_counter
from registration.rules.welcome import can_come_back, can_welcome_back
from registration.states import Status

from .agreed import last_check, left_out
from .corrections import shown_correction
from .panel import is_sibling_missing, panel_context
from .ways import may_confirm_way
from .welcome import away, quiet_confirmations


def page_context(case: Any, user: Any, today: date) -> dict[str, Any]:
    """The panel with the check at the counter, the correction, the welcome back and the confirmed facts."""
    panel = panel_context(case, user, today)
    birth = panel["birth"]
    away_since = away(birth, today)
    return {
        **panel,
        "counter_verdict": can_check_at_counter(birth),
        "counter_last": last_check(birth),
        "counter_left_out": left_out(birth),
        "correction": shown_correction(birth),
        "can_correct": can_start_correction(birth),
        "away": away_since if can_come_back(case, today) and can_welcome_back(birth, away_since) else [],
        "may_confirm_way": may_confirm_way(birth, user),
        "may_close_unfinished": may_on(user, "registration.birth.close_unfinished", birth),
        "may_reopen": may_on(user, "registration.birth.reopen", birth),
        "is_sibling_missing": is_sibling_missing(birth),
        "goes_on_in": goes_on_in(case, user),
        "gone": case.departures.select_related("place").first() if birth.status == Status.CLOSED else None,
        "confirmed": quiet_confirmations(birth, user, today),
    }
