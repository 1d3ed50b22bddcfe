"""What differs on a certificate, and the correction of a signed one: begun, asked for, answered, handed over again."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casework.documents.states import PaperKind
from casework.ui.api.resources import Resource, act
from casework.ui.api.serializers import (
    MOST_ID,
    Day,
    Line,
    Partly,
    ReasonTold,
    RowField,
    Shown,
    Told,
    ToldOf,
    optional_line,
)
from registration.certificate_states import CounterLineKey, DifferenceOn
from registration.models import Correction, Discrepancy
from registration.queries.corrections import old_scans, wrong_places
from registration.rules.guards import OPEN_DISCREPANCY
from registration.services import corrections as services
from registration.services import office
from registration.services.discrepancies import note_difference

from .base import EDIT, NUMBER, OFFICE
from .told import HandoverTold, OutcomeTold, offices

MOST_ROWS = 50
ID = {"min_value": 1, "max_value": MOST_ID}


class DifferenceShown(Shown):
    """Two sources disagree about a fact."""

    class Meta:
        model = Discrepancy
        fields = ("id", "field", "value_a", "source_a", "value_b", "source_b", "severity", "state", "settled_text")


class WrongPlaceShown(serializers.Serializer):
    """Somewhere the wrong name went, and since when; `key` names it when it was told the right one."""

    key = serializers.CharField(read_only=True)
    kind = serializers.CharField(read_only=True)
    since = serializers.DateField(read_only=True)
    told_on = serializers.DateField(read_only=True, allow_null=True)


class CorrectionShown(Shown):
    """A correction of a signed certificate."""

    places = serializers.SerializerMethodField()

    class Meta:
        model = Correction
        fields = (
            "id", "state", "state_since", "registry_office", "discrepancies", "asked_on", "receipt_no",
            "appointment_on", "appointment_time", "fee_baht", "fee_paid_by", "result_on", "result_text", "checked_by",
            "checked_on", "handed_over_to", "handed_over_relation", "handed_over_sign", "handed_over_on", "places",
        )  # fmt: skip

    @extend_schema_field(WrongPlaceShown(many=True))
    def get_places(self, correction: Correction) -> list[dict[str, object]]:
        """Where the wrong name went."""
        return list(WrongPlaceShown(wrong_places(correction), many=True).data)


class DifferenceTold(Told):
    """What somebody saw: a paper says something else than what is right."""

    field = serializers.ChoiceField(choices=CounterLineKey.choices)
    right = optional_line(200)
    on = serializers.ChoiceField(choices=DifferenceOn.choices)
    written = optional_line(200)
    example = {"field": "mother", "right": "นางหน่อพอ", "on": "certificate", "written": "นางหน่อ"}


class CorrectedOutcomeTold(Partly, OutcomeTold):
    """What stands on the certificate otherwise than it was copied; what is left out stays."""

    example = {"name_th": "นันวา"}


class StartTold(Told):
    """Which open differences the office shall correct, and which office."""

    discrepancies = serializers.ListField(child=serializers.IntegerField(**ID), max_length=MOST_ROWS)
    registry_office = RowField(offices)
    example = {"discrepancies": [14], "registry_office": 2}


class AskedTold(Told):
    """The letter was handed in."""

    asked_on = Day()
    receipt_no = optional_line(60)
    example = {"asked_on": "2026-11-28", "receipt_no": "77"}


class AppointmentTold(Told):
    """The day that the office gave."""

    appointment_on = Day()
    appointment_time = optional_line(20)
    registry_office = RowField(offices)
    example = {"appointment_on": "2026-12-04", "appointment_time": "9:00", "registry_office": 2}


class FeeTold(ToldOf):
    """What it costs, and who paid; nothing to pay is said with `nobody`."""

    example = {"fee_baht": "20.00", "fee_paid_by": "family"}

    class Meta:
        model = Correction
        fields = ("fee_baht", "fee_paid_by")
        extra_kwargs = {
            "fee_baht": {"min_value": 0, "default": None},
            "fee_paid_by": {"required": True, "allow_blank": False},
        }


class CorrectedTold(CorrectedOutcomeTold):
    """The corrected certificate; of its columns what is left out stands there as before."""

    result_on = Day()
    superseded = serializers.ListField(
        child=serializers.IntegerField(**ID), max_length=MOST_ROWS,
        help_text="photos and scans of the old certificate; left out, those that were attached as certificates",
    )  # fmt: skip
    example = {"result_on": "2026-12-04", "name_th": "นันวา"}

    class Meta(OutcomeTold.Meta):
        fields = ("result_on", "superseded", *OutcomeTold.Meta.fields)

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        fields["result_on"].required = True
        return fields


class RefusedTold(Told):
    """The office does not correct it, and why."""

    result_on = Day()
    result_text = optional_line(300)
    example = {"result_on": "2026-12-04", "result_text": "The hospital wrote it so"}


class PlaceTold(Told):
    """A place of `places` was told the right name, or was not after all."""

    place = Line(max_length=40)
    is_told = serializers.BooleanField(default=True)
    example = {"place": "referral-12"}


def _chosen(rows: QuerySet, numbers: list[int], field: str) -> QuerySet:
    """The rows of these ids; raises ValidationError where one is not among them."""
    found = rows.filter(pk__in=numbers)
    if found.count() != len(set(numbers)):
        raise serializers.ValidationError({field: _("There is no such record.")}, code="E-CHOICE-1")
    return found


class Corrections(Resource):
    """Acts on what differs."""

    @act("note-difference", policy=EDIT, told=DifferenceTold)
    def note_difference(self, values: dict[str, Any]) -> None:
        """Note that a paper says something else than what is right."""
        note_difference(birth=self.row, by=self.request.user, **values)

    @act("outcome/correct", policy=OFFICE, told=CorrectedOutcomeTold)
    def correct_outcome(self, values: dict[str, Any]) -> None:
        """Copy the certificate anew; what differs no more is settled."""
        if not hasattr(self.row, "outcome"):
            raise Http404
        acknowledged = values.pop("acknowledged", ())
        office.correct_outcome(outcome=self.row.outcome, values=values, acknowledged=acknowledged, **self.by)

    @act("start-correction", policy=OFFICE, told=StartTold)
    def start_correction(self, values: dict[str, Any]) -> None:
        """Begin a correction of what differs on a signed certificate."""
        rows = self.row.discrepancies.filter(state__in=OPEN_DISCREPANCY)
        chosen = _chosen(rows, values.pop("discrepancies"), "discrepancies")
        services.start_correction(birth=self.row, discrepancies=chosen, **values, **self.by)

    def _correction(self, number: str) -> Correction:
        return self.get_part(self.row.corrections, number)

    @act(rf"corrections/(?P<correction>{NUMBER})/asked", policy=OFFICE, told=AskedTold)
    def correction_asked(self, values: dict[str, Any], correction: str) -> None:
        """The letter was handed in at the office."""
        row = self._correction(correction)
        services.record_asked(correction=row, on=values["asked_on"], receipt_no=values["receipt_no"], **self.by)

    @act(rf"corrections/(?P<correction>{NUMBER})/appointment", policy=OFFICE, told=AppointmentTold)
    def correction_appointment(self, values: dict[str, Any], correction: str) -> None:
        """The office gave a day, or another one."""
        services.set_appointment(
            correction=self._correction(correction), on=values["appointment_on"], time=values["appointment_time"],
            registry_office=values["registry_office"], **self.by,
        )  # fmt: skip

    @act(rf"corrections/(?P<correction>{NUMBER})/fee", policy=OFFICE, told=FeeTold)
    def correction_fee(self, values: dict[str, Any], correction: str) -> None:
        """Write down what the correction costs and who paid it."""
        row, fee, paid_by = self._correction(correction), values["fee_baht"], values["fee_paid_by"]
        services.record_fee(correction=row, fee_baht=fee, paid_by=paid_by, by=self.request.user)

    @act(rf"corrections/(?P<correction>{NUMBER})/done", policy=OFFICE, told=CorrectedTold)
    def correction_done(self, values: dict[str, Any], correction: str) -> None:
        """Copy the corrected certificate; it is compared again before it is handed over."""
        row, scans = self._correction(correction), old_scans(self.row, self.request.user)
        on, acknowledged = values.pop("result_on"), values.pop("acknowledged", ())
        if "superseded" in values:
            replaced = _chosen(scans, values.pop("superseded"), "superseded")
        else:
            replaced = scans.filter(paper_kind=PaperKind.CERTIFICATE)
        services.record_corrected(
            correction=row, on=on, values=values, superseded=replaced, acknowledged=acknowledged, **self.at_once
        )

    @act(rf"corrections/(?P<correction>{NUMBER})/refused", policy=OFFICE, told=RefusedTold)
    def correction_refused(self, values: dict[str, Any], correction: str) -> None:
        """The office does not correct it: what differs is open again."""
        row = self._correction(correction)
        services.record_refused(correction=row, on=values["result_on"], text=values["result_text"], **self.by)

    @act(rf"corrections/(?P<correction>{NUMBER})/withdraw", policy=OFFICE, told=ReasonTold)
    def withdraw_correction(self, values: dict[str, Any], correction: str) -> None:
        """End a correction that nobody wants any more."""
        services.withdraw_correction(correction=self._correction(correction), reason=values["reason"], **self.by)

    @act(rf"corrections/(?P<correction>{NUMBER})/check", policy=OFFICE)
    def check_correction(self, values: dict[str, Any], correction: str) -> None:
        """Say that the corrected certificate was compared with the agreed spelling."""
        services.check_corrected(correction=self._correction(correction), **self.by)

    @act(rf"corrections/(?P<correction>{NUMBER})/hand-over", policy=OFFICE, told=HandoverTold)
    def hand_over_correction(self, values: dict[str, Any], correction: str) -> None:
        """Hand the corrected certificate over to somebody who signs."""
        row = self._correction(correction)
        services.hand_over_again(correction=row, **HandoverTold.handed(values), **self.by)

    @act(rf"corrections/(?P<correction>{NUMBER})/told", policy=OFFICE, told=PlaceTold)
    def tick_told(self, values: dict[str, Any], correction: str) -> None:
        """Note that a place the wrong name went to was told the right one."""
        row = self._correction(correction)
        known = [place.key for place in wrong_places(row)]
        services.tick_told(correction=row, known=known, **values, **self.by)
