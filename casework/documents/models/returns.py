"""Papers that came back: the files that were sent, and each of their pages."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from casework.access.visibility import GuardedManager
from casework.documents.states import PAGE_EDGES, RETURN_EDGES, PageState, ReturnState
from casework.kernel.subjects import AboutSubject

from .attachments import Attachment
from .papers import Document
from .subjects import OwnOfSubjectQuerySet


class PaperReturn(AboutSubject):
    """Photos and scans of papers that came back, sent from the page of a record: the row is the queue."""

    case_id_of = models.BigIntegerField(null=True)
    state = models.CharField(max_length=8, choices=ReturnState.choices, default=ReturnState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sorted_at = models.DateTimeField(null=True)

    EDGES = {"state": RETURN_EDGES}
    MADE_BY = "sent_by"

    rows = models.Manager.from_queryset(OwnOfSubjectQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        indexes = [models.Index(fields=["sent_by", "-id"], name="return_sender")]

    def __str__(self) -> str:
        return f"return {self.pk}"


class ReturnedFile(models.Model):
    """One file of a return. Its bytes are kept until each of its pages lies on a record or was thrown away."""

    batch = models.ForeignKey(PaperReturn, models.CASCADE, related_name="files")
    order = models.PositiveSmallIntegerField()
    file = models.CharField(max_length=200, blank=True, help_text="name under the document store; empty when deleted")
    mime = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    page_count = models.PositiveSmallIntegerField()
    is_refused = models.BooleanField(default=False, help_text="the virus scanner refused it")

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["batch", "order"], name="Files of a return stand in order")]

    def __str__(self) -> str:
        return f"file {self.order} of return {self.batch_id}"


class ReturnedPage(models.Model):
    """One page of a return: which page of which paper it is, and where it went."""

    file = models.ForeignKey(ReturnedFile, models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField(help_text="in the file, from 1")
    state = models.CharField(max_length=8, choices=PageState.choices, default=PageState.LEFT)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    document_page = models.PositiveSmallIntegerField(null=True)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")

    EDGES = {"state": PAGE_EDGES}

    class Meta:
        ordering = ["file__order", "number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="A returned page is listed once"),
            models.CheckConstraint(
                condition=~Q(state=PageState.ATTACHED) | Q(attachment__isnull=False),
                name="An attached page names its attachment",
            ),
        ]

    def __str__(self) -> str:
        return f"page {self.number} of file {self.file_id}"
