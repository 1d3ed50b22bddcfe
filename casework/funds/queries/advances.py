"""Advances that are not settled, with their age, and to whom one can be given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Grant, User
from casework.accounts.states import Role
from casework.approvals.models import Proposal
from casework.funds.models import Advance
from casework.funds.rules.advances import Limits
from casework.kernel.money import exact_baht
from casework.kernel.subjects import subject_type
from casework.programmes.contributions import WorkItem, WorkSource
from casework.programmes.work import day
from casework.reference.queries import term

MOST, DAYS = "funds.advance_most", "funds.advance_days"
NOT_STAFF = (Role.PARTNER, Role.AUDITOR, Role.WARD)


@dataclass(frozen=True)
class OpenAdvance:
    """An advance with how many days it is out."""

    advance: Advance
    age: int
    is_overdue: bool


def limits_on(today: date) -> Limits:
    """How much an advance of the day is at most, and until which day it is settled."""
    return Limits(most=term(MOST, today), last_on=today + timedelta(days=int(term(DAYS, today))))


def open_advances(user: Any, today: date) -> list[OpenAdvance]:
    """Those the person sees that are not settled, the one that is due first before the others."""
    rows = Advance.objects.visible_to(user).open().select_related("holder", "box__office").order_by("until_on", "pk")
    return [OpenAdvance(row, (today - row.given_on).days, row.until_on < today) for row in rows]


def waiting_shortage(advance: Advance) -> Proposal | None:
    """What of the advance is said to be missing, and waits for a second person."""
    about = {"subject_type": subject_type(advance), "subject_id": advance.pk}
    return Proposal.rows.open().filter(**about).order_by("-pk").first()


def staff_of(office_id: int, but: Any, today: date) -> QuerySet[User]:
    """Who works in the office and may be given an advance by somebody."""
    grants = Grant.objects.live(today).filter(office_id=office_id, user__is_active=True).exclude(role__in=NOT_STAFF)
    return User.objects.filter(pk__in=grants.values("user")).exclude(pk=but.pk).order_by("full_name")


def advances_to_pay_from(office_id: int) -> list[Advance]:
    """The advances of the office of which something is left, for payments that their holders made."""
    rows = Advance.rows.open().filter(box__office_id=office_id).select_related("holder").order_by("number")
    return [row for row in rows if row.left > 0]


def own_advances(user: Any) -> Iterator[WorkSource]:
    """What somebody carries is theirs to settle."""

    def item(row: Mapping[str, Any]) -> WorkItem:
        return WorkItem(
            key=f"advance-{row['pk']}", title=_("Settle the advance"), verb=_("Settle it"), icon="hand-coins",
            url=reverse("funds:advance", args=[row["pk"]]), due_on=day(row["until"]), reference=row["number"],
            note=exact_baht(row["amount"]),
        )  # fmt: skip

    rows = Advance.rows.open().filter(holder=user).order_by("until_on", "pk")
    yield WorkSource(rows=rows, item=item, facts={"number": "number", "until": "until_on", "amount": "amount"})
