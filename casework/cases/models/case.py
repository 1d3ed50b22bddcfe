"""The case, its numbers, and the base of what hangs on it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.cases.querysets import CaseQuerySet, OfCaseQuerySet
from casework.cases.states import CASE_EDGES, CaseState, CloseReason, HoldReason, Origin, Risk, Stage
from casework.kernel.models import Stamped


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
            models.Index(fields=["lead", "-id"], condition=Q(state__in=["open", "on_hold"]), name="case_lead_newest"),
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
        return self.office_id, self.live_programmes

    @cached_property
    def live_programmes(self) -> list[str]:
        """The programmes at work on it; a row of for_page() knows them."""
        return list(self.enrolments.filter(until_on__isnull=True).values_list("programme", flat=True))

    @cached_property
    def programmes_so_far(self) -> list[str]:
        """The programmes that work or worked on it; a row of for_page() knows them."""
        return list(self.enrolments.values_list("programme", flat=True))

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
