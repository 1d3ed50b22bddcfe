"""Send a referral, record its answer, end it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.accounts.states import OfficeKind
from casework.audit.services import record_event
from casework.cases.models import Case
from casework.kernel.moves import move
from casework.kernel.refusals import Conflict, Refusal
from casework.notifications.services.mails import queue_mail
from casework.notifications.services.notices import notify

from . import rules
from .models import Referral, Service
from .states import URGENCY_HOURS, ReferralState, ServiceKind, Urgency


@transaction.atomic
def send_referral(
    *,
    case: Case,
    service: Service,
    kind: str,
    urgency: str,
    reason: str,
    shared_fields: Sequence[str],
    by: User,
    now: datetime,
    override_reason: str = "",
    may_override: bool = False,
) -> Referral:
    """Ask an outside service to take something on for the child; the service is told by mail through the queue.

    Rests on living consent for the purpose; without it a permission holder records why (BR-CONS-1). Raises Refusal,
    and Conflict when the service was asked already.
    """
    if not reason.strip():
        raise Refusal("REF-1", "reason", _("Write what the service is asked to do."))
    unknown = set(shared_fields) - set(rules.SHARED_FIELDS)
    if unknown or not shared_fields:
        raise Refusal("REF-2", "shared_fields", _("Choose what the service is told."))
    consent = rules.consent_for(case, kind, timezone.localdate(now))
    if consent is None and not (may_override and override_reason.strip()):
        raise Refusal(
            "BR-CONS-1",
            "override_reason",
            _("The family has not agreed to share for this. Ask for consent, or a supervisor writes why it must be."),
        )
    try:
        with transaction.atomic():
            referral = Referral.rows.create(
                case=case,
                service=service,
                kind=ServiceKind(kind),
                urgency=Urgency(urgency),
                reason=reason.strip(),
                shared_fields=sorted(shared_fields),
                consent=consent,
                override_reason="" if consent else override_reason.strip(),
                override_by=None if consent else by,
                sent_by=by,
                sent_at=now,
                created_by=by,
                answer_due_at=now + timedelta(hours=URGENCY_HOURS[Urgency(urgency)]),
            )
    except IntegrityError as failed:
        raise Conflict("REF-3", "service", _("This service was asked already and has not answered.")) from failed
    record_event("referrals.referral.sent", actor=by, subject=referral, case_id=case.pk, office_id=case.office_id)
    if service.email and case.office.kind != OfficeKind.PRACTICE:  # nobody is asked for a child that is invented
        queue_mail(
            to=service.email, template="referral", language=rules.letter_language(service),
            facts={"number": case.number, "urgency": urgency},
        )  # fmt: skip
    return referral


@transaction.atomic
def record_answer(*, referral: Referral, accepted: bool, text: str, by: User, now: datetime) -> Referral:
    """Record what the service answered. A no needs its reason."""
    if not accepted and not text.strip():
        raise Refusal("REF-4", "text", _("Write why the service declined."))
    state = ReferralState.ACCEPTED if accepted else ReferralState.DECLINED
    move(referral, state, answered_at=now, answer_text=text.strip())
    _note(referral, "referrals.referral.accepted" if accepted else "referrals.referral.declined", by, text)
    return referral


@transaction.atomic
def complete_referral(*, referral: Referral, outcome: str, by: User) -> Referral:
    """The service did it. Raises Refusal without an outcome."""
    if not outcome.strip():
        raise Refusal("REF-5", "text", _("Write what came of it."))
    move(referral, ReferralState.COMPLETED, outcome=outcome.strip())
    _note(referral, "referrals.referral.completed", by, outcome)
    return referral


@transaction.atomic
def cancel_referral(*, referral: Referral, reason: str, by: User) -> Referral:
    """Take the referral back. Raises Refusal without a reason."""
    if not reason.strip():
        raise Refusal("REF-6", "text", _("Write why it is taken back."))
    move(referral, ReferralState.CANCELLED, answer_text=reason.strip())
    _note(referral, "referrals.referral.cancelled", by, reason)
    return referral


@transaction.atomic
def note_silence(*, now: datetime) -> int:
    """Mark referrals whose time is over as unanswered and tell who sent them; answers how many."""
    waiting = Referral.rows.filter(state=ReferralState.PENDING, answer_due_at__lt=now).select_related("case", "sent_by")
    count = 0
    for referral in waiting.select_for_update(of=("self",), skip_locked=True):
        move(referral, ReferralState.NO_RESPONSE)
        _note(referral, "referrals.referral.unanswered", None, "")
        notify(
            recipient=referral.sent_by,
            action="referrals.referral.unanswered",
            subject=referral.case,
            label=referral.case.number,
            url=f"/referrals/{referral.pk}/",
        )
        count += 1
    return count


def _note(referral: Referral, action: str, by: User | None, reason: str) -> None:
    case = referral.case
    record_event(action, actor=by, subject=referral, case_id=case.pk, office_id=case.office_id, reason=reason)
