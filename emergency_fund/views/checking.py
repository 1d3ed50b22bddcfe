"""Calls to make about payments, and what came of one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.ui.paging import LongList
from casework.ui.views import PageView, RowForm
from emergency_fund.forms.checking import CallForm
from emergency_fund.models import PostDistributionCheck
from emergency_fund.queries.checks_to_make import CallRow, call_rows, calls_to_make, for_calls, involved_in
from emergency_fund.queries.kits import goods_of
from emergency_fund.querysets import VERIFY
from emergency_fund.rules import checks as rules
from emergency_fund.services import checking

ASK_FAMILIES = Policy(action=VERIFY)
ROWS_PER_PAGE = 25


class CallsToMake(PageView):
    """Families whose payments were drawn, to be asked about them by somebody who had no part in them."""

    policy = ASK_FAMILIES
    template_name = "emergency_fund/calls.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = for_calls(calls_to_make(self.user, self.today))
        page = LongList(waiting, ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(rows=call_rows(list(page), self.user, self.today), page=page, **kwargs)


class MakeCall(RowForm):
    """What the family says of a payment, and of its others that the person asks about today."""

    policy = ASK_FAMILIES
    model: ClassVar[type[models.Model]] = PostDistributionCheck
    row_name = "check"
    form_class = CallForm
    template_name = "emergency_fund/call.html"
    success_message = _("Written down. Thank you.")

    def rows(self) -> Any:
        return for_calls(super().rows())

    def admit_loaded(self) -> None:
        super().admit_loaded()
        rules.can_ask(self.user.pk, involved=involved_in(self.row.delivery)).insist()
        rules.is_waiting(self.row.state).insist()

    @cached_property
    def call(self) -> CallRow:
        """The family with what it is asked about; nothing else where it was tried today."""
        rows = call_rows([self.row], self.user, self.today)
        return rows[0] if rows else CallRow(checks=[self.row], phones=())

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"checks": self.call.checks}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        goods = {
            check.pk: goods_of(check.delivery) for check in self.call.checks if check.delivery.pick_list_id is not None
        }
        return super().get_context_data(call=self.call, goods=goods, back=self.get_success_url(), **kwargs)

    def save(self, form: CallForm) -> None:
        checking.record_call(answers=form.answers(), by=self.user, now=timezone.now())

    def get_success_url(self) -> str:
        return reverse("emergency_fund:calls")
