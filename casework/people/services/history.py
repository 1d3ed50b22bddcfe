"""One way to write a person's acts into the ledger: with the case and office through which the person is reached."""

from __future__ import annotations

from typing import Any

from django.db import models

from casework.audit.services import record_event
from casework.people.models import Person, PersonReach

from .reach import CASE


def record_act(
    action: str,
    *,
    person: Person,
    by: Any,
    subject: models.Model | None = None,
    changes: dict[str, tuple[Any, Any]] | None = None,
    reason: str = "",
) -> None:
    """Write one act on a person. It stands on the newest case through which the person is seen."""
    reach = PersonReach.objects.filter(person=person, source_type=CASE).order_by("-id").first()
    office = PersonReach.objects.filter(person=person, office_id__isnull=False).order_by("-id").first()
    record_event(
        action,
        actor=by,
        subject=subject or person,
        case_id=reach.source_id if reach else None,
        office_id=office.office_id if office else None,
        level=office.level if office else 2,
        changes=changes,
        reason=reason,
    )
