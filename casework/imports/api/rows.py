"""The rows of an import over the API: what was read, what stands against it, whom it looks like, what is decided."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casework.cases.models import Case
from casework.imports import queries, services
from casework.imports.models import ImportRow
from casework.imports.states import Outcome, RowDecision
from casework.ui.api.resources import Detailed, Listed, act
from casework.ui.api.serializers import MOST_ID, Shown, Told

from .runs import CONFIRM, PREPARE

VIEWS = [*Outcome.choices, ("warning", gettext_lazy("With a question"))]
"""Which rows of a dry run are shown."""


class RowLine(Shown):
    """A row of a file in a list."""

    example = {
        "id": 900, "run": 6, "sheet": "Births", "row": 14, "outcome": "duplicate", "has_warning": False,
        "codes": [], "decision": "", "label": "",
    }  # fmt: skip

    class Meta:
        model = ImportRow
        fields: tuple[str, ...] = (
            "id", "run", "sheet", "row", "outcome", "has_warning", "codes", "decision", "label",
        )  # fmt: skip


class FindingShown(serializers.Serializer):
    """What a rule says of a row."""

    code = serializers.CharField(read_only=True)
    field = serializers.CharField(read_only=True)  # type: ignore[assignment]
    message = serializers.CharField(source="sentence", read_only=True)
    level = serializers.CharField(source="level.value", read_only=True)


class CellShown(serializers.Serializer):
    """A cell: what stood there, and what was understood."""

    key = serializers.CharField(read_only=True)
    written = serializers.CharField(read_only=True)
    value = serializers.CharField(read_only=True)


class SuspectShown(serializers.Serializer):
    """Whom a row looks like: an earlier row of the file, or a child already known, named where the reader sees it."""

    rank = serializers.CharField(read_only=True)
    reasons = serializers.ListField(child=serializers.CharField(), read_only=True)
    sheet = serializers.CharField(read_only=True, default="")
    row = serializers.IntegerField(read_only=True, allow_null=True, default=None)
    case = serializers.IntegerField(source="seen_case", read_only=True, allow_null=True, default=None)


class RowShown(RowLine):
    """A row of a file: what was read, what the rules say of it, whom it looks like, and what was decided."""

    cells = serializers.SerializerMethodField()
    findings = serializers.SerializerMethodField()
    suspects = serializers.SerializerMethodField()
    example = {
        **RowLine.example,
        "cells": [{"key": "born", "written": "12/10/2569", "value": "12 Oct 2026"}], "findings": [],
        "suspects": [{"rank": "certain", "reasons": ["born_same"], "sheet": "Births", "row": 3, "case": None}],
    }  # fmt: skip

    class Meta(RowLine.Meta):
        fields = (*RowLine.Meta.fields, "cells", "findings", "suspects")

    @extend_schema_field(CellShown(many=True))
    def get_cells(self, row: ImportRow) -> list[dict[str, Any]]:
        """The mapped cells that hold something or are wrong."""
        return list(CellShown(queries.facts_of(row, row.run, queries.read_again(row, row.run)), many=True).data)

    @extend_schema_field(FindingShown(many=True))
    def get_findings(self, row: ImportRow) -> list[dict[str, Any]]:
        """Errors first, then warnings."""
        findings = queries.worst_findings(queries.read_again(row, row.run))
        return list(FindingShown(findings, many=True).data)

    @extend_schema_field(SuspectShown(many=True))
    def get_suspects(self, row: ImportRow) -> list[dict[str, Any]]:
        """Whom it looks like; a child of another office, or sealed, is not named."""
        numbers = [suspect["case_id"] for suspect in row.suspects if "case_id" in suspect]
        user = self.context["request"].user
        seen = set(Case.objects.visible_to(user).filter(pk__in=numbers).values_list("pk", flat=True))
        told = [
            {**suspect, "seen_case": suspect.get("case_id") if suspect.get("case_id") in seen else None}
            for suspect in row.suspects
        ]
        return list(SuspectShown(told, many=True).data)


class RowsAsked(Told):
    """Filters of the list: an import, and what the dry run said."""

    run = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False)
    show = serializers.ChoiceField(choices=VIEWS, required=False)


class RowDecisionTold(Told):
    """What a suspected duplicate is; empty takes the decision back."""

    decision = serializers.ChoiceField(choices=RowDecision.choices, allow_blank=True)
    example = {"decision": "different"}


class Rows(Listed, Detailed):
    """Rows of files as the dry run understood them; an undone import keeps none."""

    policy = PREPARE
    model = ImportRow
    shown = RowShown
    line = RowLine
    asked = RowsAsked
    ordering = "pk"

    def rows(self) -> models.QuerySet:
        return super().rows().exclude(raw=[]).select_related("run")

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        rows = self.rows().filter(run=asked["run"]) if "run" in asked else self.rows()
        return queries.filtered(rows, asked.get("show", ""))  # type: ignore[arg-type]

    @act("decide", policy=PREPARE, told=RowDecisionTold)
    def decide(self, told: dict[str, Any]) -> None:
        """Say whether a suspected duplicate is the same child, another, or a twin."""
        services.decide_duplicate(row=self.row, decision=told["decision"], **self.by_now)

    @act("import", policy=CONFIRM)
    def import_one(self, told: dict[str, Any]) -> None:
        """Import one row that was decided after its import was done."""
        services.import_row(row=self.row, **self.by_now)
