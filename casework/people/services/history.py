"""One way to write a person's acts into the ledger: with the case and office through which the person is reached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.db import models

from casework.audit.services import Act, Changes, record_events
from casework.people.models import Person, PersonReach

from .reach import CASE


def record_act(
    action: str,
    *,
    person: Person,
    by: Any,
    subject: models.Model | None = None,
    changes: Changes | None = None,
    reason: str = "",
) -> None:
    """Record one event on a person, filed with the newest case through which the person is seen."""
    act = Act(subject=subject or person, changes=changes or {}, reason=reason)
    record_acts(action, acts=[(person, act)], by=by)


def record_acts(action: str, *, acts: Sequence[tuple[Person, Act]], by: Any) -> None:
    """Write one act on each of several persons; like record_act."""
    record_events(action, actor=by, acts=_placed(acts))


def _placed(acts: Sequence[tuple[Person, Act]]) -> Iterator[Act]:
    """The acts with case, office and level of the newest reach of their person."""
    reach: dict[int, list[PersonReach]] = defaultdict(list)
    for row in PersonReach.objects.filter(person__in=[person for person, _act in acts]).order_by("-id"):
        reach[row.person_id].append(row)
    for person, act in acts:
        case = next((row for row in reach[person.pk] if row.source_type == CASE), None)
        office = next((row for row in reach[person.pk] if row.office_id is not None), None)
        yield replace(
            act,
            case_id=case.source_id if case else None,
            office_id=office.office_id if office else None,
            level=office.level if office else 2,
        )
