"""When a signed certificate can be corrected, and which step of a correction can be taken now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.kernel.guards import YES, Verdict, no
from casework.kernel.refusals import Finding, error
from registration.certificate_states import CORRECTION_EDGES, OPEN_CORRECTIONS, CorrectionState
from registration.models import BirthRecord, Correction
from registration.states import Status

from .guards import OPEN_DISCREPANCY, can_work

SIGNED = frozenset({Status.REGISTERED, Status.HANDED_OVER})
_WHY_NOT = {
    CorrectionState.OPEN: _("Ask the registry office first."),
    CorrectionState.ASKED: _("The registry office was asked already. Record what it said."),
    CorrectionState.APPOINTED: _("There is an appointment already. Record what the office said."),
    CorrectionState.CORRECTED: _("The corrected certificate is here. Compare it and hand it over."),
    CorrectionState.HANDED_OVER: _("The corrected certificate was handed over. This correction is done."),
    CorrectionState.REFUSED: _("The office refused. Ask again, or end the correction."),
    CorrectionState.WITHDRAWN: _("This correction was ended. Begin a new one."),
}


def can_start_correction(birth: BirthRecord) -> Verdict:
    """A signed certificate that differs from what was agreed, with no other correction on its way."""
    if birth.status == Status.CLOSED and hasattr(birth, "outcome"):
        return no("BR-COR-1", _("The registration is closed. Open it again first; then ask for the correction."))
    if birth.status not in SIGNED or not hasattr(birth, "outcome"):
        return no("BR-COR-2", _("There is no signed certificate yet. Differences are told at the counter."))
    if birth.corrections.filter(state__in=OPEN_CORRECTIONS).exists():
        return no("BR-COR-3", _("A correction of this certificate is on its way. Go on with that one."))
    if not birth.discrepancies.filter(state__in=OPEN_DISCREPANCY).exists():
        return no("BR-COR-4", _("Nothing differs. Correct the entry first: copy what the certificate says."))
    return YES


def can_take_step(correction: Correction, target: CorrectionState) -> Verdict:
    """Whether the correction can go to a state now, and if not, what comes first."""
    open_birth = can_work(correction.birth)
    if not open_birth:
        return open_birth
    state = CorrectionState(correction.state)
    if target in CORRECTION_EDGES.get(state, frozenset()):
        return YES
    return no("BR-COR-5", _WHY_NOT[state])


def can_hand_over_again(correction: Correction) -> Verdict:
    """The corrected certificate is here and was compared with the agreed spelling (BR-REG-5)."""
    step = can_take_step(correction, CorrectionState.HANDED_OVER)
    if not step:
        return step
    if correction.checked_on is None:
        return no("BR-REG-5", _("Compare the certificate with the spelling sheet before handing it over."))
    return YES


def day_findings(*, on: date, field: str, today: date, not_before: date | None) -> Iterator[Finding]:
    """BR-COR-6, BR-COR-7: a day that was lies neither in the future nor before the step it follows."""
    if on > today:
        yield error("BR-COR-6", field, _("This cannot be in the future."))
    elif not_before and on < not_before:
        yield error("BR-COR-7", field, _("This cannot be before the step before it. Check the day."))


def appointment_findings(*, on: date, today: date) -> Iterator[Finding]:
    """BR-COR-8: an appointment is today or later."""
    if on < today:
        yield error("BR-COR-8", "appointment_on", _("Give today or a later day."))
