"""The rows behind a number over the API: with names for who may open them, by codes for who may not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rest_framework import serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response

from casework.access.policies import OfSite
from casework.audit.services import record_event
from casework.reports.audience import OPEN
from casework.reports.lists import ROWS_PER_PAGE, RowList
from casework.ui.api.resources import Resource
from casework.ui.api.serializers import BirthDateShown

OPENED = OfSite(action=OPEN)


class RowPages(PageNumberPagination):
    """Pages by their number, all of one size.

    A cursor would hold the id of a row, and pages of one row would say which code is whose (decision 67).
    """

    page_size = ROWS_PER_PAGE
    elsewhere = 0

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> Any:
        found: RowList = queryset
        rows = super().paginate_queryset(found.rows, request, view)
        self.elsewhere = len(found.ids) - self.page.paginator.count  # type: ignore[attr-defined]
        return rows

    def get_paginated_response(self, data: Any) -> Response:
        pages = {"next": self.get_next_link(), "previous": self.get_previous_link()}
        return Response({**pages, "elsewhere": self.elsewhere, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        example = "https://casework.example/api/v1/boards/registration/rows/?figure=open&page=2"
        address = {"type": ["string", "null"], "format": "uri", "example": example}
        words = "how many are counted here and are in cases that you may not open"
        elsewhere = {"type": "integer", "example": 0, "description": words}
        parts = {"next": address, "previous": address, "elsewhere": elsewhere, "results": schema}
        return {"type": "object", "required": list(parts), "properties": parts}


class RowBehindShown(serializers.Serializer):
    """A row that is counted: who may open it reads all but the last three, who may not only those."""

    id = serializers.IntegerField(read_only=True, allow_null=True)
    name = serializers.CharField(read_only=True)
    born = BirthDateShown(read_only=True, allow_null=True)
    number = serializers.CharField(read_only=True)
    status = serializers.CharField(read_only=True)
    office = serializers.CharField(read_only=True)
    adds = serializers.CharField(read_only=True, help_text="what it adds, where the figure is a sum")
    code = serializers.CharField(read_only=True, help_text="the same for a child each time; opens nothing")
    age_band = serializers.CharField(read_only=True)
    province = serializers.CharField(read_only=True)
    example = {
        "id": 12, "name": "Nan Wah", "born": {"on": "2026-11-20", "precision": "exact"}, "number": "MS-2026-0007",
        "status": "Papers are gathered", "office": "Mae Sot", "adds": "", "code": "", "age_band": "", "province": "",
    }  # fmt: skip


NOTHING = dict.fromkeys(RowBehindShown.example, "") | {"id": None, "born": None}


def rows_told(found: RowList, rows: Sequence[Any], today: date) -> list[Mapping[str, Any]]:
    """Some of the rows, each as far as it is told."""
    told = zip(rows, found.told(rows, today), strict=True)
    ids = [{"id": row.pk} if found.is_open else {} for row in rows]
    return [NOTHING | vars(one) | ident for (_row, one), ident in zip(told, ids, strict=True)]


class WithRows(Resource):
    """Answers pages of rows behind a number. Each page is a line of the history, as on the pages of the site."""

    def answer_rows(self, found: RowList) -> Response:
        rows: Any = self.paginate_queryset(found)  # type: ignore[arg-type]
        record_event("reports.figure.opened", actor=self.request.user, level=2, reason=found.number)
        return self.get_paginated_response(RowBehindShown(rows_told(found, rows, self.today), many=True).data)
