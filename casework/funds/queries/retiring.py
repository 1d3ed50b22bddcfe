"""What stands against putting a box of cash out of use, and what of it waits for a second person."""

from __future__ import annotations

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


def waiting_on(box: CashBox, kind: str = "") -> Proposal | None:
    """What was proposed about the box or a count of it and is not decided, the oldest first; of a kind if named."""
    if kind:
        return Proposal.rows.open().filter(kind=kind, subject_type=subject_type(box), subject_id=box.pk).first()
    counts = CashCount.rows.filter(box=box, state=CountState.COUNTED).values("pk")
    rows = Proposal.rows.open()
    about_box = rows.filter(subject_type=subject_type(box), subject_id=box.pk)
    about_count = rows.filter(subject_type=subject_type(CashCount()), subject_id__in=counts)
    return (about_box | about_count).order_by("pk").first()
