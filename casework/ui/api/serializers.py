"""JSON to values and back. What is told is read strictly; what is shown can never be written."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casework.kernel.date_reading import FIRST_BUDDHIST_YEAR
from casework.kernel.dates import BUDDHIST_OFFSET, BirthDate, Precision
from casework.kernel.digits import clean_line, clean_text
from casework.kernel.money import parse_money
from casework.kernel.refusals import Refusal

FIRST_DAY, LAST_DAY = dt.date(1850, 1, 1), dt.date(2700, 12, 31)
MOST_ID = 2**63 - 1


class Text(serializers.CharField):
    """Text without control, bidirectional or broken characters, in NFC."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        return super().run_validation(clean_text(data) if isinstance(data, str) else data)


class Line(Text):
    """One line of text."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        return super().run_validation(clean_line(data) if isinstance(data, str) else data)


class Day(serializers.DateField):
    """A day of the Common Era as YYYY-MM-DD, within what calendars can count with; no year is changed silently."""

    def to_internal_value(self, value: Any) -> dt.date:
        day = super().to_internal_value(value)
        if FIRST_BUDDHIST_YEAR <= day.year <= LAST_DAY.year:
            words = {"year": day.year, "common": day.year - BUDDHIST_OFFSET}
            told = _("%(year)s is a year of the Buddhist era. Send the year of the Common Era, %(common)s.") % words
            raise serializers.ValidationError(told, code="E-DATE-3")
        if not FIRST_DAY <= day <= LAST_DAY:
            raise serializers.ValidationError(_("This year cannot be."), code="E-DATE-YEAR")
        return day


class Baht(serializers.DecimalField):
    """Baht with satang, as a number or as people write it: what a page takes and refuses, this does too."""

    is_baht = True

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=12, decimal_places=2, **options)

    def to_internal_value(self, data: Any) -> Decimal:
        try:
            return parse_money(data, field="", is_baht=self.is_baht)
        except Refusal as refused:
            raise serializers.ValidationError(refused.sentence, code=refused.code) from refused


@extend_schema_field({"type": "string", "contentEncoding": "base64"})
class File(serializers.Field):
    """The bytes of a file as Base64: a body stays one JSON object, which a key is kept for as a whole (decision 36)."""

    def to_internal_value(self, data: Any) -> bytes:
        try:
            return base64.b64decode(data, validate=True)
        except (TypeError, ValueError, binascii.Error) as wrong:
            raise serializers.ValidationError(_("Send the bytes of the file as Base64."), code="E-FILE-1") from wrong


class RowField(serializers.IntegerField):
    """The id of a row; gives the row itself, of those that `rows(user)` answers."""

    def __init__(self, rows: Callable[[Any], models.QuerySet], **options: Any) -> None:
        super().__init__(min_value=1, max_value=MOST_ID, **options)
        self.rows = rows

    def run_validation(self, data: Any = serializers.empty) -> Any:
        number = super().run_validation(data)
        if number is None:
            return None
        row = self.rows(self.context["request"].user).filter(pk=number).first()
        if row is None:
            raise serializers.ValidationError(_("There is no such record."), code="E-CHOICE-1")
        return row


class Strict(serializers.Serializer):
    """Refuses fields it does not know, so nothing is lost silently and nothing is slipped in."""

    example: ClassVar[Any] = None
    more_examples: ClassVar[Mapping[str, Any]] = {}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            known = {name for name, field in self.fields.items() if not field.read_only}
            unknown = sorted(str(name)[:60] for name in data if name not in known)
            if unknown:
                sentence = _("This field is not known here.")
                raise serializers.ValidationError(
                    {name: [serializers.ErrorDetail(sentence, code="E-FIELD-1")] for name in unknown}
                )
        return super().to_internal_value(data)


class Told(Strict):
    """A body somebody sends, field by field."""

    called_by_rules: ClassVar[Mapping[str, str]] = {}
    """Where a rule's field stands in it, if that has another name here; as path_of reads it."""


def optional_line(longest: int) -> Line:
    """One line that may be left out."""
    return Line(max_length=longest, required=False, allow_blank=True, default="")


def each_once(rows: Iterable[Mapping[str, Any]], name: str, *, field: str, code: str) -> dict[int, Mapping[str, Any]]:
    """The rows of a list by the id that each names. Raises ValidationError where two name the same: one would be lost.

    `name` is the key of the id, `field` the list.
    """
    found: dict[int, Mapping[str, Any]] = {}
    for row in rows:
        if row[name] in found:
            raise serializers.ValidationError({field: [_("One of these stands here twice. Name it once.")]}, code=code)
        found[row[name]] = row
    return found


class ReasonTold(Told):
    """A reason; the service says when one is needed."""

    reason = optional_line(300)
    example = {"reason": "The hospital burned down"}


class Nothing(Told):
    """An act that needs no facts."""


class ToldOf(Strict, serializers.ModelSerializer):
    """A body somebody sends, with fields like the columns of a model. Nothing is written here: a service is called."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.CharField: Line,
        models.TextField: Text,
        models.DateField: Day,
    }

    def get_validators(self) -> list[Any]:
        return []

    def get_uniqueness_extra_kwargs(self, field_names: Any, declared: Any, extra: Any) -> Any:
        return extra, {}


class Partly(serializers.Serializer):
    """Mixed into a body about a row that stands there: what is left out stays as it is."""

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        for field in fields.values():
            field.required, field.default = False, serializers.empty
        return fields


class Shown(serializers.ModelSerializer):
    """What is answered: every field is read only."""

    example: ClassVar[Any] = None

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        for field in fields.values():
            field.read_only = True
        return fields


class BirthDateShown(serializers.Serializer):
    """A birth date and how well it is known; `on` marks the span when it is not exact."""

    on = serializers.DateField(allow_null=True, read_only=True)
    precision = serializers.ChoiceField(choices=Precision.choices, read_only=True)


class BirthDateTold(Told):
    """A birth date as far as it is known."""

    on = Day(required=False, allow_null=True)
    precision = serializers.ChoiceField(choices=Precision.choices, default=Precision.EXACT)
    example = {"on": "2026-11-20", "precision": "exact"}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        is_unknown = attrs["precision"] == Precision.UNKNOWN
        if is_unknown == (attrs.get("on") is not None):
            raise serializers.ValidationError({"on": _("Give the date, or say that it is not known.")}, code="E-DATE-1")
        return attrs

    @staticmethod
    def value(told: Mapping[str, Any] | None) -> BirthDate:
        """The birth date of the validated answer."""
        if not told:
            return BirthDate(None, Precision.UNKNOWN)
        return BirthDate(told.get("on"), Precision(told["precision"]))
