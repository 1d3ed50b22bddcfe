"""Documents the worker makes, their prints and packs, and the yearly register of outgoing letters."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.documents.states import DOCUMENT_EDGES, TRAIL_EDGES, DocumentState, PaperTrail
from casework.kernel.models import AppendOnly
from casework.kernel.subjects import AboutSubject

from .subjects import OfSubjectQuerySet, OwnOfSubjectQuerySet


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
    copies = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return f"print of {self.document_id}"


class PrintPack(AboutSubject):
    """The papers a family needs today, printed in one go. Each of them is a document of its own."""

    case_id_of = models.BigIntegerField(null=True)
    left_out = models.JSONField(default=list, help_text="names of papers that could not be made, with the sentence why")
    requested_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, help_text="when it was printed first")

    rows = models.Manager.from_queryset(OwnOfSubjectQuerySet)()
    objects = GuardedManager()

    MADE_BY = "requested_by"

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"

    def __str__(self) -> str:
        return f"pack {self.pk}"


class PackPaper(models.Model):
    """One paper of a pack, with how often it is printed."""

    pack = models.ForeignKey(PrintPack, models.CASCADE, related_name="papers")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    copies = models.PositiveSmallIntegerField()
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "document"], name="A paper stands once in a pack"),
            models.CheckConstraint(condition=Q(copies__range=(1, 9)), name="A pack has one to nine copies of a paper"),
        ]

    def __str__(self) -> str:
        return f"paper {self.order} of pack {self.pack_id}"


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


class Letter(AppendOnly):
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
