"""The talk about registration with the family's own state: an option with its risk, never a default (B7)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from casework.accounts.models import User
from casework.kernel.acts import act
from casework.kernel.refusals import Refusal
from registration.models import BirthRecord, ConsularStep
from registration.rules import guards
from registration.rules.deadlines import consular_due
from registration.states import ConsularDecision

from .progress import note


@act
def note_consular_talk(
    *, birth: BirthRecord, offered_on: date, risk_discussed: bool, decision: str, by: User, today: date,
    applied_on: date | None = None, result: str = "",
) -> ConsularStep:  # fmt: skip
    """Write down what the family decided, and later when it applied and what came of it.

    Raises Conflict (BR-CLOSED-1), and Refusal for a talk in the future (BR-CSL-1), one that left out the risk
    (BR-CSL-2), and an application that was not wanted, not yet made, or made before the talk (BR-CSL-3).
    """
    guards.can_work(birth).insist()
    if offered_on > today:
        raise Refusal("BR-CSL-1", "offered_on", _("The talk was today or earlier."))
    if not risk_discussed:
        words = _("Talk about the risk first: who fled can be in danger when their state hears of them.")
        raise Refusal("BR-CSL-2", "risk_discussed", words)
    if applied_on and (decision != ConsularDecision.YES or not offered_on <= applied_on <= today):
        words = _("Only a family that said yes applies, after the talk and not in the future.")
        raise Refusal("BR-CSL-3", "applied_on", words)
    step, _made = ConsularStep.rows.update_or_create(
        birth=birth,
        defaults={
            "offered_on": offered_on, "risk_discussed": risk_discussed, "decision": decision,
            "applied_on": applied_on, "result": result.strip(), "due_on": consular_due(birth.case.child.birth),
        },
    )  # fmt: skip
    note(birth, "consular.noted", by)
    return step
