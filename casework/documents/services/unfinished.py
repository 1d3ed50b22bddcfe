"""Photos and scans on forms that are not finished: they go onto the record, or for good."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.apps import apps
from django.db import models, transaction

from casework.access.subjects import subject_types
from casework.accounts.models import User
from casework.audit.services import Act, record_events
from casework.documents import queries, store
from casework.documents.models import Attachment, CaptureLink
from casework.documents.models.subjects import filed_with
from casework.documents.states import CaptureState
from casework.kernel.acts import act

from .captures import end_link


@act
def put_on_record(*, draft: models.Model, record: models.Model, by: User, now: datetime) -> int:
    """Move the photos and scans of a finished form onto the record it became, and answer how many are there to see.

    A phone that is let in goes on: what it sends from now on comes to the record.
    """
    place = filed_with(record)
    for link in _live_links(draft):
        if queries.live_links(record, link.made_by).exists():
            end_link(link=link, by=by, now=now)
    CaptureLink.rows.all().about(draft).update(**place)
    papers = _papers(Attachment.rows.all().about(draft))
    Attachment.rows.filter(pk__in=[paper.pk for paper in papers]).update(**place)
    shown = [paper for paper in papers if paper.removed_at is None]
    _remember("filed", shown, by, now, place["case_id_of"], place["office_id_of"])
    return len(shown)


@act
def discard_with(*, draft: models.Model, by: User | None, now: datetime) -> int:
    """Delete the photos and scans of a form that was thrown away for good, and answer how many were there to see.

    A phone that is let in is told that its code is no longer valid. The files go when the rows are gone for certain.
    """
    for link in _live_links(draft):
        end_link(link=link, by=by, now=now)
    return _discard(Attachment.rows.all().about(draft), by, now)


@act
def end_links_of_others(*, draft: models.Model, by: User, now: datetime) -> None:
    """End the phone links of everybody else on a form that somebody took over."""
    for link in _live_links(draft):
        if link.made_by_id != by.pk:
            end_link(link=link, by=by, now=now)


@act
def discard_left_over(*, now: datetime) -> int:
    """Delete photos and scans whose unfinished form is gone, however it went; for the periodic sweep.

    What is kept of a phone's code goes when its time is over, so that no phone is in the middle of sending.
    """
    gone = 0
    for key, kind in subject_types().items():
        if kind.is_unfinished:
            there = apps.get_model(key)._base_manager.values("pk")
            papers = Attachment.rows.filter(subject_type=key).exclude(subject_id__in=there)
            gone += _discard(papers, None, now)
            over = CaptureLink.rows.filter(subject_type=key, photos=None, expires_at__lte=now)
            over.exclude(subject_id__in=there).delete()
    return gone


def _live_links(draft: models.Model) -> list[CaptureLink]:
    """The phones that are let in, held: what one is sending now has arrived, and nothing comes meanwhile."""
    links = CaptureLink.rows.all().about(draft).exclude(state=CaptureState.ENDED)
    return list(links.select_for_update(of=("self",)).select_related("made_by").order_by("pk"))


def _papers(papers: models.QuerySet[Attachment]) -> list[Attachment]:
    return list(papers.select_for_update(of=("self",)).order_by("pk"))


def _discard(papers: models.QuerySet[Attachment], by: User | None, now: datetime) -> int:
    rows = _papers(papers)
    shown = [paper for paper in rows if paper.removed_at is None]
    _remember("discarded", shown, by, now)
    names = [paper.file for paper in rows]
    Attachment.rows.filter(pk__in=[paper.pk for paper in rows]).delete()
    for name in names:
        transaction.on_commit(partial(store.discard, name), robust=True)
    return len(shown)


def _remember(
    what: str, papers: list[Attachment], by: User | None, now: datetime, case_id: int | None = None,
    office_id: int | None = None,
) -> None:  # fmt: skip
    acts = [
        Act(subject=paper, case_id=case_id, office_id=office_id or paper.office_id_of, level=paper.level)
        for paper in papers
    ]
    record_events(f"documents.attachment.{what}", actor=by, acts=acts, at=now)
