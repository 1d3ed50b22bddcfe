"""Bodies and pages that were made to break something are refused like any other wrong ones."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.pagination import CursorPagination
from rest_framework.parsers import JSONParser
from rest_framework.request import Request

from casework.audit.services import record_event

LIST_READ = "home.list.seen"


class ObjectParser(JSONParser):
    """JSON whose top is an object, not nested beyond reason."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> dict[str, Any]:
        try:
            parsed = super().parse(stream, media_type, parser_context)
        except RecursionError as deep:
            raise exceptions.ParseError(_("The body is nested too deeply.")) from deep
        if not isinstance(parsed, dict):
            raise exceptions.ParseError(_("The body must be a JSON object."))
        return parsed


class Pages(CursorPagination):
    """Pages by cursor: adding rows meanwhile neither repeats nor skips any.

    Each page of rows that not everybody sees is a line of the history, with its list and how many: who takes a
    register away by pages is seen to have done so.
    """

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    invalid_cursor_message: Any = gettext_lazy("This page is not known. Begin with the first one.")

    def get_ordering(self, request: Request, queryset: models.QuerySet, view: Any) -> tuple[str, ...]:
        return (view.ordering,)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        described = super().get_paginated_response_schema(schema)
        for name in ("next", "previous"):
            described["properties"][name]["example"] = "https://casework.example/api/v1/births/?cursor=cD00ODY"
        return described

    def paginate_queryset(self, queryset: models.QuerySet, request: Request, view: Any = None) -> list[Any] | None:
        try:
            rows = super().paginate_queryset(queryset, request, view)
        except (ValueError, TypeError, OverflowError, ValidationError) as wrong:
            raise exceptions.NotFound(self.invalid_cursor_message) from wrong
        if hasattr(view.model.objects, "visible_to"):  # else everybody sees all of it, such as places
            record_event(LIST_READ, actor=request.user, reason=f"{view.basename}, {len(rows or ())}")
        return rows
