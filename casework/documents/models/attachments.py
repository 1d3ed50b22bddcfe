"""Photos and scans on records, and the links by which a phone sends them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.documents.states import CAPTURE_EDGES, AttachmentState, CaptureState, PaperKind
from casework.kernel.models import Removable
from casework.kernel.subjects import AboutSubject

from .subjects import OfSubjectQuerySet, OwnOfSubjectQuerySet

MOST_PHOTOS = 20
"""How many photos one link takes."""


class Attachment(AboutSubject, Removable):
    """A photo or scan put on a record. The content decides its type; images are rebuilt without metadata."""

    title = models.CharField(_("what is it"), max_length=120)
    paper_kind = models.CharField(max_length=40, blank=True)
    case_id_of = models.BigIntegerField(null=True)
    file = models.CharField(max_length=200)
    mime = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=AttachmentState.choices, default=AttachmentState.SAFE)
    capture = models.ForeignKey("CaptureLink", models.PROTECT, null=True, related_name="photos")
    document = models.ForeignKey(
        "Document", models.PROTECT, null=True, related_name="scans", help_text="the paper of ours that it shows"
    )
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


class CaptureLink(AboutSubject, Removable):
    """An address under which one phone sends photos to one record for ten minutes, without sign-in.

    Of the address and of the phone's cookie only the digests are kept.
    """

    case_id_of = models.BigIntegerField(null=True)
    title = models.CharField(_("what is it"), max_length=120)
    paper_kind = models.CharField(max_length=40, choices=PaperKind.choices)
    state = models.CharField(max_length=8, choices=CaptureState.choices, default=CaptureState.WAITING)
    token_digest = models.CharField(max_length=64, unique=True)
    device_digest = models.CharField(max_length=64, blank=True)
    photo_count = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0, help_text="everything sent, also what was refused")
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    EDGES = {"state": CAPTURE_EDGES}
    MADE_BY = "made_by"

    rows = models.Manager.from_queryset(OwnOfSubjectQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "made_by"],
                condition=~Q(state=CaptureState.ENDED),
                name="A person has one live phone link for a record",
            ),
            models.CheckConstraint(
                condition=Q(photo_count__lte=MOST_PHOTOS), name="A phone link takes twenty photos at most"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="A phone link expires after it is made"
            ),
            models.CheckConstraint(
                condition=~Q(state=CaptureState.BOUND) | ~Q(device_digest=""),
                name="An opened phone link belongs to one phone",
            ),
        ]

    def __str__(self) -> str:
        return f"phone link {self.pk}"
