"""What stands against putting a box of cash out of use, and what of it waits for a second person."""

from __future__ import annotations

from django.db.models import QuerySet

from casework.approvals.models import Proposal
from casework.funds.models import Advance, CashBox, CashCount
from casework.funds.rules.cash import Standing
from casework.funds.states import CountState
from casework.kernel.subjects import subject_type


def standing_of(box: CashBox) -> Standing:
    """Balance, last count, open advance and open proposals of a box, for the rules of retiring it."""
    advance = Advance.rows.open().filter(box=box).order_by("pk").first()
    return Standing(
        balance=box.balance, is_counted=_is_counted_empty(box), advance=advance.number if advance else "",
        is_waiting=waiting_on(box).exists(),
    )  # fmt: skip


def _is_counted_empty(box: CashBox) -> bool:
    count = CashCount.rows.filter(box=box, state=CountState.CONFIRMED).order_by("-pk").first()
    if count is None or count.counted:
        return False
    return not box.movements.filter(at__gt=count.created_at).exclude(key=f"count-{count.pk}").exists()


def waiting_on(box: CashBox) -> QuerySet[Proposal]:
    """What was proposed about the box or a count of it and is not decided, the oldest first."""
    about_box = Proposal.rows.open().filter(subject_type=subject_type(box), subject_id=box.pk)
    return (about_box | waiting_counts(box)).order_by("pk")


def waiting_counts(box: CashBox) -> QuerySet[Proposal]:
    """The count of the box that waits for a second person."""
    counts = CashCount.rows.filter(box=box, state=CountState.COUNTED).values("pk")
    rows: QuerySet[Proposal] = Proposal.rows.open()
    return rows.filter(subject_type=subject_type(CashCount()), subject_id__in=counts)


def is_slip_waiting(kind: str, reference: str) -> bool:
    """Whether a proposal of this kind names the slip of the bank, however its letters are written."""
    return Proposal.rows.open().filter(kind=kind, facts__reference__iexact=reference.strip()[:60]).exists()
