"""Persons over the API: found by name or number, read with hidden paper numbers."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Prefetch
from rest_framework import serializers

from casework.access.policies import Policy
from casework.audit.services import record_event
from casework.people import identifiers
from casework.people.models import IdentityDocument, Person, PersonName
from casework.people.queries.search import LONGEST_QUERY, find_people
from casework.ui.api.resources import Detailed, Listed
from casework.ui.api.serializers import BirthDateShown, Line, Shown, Told


class NameShown(Shown):
    """One name as written."""

    class Meta:
        model = PersonName
        fields = ("full", "script", "kind", "is_primary")


class IdentityPaperShown(Shown):
    """An identity paper; of its number only the last three characters."""

    number = serializers.SerializerMethodField()

    class Meta:
        model = IdentityDocument
        fields = ("type", "number", "country", "issued_on", "expires_on", "verification", "is_current")

    def get_number(self, paper: IdentityDocument) -> str:
        return identifiers.mask(paper.number)


class PersonLine(Shown):
    """A person in a list."""

    name = serializers.CharField()
    birth = BirthDateShown()
    example = {"id": 41, "name": "Nan Wah", "birth": {"on": "2026-11-20", "precision": "exact"}, "sex": "F"}

    class Meta:
        model = Person
        fields: tuple[str, ...] = ("id", "name", "birth", "sex")


class PersonShown(PersonLine):
    """A person with names and papers."""

    names = NameShown(source="name_list", many=True)
    papers = IdentityPaperShown(many=True)
    example = {
        **PersonLine.example,
        "names": [{"full": "Nan Wah", "script": "Latn", "kind": "as_spoken", "is_primary": True}],
        "papers": [],
        "merged_into": None,
    }

    class Meta(PersonLine.Meta):
        fields = (*PersonLine.Meta.fields, "names", "papers", "merged_into")


class PersonsAsked(Told):
    """A name in any script and spelling, a paper, phone or hospital number."""

    q = Line(max_length=LONGEST_QUERY, required=False)


class Persons(Listed, Detailed):
    """Persons within one's reach."""

    policy = Policy(action="people.person.see")
    model = Person
    shown = PersonShown
    line = PersonLine
    asked = PersonsAsked

    def rows(self) -> models.QuerySet:
        names = Prefetch("names", queryset=PersonName.objects.visible_to(self.request.user))
        return super().rows().prefetch_related(names)

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        rows = self.rows().current()  # type: ignore[attr-defined]
        if not asked.get("q"):
            return rows
        return rows.filter(pk__in=[found.person_id for found in find_people(asked["q"], self.request.user)])

    def opened(self, row: Person) -> None:
        record_event("people.person.opened", actor=self.request.user, subject=row)
