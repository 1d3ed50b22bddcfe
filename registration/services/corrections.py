"""A correction of a signed certificate: begun, asked for, appointed, answered, compared, handed over again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.audit.services import changed_fields
from casework.documents.models import Attachment
from casework.documents.services.superseding import supersede_attachments
from casework.kernel.digits import to_ascii_digits
from casework.kernel.moves import move
from casework.kernel.refusals import Refusal, refuse_errors
from registration.certificate_states import CorrectionState, CounterLineKey, FeePayer
from registration.models import BirthRecord, Correction, Discrepancy, RegistryOffice, WrongNameTold
from registration.rules import corrections as rules
from registration.rules.discrepancies import BY_HAND
from registration.rules.guards import OPEN_DISCREPANCY, can_work
from registration.rules.handover import receiver_findings, told_findings
from registration.states import DiscrepancyState, Status

from .office import correct_outcome, hand_over, keep_told
from .progress import note


@transaction.atomic
def start_correction(
    *, birth: BirthRecord, discrepancies: Iterable[Discrepancy], registry_office: RegistryOffice, by: User, today: date
) -> Correction:
    """Begin a correction of what differs on a signed certificate.

    Raises Conflict (BR-COR-1 to 4) when there is nothing to correct now, and Refusal (BR-COR-9) for no difference.
    """
    BirthRecord.rows.select_for_update(of=("self",)).get(pk=birth.pk)
    rules.can_start_correction(birth).insist()
    rows = [row for row in discrepancies if row.birth_id == birth.pk and row.state in OPEN_DISCREPANCY]
    if not rows:
        raise Refusal("BR-COR-9", "discrepancies", _("Choose what the office should correct."))
    correction = Correction.rows.create(birth=birth, registry_office=registry_office, state_since=today, created_by=by)
    correction.discrepancies.set(rows)
    for row in rows:
        if row.state == DiscrepancyState.OPEN:
            move(row, DiscrepancyState.REQUESTED)
    note(birth, "correction.started", by)
    return correction


@transaction.atomic
def record_asked(*, correction: Correction, on: date, by: User, today: date, receipt_no: str = "") -> Correction:
    """The letter was handed in at the office. Raises Conflict (BR-COR-5) and Refusal (BR-COR-6, BR-COR-7)."""
    rules.can_take_step(correction, CorrectionState.ASKED).insist()
    first = correction.birth.outcome.registered_on
    refuse_errors(rules.day_findings(on=on, field="asked_on", today=today, not_before=first))
    if correction.state == CorrectionState.REFUSED:
        _let_differences(correction, DiscrepancyState.OPEN, DiscrepancyState.REQUESTED)
    move(correction, CorrectionState.ASKED, state_since=on, asked_on=on, receipt_no=to_ascii_digits(receipt_no))
    note(correction.birth, "correction.asked", by)
    return correction


@transaction.atomic
def set_appointment(
    *, correction: Correction, on: date, by: User, today: date, time: str = "", registry_office: RegistryOffice
) -> Correction:
    """The office gave a day, or another one. Raises Conflict (BR-COR-5) and Refusal (BR-COR-8)."""
    rules.can_take_step(correction, CorrectionState.APPOINTED).insist()
    refuse_errors(rules.appointment_findings(on=on, today=today))
    move(
        correction,
        CorrectionState.APPOINTED,
        state_since=today,
        appointment_on=on,
        appointment_time=time,
        registry_office=registry_office,
    )
    note(correction.birth, "correction.appointed", by)
    return correction


@transaction.atomic
def record_fee(*, correction: Correction, fee_baht: Decimal | None, paid_by: str, by: User) -> Correction:
    """What the correction costs and who paid it.

    Raises Conflict (BR-CLOSED-1), and Refusal (BR-COR-10) when one of the two is missing.
    """
    can_work(correction.birth).insist()
    is_free = paid_by == FeePayer.NOBODY
    if fee_baht is None and not is_free:
        raise Refusal("BR-COR-10", "fee_baht", _("Write the fee in baht, or choose “Nothing to pay”."))
    if paid_by not in FeePayer.values:
        raise Refusal("BR-COR-10", "fee_paid_by", _("Choose who paid."))
    if is_free and fee_baht:
        raise Refusal("BR-COR-10", "fee_paid_by", _("There is a fee. Choose who paid it."))
    changes = changed_fields(correction, {"fee_baht": fee_baht or Decimal(0), "fee_paid_by": paid_by})
    correction.save(update_fields=["fee_baht", "fee_paid_by"])
    note(correction.birth, "correction.fee", by, changes=changes)
    return correction


@transaction.atomic
def record_corrected(
    *,
    correction: Correction,
    on: date,
    values: dict[str, Any],
    superseded: Iterable[Attachment],
    by: User,
    now: datetime,
    today: date,
    acknowledged: Iterable[str] = (),
) -> Correction:
    """The corrected certificate is here: it is written down as it is, and scans of the old one are marked superseded.

    It must be compared again before it is handed over. Raises Conflict (BR-COR-5) and Refusal (BR-COR-6, BR-COR-7).
    """
    rules.can_take_step(correction, CorrectionState.CORRECTED).insist()
    refuse_errors(rules.day_findings(on=on, field="result_on", today=today, not_before=correction.asked_on))
    move(correction, CorrectionState.CORRECTED, state_since=on, result_on=on, result_text="")
    outcome = correct_outcome(
        outcome=correction.birth.outcome, values=values, by=by, today=today, acknowledged=acknowledged
    )
    not_copied = Q(field=CounterLineKey.PLACE) | Q(source_a=BY_HAND)
    for row in correction.discrepancies.filter(not_copied, state=DiscrepancyState.REQUESTED):
        move(row, DiscrepancyState.CORRECTED)
    if outcome.handed_over_on is None:
        outcome.checked_by = outcome.checked_on = None
        outcome.save(update_fields=["checked_by", "checked_on"])
    supersede_attachments(attachments=superseded, on=on, by=by, now=now)
    note(correction.birth, "correction.corrected", by)
    return correction


@transaction.atomic
def record_refused(*, correction: Correction, on: date, text: str, by: User, today: date) -> Correction:
    """The office does not correct it: what differs is open again. Raises Refusal (BR-COR-11) without its words."""
    rules.can_take_step(correction, CorrectionState.REFUSED).insist()
    if not text.strip():
        raise Refusal("BR-COR-11", "result_text", _("Write what the office said."))
    refuse_errors(rules.day_findings(on=on, field="result_on", today=today, not_before=correction.asked_on))
    move(correction, CorrectionState.REFUSED, state_since=on, result_on=on, result_text=text.strip())
    _let_differences(correction, DiscrepancyState.REQUESTED, DiscrepancyState.OPEN)
    note(correction.birth, "correction.refused", by, reason=text)
    return correction


@transaction.atomic
def withdraw_correction(*, correction: Correction, reason: str, by: User, today: date) -> Correction:
    """End a correction that nobody wants any more: what differs is open again. Raises Refusal (BR-COR-12)."""
    rules.can_take_step(correction, CorrectionState.WITHDRAWN).insist()
    if not reason.strip():
        raise Refusal("BR-COR-12", "reason", _("Say why the correction ends."))
    move(correction, CorrectionState.WITHDRAWN, state_since=today)
    _let_differences(correction, DiscrepancyState.REQUESTED, DiscrepancyState.OPEN)
    note(correction.birth, "correction.withdrawn", by, reason=reason)
    return correction


def _let_differences(correction: Correction, before: DiscrepancyState, after: DiscrepancyState) -> None:
    for row in correction.discrepancies.filter(state=before):
        move(row, after)


@transaction.atomic
def check_corrected(*, correction: Correction, by: User, today: date) -> Correction:
    """Somebody compared the corrected certificate with the spelling sheet. Raises Conflict (BR-COR-5)."""
    rules.can_take_step(correction, CorrectionState.HANDED_OVER).insist()
    correction.checked_by, correction.checked_on = by, today
    correction.save(update_fields=["checked_by", "checked_on"])
    outcome = correction.birth.outcome
    outcome.checked_by, outcome.checked_on = by, today
    outcome.save(update_fields=["checked_by", "checked_on"])
    note(correction.birth, "correction.checked", by)
    return correction


@transaction.atomic
def hand_over_again(
    *, correction: Correction, to: str, relation: str, sign: str, on: date, by: User, today: date,
    told: str = "", acknowledged: Iterable[str] = (),
) -> Correction:  # fmt: skip
    """Hand the corrected certificate over to somebody who signs; for one never handed over this is the handover.

    Raises Conflict (BR-REG-5, BR-COR-5), Refusal (BR-HAND-1 to -4, BR-COR-6, BR-COR-7).
    """
    rules.can_hand_over_again(correction).insist()
    birth = correction.birth
    refuse_errors([*receiver_findings(birth, to=to, relation=relation, sign=sign), *told_findings(birth, told)])
    refuse_errors(rules.day_findings(on=on, field="handed_over_on", today=today, not_before=correction.result_on))
    if birth.status == Status.REGISTERED:
        hand_over(
            birth=birth, to=to, relation=relation, sign=sign, on=on, by=by, today=today,
            told=told, acknowledged=acknowledged,
        )  # fmt: skip
        correction.refresh_from_db()
        return correction
    keep_told(birth=birth, told=told)
    move(
        correction,
        CorrectionState.HANDED_OVER,
        state_since=on,
        handed_over_to=to,
        handed_over_relation=relation,
        handed_over_sign=sign,
        handed_over_on=on,
    )
    note(birth, "correction.handed_over", by, reason=told)
    return correction


@transaction.atomic
def tick_told(
    *, correction: Correction, place: str, is_told: bool, known: Iterable[str], by: User, today: date
) -> None:
    """Note that a place the wrong name went to was told the right one, or was not after all.

    Raises Refusal (BR-COR-13) for a place that is not on the list.
    """
    if place not in set(known):
        raise Refusal("BR-COR-13", "place", _("This is not on the list any more. Look at it again."))
    told = {"told_on": today, "told_by": by, "birth": correction.birth}
    if is_told:
        WrongNameTold.rows.get_or_create(correction=correction, place=place, defaults=told)
    else:
        WrongNameTold.rows.filter(correction=correction, place=place).delete()
    note(correction.birth, "correction.told" if is_told else "correction.not_told", by)
