"""Reports over the API: which were ordered, for whom and of what; another one is ordered."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from casework.accounts.models import Office
from casework.documents.models import Document
from casework.reports import periods, services
from casework.reports.filters import read_chosen
from casework.reports.models import Readers, ReportRun, ReportTemplate
from casework.reports.office_months import language_now
from casework.reports.rules import MOST_BOXES
from casework.ui.api.resources import Created, Detailed, Listed
from casework.ui.api.serializers import Line, RowField, Shown, Text, Told

from .counted import LOOK, PeriodTold, board_named, counting_of, filters_line

MOST_OFFICES = 50


class ReportPaperShown(serializers.Serializer):
    """The paper of a report, which is found under `documents`."""

    id = serializers.IntegerField(read_only=True)
    state = serializers.CharField(read_only=True)
    url = serializers.CharField(read_only=True)


class ReportShown(Shown):
    """An ordered report: what was counted, when, and its paper."""

    period_name = serializers.SerializerMethodField()
    document = serializers.SerializerMethodField()
    example = {
        "id": 6, "board": "registration", "period": "month:2026-10", "period_name": "October 2026", "offices": [1],
        "language": "th", "readers": "organisation", "is_own": False, "requested_by": 3,
        "counted_at": "2026-11-23T10:00:00+07:00", "template": 4, "name": "Quarterly report",
        "donor": "Lotus Foundation", "narrative": [{"heading": "Achievements", "text": "Nine were registered."}],
        "filters": "",
        "document": {"id": 31, "state": "ready", "url": "https://casework.example/api/v1/documents/31/"},
    }  # fmt: skip

    class Meta:
        model = ReportRun
        fields = (
            "id", "board", "period", "period_name", "offices", "language", "readers", "is_own", "requested_by",
            "counted_at", "template", "name", "donor", "narrative", "filters", "document",
        )  # fmt: skip

    def get_period_name(self, run: ReportRun) -> str:
        return periods.parse(run.period).text(language_now())

    @extend_schema_field(ReportPaperShown(allow_null=True))
    def get_document(self, run: Any) -> dict[str, Any] | None:
        if run.document_id is None:
            return None
        url = reverse("api:documents-detail", args=[run.document_id], request=self.context["request"])
        return {"id": run.document_id, "state": run.document_state, "url": url}


class ReportTold(PeriodTold):
    """A report of a board; `readers` decides how small its numbers may be."""

    board = Line(max_length=40)
    offices = serializers.ListField(child=RowField(lambda user: Office.objects.all()), max_length=MOST_OFFICES)
    language = Line(max_length=6)
    readers = serializers.ChoiceField(choices=Readers.choices)
    template = RowField(lambda user: ReportTemplate.objects.visible_to(user), required=False, allow_null=True)
    narrative = serializers.ListField(child=Text(allow_blank=True), required=False, max_length=MOST_BOXES)
    filters = filters_line()
    example = {
        "board": "registration", "period": "month:2026-10", "offices": [1], "language": "th", "readers": "organisation",
    }  # fmt: skip


class ReportsAsked(Told):
    """Filter of the list."""

    board = Line(max_length=40, required=False)


class Reports(Listed, Detailed, Created):
    """Reports whose numbers the person may be told."""

    policy = LOOK
    model = ReportRun
    shown = ReportShown
    asked = ReportsAsked
    create_told = ReportTold

    def rows(self) -> models.QuerySet:
        papers = Document.objects.visible_to(self.request.user).filter(
            subject_type="reports.reportrun", subject_id=models.OuterRef("pk")
        )
        told = {
            f"document_{name}": models.Subquery(papers.order_by("-pk").values(name)[:1]) for name in ("id", "state")
        }
        return super().rows().annotate(**told).prefetch_related("offices")

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(**asked)

    def made(self, told: dict[str, Any]) -> ReportRun:
        """Count a period and offices, and order the paper of it."""
        board = board_named(self.request.user, told.pop("board"))
        if not board.report_kind:
            raise serializers.ValidationError({"board": _("There is no such record.")}, code="E-CHOICE-1")
        asked = {name: told.pop(name) for name in ("period", "first", "last") if name in told}
        period = counting_of(self.request.user, board.key, asked, self.today).period
        told["filters"] = read_chosen(told.get("filters", ""))
        paper = services.order_report(board=board, period=period, **told, **self.by_now)
        return self.rows().get(pk=paper.subject_id)
