"""What stands against closing a request: E-EAF-20 to 22 and 68, 69 (reference programmes 2.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from casework.kernel.dates import short
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Finding, error
from emergency_fund.states import OPEN_STATES, RequestState

SHORTEST_COMMENT = 20
CLOSABLE = frozenset({
    RequestState.DELIVERED, RequestState.REJECTED, RequestState.UPHELD, RequestState.REFERRED_OUT,
    RequestState.INELIGIBLE, RequestState.EXPIRED,
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a request stands, as the rules of closing ask."""

    open_lines: int
    payments: int
    not_drawn: int
    """Payments of which the night did not decide yet whether the family is asked."""
    calls: int
    """Calls that are still to be made."""
    asked: int
    """Payments of which a family was asked and answered."""
    complaints: int
    is_appealed: bool
    appeal_until: date | None
    """Until when the family can still appeal; nothing when it cannot."""


def can_close(state: str) -> Verdict:
    """E-EAF-69: only what has come to its end."""
    if state in CLOSABLE:
        return YES
    return no("E-EAF-69", _("This request has not come to its end, or it is closed already."))


def against_closing(standing: Standing) -> Iterator[Finding]:
    """E-EAF-20 open lines, 21 calls to be made, 22 open complaints, 68 an appeal that is open or can be made."""
    if standing.open_lines:
        told = ngettext_lazy(
            "%(n)d line is not delivered, cancelled or expired. Pay it, or let it expire.",
            "%(n)d lines are not delivered, cancelled or expired. Pay them, or let them expire.",
            standing.open_lines,
        )
        yield error("E-EAF-20", "", told % {"n": standing.open_lines})
    if standing.not_drawn:
        yield error(
            "E-EAF-21", "", _("Tonight it is drawn of which payments the family is asked. Close it from tomorrow on.")
        )
    if standing.calls:
        told = ngettext_lazy(
            "The family is to be asked about %(n)d payment. Somebody who had no part in it calls.",
            "The family is to be asked about %(n)d payments. Somebody who had no part in them calls.",
            standing.calls,
        )
        yield error("E-EAF-21", "", told % {"n": standing.calls})
    if standing.complaints:
        told = ngettext_lazy(
            "%(n)d complaint is open. Answer it, and tell the family.",
            "%(n)d complaints are open. Answer them, and tell the family.",
            standing.complaints,
        )
        yield error("E-EAF-22", "", told % {"n": standing.complaints})
    if standing.is_appealed:
        yield error("E-EAF-68", "", _("The appeal is not decided yet."))
    elif standing.appeal_until is not None:
        words = {"day": short(standing.appeal_until, (get_language() or "en")[:2])}
        yield error("E-EAF-68", "", _("The family can appeal until %(day)s. Close it after that day.") % words)


def can_take_back(state: str, *, is_unpaid: bool) -> Verdict:
    """E-EAF-188: what is on its way, until all of it is paid: others may still approve what was helped first."""
    if state not in OPEN_STATES:
        return no("E-EAF-188", _("This request has ended already, nothing of it is left to take back."))
    if state == RequestState.IN_DELIVERY and not is_unpaid:
        return no("E-EAF-188", _("All of this is paid or handed over, nothing of it is left to take back."))
    return YES


def against_taking_back(reason: str) -> Iterator[Finding]:
    """E-EAF-189: whoever ends a request because the family no longer asks says why."""
    if not says_why(reason):
        yield error("E-EAF-189", "reason", _("Say in a sentence why the family no longer asks."))


def against_comment(comment: str, standing: Standing) -> Iterator[Finding]:
    """E-EAF-21: where something was paid and no family was asked, somebody says how it is known that it arrived."""
    if standing.payments and not standing.asked and len(comment.strip()) < SHORTEST_COMMENT:
        told = _("No payment of this was asked about. Write in 20 letters or more how you know that it arrived.")
        yield error("E-EAF-21", "comment", told)
