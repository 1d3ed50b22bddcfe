"""The ward's weekly lists, the births on them, and what remains of them as a number."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.kernel.models import Removable, Stamped
from casework.people.states import Sex
from casework.reference.models import Facility
from registration import states as s
from registration.querysets import WardBirthQuerySet, WardQuerySet

from .record import BirthRecord


class OfWard(models.Model):
    """Base of the ward's lists: what a hospital reports to one office."""

    office: Any
    office_id: int
    rows = models.Manager.from_queryset(WardQuerySet)()
    objects = GuardedManager()

    class Meta:
        abstract = True

    def access_place(self) -> tuple[int, list[str]]:
        """Office and programme that decide who may work with it."""
        return self.office_id, ["registration"]


class WardList(OfWard, Stamped):
    """One list of births that the ward sent: how many were taken in, and which rows could not be read."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name=_("office"))
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+", verbose_name=_("hospital"))
    received_on = models.DateField(_("received on"))
    added = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0, help_text="stood on an earlier list")
    met = models.PositiveIntegerField(default=0, help_text="found among the records when it was taken in")
    refused = models.JSONField(default=list, help_text="[row of the sheet, sentence]; removed with the births")

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"ward list {self.pk}"


class WardBirth(OfWard, Removable):
    """A birth the ward reported, until the family is met or the time is over. It is no case."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    list = models.ForeignKey(WardList, models.CASCADE, related_name="births")
    key = models.CharField(max_length=120, help_text="what tells this birth from the others of the office")
    hospital_no = models.CharField(_("hospital number"), max_length=20, blank=True, help_text="of child or mother")
    hospital_no_child = models.CharField(_("hospital number, child"), max_length=20, blank=True)
    hospital_no_mother = models.CharField(_("hospital number, mother"), max_length=20, blank=True)
    mother = models.CharField(_("mother"), max_length=200, blank=True)
    born_on = models.DateField(_("born on"))
    time = models.TimeField(_("time of birth"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, blank=True)
    weight_g = models.PositiveIntegerField(_("weight at birth"), null=True, blank=True, help_text="grams")
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=s.WardState.choices, default=s.WardState.WAITING)
    birth = models.OneToOneField(BirthRecord, models.SET_NULL, null=True, blank=True, related_name="ward_birth")
    likely = models.ForeignKey(BirthRecord, models.SET_NULL, null=True, blank=True, related_name="+")
    draft = models.ForeignKey("drafts.Draft", models.SET_NULL, null=True, blank=True, related_name="+")
    likely_draft = models.ForeignKey("drafts.Draft", models.SET_NULL, null=True, blank=True, related_name="+")
    not_ours = models.CharField(_("why not"), max_length=9, choices=s.NotOurs.choices, blank=True)
    reason = models.CharField(_("in a few words"), max_length=200, blank=True)
    settled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    rows: ClassVar[Any] = models.Manager.from_queryset(WardBirthQuerySet)()

    EDGES = {"state": s.WARD_EDGES}

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["born_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["office", "key"], name="A birth stands once on the ward list of an office"),
            models.CheckConstraint(condition=~Q(state="not_ours") | ~Q(not_ours=""), name="Not ours says why"),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(birth__isnull=True), name="A birth with a record is met"
            ),
        ]
        indexes = [models.Index(fields=["office", "state", "born_on"], name="ward_office_state")]

    def __str__(self) -> str:
        return f"ward birth {self.pk}"


class WardTally(models.Model):
    """What remains of births removed from the ward list: how many there were of a month."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    month = models.DateField(help_text="its first day")
    births = models.PositiveIntegerField(default=0, help_text="were to be met and were not")
    met = models.PositiveIntegerField(default=0, help_text="met, and their record is no longer kept")

    class Meta:
        verbose_name_plural = "ward tallies"
        constraints = [models.UniqueConstraint(fields=["office", "month"], name="An office has one ward tally a month")]

    def __str__(self) -> str:
        return f"{self.births} of {self.month:%Y-%m}"


class ReportedBirths(OfWard, Stamped):
    """How many non-Thai live births a hospital says it had in a month, typed by staff with where it was read (M10)."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+", verbose_name=_("hospital"))
    month = models.DateField(_("month"), help_text="its first day")
    births = models.PositiveIntegerField(_("live births of non-Thai mothers"))
    source = models.CharField(_("where the number comes from"), max_length=200)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "reported births"
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["office", "facility", "month"], name="A hospital reports a month once"),
            models.CheckConstraint(condition=~Q(source=""), name="A reported number says where it comes from"),
        ]

    def __str__(self) -> str:
        return f"{self.births} births in {self.month:%Y-%m}"
