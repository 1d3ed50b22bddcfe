"""The cash of a box is counted by two people, and the books follow what was counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.funds.models import CashBox, CashCount
from casework.funds.queries.retiring import waiting_counts
from casework.funds.rules import cash as rules
from casework.funds.states import CashKind, CountState
from casework.kernel.acts import act
from casework.kernel.moves import move
from casework.kernel.refusals import refuse_errors

from .boxes import move_cash


@act
def count_cash(*, box: CashBox, pieces: Mapping[str, int], explanation: str, by: User, now: datetime) -> CashCount:
    """Write down how many of each note and coin are in a box; nothing changes until a second person confirms it.

    Raises Refusal with E-CSH-05 for a difference that nobody explains and E-CSH-21 while another count waits, Conflict
    for a box out of use (E-CSH-03).
    """
    held = CashBox.rows.select_for_update(of=("self",)).get(pk=box.pk)
    rules.can_use(is_active=held.is_active).insist()
    refuse_errors(rules.against_second_count(is_waiting=waiting_counts(held).exists()))
    refuse_errors(rules.against_count(pieces, in_books=held.balance, explanation=explanation))
    count = CashCount.rows.create(
        box=held, on=timezone.localdate(now), counted=rules.counted(pieces), in_books=held.balance, created_by=by,
        pieces={worth: number for worth, number in pieces.items() if number}, explanation=explanation.strip()[:300],
    )  # fmt: skip
    record_event("funds.box.counted", actor=by, subject=count, office_id=held.office_id, level=1, at=now)
    return count


@act
def confirm_count(*, count: CashCount, by: User, now: datetime) -> CashCount:
    """Confirm what another person counted; what differed when it was counted becomes a movement of its own.

    What came and went since stays as it is. Raises Refusal (E-CSH-01) when less is there now than was missing then,
    Conflict for who counted or keeps the box (E-CSH-08), TransitionNotAllowed for one that is confirmed.
    """
    box = CashBox.rows.select_for_update(of=("self",)).get(pk=count.box_id)
    counted_by: int = count.created_by_id  # type: ignore[assignment]
    rules.can_confirm_count(by.pk, counted_by=counted_by, keeper=box.keeper_id).insist()
    count = move(count, CountState.CONFIRMED, confirmed_by=by, confirmed_at=now)
    if count.difference:
        move_cash(
            box=box, kind=CashKind.COUNT_MORE if count.difference > 0 else CashKind.COUNT_LESS,
            amount=abs(count.difference), key=f"count-{count.pk}", subject=count, reason=count.explanation, by=by,
            on=count.on, now=now,
        )  # fmt: skip
    record_event("funds.count.confirmed", actor=by, subject=count, office_id=box.office_id, level=1, at=now)
    return count
