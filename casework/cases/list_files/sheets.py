"""A list as its file shows it: the rows that its filters leave to one reader, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.accounts.models import User
from casework.kernel.dates import short
from casework.programmes.contributions import Words, registry
from casework.ui.filters import ListFilter


class ListSheet:
    """One list for one reader. A room or programme names its sheets in `list_sheets`."""

    key: ClassVar[str]
    """The name of the list's address; that of the page of its file ends with `:file`."""
    title: ClassVar[Words]
    columns: ClassVar[Sequence[Words]]
    filter_class: ClassVar[type[ListFilter]]
    sealed: ClassVar[str]
    """The path from a row to whether its case is sealed."""
    action: ClassVar[str]
    """The right to take a short list."""
    long_action: ClassVar[str]
    """The right to ask for a long one."""
    long_kind: ClassVar[str]
    """The kind of proposal by which a second person agrees to a long one."""

    def __init__(self, user: User, query: QueryDict, now: datetime) -> None:
        request = HttpRequest()
        request.user = user
        self.user, self.now, self.today = user, now, timezone.localdate(now)
        self.found = self.filter_class(query, request=request)
        self._said: dict[int, tuple[Words, str]] = {}

    @property
    def records(self) -> QuerySet:
        """What the reader may see of the list now, without sealed cases."""
        return self.found.qs.exclude(**{self.sealed: True})

    @property
    def rows(self) -> QuerySet:
        """The same as line() takes it."""
        return self.shown(self.records)

    def narrowed(self) -> list[str]:
        """What the list is narrowed to, as its page says it."""
        return [str(chip["label"]) for chip in self.found.chips()]

    def shown(self, rows: QuerySet) -> QuerySet:
        """The facts of the rows that line() makes words of."""
        raise NotImplementedError

    def line(self, row: Any) -> Sequence[str]:
        """A row as its list shows it, one cell for each column."""
        raise NotImplementedError

    def said(self, words: Words) -> str:
        """Words in the language of the file; what many rows say is translated once."""
        if isinstance(words, str):
            return words
        if id(words) not in self._said:
            self._said[id(words)] = words, str(words)  # held, so that its id stays its own
        return self._said[id(words)][1]

    def whole(self, rows: Iterable[Any], reason: str) -> Iterator[Sequence[str]]:
        """Heading, rows, and below them who took them, when and what for."""
        yield [str(column) for column in self.columns]
        yield from map(self.line, rows)
        yield []
        yield [_("Taken by %(name)s, %(when)s") % {"name": self.user.name_now, "when": moment(self.now)}]
        yield [reason]
        yield [_("Confidential. Delete this file when it is no longer needed.")]


def sheet_named(key: str) -> type[ListSheet]:
    """The sheet of a list. Raises KeyError for a list that is no file."""
    sheets: dict[str, type[ListSheet]] = {sheet.key: sheet for sheet in registry.gather("list_sheets")}
    return sheets[key]


def moment(at: datetime) -> str:
    """Day and time in the reader's language."""
    here = timezone.localtime(at)
    return f"{short(here.date(), get_language() or 'en')}, {here:%H:%M}"
