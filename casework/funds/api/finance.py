"""What finance is told over the API: a month and its files, what finance booked, the end of a batch."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from casework.access.policies import Policy
from casework.accounts.models import Office
from casework.approvals.api.proposals import Proposing
from casework.funds.models import FINANCE_SEE, BatchEntry, BatchLine, FinanceBatch
from casework.funds.queries import finance as queries
from casework.funds.services import finance
from casework.funds.views.finance import EXPORT, read_file
from casework.ui.api.resources import Created, Detailed, Listed, Spec, act, part
from casework.ui.api.serializers import MOST_ID, Baht, Day, Line, Shown, Told, each_once
from casework.ui.spreadsheets import CONTENT_TYPES

LOOK, ACT = Policy(action=FINANCE_SEE), Policy(action=EXPORT)
MOST_LINES = 500
MINUS = "-−–"


class PlaceTold(Told):
    """An office and a programme."""

    office = serializers.IntegerField(min_value=1, max_value=MOST_ID)
    programme = Line(max_length=40)


def place_named(user: Any, told: dict[str, Any], right: str) -> tuple[Office, str]:
    """The office and programme of a body, where the person may do it. Raises ValidationError for another one."""
    place = queries.places_of(user, right).get(f"{told.pop('office')}-{told.pop('programme')}")
    if place is None:
        raise serializers.ValidationError({"office": [_("There is no such record.")]}, code="E-CHOICE-1")
    return place.office, place.programme


class BatchTold(PlaceTold):
    """A month that is over (any day of it), and what its file is for."""

    month = Day()
    reason = Line(max_length=200, allow_blank=True)
    example = {"office": 1, "programme": "emergency_fund", "month": "2026-10-01", "reason": "Books of October"}


class BatchLineShown(Shown):
    """What a batch tells of a budget line, and what finance booked."""

    total = serializers.DecimalField(max_digits=14, decimal_places=2)
    difference = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True)

    class Meta:
        model = BatchLine
        fields = ("id", "line", "paid", "returned", "total", "booked", "difference", "explanation")


EXAMPLE = {
    "id": 5, "number": "FIN-MS-2026-0003", "office": 1, "programme": "emergency_fund", "first_on": "2026-10-01",
    "last_on": "2026-10-31", "paid": "12400.00", "returned": "400.00", "reason": "Books of October", "state": "open",
    "csv_sha256": "9f2c", "xlsx_sha256": "77ab", "closed_by": None, "closed_at": None,
}  # fmt: skip
FIELDS = tuple(EXAMPLE)


class BatchInList(Shown):
    """A month as finance gets it."""

    example = EXAMPLE

    class Meta:
        model = FinanceBatch
        fields = FIELDS


class BatchShown(BatchInList):
    """A month as finance gets it, with what finance booked on each line."""

    lines = BatchLineShown(many=True)
    example = EXAMPLE | {
        "lines": [
            {
                "id": 9, "line": 3, "paid": "12400.00", "returned": "400.00", "total": "12000.00",
                "booked": "12000.00", "difference": "0.00", "explanation": "",
            }
        ]
    }  # fmt: skip

    class Meta(BatchInList.Meta):
        fields = (*FIELDS, "lines")  # type: ignore[assignment]


class BookedBaht(Baht):
    """An amount that finance booked; below zero where more came back than was paid."""

    def to_internal_value(self, data: Any) -> Decimal:
        text = str(data).strip()
        if text[:1] in MINUS and text:
            return -super().to_internal_value(text[1:].strip())
        return super().to_internal_value(data)


class BookedTold(Told):
    """What finance booked on a line of the batch (its id there), null while it has not answered."""

    line = serializers.IntegerField(min_value=1, max_value=MOST_ID)
    booked = BookedBaht(allow_null=True)
    explanation = Line(max_length=300, required=False, allow_blank=True, default="")


class BatchAnsweredTold(Told):
    """What finance booked; lines that are not named stay as they are."""

    lines = serializers.ListField(child=BookedTold(), max_length=MOST_LINES)
    example = {"lines": [{"line": 9, "booked": "11900.00", "explanation": "100 baht went with November"}]}


class BatchEntryShown(Shown):
    """An entry of money in a batch; late where it is of a month before."""

    line = serializers.IntegerField(source="entry.line_id")
    kind = serializers.CharField(source="entry.kind")
    amount = serializers.DecimalField(source="entry.amount", max_digits=14, decimal_places=2)
    on = serializers.DateField(source="entry.on")
    reference = serializers.CharField(source="entry.reference")
    example = {
        "entry": 88, "line": 3, "kind": "disburse", "amount": "900.00", "on": "2026-10-12",
        "reference": "R-MS-2026-0094", "is_late": False,
    }  # fmt: skip

    class Meta:
        model = BatchEntry
        fields = ("entry", "line", "kind", "amount", "on", "reference", "is_late")


class FinanceBatches(Listed, Detailed, Created, Proposing):
    """Batches of the offices whose export the person looks after."""

    policy = LOOK
    create_policy = ACT
    create_told = BatchTold
    model = FinanceBatch
    shown = BatchShown
    line = BatchInList

    def rows(self) -> models.QuerySet:
        return super().rows().prefetch_related("lines")

    def made(self, told: dict[str, Any]) -> FinanceBatch:
        """Put a month that is over into a batch, with its files (with a fresh second factor)."""
        office, programme = place_named(self.request.user, told, EXPORT)
        first = told.pop("month").replace(day=1)
        return finance.export_month(office=office, programme=programme, first=first, **told, **self.by_now)

    @part("entries", policy=LOOK, shown=BatchEntryShown)
    def entries(self) -> Iterable[Any]:
        """What stands in it, by day."""
        return queries.entries_of_batch(self.row)

    @act("answer", policy=ACT, told=BatchAnsweredTold)
    def answer_booked(self, values: dict[str, Any]) -> None:
        """Write down what finance booked (with a fresh second factor)."""
        known = {line.pk for line in self.row.lines.all()}
        told = each_once(values["lines"], "line", field="lines", code="E-BUD-22")
        if not told.keys() <= known:
            raise serializers.ValidationError({"lines": [_("There is no such record.")]}, code="E-CHOICE-1")
        answers = {
            line: finance.Booked(amount=one["booked"], explanation=one["explanation"]) for line, one in told.items()
        }
        finance.answer_batch(batch=self.row, answers=answers, **self.by_now)

    @act("close", policy=ACT)
    def close(self, values: dict[str, Any]) -> None:
        """Close it, when every difference is explained (with a fresh second factor)."""
        finance.close_batch(batch=self.row, **self.by_now)

    @action(detail=True, methods=["get"], url_path="csv")
    def csv(self, request: Request, pk: str) -> HttpResponse:
        """The file of the batch as text, as it was made. Who takes it is written down."""
        return self._file("csv")

    @action(detail=True, methods=["get"], url_path="xlsx")
    def xlsx(self, request: Request, pk: str) -> HttpResponse:
        """The file of the batch as a workbook, as it was made. Who takes it is written down."""
        return self._file("xlsx")

    def _file(self, ending: str) -> HttpResponse:
        content = read_file(self.row, ending, self.request.user)
        headers = {"Content-Disposition": f'attachment; filename="{self.row.number}.{ending}"'}
        return HttpResponse(content, content_type=CONTENT_TYPES[ending], headers=headers)

    csv.spec = xlsx.spec = Spec(policy=LOOK, shown=OpenApiTypes.BINARY)  # type: ignore[attr-defined]
