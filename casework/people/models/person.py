"""A person, their names in all scripts and their papers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.kernel.dates import BirthDate, Precision
from casework.kernel.models import Removable, Stamped
from casework.people.names import as_called
from casework.people.querysets import OfPersonQuerySet, PersonQuerySet
from casework.people.states import NameKind, PaperType, Script, Sex, SpokenLanguage, Verification

UNSORTED_KB = 64
"""How many new entries an index keeps unsorted: each search reads all of them, and the usual 4 MB take 50 ms."""


class Person(Stamped, Removable):
    """A child or an adult, known once, whatever the programme."""

    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    born_on = models.DateField(
        _("born on"), null=True, blank=True, help_text="first day of what is known; see precision"
    )
    born_precision = models.CharField(
        _("how sure"), max_length=10, choices=Precision.choices, default=Precision.UNKNOWN
    )
    born_as_told = models.CharField(_("birth date as told or written"), max_length=80, blank=True)
    died_on = models.DateField(_("died on"), null=True, blank=True)
    languages = ArrayField(models.CharField(max_length=6, choices=SpokenLanguage.choices), default=list, blank=True)
    needs_interpreter = models.BooleanField(_("needs an interpreter"), default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")

    rows = models.Manager.from_queryset(PersonQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.CheckConstraint(
                condition=Q(born_precision=Precision.UNKNOWN, born_on__isnull=True)
                | (~Q(born_precision=Precision.UNKNOWN) & Q(born_on__isnull=False)),
                name="A birth date stands exactly when its precision says so",
            ),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(born_on__isnull=True) | Q(died_on__gte=models.F("born_on")),
                name="Nobody dies before they are born",
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def birth(self) -> BirthDate:
        """The birth date with how sure it is."""
        return BirthDate(self.born_on, Precision(self.born_precision))

    def last_day(self, today: date) -> date:
        """Today, or the day on which the person died: nobody grows older after it."""
        return self.died_on or today

    def name_list(self) -> list[PersonName]:
        """All names, the primary first and earlier ones last; uses a prefetch when there is one.

        A record whose names went over to the one it was merged into is called as that one.
        """
        names = self.names.all()
        if not names and self.merged_into is not None:
            return self.merged_into.name_list()
        return sorted(names, key=lambda name: (not name.is_primary, name.kind == NameKind.PREVIOUS, name.pk))

    def record_now(self) -> Person:
        """The record this one was merged into, or itself."""
        now = self
        while now.merged_into is not None:
            now = now.merged_into
        return now

    def current_names(self) -> list[PersonName]:
        """The names that are used now, the primary first."""
        return [name for name in self.name_list() if name.is_primary or name.kind != NameKind.PREVIOUS]

    def own_names(self) -> list[PersonName]:
        """The names that are used now, without what a child is called until it has one."""
        return [name for name in self.current_names() if name.kind != NameKind.BABY_OF]

    @property
    def name(self) -> str:
        """The primary name as written; of a child that has none yet what its reader calls it."""
        names = self.name_list()
        return as_called(names[0].full) if names else ""

    def name_in(self, script: str) -> str:
        """The name in one script that is used now, or nothing."""
        return next((name.full for name in self.current_names() if name.script == script), "")

    def called_in(self, script: str) -> str:
        """The name in one script; of a child that has none yet, what it is called in that script."""
        names, written = self.name_list(), self.name_in(script)
        is_unnamed = names and names[0].kind == NameKind.BABY_OF
        return as_called(names[0].full, script) if is_unnamed and not written else written

    @property
    def other_names(self) -> list[PersonName]:
        """The names beside the primary one."""
        return self.name_list()[1:]

    def access_places(self) -> list[tuple[int, list[str]]]:
        """Every office and programme through which the person is reached."""
        reach = self.reach.live().values_list("office_id", "programme")
        return [(office_id, [programme]) for office_id, programme in reach if office_id is not None]

    def access_place(self) -> tuple[int | None, list[str]]:
        """The first office and programme through which the person is reached."""
        return next(iter(self.access_places()), (0, []))

    def is_assigned(self, user: Any) -> bool:
        """Whether a case of the person is assigned to the user now."""
        return self.reach.live().filter(user_id=user.pk).exists()


class PersonName(models.Model):
    """One name of a person, as written in any script; exactly one per person is primary."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="names")
    kind = models.CharField(_("kind"), max_length=16, choices=NameKind.choices, default=NameKind.AS_SPOKEN)
    full = models.CharField(_("full name"), max_length=200)
    honorific = models.CharField(_("title"), max_length=20, blank=True)
    script = models.CharField(_("script"), max_length=4, choices=Script.choices)
    is_primary = models.BooleanField(_("main name"), default=False)
    search_key = models.CharField(max_length=300, editable=False)
    phonetic_key = models.CharField(max_length=300, editable=False)
    sort_key = models.CharField(max_length=300, editable=False)

    rows = models.Manager.from_queryset(OfPersonQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(is_primary=True), name="A person has one main name"),
            models.CheckConstraint(condition=~Q(full=""), name="A name is not empty"),
        ]
        indexes = [
            GinIndex(
                fields=["search_key"],
                name="people_name_trigrams",
                opclasses=["gin_trgm_ops"],
                gin_pending_list_limit=UNSORTED_KB,
            ),
            models.Index(fields=["phonetic_key"], name="people_name_sound"),
        ]

    def __str__(self) -> str:
        return f"name of person {self.person_id}"


class IdentityDocument(Stamped):
    """A paper that says who a person is. Numbers are text: leading zeros survive."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="papers")
    type = models.CharField(_("paper"), max_length=30, choices=PaperType.choices)
    number = models.CharField(_("number"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    name_as_written = models.CharField(_("name as written"), max_length=200, blank=True)
    born_as_written = models.CharField(_("birth date as written"), max_length=40, blank=True)
    original_seen = models.BooleanField(_("original seen"), default=False)
    seen_on = models.DateField(null=True, blank=True)
    verification = models.CharField(
        _("checked"), max_length=24, choices=Verification.choices, default=Verification.NOT_CHECKED
    )
    is_current = models.BooleanField(default=True)
    is_invented = models.BooleanField(default=False, help_text="a child's number that was typed for practice")

    rows = models.Manager.from_queryset(OfPersonQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True)
                | Q(expires_on__isnull=True)
                | Q(expires_on__gte=models.F("issued_on")),
                name="A paper expires after it was issued",
            ),
            models.UniqueConstraint(
                fields=["type", "number", "is_invented"],
                condition=Q(type=PaperType.CHILD_NUMBER, is_current=True) & ~Q(number=""),
                name="A 13-digit child number belongs to one child",
            ),
        ]
        indexes = [models.Index(fields=["number"], name="people_paper_number")]

    def __str__(self) -> str:
        return f"{self.type} of person {self.person_id}"
