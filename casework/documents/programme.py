"""What the documents room adds to shared pages, and its rows of the truth table (safety.md §1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from celery.schedules import crontab
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import live_grants
from casework.accounts.models import Office
from casework.kernel.subjects import subject_type
from casework.programmes.contributions import (
    CaseAction,
    CasePanel,
    Contribution,
    DraftPapers,
    EventWords,
    Job,
    SubjectType,
    WorkSource,
    registry,
)

from . import services
from .attachments_queries import ADD, ADD_IDENTITY
from .draft_queries import count_of_draft, page_of_draft
from .panel import case_papers
from .work import work_sources


def offices_of_grants(user: Any) -> QuerySet[Office]:
    """The offices in which the person holds any grant today."""
    return Office.objects.filter(pk__in={grant.office_id for grant in live_grants(user)})


def paper_back_url(case: Any) -> str:
    """Where papers that came back are sent from a case."""
    return reverse("documents:paper-back", args=[subject_type(case), case.pk])


def phone_url(case: Any) -> str:
    """Where a phone is let in to a case."""
    return reverse("documents:phone", args=[subject_type(case), case.pk])


@registry.register
class Documents(Contribution):
    """Papers of every room: made, printed, verified."""

    key = "documents"
    label = _("Documents")

    # Which of a role's papers it sees follows the subject ("as parent") and each kind's own action.
    history_words = {
        "documents.document": _("Paper"),
        "documents.attachment": _("Attached file"),
        "documents.capturelink": _("Phone let in to scan"),
        "documents.printpack": _("Pack of papers"),
        "documents.paperreturn": _("Papers that came back"),
        "documents:document": _("Paper"),
        "documents:open": _("Paper"),
        "documents:download": _("Paper"),
        "documents:attach": _("Attach a file"),
        "documents:attachment": _("Attached file"),
        "documents:attachment-download": _("Attached file"),
    }
    rights = {
        "documents.document.see": "CW:A SUP:A PSY:a TRF:a FO:N FA:N CSH:N PM:A TRN:A ME:A DPO:A AUD:P EXT:a",
        "documents.document.print": "CW:A SUP:A PSY:a TRF:a FO:N FA:N CSH:N PM:A TRN:A ME:A DPO:A AUD:P",
        "documents.document.take_back": "CW:A SUP:A FO:N FA:N PM:A",
        "documents.attachment.see": "CW:A SUP:A PSY:a TRF:a FO:N FA:N AUD:P EXT:a WRD:s",
        ADD: "CW:A SUP:A PSY:a TRF:a FO:N WRD:s",
        ADD_IDENTITY: "CW:A SUP:A PSY:a TRF:a",
        "documents.blank_form.print": "CW:A SUP:A PSY:A TRF:A",
    }
    subject_types = (SubjectType(key="accounts.office", visible=offices_of_grants, url=lambda office: "/"),)
    case_panels = (
        CasePanel(
            key="documents",
            label=_("Documents"),
            template="documents/attachments_panel.html",
            action="documents.attachment.see",
            context=case_papers,
        ),
    )
    case_actions = (
        CaseAction(key="phone", label=_("Scan with a phone"), icon="camera", action=ADD, url=phone_url, group="papers"),
        CaseAction(
            key="paper-back", label=_("Paper came back"), icon="upload", action=ADD, url=paper_back_url, group="papers"
        ),
    )
    draft_papers = DraftPapers(count=count_of_draft, url=page_of_draft)
    events = (
        EventWords(
            action="documents.attachment.filed",
            words=_("Photo or scan of the unfinished form put on the record"),
            icon="upload",
            colour="blue",
            kind="document",
        ),
        EventWords(
            action="documents.attachment.discarded",
            words=_("Photo or scan deleted with its unfinished form"),
            icon="trash-2",
            kind="document",
        ),
        EventWords(
            action="documents.attachment.added",
            words=_("Photo or scan added"),
            icon="upload",
            colour="blue",
            kind="document",
        ),
        EventWords(
            action="documents.attachment.photographed",
            words=_("Photo sent by a phone"),
            icon="camera",
            colour="blue",
            kind="document",
        ),
        EventWords(action="documents.capture.made", words=_("Code for a phone shown"), icon="camera", kind="document"),
        EventWords(
            action="documents.capture.opened", words=_("Code opened by a phone"), icon="camera", kind="document"
        ),
        EventWords(action="documents.capture.ended", words=_("Code for a phone ended"), icon="camera", kind="document"),
        EventWords(action="documents.return.sent", words=_("Papers came back"), icon="upload", kind="document"),
        EventWords(
            action="documents.return.dropped", words=_("Scanned pages thrown away"), icon="trash-2", kind="document"
        ),
        EventWords(
            action="documents.return.refused",
            words=_("Scan refused by the virus scanner"),
            icon="circle-alert",
            colour="red",
            kind="document",
        ),
        EventWords(action="documents.attachment.removed", words=_("File taken off"), icon="trash-2", kind="document"),
        EventWords(
            action="documents.attachment.superseded",
            words=_("Scan marked: the paper was replaced"),
            icon="copy",
            kind="document",
        ),
        EventWords(
            action="documents.attachment.refused",
            words=_("File refused by the virus scanner"),
            icon="circle-alert",
            colour="red",
            kind="document",
        ),
        EventWords(action="documents.attachment.seen", words=_("Photo or scan opened"), icon="eye", kind="access"),
        EventWords(
            action="documents.attachment.downloaded",
            words=_("Photo or scan downloaded"),
            icon="download",
            kind="access",
        ),
        EventWords(action="documents.document.requested", words=_("Paper ordered"), icon="file-text", kind="access"),
        EventWords(action="documents.document.made", words=_("Report is ready"), icon="file-check", kind="access"),
        EventWords(
            action="documents.document.printed",
            words=_("Paper printed"),
            icon="file-text",
            colour="blue",
            kind="document",
        ),
        EventWords(
            action="documents.document.failed",
            words=_("Paper could not be made"),
            icon="circle-alert",
            colour="amber",
            kind="document",
        ),
        EventWords(action="documents.document.stopped", words=_("Report stopped"), icon="x", kind="document"),
        EventWords(
            action="documents.document.retried", words=_("Paper tried again"), icon="refresh-cw", kind="document"
        ),
        EventWords(
            action="documents.document.signed",
            words=_("Paper signed"),
            icon="file-check",
            colour="green",
            kind="document",
        ),
        EventWords(
            action="documents.document.scanned", words=_("Signed paper scanned in"), icon="file-check", kind="document"
        ),
        EventWords(action="documents.document.checked", words=_("Scan checked"), icon="circle-check", kind="document"),
        EventWords(action="documents.document.voided", words=_("Paper taken back"), icon="x", kind="document"),
    )
    schedule = (
        Job(key="documents.sweep", task="documents.sweep", schedule=60.0),
        Job(key="documents.sweep-files", task="documents.sweep_files", schedule=crontab(hour=3, minute=10)),
    )

    def work_sources(self, user: Any, today: date) -> Iterable[WorkSource]:
        """Papers that wait for a signature, and pages that wait for their place."""
        return work_sources(user, today)

    def draft_taken(self, draft: Any, by: Any) -> None:
        """A phone that the one before let in sends no more."""
        services.end_links_of_others(draft=draft, by=by, now=timezone.now())

    def draft_ended(self, draft: Any, record: Any, by: Any) -> None:
        """Photos and scans go onto the record, or for good."""
        if record is None:
            services.discard_with(draft=draft, by=by, now=timezone.now())
        else:
            services.put_on_record(draft=draft, record=record, by=by, now=timezone.now())

    def api_routes(self) -> Iterable[tuple[str, Any]]:
        from .api import Attachments, Papers

        return (("documents", Papers), ("attachments", Attachments))
