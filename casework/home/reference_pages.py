"""Reference pages: every room's and programme's tables, listed, added to, replaced by newer rows, ended."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Case, F, When
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from casework.access.policies import Policy, who_can
from casework.access.scopes import may
from casework.kernel.dates import short
from casework.programmes.contributions import ReferenceTable, registry
from casework.ui.views import FormPage, GuardedView, PageView

from .reference_forms import EndForm, plain, row_form, row_values
from .reference_services import add_row, change_row, end_row, is_dated, replace_row

PER_PAGE = 50
MARKED = re.compile(r"((?:\[[VSKU]\] )?)(.*)", re.DOTALL)


def tables() -> dict[str, ReferenceTable]:
    """Every reference table by its key."""
    return {table.key: table for table in registry.gather("reference_tables")}


@cache
def _row_words() -> dict[str, Any]:
    """What rows say that came with the site, by its English."""
    with override("en"):
        return {str(words): words for words in registry.gather("row_words")}


def told(text: str) -> str:
    """A text of a row in the reader's language, where it came with the site; a mark of how sure it is stays."""
    mark, words = MARKED.match(text).groups()  # type: ignore[union-attr]
    return f"{mark}{_row_words().get(words, words)}"


def cell(row: models.Model, name: str) -> Any:
    """A column of a row in words."""
    field: Any = row._meta.get_field(name)
    if field.choices:
        return getattr(row, f"get_{name}_display")()
    value = getattr(row, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        named = dict(field.base_field.flatchoices)
        return ", ".join(str(named.get(entry, entry)) for entry in value)
    if isinstance(value, date):
        return short(value, (get_language() or "en")[:2])
    if isinstance(field, models.DecimalField):
        return plain(value)
    if isinstance(value, int):
        return str(value)
    return told(value) if isinstance(value, str) else value or ""


class ReferenceIndexPage(PageView):
    """All tables with the number of rows in each."""

    policy = Policy(action="reference.row.see")
    template_name = "reference/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listed = [
            {
                "key": table.key,
                "label": table.label,
                "rows": table.model._default_manager.count(),
                "may_edit": may(self.request.user, table.action) is not None,
            }
            for table in tables().values()
        ]
        return super().get_context_data(tables=listed, **kwargs)


class TableMixin(GuardedView):
    """Finds the table of the address."""

    table: ReferenceTable

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        if kwargs["key"] not in tables():
            raise Http404
        self.table = tables()[kwargs["key"]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(  # type: ignore[misc]
            table=self.table,
            is_dated=is_dated(self.table.model),
            may_edit=may(self.request.user, self.table.action) is not None,
            **kwargs,
        )

    def list_address(self) -> str:
        return reverse("home:reference-table", args=[self.table.key])


class EditMixin(TableMixin):
    """Asks the table's own action too: not every editor edits every table."""

    def admit_loaded(self) -> None:
        if may(self.request.user, self.table.action) is None:
            raise PermissionDenied(_("This is done by: %(roles)s.") % {"roles": who_can(self.table.action)})


class TablePage(TableMixin, PageView):
    """The rows that hold today, or all of them."""

    policy = Policy(action="reference.row.see")
    template_name = "reference/table.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        show_all = "all" in self.request.GET
        rows = self.table.model._default_manager.all()
        if is_dated(self.table.model) and not show_all:
            rows = rows.exclude(valid_to__lt=self.today)
        if day := self.table.day:
            coming = Case(When(**{f"{day}__gte": self.today}, then=F(day)))
            rows = rows.order_by(coming.asc(nulls_last=True), F(day).desc())
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page"))
        headings = {name: self.table.model._meta.get_field(name).verbose_name for name in self.table.list_fields}
        lines = [
            {
                "row": row,
                "cells": [(words, cell(row, name)) for name, words in headings.items()],
                "source": told(getattr(row, "source", "")),
            }
            for row in page.object_list
        ]
        return super().get_context_data(page=page, lines=lines, headings=headings, show_all=show_all, **kwargs)


class RowFormPage(EditMixin, FormPage):
    """A form about one row of a table."""

    template_name = "reference/row.html"

    def get_form_class(self) -> type[forms.Form]:
        return row_form(self.table)

    def after(self, result: Any) -> str:
        return self.list_address()


class AddRowPage(RowFormPage):
    """A new row."""

    policy = Policy(action="reference.row.edit")
    success_message = gettext_lazy("The row was added.")

    def get_initial(self) -> dict[str, Any]:
        return {"valid_from": self.today}

    def save(self, form: forms.BaseForm) -> models.Model:
        return add_row(model=self.table.model, values=form.cleaned_data, by=self.request.user, today=self.today)


class OneRowMixin(EditMixin):
    """Loads the row of the address."""

    @cached_property
    def row(self) -> Any:
        return self.table.model._default_manager.filter(pk=self.kwargs["pk"]).first()

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        if self.row is None:
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(row=self.row, **kwargs)


class ChangeRowPage(OneRowMixin, RowFormPage):
    """A newer version of a dated rule, or a correction of a row without dates."""

    policy = Policy(action="reference.row.edit")
    success_message = gettext_lazy("Saved.")

    def get_form_class(self) -> type[forms.Form]:
        return row_form(self.table, is_new_version=is_dated(self.table.model))

    def get_initial(self) -> dict[str, Any]:
        values = row_values(self.row, self.table)
        return {**values, "valid_from": self.today} if is_dated(self.table.model) else values

    def save(self, form: forms.BaseForm) -> models.Model:
        by: Any = self.request.user
        if is_dated(self.table.model):
            return replace_row(row=self.row, values=form.cleaned_data, by=by, today=self.today)
        return change_row(row=self.row, values=form.cleaned_data, by=by)


class EndRowPage(OneRowMixin, FormPage):
    """The last day of a dated rule."""

    policy = Policy(action="reference.row.edit")
    template_name = "reference/end.html"
    form_class = EndForm
    success_message = gettext_lazy("The rule ends on that day.")

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        if not is_dated(self.table.model):
            raise Http404

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.today}

    def save(self, form: forms.BaseForm) -> models.Model:
        return end_row(row=self.row, on=form.cleaned_data["on"], by=self.request.user)

    def after(self, result: Any) -> str:
        return self.list_address()
