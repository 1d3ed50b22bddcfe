"""Pages of lists that may be very long: one row of looking ahead instead of a full count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator

COUNT_CAP = 1_001
"""Lists are counted up to here and then say "more than 1,000"."""
FIRST_MARKED = 2
"""The page from which on a link names a row; the first one is always the newest."""
LONGEST_ID = 12


def counted(count: int | None) -> int | str | None:
    """A count as the bar above a list tells it: what stopped at COUNT_CAP is only known to be more than 1,000."""
    return f"{COUNT_CAP - 1:,}+" if count is not None and count >= COUNT_CAP else count


class LongListPage(Page):
    """One page, which knows whether another one follows."""

    def __init__(self, rows: list[Any], number: int, paginator: LongList, *, follows: bool) -> None:
        super().__init__(rows, number, paginator)
        self.follows = follows

    def has_next(self) -> bool:
        return self.follows

    def end_index(self) -> int:
        return (self.number - 1) * self.paginator.per_page + len(self.object_list)

    @property
    def marks(self) -> tuple[dict[str, str], dict[str, str]]:
        """What the links to the page before and to the next one carry beside its number."""
        return {}, {}

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than are counted."""
        return self.paginator.count >= COUNT_CAP


def length_of(rows: Any) -> int:
    """How many rows, at most COUNT_CAP."""
    return rows.order_by().values("pk")[:COUNT_CAP].count()


class LongList(Paginator):
    """Pages of a list. `known` is its length where somebody counted it already, `length` counts the rows otherwise."""

    page_class = LongListPage

    def __init__(
        self, rows: Any, per_page: int, *, known: int | None = None, length: Callable[[Any], int] = length_of
    ) -> None:
        super().__init__(rows, per_page)
        self.rows, self.known, self.length = rows, known, length

    @cached_property
    def count(self) -> int:
        """How many rows, at most COUNT_CAP."""
        return self.known if self.known is not None else self.length(self.rows)

    def validate_number(self, number: Any) -> int:
        """A page from 1 on. Raises InvalidPage."""
        if not str(number).isdecimal() or len(str(number)) > 7 or int(number) < 1:
            raise InvalidPage
        return int(number)

    def get_page(self, number: Any) -> LongListPage:
        """The page asked for; the first one for a number that is none, or beyond the end."""
        try:
            wanted = self.page(number)
        except InvalidPage:
            return self.page(1)
        return wanted if wanted.object_list or wanted.number == 1 else self.page(1)

    def page(self, number: Any) -> LongListPage:
        """One page, fetched with one row more than it shows."""
        wanted = self.validate_number(number)
        first = (wanted - 1) * self.per_page
        rows = list(self.rows[first : first + self.per_page + 1])
        if wanted == 1 and len(rows) <= self.per_page:
            self.known = len(rows)
        return self.page_class(rows[: self.per_page], wanted, self, follows=len(rows) > self.per_page)


class NewestFirstPage(LongListPage):
    """A page whose links name the row they lead on from."""

    @property
    def marks(self) -> tuple[dict[str, str], dict[str, str]]:
        rows = list(self.object_list)
        return ({"newer": str(rows[0].pk)}, {"older": str(rows[-1].pk)}) if rows else ({}, {})


class NewestFirst(LongList):
    """Pages of a list that stands by falling id: the last page is found as soon as the first, whatever its number."""

    page_class = NewestFirstPage

    def get_marked_page(self, asked: Mapping[str, str]) -> LongListPage:
        """The page that a link of another page asks for; by its number alone where no row is named."""
        number, older, newer = (asked.get(key, "") for key in ("page", "older", "newer"))
        if not _is_number(number) or int(number) < FIRST_MARKED:
            return self.get_page(number)
        if _is_number(older):
            rows = list(self.rows.filter(pk__lt=older)[: self.per_page + 1])
            if rows:
                return self.page_class(rows[: self.per_page], int(number), self, follows=len(rows) > self.per_page)
        elif _is_number(newer):
            rows = list(self.rows.filter(pk__gt=newer).order_by("pk")[: self.per_page])
            if len(rows) == self.per_page:
                return self.page_class(rows[::-1], int(number), self, follows=True)
        return self.get_page(number)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID
