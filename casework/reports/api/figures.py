"""The figures of a period as they are told: the same texts as on the dashboard, with the same numbers left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rest_framework import serializers

from casework.reports.counting import Counting
from casework.reports.periods import Period
from casework.reports.present import ShownStat, ShownTable

ROWS = "address of the rows behind it; empty where it has none, or none for you"
RowsAt = Callable[[str, int, int], str]
"""The address of the rows behind a number: figure, line and column."""


class FigurePeriodShown(serializers.Serializer):
    """A period that is counted."""

    key = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    first = serializers.DateField(read_only=True)
    last = serializers.DateField(read_only=True)


class FigureOfficeShown(serializers.Serializer):
    """An office that is counted."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)


class LargeNumberShown(serializers.Serializer):
    """A large number; `value` is * where it is too small to be told, – where there is nobody."""

    key = serializers.CharField(read_only=True)
    code = serializers.CharField(read_only=True, help_text="of its definition")
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    value = serializers.CharField(read_only=True)
    note = serializers.CharField(read_only=True)
    more = serializers.CharField(read_only=True)
    compared = serializers.CharField(read_only=True)
    target = serializers.CharField(read_only=True, help_text="what it is to reach and whether it does, in words")
    is_reached = serializers.BooleanField(
        read_only=True, allow_null=True, help_text="null without a target, and of a number that is not told"
    )
    direction = serializers.CharField(read_only=True, help_text="up, down or nothing")
    trend = serializers.ListField(child=serializers.FloatField(), read_only=True, help_text="the last twelve months")
    restated = serializers.CharField(read_only=True, help_text="how it changed since the month was closed, and why")
    rows = serializers.CharField(read_only=True, help_text=ROWS)


class TableCellShown(serializers.Serializer):
    """One number of a table."""

    text = serializers.CharField(read_only=True)
    rows = serializers.CharField(read_only=True, help_text=ROWS)


class TableRowShown(serializers.Serializer):
    """One line of a table."""

    name = serializers.CharField(read_only=True)
    cells = TableCellShown(many=True, read_only=True)


class TableShown(serializers.Serializer):
    """A table, or what a chart or map is drawn of; the first column names the lines."""

    key = serializers.CharField(read_only=True)
    code = serializers.CharField(read_only=True, help_text="of its definition")
    title = serializers.CharField(read_only=True)
    finding = serializers.CharField(read_only=True)
    note = serializers.CharField(read_only=True)
    columns = serializers.ListField(child=serializers.CharField(), read_only=True)
    lines = TableRowShown(many=True, read_only=True)


class DefinitionShown(serializers.Serializer):
    """What a figure counts."""

    code = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    numerator = serializers.CharField(read_only=True)
    denominator = serializers.CharField(read_only=True)
    period = serializers.CharField(read_only=True)


class FiguresShown(serializers.Serializer):
    """The figures of a board for a period; counts under `limit`, and what would give them away, are hidden."""

    board = serializers.CharField(read_only=True)
    period = FigurePeriodShown(read_only=True)
    before = FigurePeriodShown(read_only=True, allow_null=True, help_text="the period compared with")
    offices = FigureOfficeShown(many=True, read_only=True)
    filters = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="each filter at work with its value, in words"
    )
    counted_at = serializers.DateTimeField(read_only=True)
    is_partial = serializers.BooleanField(read_only=True, help_text="the period is still running")
    closed_at = serializers.DateTimeField(read_only=True, allow_null=True, help_text="when this month was closed")
    limit = serializers.IntegerField(read_only=True)
    notes = serializers.ListField(child=serializers.CharField(), read_only=True)
    stats = LargeNumberShown(many=True, read_only=True)
    tables = TableShown(many=True, read_only=True)
    definitions = DefinitionShown(many=True, read_only=True)
    example = {
        "board": "registration",
        "period": {"key": "month:2026-10", "name": "October 2026", "first": "2026-10-01", "last": "2026-10-31"},
        "before": {"key": "month:2026-09", "name": "September 2026", "first": "2026-09-01", "last": "2026-09-30"},
        "offices": [{"id": 1, "name": "Mae Sot"}], "filters": [], "counted_at": "2026-11-23T10:00:00+07:00",
        "is_partial": False,
        "closed_at": "2026-11-02T09:00:00+07:00", "limit": 0, "notes": [],
        "stats": [
            {
                "key": "open", "code": "M5", "label": "Open births", "value": "41", "note": "", "more": "",
                "compared": "up from 38 in September 2026", "direction": "up", "trend": [35.0, 38.0, 41.0],
                "target": "Target 30: not reached", "is_reached": False,
                "restated": "Was 40 when the month was closed, now 41. Why: A form on paper",
                "rows": "https://casework.example/api/v1/boards/registration/rows/?figure=open&row=0&column=0",
            },
        ],
        "tables": [
            {
                "key": "map", "code": "M5", "title": "Open births by province", "finding": "", "note": "",
                "columns": ["Province", "Children"],
                "lines": [
                    {"name": "Tak", "cells": [{"text": "41", "rows": "https://casework.example/api/v1/boards/…"}]},
                    {"name": "Total", "cells": [{"text": "41", "rows": ""}]},
                ],
            },
        ],
        "definitions": [
            {"code": "M5", "name": "Open births", "numerator": "births that are open", "denominator": "", "period": ""},
        ],
    }  # fmt: skip


def figures_told(counting: Counting, rows_at: RowsAt) -> dict[str, Any]:
    """What is told of a counting; `rows_at` gives the addresses of the rows, where this person has any."""
    if not counting.list_kind:
        rows_at = _nowhere
    reading, language = counting.reading, counting.language
    return {
        "board": counting.board.key,
        "period": _period(counting.period, language),
        "before": _period(counting.before, language) if counting.before else None,
        "offices": [
            {"id": office.pk, "name": office.name(language)}
            for office in counting.audience.all_offices
            if office.pk in counting.chosen
        ],
        "filters": counting.filter_words,
        "counted_at": counting.counted.at,
        "is_partial": counting.period.is_partial(counting.today),
        "closed_at": counting.close.closed_at if counting.close else None,
        "limit": counting.hide_below,
        "notes": [text for key in ("measures_time", "once") if (text := reading.words.get(key))],
        "stats": [_stat(stat, rows_at) for stat in counting.stats()],
        "tables": [_table(table, rows_at) for table in counting.tables()],
        "definitions": [vars(definition) for definition in reading.definitions],
    }


def _nowhere(figure: str, row: int, column: int) -> str:
    return ""


def _period(period: Period, language: str) -> dict[str, Any]:
    return {"key": period.key, "name": period.text(language), "first": period.first, "last": period.last}


def _stat(stat: ShownStat, rows_at: RowsAt) -> dict[str, Any]:
    return vars(stat) | {"rows": rows_at(stat.key, 0, 0) if stat.has_list else ""}


def _table(table: ShownTable, rows_at: RowsAt) -> dict[str, Any]:
    part = table.part
    lines = [
        {
            "name": name,
            "cells": [
                {"text": cell.text, "rows": rows_at(table.key, *cell.place) if cell.place else ""} for cell in cells
            ],
        }
        for name, cells in table.lines
    ]
    told = {"title": part.title, "finding": part.finding, "note": part.note, "columns": part.columns}
    return {"key": table.key, "code": table.code, "lines": lines, **told}
