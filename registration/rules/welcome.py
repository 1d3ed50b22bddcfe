"""When a family is here again after a long time, and where its registration goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.cases.models import Case
from casework.cases.rules import can_reopen
from casework.cases.states import CaseState, CloseReason, HoldReason
from casework.kernel.dates import add_months
from casework.kernel.guards import YES, Verdict, no
from registration.models import BirthRecord
from registration.states import Status, Suspension


def away_words(birth: BirthRecord, *, last_act: date | None, months: int, today: date) -> Iterator[str]:
    """Why the family counts as away: closed, on hold, lost contact, backlog, nothing done for some months."""
    case = birth.case
    if birth.status == Status.CLOSED or case.state == CaseState.CLOSED:
        yield _("The case is closed: %(reason)s.") % {"reason": case.get_close_reason_display()}
        return
    if birth.suspension == Suspension.LOST_CONTACT or case.hold_reason == HoldReason.LOST_CONTACT:
        yield _("Contact was lost.")
    elif birth.suspension == Suspension.ON_HOLD or case.state == CaseState.ON_HOLD:
        yield _("The case is on hold.")
    if birth.is_backlog:
        yield _("From the old register, not looked at yet.")
    if last_act is not None and last_act < add_months(today, -months):
        yield _("Nothing was done for more than %(n)d months.") % {"n": months}


def can_come_back(case: Case, today: date) -> bool:
    """Not after an undone case, nor after the child's death; a family whose case is closed today was just here."""
    return case.state != CaseState.VOID and case.close_reason != CloseReason.CHILD_DIED and case.closed_on != today


def can_open_again(birth: BirthRecord) -> Verdict:
    """A case that was undone, or of a child with another open case, is not opened again."""
    case = birth.case
    if case.state == CaseState.VOID:
        return no("BR-BACK-4", gettext_lazy("This case was undone. Open a new one."))
    return can_reopen(case) if case.state == CaseState.CLOSED else YES


def can_welcome_back(birth: BirthRecord, away: Sequence[str]) -> Verdict:
    """Only a family that was away, and never for a child who died."""
    if birth.case.close_reason == CloseReason.CHILD_DIED:
        return no("BR-BACK-2", gettext_lazy("The case was closed because the child died. Speak with a supervisor."))
    if not away:
        return no("BR-BACK-1", gettext_lazy("The case is open and somebody works on it. Go on from its page."))
    return can_open_again(birth)


def status_when_reopened(birth: BirthRecord, proposed: str) -> Status:
    """Where a closed registration goes on: where its certificate is, else with its papers where its way still holds."""
    outcome = getattr(birth, "outcome", None)
    if outcome is not None:
        return Status.REGISTERED if outcome.handed_over_on is None else Status.HANDED_OVER
    return Status.GATHERING if birth.track and birth.track == proposed else Status.ASSESSING
