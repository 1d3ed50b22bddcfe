"""The page on which a list is taken as a spreadsheet, or a second person is asked for a long one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from casework.access.scopes import first_office
from casework.approvals.models import Proposal
from casework.kernel.dates import short
from casework.kernel.refusals import Refusal
from casework.ui.fields import NameField
from casework.ui.filters import ListFilter
from casework.ui.spreadsheets import as_file
from casework.ui.views import FormPage, put_refusal

from .taking import MOST_OF_ALL, MOST_ROWS, agreed_until, ask_for_list, take_list, too_long


class ListFileForm(forms.Form):
    """What the file is for, and which program opens it."""

    reason = NameField(
        label=gettext_lazy("What is the file for?"),
        max_length=200,
        help_text=gettext_lazy("It stands in the history beside your name. Write no names of children here."),
    )
    ending = forms.ChoiceField(
        label=gettext_lazy("Kind of file"),
        choices=[("xlsx", gettext_lazy("Excel (.xlsx)")), ("csv", gettext_lazy("Text table (.csv)"))],
        widget=forms.RadioSelect,
        initial="xlsx",
    )


class ListFile(FormPage):
    """A list, as its filters leave it, as a file to take away. Sealed cases are left out."""

    template_name = "cases/list_file.html"
    form_class = ListFileForm
    success_message = gettext_lazy("A second person has been asked. You will be told.")
    filter_class: ClassVar[type[ListFilter]]
    list_key: ClassVar[str]
    title: ClassVar[Any]
    columns: ClassVar[Sequence[Any]]
    sealed: ClassVar[str]
    """The path from a row to whether its case is sealed."""

    def shown(self, rows: QuerySet) -> QuerySet:
        """The facts of the rows that line() makes words of."""
        raise NotImplementedError

    def line(self, row: Any) -> Sequence[Any]:
        """A row as its list shows it, one cell for each column."""
        raise NotImplementedError

    @cached_property
    def found(self) -> ListFilter:
        """The list as the address asks for it."""
        return self.filter_class(self.request.GET, request=self.request)

    @cached_property
    def taken(self) -> list[Any]:
        """The rows of the file, and one more where there are too many for any file."""
        return list(self.shown(self.found.qs.exclude(**{self.sealed: True}))[: MOST_OF_ALL + 1])

    @cached_property
    def agreed_until(self) -> datetime | None:
        """Until when a long list may be taken; None while no second person agreed."""
        return agreed_until(self.list_key, self.found.query, self.user, timezone.now())

    @property
    def needs_second(self) -> bool:
        """Whether a second person has to agree first."""
        return len(self.taken) > MOST_ROWS and self.agreed_until is None

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if self.needs_second:
            del form.fields["ending"]
        return form

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.needs_second:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        if form.is_valid():
            try:
                take_list(**self._facts(form))
            except Refusal as refusal:
                put_refusal(form, refusal)
            else:
                name = f"{self.list_key.partition(':')[0]}-{self.today.isoformat()}"
                lines = self.lines(form.cleaned_data["reason"])
                return as_file(name, form.cleaned_data["ending"], title=str(self.title), rows=lines)
        return self.form_invalid(form)

    def save(self, form: Any) -> Proposal:
        """Ask a second person for a long list."""
        office = first_office(self.user)
        office_id = None if office is None else office.pk
        return ask_for_list(**self._facts(form), title=self.title, office_id=office_id)

    def after(self, result: Any) -> str:
        return reverse("approvals:proposal", args=[result.pk])

    def _facts(self, form: Any) -> dict[str, Any]:
        return {
            "list_key": self.list_key, "query": self.found.query, "rows": len(self.taken),
            "reason": form.cleaned_data["reason"], "by": self.user, "now": timezone.now(),
        }  # fmt: skip

    def lines(self, reason: str) -> Iterator[Sequence[str]]:
        """Heading, rows, and below them who took them, when and what for."""
        yield [str(column) for column in self.columns]
        for row in self.taken:
            yield [str(cell) for cell in self.line(row)]
        yield []
        yield [_("Taken by %(name)s, %(when)s") % {"name": self.user.name_now, "when": _moment(timezone.now())}]
        yield [reason]
        yield [_("Confidential. Delete this file when it is no longer needed.")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found, count = self.found, len(self.taken)
        sub = ngettext("%(n)d line", "%(n)d lines", count) % {"n": count}
        if count > MOST_OF_ALL:
            sub = _("More than %(n)s lines") % {"n": f"{MOST_OF_ALL:,}"}
        until = self.agreed_until if count > MOST_ROWS else None
        return super().get_context_data(
            title=self.title,
            back=f"{reverse(self.list_key)}?{found.query}",
            narrow=f"{reverse(self.list_key)}{found.change_url}",
            chips=found.chips(),
            columns=self.columns,
            sub=sub,
            too_long=too_long() if count > MOST_OF_ALL else "",
            most=MOST_ROWS,
            needs_second=self.needs_second,
            until=until and _moment(until),
            **kwargs,
        )


def _moment(at: datetime) -> str:
    here = timezone.localtime(at)
    return f"{short(here.date(), get_language() or 'en')}, {here:%H:%M}"
