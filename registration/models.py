"""The birth record of a case and everything that gets it registered."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.cases.models import Case
from casework.kernel.models import Stamped
from casework.reference.models import Dated, Facility, Place

from . import certificate_states as c
from . import states as s
from .querysets import BirthQuerySet, OfBirthQuerySet


class RegistryOffice(models.Model):
    """A district office or municipality that registers births."""

    name_th = models.CharField(_("name in Thai"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)
    kind = models.CharField(_("kind"), max_length=18, choices=s.OfficeKind.choices)
    registry_code = models.CharField(_("registry code"), max_length=4, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, verbose_name=_("place"))
    address = models.CharField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    hours = models.CharField(_("hours"), max_length=120, blank=True)
    way_there = models.CharField(_("how to get there"), max_length=300, blank=True)
    accepts_late = models.BooleanField(_("takes late registrations"), default=True)
    accepts_home_birth = models.BooleanField(_("takes home births of non-Thai families"), default=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name_en"]

    def __str__(self) -> str:
        return self.name_now

    def name(self, language: str) -> str:
        """The office's name in Thai, else in English."""
        return self.name_th if language == "th" else self.name_en

    @property
    def name_now(self) -> str:
        """The office's name in the language of the page."""
        return self.name(get_language() or "en")


class Requirement(Dated):
    """One line of the checklist rules: for which track or condition, how strong, with its source."""

    key = models.SlugField(_("key"), max_length=40)
    label_en = models.CharField(_("in English"), max_length=160)
    label_th = models.CharField(_("in Thai"), max_length=160)
    label_my = models.CharField(_("in Burmese"), max_length=160)
    level = models.CharField(_("how strong"), max_length=10, choices=s.RequirementLevel.choices)
    tracks = ArrayField(
        models.CharField(max_length=3, choices=s.Track.choices),
        verbose_name=_("tracks"),
        default=list,
        blank=True,
    )
    condition = models.CharField(_("only when"), max_length=30, blank=True, help_text="a named condition of rules.py")
    alternative = models.CharField(
        _("one of group"), max_length=40, blank=True, help_text="items of one group stand for each other"
    )
    registry_office = models.ForeignKey(
        RegistryOffice,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="local_requirements",
        verbose_name=_("only at this office"),
    )
    responsible = models.CharField(
        _("who gets it"), max_length=8, choices=s.Responsible.choices, default=s.Responsible.FAMILY
    )
    order = models.PositiveSmallIntegerField(default=50)

    class Meta:
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return self.label_en

    def label(self, language: str) -> str:
        """The requirement's name in a language, English where there is none."""
        return getattr(self, f"label_{language}", "") or self.label_en


class BirthRecord(Stamped):
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
    channel = models.CharField(_("how the family came"), max_length=16, choices=s.Channel.choices)
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
    late_reason = models.CharField(_("why late"), max_length=28, choices=s.LateReason.choices, blank=True)
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
                models.F("status_since"),
                models.F("id").desc(),
                condition=~Q(status="closed"),
                name="birth_queue",
            ),
            models.Index(fields=["office", "status", "status_since"], name="birth_office_status"),
        ]

    def __str__(self) -> str:
        return f"birth record {self.pk}"

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


class ParentLink(OfBirth):
    """What is known of the mother, the father or another carer. Nothing about a parent is mandatory but saying so."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="parents")
    role = models.CharField(_("role"), max_length=6, choices=s.ParentRole.choices)
    knowledge = models.CharField(_("known"), max_length=18, choices=s.Knowledge.choices)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="parent_links")
    reason = models.CharField(_("why not known"), max_length=300, blank=True)
    age_at_birth = models.PositiveSmallIntegerField(_("age at the birth"), null=True, blank=True, help_text="years")
    nationality_claimed = models.CharField(_("nationality as told"), max_length=10, blank=True)
    status_group = models.CharField(_("status in Thailand"), max_length=18, choices=s.ParentStatus.choices, blank=True)
    marriage = models.CharField(_("marriage"), max_length=18, choices=s.Marriage.choices, blank=True)
    acknowledges_child = models.BooleanField(_("acknowledges the child"), null=True)
    surname_consent = models.BooleanField(_("agrees to the surname"), null=True)
    has_paper = models.BooleanField(_("has a paper"), null=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.UniqueConstraint(
                fields=["birth", "role"],
                condition=~Q(role="other"),
                name="A child has one mother and one father here",
            ),
            models.CheckConstraint(
                condition=~Q(knowledge="known") | Q(person__isnull=False), name="A known parent is a person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of birth {self.birth_id}"


class LetterOfAssignment(OfBirth, Stamped):
    """The family's written assignment to somebody who notifies for them."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="letters")
    giver = models.CharField(_("given by"), max_length=120)
    receiver = models.CharField(_("given to"), max_length=120)
    scope = models.CharField(_("for what"), max_length=300)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    giver_id_copy = models.BooleanField(_("copy of the giver’s paper"), default=False)
    language_explained = models.CharField(_("explained in"), max_length=6)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "letters of assignment"

    def __str__(self) -> str:
        return f"letter of assignment {self.pk}"


class Witness(OfBirth, Stamped):
    """Somebody who can say something about the birth or the parents."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="witnesses")
    name = models.CharField(_("name"), max_length=120)
    kinds = ArrayField(
        models.CharField(max_length=18, choices=s.WitnessKind.choices), verbose_name=_("what they can say")
    )
    relation = models.CharField(_("relation"), max_length=60, blank=True)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    is_willing = models.BooleanField(_("willing"), default=True)
    statement_on = models.DateField(_("statement on"), null=True, blank=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "witnesses"

    def __str__(self) -> str:
        return f"witness {self.pk}"


class ChecklistItem(OfBirth):
    """One paper of the checklist: needed, in hand, waived or impossible."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="items")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="items")
    level = models.CharField(
        max_length=10, choices=s.RequirementLevel.choices, help_text="as it stood when the list was made"
    )
    state = models.CharField(_("state"), max_length=14, choices=s.ItemState.choices, default=s.ItemState.NEEDED)
    responsible = models.CharField(_("who gets it"), max_length=8, choices=s.Responsible.choices)
    due_on = models.DateField(_("until"), null=True, blank=True)
    block = models.CharField(_("what stops it"), max_length=24, choices=s.Block.choices, blank=True)
    blocked_since = models.DateField(null=True, blank=True)
    waive_reason = models.CharField(_("why waived"), max_length=300, blank=True)
    waived_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    paper = models.ForeignKey("people.IdentityDocument", models.SET_NULL, null=True, blank=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    EDGES = {"state": s.ITEM_EDGES}

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["requirement__order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["birth", "requirement"], name="A requirement stands once on a checklist"),
            models.CheckConstraint(
                condition=~Q(state="waived") | (Q(waived_by__isnull=False) & ~Q(waive_reason="")),
                name="A waiver has a person and a reason",
            ),
            models.CheckConstraint(condition=~Q(state="impossible") | ~Q(block=""), name="What cannot be had says why"),
        ]

    def __str__(self) -> str:
        return f"checklist item {self.pk}"

    @property
    def is_there(self) -> bool:
        """In hand, handed in or waived."""
        return self.state in s.IN_HAND


class Submission(OfBirth, Stamped):
    """One visit to the registry office with the papers; there may be several."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    registry_office = models.ForeignKey(
        RegistryOffice, models.PROTECT, related_name="+", verbose_name=_("registry office")
    )
    submitted_on = models.DateField(_("submitted on"))
    by = models.CharField(_("who went"), max_length=18, choices=s.SubmittedBy.choices)
    accompanied_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    receipt_no = models.CharField(_("receipt number"), max_length=60, blank=True)
    officer = models.CharField(_("officer"), max_length=120, blank=True)
    handed_in = models.ManyToManyField(ChecklistItem, blank=True, related_name="+")
    result = models.CharField(_("result"), max_length=10, choices=s.Result.choices, default=s.Result.PENDING)
    result_on = models.DateField(_("result on"), null=True, blank=True)
    return_reason = models.CharField(_("why returned"), max_length=22, choices=s.ReturnReason.choices, blank=True)
    result_text = models.CharField(max_length=300, blank=True)
    appointment_on = models.DateField(_("come back on"), null=True, blank=True)
    fine_baht = models.DecimalField(_("fine, baht"), max_digits=8, decimal_places=2, null=True, blank=True)
    other_cost_baht = models.DecimalField(_("other costs, baht"), max_digits=8, decimal_places=2, null=True, blank=True)

    EDGES = {"result": s.RESULT_EDGES}

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["birth", "number"], name="A submission has its number"),
            models.UniqueConstraint(
                fields=["birth"],
                condition=Q(result__in=["pending", "inquiry"]),
                name="One submission waits at a time",
            ),
            models.CheckConstraint(
                condition=Q(result="pending") | Q(result_on__isnull=False), name="A result has a day"
            ),
        ]

    def __str__(self) -> str:
        return f"submission {self.number} of birth {self.birth_id}"


class InquiryStep(OfBirth, Stamped):
    """One step of the office's inquiry."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="inquiry_steps")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="steps")
    kind = models.CharField(_("what"), max_length=16, choices=s.InquiryKind.choices)
    planned_on = models.DateField(_("planned on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)
    cost_baht = models.DecimalField(_("cost, baht"), max_digits=8, decimal_places=2, null=True, blank=True)
    paid_by = models.CharField(_("paid by"), max_length=60, blank=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["planned_on", "id"]

    def __str__(self) -> str:
        return f"inquiry step {self.pk}"


class Outcome(OfBirth, Stamped):
    """What the office wrote: the certificate as it is, checked before it is handed over."""

    birth = models.OneToOneField(BirthRecord, models.CASCADE, related_name="outcome")
    registered_on = models.DateField(_("registered on"))
    registry_office = models.ForeignKey(
        RegistryOffice, models.PROTECT, null=True, related_name="+", verbose_name=_("registry office")
    )
    form = models.CharField(_("form of certificate"), max_length=8, choices=s.CertificateForm.choices)
    certificate_no = models.CharField(_("certificate number"), max_length=60, blank=True)
    child_number = models.CharField(_("13-digit number"), max_length=13, blank=True)
    name_th = models.CharField(_("child’s name on the certificate"), max_length=200, blank=True)
    born_on = models.DateField(_("birth date on the certificate"), null=True, blank=True)
    sex = models.CharField(_("sex on the certificate"), max_length=1, blank=True)
    mother = models.CharField(_("mother on the certificate"), max_length=200, blank=True)
    father = models.CharField(_("father on the certificate"), max_length=200, blank=True)
    nationality = models.CharField(_("nationality on the certificate"), max_length=60, blank=True)
    register = models.CharField(_("entered in"), max_length=8, choices=s.Register.choices, blank=True)
    notified_in_time = models.BooleanField(null=True, help_text="empty when the birth date is not exact")
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    checked_on = models.DateField(null=True, blank=True)
    handed_over_to = models.CharField(_("handed over to"), max_length=120, blank=True)
    handed_over_relation = models.CharField(
        _("relation"), max_length=16, choices=s.InformantRelation.choices, blank=True
    )
    handed_over_sign = models.CharField(_("signed by"), max_length=10, blank=True, help_text="signature or thumb print")
    handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_over_on__isnull=True) | Q(checked_on__isnull=False),
                name="A certificate is checked before handover",
            ),
        ]

    def __str__(self) -> str:
        return f"outcome of birth {self.birth_id}"


class Discrepancy(OfBirth, Stamped):
    """Two sources disagree about a fact."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="discrepancies")
    field = models.CharField(max_length=30)
    value_a = models.CharField(max_length=200)
    source_a = models.CharField(max_length=60)
    value_b = models.CharField(max_length=200)
    source_b = models.CharField(max_length=60)
    severity = models.CharField(max_length=10, choices=s.DiscrepancySeverity.choices)
    state = models.CharField(max_length=22, choices=s.DiscrepancyState.choices, default=s.DiscrepancyState.OPEN)
    settled_text = models.CharField(max_length=300, blank=True)
    found_before_registration = models.BooleanField(default=False)

    EDGES = {"state": s.DISCREPANCY_EDGES}

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "discrepancies"

    def __str__(self) -> str:
        return f"discrepancy {self.pk}"


class FollowUp(OfBirth):
    """A public service the child is linked to after handover."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="follow_ups")
    kind = models.CharField(_("service"), max_length=12, choices=s.FollowUpKind.choices)
    answer = models.CharField(
        _("answer"), max_length=14, choices=s.FollowUpAnswer.choices, default=s.FollowUpAnswer.OPEN
    )
    referral = models.ForeignKey("referrals.Referral", models.SET_NULL, null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [models.UniqueConstraint(fields=["birth", "kind"], name="A follow-up stands once")]

    def __str__(self) -> str:
        return f"{self.kind} for birth {self.birth_id}"


class ConsularStep(OfBirth):
    """Registration with the family's own state: an option with a recorded talk about the risk, never a default."""

    birth = models.OneToOneField(BirthRecord, models.CASCADE, related_name="consular")
    offered_on = models.DateField(_("talked about on"))
    risk_discussed = models.BooleanField(_("the risk was discussed"))
    decision = models.CharField(_("the family’s decision"), max_length=8, choices=s.ConsularDecision.choices)
    due_on = models.DateField(null=True, blank=True)
    applied_on = models.DateField(_("applied on"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=200, blank=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"

    def __str__(self) -> str:
        return f"consular step of birth {self.birth_id}"


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


class OpeningBalance(Dated):
    """Births registered before the records begin, kept apart from counted cases (M15)."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    births = models.PositiveIntegerField(_("births registered"))
    until_on = models.DateField(_("until"))

    def __str__(self) -> str:
        return f"{self.births} until {self.until_on}"


class ChildDeath(OfBirth):
    """The child died, or was born dead. What must be notified until when, and the help that was offered (day.md 8)."""

    birth = models.OneToOneField(BirthRecord, models.CASCADE, related_name="death")
    is_stillbirth = models.BooleanField(_("born dead"), default=False)
    died_on = models.DateField(_("died on"))
    told_by = models.CharField(_("told by"), max_length=120, blank=True)
    death_due_on = models.DateField(help_text="last day to notify the death (Civil Registration Act s. 21)")
    birth_notified_on = models.DateField(_("birth notified on"), null=True, blank=True)
    death_notified_on = models.DateField(_("death notified on"), null=True, blank=True)
    help_answer = models.CharField(
        _("condolence and help with the funeral"),
        max_length=10,
        choices=s.HelpAnswer.choices,
        default=s.HelpAnswer.NOT_YET,
    )
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"

    def __str__(self) -> str:
        return f"death on birth {self.birth_id}"


class YoungMother(OfBirth, Stamped):
    """What is done for a mother who was under 18 at the birth (day.md 7)."""

    birth = models.OneToOneField(BirthRecord, models.CASCADE, related_name="young_mother")
    spoken_alone = models.BooleanField(_("spoken to alone"), null=True)
    spoken_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    spoken_on = models.DateField(_("on"), null=True, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=120, blank=True)
    consent_by = models.CharField(
        _("who decides with her"), max_length=10, choices=s.MotherConsent.choices, default=s.MotherConsent.OPEN
    )
    consent_note = models.CharField(max_length=300, blank=True)
    own_case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    report_due_on = models.DateField(help_text="dated rule registration.young_mother_report_days")
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    reported_to = models.CharField(_("reported to"), max_length=120, blank=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.CheckConstraint(
                condition=Q(reported_on__isnull=True) | ~Q(reported_to=""), name="A report went to somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"young mother of birth {self.birth_id}"


class CounterCheck(OfBirth):
    """The agreed spelling was compared with the draft certificate at the counter, before it was signed (day.md 9)."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="counter_checks")
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-checked_at", "-id"]

    def __str__(self) -> str:
        return f"counter check of birth {self.birth_id}"

    @property
    def different_lines(self) -> list[CounterLine]:
        """What must be changed before the certificate is signed."""
        return [line for line in self.lines.all() if line.answer == c.CounterAnswer.DIFFERENT]


class CounterLine(models.Model):
    """One line of a check at the counter: what was agreed, and what stands on the draft when it is different."""

    check_made = models.ForeignKey(CounterCheck, models.CASCADE, related_name="lines")
    key = models.CharField(max_length=10, choices=c.CounterLineKey.choices)
    agreed = models.CharField(max_length=300, blank=True, help_text="empty when it was agreed to leave it out")
    answer = models.CharField(max_length=10, choices=c.CounterAnswer.choices)
    on_draft = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["check_made", "key"], name="A line is compared once in a check"),
            models.CheckConstraint(
                condition=Q(answer="same", on_draft="") | (Q(answer="different") & ~Q(on_draft="")),
                name="A different line says what stands on the draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.answer}"


class Correction(OfBirth, Stamped):
    """A mistake found on a certificate that was already signed, on its way through the registry office again."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="corrections")
    state = models.CharField(
        _("state"), max_length=12, choices=c.CorrectionState.choices, default=c.CorrectionState.OPEN
    )
    state_since = models.DateField()
    registry_office = models.ForeignKey(
        RegistryOffice, models.PROTECT, related_name="+", verbose_name=_("registry office")
    )
    discrepancies = models.ManyToManyField(Discrepancy, related_name="corrections")
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    receipt_no = models.CharField(_("receipt number"), max_length=60, blank=True)
    appointment_on = models.DateField(_("come back on"), null=True, blank=True)
    appointment_time = models.CharField(_("time"), max_length=20, blank=True)
    fee_baht = models.DecimalField(_("fee, baht"), max_digits=8, decimal_places=2, null=True, blank=True)
    fee_paid_by = models.CharField(_("paid by"), max_length=8, choices=c.FeePayer.choices, blank=True)
    result_on = models.DateField(_("result on"), null=True, blank=True)
    result_text = models.CharField(_("in the office’s words"), max_length=300, blank=True)
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    checked_on = models.DateField(null=True, blank=True)
    handed_over_to = models.CharField(_("handed over to"), max_length=120, blank=True)
    handed_over_relation = models.CharField(
        _("relation"), max_length=16, choices=s.InformantRelation.choices, blank=True
    )
    handed_over_sign = models.CharField(_("signed by"), max_length=10, blank=True, help_text="signature or thumb print")
    handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)

    EDGES = {"state": c.CORRECTION_EDGES}

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["birth"],
                condition=Q(state__in=["open", "asked", "appointed", "corrected", "refused"]),
                name="One correction of a certificate at a time",
            ),
            models.CheckConstraint(
                condition=~Q(state="appointed") | Q(appointment_on__isnull=False), name="An appointment has a day"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["corrected", "handed_over", "refused"]) | Q(result_on__isnull=False),
                name="The answer to a correction has a day",
            ),
            models.CheckConstraint(
                condition=~Q(state="handed_over")
                | (Q(checked_on__isnull=False, handed_over_on__isnull=False) & ~Q(handed_over_to="")),
                name="A corrected certificate is checked before handover",
            ),
            models.CheckConstraint(
                condition=Q(fee_baht__isnull=True) | Q(fee_baht__gte=0), name="A fee is not less than nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"correction {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in c.OPEN_CORRECTIONS


class WrongNameTold(OfBirth):
    """Somebody who had been given the wrong name was told the right one."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="wrong_names_told")
    correction = models.ForeignKey(Correction, models.CASCADE, related_name="told")
    place = models.CharField(max_length=40, help_text="what of: referral, document or follow-up, with its number")
    told_on = models.DateField(_("told on"))
    told_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "wrong names told"
        constraints = [models.UniqueConstraint(fields=["correction", "place"], name="A place is told once")]

    def __str__(self) -> str:
        return f"{self.place} told"
