"""The child died: one act that stops what must stop, and opens what must be done (day.md 8)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casework.accounts.models import User
from casework.audit.services import changed_fields
from casework.kernel.refusals import Refusal, refuse_errors
from casework.people.services.persons import record_death
from casework.reference.queries import term
from casework.referrals.models import Referral
from casework.referrals.services import cancel_referral
from casework.referrals.states import ReferralState
from registration.models import BirthRecord, ChildDeath, FollowUp
from registration.rules.care import death_due_on, death_findings, notified_findings
from registration.states import FollowUpAnswer, FollowUpKind, HelpAnswer

from .progress import note


@transaction.atomic
def record_child_death(
    *, birth: BirthRecord, died_on: date | None, is_stillbirth: bool, told_by: str, by: User, now: datetime, today: date
) -> ChildDeath:
    """Write down that the child died. Public services and referrals of this child end; a living twin is untouched.

    The registration itself goes on: birth and death are both notified, each by its own day. Raises Refusal
    (BR-DIED-1, BR-DIED-2, PPL-DEATH-1).
    """
    child = birth.case.child
    refuse_errors(death_findings(died_on=died_on, is_stillbirth=is_stillbirth, born_on=child.born_on))
    on = died_on or child.born_on
    assert on is not None  # noqa: S101  death_findings asked for it
    record_death(person=child, died_on=on, by=by, today=today)
    hours = int(term("registration.death_notify_hours", today))
    death, _made = ChildDeath.rows.update_or_create(
        birth=birth,
        defaults={
            "died_on": on,
            "is_stillbirth": is_stillbirth,
            "told_by": told_by.strip(),
            "death_due_on": death_due_on(died_on=on, hours=hours),
            "recorded_by": by,
            "recorded_at": now,
        },
    )
    for kind in FollowUpKind:
        FollowUp.rows.update_or_create(
            birth=birth, kind=kind, defaults={"answer": FollowUpAnswer.NOT_APPLICABLE, "answered_on": today}
        )
    for referral in Referral.rows.filter(case=birth.case, state__in=[ReferralState.PENDING, ReferralState.ACCEPTED]):
        cancel_referral(referral=referral, reason=_("The child died."), by=by)
    note(birth, "death.recorded", by)
    return death


@transaction.atomic
def note_death_notified(
    *, death: ChildDeath, birth_notified_on: date | None, death_notified_on: date | None, help_answer: str, by: User,
    today: date,
) -> ChildDeath:  # fmt: skip
    """Write down when birth and death were notified, and whether help was wanted. Raises Refusal (BR-DIED-3, -4)."""
    refuse_errors(
        notified_findings(
            died_on=death.died_on,
            birth_notified_on=birth_notified_on,
            death_notified_on=death_notified_on,
            today=today,
        )
    )
    values = {
        "birth_notified_on": birth_notified_on,
        "death_notified_on": death_notified_on,
        "help_answer": HelpAnswer(help_answer),
    }
    changes = changed_fields(death, values)
    death.save(update_fields=list(values))
    note(death.birth, "death.notified", by, changes=changes)
    return death


@transaction.atomic
def take_back_death(*, death: ChildDeath, reason: str, by: User, today: date) -> BirthRecord:
    """A death was written down by mistake: the child lives, public services are open again. Needs a reason."""
    if not reason.strip():
        raise Refusal("BR-DIED-5", "reason", _("Write how the mistake was found."))
    birth = death.birth
    record_death(person=birth.case.child, died_on=None, by=by, today=today, reason=reason)
    FollowUp.rows.filter(birth=birth, answer=FollowUpAnswer.NOT_APPLICABLE).update(
        answer=FollowUpAnswer.OPEN, answered_on=None
    )
    death.delete()
    note(birth, "death.taken_back", by, reason=reason)
    return birth
