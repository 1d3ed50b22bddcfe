"""The decision page: what is asked, what was given before, the rules in words, the budget, and the decision."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.approvals.states import Act
from casework.ui.paging import COUNT_CAP
from emergency_fund.forms.deciding import DecideForm
from emergency_fund.models import AssistanceRequest
from emergency_fund.queries.checks import budgets_of, checks_of
from emergency_fund.queries.lists import queue_named, requests_in
from emergency_fund.queries.page import request_context
from emergency_fund.querysets import APPROVE
from emergency_fund.services.deciding import decide

from .requests import RequestForm, RequestMixin


class Decide(RequestMixin, RequestForm):
    """One request before those who decide."""

    policy = Policy(action=APPROVE)
    form_class = DecideForm
    template_name = "emergency_fund/decide.html"
    success_message = _("Your decision is written down.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"lines": self._shown["lines"]}

    @property
    def _shown(self) -> dict[str, Any]:
        if not hasattr(self, "_context"):
            self._context = request_context(self.row, self.user, timezone.now())
        return self._context

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self._shown
        checks = checks_of(self.row, shown["lines"], shown["assessment"], len(shown["papers"]), timezone.now())
        context = super().get_context_data(**kwargs, lines=shown["lines"]) | shown
        return context | {"checks": list(checks), "budgets": budgets_of(shown["lines"]), **self._place_in_queue()}

    def _place_in_queue(self) -> dict[str, Any]:
        """Where it stands among what waits for the person, and its neighbours."""
        queue = requests_in(self.user, queue_named(self.user, "decide"))
        pks = list(queue.values_list("pk", flat=True)[:COUNT_CAP])
        if self.row.pk not in pks:
            return {"place": 0, "waiting": len(pks)}
        at = pks.index(self.row.pk)
        return {
            "place": at + 1, "waiting": len(pks), "before": pks[at - 1] if at else 0,
            "following": pks[at + 1] if at + 1 < len(pks) else 0,
        }  # fmt: skip

    def save(self, form: DecideForm) -> AssistanceRequest:
        told = form.cleaned_data
        return decide(
            request=self.row, act=Act(told["act"]), amounts=form.amounts(), code=told["code"],
            comment=told["comment"], by=self.user, now=timezone.now(),
        )  # fmt: skip

    def after(self, result: AssistanceRequest) -> str:
        return reverse("emergency_fund:detail", args=[self.row.pk])
