"""Read the ledger: whose acts, on which case, in which words, with what before and after."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.kernel import dates
from casework.programmes.contributions import EventWords, FactWords, Words, registry

from .models import Event

REFUSED = "audit.request.refused"
WRONG = ("accounts.sign-in.failed", "accounts.code.failed")
SECURITY = Q(action__startswith="accounts.") | Q(action=REFUSED)
DAY_OF_TRIES = timedelta(days=1)
OFTEN_REFUSED, OFTEN_WRONG = 30, 10
"""Refusals of one person in a day, and wrong passwords and codes of one account, that no work explains."""
LOOKED_AT = 30_000
"""The newest acts, among which they are counted: an index for it would be written with every act."""
LONGEST_VALUE = 300
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
"""A day as an act keeps it."""
Names = Mapping[tuple[Any, Any], str]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One field of an event: its name in words, before (empty where nothing was there), after."""

    label: Words
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One act as a reader sees it."""

    event: Event
    words: Words
    icon: str
    colour: str
    note: Words
    changes: tuple[Change, ...]
    fields: tuple[Words, ...]


@cache
def words_by_action() -> Mapping[str, EventWords]:
    """How each act reads, from every room's and programme's contribution."""
    return {event.action: event for event in registry.gather("events")}


def own_acts(user: Any) -> QuerySet[Event]:
    """What the person did."""
    return _listed().filter(actor=user)


def acts_in_offices(office_ids: Iterable[int]) -> QuerySet[Event]:
    """What was done in some offices."""
    return _listed().filter(office_id_of__in=office_ids)


def acts_on_case(case_id: int) -> QuerySet[Event]:
    """What was done and seen on one case."""
    return _listed().filter(case_id_of=case_id)


def security_events() -> QuerySet[Event]:
    """Sign-ins, people, roles, refusals; nothing of any case."""
    return _listed().filter(SECURITY, case_id_of__isnull=True)


def often_refused(now: datetime) -> int:
    """How many people were refused so often in a day that they may be looking for what is not theirs."""
    return _as_often(_of_a_day(now).filter(action=REFUSED), "actor", OFTEN_REFUSED)


def often_tried(now: datetime) -> int:
    """How many accounts were tried so often in a day that somebody may be guessing; unknown names count as one."""
    return _as_often(_of_a_day(now).filter(action__in=WRONG), "subject_id", OFTEN_WRONG)


def _of_a_day(now: datetime) -> QuerySet[Event]:
    newest = Event.objects.order_by("-pk").values("pk")[:LOOKED_AT]
    return Event.objects.filter(pk__in=newest, at__gt=now - DAY_OF_TRIES)


def _as_often(acts: QuerySet[Event], by: str, often: int) -> int:
    return acts.values(by).annotate(n=Count("id")).filter(n__gte=often).order_by().count()


def all_acts() -> QuerySet[Event]:
    """Everything."""
    return _listed()


def counts_in_offices(office_ids: Iterable[int]) -> list[tuple[Words, int]]:
    """How often each act was done in some offices, the most frequent first."""
    rows = Event.objects.filter(office_id_of__in=office_ids).values_list("action").annotate(n=Count("id"))
    return [(_words(action).words, number) for action, number in rows.order_by("-n")]


def _listed() -> QuerySet[Event]:
    return Event.objects.select_related("actor", "values").order_by("-id")


def _words(action: str) -> EventWords:
    return words_by_action().get(action) or EventWords(action=action, words=action)


def as_lines(events: Iterable[Event], *, with_values: bool) -> list[Line]:
    """Events in words. Values are left out for readers who may not see them (auditors, administrators)."""
    listed = list(events)
    names = _related_names(listed) if with_values else {}
    return [_line(event, with_values, names) for event in listed]


def _line(event: Event, with_values: bool, names: Names) -> Line:
    words = _words(event.action)
    values = getattr(event, "values", None) if with_values else None
    changed = values.changes.items() if values else ()
    changes = tuple(_change(event, name, pair, names) for name, pair in changed if not all(map(_is_empty, pair)))
    return Line(
        event=event,
        words=words.words,
        icon=words.icon,
        colour=words.colour,
        note=words.told(event.reason) if words.told and event.reason else event.reason,
        changes=changes,
        fields=tuple(_label(event, name) for name in event.fields),
    )


def _model(event: Event) -> type[models.Model] | None:
    try:
        return apps.get_model(event.subject_type)
    except (LookupError, ValueError):
        return None


def _field(event: Event, name: str) -> Any:
    model = _model(event)
    return {f.name: f for f in model._meta.fields}.get(name) if model else None


def _related_names(events: list[Event]) -> dict[tuple[Any, Any], str]:
    """The names of rows that changed fields point to, read once per kind."""
    wanted: dict[Any, set[Any]] = {}
    for event in events:
        for name, pair in (event.values.changes if hasattr(event, "values") else {}).items():
            field = _field(event, name)
            if isinstance(field, models.ForeignKey):
                wanted.setdefault(field.related_model, set()).update(v for v in pair if v is not None)
    found: dict[tuple[Any, Any], str] = {}
    for model, ids in wanted.items():
        found |= {(model, pk): str(row) for pk, row in model._base_manager.in_bulk(ids).items()}
    return found


def _change(event: Event, name: str, pair: list[Any], names: Names) -> Change:
    field, told = _field(event, name), _told(event, name)
    read = [_read(told, value) for value in pair] if told and field is None else pair
    before, after = ("" if _is_empty(value) else _text(field, value, names) for value in read)
    return Change(label=_label(event, name), before=before, after=after or "–")


def _label(event: Event, name: str) -> Words:
    field, told = _field(event, name), _told(event, name)
    if field is not None and (told is None or isinstance(field.verbose_name, Promise)):
        return field.verbose_name
    return told.label if told else name.replace("_", " ")


def _read(told: FactWords, value: Any) -> Any:
    """A code in words; of several, such as what a witness can say, each."""
    if isinstance(value, list):
        return ", ".join(str(told.choices.get(one, one)) for one in value)
    return told.choices.get(value, value)


def _told(event: Event, name: str) -> FactWords | None:
    """The words of a fact that is no field of the row, or one without words, from the room of the act."""
    return _facts_by_room().get(event.action.partition(".")[0], {}).get(name)


@cache
def _facts_by_room() -> Mapping[str, Mapping[str, FactWords]]:
    return {contribution.key: contribution.fact_words for contribution in registry}


def _is_empty(value: Any) -> bool:
    return value in (None, "", [], {})


def _text(field: Any, value: Any, names: Names) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, models.ForeignKey):
        return names.get((field.related_model, value), str(value))
    if field is not None and field.choices:
        return str(getattr(field.model(**{field.attname: value}), f"get_{field.name}_display")())
    if isinstance(field, models.DateField) and isinstance(value, str):
        return _day(field, value)
    if field is None and isinstance(value, str) and DAY.fullmatch(value):
        return dates.short(date.fromisoformat(value), (get_language() or "en")[:2])
    return str(value)[:LONGEST_VALUE]


def _day(field: models.DateField, value: str) -> str:
    day = field.to_python(value)
    return dates.short(day, (get_language() or "en")[:2]) if day else value
