"""Filters of a list: kept in the address, shown as chips, each with its way out."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _


class ListFilter(django_filters.FilterSet):
    """The filters of one list. What else stands in the address is left alone; a wrong value filters nothing.

    `kept` are the parameters that choose the view of the list; its rows are `view_rows`, made when they are asked for.
    """

    kept: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: QueryDict, *, request: HttpRequest) -> None:
        super().__init__(data, request=request)

    @property
    def view_rows(self) -> QuerySet:
        """The rows of the chosen view that this person may see."""
        raise NotImplementedError

    @property
    def qs(self) -> QuerySet:
        """The rows of the view that pass every filter."""
        return self.filter_queryset(self.view_rows)

    @property
    def listed(self) -> QuerySet[Any, Any]:
        """The facts of these rows that the list makes words of, under their names."""
        raise NotImplementedError

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        for name, value in self._cleaned().items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    def _cleaned(self) -> dict[str, Any]:
        """The filters that have a value which was understood. Without any in the address no form is made."""
        if not any(self.data.get(name) for name in self.filters):
            return {}
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", [], False)}

    @property
    def query(self) -> str:
        """View and filters as a query string, always in one order, so that equal choices are equal strings."""
        return _address(self.view | {name: self.data[name] for name in self._cleaned()})

    @property
    def view(self) -> dict[str, str]:
        """The parameters that choose the view."""
        return {name: self.data[name] for name in self.kept if self.data.get(name)}

    @property
    def view_query(self) -> str:
        """The view alone as a query string."""
        return _address(self.view)

    @property
    def file_query(self) -> str:
        """The query of the file of these rows: a list whose view hangs on the moment names it here."""
        return self.query

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter is at work."""
        return bool(self._cleaned())

    @property
    def clear_url(self) -> str:
        """The same view without any filter."""
        return f"?{self.view_query}"

    @property
    def change_url(self) -> str:
        """The same list with its filters open."""
        return f"?{self.query}{'&' if self.query else ''}filters=open"

    def chips(self) -> list[dict[str, str]]:
        """Every filter at work in words, with the address of the list without it."""
        held = self.view | {name: self.data[name] for name in self._cleaned()}
        return [
            {
                "label": f"{self.form.fields[name].label}: {self._words(name, value)}",
                "url": f"?{_address({key: told for key, told in held.items() if key != name})}",
            }
            for name, value in self._cleaned().items()
        ]

    def _words(self, name: str, value: Any) -> str:
        field = self.form.fields[name]
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
        return str(value)


def choice(label: Any, choices: Any, **more: Any) -> django_filters.ChoiceFilter:
    """One of a list, "Any" when nothing is chosen."""
    return django_filters.ChoiceFilter(label=label, choices=choices, empty_label=_("Any"), **more)


def row_choice(label: Any, queryset: Any, **more: Any) -> django_filters.ModelChoiceFilter:
    """One of the rows that `queryset(request)` offers."""
    return django_filters.ModelChoiceFilter(label=label, queryset=queryset, empty_label=_("Any"), **more)


def _address(values: dict[str, str]) -> str:
    held = QueryDict(mutable=True)
    held.update(dict(sorted(values.items())))
    return held.urlencode()
