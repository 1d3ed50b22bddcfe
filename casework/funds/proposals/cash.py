"""What a second person confirms of a box of cash: what was counted in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.accounts.models import User
from casework.approvals.services.proposals import propose
from casework.funds.models import CashBox, CashCount
from casework.funds.services.counts import confirm_count, count_cash
from casework.kernel.acts import act
from casework.programmes.contributions import ProposalKind, Words

COUNT = "funds.box.count"
CONFIRM = "funds.box.confirm"


@act
def propose_count(*, box: CashBox, pieces: Mapping[str, int], explanation: str, by: User, now: datetime) -> CashCount:
    """Write down what was counted and ask a second person to confirm it. Raises Refusal as count_cash does."""
    count = count_cash(box=box, pieces=pieces, explanation=explanation, by=by, now=now)
    propose(
        kind=COUNT, subject=count, facts={}, office_id=box.office_id, reason=count.explanation, by=by, now=now, level=1,
        summary=_("Count of %(box)s: %(amount)s baht") % {"box": box, "amount": f"{count.counted:,.2f}"},
    )  # fmt: skip
    return count


def _confirm(proposal: Any, by: User, now: datetime) -> None:
    confirm_count(count=CashCount.rows.get(pk=proposal.subject_id), by=by, now=now)


def _now(subject_id: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    """A count holds for what was in the books then: with the next movement it is to be counted again."""
    return {"balance": CashCount.rows.values_list("box__balance", flat=True).get(pk=subject_id)}


def _excluded(proposal: Any) -> Iterable[int]:
    return CashCount.rows.filter(pk=proposal.subject_id).values_list("box__keeper_id", flat=True)


def _described(proposal: Any) -> Sequence[tuple[Words, Words]]:
    count = CashCount.rows.select_related("box__office", "box__keeper").get(pk=proposal.subject_id)
    return [
        (gettext_lazy("Cash box"), str(count.box)),
        (gettext_lazy("Office"), count.box.office.name_now),
        (gettext_lazy("Keeper"), count.box.keeper.name_now),
        (gettext_lazy("Counted"), baht(count.counted)),
        (gettext_lazy("In the books"), baht(count.in_books)),
        (gettext_lazy("Difference"), baht(count.difference)),
    ]


def baht(amount: Decimal) -> str:
    """An amount as pages write it."""
    return f"{'−' if amount < 0 else ''}฿{abs(amount):,.2f}"


KINDS = (
    ProposalKind(
        key=COUNT, label=gettext_lazy("Confirm a count of cash"), action=CONFIRM, execute=_confirm, current=_now,
        excluded=_excluded, described=_described,
    ),
)  # fmt: skip
