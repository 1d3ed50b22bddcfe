"""What finance is to be told, what it was told, and what it booked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.access.scopes import scope_condition
from casework.accounts.models import Office
from casework.accounts.proposals import programme_words
from casework.funds.models import (
    AdvanceEntry,
    BatchEntry,
    BatchLine,
    BudgetEntry,
    BudgetLine,
    CashMovement,
    FinanceBatch,
)
from casework.funds.states import BatchState, EntryKind
from casework.kernel import dates
from casework.ui.spreadsheets import Cell

MONEY = (EntryKind.DISBURSE, EntryKind.REFUND)
MOST_MONTHS = 12


@dataclass(frozen=True)
class Place:
    """An office and a programme that have budget lines."""

    office: Office
    programme: str

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.office.pk}-{self.programme}"

    @property
    def words(self) -> str:
        """How a person reads it."""
        return f"{self.office.name_now}, {programme_words(self.programme)}"


def is_month_closed(office_id: int, programme: str, on: date) -> bool:
    """Whether finance has closed the month of a day, or a later one."""
    closed = FinanceBatch.rows.filter(office_id=office_id, programme=programme, state=BatchState.CLOSED)
    return closed.filter(last_on__gte=on).exists()


def places_of(user: Any, action: str) -> dict[str, Place]:
    """Where the person may do the action and there are budget lines, by their keys."""
    rows = BudgetLine.rows.filter(scope_condition(user, action, office="office_id", programme="programme"))
    pairs = sorted(set(rows.order_by().values_list("office_id", "programme")))
    offices = Office.objects.in_bulk({office for office, _programme in pairs})
    places = [Place(offices[office], programme) for office, programme in pairs]
    return {place.key: place for place in places}


@dataclass(frozen=True)
class MonthToExport:
    """A month of an office and programme that is over and that finance does not have."""

    place: Place
    first: date

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.place.key}-{self.first:%Y-%m}"


def months_to_export(places: Iterable[Place], today: date) -> dict[str, MonthToExport]:
    """The last months of each place that are over and finance does not have, the oldest first, by their keys."""
    batches = FinanceBatch.rows.order_by().values_list("office", "programme").annotate(last=Max("first_on"))
    told = {(office, programme): last for office, programme, last in batches}
    running = today.replace(day=1)
    months = [dates.add_months(running, -back) for back in range(MOST_MONTHS, 0, -1)]
    found = [
        MonthToExport(place, first)
        for place in places
        for first in months
        if first > told.get((place.office.pk, place.programme), date.min)
    ]
    return {month.key: month for month in found}


def month_words(first: date) -> str:
    """A month as the page writes it."""
    return dates.month_and_year(first, (get_language() or "en")[:2])


def batches_of(user: Any) -> QuerySet[FinanceBatch]:
    """The batches the person sees, the newest first, with how many late entries each has."""
    rows: QuerySet[FinanceBatch] = FinanceBatch.objects.visible_to(user)
    late = Count("entries", filter=Q(entries__is_late=True))
    return rows.select_related("office").annotate(late=late).order_by("-first_on", "-pk")


def newest_batch(office: Office, programme: str) -> FinanceBatch | None:
    """The last month that finance has."""
    return FinanceBatch.rows.filter(office=office, programme=programme).order_by("-first_on").first()


def entries_to_export(lines: Sequence[BudgetLine], until: date) -> list[BudgetEntry]:
    """Entries of money up to a day that are in no batch."""
    rows = BudgetEntry.rows.filter(line__in=lines, kind__in=MONEY, on__lte=until, in_batch__isnull=True)
    return list(rows.select_related("line__source", "line__office").order_by("on", "pk"))


def paid_by(entry: BudgetEntry) -> Decimal:
    """What an entry adds to what was paid; one that was taken back counts the other way."""
    if entry.kind != EntryKind.DISBURSE:
        return Decimal(0)
    return -entry.amount if entry.reverses_id else entry.amount


def returned_by(entry: BudgetEntry) -> Decimal:
    """What an entry adds to what was paid back."""
    if entry.kind != EntryKind.REFUND:
        return Decimal(0)
    return -entry.amount if entry.reverses_id else entry.amount


def line_number(line: BudgetLine) -> str:
    """How finance and we name a line to each other."""
    return f"{line.source.code}-{line.pk}"


def file_rows(number: str, entries: Sequence[BudgetEntry], first: date) -> Iterator[Sequence[Cell]]:
    """The rows of the file: references and amounts, no family and no reason anybody wrote."""
    yield [
        _("Batch"), _("Entry"), _("Day"), _("Late"), _("What"), _("Office"), _("Source"), _("Line"), _("Budget line"),
        _("Reference"), _("Cash of"), _("Baht"),
    ]  # fmt: skip
    total, cash = Decimal(0), cash_of(entries)
    for entry in entries:
        amount = paid_by(entry) - returned_by(entry)
        total += amount
        yield [
            number, f"E{entry.pk:07d}", entry.on.isoformat(), _("late") if entry.on < first else "",
            str(entry.get_kind_display()) if not entry.reverses_id else _("Taken back"), entry.line.office.code,
            entry.line.source.code, line_number(entry.line), entry.line.name_en, entry.reference or entry.key,
            cash.get((entry.subject_type, entry.subject_id), ""), amount,
        ]  # fmt: skip
    yield [number, "", "", "", _("Total"), "", "", "", "", "", "", total]


def cash_of(entries: Sequence[BudgetEntry]) -> dict[tuple[str, int | None], str]:
    """From which box or advance what was paid came in cash, by the subject of its entry; the bank pays the rest."""
    paid: dict[str, Any] = {"subject_type__in": {entry.subject_type for entry in entries}}
    paid |= {"subject_id__in": {entry.subject_id for entry in entries}}
    boxes = CashMovement.rows.filter(**paid).values_list("subject_type", "subject_id", "box__name_en")
    advances = AdvanceEntry.rows.filter(**paid).values_list("subject_type", "subject_id", "advance__number")
    return {(of, pk): name for of, pk, name in [*advances, *boxes]}


def lines_of_batch(batch: FinanceBatch) -> list[BatchLine]:
    """The lines of a batch with what was booked."""
    return list(batch.lines.select_related("line__source", "line__office"))


def booked_in_all(lines: Iterable[BatchLine]) -> Decimal | None:
    """What finance booked of all lines; None until it has answered each."""
    booked = [line.booked for line in lines]
    return None if None in booked else sum(filter(None, booked), Decimal(0))


def entries_of_batch(batch: FinanceBatch) -> QuerySet[BatchEntry]:
    """The entries of a batch by day, with line and source."""
    return batch.entries.select_related("entry__line__source").order_by("entry__on", "entry_id")
