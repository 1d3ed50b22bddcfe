"""Templates for donors over the API: what each says, a new one, changed, put out of use and taken up again."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from rest_framework import serializers

from casework.ui.api.resources import Created, Detailed, Listed, act
from casework.ui.api.serializers import Line, Partly, Shown, Told, optional_line

from . import template_services as services
from .audience import SEE, boards_of
from .boards import board_named
from .models import Readers, ReportTemplate
from .policies import EDIT, OfBoard
from .rules import LONGEST, MOST_BOXES

MOST_FIGURES = 60
FACTS = ("name", "donor", "language", "readers", "year_begins", "figures", "boxes")
EXAMPLE = {
    "name": "Quarterly report", "donor": "Lotus Foundation", "language": "en", "readers": "outside", "year_begins": 4,
    "figures": [{"key": "registered", "label": "LF-1 Children with a legal identity"}],
    "boxes": [{"heading": "Achievements", "hint": "Three sentences at most"}],
}  # fmt: skip


class TemplateFigure(Told):
    """A figure of the board by its key, and what the donor calls it."""

    key = Line(max_length=40)
    label = optional_line(LONGEST["label"])  # type: ignore[assignment]
    example = {"key": "registered", "label": "LF-1 Children with a legal identity"}


class TemplateBox(Told):
    """A box for words: the heading under which they are printed, and a hint for who writes them."""

    heading = Line(max_length=LONGEST["heading"])
    hint = optional_line(LONGEST["hint"])
    example = {"heading": "Achievements", "hint": "Three sentences at most"}


class ReportTemplateShown(Shown):
    """What a donor wants a report to hold: figures in their order, and boxes for words."""

    figures = TemplateFigure(many=True)
    boxes = TemplateBox(many=True)
    example = {"id": 4, "board": "registration", **EXAMPLE, "is_active": True, "created_by": 3}

    class Meta:
        model = ReportTemplate
        fields = ("id", "board", *FACTS, "is_active", "created_by")


class ReportTemplateFacts(Told):
    """What a template says; the service says what speaks against it."""

    name = Line(max_length=200)
    donor = Line(max_length=200)
    language = Line(max_length=6)
    readers = serializers.ChoiceField(choices=Readers.choices, default=Readers.OUTSIDE)
    year_begins = serializers.IntegerField(min_value=1, max_value=12, allow_null=True, default=None)
    figures = serializers.ListField(child=TemplateFigure(), max_length=MOST_FIGURES)
    boxes = serializers.ListField(child=TemplateBox(), max_length=MOST_BOXES, default=list)


class ReportTemplateTold(ReportTemplateFacts):
    """A new template of a board."""

    board = Line(max_length=40)
    example = {"board": "registration", **EXAMPLE}

    def validate_board(self, key: str) -> Any:
        board = board_named(key)
        if board is None or key not in {one.key for one in boards_of(self.context["request"].user)}:
            raise serializers.ValidationError(_("There is no such record."), code="E-CHOICE-1")
        return board


class ReportTemplateChange(Partly, ReportTemplateFacts):
    """What of a template changes; figures and boxes are told as a whole."""

    example = {"name": "Report of each quarter"}


class ReportTemplatesAsked(Told):
    """Filters of the list."""

    board = Line(max_length=40, required=False)
    is_active = serializers.BooleanField(required=False)


class ReportTemplates(Listed, Detailed, Created):
    """Templates of the boards of which the person orders reports."""

    policy = OfBoard(action=SEE)
    create_policy = OfBoard(action=EDIT)
    model = ReportTemplate
    shown = ReportTemplateShown
    asked = ReportTemplatesAsked
    create_told = ReportTemplateTold

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(**asked)

    def made(self, told: dict[str, Any]) -> ReportTemplate:
        board = told.pop("board")
        self.spec.policy.admit_row(self.request, ReportTemplate(board=board.key))
        return services.add_template(board=board, **told, **self.by_now)

    @act("change", policy=OfBoard(action=EDIT), told=ReportTemplateChange)
    def change(self, told: dict[str, Any]) -> None:
        """Change what it says. Reports made before keep what they were ordered with."""
        stored = {name: getattr(self.row, name) for name in FACTS}
        services.change_template(template=self.row, **{**stored, **told}, **self.by_now)

    @act("retire", policy=OfBoard(action=EDIT))
    def retire(self, told: dict[str, Any]) -> None:
        """Offer it no longer."""
        services.retire_template(template=self.row, **self.by_now)

    @act("use-again", policy=OfBoard(action=EDIT))
    def use_again(self, told: dict[str, Any]) -> None:
        """Offer it again."""
        services.use_template_again(template=self.row, **self.by_now)
