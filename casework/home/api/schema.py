"""The OpenAPI description, read from what each resource declares."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from casework.ui.api.resources import Resource
from casework.ui.api.serializers import Nothing

from .throttling import COUNTED


class ErrorLine(serializers.Serializer):
    """One thing that stands against the request."""

    code = serializers.CharField(help_text="stable code of the rule")
    message = serializers.CharField(help_text="a sentence for people, in their language")
    field = serializers.CharField(help_text="path of the field, empty for the whole request")
    level = serializers.ChoiceField(choices=["error", "warning"], help_text="a warning goes on when acknowledged")


class ErrorBody(ErrorLine):
    """The first error, and all of them."""

    errors = ErrorLine(many=True)  # type: ignore[assignment]


ERROR_EXAMPLE = {"code": "BR-NAME-1", "message": "Write the child’s name.", "field": "names", "level": "error"}
ERRORS = {
    400: "the body cannot be read; `field` names where",
    401: "not signed in",
    403: "your role does not do this, or a fresh second factor is needed",
    404: "no such record, or not yours",
    409: "state, version or separation of duties speaks against it",
    412: "the record has changed since its ETag",
    413: "the body is larger than 2.5 MB, or with a file than 15 MB",
    422: "a rule refuses; warnings go on when their codes are sent in `acknowledged`",
    428: "If-Match is missing",
    429: "more than 60 pages, or whole numbers, in a minute; `Retry-After` says in how many seconds it goes on",
}
READING = (400, 401, 403, 404)
CHANGING = (409, 413, 422)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="the same key gets the same answer again, for two days"
)
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="the ETag of the record as you read it"
)


class Description(AutoSchema):
    """One operation of a Resource."""

    def get_request_serializer(self) -> Any:
        if not isinstance(self.view, Resource):
            return super().get_request_serializer()
        told = self.view.spec.told
        return told() if self.method == "POST" and told is not Nothing else None

    def get_response_serializers(self) -> Any:
        if not isinstance(self.view, Resource):
            return super().get_response_serializers()
        spec, changes = self.view.spec, self.method == "POST"
        shown = spec.shown or self.view.shown
        good = {201 if changes and not spec.needs_match else 200: shown(many=True) if spec.is_many else shown}
        codes = [*READING, *(CHANGING if changes else ()), *((412, 428) if spec.needs_match else ())]
        codes += [429] if self.view.action in COUNTED else []
        return good | {code: OpenApiResponse(ErrorBody, description=ERRORS[code]) for code in codes}

    def _is_list_view(self, serializer: Any = None) -> bool:
        if not isinstance(self.view, Resource):
            return super()._is_list_view(serializer)
        return self.view.spec.is_many if serializer is None else isinstance(serializer, serializers.ListSerializer)

    def get_override_parameters(self) -> list[Any]:
        view = self.view
        if not isinstance(view, Resource):
            return []
        if view.spec.asked is not Nothing:
            return [view.spec.asked]
        if view.spec.needs_match:
            return [IF_MATCH]
        return [IDEMPOTENCY_KEY] if self.method == "POST" else []

    def get_examples(self) -> list[OpenApiExample]:
        if not isinstance(self.view, Resource):
            return []
        told, shown = self.get_request_serializer(), self.view.spec.shown or self.view.shown
        whole = {**ERROR_EXAMPLE, "errors": [ERROR_EXAMPLE]}
        failed = [str(code) for code in ERRORS]
        examples = [OpenApiExample("error", value=whole, response_only=True, status_codes=failed)]
        if told is not None and told.example is not None:
            named = {"request": told.example, **told.more_examples}
            examples += [OpenApiExample(name, value=value, request_only=True) for name, value in named.items()]
        if getattr(shown, "example", None) is not None:
            good = ["200", "201"]
            examples.append(OpenApiExample("answer", value=shown.example, response_only=True, status_codes=good))
        return examples
