"""Make the bytes of an ordered paper, once, whoever comes first: a worker, or the relay for a waiting family."""

from __future__ import annotations

import logging
import time
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from casework.accounts.models import User
from casework.documents import queries, rules, store
from casework.documents.compose import Stamp, compose
from casework.documents.kinds import kind_named
from casework.documents.models import Document
from casework.documents.pages import page_count
from casework.documents.states import DocumentState
from casework.kernel.moves import TransitionNotAllowed, move
from casework.notifications.background import failure_of
from casework.notifications.services import enqueue, notify

from .noting import note_act
from .ordering import TASK

log = logging.getLogger(__name__)


def render_document(*, document_id: int, now: datetime) -> Document:
    """Make an ordered paper and return its row. A paper that is made, or being made by another, is left alone.

    A failed try puts the row back into the queue; after the third it is parked with the reason. Raises nothing of its
    own for a paper that cannot be made. Call it outside a transaction, so that the claim is seen at once.
    """
    document = Document.rows.get(pk=document_id)
    try:
        with transaction.atomic():
            document = move(document, DocumentState.RENDERING, claimed_at=now, tries=document.tries + 1)
    except TransitionNotAllowed:
        return document
    try:
        content = _content(document)
        name = store.save(content, number=document.pk, now=now)
        return _ready(document, content, name, now)
    except (Stopped, TransitionNotAllowed):
        document.refresh_from_db()
        return document
    except Exception as fault:  # noqa: BLE001  whatever it was, the row must not stay "being made"
        failure = failure_of(fault.__cause__ or fault)
        log.error("document %s could not be made: %s", document.pk, failure)
        return _put_back(document, failure, now)


@transaction.atomic
def _ready(document: Document, content: bytes, name: str, now: datetime) -> Document:
    document = move(
        document,
        DocumentState.READY,
        file=name,
        sha256=store.digest(content),
        size=len(content),
        pages=page_count(content),
        progress=100,
        failure="",
        made_at=now,
    )
    if kind_named(document.kind).is_long:
        notify(
            recipient=document.requested_by,
            action="documents.document.made",
            subject=document,
            label=document.title,
            url=reverse("documents:document", args=[document.pk]),
        )
    return document


class Stopped(Exception):  # noqa: N818  what happened
    """Somebody stopped the paper while it was being made."""


class Progress:
    """Writes how far a paper is, in percent, at most twice a second: a letter is done before the first time.

    Raises Stopped when the paper is not being made any more.
    """

    SECONDS = 0.5

    def __init__(self, document: Document) -> None:
        self.document, self.told_at = document, time.monotonic()

    def __call__(self, percent: int) -> None:
        if time.monotonic() - self.told_at >= self.SECONDS:
            making = Document.rows.filter(pk=self.document.pk, state=DocumentState.RENDERING)
            if not making.update(progress=percent):
                raise Stopped
            self.told_at = time.monotonic()


def _content(document: Document) -> bytes:
    return compose(
        kind_named(document.kind),
        document.facts["paper"],
        language=document.language,
        stamp=Stamp(**document.facts["stamp"]),
        watermark=document.facts["watermark"],
        digits=document.facts.get("digits", ""),
        tell=Progress(document),
    )


@transaction.atomic
def _put_back(document: Document, reason: str, now: datetime) -> Document:
    if document.tries < rules.MOST_TRIES:
        enqueue(TASK, document.pk)
        return move(document, DocumentState.REQUESTED, failure=reason[:300])
    note_act("failed", document, document.requested_by, now)
    return move(document, DocumentState.FAILED, failure=reason[:300])


def release_dropped(*, now: datetime) -> int:
    """Put back papers whose maker died (out of memory, power cut), and return how many; for the periodic sweep."""
    rows = list(queries.dropped(now))
    for document in rows:
        try:
            _put_back(document, "the maker stopped", now)
        except TransitionNotAllowed:
            continue
    return len(rows)


@transaction.atomic
def stop_document(*, document: Document, by: User, now: datetime) -> Document:
    """Stop a long paper that waits or is being made: nothing of it is kept, and it may be tried again.

    Raises Conflict (E-DOC-23) for a short one, and when it is not being made.
    """
    rules.can_stop(document, kind_named(document.kind)).insist()
    document = move(document, DocumentState.STOPPED, progress=0)
    note_act("stopped", document, by, now)
    return document


@transaction.atomic
def retry_document(*, document: Document, by: User, now: datetime) -> Document:
    """Try a parked or stopped paper again. Raises Conflict E-DOC-2 when it is neither."""
    rules.can_retry(document).insist()
    document = move(document, DocumentState.REQUESTED, tries=0, failure="", requested_at=now)
    enqueue(TASK, document.pk)
    note_act("retried", document, by, now)
    return document
