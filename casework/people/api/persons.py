"""Persons over the API: found by name or number, read with hidden paper numbers; names, facts and papers put right."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Prefetch
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from casework.access.policies import Policy
from casework.audit.services import record_event
from casework.people import identifiers
from casework.people.models import IdentityDocument, Person, PersonName
from casework.people.queries.search import LONGEST_QUERY, find_people
from casework.people.services import merging, papers, persons
from casework.people.states import SEEN_VERIFICATIONS, NameKind, SpokenLanguage
from casework.ui.api.resources import Detailed, Listed, Spec, act
from casework.ui.api.serializers import (
    BirthDateShown,
    BirthDateTold,
    Line,
    Partly,
    ReasonTold,
    Shown,
    Told,
    ToldOf,
)  # fmt: skip

from .base import EDIT, NUMBER, REVEAL, SEE, Acknowledging
from .families import Families


class NameShown(Shown):
    """One name as written."""

    class Meta:
        model = PersonName
        fields = ("id", "full", "script", "kind", "is_primary")


class IdentityPaperShown(Shown):
    """An identity paper; of its number only the last three characters."""

    number = serializers.SerializerMethodField()

    class Meta:
        model = IdentityDocument
        fields = ("id", "type", "number", "country", "issued_on", "expires_on", "verification", "is_current")

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
        "names": [{"id": 77, "full": "Nan Wah", "script": "Latn", "kind": "as_spoken", "is_primary": True}],
        "born_as_told": "", "died_on": None, "languages": ["my"], "needs_interpreter": False, "papers": [],
        "merged_into": None,
    }  # fmt: skip

    class Meta(PersonLine.Meta):
        fields = (
            *PersonLine.Meta.fields, "born_as_told", "died_on", "languages", "needs_interpreter", "names", "papers",
            "merged_into",
        )  # fmt: skip


class WholeNumberShown(serializers.Serializer):
    """The number of an identity paper, with every character."""

    number = serializers.CharField()
    example: ClassVar[Any] = {"number": "MC0123456"}


class NameTold(Acknowledging):
    """A name in any script, as the family or the paper writes it."""

    name = Line(max_length=200, allow_blank=True)
    kind = serializers.ChoiceField(choices=NameKind.choices, default=NameKind.AS_SPOKEN)
    is_primary = serializers.BooleanField(default=False, help_text="use it as the main name")
    example = {"name": "နန်းဝါ", "kind": "as_spoken"}


class NameChange(Acknowledging):
    """A name as it is written now. With `keep_former` the former spelling stays as an earlier name."""

    name = Line(max_length=200, allow_blank=True)
    kind = serializers.ChoiceField(choices=NameKind.choices, required=False)
    keep_former = serializers.BooleanField(default=False)
    example = {"name": "Nan Wah Wah", "keep_former": True}


class PersonFactsTold(Partly, ToldOf):
    """Birth date, sex and languages; what is left out stays. `reason` says why the date is another."""

    birth = BirthDateTold()
    languages = serializers.ListField(child=serializers.ChoiceField(choices=SpokenLanguage.choices), max_length=20)
    reason = Line(max_length=200, allow_blank=True)
    example = {"birth": BirthDateTold.example, "sex": "F", "reason": "Seen on the delivery paper"}

    class Meta:
        model = Person
        fields = ("sex", "birth", "born_as_told", "languages", "needs_interpreter", "reason")


class PersonPaperTold(Acknowledging, ToldOf):
    """An identity paper, and how it was checked."""

    example = {"type": "passport", "number": "MC0123456", "country": "MM", "verification": "seen_original"}

    class Meta:
        model = IdentityDocument
        fields = (
            "type", "number", "country", "issued_on", "expires_on", "issuer", "name_as_written", "born_as_written",
            "verification", "acknowledged",
        )  # fmt: skip
        extra_kwargs = {"verification": {"required": True}}

    @staticmethod
    def values(told: dict[str, Any]) -> dict[str, Any]:
        """As the services take it."""
        seen = {"original_seen": told["verification"] in SEEN_VERIFICATIONS} if "verification" in told else {}
        return {"acknowledged": (), **told, **seen}


class PersonPaperChange(Partly, PersonPaperTold):
    """What is otherwise of a paper; what is left out stays."""

    example = {"expires_on": "2030-01-31"}


class PersonsAsked(Told):
    """A name in any script and spelling, a paper, phone or hospital number."""

    q = Line(max_length=LONGEST_QUERY, required=False)


class Persons(Families, Listed, Detailed):
    """Persons within one's reach."""

    policy = SEE
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

    @act("change-facts", policy=EDIT, told=PersonFactsTold)
    def change_facts(self, told: dict[str, Any]) -> None:
        """Put birth date, sex and languages right; what rests on them is looked at again."""
        birth = BirthDateTold.value(told.pop("birth")) if "birth" in told else self.row.birth
        as_told, reason = told.pop("born_as_told", None), told.pop("reason", "")
        persons.change_birth(person=self.row, birth=birth, born_as_told=as_told, reason=reason, **self.by)
        persons.change_facts(person=self.row, by=self.request.user, **told)

    @act("add-name", policy=EDIT, told=NameTold)
    def add_name(self, told: dict[str, Any]) -> None:
        """Add a name in any script."""
        persons.add_name(person=self.row, full=told.pop("name"), by=self.request.user, **told)

    @act(rf"names/(?P<name>{NUMBER})/change", policy=EDIT, told=NameChange)
    def change_name(self, told: dict[str, Any], name: str) -> None:
        """Put a name right."""
        row = self.get_part(self.row.names, name)
        persons.change_name(name=row, full=told.pop("name"), by=self.request.user, **told)

    @act(rf"names/(?P<name>{NUMBER})/make-main", policy=EDIT)
    def make_name_main(self, told: dict[str, Any], name: str) -> None:
        """Make a name the main one."""
        persons.make_name_primary(name=self.get_part(self.row.names, name), by=self.request.user)

    @act(rf"names/(?P<name>{NUMBER})/remove", policy=EDIT)
    def remove_name(self, told: dict[str, Any], name: str) -> None:
        """Take a name away; not the last one, and not the main one while there are others."""
        persons.remove_name(name=self.get_part(self.row.names, name), by=self.request.user)

    @act("add-paper", policy=EDIT, told=PersonPaperTold)
    def add_paper(self, told: dict[str, Any]) -> None:
        """Add an identity paper."""
        papers.add_paper(person=self.row, **PersonPaperTold.values(told), **self.by)

    @act(rf"papers/(?P<paper>{NUMBER})/change", policy=EDIT, told=PersonPaperChange)
    def change_paper(self, told: dict[str, Any], paper: str) -> None:
        """Put right what was written of a paper."""
        row = self.get_part(self.row.papers, paper)
        papers.change_paper(paper=row, **PersonPaperTold.values(told), **self.by)

    @act(rf"papers/(?P<paper>{NUMBER})/replace", policy=EDIT, told=PersonPaperTold)
    def replace_paper(self, told: dict[str, Any], paper: str) -> None:
        """Add the paper that takes another one’s place; the former is kept as an earlier one."""
        row = self.get_part(self.row.papers, paper)
        papers.replace_paper(paper=row, **PersonPaperTold.values(told), **self.by)

    @act(rf"papers/(?P<paper>{NUMBER})/retire", policy=EDIT)
    def retire_paper(self, told: dict[str, Any], paper: str) -> None:
        """Say that a paper no longer holds."""
        papers.retire_paper(paper=self.get_part(self.row.papers, paper), by=self.request.user)

    @action(detail=True, methods=["get"], url_path=rf"papers/(?P<paper>{NUMBER})/number")
    def paper_number(self, request: Request, pk: str, paper: str) -> Response:
        """The whole number of a paper. Every look stands in the history."""
        row = self.get_part(self.row.papers, paper)
        return Response(WholeNumberShown({"number": papers.reveal_number(paper=row, by=request.user)}).data)

    paper_number.spec = Spec(policy=REVEAL, shown=WholeNumberShown)  # type: ignore[attr-defined]

    @act("undo-merge", policy=Policy(action="people.merge.undo"), told=ReasonTold)
    def undo_merge(self, told: dict[str, Any]) -> None:
        """Take the newest merge into this record back, within 30 days."""
        merging.unmerge(merged=merging.newest_merge(self.row), reason=told["reason"], **self.at_once)
