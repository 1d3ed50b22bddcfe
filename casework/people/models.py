"""Persons, their names in all scripts, papers, families and contacts, and what makes two records look alike."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Right
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.kernel.dates import BirthDate, Precision
from casework.kernel.models import Stamped

from .querysets import FamilyQuerySet, HitQuerySet, OfPersonQuerySet, PersonQuerySet, PhoneQuerySet
from .states import (
    ContactRule,
    Decision,
    FamilyRole,
    HitState,
    NameKind,
    PaperType,
    Script,
    Sex,
    SpokenLanguage,
    Verification,
)


class Person(Stamped):
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

    def name_list(self) -> list[PersonName]:
        """All names, the primary first; uses a prefetch when there is one."""
        return sorted(self.names.all(), key=lambda name: (not name.is_primary, name.pk))

    @property
    def name(self) -> str:
        """The primary name as written."""
        names = self.name_list()
        return names[0].full if names else ""

    def name_in(self, script: str) -> str:
        """The name in one script, or nothing."""
        return next((name.full for name in self.name_list() if name.script == script), "")

    @property
    def other_names(self) -> list[PersonName]:
        """The names beside the primary one."""
        return self.name_list()[1:]

    def access_places(self) -> list[tuple[int, list[str]]]:
        """Every office and programme through which the person is reached."""
        reach = self.reach.values_list("office_id", "programme")
        return [(office_id, [programme]) for office_id, programme in reach if office_id is not None]

    def access_place(self) -> tuple[int | None, list[str]]:
        """The first office and programme through which the person is reached."""
        return next(iter(self.access_places()), (0, []))

    def is_assigned(self, user: Any) -> bool:
        """Whether a case of the person is assigned to the user."""
        return self.reach.filter(user_id=user.pk).exists()


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
            GinIndex(fields=["search_key"], name="people_name_trigrams", opclasses=["gin_trgm_ops"]),
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
                fields=["type", "number"],
                condition=Q(type=PaperType.CHILD_NUMBER, is_current=True) & ~Q(number=""),
                name="A 13-digit child number belongs to one child",
            ),
        ]
        indexes = [models.Index(fields=["number"], name="people_paper_number")]

    def __str__(self) -> str:
        return f"{self.type} of person {self.person_id}"


class Family(Stamped):
    """People who live together, with an address. A child may have lived in several families."""

    address_text = models.CharField(_("address"), max_length=300, blank=True)
    place_code = models.CharField(_("sub-district code"), max_length=6, blank=True)
    contact_note = models.CharField(_("contact note"), max_length=300, blank=True)

    rows = models.Manager.from_queryset(FamilyQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "families"

    def __str__(self) -> str:
        return f"family {self.pk}"


class FamilyMember(models.Model):
    """A person's place in a family, with dates."""

    family = models.ForeignKey(Family, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=14, choices=FamilyRole.choices)
    is_main_carer = models.BooleanField(_("main carer"), default=False)
    since_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    rows = models.Manager.from_queryset(OfPersonQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.UniqueConstraint(
                fields=["family", "person"],
                condition=Q(until_on__isnull=True),
                name="A person stands once in a family",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} in family {self.family_id}"


class Phone(models.Model):
    """A phone number, whose it is and what may be said on it."""

    family = models.ForeignKey(Family, models.CASCADE, related_name="phones")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="phones")
    number = models.CharField(_("phone"), max_length=20, help_text="national digits with the leading zero")
    whose = models.CharField(_("whose phone"), max_length=120, blank=True)
    rule = models.CharField(_("may we call"), max_length=10, choices=ContactRule.choices, default=ContactRule.SAFE)
    best_hour = models.CharField(_("best hour"), max_length=60, blank=True)
    may_say = models.CharField(_("what may be said"), max_length=200, blank=True)

    rows = models.Manager.from_queryset(PhoneQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        indexes = [
            models.Index(fields=["number"], name="people_phone_number"),
            models.Index(Right("number", 4), name="people_phone_tail"),
        ]

    def __str__(self) -> str:
        return f"phone of family {self.family_id}"


class PersonReach(models.Model):
    """Through which case a person is seen: its office, one of its programmes, its level, or one assigned user."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="reach")
    source_type = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    office_id = models.BigIntegerField(null=True)
    programme = models.CharField(max_length=40, blank=True)
    level = models.PositiveSmallIntegerField(default=2)
    user_id = models.BigIntegerField(null=True, help_text="set instead of office for one assigned person")

    class Meta:
        verbose_name_plural = "person reach"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "source_type", "source_id", "office_id", "programme", "user_id"],
                name="A reach is written once",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["office_id", "programme", "level"], name="people_reach_place"),
            models.Index(fields=["user_id"], name="people_reach_user"),
            models.Index(fields=["source_type", "source_id"], name="people_reach_source"),
        ]

    def __str__(self) -> str:
        return f"reach of person {self.person_id}"


class MatchKey(models.Model):
    """What the duplicate engine compares, without names: keys of the child and the mother, numbers, the birth."""

    child = models.OneToOneField(Person, models.CASCADE, related_name="match_key")
    child_keys = ArrayField(models.CharField(max_length=300), default=list)
    child_sounds = ArrayField(models.CharField(max_length=300), default=list)
    mother_keys = ArrayField(models.CharField(max_length=300), default=list)
    mother_sounds = ArrayField(models.CharField(max_length=300), default=list)
    blocks = ArrayField(models.CharField(max_length=80), default=list, help_text="blocking keys of the three passes")
    born_on = models.DateField(null=True)
    born_precision = models.CharField(max_length=10)
    sex = models.CharField(max_length=1)
    plurality = models.PositiveSmallIntegerField(default=1)
    birth_order = models.PositiveSmallIntegerField(null=True)
    mother_papers = ArrayField(models.CharField(max_length=80), default=list)
    phones = ArrayField(models.CharField(max_length=20), default=list)
    hospital_no = models.CharField(max_length=20, blank=True)
    certificate_no = models.CharField(max_length=60, blank=True)
    facility = models.CharField(max_length=80, blank=True)
    child_number = models.CharField(max_length=13, blank=True)
    weight_g = models.PositiveIntegerField(null=True, help_text="grams at birth")
    is_baby_of = models.BooleanField(default=False)
    office_id = models.BigIntegerField()
    is_sealed = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)

    class Meta:
        indexes = [
            GinIndex(fields=["blocks"], name="people_match_blocks"),
            models.Index(fields=["born_on"], name="people_match_born"),
        ]

    def __str__(self) -> str:
        return f"match key of person {self.child_id}"


class DuplicateHit(models.Model):
    """Two children who look alike, why, and what a person decided; the lower id stands first."""

    first = models.ForeignKey(Person, models.CASCADE, related_name="hits_first")
    second = models.ForeignKey(Person, models.CASCADE, related_name="hits_second")
    band = models.CharField(max_length=8, help_text="certain, high, medium, low")
    score = models.FloatField()
    evidence = models.JSONField(default=dict, help_text="labels (D1 to D6) and facts that agree")
    fingerprint = models.CharField(max_length=64, help_text="of the compared values; a change asks again")
    state = models.CharField(max_length=8, choices=HitState.choices, default=HitState.OPEN)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    found_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    question = models.CharField(_("question to the other office"), max_length=300, blank=True)
    keep = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="the record a merge shall keep"
    )
    choices = models.JSONField(default=dict, blank=True, help_text="field: kept or dropped, for the merge proposed")

    rows = models.Manager.from_queryset(HitQuerySet)()
    objects = GuardedManager()

    EDGES = {
        "state": {
            HitState.OPEN: {HitState.DECIDED, HitState.STALE},
            HitState.DECIDED: {HitState.OPEN},
            HitState.STALE: {HitState.OPEN},
        }
    }

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="Two children are compared once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="The lower person stands first"),
            models.CheckConstraint(
                condition=~Q(state=HitState.DECIDED) | ~Q(decision=""),
                name="A decided hit says what was decided",
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="people_hit_state")]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id} {self.band}"

    def access_places(self) -> list[tuple[int, list[str]]]:
        """The offices and programmes through which either child is reached."""
        return [*self.first.access_places(), *self.second.access_places()]

    def is_assigned(self, user: Any) -> bool:
        """Whether a case of either child is assigned to the user."""
        return self.first.is_assigned(user) or self.second.is_assigned(user)


class PersonMerge(models.Model):
    """Two records of one person made one: what was chosen and what moved, so that it can be undone for 30 days."""

    kept = models.ForeignKey(Person, models.PROTECT, related_name="merges_kept")
    dropped = models.ForeignKey(Person, models.PROTECT, related_name="merges_dropped")
    choices = models.JSONField(default=dict, help_text="field: kept or dropped")
    before = models.JSONField(default=dict, help_text="values of the kept record before the merge")
    moved = models.JSONField(default=dict, help_text="table: ids of the rows that moved to the kept record")
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    undone_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(confirmed_by=models.F("proposed_by")), name="Who proposes a merge does not confirm it"
            ),
            models.CheckConstraint(condition=~Q(kept=models.F("dropped")), name="Nobody is merged with themselves"),
            models.UniqueConstraint(
                fields=["dropped"], condition=Q(undone_at__isnull=True), name="A record is merged into one other"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dropped_id} into {self.kept_id}"


class ConflictOfInterest(models.Model):
    """A worker who is related to a person may not work on or decide for them."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="conflicts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="conflicts")
    reason = models.CharField(max_length=200)
    declared_on = models.DateField()

    class Meta:
        verbose_name_plural = "conflicts of interest"
        constraints = [models.UniqueConstraint(fields=["user", "person"], name="A conflict is declared once")]

    def __str__(self) -> str:
        return f"{self.user_id} and person {self.person_id}"
