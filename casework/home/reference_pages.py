"""Reference pages: every room's and programme's tables, listed, added to, replaced by newer rows, ended."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, F, When
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.access.policies import Policy, who_can
from casework.access.rights import Reach
from casework.access.scopes import may, rights_of
from casework.approvals.models import Proposal
from casework.programmes.contributions import ReferenceTable
from casework.ui.views import FormPage, GuardedView, PageView

from .reference_forms import EndForm, proposed, row_form, row_values
from .reference_proposals import propose_row
from .reference_services import ADD, CHANGE, END, RowAct, do_row, is_correctable, is_dated
from .reference_words import cell, row_name, tables, told

PER_PAGE = 50


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
    """Asks the table's own action too: not every editor edits every table, and some only propose."""

    act_name: ClassVar[str]
    done: ClassVar[Any]
    row: Any = None

    def admit_loaded(self) -> None:
        if may(self.request.user, self.table.action) is None:
            raise PermissionDenied(_("This is done by: %(roles)s.") % {"roles": who_can(self.table.action)})

    @cached_property
    def proposes(self) -> bool:
        """Whether somebody else confirms what this person fills in."""
        return all(right.reach is Reach.PROPOSE for _grant, right in rights_of(self.request.user, self.table.action))

    @property
    def success_message(self) -> Any:
        """What is said when it is saved, or proposed."""
        return gettext_lazy("A second person has been asked. You will be told.") if self.proposes else self.done

    def get_form_class(self) -> type[forms.Form]:
        return proposed(self.base_form()) if self.proposes else self.base_form()

    def base_form(self) -> type[forms.Form]:
        """The form without what is asked of who only proposes."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(proposes=self.proposes, **kwargs)

    def save(self, form: forms.BaseForm) -> Any:
        values = dict(form.cleaned_data)
        reason = values.pop("reason", "") if self.proposes else ""
        wanted = RowAct(table=self.table, act=self.act_name, row=self.row, values=values)
        if self.proposes:
            return propose_row(wanted=wanted, reason=reason, by=self.request.user, now=timezone.now())
        return do_row(wanted, by=self.request.user, today=self.today)

    def after(self, result: Any) -> str:
        if isinstance(result, Proposal):
            return reverse("approvals:proposal", args=[result.pk])
        return self.list_address()


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
                "is_correctable": is_correctable(row, self.today),
            }
            for row in page.object_list
        ]
        given = [(entry, urlencode(entry.answers)) for entry in self.table.given(self.today)]
        return super().get_context_data(
            page=page, lines=lines, headings=headings, show_all=show_all, given=given, **kwargs
        )


class AddRowPage(EditMixin, FormPage):
    """A new row, begun with what the page of the table leads here with, and with nothing else of the address."""

    policy = Policy(action="reference.row.edit")
    template_name = "reference/row.html"
    act_name = ADD
    done = gettext_lazy("The row was added.")

    def base_form(self) -> type[forms.Form]:
        return row_form(self.table)

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.dict()
        begun = next((entry.answers for entry in self.table.given(self.today) if entry.answers == asked), {})
        return {"valid_from": self.today, **begun}


class OneRowMixin(EditMixin):
    """Loads the row of the address."""

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        self.row = self.table.model._default_manager.filter(pk=kwargs["pk"]).first()
        if self.row is None:
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(row=self.row, row_name=row_name(self.table, self.row), **kwargs)


class ChangeRowPage(OneRowMixin, FormPage):
    """A newer version of a dated rule, or a correction of a row without dates."""

    policy = Policy(action="reference.row.edit")
    template_name = "reference/row.html"
    act_name = CHANGE
    done = gettext_lazy("Saved.")

    def base_form(self) -> type[forms.Form]:
        return row_form(self.table, is_new_version=is_dated(self.table.model))

    def get_initial(self) -> dict[str, Any]:
        values = row_values(self.row, self.table)
        begins_anew = is_dated(self.table.model) and not is_correctable(self.row, self.today)
        return {**values, "valid_from": self.today} if begins_anew else values

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(is_correctable=is_correctable(self.row, self.today), **kwargs)


class EndRowPage(OneRowMixin, FormPage):
    """The last day of a dated rule."""

    policy = Policy(action="reference.row.edit")
    template_name = "reference/end.html"
    act_name = END
    done = gettext_lazy("The rule ends on that day.")

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        if not is_dated(self.table.model):
            raise Http404

    def base_form(self) -> type[forms.Form]:
        return EndForm

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.today}
