"""Reads over the photos and scans of forms that are not finished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.access.subjects import subject_types
from casework.kernel.subjects import subject_type
from casework.programmes.contributions import Words

from .attachments_queries import can_add, papers_url
from .models import Attachment
from .queries import live_links

DRAFT = "drafts.draft"


@dataclass(frozen=True, kw_only=True)
class KeptPapers:
    """The photos and scans of one unfinished form: how many, whether this person adds some, a phone let in until when.

    `panel_url` answers the same again while a phone sends, `page_url` shows them; both are empty before the first save.
    """

    count: int = 0
    can_add: bool = True
    until: datetime | None = None
    panel_url: str = ""
    page_url: str = ""


def kept_papers(draft: Any, user: Any, now: datetime) -> KeptPapers:
    """What lies with a form; nothing for None, which is one that nobody typed in."""
    if draft is None:
        return KeptPapers()
    may_add = can_add(user, draft)
    link = live_links(draft, user).filter(expires_at__gt=now).first() if may_add else None
    return KeptPapers(
        count=papers_on(draft).count(),
        can_add=may_add,
        until=link.expires_at if link else None,
        panel_url=reverse("documents:draft-panel", args=[subject_type(draft), draft.pk]),
        page_url=papers_url(draft),
    )


def papers_on(draft: Any) -> QuerySet[Attachment]:
    """The photos and scans that are there to see, in the order they came."""
    return Attachment.rows.all().about(draft).filter(removed_at=None).order_by("pk")


def way_to(draft: Any, what: str) -> str:
    """The page for a button beside the form: `phone` lets a phone in, `file` adds a file, else all are shown."""
    names = {"phone": "documents:phone", "file": "documents:attach"}
    return reverse(names.get(what, "documents:draft-papers"), args=[subject_type(draft), draft.pk])


def form_url(subject: Any) -> str:
    """Where the typing goes on; empty for a record, which is finished."""
    kind = subject_types()[subject_type(subject)]
    return kind.url(subject) if kind.is_unfinished else ""


def papers_words(subject: Any) -> Words:
    """What the page that lists its papers is called."""
    return _("Photos and scans") if form_url(subject) else _("Documents")


def count_of_draft() -> Any:
    """How many photos and scans lie with each of a list of drafts, as an expression."""
    papers = Attachment.rows.filter(subject_type=DRAFT, subject_id=OuterRef("pk"), removed_at=None)
    counted = papers.order_by().values("subject_id").values(n=Count("pk"))
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def page_of_draft(draft: Any) -> str:
    """Where the photos and scans of a draft are shown."""
    return papers_url(draft)
