"""A list as its file shows it: the rows that its filters leave to one reader, in words."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property, lru_cache, partial
from itertools import chain, islice
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.accounts.models import User
from casework.kernel.copying import Copied, Reader, parting, readers_of, text_of, texts_of
from casework.kernel.dates import short
from casework.programmes.contributions import Words, registry
from casework.ui.filters import ListFilter
from casework.ui.spreadsheets import Cell, Rows, Written, written

SAID_AGAIN = 10_000
"""Of how many different facts a sheet remembers the words."""
InWords = Callable[[Any], Iterable[Cell]]


class Part:
    """Some cells of each row, one after the other, and the facts that they tell.

    `words` makes them of the fact, or of a row that has several facts and no others. Without it the fact itself, a
    text, is the cell. Where facts are `is_unique`, nothing is remembered for other rows that have the same.
    """

    def __init__(self, *facts: str, words: InWords | None = None, is_unique: bool = False) -> None:
        self.facts, self._words, self._is_unique = facts, words, is_unique

    def maker(self, readers: Sequence[Reader]) -> Callable[[Iterable[str]], Iterable[Iterable[Written]]]:
        """What makes of the pieces of lines the cells as they are written."""
        words = self._words
        if words is None:
            return lambda pieces: zip(written(map(text_of, pieces)))
        make = _of_one(words, *readers) if len(readers) == 1 else _of_some(words, self.facts, readers)
        return partial(map, make if self._is_unique else lru_cache(SAID_AGAIN)(make))


def _of_one(words: InWords, read: Reader) -> Callable[[str], list[Written]]:
    return lambda piece: written(words(read(text_of(piece))))


def _of_some(words: InWords, facts: Sequence[str], readers: Sequence[Reader]) -> Callable[[str], list[Written]]:
    row = namedtuple("row", facts)  # type: ignore[misc]
    return lambda piece: written(words(row(*[read(text) for read, text in zip(readers, texts_of(piece), strict=True)])))


NAMES = Part("names", words=lambda names: (*names, "", "")[:2], is_unique=True)
"""What the child is called, and what else."""


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
        self.found, self.language = self.filter_class(query, request=request), (get_language() or "en")[:2]

    @property
    def records(self) -> QuerySet:
        """What the reader may see of the list now, without sealed cases."""
        return self.found.qs.exclude(**{self.sealed: True})

    @cached_property
    def parts(self) -> Sequence[Part]:
        """What makes the cells of a row as its list shows it, from left to right, of the facts of shown()."""
        raise NotImplementedError

    @property
    def rows(self) -> QuerySet:
        """The facts of the parts."""
        return self.shown(self.records).values_list(*(fact for part in self.parts for fact in part.facts))

    def copied(self, most: int, tell: Callable[[int], object] | None = None) -> Copied[Sequence[Written]]:
        """The first rows, one cell for each column; `tell` hears now and then how many are done."""
        rows, widths = self.rows[:most], [len(part.facts) for part in self.parts]
        parted, readers = parting(widths), iter(readers_of(rows))
        makers = [part.maker(list(islice(readers, width))) for part, width in zip(self.parts, widths, strict=True)]

        def cells(lines: Iterable[str]) -> Iterable[Sequence[Written]]:
            made = [make(pieces) for make, pieces in zip(makers, parted(lines), strict=False)]  # of no line no pieces
            return map(tuple, map(chain.from_iterable, zip(*made, strict=True)))

        return Copied(rows, cells, tell)

    def narrowed(self) -> list[str]:
        """What the list is narrowed to, as its page says it."""
        return [str(chip["label"]) for chip in self.found.chips()]

    def shown(self, rows: QuerySet) -> QuerySet:
        """The rows with the facts that the parts tell."""
        raise NotImplementedError

    def whole(self, rows: Rows, reason: str) -> list[Rows]:
        """Heading, rows, and below them who took them, when and what for."""
        below = [
            [], [_("Taken by %(name)s, %(when)s") % {"name": self.user.name_now, "when": moment(self.now)}], [reason],
            [_("Confidential. Delete this file when it is no longer needed.")],
        ]  # fmt: skip
        return [[[str(column) for column in self.columns]], rows, below]


def sheet_named(key: str) -> type[ListSheet]:
    """The sheet of a list. Raises KeyError for a list that is no file."""
    sheets: dict[str, type[ListSheet]] = {sheet.key: sheet for sheet in registry.gather("list_sheets")}
    return sheets[key]


def moment(at: datetime) -> str:
    """Day and time in the reader's language."""
    here = timezone.localtime(at)
    return f"{short(here.date(), get_language() or 'en')}, {here:%H:%M}"
