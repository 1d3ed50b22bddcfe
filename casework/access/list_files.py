"""A list taken away as a spreadsheet: a level 1 list of few rows, by whom and why (safety.md §3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.kernel.dates import short
from casework.kernel.refusals import Refusal
from casework.ui.fields import NameField
from casework.ui.filters import ListFilter
from casework.ui.spreadsheets import as_file
from casework.ui.views import FormPage, put_refusal

MOST_ROWS = 200
"""More need a second person."""
SHORTEST_REASON = 10


def take_list(*, list_key: str, query: str, rows: Sequence[Any], reason: str, by: User) -> None:
    """Write down that a person takes a list away.

    Raises Refusal for more rows than one person may take alone (LST-1), and for a reason too short to be one (LST-2).
    """
    if len(rows) > MOST_ROWS:
        raise Refusal("LST-1", "", too_long())
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refusal("LST-2", "reason", _("Say in a few words what the file is for."))
    changes = {"list": (None, query), "rows": (None, len(rows))}
    record_event(f"{list_key.partition(':')[0]}.list.taken", actor=by, reason=reason.strip(), changes=changes)


def too_long() -> str:
    """Why a list is not taken, and the way out."""
    sentence = _("A file holds at most %(most)d lines of a list. Narrow the list with its filters.")
    return sentence % {"most": MOST_ROWS}


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

    template_name = "access/list_file.html"
    form_class = ListFileForm
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
        """The rows of the file, and one more where there are too many."""
        return list(self.shown(self.found.qs.exclude(**{self.sealed: True}))[: MOST_ROWS + 1])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            try:
                take_list(
                    list_key=self.list_key, query=self.found.query, rows=self.taken, reason=reason, by=self.user
                )  # fmt: skip
            except Refusal as refusal:
                put_refusal(form, refusal)
            else:
                name = f"{self.list_key.partition(':')[0]}-{self.today.isoformat()}"
                return as_file(name, form.cleaned_data["ending"], title=str(self.title), rows=self.lines(reason))
        return self.form_invalid(form)

    def lines(self, reason: str) -> Iterator[Sequence[str]]:
        """Heading, rows, and below them who took them, when and what for."""
        yield [str(column) for column in self.columns]
        for row in self.taken:
            yield [str(cell) for cell in self.line(row)]
        now = timezone.localtime()
        when = f"{short(now.date(), get_language() or 'en')}, {now:%H:%M}"
        yield []
        yield [_("Taken by %(name)s, %(when)s") % {"name": self.user.name_now, "when": when}]
        yield [reason]
        yield [_("Confidential. Delete this file when it is no longer needed.")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found, count = self.found, len(self.taken)
        sub = ngettext("%(n)d line", "%(n)d lines", count) % {"n": count}
        if count > MOST_ROWS:
            sub = _("More than %(n)d lines") % {"n": MOST_ROWS}
        return super().get_context_data(
            title=self.title,
            back=f"{reverse(self.list_key)}?{found.query}",
            narrow=f"{reverse(self.list_key)}{found.change_url}",
            chips=found.chips(),
            columns=self.columns,
            sub=sub,
            too_long=too_long() if count > MOST_ROWS else "",
            **kwargs,
        )
