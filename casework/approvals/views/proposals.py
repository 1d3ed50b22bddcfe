"""What waits for a second person, one proposal, and the buttons on it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import BaseForm
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy, SignedIn
from casework.access.scopes import may
from casework.approvals.forms import DeclineForm
from casework.approvals.models import Proposal, ProposalState
from casework.approvals.models.absences import NAME_DEPUTY
from casework.approvals.queries import proposals as queries
from casework.approvals.rules import proposals as rules
from casework.approvals.services import proposals as services
from casework.ui.views import PageView, RowAct, RowForm, RowMixin, RowPage

PAGE = 50
SEE_BANDS = "approvals.policy.see"


class Proposals(PageView):
    """What waits for me, what I proposed, what was decided."""

    policy = SignedIn()
    template_name = "approvals/proposals.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "waiting": queries.waiting_for(user)[:PAGE],
            "own": queries.proposed_by(user)[:PAGE],
            "alone": queries.done_alone(user)[:PAGE],
            "may_name": may(user, NAME_DEPUTY) is not None,
            "may_see_bands": may(user, SEE_BANDS) is not None,
            "decided": Paginator(queries.decided(user), PAGE).get_page(self.request.GET.get("page")),
        }


class OneProposal(RowMixin):
    """The proposal of the address, as one view or button sees it."""

    model = Proposal
    policy = SignedIn()
    row_name = "proposal"

    def rows(self) -> QuerySet:
        return super().rows().select_related("proposed_by", "decided_by")


class ShowProposal(OneProposal, RowPage):
    """One proposal with its facts, and for those who may, the decision. Nothing is preselected."""

    template_name = "approvals/proposal.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = rules.proposal_kind(self.row.kind)
        context = super().get_context_data(**kwargs)
        return (
            {"form": DeclineForm()}
            | context
            | {
                "kind": kind,
                "described": list(kind.described(self.row)),
                "decide": rules.can_decide(self.row, self.request.user),
                "withdraw": rules.can_withdraw(self.row, self.request.user),
                "alone": rules.can_act_alone(self.row, self.request.user, timezone.localdate()),
                "onward": kind.onward(self.row) if self._goes_on() else None,
                "place": kind.place(self.row) if self._is_own() else None,
                "still_stands": not self.row.decided_at and rules.still_stands(self.row),
            }
        )

    def _goes_on(self) -> bool:
        """Whether the reader proposed it and it is confirmed."""
        return self.row.state == ProposalState.CONFIRMED and self._is_own()

    def _is_own(self) -> bool:
        """Whether the reader proposed it."""
        return self.row.proposed_by_id == self.request.user.pk


class DecisionAct(OneProposal, RowAct):
    """A button on a proposal; a kind that needs a fresh second factor asks for it here."""

    def admit_loaded(self) -> None:
        super().admit_loaded()
        if self.row.proposed_by_id != self.request.user.pk:
            Policy(action=rules.proposal_kind(self.row.kind).action).admit(self.request)

    def back(self) -> str:
        return reverse("approvals:proposal", args=[self.row.pk])


class Confirm(DecisionAct):
    """Confirm and do it."""

    success_message = _("Confirmed and done.")

    def act(self) -> Proposal:
        return services.confirm(proposal=self.row, by=self.request.user, now=timezone.now())

    def after(self, result: Proposal) -> str:
        return reverse("approvals:proposals")


class ConfirmAlone(DecisionAct):
    """Do it as the only administrator."""

    success_message = _("Done by one person. It stays listed for whoever becomes the second administrator.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        Policy(action=rules.proposal_kind(self.row.kind).action).admit(self.request)

    def act(self) -> Proposal:
        return services.confirm_alone(proposal=self.row, by=self.request.user, now=timezone.now())


class Withdraw(DecisionAct):
    """Take my proposal back."""

    success_message = _("The proposal was taken back.")

    def act(self) -> Proposal:
        return services.withdraw(proposal=self.row, by=self.request.user, now=timezone.now())


class Decline(ShowProposal, RowForm):
    """Decline with a reason."""

    form_class = DeclineForm
    http_method_names = ["post"]
    success_message = _("Declined. The person who proposed it was told.")

    def save(self, form: BaseForm) -> Proposal:
        return services.decline(
            proposal=self.row, by=self.request.user, reason=form.cleaned_data["reason"], now=timezone.now()
        )

    def after(self, result: Proposal) -> str:
        return reverse("approvals:proposals")
