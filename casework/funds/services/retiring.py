"""A box of cash is put out of use, and used again; its cash goes back to the bank, which two people see to."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.funds.models import CashBox, CashMovement
from casework.funds.queries.retiring import standing_of
from casework.funds.rules import cash as rules
from casework.funds.states import CashKind
from casework.kernel.acts import act
from casework.kernel.refusals import refuse_errors

from .boxes import move_cash


@act
def retire_box(*, box: CashBox, reason: str, by: User, now: datetime) -> CashBox:
    """Put a box out of use: empty, counted, and nothing of it on its way.

    Raises Refusal with E-CSH-12 to 16, Conflict for one that is out of use (E-CSH-03).
    """
    held = CashBox.rows.select_for_update(of=("self",)).get(pk=box.pk)
    rules.can_use(is_active=held.is_active).insist()
    refuse_errors([*rules.against_retiring(standing_of(held)), *rules.against_retiring_words(reason)])
    held.is_active, held.retired_at, held.retired_by, held.retired_reason = False, now, by, reason.strip()[:300]
    held.save(update_fields=["is_active", "retired_at", "retired_by", "retired_reason"])
    record_event(
        "funds.box.retired", actor=by, subject=held, office_id=held.office_id, level=1, reason=held.retired_reason,
        at=now,
    )  # fmt: skip
    return held


@act
def use_box_again(*, box: CashBox, by: User, now: datetime) -> CashBox:
    """Use a box again. Raises Conflict for one that is in use (E-CSH-17)."""
    held = CashBox.rows.select_for_update(of=("self",)).get(pk=box.pk)
    rules.can_use_again(is_active=held.is_active).insist()
    held.is_active, held.retired_at, held.retired_by, held.retired_reason = True, None, None, ""
    held.save(update_fields=["is_active", "retired_at", "retired_by", "retired_reason"])
    record_event("funds.box.used-again", actor=by, subject=held, office_id=held.office_id, level=1, at=now)
    return held


@act
def bring_to_bank(
    *, box: CashBox, amount: Decimal, reference: str, on: date, key: str, by: User, confirmed_by: User, now: datetime
) -> CashMovement:
    """Cash of a box went back to the bank, once for its key: who brought it, and who saw the slip.

    Raises Refusal with E-CSH-01, 04, 06 and 11, Conflict for a box out of use (E-CSH-03).
    """
    refuse_errors(rules.against_banking(amount=amount, reference=reference, on=on, today=timezone.localdate(now)))
    movement = move_cash(
        box=box, kind=CashKind.TO_BANK, amount=amount, reference=reference, on=on, key=key, by=by,
        confirmed_by=confirmed_by, now=now,
    )  # fmt: skip
    record_event("funds.box.banked", actor=by, subject=box, office_id=box.office_id, level=1, at=now)
    return movement
