"""An import of a spreadsheet: the file, how its columns were read, each row, who prepared and who confirmed it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import scope_condition
from casework.access.visibility import GuardedManager
from casework.cases.models import Case
from casework.cases.querysets import seen_by
from casework.kernel.models import Removable, Stamped

from .states import RUN_EDGES, Outcome, RowDecision, RunState


class ImportRunQuerySet(models.QuerySet):
    """Imports."""

    def visible_to(self, user: Any) -> ImportRunQuerySet:
        """Imports of the offices and programmes where the person may prepare or confirm one."""
        return self.filter(scope_condition(user, "imports.run.see", office="office_id", programme="programme"))

    def to_confirm(self, user: Any) -> ImportRunQuerySet:
        """Those that were handed over, by others, to who may confirm there."""
        here = scope_condition(user, "imports.run.confirm", office="office_id", programme="programme")
        return self.filter(here, state=RunState.PROPOSED).exclude(created_by=user).exclude(proposed_by=user)

    def sent_back_to(self, user: Any) -> ImportRunQuerySet:
        """Those of the person that a supervisor sent back with words."""
        return self.filter(state=RunState.CHECKED, created_by=user).exclude(failure="")


class ImportRun(Stamped):
    """One file brought into one office. The same file is not brought in twice."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name=_("office"))
    specification = models.CharField(max_length=60, help_text="key of the kind of register")
    programme = models.CharField(max_length=40)
    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file")
    size = models.PositiveIntegerField(help_text="bytes")
    file_facts = models.JSONField(default=dict, help_text="kind, encoding and separator")
    sheets = models.JSONField(
        default=list, help_text="per sheet: name, header row, headings, proposals, mapping, skipped and blank rows"
    )
    state = models.CharField(_("state"), max_length=10, choices=RunState.choices, default=RunState.UPLOADED)
    counts = models.JSONField(default=dict, help_text="rows by outcome and by code")
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    alive_at = models.DateTimeField(null=True, help_text="when the worker last reported")
    failure = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, help_text="the day the dry run took for today")
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    imported_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.CharField(max_length=300, blank=True)

    EDGES = {"state": RUN_EDGES}

    rows = models.Manager.from_queryset(ImportRunQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "digest"],
                condition=~Q(state__in=["undone", "discarded"]),
                name="A file is brought into an office once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | (~Q(confirmed_by=F("created_by")) & ~Q(confirmed_by=F("proposed_by"))),
                name="Who prepares an import does not confirm it",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "importing", "done"]) | Q(confirmed_by__isnull=False),
                name="Nothing is imported unconfirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk} of {self.file_name}"

    @property
    def is_fault(self) -> bool:
        """Whether it failed by a fault, of which `failure` is the kind, and not by a rule, which it says in words."""
        return self.failure.isascii() and self.failure.isidentifier()

    def access_place(self) -> tuple[int, list[str]]:
        """Office and programme that decide who may act on the import."""
        return self.office_id, [self.programme]

    @property
    def percent(self) -> int:
        """How far the worker has come."""
        return self.progress * 100 // self.total if self.total else 0


class ImportFile(Removable):
    """The bytes of the upload, kept until the import is done or put away."""

    run = models.OneToOneField(ImportRun, models.CASCADE, related_name="file")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"file of import {self.run_id}"


class SavedMapping(Removable):
    """How an office reads the columns under certain headings: what was once put right stays right."""

    office = models.ForeignKey("accounts.Office", models.CASCADE, related_name="+")
    specification = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=32, help_text="of the headings in their order")
    columns = models.JSONField(help_text="index of the column → key of the fact")
    saved_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "specification", "fingerprint"], name="Headings are read in one way by an office"
            ),
        ]

    def __str__(self) -> str:
        return f"columns of {self.specification} in office {self.office_id}"


class ImportRowQuerySet(models.QuerySet):
    """Rows of imports."""

    def visible_to(self, user: Any) -> ImportRowQuerySet:
        """Rows of the imports the person may see, but for those that tell of a case which a seal hides.

        A row is a copy of the case it became, and of the case it looks like unless a person decided otherwise.
        """
        place = scope_condition(user, "imports.run.see", office="run__office_id", programme="run__programme")
        hidden = Case.rows.filter(~seen_by(user), is_sealed=True)
        is_copy = Q(subject_type=Case._meta.label_lower, subject_id__in=hidden.values("pk"))
        named = Func(JSONObject(case_id="pk"), function="JSONB_BUILD_ARRAY", output_field=models.JSONField())
        is_named = Func(
            OuterRef("suspects"), named, arg_joiner=" @> ", template="(%(expressions)s)",
            output_field=models.BooleanField(),
        )  # fmt: skip
        is_about = Q(Exists(hidden.filter(is_named)), decision__in=[RowDecision.OPEN, RowDecision.SAME]) & ~Q(
            suspects=[]
        )
        return self.filter(place).exclude(is_copy | is_about)

    def to_load(self) -> ImportRowQuerySet:
        """Rows that become records: those without doubt, and doubts decided as another child or a twin."""
        return self.filter(
            Q(outcome=Outcome.IMPORT)
            | Q(outcome=Outcome.DUPLICATE, decision__in=[RowDecision.DIFFERENT, RowDecision.TWIN]),
            subject_id__isnull=True,
        )

    def loaded(self) -> ImportRowQuerySet:
        """Rows that became records."""
        return self.filter(subject_id__isnull=False)

    def undecided(self) -> ImportRowQuerySet:
        """Suspected duplicates that nobody has decided."""
        return self.filter(outcome=Outcome.DUPLICATE, decision=RowDecision.OPEN)


class ImportRow(Removable):
    """One row of the file: what stood in it, what was understood, what became of it."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="lines")
    sheet = models.CharField(max_length=120)
    row = models.PositiveIntegerField(help_text="number of the row in the sheet")
    raw = models.JSONField(help_text="the cells with their types")
    values = models.JSONField()
    codes = models.JSONField(default=list)
    has_warning = models.BooleanField(default=False)
    told = models.JSONField(default=list, help_text="findings that the row alone does not show, in each language")
    outcome = models.CharField(max_length=9, choices=Outcome.choices)
    suspects = models.JSONField(default=list, help_text="rank, reasons, and the earlier row or the known child")
    decision = models.CharField(max_length=9, choices=RowDecision.choices, blank=True, default="")
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    label = models.CharField(max_length=30, blank=True, help_text="number of the record it became")

    rows = models.Manager.from_queryset(ImportRowQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "sheet", "row"], name="A row of a file stands once"),
        ]
        indexes = [models.Index(fields=["run", "outcome", "id"], name="import_row_outcome")]

    def __str__(self) -> str:
        return f"row {self.row} of import {self.run_id}"

    def access_place(self) -> tuple[int, list[str]]:
        """Office and programme that decide who may act on the row."""
        return self.run.access_place()
