"""The birth record of a case, and the base of what hangs on it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.cases.models import Case
from casework.kernel.models import Removable, Stamped
from casework.reference.columns import CodeColumn
from casework.reference.models import Facility, Place
from registration import states as s
from registration.open_lists import CHANNELS, LATE_REASONS
from registration.querysets import BirthQuerySet, OfBirthQuerySet

from .offices import RegistryOffice


class BirthRecord(Stamped, Removable):
    """The registration of one child's birth: its facts, its track, its way through the office."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="birth")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    status = models.CharField(_("status"), max_length=12, choices=s.Status.choices, default=s.Status.DRAFT)
    suspension = models.CharField(max_length=12, choices=s.Suspension.choices, default=s.Suspension.NONE)
    track = models.CharField(_("track"), max_length=2, choices=s.Track.choices, blank=True)
    track_proposed = models.CharField(max_length=2, choices=s.Track.choices, blank=True)
    track_reason = models.CharField(_("why another track"), max_length=300, blank=True)
    track_confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    track_confirmed_at = models.DateTimeField(null=True)
    channel = CodeColumn(_("how the family came"), max_length=16, open_list=CHANNELS)
    registry_office = models.ForeignKey(
        RegistryOffice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="births",
        verbose_name=_("registry office"),
    )
    first_contact_on = models.DateField(_("first contact"), null=True, blank=True)
    interpreter_language = models.CharField(_("interpreter"), max_length=6, blank=True)
    late_reason = CodeColumn(_("why late"), max_length=28, open_list=LATE_REASONS, blank=True)
    late_text = models.CharField(max_length=300, blank=True)
    is_already_registered = models.BooleanField(_("already registered"), default=False)
    wanted = models.CharField(_("what is wanted"), max_length=300, blank=True)
    is_in_care = models.BooleanField(_("child in the care of an agency"), default=False)

    # the birth
    time = models.TimeField(_("time of birth"), null=True, blank=True)
    weekday_told = models.PositiveSmallIntegerField(
        _("weekday as told"), null=True, blank=True, help_text="0 Monday … 6 Sunday"
    )
    place_kind = models.CharField(_("place of birth"), max_length=18, choices=s.PlaceKind.choices)
    facility = models.ForeignKey(
        Facility, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("which one")
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    place_text = models.CharField(_("village or address"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, default="TH")
    attendant = models.CharField(_("who helped at birth"), max_length=14, choices=s.Attendant.choices, blank=True)
    plurality = models.PositiveSmallIntegerField(_("babies born together"), default=1)
    birth_order = models.PositiveSmallIntegerField(_("which of them"), null=True, blank=True)
    weight_g = models.PositiveIntegerField(_("weight at birth"), null=True, blank=True, help_text="grams")
    gestation_weeks = models.PositiveSmallIntegerField(_("weeks of pregnancy"), null=True, blank=True)
    hospital_no_child = models.CharField(_("hospital number, child"), max_length=20, blank=True)
    hospital_no_mother = models.CharField(_("hospital number, mother"), max_length=20, blank=True)

    # the first proof of birth
    proof = models.CharField(
        _("first proof of birth"), max_length=16, choices=s.FirstProof.choices, default=s.FirstProof.NONE
    )
    proof_number = models.CharField(_("its number"), max_length=60, blank=True)
    proof_issued_on = models.DateField(_("issued on"), null=True, blank=True)
    proof_held_by = models.CharField(_("where it is"), max_length=18, choices=s.HeldBy.choices, blank=True)
    proof_seen = models.BooleanField(_("original seen"), default=False)

    # who notifies
    informant_relation = models.CharField(
        _("who will notify"), max_length=16, choices=s.InformantRelation.choices, blank=True
    )
    informant_name = models.CharField(_("name"), max_length=120, blank=True)

    # computed, for lists and deadlines
    notify_due_on = models.DateField(null=True, help_text="birth + 15 days (Civil Registration Act s. 18)")
    notify_effective_on = models.DateField(null=True, help_text="moved to the next working day (CCC 193/8)")
    days_to_submit = models.PositiveIntegerField(null=True)
    status_since = models.DateField(null=True)
    is_backlog = models.BooleanField(_("backlog to review"), default=False)
    sibling_group = models.UUIDField(null=True, help_text="the same for twins and triplets")
    case_closed_reason = models.CharField(max_length=20, blank=True)

    EDGES = {"status": s.BIRTH_EDGES}

    rows = models.Manager.from_queryset(BirthQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.CheckConstraint(
                condition=Q(plurality__gte=1, plurality__lte=8), name="One to eight babies are born together"
            ),
            models.CheckConstraint(
                condition=Q(birth_order__isnull=True) | Q(birth_order__lte=models.F("plurality")),
                name="Nobody is third of two",
            ),
            models.CheckConstraint(
                condition=Q(weight_g__isnull=True) | Q(weight_g__gte=300, weight_g__lte=7000),
                name="A newborn weighs 300 to 7000 grams",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "assessing", "closed"]) | ~Q(track=""),
                name="A track is confirmed before papers are gathered",
            ),
            models.CheckConstraint(
                condition=Q(track__in=["", "T8", "T9", "T0"]) | Q(country="TH"),
                name="Birth registration is for births in Thailand",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "notify_effective_on", "id"],
                condition=~Q(status="closed"),
                name="birth_office_due",
            ),
            # the order of the open queues (queries.lists), so that a page reads its own rows only
            models.Index(
                models.Case(models.When(status__in=["draft", "assessing", "gathering", "ready"], then=0), default=1),
                models.F("notify_effective_on").asc(nulls_last=True),
                models.F("notify_due_on").asc(nulls_last=True),
                models.F("status_since"),
                models.F("id").desc(),
                condition=~Q(status="closed"),
                name="birth_queue",
            ),
            models.Index(fields=["office", "status", "status_since"], name="birth_office_status"),
        ]

    def __str__(self) -> str:
        return f"birth record {self.pk}"

    @property
    def has_fitting_proof(self) -> bool:
        """Whether there is a first proof that the way takes: T1 the delivery certificate alone, others any (C4)."""
        if self.track == s.Track.T1:
            return self.proof == s.FirstProof.TR1_1
        return self.proof != s.FirstProof.NONE

    def access_place(self) -> tuple[int, list[str]]:
        """Office and programme that decide who may act on the record."""
        return self.office_id, ["registration"]

    def is_assigned(self, user: Any) -> bool:
        return self.case.is_assigned(user)


class OfBirth(models.Model):
    """Base of rows that hang on a birth record."""

    birth: Any
    rows = models.Manager.from_queryset(OfBirthQuerySet)()
    objects = GuardedManager()

    class Meta:
        abstract = True

    def access_place(self) -> tuple[int, list[str]]:
        return self.birth.access_place()

    def is_assigned(self, user: Any) -> bool:
        return self.birth.is_assigned(user)


class AcknowledgedWarning(OfBirth):
    """A person saw a warning and went on."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="acknowledged")
    code = models.CharField(max_length=20)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"

    def __str__(self) -> str:
        return f"{self.code} on birth {self.birth_id}"
