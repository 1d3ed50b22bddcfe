"""What is paid at once, and on which day its money was approved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from casework.funds.models import BudgetEntry
from casework.funds.rules.budget import pays_on
from casework.funds.states import EntryKind
from casework.kernel.subjects import subject_type
from emergency_fund.models import AssistanceLine, AssistanceRequest, Delivery
from emergency_fund.states import LineState, Modality

from .insurance import waits_for_order
from .payees import payees_of


def payable_by_payee(request: AssistanceRequest, language: str) -> dict[str, list[AssistanceLine]]:
    """What is to be paid of a request in money now, by who is paid; nothing stands for the family itself."""
    rows = request.lines.filter(state__in=(LineState.APPROVED, LineState.PARTLY)).exclude(modality=Modality.IN_KIND)
    lines = list(rows.select_related("child").prefetch_related("child__names").order_by("pk"))
    payees, not_ordered = payees_of(lines, language), waits_for_order(lines)
    found: dict[str, list[AssistanceLine]] = {}
    for line in lines:
        if line.pk not in not_ordered:
            found.setdefault(payees.get(line.pk, ""), []).append(line)
    return found


def without_source(lines: Iterable[AssistanceLine], today: date) -> set[int]:
    """The ids of lines whose source of money was closed, or is over: only what was given before is still written down.

    The lines have their budget lines and sources.
    """
    return {line.pk for line in lines if line.budget_line and not pays_on(line.budget_line.source, today)}


def on_receipt(delivery: Delivery) -> QuerySet[Delivery]:
    """What stands on one receipt, in the order of the request."""
    rows: QuerySet[Delivery] = Delivery.rows.filter(number=delivery.number)
    return rows.order_by("line", "pk")


def approved_on(line: AssistanceLine) -> date | None:
    """The day on which money was first kept for a line that was approved, or helped first."""
    entries = BudgetEntry.rows.filter(subject_type=subject_type(line), subject_id=line.pk, kind=EntryKind.COMMIT)
    first = entries.order_by("pk").first()
    return timezone.localdate(first.at) if first else None
