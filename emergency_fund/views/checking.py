"""Calls to make about payments, and what came of one."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms as django_forms
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.ui.paging import LongList
from casework.ui.views import PageView, RowForm
from emergency_fund.forms.checking import ARRIVED, CheckForm
from emergency_fund.models import PostDistributionCheck
from emergency_fund.queries.checks_to_make import check_rows, checks_to_make, for_calls, involved_in
from emergency_fund.queries.kits import goods_of
from emergency_fund.querysets import VERIFY
from emergency_fund.rules import checks as rules
from emergency_fund.services import checking

ASK_FAMILIES = Policy(action=VERIFY)
ROWS_PER_PAGE = 25


class CallsToMake(PageView):
    """Payments that were drawn, to be asked about by somebody who had no part in them."""

    policy = ASK_FAMILIES
    template_name = "emergency_fund/calls.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = for_calls(checks_to_make(self.user, self.today))
        page = LongList(waiting, ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(rows=check_rows(list(page), self.today), page=page, **kwargs)


class MakeCall(RowForm):
    """What the family says of one payment."""

    policy = ASK_FAMILIES
    model: ClassVar[type[models.Model]] = PostDistributionCheck
    row_name = "check"
    form_class = CheckForm
    template_name = "emergency_fund/call.html"
    success_message = _("Written down. Thank you.")

    def rows(self) -> Any:
        return for_calls(super().rows())

    def admit_loaded(self) -> None:
        super().admit_loaded()
        rules.can_ask(self.user.pk, involved=involved_in(self.row.delivery)).insist()
        rules.is_waiting(self.row.state).insist()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"asks_amount": self.row.delivery.is_money_in_hand}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = check_rows([self.row], self.today)[0]
        delivery, line = self.row.delivery, self.row.delivery.line
        return super().get_context_data(
            shown=shown, line=line, request_=line.request, arrived=ARRIVED, back=self.get_success_url(),
            goods=goods_of(delivery) if delivery.pick_list_id else [], **kwargs,
        )  # fmt: skip

    def save(self, form: django_forms.Form) -> PostDistributionCheck:
        said = {"amount": None} | form.cleaned_data
        return checking.record_check(check=self.row, by=self.user, now=timezone.now(), **said)

    def get_success_url(self) -> str:
        return reverse("emergency_fund:calls")
