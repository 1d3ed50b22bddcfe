"""The lines of the history for one reader: what each act was about, with a link where the reader may open it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.urls import get_resolver
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.access.subjects import subject_types
from casework.accounts.models import User
from casework.audit.queries import REFUSED, Line
from casework.cases.models import Case
from casework.cases.queries import case_numbers
from casework.programmes.contributions import Words, registry

CASE, PERSON, ACCOUNT = "cases.case", "people.person", "accounts.user"
WHY = {
    "403": gettext_lazy("not allowed for this person"),
    "404": gettext_lazy("not there, or not for this person"),
    "409": gettext_lazy("changed by somebody else in the meantime"),
}


@dataclass(frozen=True, kw_only=True)
class ReadLine:
    """One act in the words of a page."""

    line: Line
    words: Words
    subject: Words
    url: str = ""
    note: Words = ""


def read_lines(lines: Sequence[Line], reader: Any) -> list[ReadLine]:
    """What stands on the page. A number stands there where the act names its case, or the reader may see it.

    What was typed as its reason tells of a family: it stands there for who sees the case, or was written of none.

    One query for each kind of row the page has addresses for, however many lines there are.
    """
    asked = [(line, _about(line)) for line in lines]
    opened = {key: _rows(reader, key, ids) for key, ids in _wanted(asked).items()}
    numbers = case_numbers(line.event.case_id_of for line in lines)
    people = {user.pk: user.name_now for user in User.objects.filter(pk__in=_ids(asked, ACCOUNT))}
    told = [_told(line, about, opened, reader) for line, about in asked]
    return [_read(line, about, opened, numbers, people) for line, about in told]


def _told(
    line: Line, about: tuple[str, int | None], opened: Mapping[str, Mapping[int, Any]], reader: Any
) -> tuple[Line, tuple[str, int | None]]:
    """The line without its note for a reader who may see neither its case nor the person it is about.

    What one wrote oneself is read while one sees the record it was written on, such as a request of the fund.
    """
    (kind, pk), event = about, line.event
    sees_row = (pk or 0) in opened.get(kind, {})
    sees_case = event.case_id_of is None or event.case_id_of in opened[CASE]
    is_told = (sees_case and (kind != PERSON or sees_row)) or (event.actor_id == reader.pk and sees_row)
    is_typed = event.action != REFUSED
    return (line if is_told or not is_typed else replace(line, note="")), about


def _about(line: Line) -> tuple[str, int | None]:
    """The kind and number of the row of an act; of a refusal the row of the page that was refused."""
    event = line.event
    if event.action != REFUSED:
        return event.subject_type, event.subject_id
    model = getattr(_views().get(event.subject_type), "model", None)
    return (model._meta.label_lower if model else ""), event.subject_id


def _ids(asked: Iterable[tuple[Line, tuple[str, int | None]]], kind: str) -> set[int]:
    return {pk for _line, (key, pk) in asked if key == kind and pk is not None}


def _wanted(asked: Sequence[tuple[Line, tuple[str, int | None]]]) -> dict[str, set[int]]:
    """The ids of each kind that has a page of its own, and of the cases the acts belong to."""
    kinds = {key for _line, (key, _pk) in asked if key in subject_types() and not key.startswith("accounts.")}
    wanted = {key: _ids(asked, key) for key in kinds | {CASE}}
    wanted[CASE] |= {line.event.case_id_of for line, _about in asked if line.event.case_id_of}
    return wanted


def _rows(reader: Any, key: str, ids: set[int]) -> dict[int, Any]:
    """Those of the rows that the reader may open."""
    return subject_types()[key].visible(reader).in_bulk(ids) if ids else {}


def _read(
    line: Line,
    about: tuple[str, int | None],
    opened: Mapping[str, Mapping[int, Any]],
    numbers: Mapping[int, str],
    people: Mapping[int, str],
) -> ReadLine:
    (kind, pk), event = about, line.event
    row = opened.get(kind, {}).get(pk or 0)
    case = opened[CASE].get(event.case_id_of or 0)
    number = numbers.get(event.case_id_of or 0) or (row.number if isinstance(row, Case) else "")
    name = people.get(pk or 0, "") if kind == ACCOUNT else ""
    url = subject_types()[kind].url(row) if row is not None else subject_types()[CASE].url(case) if case else ""
    subject = " ".join(str(part) for part in (_named(kind), number, name) if part)
    if event.action != REFUSED:
        return ReadLine(line=line, words=line.words, subject=subject, url=url, note=line.note)
    page = _named(event.subject_type)
    words = _("Refused: %(page)s") % {"page": page} if page else line.words
    note = WHY.get(event.reason.split()[0], "") if event.reason else ""
    return ReadLine(line=line, words=words, subject=subject if row is not None else "", url=url, note=note)


def _named(key: str) -> Words:
    """A kind of row or the address of a page, in words; nothing where nobody gave it any."""
    for contribution in registry:
        if key in contribution.history_words:
            return contribution.history_words[key]
    title = getattr(_views().get(key), "title", "")
    if isinstance(title, str | Promise) and title:
        return title
    room = key.partition(":")[0] if ":" in key else ""
    return next((c.label for c in registry if room and c.key == room), "")


@cache
def _views() -> dict[str, Any]:
    """The view of every named address."""
    return dict(_walk(get_resolver(), ""))


def _walk(resolver: Any, space: str) -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            inner = getattr(entry, "namespace", None)
            yield from _walk(entry, f"{space}{inner}:" if inner else space)
        elif entry.name:
            yield f"{space}{entry.name}", getattr(entry.callback, "view_class", None)
