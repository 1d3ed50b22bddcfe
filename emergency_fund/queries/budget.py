"""The budget lines a request can be paid from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import get_language

from casework.access.scopes import may, offices_of
from casework.access.written import written_for_all
from casework.funds.models import SEE as SEE_BUDGET
from casework.funds.models import BudgetEntry, BudgetLine
from casework.funds.queries.budget import Amounts, Balance
from casework.funds.states import EntryKind, SourceState
from casework.kernel.statements import NamedValues
from emergency_fund.models import AssistanceLine
from emergency_fund.querysets import PROGRAMME, SCREEN


def paying_lines(offices: Iterable[int], today: date) -> QuerySet[BudgetLine]:
    """Lines of the offices for this programme whose source pays today, those that end first before the others."""
    rows: QuerySet[BudgetLine] = BudgetLine.rows.filter(
        office__in=offices, programme=PROGRAMME, source__state=SourceState.OPEN, source__starts_on__lte=today,
        source__ends_on__gte=today,
    )  # fmt: skip
    return rows.order_by("source__ends_on", "pk")


def lines_to_pay_from(office_id: int, today: date) -> list[BudgetLine]:
    """Lines of the office that pay today and have something left."""
    return list(paying_lines([office_id], today).filter(left__gt=0).select_related("source"))


def as_decided(lines: list[AssistanceLine], at: datetime | None) -> list[AssistanceLine]:
    """The things of a request with the line they were approved from, wherever they are paid from since."""
    if at is None:
        return lines
    about = {"subject_type": AssistanceLine._meta.label_lower, "subject_id__in": [line.pk for line in lines]}
    entries = BudgetEntry.rows.filter(kind=EntryKind.COMMIT, at__lte=at, **about).select_related("line__source")
    approved_from = {entry.subject_id: entry.line for entry in entries.order_by("pk")}
    for line in lines:
        line.budget_line = approved_from.get(line.pk, line.budget_line)
    return lines


class BudgetSeen(NamedTuple):
    """What a source gives for one purpose in the offices of a person, in one bar."""

    name: str
    code: str
    office: str
    """Whose money it is; of several offices the names of all."""
    url: str
    """Empty for who may not look into the budget."""
    balance: Balance


def budgets_seen(user: Any, today: date) -> list[BudgetSeen]:
    """What pays today for this programme, for who looks after the budget and who recommends from it."""
    found: dict[tuple[int, str], list[Any]] = {}
    for line in _lines_seen(user, today).rows():
        found.setdefault((line.source_id, line.name_en), []).append(line)
    may_look = may(user, SEE_BUDGET) is not None
    return [_seen(lines, may_look=may_look) for lines in found.values()]


@written_for_all(most=100)
def _lines_seen(user: Any, today: date) -> NamedValues:
    """What _seen() makes bars of, line by line."""
    offices = offices_of(user, SEE_BUDGET, programme=PROGRAMME) | offices_of(user, SCREEN, programme=PROGRAMME)
    amounts = (field.name for field in fields(Amounts))
    names = {"name_now": _name_now(), "office_name": _name_now("office__"), "code": F("source__code")}
    rows = paying_lines(offices, today).annotate(**names)
    return NamedValues(rows.values_list("pk", "source_id", "name_en", *names, *amounts, named=True))


def _name_now(path: str = "") -> Any:
    """The name of the row at the end of a path as Named.name_now gives it, for a query."""
    language = (get_language() or "en")[:2]
    return Coalesce(NullIf(F(f"{path}name_{language}"), Value("")), f"{path}name_en")


def _seen(lines: list[Any], *, may_look: bool) -> BudgetSeen:
    first, is_one = lines[0], len(lines) == 1
    url = reverse("funds:line", args=[first.pk]) if is_one else reverse("funds:budget")
    offices = dict.fromkeys(line.office_name for line in lines)
    return BudgetSeen(
        name=first.name_now, code=first.code, office=", ".join(offices), url=url if may_look else "",
        balance=Balance(Amounts.of(lines)),
    )  # fmt: skip
