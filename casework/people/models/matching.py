"""What makes two records look alike, what was decided, and merges."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.people.querysets import UNSAID, HitQuerySet, MatchKeyQuerySet
from casework.people.states import Decision, HitState, OfficeAnswer

from .person import UNSORTED_KB, Person


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

    objects = MatchKeyQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["blocks"], name="people_match_blocks", gin_pending_list_limit=UNSORTED_KB),
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
    asked_by_first = models.BooleanField(
        default=False, help_text="whose office asks: of the first child, or the second"
    )
    answer = models.CharField(_("answer"), max_length=10, choices=OfficeAnswer.choices, blank=True)
    answer_text = models.CharField(_("what the other office said"), max_length=300, blank=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
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

    @property
    def asking_id(self) -> int:
        """The child for whose sake the office of the other one was asked."""
        return self.first_id if self.asked_by_first else self.second_id

    @property
    def waits_for_answer(self) -> bool:
        """Whether the other office was asked and has not said yet what its record is."""
        return self.state == HitState.OPEN and self.asked_at is not None and self.answer in UNSAID

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
