"""Figures kept for the pages, and the reports that were made: for which period, offices and readers, counted when."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from casework.access.rights import Reach
from casework.access.scopes import scope_condition
from casework.access.visibility import GuardedManager
from casework.kernel.models import AppendOnly, Removable, Stamped

from .audience import OPEN, SEE, boards_of, opening, reaches_of
from .boards import Scope, boards
from .filters import LONGEST
from .periods import from_span


class Readers(models.TextChoices):
    """For whom a report is made; it decides how small its numbers may be (day.md 28)."""

    STAFF = "staff", _("Staff who may open the cases: all numbers")
    ORGANISATION = "organisation", _("Others of the organisation: no counts under 5")
    OUTSIDE = "outside", _("Donors, authorities, the public: no counts under 10")


class ReportTemplateQuerySet(models.QuerySet):
    """Templates of reports."""

    def visible_to(self, user: Any) -> ReportTemplateQuerySet:
        """Those of boards of which the person orders reports. They belong to a programme, and to no office."""
        return self.filter(board__in=[board.key for board in boards_of(user)])


class ReportTemplate(Stamped):
    """What a donor wants a report to hold: which figures in which order and under which names, and boxes for words."""

    board = models.CharField(_("report"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    donor = models.CharField(_("donor"), max_length=120)
    language = models.CharField(_("language"), max_length=2)
    readers = models.CharField(_("for whom"), max_length=12, choices=Readers.choices, default=Readers.OUTSIDE)
    year_begins = models.PositiveSmallIntegerField(_("first month of the donor’s year"), null=True)
    figures = models.JSONField(_("figures"), help_text="key and label of each figure, in the order of the donor")
    boxes = models.JSONField(_("boxes"), default=list, help_text="heading and hint of each box for words")
    is_active = models.BooleanField(_("in use"), default=True)

    rows = models.Manager.from_queryset(ReportTemplateQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("board", Lower("name"), name="A template of a report is named once"),
            models.CheckConstraint(
                condition=Q(year_begins__isnull=True) | Q(year_begins__range=(1, 12)),
                name="A donor's year begins in a month",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ReportRunQuerySet(models.QuerySet):
    """Report runs."""

    def visible_to(self, user: Any) -> ReportRunQuerySet:
        """One's own, and those of offices whose every row the person may see counted.

        A report with all numbers is seen by those only who may open the cases of all its offices, one with filters by
        who ordered it: it counts the rows that they may open.
        """
        if not user.is_authenticated:
            return self.none()
        condition = Q(pk__in=())
        for board in boards():
            see, opened = reaches_of(user, SEE, board.key), reaches_of(user, OPEN, board.key)
            wide = see.get(Reach.ALL, set())
            mine = Q(requested_by=user) & ~_beyond(wide | see.get(Reach.OWN, set()))
            seen = Q(is_own=False, filters="") & ~_beyond(wide)
            full = Q(readers=Readers.STAFF) & _beyond(opening(board, opened))
            condition |= Q(board=board.key) & (mine | (seen & ~full))
        return self.filter(condition)


def _beyond(offices: set[int]) -> Q:
    """Runs that count an office outside these."""
    outside = ReportRun.offices.through.objects.exclude(office_id__in=offices)
    return Q(pk__in=outside.values("reportrun_id"))


class ReportRun(models.Model):
    """One ordered report. Its numbers are frozen with its paper; this row says what was counted and when."""

    board = models.CharField(_("report"), max_length=40)
    period = models.CharField(_("period"), max_length=40, help_text="the key of a period, such as fiscal:2026")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", help_text="whose name it carries")
    offices = models.ManyToManyField("accounts.Office", related_name="+", verbose_name=_("offices"))
    language = models.CharField(_("language"), max_length=2)
    readers = models.CharField(_("for whom"), max_length=12, choices=Readers.choices)
    is_own = models.BooleanField(default=False, help_text="counts only the cases of the person who ordered it")
    requested_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    counted_at = models.DateTimeField(_("counted"))
    template = models.ForeignKey(
        ReportTemplate, models.PROTECT, null=True, related_name="+", verbose_name=_("template")
    )
    name = models.CharField(_("name"), max_length=80, blank=True, help_text="of the template, as it was then")
    donor = models.CharField(_("donor"), max_length=120, blank=True)
    figures = models.JSONField(default=list, help_text="of the template, as it was then; empty for all figures")
    narrative = models.JSONField(default=list, help_text="heading and text of each box that was written")
    filters = models.CharField(
        _("filters"), max_length=LONGEST, blank=True, help_text="by which it is narrowed, such as sex:F,track:T1"
    )

    rows = models.Manager.from_queryset(ReportRunQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"report {self.pk}"

    def access_place(self) -> tuple[int, list[str]]:
        """Office and programme the paper belongs to."""
        return self.office_id, [self.board]


class MonthCloseQuerySet(models.QuerySet):
    """Closed months."""

    def visible_to(self, user: Any) -> MonthCloseQuerySet:
        """Those of boards and offices whose every row the person may see counted."""
        return self.filter(scope_condition(user, SEE, office="office_id", programme="board"))


class MonthClose(AppendOnly):
    """A month of an office whose figures were told: how they stood, and how much was missing from it then."""

    board = models.CharField(_("report"), max_length=40)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name=_("office"))
    month = models.DateField(_("month"), help_text="its first day")
    figures = models.JSONField(help_text="large number by key: what it measured, without the rows")
    missing = models.JSONField(help_text="how many rows something was missing from, by key")
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("closed by"))
    closed_at = models.DateTimeField(_("closed"))

    rows = models.Manager.from_queryset(MonthCloseQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["board", "office", "month"], name="A month of an office is closed once"),
            models.CheckConstraint(condition=Q(month__day=1), name="A month is told by its first day"),
        ]

    def __str__(self) -> str:
        return f"{self.board} {self.month:%Y-%m}"

    def access_place(self) -> tuple[int, list[str]]:
        """Office and programme whose month it is."""
        return self.office_id, [self.board]


class OfCloseQuerySet(models.QuerySet):
    """Rows of a closed month, seen where it is seen."""

    def visible_to(self, user: Any) -> OfCloseQuerySet:
        return self.filter(scope_condition(user, SEE, office="close__office_id", programme="close__board"))


class ChangeReason(AppendOnly):
    """Why a figure of a closed month reads differently now. The newest of a figure holds."""

    close = models.ForeignKey(MonthClose, models.PROTECT, related_name="reasons")
    key = models.CharField(max_length=40, help_text="of the large number")
    reason = models.CharField(_("why"), max_length=300)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("written by"))
    at = models.DateTimeField()

    rows = models.Manager.from_queryset(OfCloseQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.key} of {self.close_id}"


class KeptReading(Removable):
    """The figures of a board as they were last counted for whole offices. Who may be told them is asked each time."""

    board = models.CharField(max_length=40)
    period = models.CharField(max_length=40, help_text="kind, first and last day, such as year:2026-01-01:2026-12-31")
    before = models.CharField(max_length=40, blank=True, help_text="the period compared with, in the same way")
    offices = models.TextField(help_text="the ids of the offices counted, in their order, with commas between them")
    day = models.DateField(help_text="the day that was today when they were counted")
    language = models.CharField(max_length=2)
    reading = models.TextField(help_text="the figures and the ids of the rows behind them, as packing.py writes them")
    counted_at = models.DateTimeField()
    asked_at = models.DateTimeField(help_text="when a page last asked, to within minutes")

    QUESTION = ("board", "period", "before", "offices", "day", "language")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["board", "period", "before", "offices", "day", "language"],
                name="Figures are kept once for each question",
            )
        ]

    def __str__(self) -> str:
        return f"{self.board} {self.period} {self.day}"

    @staticmethod
    def question(board_key: str, scope: Scope) -> dict[str, Any]:
        """What was asked, as the columns that tell one reading from another."""
        return {
            "board": board_key,
            "period": scope.period.span,
            "before": scope.before.span if scope.before else "",
            "offices": ",".join(str(pk) for pk in sorted(scope.offices)),
            "day": scope.today,
            "language": scope.language,
        }

    @property
    def scope(self) -> Scope:
        """What is to be counted again."""
        return Scope(
            period=from_span(self.period),
            before=from_span(self.before) if self.before else None,
            offices=frozenset(int(pk) for pk in self.offices.split(",")),
            today=self.day,
            language=self.language,
        )
