"""The queue of the fund and the page of one request."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.lists import FilteredList, ListRows
from casework.access.policies import Policy
from casework.access.scopes import may
from casework.ui.drawing import drawn_rows
from casework.ui.paging import LongList, counted
from casework.ui.views import RowAct, RowForm, RowMixin, RowPage
from emergency_fund.documents import PAPER_RIGHTS
from emergency_fund.filters import FundFilter
from emergency_fund.list_file import FundSheet
from emergency_fund.models import AssistanceRequest
from emergency_fund.queries.accounts import account_context
from emergency_fund.queries.after import after_decision, links_beside
from emergency_fund.queries.budget import budgets_seen
from emergency_fund.queries.checks import rules_so_far
from emergency_fund.queries.collectors import collectors_context
from emergency_fund.queries.lists import COUNTED, following_in, fund_row, is_name_hidden, page_of, row_words
from emergency_fund.queries.page import history_of, lines_of, request_context, title_of
from emergency_fund.querysets import ASK, LIST, PAY, SCREEN, SEE, stands_in_on

LOOK = Policy(action=SEE)
EDIT = Policy(action=ASK)
ROWS_PER_PAGE = 25


class FundQueue(FilteredList):
    """Requests by their next act and filters, the most urgent first."""

    policy = Policy(action=LIST)
    template_name = "emergency_fund/list.html"
    filter_class = FundFilter
    list_key = "emergency_fund:list"
    file_action = FundSheet.action

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found, now, user = self.found, timezone.now(), self.user
        chosen, counts = found.queue, found.counts
        known = None if found.is_narrowed else counts.get(chosen.key)
        listed = LongList(ListRows(found), ROWS_PER_PAGE, known=known, length=self.length)
        page = listed.get_page(self.request.GET.get("page"))
        views = [
            {
                "label": queue.label, "url": f"?queue={key}", "current": queue == chosen,
                "count": counted(counts.get(key)) if key in COUNTED else None,
            }
            for key, queue in found.own.items()
        ]  # fmt: skip
        hidden = cache(lambda office_id, is_sealed: is_name_hidden(user, office_id=office_id, is_sealed=is_sealed))
        words = row_words()
        rows = [fund_row(row, now, words, is_hidden=hidden(row.office_id, row.is_sealed)) for row in page.object_list]
        budgets = budgets_seen(user, self.today) if chosen.is_open else []
        lines = drawn_rows(
            "emergency_fund/_line.html", rows, self.today, url=page_of(chosen.key, user), is_to_pay=chosen.is_to_pay
        )  # fmt: skip
        return super().get_context_data(
            views=views,
            rows=lines,
            page=page,
            queue=chosen,
            may_ask=may(user, SCREEN) is not None,
            asks_in_cases=may(user, ASK) is not None and may(user, SCREEN) is None,
            may_pay=chosen.is_to_pay and may(user, PAY) is not None,
            beside=links_beside(user),
            budgets=drawn_rows("emergency_fund/_budget.html", budgets, self.today),
            **kwargs,
        )


class RequestMixin(RowPage):
    """The page of one request, with the case, the family and the chain that belong to it."""

    model: ClassVar[type[models.Model]] = AssistanceRequest
    row_name = "request_"

    def rows(self) -> Any:
        rows: Any = super().rows()
        return rows.select_related("case__child", "family", "office", "incident", "approval", "asked_by", "requester")


class RequestPage(RequestMixin):
    """One request: what is asked, how it stands, who does what next, what happened."""

    policy = LOOK
    template_name = "emergency_fund/detail.html"

    def admit_loaded(self) -> None:
        if not stands_in_on(self.row, self.user):
            super().admit_loaded()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        shown = request_context(self.row, self.user, now) | after_decision(self.row, self.user, now)
        may_print = any(may(self.user, action) for action in PAPER_RIGHTS)
        history = history_of(self.row, is_hidden=shown["is_hidden"])
        checks = rules_so_far(self.row, shown["lines"], self.user, now)
        shown |= account_context(self.row, self.user) | collectors_context(self.row, self.user)
        following = following_in(self.user, self.request.GET.get("queue", ""), but=self.row)
        return super().get_context_data(
            **shown, checks=checks, history=history, may_print=may_print, following=following, **kwargs
        )


class OpenRequest(RowMixin):
    """Lead to the page of a request on which the person works: who only pays has a page of their own."""

    policy = Policy(action=LIST)
    model: ClassVar[type[models.Model]] = AssistanceRequest
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        office_id, programmes = self.row.access_place()
        is_cashier = may(self.user, SEE) is None or (
            may(self.user, SEE, office_id=office_id, programmes=programmes) is None
            and may(self.user, PAY, office_id=office_id, programmes=programmes) is not None
        )
        return redirect("emergency_fund:pay" if is_cashier else "emergency_fund:detail", pk=pk)


class RequestForm(RowForm):
    """A form about one request, drawn by one template.

    `queue` is the key of the queue on which it is the next act: the page of the request then names what follows there.
    """

    model: ClassVar[type[models.Model]] = AssistanceRequest
    row_name = "request_"
    template_name = "emergency_fund/form.html"
    title: ClassVar[Any] = ""
    lead: ClassVar[Any] = ""
    verb: ClassVar[Any] = _("Save")
    queue: ClassVar[str] = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request = self.row
        is_hidden = is_name_hidden(self.user, is_sealed=request.case.is_sealed, office_id=request.office_id)
        kwargs.setdefault("lines", lines_of(request, is_hidden=is_hidden, today=self.today))
        return super().get_context_data(**kwargs) | {
            "title": self.title, "lead": self.lead, "verb": self.verb, "what": title_of(kwargs["lines"]),
            "back": self.get_success_url(),
        }  # fmt: skip

    def after(self, result: Any) -> str:
        return f"{self.get_success_url()}?queue={self.queue}" if self.queue else self.get_success_url()

    def get_success_url(self) -> str:
        return reverse("emergency_fund:detail", args=[self.row.pk])


class RequestAct(RowAct):
    """A button on one request."""

    model: ClassVar[type[models.Model]] = AssistanceRequest

    def back(self) -> str:
        return reverse("emergency_fund:detail", args=[self.row.pk])
