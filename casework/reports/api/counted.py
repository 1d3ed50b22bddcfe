"""What is counted for a request: the filter of the dashboard, of which nothing is left aside without a word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from rest_framework import serializers

from casework.access.policies import OfSite
from casework.kernel.date_reading import LAST_YEAR
from casework.kernel.refusals import refuse_errors
from casework.reports.audience import NO_FIGURES, SEE, boards_of
from casework.reports.boards import Board
from casework.reports.counting import Counting, counting_for
from casework.reports.filters import LONGEST, ONLY, read_chosen
from casework.reports.forms import COMPARE, FREE
from casework.ui.api.serializers import MOST_ID, Day, Line, Told

LOOK = OfSite(action=SEE)
"""Figures are of several offices: each board says of which ones for this person."""


class CountedDay(Day):
    """A day that a period can begin or end with."""

    def to_internal_value(self, value: Any) -> dt.date:
        day = super().to_internal_value(value)
        if day.year > LAST_YEAR:
            raise serializers.ValidationError(_("This year cannot be."), code="E-DATE-YEAR")
        return day


def filters_line() -> Line:
    """The filters of a board as one text."""
    told = "key:value of filters of the board, with commas between them, such as sex:F,track:T1"
    return Line(max_length=LONGEST, required=False, allow_blank=True, help_text=told)


class PeriodTold(Told):
    """A period by its key, or “free” with its first and last day."""

    period = Line(max_length=40, required=False, help_text="a key that the board offers; the running year if left out")
    first = CountedDay(required=False, help_text="of a free period")
    last = CountedDay(required=False, help_text="of a free period")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        odd = [name for name in ("first", "last") if name in attrs and attrs.get("period") != FREE]
        if odd:
            sentence = _("This field is not known here.")
            raise serializers.ValidationError(dict.fromkeys(odd, sentence), code="E-FIELD-1")
        return attrs


class FiguresAsked(PeriodTold):
    """The filter of figures."""

    office = serializers.IntegerField(
        min_value=1, max_value=MOST_ID, required=False, help_text="one of the board; all of them if left out"
    )
    compare = serializers.ChoiceField(choices=COMPARE, required=False)
    filters = filters_line()


def counting_of(user: Any, board: str, asked: Mapping[str, Any], today: dt.date) -> Counting:
    """The counting that was asked for.

    Raises Refusal REP-9 or REP-10 for filters, ValidationError naming what else the board does not offer,
    PermissionDenied for a board without figures for this person.
    """
    params = {name: str(value) for name, value in asked.items() if name != "filters"}
    params |= {f"{ONLY}{key}": value for key, value in read_chosen(asked.get("filters", ""))}
    counting = counting_for(user, params, today, board)
    if counting is None or not counting.chosen:
        raise PermissionDenied(NO_FIGURES)
    refuse_errors(replace(one, field="filters") for one in counting.form.refused)
    faults = counting.form.errors.as_data()
    if faults:
        raise serializers.ValidationError({name: _told(counting.form[name], found) for name, found in faults.items()})
    return counting


def _told(field: Any, faults: Iterable[forms.ValidationError]) -> list[serializers.ErrorDetail]:
    """The sentences of the page about a field of its form."""
    codes = ("E-CHOICE-1" if fault.code == "invalid_choice" else fault.code or "invalid" for fault in faults)
    return [serializers.ErrorDetail(told, code=code) for code, told in zip(codes, field.sentences, strict=True)]


def board_named(user: Any, key: str) -> Board:
    """A board of the person, by the field `board` of a request; raises ValidationError for another one."""
    found = next((board for board in boards_of(user) if board.key == key), None)
    if found is None:
        raise serializers.ValidationError({"board": _("There is no such record.")}, code="E-CHOICE-1")
    return found
