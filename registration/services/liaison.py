"""Drafts of the ward: given to the clinic, and finished there."""

from __future__ import annotations

from datetime import date, datetime

from casework.accounts.models import User
from casework.drafts.models import Draft
from casework.drafts.services import ask_again, hand_in_draft
from casework.kernel.acts import act
from casework.kernel.refusals import refuse_errors
from registration.rules.facts import BirthFacts
from registration.rules.liaison import steps_without_status
from registration.rules.validations import birth_findings
from registration.services.ward import tell_of_draft


@act
def hand_in_birth(*, draft: Draft, facts: BirthFacts, by: User, now: datetime, today: date) -> Draft:
    """Give the draft of a birth to the clinic. Raises Refusal with the codes of C7 for what cannot be right.

    Who looks alike is compared when a caseworker has it: the ward learns nothing of other families (decision 45).
    """
    refuse_errors(birth_findings(facts, today=today))
    given = hand_in_draft(draft=draft, by=by, now=now)
    tell_of_draft(draft=given)
    return given


@act
def ask_for_status(*, draft: Draft) -> None:
    """Open the steps of the parents again in which their status was not asked: who has the draft now asks for it."""
    ask_again(draft=draft, steps=steps_without_status(draft.data, draft.done_steps))
