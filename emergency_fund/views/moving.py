"""The page on which approved help whose source pays no more gets another budget line."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.approvals.models import Proposal
from casework.funds.models import BudgetLine
from casework.funds.proposals.budget import PROPOSE
from casework.funds.rules.budget import pays_on
from casework.ui.views import RowForm
from emergency_fund.forms.moving import MoveForm
from emergency_fund.models import AssistanceLine
from emergency_fund.queries.unpaid import other_lines, unpaid_on
from emergency_fund.rules.unpaid import can_move
from emergency_fund.services.moving import propose_moving


class MoveUnpaid(RowForm):
    """What is approved on a line and not yet paid, to be paid from another one."""

    policy = Policy(action=PROPOSE)
    model = BudgetLine
    row_name = "line"
    form_class = MoveForm
    template_name = "emergency_fund/move.html"
    success_message = _("Proposed. It is paid from the other line as soon as a second person confirms it.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_move(pays=pays_on(self.row.source, self.today)).insist()

    @cached_property
    def waiting(self) -> list[AssistanceLine]:
        """What waits there."""
        return list(unpaid_on(self.row))

    def get_initial(self) -> dict[str, Any]:
        return {"lines": [str(one.pk) for one in self.waiting]}

    def get_form_kwargs(self) -> dict[str, Any]:
        others = other_lines(self.row, self.today)
        return {**super().get_form_kwargs(), "waiting": self.waiting, "others": others}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(waiting=self.waiting, **kwargs)

    def save(self, form: MoveForm) -> Proposal:
        return propose_moving(line=self.row, by=self.user, now=timezone.now(), **form.told())

    def after(self, result: Proposal) -> str:
        return reverse("approvals:proposal", args=[result.pk])

    def get_success_url(self) -> str:
        return reverse("funds:line", args=[self.row.pk])
