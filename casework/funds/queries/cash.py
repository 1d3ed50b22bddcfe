"""The boxes of cash a person looks after, what came and went, and what was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Sum, When

from casework.accounts.models import User
from casework.approvals.models import Proposal, ProposalState
from casework.approvals.queries.proposals import confirmers
from casework.funds.models import CashBox, CashCount, CashMovement
from casework.funds.states import CASH_COMES, PIECES, CashKind, CountState
from casework.kernel.books import least_since
from casework.kernel.subjects import subject_type


@dataclass(frozen=True)
class Piece:
    """How many there are of a note or coin."""

    worth: Decimal
    number: int

    @property
    def amount(self) -> Decimal:
        """What they are worth together."""
        return self.worth * self.number


def boxes_of(user: Any) -> QuerySet[CashBox]:
    """The boxes with office and keeper, and the day of the last count that was confirmed."""
    rows: QuerySet[CashBox] = CashBox.objects.visible_to(user)
    counted = CashCount.rows.filter(box=OuterRef("pk"), state=CountState.CONFIRMED).order_by("-pk")
    return (
        rows.select_related("office", "keeper")
        .annotate(counted_on=Subquery(counted.values("on")[:1]))
        .order_by("-is_active", "office__code", "name_en")
    )


def boxes_in_use(office_id: int) -> list[CashBox]:
    """The boxes of an office from which cash is paid."""
    return list(CashBox.rows.filter(office_id=office_id, is_active=True).order_by("name_en"))


def there_since(box: CashBox, on: date) -> Decimal:
    """What can have left a box on a day: the least that was in it since."""
    added = Sum(Case(When(kind__in=CASH_COMES, then=F("amount")), default=-F("amount")))
    later = box.movements.filter(on__gt=on).order_by("-on").values("on").annotate(n=added)
    return least_since(box.balance, [day["n"] for day in later])


def counted_after(box: CashBox, on: date) -> date | None:
    """The day after this one on which the box was last counted; what was declined or taken back counts nothing."""
    gone = Proposal.rows.filter(
        subject_type=subject_type(CashCount()), state__in=[ProposalState.DECLINED, ProposalState.WITHDRAWN]
    )
    later = box.counts.filter(on__gt=on).exclude(pk__in=gone.values("subject_id"))
    return later.order_by("-on").values_list("on", flat=True).first()


def is_slip_used(reference: str) -> bool:
    """Whether a box was filled with this slip of the bank, however its letters are written."""
    return CashMovement.rows.filter(kind=CashKind.FILL, reference__iexact=reference.strip()[:60]).exists()


def keepers_of(office_id: int, action: str, today: date) -> QuerySet[User]:
    """Who may keep a box of the office."""
    return confirmers(action, office_id=office_id, programme="", but=None, today=today).order_by("full_name")


def pieces_of(count: CashCount) -> list[Piece]:
    """What was counted, from the largest note to the smallest coin."""
    return [Piece(worth, count.pieces.get(str(worth), 0)) for worth in PIECES]


def signed(movement: CashMovement) -> Decimal:
    """What a movement adds to the box, below zero for what left it."""
    return movement.amount if movement.kind in CASH_COMES else -movement.amount
