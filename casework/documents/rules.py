"""What may be printed, and when a document is given up."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from casework.kernel.guards import YES, Verdict, no

from .kinds import DocumentKind
from .models import Attachment, Document
from .states import AttachmentState, DocumentState

MOST_TRIES = 3
DESK_PATIENCE = timedelta(seconds=3)
"""How long a family waits before the relay renders what no worker has claimed."""
LONGEST_RENDERING = timedelta(minutes=4)
"""Longer than any worker is let run: what is still being made then was dropped."""

LONGEST_SORTING = timedelta(minutes=6)
"""Longer than any worker is let sort papers that came back."""

DAMAGED = _("The stored paper is damaged. Print a new one and tell the administrator.")
DAMAGED_FILE = _("The stored file is damaged. Tell the administrator, and add the photo or scan again.")
REASON_MISSING = _("Write why it is taken off.")
LETTER_FIRST = _("Print the letter itself first; the copy carries its number.")


def can_request(kind: DocumentKind, language: str) -> Verdict:
    """Whether the paper exists in this language."""
    if language not in kind.languages:
        return no("E-DOC-1", _("This paper is not made in that language."))
    return YES


def can_retry(document: Document) -> Verdict:
    """Whether a parked or stopped document may be tried again."""
    if document.state not in (DocumentState.FAILED, DocumentState.STOPPED):
        return no("E-DOC-2", _("This paper is not waiting for another try."))
    return YES


def can_stop(document: Document, kind: DocumentKind) -> Verdict:
    """Whether somebody may think better of it: a paper that takes long, while it waits or is being made."""
    if not kind.is_long or document.state not in (DocumentState.REQUESTED, DocumentState.RENDERING):
        return no("E-DOC-23", _("There is nothing to stop: this paper is not being made."))
    return YES


def can_open(document: Document) -> Verdict:
    """Whether there are bytes to open or print."""
    if document.state == DocumentState.VOID:
        return no("E-DOC-3", _("This paper is no longer valid. Print a new one."))
    if document.state != DocumentState.READY:
        return no("E-DOC-4", _("This paper is not ready yet."))
    return YES


def can_take_back(document: Document) -> Verdict:
    """Whether there is a paper that could be in somebody's hands."""
    if document.state != DocumentState.READY:
        return no("E-DOC-22", _("There is no valid paper to take back."))
    return YES


def can_show(attachment: Attachment) -> Verdict:
    """Whether the file of an attachment may be opened."""
    if attachment.removed_at or attachment.state == AttachmentState.REFUSED:
        return no("E-DOC-12", _("This file is no longer here."))
    if attachment.state != AttachmentState.SAFE:
        return no("E-DOC-11", _("This file is being checked for viruses. Try again in a few minutes."))
    return YES


def can_remove(attachment: Attachment) -> Verdict:
    """Whether there is a file to take off."""
    if attachment.removed_at:
        return no("E-DOC-12", _("This file is no longer here."))
    return YES
