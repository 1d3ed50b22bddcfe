"""The page on which a list is taken as a spreadsheet, or a second person is asked for a long one."""

from __future__ import annotations

from itertools import chain
from typing import Any, ClassVar

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.access.policies import Policy
from casework.access.scopes import may
from casework.approvals.models import Proposal
from casework.cases.models import ListFile
from casework.kernel.refusals import Refusal
from casework.ui.fields import NameField
from casework.ui.paging import COUNT_CAP, length_of
from casework.ui.spreadsheets import CONTENT_TYPES, as_file
from casework.ui.views import FormPage, put_refusal

from .sheets import ListSheet, moment
from .taking import (
    MOST_ROWS,
    ask_for_list,
    newest_file,
    take_list,
    take_long_list,
    too_long_for_you,
    waiting_proposal,
)


class ListFileForm(forms.Form):
    """What the file is for, and which program opens it."""

    reason = NameField(
        label=gettext_lazy("What is the file for?"),
        max_length=200,
        help_text=gettext_lazy("It appears in the history beside your name. Write no names of children here."),
    )
    ending = forms.ChoiceField(
        label=gettext_lazy("Kind of file"),
        choices=[("xlsx", gettext_lazy("Excel (.xlsx)")), ("csv", gettext_lazy("Text table (.csv)"))],
        widget=forms.RadioSelect,
        initial="xlsx",
    )


class ListFilePage(FormPage):
    """A list, as its filters leave it, as a file to take away. Sealed cases are left out.

    A short one is made at once. For a long one a second person is asked; the worker makes it, and it lies here a day.
    """

    template_name = "cases/list_file.html"
    form_class = ListFileForm
    success_message = gettext_lazy("A second person has been asked. You will be told.")
    sheet_class: ClassVar[type[ListSheet]]

    @cached_property
    def sheet(self) -> ListSheet:
        """The list as the address asks for it."""
        return self.sheet_class(self.user, self.request.GET, timezone.now())

    @cached_property
    def length(self) -> int:
        """How many lines the list has, up to where counting takes long."""
        return length_of(self.sheet.records)

    @cached_property
    def is_long(self) -> bool:
        """Whether a second person has to agree."""
        return self.length > MOST_ROWS

    @cached_property
    def file(self) -> ListFile | None:
        """The long list that was agreed to, being made or ready."""
        return newest_file(self.sheet)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.file is not None:
            return self._take_long(self.file)
        if self.is_long:
            if may(self.user, self.sheet.long_action):
                Policy(action=self.sheet.long_action).admit(request)
            return super().post(request, *args, **kwargs)
        return self._take_short()

    def _take_short(self) -> HttpResponse:
        form = self.get_form()
        if form.is_valid():
            reason, rows = form.cleaned_data["reason"], list(self.sheet.copied(MOST_ROWS + 1))
            try:
                take_list(sheet=self.sheet, rows=len(rows), reason=reason)
            except Refusal as refusal:
                put_refusal(form, refusal)
            else:
                blocks, ending = self.sheet.whole(rows, reason), form.cleaned_data["ending"]
                return as_file(self._name(), ending, title=str(self.sheet.title), rows=chain(*blocks))
        return self.form_invalid(form)

    def _take_long(self, file: ListFile) -> Any:
        Policy(action=self.sheet.long_action).admit(self.request)
        content, ending = take_long_list(file=file, by=self.user, now=self.sheet.now), file.proposal.facts["ending"]
        return FileResponse(
            content, as_attachment=True, filename=f"{self._name()}.{ending}", content_type=CONTENT_TYPES[ending]
        )

    def _name(self) -> str:
        return f"{self.sheet.key.partition(':')[0]}-{self.today.isoformat()}"

    def save(self, form: Any) -> Proposal:
        """Ask a second person for a long list."""
        return ask_for_list(sheet=self.sheet, **form.cleaned_data)

    def after(self, result: Any) -> str:
        return reverse("approvals:proposal", args=[result.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sheet, file = self.sheet, self.file
        found = sheet.found
        may_ask = may(self.user, sheet.long_action) is not None
        is_made = file is not None and file.can_be_taken(sheet.now)
        return super().get_context_data(
            title=sheet.title,
            back=f"{reverse(sheet.key)}?{found.query}",
            narrow=f"{reverse(sheet.key)}{found.change_url}",
            chips=found.chips(),
            columns=sheet.columns,
            sub=self._how_long(),
            too_long="" if may_ask or not self.is_long else too_long_for_you(),
            most=MOST_ROWS,
            needs_second=self.is_long and file is None,
            proposal=waiting_proposal(sheet) if self.is_long and file is None else None,
            file=file,
            until=file and file.until and moment(file.until) if is_made else "",
            **kwargs,
        )

    def _how_long(self) -> str:
        if self.is_long and self.file is not None and self.file.made_at:
            count = self.file.lines
        elif self.length < COUNT_CAP:
            count = self.length
        else:
            return _("More than %(n)s lines") % {"n": f"{COUNT_CAP - 1:,}"}
        return ngettext("%(n)d line", "%(n)d lines", count) % {"n": count}
