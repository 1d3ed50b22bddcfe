"""Boards over the API: what a person may count, the figures of a period, and the rows behind each number."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from casework.documents.kinds import kind_named
from casework.reports.audience import audience_of, boards_of, filters_for
from casework.reports.boards import Board
from casework.reports.counting import Counting, defaults
from casework.reports.forms import period_choices
from casework.reports.lists import list_behind
from casework.reports.office_months import language_now
from casework.ui.api.resources import Detailed, Spec, plain
from casework.ui.api.serializers import Line

from .counted import LOOK, FiguresAsked, counting_of
from .figures import FiguresShown, figures_told
from .rows import OPENED, RowBehindShown, RowPages, WithRows

MOST_LINES = 10_000


class BoardOfficeShown(serializers.Serializer):
    """An office of which the person is told numbers; `own_only` where only the cases given to them count."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    own_only = serializers.BooleanField(read_only=True)


class BoardPeriodShown(serializers.Serializer):
    """A period that is offered."""

    key = serializers.CharField(read_only=True)
    kind = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)


class FilterValueShown(serializers.Serializer):
    """One value of a filter."""

    value = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)


class BoardFilterShown(serializers.Serializer):
    """A filter that the person can use, in one of the offices at least."""

    key = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    values = FilterValueShown(many=True, read_only=True)  # type: ignore[assignment]


class BoardShown(serializers.Serializer):
    """What is counted of one programme, and of what the person may choose."""

    key = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    row_label = serializers.CharField(read_only=True)
    offices = BoardOfficeShown(many=True, read_only=True)
    periods = BoardPeriodShown(many=True, read_only=True)
    report_languages = serializers.ListField(child=serializers.CharField(), read_only=True)
    filters = BoardFilterShown(many=True, read_only=True)
    example = {
        "key": "registration", "label": "Birth registration", "row_label": "Case",
        "offices": [{"id": 1, "name": "Mae Sot", "own_only": False}],
        "periods": [{"key": "month:2026-11", "kind": "Month", "name": "November 2026"},
                    {"key": "free", "kind": "Other", "name": "From one day to another"}],
        "report_languages": ["th", "en"],
        "filters": [{"key": "sex", "label": "Sex", "values": [{"value": "F", "name": "Girl"}]}],
    }  # fmt: skip


class RowsAsked(FiguresAsked):
    """Which number, and the filter of the figures it is one of."""

    figure = Line(max_length=40, help_text="the key of a large number or table")
    row = serializers.IntegerField(
        min_value=0, max_value=MOST_LINES, default=0,
        help_text="the line of a table; of a percentage 1 for those it was met for, 2 for the others",
    )  # fmt: skip
    column = serializers.IntegerField(min_value=0, max_value=MOST_LINES, default=0, help_text="the column of a table")


class Boards(WithRows, Detailed):
    """The boards whose figures the person is told."""

    policy = LOOK
    model = None
    shown = BoardShown
    lookup_value_regex = r"[\w-]{1,40}"
    pagination_class = None

    def list(self, request: Request) -> Response:
        return Response([self.represented(board) for board in boards_of(request.user)])

    def load(self, *, locked: bool = False) -> Board:
        found = next((board for board in boards_of(self.request.user) if board.key == self.kwargs["pk"]), None)
        if found is None:
            raise Http404
        return found

    def represented(self, row: Board) -> Any:
        audience = audience_of(self.request.user, row)
        offices, own = audience.all_offices, set(audience.own_offices)
        pks = frozenset(office.pk for office in offices)
        more = row.more_periods(pks, self.today)
        return plain(
            BoardShown(
                {
                    "key": row.key, "label": row.label, "row_label": row.row_label,
                    "offices": [
                        {"id": office.pk, "name": office.name(language_now()), "own_only": office in own}
                        for office in offices
                    ],
                    "periods": [
                        {"key": key, "kind": kind, "name": name}
                        for kind, listed in period_choices(self.today, more)
                        for key, name in listed
                    ],
                    "report_languages": kind_named(row.report_kind).languages if row.report_kind else (),
                    "filters": [
                        {
                            "key": one.key, "label": one.label,
                            "values": [{"value": value, "name": name} for value, name in one.values(pks)],
                        }
                        for one in filters_for(self.request.user, row, audience)
                    ],
                }
            ).data
        )  # fmt: skip

    @action(detail=True, methods=["get"], url_path="figures")
    def figures(self, request: Request, pk: str) -> Response:
        """The figures of a period, as far as the person is told them."""
        asked = self.filters()
        counting = counting_of(request.user, pk, asked, self.today)
        told = figures_told(counting, lambda *place: self._rows_at(counting, asked, *place))
        return Response(plain(FiguresShown(told).data))

    figures.spec = Spec(policy=LOOK, shown=FiguresShown, asked=FiguresAsked)  # type: ignore[attr-defined]

    def _rows_at(self, counting: Counting, asked: dict[str, Any], figure: str, row: int, column: int) -> str:
        """The address of the rows behind a number, in the same period."""
        query = {"figure": figure, "row": row, "column": column, "period": defaults(self.today)["period"], **asked}
        return (
            f"{reverse('api:boards-rows-behind', args=[counting.board.key], request=self.request)}?{urlencode(query)}"
        )

    @action(detail=True, methods=["get"], url_path="rows", pagination_class=RowPages)
    def rows_behind(self, request: Request, pk: str) -> Response:
        """The rows behind a number; `elsewhere` of them are in cases that the person may not open."""
        asked = self.filters("page")
        place = asked.pop("figure"), asked.pop("row"), asked.pop("column")
        return self.answer_rows(list_behind(counting_of(request.user, pk, asked, self.today), *place))

    rows_behind.spec = Spec(  # type: ignore[attr-defined]
        policy=OPENED, shown=RowBehindShown, asked=RowsAsked, is_many=True
    )
