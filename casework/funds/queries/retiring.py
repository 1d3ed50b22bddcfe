"""What stands against putting a box of cash out of use, and what of it waits for a second person."""

from __future__ import annotations

from django.db.models import QuerySet

from casework.approvals.models import Proposal
from casework.funds.models import Advance, CashBox, CashCount
from casework.funds.rules.cash import Standing
from casework.funds.states import CountState
from casework.kernel.subjects import subject_type


def standing_of(box: CashBox) -> Standing:
    """How a box stands now."""
    advance = Advance.rows.open().filter(box=box).order_by("pk").first()
    return Standing(
        balance=box.balance, is_counted=_is_counted_empty(box), advance=advance.number if advance else "",
        is_waiting=waiting_on(box) is not None,
    )  # fmt: skip


def _is_counted_empty(box: CashBox) -> bool:
    count = CashCount.rows.filter(box=box, state=CountState.CONFIRMED).order_by("-confirmed_at", "-pk").first()
    return count is not None and count.counted == 0 and not box.movements.filter(at__gt=count.confirmed_at).exists()


def waiting_on(box: CashBox) -> Proposal | None:
    """What was proposed about the box or a count of it and is not decided, the oldest first."""
    counts = CashCount.rows.filter(box=box, state=CountState.COUNTED).values("pk")
    about_count = Proposal.rows.open().filter(subject_type=subject_type(CashCount()), subject_id__in=counts)
    return (about_box(box) | about_count).order_by("pk").first()


def about_box(box: CashBox) -> QuerySet[Proposal]:
    """What was proposed about the box itself and is not decided, the oldest first."""
    rows: QuerySet[Proposal] = Proposal.rows.open().filter(subject_type=subject_type(box), subject_id=box.pk)
    return rows.order_by("pk")


def is_slip_waiting(kind: str, reference: str) -> bool:
    """Whether a proposal of this kind names the slip of the bank, however its letters are written."""
    return Proposal.rows.open().filter(kind=kind, facts__reference__iexact=reference.strip()[:60]).exists()
