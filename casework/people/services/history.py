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
    reach = list(PersonReach.objects.filter(person=person).order_by("-id"))
    case = next((row for row in reach if row.source_type == CASE), None)
    office = next((row for row in reach if row.office_id is not None), None)
    record_event(
        action,
        actor=by,
        subject=subject or person,
        case_id=case.source_id if case else None,
        office_id=office.office_id if office else None,
        level=office.level if office else 2,
        changes=changes,
        reason=reason,
    )
