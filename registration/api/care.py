"""Hard births: the child died, the mother is a child herself."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from rest_framework import serializers

from casework.cases.api.base import colleague_named
from casework.ui.api.resources import Resource, act
from casework.ui.api.serializers import MOST_ID, Day, Partly, ReasonTold, Shown, Told, ToldOf, optional_line
from registration.models import ChildDeath, YoungMother
from registration.queries.care import death_of, young_mother_on
from registration.queries.panel import is_child_mother
from registration.services import deaths, young_mothers

from .base import EDIT, REOPEN


class DeathShown(Shown):
    """The child died: what was notified, and until when the death must be."""

    class Meta:
        model = ChildDeath
        fields = (
            "died_on", "is_stillbirth", "told_by", "death_due_on", "birth_notified_on", "death_notified_on",
            "help_answer",
        )  # fmt: skip


class YoungMotherShown(Shown):
    """What was done for a mother under 18. What she said stands on the page only."""

    class Meta:
        model = YoungMother
        fields = ("spoken_alone", "spoken_by", "spoken_on", "consent_by", "report_due_on", "reported_on", "reported_to")


class DeathTold(Told):
    """The child died, or was born dead; then without a day it is the day of birth."""

    died_on = Day(required=False, allow_null=True, default=None)
    is_stillbirth = serializers.BooleanField(default=False)
    told_by = optional_line(120)
    example = {"died_on": "2026-11-24", "told_by": "The grandmother"}


class NotifiedTold(Partly, ToldOf):
    """When birth and death were notified, and whether the family wants help; what is left out stays."""

    example = {"death_notified_on": "2026-11-25", "help_answer": "wanted"}

    class Meta:
        model = ChildDeath
        fields = ("birth_notified_on", "death_notified_on", "help_answer")


class YoungMotherTold(Partly, ToldOf):
    """Who spoke with her and who decides with her, and the report; what is left out stays."""

    example = {"spoken_alone": True, "spoken_on": "2026-11-24", "consent_by": "herself"}

    class Meta:
        model = YoungMother
        columns = (
            "spoken_alone", "spoken_on", "interpreter", "consent_by", "consent_note", "reported_on", "reported_to",
        )  # fmt: skip
        fields = columns


class MothersLeadTold(Told):
    """Who leads the mother's own case."""

    lead = serializers.IntegerField(min_value=1, max_value=MOST_ID, help_text="a colleague of the office of the birth")
    example = {"lead": 3}


class Care(Resource):
    """What is written down of a death, and of a mother under 18."""

    @act("died", policy=EDIT, told=DeathTold)
    def record_death(self, values: dict[str, Any]) -> None:
        """Write down that the child died: services and referrals of this child end; birth and death are notified."""
        deaths.record_child_death(birth=self.row, **values, **self.at_once)

    @act("died/notified", policy=EDIT, told=NotifiedTold)
    def note_death_notified(self, values: dict[str, Any]) -> None:
        """Write down when birth and death were notified."""
        death = self._death()
        held = {name: getattr(death, name) for name in NotifiedTold.Meta.fields}
        deaths.note_death_notified(death=death, **{**held, **values}, **self.by)

    @act("died/take-back", policy=REOPEN, told=ReasonTold)
    def take_back_death(self, values: dict[str, Any]) -> None:
        """The death was written down by mistake; a supervisor takes it back."""
        deaths.take_back_death(death=self._death(), reason=values["reason"], **self.by)

    def _death(self) -> ChildDeath:
        found = death_of(self.row)
        if found is None:
            raise Http404
        return found

    @act("young-mother", policy=EDIT, told=YoungMotherTold)
    def record_young_mother(self, values: dict[str, Any]) -> None:
        """Write down of a mother under 18 who spoke with her and who decides with her, and the report."""
        self._insist_on_young_mother()
        row = young_mother_on(self.row) or YoungMother(birth=self.row)
        held = {name: getattr(row, name) for name in YoungMotherTold.Meta.columns}
        young_mothers.record_young_mother(birth=self.row, values={**held, **values}, **self.by)

    @act("young-mother/open-case", policy=EDIT, told=MothersLeadTold)
    def open_mothers_case(self, values: dict[str, Any]) -> None:
        """Open the mother's own case; the one she has already is linked instead."""
        self._insist_on_young_mother()
        lead = colleague_named(self.row.office_id, values["lead"], field="lead")
        young_mothers.open_mothers_case(birth=self.row, lead=lead, **self.at_once)

    def _insist_on_young_mother(self) -> None:
        if not is_child_mother(self.row):
            raise Http404
