"""What happens to a made paper: printed, signed, scanned in, checked, no longer valid."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casework.accounts.models import User
from casework.documents import rules
from casework.documents.kinds import kind_named
from casework.documents.models import Document, PrintLog
from casework.documents.states import DocumentState, PaperTrail
from casework.kernel.moves import move

from .noting import note_act


@transaction.atomic
def log_print(*, document: Document, by: User, now: datetime, recipient: str = "", copies: int = 1) -> PrintLog:
    """Note that a paper was printed or downloaded, by whom and for whom.

    Raises Conflict when it is not ready, and what the kind has against handing it out.
    """
    rules.can_open(document).insist()
    kind_named(document.kind).can_hand_out(document).insist()
    entry = PrintLog.objects.create(
        document=document, by=by, at=now, recipient=recipient, sha256=document.sha256, copies=copies
    )
    if document.trail == PaperTrail.NOT_PRINTED:
        move(document, PaperTrail.PRINTED, state_field="trail")
    note_act("printed", document, by, now)
    return entry


@transaction.atomic
def note_trail(*, document: Document, target: PaperTrail, by: User, now: datetime) -> Document:
    """Note that a printed paper is signed, scanned in or checked. Raises TransitionNotAllowed out of order."""
    document = move(document, target, state_field="trail")
    note_act(target, document, by, now)
    return document


@transaction.atomic
def note_returned(*, document: Document, by: User, now: datetime) -> Document:
    """Note that a paper came back on a scan, with the steps before it that nobody noted.

    A paper that was scanned before stays as it is.
    """
    after_printing = PaperTrail.SIGNED if kind_named(document.kind).is_signed else PaperTrail.SCANNED
    steps = {
        PaperTrail.NOT_PRINTED: PaperTrail.PRINTED,
        PaperTrail.PRINTED: after_printing,
        PaperTrail.SIGNED: PaperTrail.SCANNED,
    }
    while target := steps.get(PaperTrail(document.trail)):
        document = note_trail(document=document, target=target, by=by, now=now)
    return document


@transaction.atomic
def void_document(*, document: Document, by: User, reason: str, now: datetime) -> Document:
    """Take a paper back: its code then answers "no longer valid". Raises Conflict (E-DOC-22) when it is not ready."""
    rules.can_take_back(document).insist()
    document = move(document, DocumentState.VOID)
    note_act("voided", document, by, now, reason)
    return document
