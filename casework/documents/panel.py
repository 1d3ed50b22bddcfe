"""The tab of a case: the papers made, the photos and scans, and what came back and is not sorted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from casework.kernel.subjects import subject_type

from .attachments_queries import can_add, may_about, subjects_of
from .kinds import UnknownKind, kind_named
from .models import Attachment, Document
from .returns_queries import unsorted_returns

MOST_DOCUMENTS = 50
"""How many of the newest papers the tab lists."""


def case_papers(case: Any, user: Any, today: date) -> Mapping[str, Any]:
    """The papers made and the photos and scans put on a case or on what belongs to it, as far as they may be opened."""
    documents = Document.objects.lookup_for(user).filter(case_id_of=case.pk).order_by("-pk")[:MOST_DOCUMENTS]
    attachments = Attachment.objects.lookup_for(user).filter(case_id_of=case.pk, removed_at=None).order_by("-pk")
    listed = [*documents, *attachments.select_related("added_by")]
    subjects = subjects_of(listed, user)
    opened = [row for row in listed if _may_open(row, subjects.get((row.subject_type, row.subject_id)), user)]
    return {
        "documents": [row for row in opened if isinstance(row, Document)],
        "attachments": [row for row in opened if isinstance(row, Attachment)],
        "unsorted": unsorted_returns(user).filter(case_id_of=case.pk),
        "can_add": can_add(user, case),
        "subject_type": subject_type(case),
        "subject_id": case.pk,
    }


def _may_open(row: Document | Attachment, subject: Any, user: Any) -> bool:
    """What the pages of a paper, a photo or a scan ask before they open it."""
    if isinstance(row, Attachment):
        return may_about(user, "documents.attachment.see", subject)
    try:
        action = kind_named(row.kind).action
    except UnknownKind:
        return False
    return all(may_about(user, needed, subject) for needed in ("documents.document.see", action) if needed)
