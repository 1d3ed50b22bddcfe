"""Pairs of which another office has the second record: what speaks for them, and the question to that office."""

from __future__ import annotations

from typing import Any

from django.db import models
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casework.access.policies import Policy
from casework.people.models import DuplicateHit, Person
from casework.people.queries.desk import waiting_hits
from casework.people.services import asking
from casework.people.states import OfficeAnswer
from casework.ui.api.resources import Detailed, Listed, act
from casework.ui.api.serializers import Shown, Told, optional_line

from .persons import PersonLine


class ElsewhereShown(Shown):
    """A record that looks like one of another office, of which nothing is told but why, and the question about it."""

    mine = serializers.SerializerMethodField()
    facts = serializers.SerializerMethodField()
    asks_us = serializers.SerializerMethodField(help_text="whether the other office waits for this one’s answer")
    example = {
        "id": 3, "mine": PersonLine.example, "band": "high", "facts": ["mother_name", "birth_date"], "question": "",
        "asked_by": None, "asked_at": None, "asks_us": False, "answer": "", "answer_text": "", "answered_by": None,
        "answered_at": None,
    }  # fmt: skip

    class Meta:
        model = DuplicateHit
        fields = (
            "id", "mine", "band", "facts", "question", "asked_by", "asked_at", "asks_us", "answer", "answer_text",
            "answered_by", "answered_at",
        )  # fmt: skip

    @extend_schema_field(PersonLine)
    def get_mine(self, pair: Any) -> Any:
        return PersonLine(pair.first if pair.sees_first else pair.second).data

    def get_asks_us(self, pair: Any) -> bool:
        return bool(pair.waits_for_answer and pair.asked_by_first != pair.sees_first)

    def get_facts(self, pair: DuplicateHit) -> list[str]:
        return list(pair.evidence.get("facts", []))


class QuestionTold(Told):
    """What the other office should look at."""

    question = optional_line(300)
    example = {"question": "Is this the daughter of Naw Paw from Phop Phra?"}


class LikenessAnswerTold(Told):
    """What one's own record is, and how one knows; or that one will call."""

    answer = serializers.ChoiceField(choices=OfficeAnswer.choices)
    text = optional_line(300)
    example = {"answer": "different", "text": "Ours was born in Ranong, we saw both certificates"}


class DuplicatesElsewhere(Listed, Detailed):
    """Pairs that wait, of which the person sees one record, and the other is no sealed one."""

    policy = Policy(action="people.duplicate.see")
    model = DuplicateHit
    shown = ElsewhereShown
    answered: DuplicateHit | None = None
    """The pair that was answered just now: “another child” waits no longer."""

    def load(self, *, locked: bool = False) -> Any:
        return self.answered or super().load(locked=locked)

    def rows(self) -> models.QuerySet:
        user, rows = self.request.user, super().rows()
        both = DuplicateHit.objects.visible_to(user).decidable_by(user)
        mine = models.Q(first__in=Person.objects.visible_to(user).values("pk"))
        told: Any = rows.filter(pk__in=waiting_hits(user).values("pk")).exclude(pk__in=both.values("pk"))
        people = ("first__names", "second__names")
        return told.told_to(user).annotate(sees_first=mine).select_related("first", "second").prefetch_related(*people)

    @act("ask", policy=Policy(action="people.duplicate.decide"), told=QuestionTold)
    def ask_other_office(self, told: dict[str, Any]) -> None:
        """Ask the office that has the other record; the question stands on its list."""
        asking.ask_other_office(hit=self.row, question=told["question"], **self.by_now)

    @act("answer", policy=Policy(action="people.duplicate.decide"), told=LikenessAnswerTold)
    def answer_other_office(self, told: dict[str, Any]) -> None:
        """Answer the office that asks about one's own record; “another child” decides the pair for both."""
        asking.answer_other_office(hit=self.row, **told, **self.by_now)
        self.row.refresh_from_db()
        self.answered = self.row
