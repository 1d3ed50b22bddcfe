"""Pages of lists that may be very long: one row of looking ahead instead of a full count."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator

COUNT_CAP = 1_001
"""Lists are counted up to here and then say "more than 1,000"."""


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
    def is_capped(self) -> bool:
        """Whether there are more rows than are counted."""
        return self.paginator.count >= COUNT_CAP


class LongList(Paginator):
    """Pages of a list. `known` is its length where somebody counted it already."""

    def __init__(self, rows: Any, per_page: int, *, known: int | None = None) -> None:
        super().__init__(rows, per_page)
        self.rows, self.known = rows, known

    @cached_property
    def count(self) -> int:
        """How many rows, at most COUNT_CAP."""
        return self.known if self.known is not None else self.rows[:COUNT_CAP].count()

    def validate_number(self, number: Any) -> int:
        """A page from 1 on. Raises InvalidPage."""
        if not str(number).isdecimal() or int(number) < 1 or len(str(number)) > 7:
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
        return LongListPage(rows[: self.per_page], wanted, self, follows=len(rows) > self.per_page)
