"""Imports over the API: a file sent, its columns said, the dry run read, confirmed by a second person, undone."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casework.access.policies import Policy
from casework.access.scopes import offices_of
from casework.accounts.models import Office
from casework.imports import queries, services
from casework.imports.models import ImportRun
from casework.imports.states import RunState
from casework.ui.api.resources import Created, Detailed, Listed, act
from casework.ui.api.serializers import File, Line, ReasonTold, RowField, Shown, Told

PREPARE = Policy(action="imports.run.prepare")
CONFIRM = Policy(action="imports.run.confirm")
REGISTER = "TmFtZSxEYXRlIG9mIGJpcnRoLE1vdGhlcgpOYW4gV2FoLDIwMjYtMTEtMjMsTmF3IFBhdw=="


class RunLine(Shown):
    """An import in a list. `progress` of `total` rows are done while a worker is busy with it."""

    example = {
        "id": 6, "office": 1, "specification": "births", "file_name": "births.xlsx", "size": 18200,
        "state": "checked", "failure": "", "progress": 240, "total": 240, "created_by": 3,
        "created_at": "2026-11-23T10:00:00+07:00",
    }  # fmt: skip

    class Meta:
        model = ImportRun
        fields: tuple[str, ...] = (
            "id", "office", "specification", "file_name", "size", "state", "failure", "progress", "total",
            "created_by", "created_at",
        )  # fmt: skip


class ColumnShown(serializers.Serializer):
    """One column of a sheet: its heading, some of its cells, and what it was taken for."""

    index = serializers.IntegerField(read_only=True)
    letter = serializers.CharField(read_only=True)
    heading = serializers.CharField(read_only=True)
    samples = serializers.ListField(child=serializers.CharField(), read_only=True)
    key = serializers.CharField(read_only=True)
    is_sure = serializers.BooleanField(read_only=True)


class SheetShown(serializers.Serializer):
    """A sheet of the file; `hidden_rows` of its rows nobody sees when it is open, and they are read all the same."""

    name = serializers.CharField(read_only=True)
    rows = serializers.IntegerField(read_only=True)
    hidden_rows = serializers.IntegerField(read_only=True)
    columns = ColumnShown(many=True, read_only=True)


class CountsShown(serializers.Serializer):
    """How many rows of each outcome; `to_load` become records, `loaded` did."""

    rows = serializers.IntegerField(read_only=True)
    error = serializers.IntegerField(read_only=True)
    duplicate = serializers.IntegerField(read_only=True)
    warnings = serializers.IntegerField(read_only=True)
    undecided = serializers.IntegerField(read_only=True)
    to_load = serializers.IntegerField(read_only=True)
    loaded = serializers.IntegerField(read_only=True)


class RunShown(RunLine):
    """An import: its sheets and what their columns were taken for, what the dry run counted, who said yes."""

    sheets = serializers.SerializerMethodField()
    counts = serializers.SerializerMethodField()
    keys = serializers.SerializerMethodField(help_text="what a column can be taken for; the first ones are needed")
    example = {
        **RunLine.example,
        "sheets": [{
            "name": "Births", "rows": 240, "hidden_rows": 0,
            "columns": [{"index": 0, "letter": "A", "heading": "Name", "samples": ["Nan Wah"], "key": "child",
                         "is_sure": True}],
        }],
        "counts": {"rows": 240, "error": 4, "duplicate": 2, "warnings": 9, "undecided": 2, "to_load": 234, "loaded": 0},
        "keys": ["child", "born", "mother"], "checked_on": "2026-11-23", "proposed_by": None, "confirmed_by": None,
        "confirmed_at": None, "imported_at": None, "undone_by": None, "undone_at": None, "undo_reason": "",
    }  # fmt: skip

    class Meta(RunLine.Meta):
        fields = (
            *RunLine.Meta.fields, "sheets", "counts", "keys", "checked_on", "proposed_by", "confirmed_by",
            "confirmed_at", "imported_at", "undone_by", "undone_at", "undo_reason",
        )  # fmt: skip

    @extend_schema_field(SheetShown(many=True))
    def get_sheets(self, run: ImportRun) -> list[dict[str, Any]]:
        """The sheets in which a register was found."""
        found = [sheet for sheet in run.sheets if not sheet.get("is_left_out")]
        told = [{"hidden_rows": 0, **sheet, "columns": queries.columns_for_page(sheet)} for sheet in found]
        return list(SheetShown(told, many=True).data)

    @extend_schema_field(CountsShown)
    def get_counts(self, run: ImportRun) -> dict[str, Any]:
        """What the dry run counted."""
        return dict(CountsShown(queries.run_facts(run)).data)

    def get_keys(self, run: ImportRun) -> list[str]:
        """The facts of this kind of register."""
        columns = queries.specification(run.specification).columns
        return [spec.key for spec in sorted(columns, key=lambda spec: not spec.required)]


def _offices(user: Any) -> models.QuerySet:
    return Office.objects.filter(pk__in=offices_of(user, PREPARE.action), is_active=True)


class RunTold(Told):
    """A register as a file, Excel or CSV, of up to 10 MB. The same file in the same office answers its import."""

    specification = Line(max_length=60, help_text="the kind of register")
    office = RowField(_offices)
    file_name = Line(max_length=200)
    file = File()
    example = {"specification": "births", "office": 1, "file_name": "births.csv", "file": REGISTER}

    def validate_specification(self, key: str) -> str:
        if key not in {kind.key for kind in queries.specifications()}:
            raise serializers.ValidationError(_("Choose the kind of register."), code="E-CHOICE-1")
        return key


class ColumnsTold(Told):
    """What the columns of each sheet hold: sheet → number of the column → key. A column left out is not read."""

    columns = serializers.DictField(
        child=serializers.DictField(child=serializers.CharField(max_length=60, allow_blank=True))
    )
    answers = serializers.DictField(
        child=serializers.DictField(child=serializers.CharField(max_length=20, allow_blank=True)),
        required=False,
        default=dict,
        help_text="sheet → question → answer, such as era: be or ce; without one the rows that need it are refused",
    )
    example = {"columns": {"Births": {"0": "child", "1": "born", "2": "mother"}}, "answers": {"Births": {"era": "be"}}}

    @staticmethod
    def chosen(run: ImportRun, told: dict[str, dict[str, str]]) -> dict[str, dict[int, str]]:
        """As the service takes it; raises ValidationError for what is not in the file, or no fact of it."""
        kind, sheets = queries.specification(run.specification), {sheet["name"]: sheet for sheet in run.sheets}
        keys = {"", *(spec.key for spec in kind.columns)}
        for name, columns in told.items():
            width = len(sheets[name].get("headings", ())) if name in sheets else 0
            known = {str(index) for index in range(width)}
            if not columns.keys() <= known or not set(columns.values()) <= keys:
                sentence = _("This sheet, column or fact is not in the file.")
                raise serializers.ValidationError({"columns": {name[:60]: sentence}}, code="E-CHOICE-1")
        return {name: {int(index): key for index, key in columns.items()} for name, columns in told.items()}

    @staticmethod
    def answered(run: ImportRun, told: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        """The answers as the service takes them; raises ValidationError for a question or an answer there is not."""
        questions = queries.questions_of(queries.specification(run.specification))
        known = {question.key: {code for code, _words in question.choices} for question in questions}
        for name, answers in told.items():
            if any(answer not in known.get(key, ()) for key, answer in answers.items()):
                sentence = _("There is no such question or answer.")
                raise serializers.ValidationError({"answers": {name[:60]: sentence}}, code="E-CHOICE-1")
        return {name: {key: answer for key, answer in answers.items() if answer} for name, answers in told.items()}


class RunsAsked(Told):
    """Filter of the list."""

    state = serializers.ChoiceField(choices=RunState.choices, required=False)


class Runs(Listed, Detailed, Created):
    """Imports of the offices that the person works for. Who prepares one does not confirm it."""

    policy = PREPARE
    model = ImportRun
    shown = RunShown
    line = RunLine
    asked = RunsAsked
    create_told = RunTold

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(**asked)

    def made(self, told: dict[str, Any]) -> ImportRun:
        run, _is_new = services.upload(
            content=told["file"], file_name=told["file_name"], office=told["office"],
            specification_key=told["specification"], **self.by_now,
        )  # fmt: skip
        return run

    @act("columns", policy=PREPARE, told=ColumnsTold)
    def set_columns(self, told: dict[str, Any]) -> None:
        """Say what the columns hold, and have the rows checked."""
        chosen = ColumnsTold.chosen(self.row, told["columns"])
        run = services.set_columns(
            run=self.row, columns=chosen, answers=ColumnsTold.answered(self.row, told["answers"]), **self.by_now
        )
        services.request_check(run=run, **self.by_now)

    @act("check", policy=PREPARE)
    def check(self, told: dict[str, Any]) -> None:
        """Have the rows checked with the columns as they are."""
        services.request_check(run=self.row, **self.by_now)

    @act("propose", policy=PREPARE)
    def propose(self, told: dict[str, Any]) -> None:
        """Hand it to a supervisor."""
        services.propose(run=self.row, **self.by_now)

    @act("confirm", policy=CONFIRM)
    def confirm(self, told: dict[str, Any]) -> None:
        """Say yes as the second person; the worker begins."""
        services.confirm(run=self.row, **self.by_now)

    @act("return", policy=CONFIRM, told=ReasonTold)
    def send_back(self, told: dict[str, Any]) -> None:
        """Give it back to who prepared it."""
        services.send_back(run=self.row, reason=told["reason"], **self.by_now)

    @act("discard", policy=PREPARE)
    def discard(self, told: dict[str, Any]) -> None:
        """Put it away: the file and what was read of it are removed."""
        services.discard(run=self.row, **self.by_now)

    @act("stop", policy=PREPARE)
    def stop(self, told: dict[str, Any]) -> None:
        """Stop a check or an import that waits or runs: nothing of it stays."""
        services.stop(run=self.row, **self.by_now)

    @act("take-up", policy=PREPARE)
    def take_up(self, told: dict[str, Any]) -> None:
        """Go back to the checked rows of an import that came to a stop; a supervisor confirms it anew."""
        services.take_up(run=self.row, **self.by_now)

    @act("undo", policy=CONFIRM, told=ReasonTold)
    def undo(self, told: dict[str, Any]) -> None:
        """Take the whole import out again; the case numbers stay used."""
        services.request_undo(run=self.row, reason=told["reason"], **self.by_now)
