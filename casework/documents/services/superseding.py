"""Mark photos and scans of a paper that was replaced: they are kept, and show that they no longer hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.documents.models import Attachment


@transaction.atomic
def supersede_attachments(*, attachments: Iterable[Attachment], on: date, by: User, now: datetime) -> list[Attachment]:
    """Note that the paper on these pictures was replaced on a day. One that is marked already keeps its day."""
    marked = []
    for attachment in attachments:
        if attachment.superseded_on is not None:
            continue
        attachment.superseded_on = on
        attachment.save(update_fields=["superseded_on"])
        record_event(
            "documents.attachment.superseded",
            actor=by,
            subject=attachment,
            case_id=attachment.case_id_of,
            office_id=attachment.office_id_of,
            level=attachment.level,
            at=now,
        )
        marked.append(attachment)
    return marked
