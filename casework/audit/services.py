"""Write the ledger."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from casework.kernel.requests import current_address, current_request_id, moment_of_act
from casework.kernel.subjects import subject_type

from .models import Event, EventValue

Changes = dict[str, tuple[Any, Any]]


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


@dataclass(frozen=True, kw_only=True)
class Act:
    """What the history keeps of an act: on what, in which case and office, what changed and why.

    `changes` maps a field to (before, after). The values go to the erasable side table, the event keeps a digest.
    """

    subject: models.Model | None = None
    case_id: int | None = None
    office_id: int | None = None
    level: int = 2
    changes: Changes = field(default_factory=dict)
    reason: str = ""

    def plain(self) -> dict[str, list[Any]]:
        """The changes as they are stored."""
        return {name: [_plain(before), _plain(after)] for name, (before, after) in self.changes.items()}


def record_event(
    action: str,
    *,
    actor: Any,
    subject: models.Model | None = None,
    case_id: int | None = None,
    office_id: int | None = None,
    level: int = 2,
    changes: Changes | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> Event:
    """Add one row to the history, in the caller's transaction: no history, no act. What an Act holds, see there."""
    act = Act(subject=subject, case_id=case_id, office_id=office_id, level=level, changes=changes or {}, reason=reason)
    return record_events(action, actor=actor, acts=[act], at=at)[0]


def record_events(action: str, *, actor: Any, acts: Iterable[Act], at: datetime | None = None) -> list[Event]:
    """Add a row for each of several acts of one kind, in one statement; like record_event."""
    told = [(act, act.plain()) for act in acts]
    moment = at or moment_of_act()
    events = Event.objects.bulk_create(_event(action, actor, moment, act, plain) for act, plain in told)
    EventValue.objects.bulk_create(
        EventValue(event=event, changes=plain) for event, (_act, plain) in zip(events, told, strict=True) if plain
    )
    return events


def _event(action: str, actor: Any, at: datetime, act: Act, plain: dict[str, list[Any]]) -> Event:
    salt = secrets.token_hex(16) if plain else ""
    digest = hashlib.sha256((salt + json.dumps(plain, sort_keys=True)).encode()).hexdigest() if plain else ""
    return Event(
        at=at,
        actor=actor,
        action=action,
        subject_type=subject_type(act.subject) if act.subject is not None else "",
        subject_id=act.subject.pk if act.subject is not None else None,
        case_id_of=act.case_id,
        office_id_of=act.office_id,
        level=act.level,
        fields=sorted(plain),
        reason=act.reason,
        request_id=current_request_id.get(),
        address=current_address.get() or None,
        salt=salt,
        digest=digest,
    )


def changed_fields(row: models.Model, values: dict[str, Any]) -> Changes:
    """Set values on the row (not saved) and answer what changed: field → (before, after)."""
    changes: Changes = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            changes[name] = (before, value)
            setattr(row, name, value)
    return changes


def record_refusal(*, actor: Any, status: int, view: str, number: int | None, method: str, code: str = "") -> Event:
    """Add a refused request: the page's name and the row's number, with the code of a rule; never what it holds."""
    return Event.objects.create(
        at=moment_of_act(),
        actor=actor,
        action="audit.request.refused",
        subject_type=view[:60],
        subject_id=number,
        level=1,
        reason=f"{status} {method} {code}".strip(),
        request_id=current_request_id.get(),
        address=current_address.get() or None,
    )
