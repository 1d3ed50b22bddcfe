"""The months of an office over the API: what is missing from one, closing it, and what reads differently since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from casework.access.policies import Policy
from casework.accounts.models import Office
from casework.reports import services
from casework.reports.audience import SEE, audience_of
from casework.reports.boards import Board
from casework.reports.models import ChangeReason, MonthClose
from casework.reports.months import listed_months
from casework.reports.office_months import CLOSE, OfficeMonth, language_now, month_for
from casework.reports.periods import Period
from casework.ui.api.resources import Detailed, Spec, act, add, part, plain
from casework.ui.api.serializers import MOST_ID, Line, Shown, Told, optional_line

from .counted import board_named
from .rows import OPENED, RowBehindShown, RowPages, WithRows

ACT = Policy(action=CLOSE)
LINE = {
    "id": "registration-1-2026-10", "board": "registration", "office": 1, "month": "2026-10", "name": "October 2026",
    "is_over": True, "closed_at": "2026-11-02T09:00:00+07:00", "closed_by": 4, "remark": "As sent to Bangkok",
    "is_changed": True,
}  # fmt: skip


class MonthLineShown(serializers.Serializer):
    """A month of an office; `closed_at` is null while it is open."""

    id = serializers.CharField(read_only=True)
    board = serializers.CharField(read_only=True)
    office = serializers.IntegerField(read_only=True)
    month = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    is_over = serializers.BooleanField(read_only=True)
    closed_at = serializers.DateTimeField(read_only=True, allow_null=True)
    closed_by = serializers.IntegerField(read_only=True, allow_null=True)
    remark = serializers.CharField(read_only=True)
    is_changed = serializers.BooleanField(read_only=True, help_text="whether it reads differently since it was closed")
    example: Any = LINE


class MonthGapShown(serializers.Serializer):
    """How many rows something is missing from; of a closed month, when it was closed."""

    key = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    count = serializers.CharField(read_only=True)
    rows = serializers.CharField(read_only=True, help_text="address of these rows; empty where you have none")


class ChangeReasonShown(Shown):
    """Why a figure of a closed month reads differently; the newest of a figure holds."""

    example = {"key": "open", "reason": "A form on paper", "by": 4, "at": "2026-11-12T10:00:00+07:00"}

    class Meta:
        model = ChangeReason
        fields = ("key", "reason", "by", "at")


class ClosedFigureShown(serializers.Serializer):
    """A figure of a closed month as it reads now; `change` says from what to what, and is empty where it did not."""

    key = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    value = serializers.CharField(read_only=True)
    note = serializers.CharField(read_only=True)
    change = serializers.CharField(read_only=True)
    reasons = ChangeReasonShown(many=True, read_only=True)


class MonthShown(MonthLineShown):
    """A month of an office; counts under `limit` are hidden."""

    may_close = serializers.BooleanField(read_only=True, help_text="whether you close months of this office")
    limit = serializers.IntegerField(read_only=True)
    missing = MonthGapShown(many=True, read_only=True)
    figures = ClosedFigureShown(many=True, read_only=True)
    example = LINE | {
        "may_close": True, "limit": 0,
        "missing": [{"key": "result", "label": "Handed in, no result written down", "count": "2", "rows": ""}],
        "figures": [
            {
                "key": "open", "label": "Open births", "value": "41", "note": "",
                "change": "Was 40 when the month was closed, now 41.", "reasons": [ChangeReasonShown.example],
            }
        ],
    }  # fmt: skip


class MonthsAsked(Told):
    """The board and office whose months are listed."""

    board = Line(max_length=40)
    office = serializers.IntegerField(min_value=1, max_value=MOST_ID)


class MissingAsked(Told):
    """What is missing."""

    key = Line(max_length=40)


class MonthClosedTold(Told):
    """What is to be remembered about a month that is closed; everybody who sees the figures reads it."""

    remark = optional_line(300)
    example = {"remark": "As sent to Bangkok"}


class ChangeReasonTold(Told):
    """Why a figure of a closed month reads differently now; it is printed on reports."""

    key = Line(max_length=40)
    reason = Line(max_length=300)
    example = {"key": "open", "reason": "A form on paper"}


def id_of(board: Board, office: Office, month: Period) -> str:
    """How a month of an office is named."""
    return f"{board.key}-{office.pk}-{month.first:%Y-%m}"


class Months(WithRows, Detailed):
    """Months of the offices whose every row the person sees counted."""

    policy = Policy(action=SEE)
    model = None
    shown = MonthShown
    line = MonthLineShown
    asked = MonthsAsked
    lookup_value_regex = r"[\w-]{1,40}-[0-9]{1,18}-[0-9]{4}-[0-9]{2}"
    pagination_class = None
    row: OfficeMonth

    def load(self, *, locked: bool = False) -> OfficeMonth:
        board, office, year, number = self.kwargs["pk"].rsplit("-", 3)
        return month_for(
            self.request.user, board=board, office=int(office), month=f"{year}-{number}", today=self.today
        )  # fmt: skip

    def list(self, request: Request) -> Response:
        asked = self.filters()
        board = board_named(request.user, asked["board"])
        offices = audience_of(request.user, board).offices
        office = next((one for one in offices if one.pk == asked["office"]), None)
        if office is None:
            raise serializers.ValidationError({"office": _("There is no such record.")}, code="E-CHOICE-1")
        months = listed_months(request.user, board, office, self.today, language_now(), timezone.now())
        lines = [
            self._line(board, office, month.period, month.close) | {"is_changed": month.is_changed} for month in months
        ]
        return Response(MonthLineShown(lines, many=True).data)

    def _line(self, board: Board, office: Office, month: Period, close: MonthClose | None) -> dict[str, Any]:
        return {
            "id": id_of(board, office, month), "board": board.key, "office": office.pk,
            "month": f"{month.first:%Y-%m}", "name": month.text(language_now()),
            "is_over": not month.is_partial(self.today),
            "closed_at": close.closed_at if close else None, "closed_by": close.closed_by_id if close else None,
            "remark": close.remark if close else "",
        }  # fmt: skip

    def represented(self, row: OfficeMonth) -> Any:
        told = {
            **self._line(row.board, row.office, row.period, row.close),
            "is_changed": bool(row.changes),
            "may_close": row.may_close, "limit": row.hide_below,
            "missing": [vars(gap) | {"rows": self._rows_at(row, gap.key) if gap.has_list else ""}
                        for gap in row.missing()],
            "figures": [vars(figure.shown) | {"change": figure.change, "reasons": figure.reasons}
                        for figure in row.figures()],
        }  # fmt: skip
        return plain(MonthShown(told).data)

    def _rows_at(self, row: OfficeMonth, key: str) -> str:
        where = reverse(
            "api:months-rows-missing", args=[id_of(row.board, row.office, row.period)], request=self.request
        )
        return f"{where}?{urlencode({'key': key})}"

    @action(detail=True, methods=["get"], url_path="missing", pagination_class=RowPages)
    def rows_missing(self, request: Request, pk: str) -> Response:
        """The rows something is missing from now; `elsewhere` of them are in cases that the person may not open."""
        key = self.filters("page")["key"]
        if key not in self.row.board.gap_words:
            raise serializers.ValidationError({"key": _("There is no such record.")}, code="E-CHOICE-1")
        return self.answer_rows(self.row.rows_missing(key))

    rows_missing.spec = Spec(  # type: ignore[attr-defined]
        policy=OPENED, shown=RowBehindShown, asked=MissingAsked, is_many=True
    )

    @act("close", policy=ACT, told=MonthClosedTold)
    def close(self, values: dict[str, Any]) -> None:
        """Keep its figures as they are told; what changes later is told beside them."""
        row = self.row
        services.close_month(board=row.board, office=row.office, month=row.period, **values, **self.by_now)

    @part("reasons", policy=policy, shown=ChangeReasonShown)
    def reasons(self) -> Iterable[Any]:
        """Why figures of the closed month changed, as far as the person reads it."""
        return [reason for figure in self.row.figures() for reason in figure.reasons]

    @add(reasons, policy=ACT, told=ChangeReasonTold)
    def explain(self, values: dict[str, Any]) -> ChangeReason:
        """Write down why a figure changed."""
        close = self.row.close
        if close is None:
            raise Http404
        if values["key"] in close.figures and values["key"] not in self.row.changes:
            sentence = _("This figure reads as it did when the month was closed.")
            raise serializers.ValidationError({"key": sentence}, code="E-CHOICE-1")
        return services.write_reason(close=close, **values, **self.by_now)
