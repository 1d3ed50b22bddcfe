"""The records of upper rooms, such as cases, through which persons are seen, by name and address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casework.access.subjects import subject_types
from casework.people.models import PersonReach


@dataclass(frozen=True)
class RecordLine:
    """A record in which a person appears: its number, its page, and whether the person is the child it is about."""

    label: str
    url: str
    is_own: bool


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
                is_own = subject.child_id(row) == person_id
                lines.setdefault(person_id, []).append(RecordLine(str(row), subject.url(row), is_own))
    return lines


def own_records_of(person_ids: Iterable[int], user: Any) -> dict[int, list[RecordLine]]:
    """The same without the records of brothers and sisters, in which a child appears as one of the family."""
    found = records_of(person_ids, user)
    return {person_id: [line for line in lines if line.is_own] for person_id, lines in found.items()}
