"""The tab of a case: the papers made, the photos and scans, and what came back and is not sorted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from casework.kernel.subjects import subject_type

from .attachments_queries import can_add, may_about, subject_of
from .kinds import UnknownKind, kind_named
from .models import Attachment, Document
from .returns_queries import unsorted_returns

MOST_DOCUMENTS = 50
"""How many of the newest papers the tab lists."""


def case_papers(case: Any, user: Any, today: date) -> Mapping[str, Any]:
    """The papers made and the photos and scans put on a case or on what belongs to it."""
    documents = Document.objects.lookup_for(user).filter(case_id_of=case.pk).order_by("-pk")[:MOST_DOCUMENTS]
    attachments = Attachment.objects.lookup_for(user).filter(case_id_of=case.pk, removed_at=None).order_by("-pk")
    return {
        "documents": _openable(documents, user),
        "attachments": list(attachments.select_related("added_by")),
        "unsorted": unsorted_returns(user).filter(case_id_of=case.pk),
        "can_add": can_add(user, case),
        "subject_type": subject_type(case),
        "subject_id": case.pk,
    }


def _openable(documents: Iterable[Document], user: Any) -> list[Document]:
    """The papers that the person may open; what they are about is looked up once."""
    by_subject: dict[tuple[str, int], list[Document]] = {}
    for document in documents:
        by_subject.setdefault((document.subject_type, document.subject_id), []).append(document)
    opened: set[int] = set()
    for about in by_subject.values():
        subject = subject_of(about[0], user)
        opened |= {document.pk for document in about if _may_open(document, subject, user)}
    return [document for document in documents if document.pk in opened]


def _may_open(document: Document, subject: Any, user: Any) -> bool:
    try:
        action = kind_named(document.kind).action
    except UnknownKind:
        return False
    return not action or may_about(user, action, subject)
