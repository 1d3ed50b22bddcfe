"""Bodies and pages that were made to break something are refused like any other wrong ones."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, status
from rest_framework.pagination import CursorPagination
from rest_framework.parsers import BaseParser, JSONParser
from rest_framework.request import Request

from casework.audit.services import record_event
from casework.ui.api.serializers import File

LIST_READ = "home.list.seen"
LARGEST_WITH_FILE = 15 * 1024 * 1024
"""Bytes; a file of 10 MB as Base64, and some words about it."""


class BodyTooLarge(exceptions.APIException):
    """More than the act takes."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "E-BODY-1"
    default_detail = gettext_lazy("This is too large to be taken at once. Send less.")


def largest_body(view: Any) -> int:
    """How many bytes the act at hand takes."""
    takes_file = any(isinstance(field, File) for field in view.spec.told._declared_fields.values())
    return LARGEST_WITH_FILE if takes_file else settings.DATA_UPLOAD_MAX_MEMORY_SIZE


class ObjectParser(BaseParser):
    """JSON whose top is an object, not nested beyond reason and no larger than the act takes."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> dict[str, Any]:
        context = parser_context or {}
        if int(context["request"].META["CONTENT_LENGTH"]) > largest_body(context["view"]):
            raise BodyTooLarge
        try:
            parsed = JSONParser().parse(stream, media_type, context)
        except RecursionError as deep:
            raise exceptions.ParseError(_("The body is nested too deeply.")) from deep
        if not isinstance(parsed, dict):
            raise exceptions.ParseError(_("The body must be a JSON object."))
        return parsed


def is_guarded(view: Any) -> bool:
    """Whether each person sees rows of their own; everybody sees all places, for example."""
    return view.model is None or hasattr(view.model.objects, "visible_to")


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
        if is_guarded(view):
            record_event(LIST_READ, actor=request.user, reason=f"{view.basename}, {len(rows or ())}")
        return rows
