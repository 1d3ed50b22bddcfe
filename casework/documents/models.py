"""Documents the worker makes, their prints, attachments, and the yearly register of outgoing letters."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.access.subjects import subject_types
from casework.access.visibility import GuardedManager
from casework.kernel.models import AppendOnly
from casework.kernel.subjects import AboutSubject

from .states import DOCUMENT_EDGES, TRAIL_EDGES, AttachmentState, DocumentState, PaperKind, PaperTrail


class OfSubjectQuerySet(models.QuerySet):
    """Rows about a subject, seen by whoever sees the subject."""

    def visible_to(self, user: Any) -> OfSubjectQuerySet:
        condition = Q(pk__in=())
        for key, subject in subject_types().items():
            condition |= Q(subject_type=key, subject_id__in=subject.visible(user).values("pk"))
        return self.filter(condition)

    def about(self, row: models.Model) -> OfSubjectQuerySet:
        """Rows about one subject."""
        return self.filter(subject_type=row._meta.label_lower, subject_id=row.pk)


class Document(AboutSubject):
    """One PDF: the row is the queue. The facts it was made from, its bytes' hash and a verification code are kept."""

    kind = models.CharField(_("kind"), max_length=60)
    language = models.CharField(_("language"), max_length=6)
    title = models.CharField(max_length=200)
    case_id_of = models.BigIntegerField(null=True)
    options = models.JSONField(default=dict, help_text="what was chosen when it was ordered")
    facts = models.JSONField(default=dict, help_text="the ready words and numbers it was made from")
    state = models.CharField(max_length=10, choices=DocumentState.choices, default=DocumentState.REQUESTED)
    trail = models.CharField(max_length=12, choices=PaperTrail.choices, default=PaperTrail.NOT_PRINTED)
    progress = models.PositiveSmallIntegerField(default=0, help_text="percent")
    tries = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    verification_code = models.CharField(max_length=16, unique=True)
    file = models.CharField(max_length=200, blank=True, help_text="name under the document store")
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0, help_text="bytes")
    pages = models.PositiveSmallIntegerField(default=0)
    requested_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    EDGES = {"state": DOCUMENT_EDGES, "trail": TRAIL_EDGES}

    rows = models.Manager.from_queryset(OfSubjectQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=DocumentState.READY) | (~Q(sha256="") & ~Q(file="")),
                name="A ready document has bytes and a hash",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-id"], name="document_subject"),
            models.Index(fields=["case_id_of", "-id"], name="document_case"),
            models.Index(fields=["requested_at"], condition=Q(state="requested"), name="document_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class PrintLog(AppendOnly):
    """Each printing or download of a document."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="prints")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recipient = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"print of {self.document_id}"


class Attachment(AboutSubject):
    """A photo or scan put on a record. The content decides its type; images are rebuilt without metadata."""

    title = models.CharField(_("what is it"), max_length=120)
    paper_kind = models.CharField(max_length=40, blank=True)
    case_id_of = models.BigIntegerField(null=True)
    file = models.CharField(max_length=200)
    mime = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=AttachmentState.choices, default=AttachmentState.SAFE)
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    superseded_on = models.DateField(null=True, help_text="the paper it shows was replaced on this day; it is kept")

    EDGES = {"state": {AttachmentState.SCANNING: {AttachmentState.SAFE, AttachmentState.REFUSED}}}

    rows = models.Manager.from_queryset(OfSubjectQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-id"], name="attachment_subject"),
            models.Index(fields=["case_id_of", "-id"], name="attachment_case"),
        ]

    def __str__(self) -> str:
        return f"attachment {self.pk}"

    @property
    def is_pdf(self) -> bool:
        """Whether it has pages to draw; all others are photos."""
        return self.mime == "application/pdf"

    @property
    def kind_label(self) -> str:
        """What it shows, in words."""
        return str(PaperKind(self.paper_kind).label) if self.paper_kind else ""


class LetterSeries(models.Model):
    """The yearly counter of outgoing letters of an office (ที่ …/2569)."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    year_be = models.PositiveSmallIntegerField(help_text="Buddhist Era")
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "letter series"
        constraints = [
            models.UniqueConstraint(fields=["office", "year_be"], name="An office has one letter series a year")
        ]

    def __str__(self) -> str:
        return f"letters {self.office_id} {self.year_be}"


class Letter(models.Model):
    """One line of the register of outgoing letters."""

    series = models.ForeignKey(LetterSeries, models.PROTECT, related_name="letters")
    number = models.PositiveIntegerField()
    document = models.OneToOneField(Document, models.PROTECT, related_name="letter")
    addressee = models.CharField(max_length=200)
    dated_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="A letter number is used once")]

    def __str__(self) -> str:
        return f"letter {self.number}"
