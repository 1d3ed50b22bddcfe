"""Papers over the API: ordered, asked how far they are, downloaded."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from casework.access.policies import Policy
from casework.access.subjects import subject_types
from casework.ui.api.resources import Created, Detailed, Listed, Spec
from casework.ui.api.serializers import MOST_ID, Line, Shown, Told

from . import queries, services
from .attachments_queries import may_about
from .kinds import UnknownKind, kind_named
from .models import Document
from .views import PRINT, SEE


class PaperShown(Shown):
    """A paper and how far it is; `file` answers once the state is `ready`."""

    example = {
        "id": 31, "kind": "cases.summary", "language": "th", "title": "หนังสือนำส่ง",
        "subject_type": "cases.case",
        "subject_id": 12, "state": "ready", "progress": 100, "failure": "", "pages": 1, "sha256": "9f2c",
        "trail": "not_printed",
        "requested_at": "2026-11-23T10:00:00+07:00", "made_at": "2026-11-23T10:00:02+07:00",
    }  # fmt: skip

    class Meta:
        model = Document
        fields = (
            "id", "kind", "language", "title", "subject_type", "subject_id", "state", "progress", "failure", "pages",
            "sha256", "trail",
            "requested_at", "made_at",
        )  # fmt: skip


class PaperTold(Told):
    """Which paper, about which record, in which language."""

    kind = Line(max_length=60)
    subject_id = serializers.IntegerField(min_value=1, max_value=MOST_ID)
    language = Line(max_length=6)
    example = {"kind": "cases.summary", "subject_id": 12, "language": "th"}

    def validate_kind(self, key: str) -> Any:
        try:
            return kind_named(key)
        except UnknownKind as none:
            raise serializers.ValidationError(_("Choose a paper."), code="E-CHOICE-1") from none


class PapersAsked(Told):
    """Filters of the list."""

    subject_type = Line(max_length=60, required=False)
    subject_id = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False)


class Papers(Listed, Detailed, Created):
    """Papers about records that the person sees, of kinds that their role makes."""

    policy = SEE
    create_policy = PRINT
    model = Document
    shown = PaperShown
    asked = PapersAsked
    create_told = PaperTold

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(queries.of_rights(self.request.user), **asked)

    def made(self, told: dict[str, Any]) -> Document:
        kind = told["kind"]
        subject_type = subject_types().get(kind.subject_type or "accounts.office")
        subject: Any = subject_type and subject_type.visible(self.request.user).filter(pk=told["subject_id"]).first()
        if subject is None:
            raise Http404
        if kind.action:
            Policy(action=kind.action).admit(self.request)
            if not may_about(self.request.user, kind.action, subject):
                raise Http404
        return services.request_document(
            kind=kind.key,
            subject=subject,
            language=told["language"],
            requested_by=self.request.user,
            now=timezone.now(),
        )

    @action(detail=True, methods=["get"], url_path="file")
    def file(self, request: Request, pk: str) -> HttpResponse:
        """The PDF itself. Every download is logged as a printing."""
        content = queries.content(self.row)
        services.log_print(document=self.row, by=self.request.user, now=timezone.now())
        name = f"{self.row.kind.replace('.', '-')}-{self.row.pk}.pdf"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return HttpResponse(content, content_type="application/pdf", headers=headers)

    file.spec = Spec(policy=PRINT, shown=OpenApiTypes.BINARY)  # type: ignore[attr-defined]
