"""Papers over the API: ordered, asked how far they are, downloaded; photos and scans put on records and taken off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from casework.access.policies import Policy
from casework.access.subjects import subject_types
from casework.kernel.refusals import Refusal
from casework.ui.api.resources import Created, Detailed, Listed, Spec, act
from casework.ui.api.serializers import MOST_ID, File, Line, ReasonTold, Shown, Told, optional_line

from . import queries, services
from .attachments_queries import ADD, attachment_bytes, may_about, records_of
from .attachments_views import AsParent, ForEditors
from .kinds import UnknownKind, kind_named
from .models import Attachment, Document
from .states import PaperKind, PaperTrail
from .views import PRINT, SEE, TAKE_BACK

SAVED = {"Content-Disposition": "attachment", "Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
PICTURE = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8U"


class PaperShown(Shown):
    """A paper and how far it is; `file` answers once the state is `ready`."""

    example = {
        "id": 31, "kind": "funds.count_sheet", "language": "th", "title": "ใบตรวจนับเงินสด",
        "subject_type": "funds.cashcount",
        "subject_id": 12, "state": "ready", "progress": 100, "failure": "", "pages": 1, "sha256": "9f2c",
        "trail": "not_printed",
        "requested_at": "2026-11-23T10:00:00+07:00", "made_at": "2026-11-23T10:00:02+07:00",
    }  # fmt: skip

    class Meta:
        model = Document
        fields = (
            "id", "kind", "language", "title", "subject_type", "subject_id", "state", "progress", "failure", "pages",
            "sha256", "trail",
            "requested_at", "made_at",
        )  # fmt: skip


class PaperTold(Told):
    """Which paper, about which record, in which language."""

    kind = Line(max_length=60)
    subject_id = serializers.IntegerField(min_value=1, max_value=MOST_ID)
    language = Line(max_length=6)
    example = {"kind": "funds.count_sheet", "subject_id": 12, "language": "th"}

    def validate_kind(self, key: str) -> Any:
        try:
            return kind_named(key)
        except UnknownKind as none:
            raise serializers.ValidationError(_("Choose a paper."), code="E-CHOICE-1") from none


class PapersAsked(Told):
    """Filters of the list."""

    subject_type = Line(max_length=60, required=False)
    subject_id = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False)


class Papers(Listed, Detailed, Created):
    """Papers about records that the person sees, of kinds that their role makes."""

    policy = SEE
    create_policy = PRINT
    model = Document
    shown = PaperShown
    asked = PapersAsked
    create_told = PaperTold

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(queries.of_rights(self.request.user), **asked)

    def made(self, told: dict[str, Any]) -> Document:
        kind = told["kind"]
        subject_type = subject_types().get(kind.subject_type or "accounts.office")
        subject: Any = subject_type and subject_type.visible(self.request.user).filter(pk=told["subject_id"]).first()
        if subject is None:
            raise Http404
        if kind.action:
            Policy(action=kind.action).admit(self.request)
            if not may_about(self.request.user, kind.action, subject):
                raise Http404
        return services.request_document(
            kind=kind.key,
            subject=subject,
            language=told["language"],
            requested_by=self.request.user,
            now=timezone.now(),
        )

    @action(detail=True, methods=["get"], url_path="file")
    def file(self, request: Request, pk: str) -> HttpResponse:
        """The PDF itself. Every download is logged as a printing."""
        content = queries.content(self.row)
        services.log_print(document=self.row, by=self.request.user, now=timezone.now())
        name = f"{self.row.kind.replace('.', '-')}-{self.row.pk}.pdf"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return HttpResponse(content, content_type="application/pdf", headers=headers)

    file.spec = Spec(policy=PRINT, shown=OpenApiTypes.BINARY)  # type: ignore[attr-defined]

    @act("retry", policy=PRINT)
    def retry(self, told: dict[str, Any]) -> Document:
        """Make a paper after all that was stopped or could not be made."""
        return services.retry_document(document=self.row, **self.by_now)

    @act("stop", policy=PRINT)
    def stop(self, told: dict[str, Any]) -> Document:
        """Stop a report that waits or is being made: nothing of it is kept."""
        return services.stop_document(document=self.row, **self.by_now)

    @act("signed", policy=PRINT)
    def signed(self, told: dict[str, Any]) -> Document:
        """Note that the printed paper has been signed."""
        return services.note_trail(document=self.row, target=PaperTrail.SIGNED, **self.by_now)

    @act("checked", policy=PRINT)
    def checked(self, told: dict[str, Any]) -> Document:
        """Note that its scan was looked at and is right."""
        return services.note_trail(document=self.row, target=PaperTrail.CHECKED, **self.by_now)

    @act("take-back", policy=TAKE_BACK, told=ReasonTold)
    def take_back(self, told: dict[str, Any]) -> Document:
        """Say that the paper is no longer valid; its code then says so too."""
        return services.void_document(document=self.row, reason=told["reason"], **self.by_now)


class AttachmentShown(Shown):
    """A photo or scan; `file` answers while the state is `safe`."""

    example = {
        "id": 51, "subject_type": "cases.case", "subject_id": 12, "title": "House book", "paper_kind": "other",
        "mime": "image/jpeg", "size": 84210, "sha256": "9f2c", "state": "safe", "added_by": 3,
        "added_at": "2026-11-23T10:00:00+07:00", "superseded_on": None, "removed_at": None,
    }  # fmt: skip

    class Meta:
        model = Attachment
        fields = (
            "id", "subject_type", "subject_id", "title", "paper_kind", "mime", "size", "sha256", "state", "added_by",
            "added_at", "superseded_on", "removed_at",
        )  # fmt: skip


class AttachmentsAsked(Told):
    """The record whose photos and scans are listed."""

    subject_type = Line(max_length=60)
    subject_id = serializers.IntegerField(min_value=1, max_value=MOST_ID)


class AttachmentTold(AttachmentsAsked):
    """A photo (JPEG, PNG, HEIC) up to 10 MB, or a scanned PDF up to 11 MB, and what it shows."""

    title = optional_line(120)
    paper_kind = serializers.ChoiceField(choices=PaperKind.choices)
    file = File()
    example = {
        "subject_type": "cases.case", "subject_id": 12, "title": "House book", "paper_kind": "other", "file": PICTURE,
    }  # fmt: skip


LOOK = AsParent(action="documents.attachment.see")


class Attachments(Listed, Detailed, Created):
    """Photos and scans of a record that the person sees, where their role there opens them."""

    policy = LOOK
    create_policy = Policy(action=ADD)
    model = Attachment
    shown = AttachmentShown
    asked = AttachmentsAsked
    create_told = AttachmentTold

    def rows(self) -> models.QuerySet:
        rows = super().rows()
        return rows if self.action == "take_off" else rows.filter(removed_at=None)

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        if not may_about(self.request.user, LOOK.action, self._subject(asked)):
            raise Http404
        return self.rows().filter(**asked)

    def _subject(self, told: dict[str, Any]) -> Any:
        """The record that is named, or 404."""
        found = records_of(told["subject_type"], self.request.user)
        subject = None if found is None else found.filter(pk=told["subject_id"]).first()
        if subject is None:
            raise Http404
        return subject

    def made(self, told: dict[str, Any]) -> Attachment:
        subject, user = self._subject(told), self.request.user
        Policy(action=ADD).admit_row(self.request, subject)
        subject_types()[told["subject_type"]].can_change(subject, user).insist()
        file, words = ContentFile(told["file"]), {"title": told["title"], "paper_kind": told["paper_kind"]}
        try:
            return services.add_attachment(subject=subject, file=file, **words, **self.by_now)
        except Refusal as refusal:
            named = (replace(f, field="file" if f.field == "files" else f.field) for f in refusal.findings)
            raise Refusal.of(named) from refusal

    @action(detail=True, methods=["get"], url_path="file")
    def file(self, request: Request, pk: str) -> HttpResponse:
        """The file itself, to be saved. Every download is logged."""
        content = attachment_bytes(self.row)
        services.note_seen(attachment=self.row, is_download=True, **self.by_now)
        return HttpResponse(content, content_type=self.row.mime, headers=SAVED)

    file.spec = Spec(policy=LOOK, shown=OpenApiTypes.BINARY)  # type: ignore[attr-defined]

    @act("remove", policy=ForEditors(action=ADD), told=ReasonTold)
    def take_off(self, told: dict[str, Any]) -> None:
        """Take it off its record: the reason stays, the file goes."""
        services.remove_attachment(attachment=self.row, reason=told["reason"], **self.by_now)
