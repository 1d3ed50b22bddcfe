"""The case plan, its goals and steps, and tasks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.cases.querysets import OfPlanQuerySet, StepQuerySet
from casework.cases.states import PLAN_EDGES, STEP_EDGES, TASK_EDGES, Domain, PlanState, StepState, TaskState
from casework.kernel.models import Removable, Stamped

from .case import Case, OfCase


class CasePlan(OfCase, Stamped):
    """One version of the plan: goals, steps, a review date. Approval is tied to the version; an edit voids it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    review_on = models.DateField(_("review on"), null=True, blank=True)
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    changed_by = models.JSONField(
        default=list, help_text="ids of people who wrote goals, steps or days of this version"
    )
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

    @property
    def makers(self) -> frozenset[int | None]:
        """The ids of who wrote this version, added to it or submitted it: they do not approve it."""
        return frozenset({self.written_by_id, self.submitted_by_id, *self.changed_by})


class Goal(Removable):
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
