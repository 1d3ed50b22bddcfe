"""Paid on the way, where there is no internet: the list is taken along, brought back, looked at and written down."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain
from typing import Any, ClassVar

from django.contrib import messages
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.access.policies import Policy
from casework.access.scopes import offices_of
from casework.accounts.queries import offices_with
from casework.cases.list_files.taking import take_list
from casework.kernel.refusals import Refusal
from casework.ui.spreadsheets import as_file
from casework.ui.views import FormPage, GuardedView, RowAct, RowMixin, RowPage, put_refusal
from emergency_fund.forms.filing import BringBackForm, TakeAlongForm
from emergency_fund.imports.deliveries import LABELS, MOST_ROWS, WRONG, read_deliveries
from emergency_fund.models import DeliveryFile
from emergency_fund.queries import cash
from emergency_fund.queries.filed import shown_rows
from emergency_fund.querysets import PAY, PROGRAMME
from emergency_fund.services import filing
from emergency_fund.take_along import TakeAlong

from .paying import CASHIER

FILES_SHOWN = 10


class TakeAlongPage(FormPage):
    """Tick what is taken along, and take it as a spreadsheet."""

    policy = CASHIER
    form_class = TakeAlongForm
    template_name = "emergency_fund/take_along.html"

    @cached_property
    def sheet(self) -> TakeAlong:
        """The queue as the address narrows it."""
        return TakeAlong(self.user, self.request.GET, timezone.now())

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"lines": self.sheet.found_lines[0]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines, left_out = self.sheet.found_lines
        return super().get_context_data(
            chips=self.sheet.found.chips(), lines=lines, left_out=left_out, most=MOST_ROWS,
            back=f"{reverse('emergency_fund:list')}?{self.sheet.found.query}", is_full=len(lines) == MOST_ROWS,
            **kwargs,
        )  # fmt: skip

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if form.is_valid():
            told = form.cleaned_data
            try:
                take_list(sheet=self.sheet, rows=len(form.chosen), reason=told["reason"])
            except Refusal as refusal:
                put_refusal(form, refusal)
            else:
                rows = self.sheet.whole(map(self.sheet.line, form.chosen), told["reason"])
                name = f"{PROGRAMME}-{self.today.isoformat()}"
                return as_file(name, told["ending"], title=str(self.sheet.title), rows=chain(*rows))
        return self.form_invalid(form)


class BringBack(FormPage):
    """Bring back the list that was filled in; the lists so far stand below."""

    policy = Policy(action=PAY, asks_first=True)
    form_class = BringBackForm
    template_name = "emergency_fund/bring_back.html"

    @cached_property
    def offices(self) -> list[Any]:
        """The offices in which the person pays."""
        return offices_with(offices_of(self.user, PAY, programme=PROGRAMME))

    def get_form_kwargs(self) -> dict[str, Any]:
        sources = {
            key: cash.named(source)
            for office in self.offices
            for key, source in cash.sources_to_pay_from(office.pk).items()
        }
        return super().get_form_kwargs() | {"offices": self.offices, "sources": sources}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        files = DeliveryFile.objects.visible_to(self.user).select_related("created_by")
        return super().get_context_data(files=files[:FILES_SHOWN], **kwargs)

    def save(self, form: BringBackForm) -> DeliveryFile:
        told = form.cleaned_data
        content, name = told["file"].read(), told["file"].name
        book = read_deliveries(content, name)
        if book.unread:
            words = _("These columns are not of the list and were not read: %(columns)s.")
            messages.warning(self.request, words % {"columns": ", ".join(book.unread)})
        return filing.keep_file(
            office=form.offices[told["office"]], content=content, file_name=name, book=book,
            paid_from=told.get("paid_from", ""), by=self.user, now=timezone.now(),
        )  # fmt: skip

    def after(self, result: DeliveryFile) -> str:
        return reverse("emergency_fund:paid-file", args=[result.pk])


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class PaidFile(RowPage):
    """The rows of a list: what each would pay or what is wrong with it; those that are ticked are written down.

    Each row is paid in a transaction of its own, so that none waits for the others and one that fails undoes no other.
    """

    policy = CASHIER
    model: ClassVar[type[models.Model]] = DeliveryFile
    row_name = "file"
    template_name = "emergency_fund/paid_file.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = shown_rows(self.row, self.user)
        ready = [row for row in rows if row.is_ready]
        source = cash.sources_to_pay_from(self.row.office_id).get(self.row.paid_from)
        total = sum((row.amount for row in ready if not row.is_sent), Decimal(0))
        left = cash.left_in(source) if source else None
        return super().get_context_data(
            wrong=[row for row in rows if row.is_wrong], ready=sorted(ready, key=lambda row: not row.against),
            written=[row for row in rows if row.delivery],
            aside=[row for row in rows if row.aside], source=source and cash.called(source), total=total,
            left=left, is_short=left is not None and total > left, **kwargs,
        )  # fmt: skip

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = request.POST.getlist("rows")
        written = filing.write_down(file=self.row, chosen=chosen, by=self.user, now=timezone.now())
        if written:
            told = ngettext("%(n)d row is written down.", "%(n)d rows are written down.", written) % {"n": written}
            messages.success(request, told)
        else:
            messages.warning(request, _("Nothing was written down. Tick what is right, and see what prevents it."))
        return HttpResponseRedirect(reverse("emergency_fund:paid-file", args=[self.row.pk]))


class CheckAgain(RowAct):
    """Try the rows again that are not written down, when something was mended meanwhile."""

    policy = CASHIER
    model: ClassVar[type[models.Model]] = DeliveryFile
    success_message = gettext_lazy("Every row was looked at again.")

    def act(self) -> DeliveryFile:
        return filing.check_file(file=self.row, by=self.user, now=timezone.now())

    def back(self) -> str:
        return reverse("emergency_fund:paid-file", args=[self.row.pk])


class SetAside(RowAct):
    """Rows that nobody will write down wait no longer, for a reason."""

    policy = CASHIER
    model: ClassVar[type[models.Model]] = DeliveryFile
    success_message = gettext_lazy("Set aside. The rows stay on this page.")

    def act(self) -> DeliveryFile:
        told = self.request.POST
        return filing.set_aside(
            file=self.row, places=told.getlist("places"), reason=told.get("reason", ""), by=self.user,
            now=timezone.now(),
        )  # fmt: skip

    def back(self) -> str:
        return reverse("emergency_fund:paid-file", args=[self.row.pk])


class TakeUp(CheckAgain):
    """What was set aside waits again."""

    success_message = gettext_lazy("The rows wait again.")

    def act(self) -> DeliveryFile:
        return filing.take_up(file=self.row, by=self.user, now=timezone.now())


class LeftOver(RowMixin, GuardedView):
    """The rows that are not written down, as a spreadsheet to mend and bring back."""

    policy = CASHIER
    model: ClassVar[type[models.Model]] = DeliveryFile
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        filing.note_taken(file=self.row, by=self.user, now=timezone.now())
        rows: list[list[Any]] = [[str(label) for label in (*LABELS.values(), WRONG)]]
        for row in shown_rows(self.row, self.user):
            if not (row.delivery or row.aside):
                wrong = " ".join(sentence for _code, _column, sentence in row.against)
                rows.append([*(row.cell(key) for key in LABELS), wrong])
        return as_file(f"{PROGRAMME}-{self.today.isoformat()}-left", "xlsx", title=_("Not written down"), rows=rows)
