"""The decision page: what is asked, what was given before, the rules in words, the budget, and the decision."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.approvals.queries.chains import standing_in
from casework.approvals.states import Act
from casework.kernel.guards import Verdict
from casework.programmes.contributions import Words
from casework.ui.paging import COUNT_CAP
from emergency_fund.forms.deciding import DecideForm
from emergency_fund.models import AssistanceRequest
from emergency_fund.policies import DECIDE
from emergency_fund.queries.checks import budgets_of, checks_of
from emergency_fund.queries.emergencies import waits_for_approval
from emergency_fund.queries.lists import queue_named, requests_in
from emergency_fund.queries.page import request_context
from emergency_fund.services.deciding import decide
from emergency_fund.services.emergencies import can_help_now
from emergency_fund.states import Urgency

from .requests import RequestForm, RequestMixin

STALE, OWES = "E-APR-05", "E-APR-09"


class Decide(RequestMixin, RequestForm):
    """One request before those who decide."""

    policy = DECIDE
    form_class = DecideForm
    template_name = "emergency_fund/decide.html"
    queue = "decide"
    success_message = _("Your decision is written down.")

    def get_form_kwargs(self) -> dict[str, Any]:
        shown, is_fixed = self._shown, waits_for_approval(self.row)
        acts = set(Act) - {Act.RETURN} if is_fixed else {Act.RETURN} if self._is_stale else set(Act)
        return super().get_form_kwargs() | {"lines": shown["lines"], "acts": acts, "is_fixed": is_fixed}

    @property
    def _is_stale(self) -> bool:
        """Whether it was changed since it was asked for: then it can only be returned."""
        verdict = self._shown["verdict"]
        return verdict is not None and verdict.code == STALE

    @property
    def _shown(self) -> dict[str, Any]:
        if not hasattr(self, "_context"):
            self._context = request_context(self.row, self.user, timezone.now())
        return self._context

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self._shown
        checks = checks_of(self.row, shown["lines"], shown["assessment"], len(shown["papers"]), timezone.now())
        context = super().get_context_data(**kwargs, lines=shown["lines"]) | shown
        amounts, help_now = context["form"].shown_amounts(), can_help_now(self.row, self.user, timezone.now())
        return context | {
            "checks": list(checks), "budgets": budgets_of(shown["lines"], amounts), "is_stale": self._is_stale,
            "worth_total": sum(amounts.values(), Decimal(0)),
            "may_act": shown["verdict"] or self._is_stale, "stands_in": standing_in(shown["steps"], self.user),
            "may_help_now": bool(help_now), "owes_approval": self._owed(help_now), **self._place_in_queue(),
        }  # fmt: skip

    def _owed(self, help_now: Verdict) -> Words:
        """Why a life at risk is not helped first here, where that is for an earlier emergency of the person."""
        is_owed = help_now.code == OWES and self.row.urgency == Urgency.LIFE_SAVING
        return help_now.reason if is_owed else ""

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
        """Its page, with what follows in the queue; the list for who stood in and sees it no more."""
        is_seen = AssistanceRequest.objects.visible_to(self.user).filter(pk=self.row.pk).exists()
        return super().after(result) if is_seen else f"{reverse('emergency_fund:list')}?queue={self.queue}"
