"""Pairs that look alike over the API: compared, decided, merged and taken apart by who sees both records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from rest_framework import serializers

from casework.access.policies import Policy
from casework.audit.services import record_event
from casework.people.models import DuplicateHit
from casework.people.queries.desk import waiting_hits
from casework.people.services import duplicates
from casework.people.services.merging import DROPPED, FIELDS, KEPT
from casework.people.states import Decision
from casework.ui.api.resources import Detailed, Listed, act
from casework.ui.api.serializers import MOST_ID, ReasonTold, Shown, Told, optional_line

from .persons import PersonLine


class DuplicateShown(Shown):
    """Two records that look alike, why, and what was decided of them."""

    first, second = PersonLine(), PersonLine()
    evidence = serializers.SerializerMethodField()
    example = {
        "id": 3, "first": PersonLine.example, "second": {**PersonLine.example, "id": 58}, "band": "high",
        "evidence": {"labels": ["D2"], "facts": ["mother_name", "birth_date"], "against": []}, "state": "open",
        "decision": "", "reason": "", "decided_by": None, "keep": None, "choices": {},
    }  # fmt: skip

    class Meta:
        model = DuplicateHit
        fields = (
            "id", "first", "second", "band", "evidence", "state", "decision", "reason", "decided_by", "keep", "choices",
        )  # fmt: skip

    def get_evidence(self, pair: DuplicateHit) -> dict[str, list[str]]:
        return {key: list(pair.evidence.get(key, [])) for key in ("labels", "facts", "against")}


class LikenessTold(Told):
    """The same child, twins or siblings, or another child.

    For the same child `keep` is the record that stays, and `choices` says of which record a value is taken.
    """

    decision = serializers.ChoiceField(choices=Decision.choices)
    reason = optional_line(300)
    keep = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False, allow_null=True, default=None)
    choices = serializers.DictField(child=serializers.ChoiceField(choices=[KEPT, DROPPED]), default=dict)
    example = {"decision": "different", "reason": "Both children were seen on one day"}

    def validate_choices(self, choices: Mapping[str, str]) -> dict[str, str]:
        if set(choices) - set(FIELDS):
            raise serializers.ValidationError(_("This field is not known here."), code="E-FIELD-1")
        return dict(choices)


class Duplicates(Listed, Detailed):
    """Pairs of which the person sees both records, those that wait in the list."""

    policy = Policy(action="people.duplicate.see")
    model = DuplicateHit
    shown = DuplicateShown
    merged: DuplicateHit | None = None
    """The pair that was merged just now: one of its records is not seen any more."""

    def rows(self) -> models.QuerySet:
        rows: Any = super().rows()
        people = ("first__names", "second__names")
        return rows.decidable_by(self.request.user).select_related("first", "second").prefetch_related(*people)

    def load(self, *, locked: bool = False) -> Any:
        return self.merged or super().load(locked=locked)

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(pk__in=waiting_hits(self.request.user).values("pk"))

    def opened(self, row: DuplicateHit) -> None:
        record_event("people.duplicate.opened", actor=self.request.user, subject=row)

    @act("decide", policy=Policy(action="people.duplicate.decide"), told=LikenessTold)
    def decide(self, told: dict[str, Any]) -> None:
        """Say what they are; “the same child” proposes a merge, which somebody else confirms."""
        keep = next((side for side in (self.row.first, self.row.second) if side.pk == told["keep"]), None)
        duplicates.decide(hit=self.row, **{**told, "keep": keep}, **self.by_now)

    @act("reopen", policy=Policy(action="people.duplicate.decide"), told=ReasonTold)
    def reopen(self, told: dict[str, Any]) -> None:
        """Take a decision back, a merge only while it is not confirmed."""
        duplicates.reopen(hit=self.row, reason=told["reason"], by=self.request.user)

    @act("confirm-merge", policy=Policy(action="people.merge.confirm"))
    def confirm_merge(self, told: dict[str, Any]) -> None:
        """Merge the records as somebody else proposed."""
        duplicates.confirm_merge(hit=self.row, **self.by_now)
        self.row.refresh_from_db()
        self.merged = self.row
