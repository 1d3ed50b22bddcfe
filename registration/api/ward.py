"""The ward's list over the API: sent by the hospital, looked at, met, set aside; and the number of a month."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casework.access.policies import Policy
from casework.access.working import working_office
from casework.accounts.models import Office
from casework.kernel.dates import add_months
from casework.ui.api.resources import Created, Detailed, Listed, Resource, act
from casework.ui.api.serializers import Day, File, Line, RowField, Shown, Told, ToldOf, optional_line
from registration.forms.ward import MONTHS_BACK, hospitals
from registration.models import BirthRecord, ReportedBirths, WardBirth, WardList
from registration.queries import ward as asked
from registration.queries.lists import visible_births
from registration.services import ward as services
from registration.states import NotOurs

USE = Policy(action="registration.ward.use")
LIST = "SE4sTW90aGVyLERhdGUgb2YgYmlydGgsU2V4CjEyLE5hdyBQYXcsMjAyNi0xMS0yMyxG"


def _hospitals(user: Any) -> models.QuerySet:
    return hospitals()


class OfOneWard(Resource):
    """Rows of the ward's list."""

    policy = USE

    @property
    def office(self) -> Office:
        """The office whose list it is. Raises PermissionDenied when the person has none."""
        office = working_office(self.request.user, USE.action)
        if office is None:
            raise PermissionDenied(_("You have no office that works with a ward list."))
        return office


class RefusedRowShown(serializers.Serializer):
    """A row of the file that was not taken in, and why."""

    row = serializers.IntegerField(read_only=True)
    why = serializers.CharField(read_only=True)


class WardListShown(Shown):
    """What came of one list: births taken in, known before, met at once, and the rows that were not taken in."""

    refused = serializers.SerializerMethodField()
    example = {
        "id": 3, "office": 1, "facility": 1, "received_on": "2026-11-24", "added": 12, "known": 3, "met": 4,
        "refused": [{"row": 7, "why": "Write the date of birth."}],
    }  # fmt: skip

    class Meta:
        model = WardList
        fields = ("id", "office", "facility", "received_on", "added", "known", "met", "refused")

    @extend_schema_field(RefusedRowShown(many=True))
    def get_refused(self, taken: WardList) -> list[dict[str, Any]]:
        """The rows that were not taken in."""
        return [{"row": row, "why": why} for row, why in taken.refused]


class WardListTold(Told):
    """The list as the ward keeps it, Excel or CSV."""

    facility = RowField(_hospitals)
    file_name = Line(max_length=200)
    file = File()
    example = {"facility": 1, "file_name": "births.csv", "file": LIST}


class WardLists(OfOneWard, Listed, Detailed, Created):
    """Lists that wards sent. The same list twice adds nothing."""

    model = WardList
    shown = WardListShown
    create_told = WardListTold

    def made(self, told: dict[str, Any]) -> WardList:
        return services.take_in_list(
            content=told["file"], file_name=told["file_name"], office=self.office, facility=told["facility"],
            **self.at_once,
        )  # fmt: skip


class WardBirthShown(Shown):
    """A birth that the ward reported. `likely` is the record it may be, where the reader sees that."""

    likely = serializers.IntegerField(source="likely_seen", allow_null=True)  # type: ignore[assignment]
    is_begun = serializers.SerializerMethodField(help_text="somebody began the intake on the pages")
    example = {
        "id": 18, "office": 1, "list": 3, "hospital_no": "12", "hospital_no_child": "", "hospital_no_mother": "",
        "mother": "Naw Paw", "born_on": "2026-11-23", "time": None, "sex": "F", "weight_g": 3100, "phone": "",
        "state": "waiting", "is_begun": False, "birth": None, "likely": 12, "not_ours": "", "reason": "",
        "settled_by": None, "settled_at": None,
    }  # fmt: skip

    class Meta:
        model = WardBirth
        fields = (
            "id", "office", "list", "hospital_no", "hospital_no_child", "hospital_no_mother", "mother", "born_on",
            "time", "sex", "weight_g", "phone", "state", "is_begun", "birth", "likely", "not_ours", "reason",
            "settled_by", "settled_at",
        )  # fmt: skip

    def get_is_begun(self, row: WardBirth) -> bool:
        """Whether an intake was begun."""
        return row.draft_id is not None


class WardBirthsAsked(Told):
    """Filter of the list."""

    view = serializers.ChoiceField(choices=[(view.key, view.label) for view in asked.VIEWS], default="waiting")


class MetTold(Told):
    """Which record the reported birth is."""

    birth = RowField(visible_births)
    example = {"birth": 12}


class NotOursTold(Told):
    """Why a reported birth gets no case here."""

    why = serializers.ChoiceField(choices=NotOurs.choices)
    reason = optional_line(200)
    example = {"why": "thai", "reason": ""}


class WardBirths(OfOneWard, Listed, Detailed):
    """Births on the lists of the wards, the oldest first: it has the fewest days left."""

    model = WardBirth
    shown = WardBirthShown
    asked = WardBirthsAsked
    ordering = "born_on"

    def rows(self) -> models.QuerySet:
        seen = BirthRecord.objects.visible_to(self.request.user).filter(pk=OuterRef("likely"))
        return super().rows().annotate(likely_seen=Subquery(seen.order_by().values("pk")[:1]))

    def listed(self, asked_: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(asked.VIEW_BY_KEY[asked_["view"]].condition)

    @act("meet", policy=USE, told=MetTold)
    def meet(self, values: dict[str, Any]) -> None:
        """Note which record the reported birth is."""
        services.meet(row=self.row, birth=values["birth"], **self.by_now)

    @act("not-ours", policy=USE, told=NotOursTold)
    def leave_out(self, values: dict[str, Any]) -> None:
        """Say that a reported birth gets no case here, and why."""
        services.leave_out(row=self.row, **values, **self.by_now)

    @act("take-back", policy=USE)
    def take_back(self, values: dict[str, Any]) -> None:
        """Let a settled line wait again."""
        services.take_back(row=self.row, **self.by_now)


class WardCountShown(Shown):
    """How many births of non-Thai mothers a hospital says a month had."""

    example = {"id": 2, "office": 1, "facility": 1, "month": "2026-10-01", "births": 120, "source": "Monthly sheet"}

    class Meta:
        model = ReportedBirths
        fields = ("id", "office", "facility", "month", "births", "source")


class WardCountTold(ToldOf):
    """The number of a month; any day of it names the month. A later number replaces it."""

    facility = RowField(_hospitals)
    month = Day()
    example = {"facility": 1, "month": "2026-10-01", "births": 120, "source": "Monthly sheet"}

    class Meta:
        model = ReportedBirths
        fields = ("facility", "month", "births", "source")

    def validate_month(self, month: date) -> date:
        oldest = add_months(timezone.localdate().replace(day=1), 1 - MONTHS_BACK)
        if month < oldest:
            raise serializers.ValidationError(_("Choose one of the last 12 months."), code="E-CHOICE-1")
        return month


class WardCounts(OfOneWard, Listed, Detailed, Created):
    """The numbers that hospitals reported."""

    model = ReportedBirths
    shown = WardCountShown
    create_told = WardCountTold

    def made(self, told: dict[str, Any]) -> ReportedBirths:
        return services.report_births(office=self.office, **told, **self.at_once)
