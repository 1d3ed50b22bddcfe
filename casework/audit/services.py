"""Write the ledger."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from casework.kernel.requests import current_address, current_request_id, moment_of_act
from casework.kernel.subjects import subject_type

from .models import Event, EventValue


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def record_event(
    action: str,
    *,
    actor: Any,
    subject: models.Model | None = None,
    case_id: int | None = None,
    office_id: int | None = None,
    level: int = 2,
    changes: dict[str, tuple[Any, Any]] | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> Event:
    """Add one row to the history, in the caller's transaction: no history, no act.

    `changes` maps a field to (before, after). The values go to the erasable side table, the event keeps a digest.
    """
    plain = {name: [_plain(before), _plain(after)] for name, (before, after) in (changes or {}).items()}
    salt = secrets.token_hex(16) if plain else ""
    digest = hashlib.sha256((salt + json.dumps(plain, sort_keys=True)).encode()).hexdigest() if plain else ""
    event = Event.objects.create(
        at=at or moment_of_act(),
        actor=actor,
        action=action,
        subject_type=subject_type(subject) if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        case_id_of=case_id,
        office_id_of=office_id,
        level=level,
        fields=sorted(plain),
        reason=reason,
        request_id=current_request_id.get(),
        address=current_address.get() or None,
        salt=salt,
        digest=digest,
    )
    if plain:
        EventValue.objects.create(event=event, changes=plain)
    return event


def changed_fields(row: models.Model, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set values on the row (not saved) and answer what changed: field → (before, after)."""
    changes = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            changes[name] = (before, value)
            setattr(row, name, value)
    return changes


def record_refusal(*, actor: Any, status: int, view: str, number: int | None, method: str) -> Event:
    """Add a refused request: the page's name and the row's number, never what it holds."""
    return Event.objects.create(
        at=moment_of_act(),
        actor=actor,
        action="audit.request.refused",
        subject_type=view[:60],
        subject_id=number,
        level=1,
        reason=f"{status} {method}",
        request_id=current_request_id.get(),
        address=current_address.get() or None,
    )
