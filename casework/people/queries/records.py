"""The records of upper rooms, such as cases, through which persons are seen, by name and address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casework.access.subjects import subject_types
from casework.people.models import PersonReach


@dataclass(frozen=True)
class RecordLine:
    """A record in which a person appears: its number and its page."""

    label: str
    url: str


def records_of(person_ids: Iterable[int], user: Any) -> dict[int, list[RecordLine]]:
    """Per person the records this reader may open; one query for the reach and one per kind of record."""
    people: dict[tuple[str, int], set[int]] = {}
    reach = PersonReach.objects.filter(person_id__in=list(person_ids))
    for person_id, kind, number in reach.values_list("person_id", "source_type", "source_id"):
        people.setdefault((kind, number), set()).add(person_id)
    lines: dict[int, list[RecordLine]] = {}
    for kind in sorted({kind for kind, _number in people}):
        subject = subject_types().get(kind)
        if subject is None:
            continue
        numbers = [number for of_kind, number in people if of_kind == kind]
        for row in subject.visible(user).filter(pk__in=numbers).order_by("pk"):
            for person_id in people[kind, row.pk]:
                lines.setdefault(person_id, []).append(RecordLine(str(row), subject.url(row)))
    return lines
