"""Who of those who approve is away, and who stands in."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy, SignedIn
from casework.access.scopes import may, offices_of
from casework.accounts.models import User
from casework.approvals.forms import AbsenceForm
from casework.approvals.models import Absence, Proposal
from casework.approvals.models.absences import CONFIRM_DEPUTY, NAME_DEPUTY
from casework.approvals.queries import absences as queries
from casework.approvals.services import absences as services
from casework.ui.views import FormPage, PageView, RowAct
from casework.ui.widgets import era_now

NAME = Policy(action=NAME_DEPUTY)
PAST_SHOWN = 50


class Absences(PageView):
    """Absences that run or come, and those that are over."""

    policy = NAME
    template_name = "approvals/absences.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            absences=queries.absences_of(self.user, self.today),
            past=queries.past_absences_of(self.user, self.today)[:PAST_SHOWN], today=self.today, **kwargs,
        )  # fmt: skip


class NewAbsence(FormPage):
    """Enter an absence of one's own, or of somebody of one's office; a second person confirms it."""

    policy = NAME
    form_class = AbsenceForm
    template_name = "approvals/absence.html"
    success_message = _("Proposed. It holds as soon as a second person confirms it.")

    def get_initial(self) -> dict[str, Any]:
        user = None if may(self.user, CONFIRM_DEPUTY) else self.user.pk
        return {"from_on": self.today, "until_on": {"era": era_now()}, "user": user}

    def get_form_kwargs(self) -> dict[str, Any]:
        people = queries.approvers_in(offices_of(self.user, CONFIRM_DEPUTY), self.today)
        own = Q(pk__in=people.values("pk")) | Q(pk=self.user.pk)
        named = User.objects.filter(own).order_by("full_name")
        deputies = queries.all_who_approve(self.today)
        return super().get_form_kwargs() | {"people": named, "deputies": deputies}

    def save(self, form: AbsenceForm) -> Proposal:
        return services.propose_absence(by=self.user, now=timezone.now(), **form.cleaned_data)

    def after(self, result: Proposal) -> str:
        return reverse("approvals:proposal", args=[result.pk])


class EndAbsence(RowAct):
    """Somebody is back before the last day."""

    policy = SignedIn()
    model = Absence
    success_message = _("Noted. Nobody stands in any more.")

    def act(self) -> Absence:
        return services.end_absence(absence=self.row, by=self.user, now=timezone.now())

    def back(self) -> str:
        return reverse("approvals:absences")
