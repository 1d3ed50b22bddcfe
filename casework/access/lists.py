"""Pages of lists with filters and saved views."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from casework.accounts.saved_views import SavedView, saved_views
from casework.kernel.statements import NamedValues
from casework.ui.filters import ListFilter
from casework.ui.paging import counted, length_of
from casework.ui.views import PageView

from .scopes import first_office, may, own_offices
from .tallies import kept_counts
from .written import written_for_all

TEAM_VIEW = "accounts.team_view.save"
ANY_ROW = 2**62
"""Stands in a text that is kept for the row a page leads on from; no table has one of this number."""


class Part(NamedTuple):
    """Which rows of a list, and in which order; as it stands where nothing is said."""

    beyond: str = ""
    order: tuple[str, ...] | None = None

    def of(self, rows: QuerySet[Any, Any], row: int = ANY_ROW) -> QuerySet[Any, Any]:
        """These rows of a query, beyond the row."""
        rows = rows.filter(**{self.beyond: row}) if self.beyond else rows
        return rows if self.order is None else rows.order_by(*self.order)


ALL = Part()


@written_for_all(most=400)
def _page(
    user: Any, filter_class: type[ListFilter], view: str, part: Part, first: int | None, last: int
) -> NamedValues:
    """A page of a list without filters, where a row is named beyond ANY_ROW."""
    request = HttpRequest()
    request.user = user
    return NamedValues(part.of(filter_class(QueryDict(view), request=request).listed)[first:last])


class ListRows:
    """The rows of a list, sliced and followed like their query: without filters the text of a page is kept.

    See decision 41.
    """

    ordered = True
    """Asked by Django’s paginator; a list always has an order."""

    def __init__(self, found: ListFilter, part: Part = ALL, row: int = ANY_ROW) -> None:
        self.found, self.part, self.row = found, part, row

    @cached_property
    def query(self) -> QuerySet[Any, Any]:
        """The query itself, made only when it is asked for more than a page."""
        return self.part.of(self.found.listed, self.row)

    def filter(self, **beyond: Any) -> ListRows:
        """The rows on one side of a row, such as pk__lt=7."""
        ((lookup, row),) = beyond.items()
        return ListRows(self.found, self.part._replace(beyond=lookup), int(row))

    def order_by(self, *order: str) -> ListRows:
        """The same rows in another order."""
        return ListRows(self.found, self.part._replace(order=order), self.row)

    def __getitem__(self, rows: slice) -> Any:
        found = self.found
        if found.is_narrowed:
            return self.query[rows]
        page = _page(found.request.user, type(found), found.view_query, self.part, rows.start, rows.stop)
        return list(page.about({ANY_ROW: self.row}).rows())

    def __getattr__(self, name: str) -> Any:
        return getattr(self.query, name)


class FilteredList(PageView):
    """A list: its filters in the address, its saved views in the bar with their counts."""

    filter_class: ClassVar[type[ListFilter]]
    list_key: ClassVar[str]
    """The name of the list's address."""
    file_action: ClassVar[str] = ""
    """Who may take the list away as a file; empty where it is no file."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.found
        return super().get_context_data(
            filters=found,
            filters_open="filters" in self.request.GET,
            list_key=self.list_key,
            file_url=self._file_url(),
            team_office=self._team_office(),
            saved=[self._item(view) for view in self._saved()],
            here=next((view for view in self._saved() if view.query == found.query), None),
            **kwargs,
        )

    @property
    def found(self) -> ListFilter:
        """The list as the address asks for it."""
        if not hasattr(self, "_found"):
            self._found = self.filter_class(self.request.GET, request=self.request)
        return self._found

    def length(self, rows: Any, query: str | None = None) -> int:
        """How many rows the list has, or a saved view of it, at most COUNT_CAP."""
        parts = (self.list_key, self.found.query if query is None else query)
        return kept_counts(self.user, parts, lambda: {"rows": length_of(rows)})["rows"]

    def _file_url(self) -> str:
        if not self.file_action or not may(self.user, self.file_action):
            return ""
        return f"{reverse(self.list_key.replace(':list', ':file'))}?{self.found.file_query}"

    def _saved(self) -> list[SavedView]:
        return saved_views(self.user, own_offices(self.user), self.list_key)

    def _item(self, view: SavedView) -> dict[str, Any]:
        rows = self.filter_class(QueryDict(view.query), request=self.request).qs
        return {
            "label": view.name,
            "url": f"?{view.query}",
            "count": counted(self.length(rows, view.query)),
            "current": view.query == self.found.query,
        }

    def _team_office(self) -> Any:
        office = first_office(self.user)
        return office if office and may(self.user, TEAM_VIEW, office_id=office.pk) else None
