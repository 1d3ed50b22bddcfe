"""What happened to a paper, in the history of its record."""

from __future__ import annotations

from datetime import datetime

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.documents.models import Document


def note_act(act: str, document: Document, by: User, now: datetime, reason: str = "") -> None:
    """Write into the history that somebody did something with a paper."""
    record_event(
        f"documents.document.{act}",
        actor=by,
        subject=document,
        case_id=document.case_id_of,
        office_id=document.office_id_of,
        level=document.level,
        reason=reason,
        at=now,
    )
