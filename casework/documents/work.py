"""What waits for a person on paper: signatures, and pages that were sent and lie on no record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.programmes.contributions import WorkItem

from .kinds import kind_named
from .models import Document
from .queries import waiting_for_signature
from .returns_queries import unsorted_returns


def work_items(user: Any, today: date) -> Iterator[WorkItem]:
    """One item per paper that is out to be signed, and per scan with pages left over."""
    for document in waiting_for_signature(user):
        yield WorkItem(
            key=f"signature-{document.pk}",
            title=_("Waiting for signature: %(paper)s") % {"paper": kind_named(document.kind).title},
            verb=_("Open paper"),
            url=reverse("documents:document", args=[document.pk]),
            due_on=None,
            case_id=document.case_id_of,
            age=_out_for(document, today),
            case_number=document.facts["stamp"]["reference"],
            icon="file-check",
        )
    for batch in unsorted_returns(user):
        yield WorkItem(
            key=f"return-{batch.pk}",
            title=_("Say where the scanned pages belong"),
            verb=_("Sort"),
            url=reverse("documents:returned", args=[batch.pk]),
            due_on=timezone.localdate(batch.sent_at),
            case_id=batch.case_id_of,
            icon="upload",
        )


def _out_for(document: Document, today: date) -> str:
    """“printed 3 days ago”."""
    printed_at = getattr(document, "printed_at", None) or document.made_at or document.requested_at
    days = (today - timezone.localdate(printed_at)).days
    if days < 1:
        return _("printed today")
    return ngettext("printed %(n)d day ago", "printed %(n)d days ago", days) % {"n": days}
