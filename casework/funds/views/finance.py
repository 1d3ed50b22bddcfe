"""Pages of the export to finance: the batches, a new one, its file, what finance booked, the close."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.access.scopes import may
from casework.documents.store import DamagedFile
from casework.funds.forms import finance as forms
from casework.funds.models import FINANCE_SEE, FinanceBatch
from casework.funds.queries import finance as queries
from casework.funds.queries.answers import answers_to
from casework.funds.rules import finance as rules
from casework.funds.services import finance
from casework.kernel.refusals import Conflict
from casework.ui.paging import NewestFirst
from casework.ui.spreadsheets import CONTENT_TYPES
from casework.ui.views import FormPage, PageView, RowAct, RowForm, RowMixin, RowPage

from .links import links_of

EXPORT = "funds.finance.export"
LOOK = Policy(action=FINANCE_SEE)
ACT = Policy(action=EXPORT)
ROWS_PER_PAGE = 50
DAMAGED = _("This file is no longer as it was made. Tell the administrator.")


class Batches(PageView):
    """What finance was told, month by month."""

    policy = LOOK
    template_name = "funds/batches.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batches = [(batch, queries.month_words(batch.first_on)) for batch in queries.batches_of(self.user)]
        return super().get_context_data(batches=batches, may_export=may(self.user, EXPORT) is not None, **kwargs)


class NewBatch(FormPage):
    """A month goes to finance."""

    policy = ACT
    form_class = forms.MonthForm
    template_name = "funds/batch_new.html"
    success_message = _("The month is closed. Take its file to finance.")

    @cached_property
    def months(self) -> dict[str, queries.MonthToExport]:
        """What is still to be exported where the person may."""
        return queries.months_to_export(queries.places_of(self.user, EXPORT).values(), self.today)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "months": self.months}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(has_months=bool(self.months), **kwargs)

    def save(self, form: django_forms.BaseForm) -> FinanceBatch:
        told = form.cleaned_data
        month = self.months[told["month"]]
        return finance.export_month(
            office=month.place.office, programme=month.place.programme, first=month.first, reason=told["reason"],
            by=self.user, now=timezone.now(),
        )  # fmt: skip

    def after(self, result: FinanceBatch) -> str:
        return reverse("funds:batch", args=[result.pk])


class Batch(RowPage):
    """One batch: its totals, lines with what was booked, and entries."""

    policy = LOOK
    model = FinanceBatch
    row_name = "batch"
    template_name = "funds/batch.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        office_id, programmes = self.row.access_place()
        entries = queries.entries_of_batch(self.row)
        is_ours = may(self.user, EXPORT, office_id=office_id, programmes=programmes) is not None
        lines = queries.lines_of_batch(self.row)
        page = NewestFirst(entries.order_by("-pk"), ROWS_PER_PAGE).get_marked_page(self.request.GET)
        return super().get_context_data(
            lines=[(line, queries.line_number(line.line)) for line in lines],
            booked=queries.booked_in_all(lines),
            page=page,
            entries=[(row, queries.paid_by(row.entry) - queries.returned_by(row.entry)) for row in page],
            month=queries.month_words(self.row.first_on),
            may_act=is_ours and bool(rules.can_answer(self.row.state)),
            answers=answers_to(self.row),
            links=links_of(self.row, self.user),
            missing=[finding.sentence for finding in rules.against_closing(lines)],
            **kwargs,
        )


def read_file(batch: FinanceBatch, ending: str, user: Any) -> bytes:
    """A file of the batch as it was made. Raises Conflict (E-FIN-07) for one that was changed."""
    try:
        return finance.take_file(batch=batch, ending=ending, by=user, now=timezone.now())
    except DamagedFile:
        raise Conflict("E-FIN-07", "", DAMAGED) from None


class BatchFile(RowMixin):
    """The file of a batch, as it was made."""

    policy = LOOK
    model = FinanceBatch
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ending = kwargs["ending"]
        if ending not in CONTENT_TYPES:
            raise Http404
        response = HttpResponse(read_file(self.row, ending, self.user), content_type=CONTENT_TYPES[ending])
        response["Content-Disposition"] = f'attachment; filename="{self.row.number}.{ending}"'
        return response


class AnswerBatch(RowForm):
    """What finance booked, line by line."""

    policy = ACT
    model = FinanceBatch
    row_name = "batch"
    form_class = forms.AnswerForm
    template_name = "funds/batch_answer.html"
    success_message = _("Written down.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        rules.can_answer(self.row.state).insist()

    def get_initial(self) -> dict[str, Any]:
        booked = {f"booked_{line.pk}": line.booked for line in self.lines}
        return booked | {f"explanation_{line.pk}": line.explanation for line in self.lines}

    @cached_property
    def lines(self) -> list[Any]:
        """The lines of the batch."""
        return queries.lines_of_batch(self.row)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "lines": self.lines}

    def save(self, form: forms.AnswerForm) -> FinanceBatch:
        return finance.answer_batch(batch=self.row, answers=form.answers, by=self.user, now=timezone.now())

    def get_success_url(self) -> str:
        return reverse("funds:batch", args=[self.row.pk])


class CloseBatch(RowAct):
    """Our books and those of finance agree."""

    policy = ACT
    model = FinanceBatch
    success_message = _("The batch is closed.")

    def act(self) -> FinanceBatch:
        return finance.close_batch(batch=self.row, by=self.user, now=timezone.now())

    def back(self) -> str:
        return reverse("funds:batch", args=[self.row.pk])
