"""Write down calls with families; say that contact is lost, by a person and never by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.cases.calls_queries import unanswered_days
from casework.cases.calls_rules import RIGHT_ANSWERS
from casework.cases.models import Case, ContactAttempt
from casework.cases.states import CaseState, ContactDirection, ContactResult, HoldReason
from casework.kernel.digits import clean_line
from casework.kernel.refusals import Conflict, Refusal
from casework.people.models import Phone
from casework.people.states import ContactRule
from casework.programmes.contributions import registry
from casework.reference.queries import term

from .cases import hold_case, resume_case

LOST_AFTER = "cases.lost_contact_days"


@transaction.atomic
def record_contact(
    *, case: Case, result: str, direction: str = ContactDirection.OUT, phone: Phone | None = None, said: str = "",
    call_again_on: date | None = None, by: User, now: datetime, today: date,
) -> ContactAttempt:  # fmt: skip
    """Write down a call. Reaching the family ends a lost contact.

    Raises Refusal without a result, for a phone of another family or one that must not be called, without words when
    somebody else answered, and for a day to call again that is over.
    """
    said = clean_line(said)[:300]
    _refuse_odd(case, result, direction, phone, said, call_again_on, today)
    contact = ContactAttempt.rows.create(
        case=case, phone=phone, direction=direction, result=result, said=said, call_again_on=call_again_on, on=today,
        at=now, by=by,
    )  # fmt: skip
    name = f"cases.contact.{result}" if direction == ContactDirection.OUT else "cases.contact.called_us"
    record_event(name, actor=by, subject=contact, case_id=case.pk, office_id=case.office_id, reason=said, at=now)
    if result == ContactResult.REACHED:
        end_lost_contact(case=case, by=by)
    return contact


def _refuse_odd(
    case: Case, result: str, direction: str, phone: Phone | None, said: str, again_on: date | None, today: date
) -> None:
    if result not in ContactResult.values or direction not in ContactDirection.values:
        raise Refusal("CAS-CALL-1", "result", gettext_lazy("Choose the result of the call."))
    if phone is not None and (phone.family_id != case.family_id):
        raise Refusal("CAS-CALL-2", "phone", gettext_lazy("This phone is not one of this family."))
    is_out = direction == ContactDirection.OUT
    if is_out and (case.do_not_contact or (phone is not None and phone.rule == ContactRule.DO_NOT)):
        raise Refusal("CAS-CALL-3", "phone", gettext_lazy("This family or phone must not be called. Ask the lead."))
    if not is_out and result not in (ContactResult.REACHED, ContactResult.SOMEONE_ELSE):
        raise Refusal("CAS-CALL-4", "result", gettext_lazy("They called: choose who spoke."))
    if result == ContactResult.SOMEONE_ELSE and not said:
        raise Refusal("CAS-CALL-5", "said", gettext_lazy("Write who answered and what was said."))
    if again_on is not None and again_on < today:
        raise Refusal("CAS-CALL-6", "call_again_on", gettext_lazy("Give today or a later day."))


def end_lost_contact(*, case: Case, by: User) -> None:
    """The family was reached or is here: a case that had lost contact is taken up, and the programmes are told."""
    if case.state == CaseState.ON_HOLD and case.hold_reason == HoldReason.LOST_CONTACT:
        resume_case(case=case, by=by)
    for contribution in registry:
        contribution.contact_reached(case, by)


@transaction.atomic
def lose_contact(*, case: Case, by: User, today: date) -> Case:
    """Put the case on hold because the family cannot be reached.

    Raises Conflict before the calls of enough days stayed unanswered.
    """
    needed, days = int(term(LOST_AFTER, today)), unanswered_days(case)
    if days < needed:
        sentence = _("Calls on %(days)d days stayed unanswered; %(needed)d are needed. Try again on another day.")
        raise Conflict("CAS-CALL-7", "", sentence % {"days": days, "needed": needed})
    text = _("Calls on %(days)d days stayed unanswered.") % {"days": days}
    case = hold_case(case=case, reason=HoldReason.LOST_CONTACT, text=text, by=by)
    for contribution in registry:
        contribution.contact_lost(case, by)
    return case


@transaction.atomic
def note_caller(*, case: Case, right: Sequence[str], is_forbidden: bool, by: User, now: datetime) -> bool:
    """Write down that somebody called and what they answered rightly; answers whether the card may be shown.

    A caller with too few right answers, or on a phone that must not be called, is told nothing.
    """
    is_known = len(right) >= RIGHT_ANSWERS and not is_forbidden
    name = "cases.caller.known" if is_known else "cases.caller.refused"
    record_event(
        name, actor=by, subject=case, case_id=case.pk, office_id=case.office_id, reason=", ".join(right), at=now
    )
    return is_known
