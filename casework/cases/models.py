"""The case: one child in the care of one office, and everything every programme shares about it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.access.sharing import ShareBase
from casework.access.visibility import GuardedManager
from casework.kernel.models import Stamped
from casework.people.states import SpokenLanguage

from .querysets import (
    AssignmentQuerySet,
    CaseQuerySet,
    NoteQuerySet,
    OfCaseQuerySet,
    OfPlanQuerySet,
    StepQuerySet,
)
from .states import (
    CASE_EDGES,
    PLAN_EDGES,
    STEP_EDGES,
    TASK_EDGES,
    AssessmentKind,
    AssignmentKind,
    CaseState,
    CloseReason,
    ConsentDecision,
    ContactDirection,
    ContactResult,
    Country,
    Domain,
    FactAnswer,
    GivenHow,
    HoldReason,
    NewsFrom,
    Origin,
    PlanState,
    Readers,
    Risk,
    Severity,
    Stage,
    StepState,
    TaskState,
)


class Case(Stamped):
    """A child's file in the care of an office, with a number that is never used again."""

    number = models.CharField(_("case number"), max_length=16, unique=True, editable=False)
    tracking_code = models.CharField(_("tracking code"), max_length=6, unique=True, editable=False)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="cases", verbose_name=_("office"))
    child = models.ForeignKey("people.Person", models.PROTECT, related_name="cases", verbose_name=_("child"))
    child_before_merge = models.ForeignKey("people.Person", models.PROTECT, null=True, editable=False, related_name="+")
    family = models.ForeignKey("people.Family", models.PROTECT, null=True, blank=True, related_name="cases")
    state = models.CharField(_("state"), max_length=8, choices=CaseState.choices, default=CaseState.OPEN)
    stage = models.CharField(_("stage"), max_length=14, choices=Stage.choices, default=Stage.IDENTIFIED)
    lead = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_cases",
        verbose_name=_("lead"),
    )
    risk = models.CharField(_("risk level"), max_length=8, choices=Risk.choices, default=Risk.NONE)
    risk_reason = models.CharField(_("reason"), max_length=300, blank=True)
    risk_review_on = models.DateField(_("review by"), null=True, blank=True)
    is_sealed = models.BooleanField(_("sealed"), default=False)
    safety_note = models.CharField(_("safety note"), max_length=300, blank=True)
    safety_note_on = models.DateField(null=True, blank=True)
    do_not_contact = models.BooleanField(_("do not contact"), default=False)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.TYPED)
    received_on = models.DateField(
        _("received on"), help_text="deadlines run from here; differs from typing day for paper"
    )
    opened_on = models.DateField(_("opened on"))
    hold_reason = models.CharField(_("why on hold"), max_length=14, choices=HoldReason.choices, blank=True)
    hold_text = models.CharField(max_length=300, blank=True)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("next step on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    close_reason = models.CharField(_("why closed"), max_length=20, choices=CloseReason.choices, blank=True)
    close_text = models.CharField(max_length=300, blank=True)
    sort_name = models.CharField(max_length=300, editable=False, default="")
    import_run = models.BigIntegerField(null=True, editable=False)

    EDGES = {"state": CASE_EDGES}

    rows = models.Manager.from_queryset(CaseQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(state__in=["open", "on_hold"]), name="A child has one open case"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | (Q(closed_on__isnull=False) & ~Q(close_reason="")),
                name="A closed case says when and why",
            ),
            models.CheckConstraint(condition=~Q(state="on_hold") | ~Q(hold_reason=""), name="A case on hold says why"),
        ]
        indexes = [
            models.Index(fields=["office", "-id"], condition=Q(state__in=["open", "on_hold"]), name="case_office_open"),
            models.Index(
                fields=["lead", "next_step_on"],
                condition=Q(state__in=["open", "on_hold"]),
                name="case_lead_open",
            ),
            models.Index(fields=["office", "sort_name", "id"], name="case_office_name"),
        ]

    def __str__(self) -> str:
        return self.number

    def access_place(self) -> tuple[int, list[str]]:
        """Office and programmes that decide who may act on the case."""
        if not hasattr(self, "live_programmes"):
            live = self.enrolments.filter(until_on__isnull=True)
            self.live_programmes = list(live.values_list("programme", flat=True))
        return self.office_id, self.live_programmes

    def is_assigned(self, user: Any) -> bool:
        """Whether the case is assigned to the user now."""
        from django.utils import timezone

        return self.assignments.live(timezone.now()).filter(user=user).exists()

    @property
    def is_open(self) -> bool:
        return self.state in (CaseState.OPEN, CaseState.ON_HOLD)


class CaseNumberSeries(models.Model):
    """The counter of case numbers of an office and year, locked while a number is taken: no gaps, no repeats."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "case number series"
        constraints = [
            models.UniqueConstraint(fields=["office", "year"], name="An office has one number series a year")
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.year}"


class OfCase(models.Model):
    """Base of rows that hang on a case and are seen where it is seen."""

    rows = models.Manager.from_queryset(OfCaseQuerySet)()
    objects = GuardedManager()

    class Meta:
        abstract = True

    def access_place(self) -> tuple[int, list[str]]:
        return self.case.access_place()  # type: ignore[attr-defined]

    def is_assigned(self, user: Any) -> bool:
        return self.case.is_assigned(user)  # type: ignore[attr-defined]


class Enrolment(OfCase):
    """A programme works on the case, from an office, since a day."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="enrolments")
    programme = models.CharField(max_length=40)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=120, blank=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "programme"],
                condition=Q(until_on__isnull=True),
                name="A programme works once on a case at a time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} on case {self.case_id}"


class Assignment(models.Model):
    """A person has a case: as lead, in the team, or helping today."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="assignments")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="assignments")
    kind = models.CharField(max_length=6, choices=AssignmentKind.choices)
    reason = models.CharField(max_length=300, blank=True)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    rows = models.Manager.from_queryset(AssignmentQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(kind="lead", ended_at__isnull=True), name="A case has one lead"
            ),
        ]
        indexes = [models.Index(fields=["user", "case"], condition=Q(ended_at__isnull=True), name="case_assigned_user")]

    def __str__(self) -> str:
        return f"{self.kind} of case {self.case_id}"


class CaseShare(ShareBase):
    """A case shared with a person or partner, with purpose, fields and expiry."""

    content_object = models.ForeignKey(Case, models.CASCADE, related_name="shares")

    def __str__(self) -> str:
        return f"share of case {self.content_object_id}"


class Assessment(OfCase, Stamped):
    """What a child needs, by domain, with the views of the child and the carer; a person decides the risk level."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assessments")
    kind = models.CharField(_("kind"), max_length=16, choices=AssessmentKind.choices, default=AssessmentKind.RAPID)
    done_on = models.DateField(_("done on"))
    done_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    strengths = models.TextField(_("strengths"), blank=True)
    child_views = models.TextField(_("the child’s own views"), blank=True)
    carer_views = models.TextField(_("the carer’s views"), blank=True)
    child_seen = models.BooleanField(_("child seen"), null=True)
    child_alone = models.BooleanField(_("child or mother spoken to alone"), null=True)
    who_present = models.CharField(_("who else was in the room"), max_length=200, blank=True)
    suggested_risk = models.CharField(max_length=8, choices=Risk.choices, default=Risk.NONE)
    suggested_why = models.JSONField(default=list)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-done_on", "-id"]

    def __str__(self) -> str:
        return f"assessment of case {self.case_id}"


class Need(models.Model):
    """One domain of an assessment: how serious, in words."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="needs")
    domain = models.CharField(_("domain"), max_length=10, choices=Domain.choices)
    severity = models.CharField(_("how serious"), max_length=1, choices=Severity.choices)
    text = models.CharField(_("what is needed"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "domain"], name="An assessment has one line per domain")
        ]

    def __str__(self) -> str:
        return f"{self.domain} {self.severity}"


class CasePlan(OfCase, Stamped):
    """One version of the plan: goals, steps, a review date. Approval is tied to the version; an edit voids it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    review_on = models.DateField(_("review on"), null=True, blank=True)
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_text = models.CharField(max_length=300, blank=True)

    EDGES = {"state": PLAN_EDGES}

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="A plan version stands once"),
            models.UniqueConstraint(
                fields=["case"], condition=~Q(state="replaced"), name="A case has one current plan"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | (Q(decided_by__isnull=False) & ~Q(decided_by=models.F("submitted_by"))),
                name="Who submits a plan does not approve it",
            ),
        ]

    def __str__(self) -> str:
        return f"plan {self.number} of case {self.case_id}"


class Goal(models.Model):
    """What shall be true for the child."""

    plan = models.ForeignKey(CasePlan, models.CASCADE, related_name="goals")
    title = models.CharField(_("goal"), max_length=200)
    domain = models.CharField(_("domain"), max_length=10, choices=Domain.choices)
    due_on = models.DateField(_("by"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    rows = models.Manager.from_queryset(OfPlanQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"goal {self.pk}"


class Step(models.Model):
    """One act of a goal: who, until when, done or not."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="steps")
    title = models.CharField(_("step"), max_length=200)
    responsible = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    responsible_text = models.CharField(_("or somebody else"), max_length=80, blank=True)
    due_on = models.DateField(_("by"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=StepState.choices, default=StepState.TO_DO)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    record_type = models.CharField(
        max_length=60, blank=True, help_text="the programme record or referral that carries it out"
    )
    record_id = models.BigIntegerField(null=True)
    order = models.PositiveSmallIntegerField(default=0)

    EDGES = {"state": STEP_EDGES}

    rows = models.Manager.from_queryset(StepQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["order", "id"]
        indexes = [models.Index(fields=["responsible", "due_on"], condition=Q(state="to_do"), name="case_step_due")]

    def __str__(self) -> str:
        return f"step {self.pk}"


class Note(models.Model):
    """A note on the timeline, with its readers."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    text = models.TextField(_("note"))
    readers = models.CharField(_("who may read it"), max_length=14, choices=Readers.choices, default=Readers.TEAM)
    programme = models.CharField(max_length=40, blank=True)
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    rows = models.Manager.from_queryset(NoteQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        indexes = [models.Index(fields=["case", "-at"], name="case_note_time")]

    def __str__(self) -> str:
        return f"note {self.pk}"


class Task(OfCase):
    """An ad-hoc task on a case; most work is derived, this is what people add by hand."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    title = models.CharField(_("task"), max_length=200)
    owner = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("who"))
    due_on = models.DateField(_("by"))
    state = models.CharField(max_length=8, choices=TaskState.choices, default=TaskState.TO_DO)
    done_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    EDGES = {"state": TASK_EDGES}

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        indexes = [models.Index(fields=["owner", "due_on"], condition=Q(state="to_do"), name="case_task_due")]

    def __str__(self) -> str:
        return f"task {self.pk}"


class NoticeGiven(OfCase):
    """The short information notice was given: in which language, on which day, by whom, with which interpreter."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notices_given")
    language = models.CharField(_("language"), max_length=6, choices=SpokenLanguage.choices)
    interpreter = models.CharField(_("interpreter"), max_length=120, blank=True)
    given_on = models.DateField(_("given on"))
    given_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    text_version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "notices given"

    def __str__(self) -> str:
        return f"notice on case {self.case_id}"


class Consent(OfCase):
    """Consent for sharing, per purpose and recipient. Refusing never stops the child's registration."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=40)
    recipient = models.CharField(_("who receives"), max_length=120, blank=True)
    decision = models.CharField(_("answer"), max_length=10, choices=ConsentDecision.choices)
    language = models.CharField(_("explained in"), max_length=6, choices=SpokenLanguage.choices, blank=True)
    given_by_name = models.CharField(_("given by"), max_length=120, blank=True)
    relation = models.CharField(_("relation"), max_length=40, blank=True)
    how = models.CharField(_("how"), max_length=8, choices=GivenHow.choices, blank=True)
    child_assent = models.BooleanField(_("the child agrees"), null=True)
    parents_disagree = models.BooleanField(_("the parents disagree"), default=False)
    interpreter = models.CharField(_("interpreter"), max_length=120, blank=True)
    text_version = models.PositiveSmallIntegerField(default=1)
    given_on = models.DateField(_("given on"))
    expires_on = models.DateField(_("until"), null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "purpose", "recipient"],
                condition=Q(withdrawn_on__isnull=True),
                name="A purpose has one living answer",
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.purpose} of case {self.case_id}"

    def covers(self, today: Any) -> bool:
        """Whether it allows sharing today."""
        return (
            self.decision == ConsentDecision.YES
            and self.withdrawn_on is None
            and (self.expires_on is None or self.expires_on >= today)
        )


class FactConfirmed(OfCase):
    """A fact of the case was asked again: still true, or changed. It counts while the fact reads as it did."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="facts_confirmed")
    key = models.CharField(max_length=60, help_text="which fact, by the key of the room or programme that asks it")
    value_digest = models.CharField(max_length=32, help_text="of the words that were read out")
    answer = models.CharField(max_length=10, choices=FactAnswer.choices)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "facts confirmed"
        indexes = [models.Index(fields=["case", "key", "-at"], name="case_fact_confirmed")]

    def __str__(self) -> str:
        return f"{self.key} {self.answer}"


class Departure(OfCase):
    """Where a family went when its case was closed: since when, to which province or country, and who told us."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="departures")
    reason = models.CharField(_("why closed"), max_length=20, choices=CloseReason.choices)
    on = models.DateField(_("since"))
    place = models.ForeignKey("reference.Place", models.PROTECT, null=True, blank=True, related_name="+")
    country = models.CharField(_("country"), max_length=2, choices=Country.choices, blank=True)
    news_from = models.CharField(_("who told us"), max_length=12, choices=NewsFrom.choices)
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason__in=["left_thailand", "deported"]) | ~Q(country=""),
                name="Who left Thailand went to a country",
            ),
            models.CheckConstraint(
                condition=~Q(reason="transferred_out") | Q(place__isnull=False), name="Who moved went to a province"
            ),
        ]

    def __str__(self) -> str:
        return f"departure of case {self.case_id}"


class ContactAttempt(OfCase):
    """One call with a family, or an attempt: by which phone, what came of it, what was said."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="contacts")
    phone = models.ForeignKey("people.Phone", models.SET_NULL, null=True, blank=True, related_name="+")
    direction = models.CharField(
        _("who called"), max_length=3, choices=ContactDirection.choices, default=ContactDirection.OUT
    )
    result = models.CharField(_("what came of it"), max_length=12, choices=ContactResult.choices)
    said = models.CharField(_("what was said"), max_length=300, blank=True)
    call_again_on = models.DateField(_("call again on"), null=True, blank=True)
    on = models.DateField(help_text="the day in Bangkok; attempts are counted by day")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(direction="in") | Q(result__in=["reached", "someone_else"]),
                name="Who calls us was reached",
            ),
            models.CheckConstraint(
                condition=~Q(result="someone_else") | ~Q(said=""), name="What was told to somebody else is written down"
            ),
        ]
        indexes = [models.Index(fields=["case", "-at"], name="case_contact_time")]

    def __str__(self) -> str:
        return f"contact {self.pk} of case {self.case_id}"
