"""The fund's people work on a request: screen, assess, recommend, turn away, let expire."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.funds.models import BudgetLine
from emergency_fund.forms import working as forms
from emergency_fund.models import AssistanceRequest, NeedsAssessment
from emergency_fund.queries.budget import lines_to_pay_from
from emergency_fund.queries.checks import rules_so_far
from emergency_fund.queries.entitlements import sent_to
from emergency_fund.queries.interests import may_work_on
from emergency_fund.queries.lists import is_name_hidden
from emergency_fund.queries.page import LineShown, help_before, lines_of
from emergency_fund.queries.used import earlier_requests
from emergency_fund.querysets import SCREEN
from emergency_fund.rules import requests as rules
from emergency_fund.services import deciding, delivering
from emergency_fund.states import EntitlementStatus, LineKind, LineState, RequestState
from emergency_fund.words import typed

from .requests import RequestAct, RequestForm

WORK = Policy(action=SCREEN)


class ActOfOfficer(RequestForm):
    """A form of who works on a request and does not belong to the family."""

    policy = WORK

    def admit_loaded(self) -> None:
        super().admit_loaded()
        may_work_on(self.row, self.user, self.today).insist()


class WorkForm(ActOfOfficer):
    """A form of who works on a request, beside what the rules say so far and what the family had before."""

    template_name = "emergency_fund/work.html"

    @cached_property
    def is_hidden(self) -> bool:
        """Whether the person works on it without the names."""
        return is_name_hidden(self.user, is_sealed=self.row.case.is_sealed, office_id=self.row.office_id)

    @cached_property
    def lines(self) -> list[LineShown]:
        """What is asked."""
        return lines_of(self.row, is_hidden=self.is_hidden, today=self.today)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        checks = rules_so_far(self.row, self.lines, self.user, timezone.now())
        before = help_before(self.row, self.lines, self.today, is_hidden=self.is_hidden)
        return super().get_context_data(
            lines=self.lines, checks=checks, help=before, is_hidden=self.is_hidden, **kwargs
        )


class Screen(WorkForm):
    """Who pays first by law, and whether it was asked before."""

    form_class = forms.ScreenForm
    template_name = "emergency_fund/screen.html"
    title = _("Screen the request")
    lead = _("What others owe by law comes first. Then the family is assessed.")
    verb = _("Save and assess")
    success_message = _("Screened. Now assess the family.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        rules.can_screen(self.row.state).insist()

    def get_initial(self) -> dict[str, Any]:
        incident = self.row.incident
        if incident.entitlement_status == EntitlementStatus.NOT_CHECKED:
            return {}
        return {
            "entitlement": incident.entitlement, "status": incident.entitlement_status,
            "amount": "" if incident.entitlement_amount is None else typed(incident.entitlement_amount),
            "referred_to": sent_to(self.row),
        }  # fmt: skip

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"kind": self.row.incident.kind, "earlier": self.earlier}

    @cached_property
    def earlier(self) -> list[AssistanceRequest]:
        """The requests that may be about the same."""
        return earlier_requests(self.row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = AssistanceRequest.objects.visible_to(self.user).filter(pk__in=[row.pk for row in self.earlier])
        return super().get_context_data(payers=forms.PAYERS, seen=seen, **kwargs)

    def save(self, form: forms.ScreenForm) -> AssistanceRequest:
        told = form.cleaned_data
        return deciding.screen(
            request=self.row, entitlement=told["entitlement"], status=told["status"], amount=told["amount"],
            referred_to=told["referred_to"], decided=form.decided(), by=self.user, now=timezone.now(),
        )  # fmt: skip

    def after(self, result: AssistanceRequest) -> str:
        return reverse("emergency_fund:assess", args=[result.pk])


class TurnAway(ActOfOfficer):
    """Return it, or say that the fund does not help here."""

    form_class = forms.TurnAwayForm
    title = _("Return or turn away")
    queue = "screen"
    success_message = _("It is written down, and who asked was told.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        rules.can_turn_away(self.row.state).insist()

    def save(self, form: forms.TurnAwayForm) -> AssistanceRequest:
        told = form.cleaned_data
        return deciding.turn_away(
            request=self.row, to=RequestState(told["to"]), code=told["code"], told=told["comment"], by=self.user,
            now=timezone.now(),
        )  # fmt: skip


class Assess(WorkForm):
    """How the family lives now; the points follow."""

    form_class = forms.AssessForm
    template_name = "emergency_fund/assess.html"
    title = _("How the family lives")
    lead = _("Ask the family, or who knows it. Amounts in baht.")
    success_message = _("The assessment is saved.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        rules.can_assess(self.row.state).insist()

    @cached_property
    def last(self) -> NeedsAssessment | None:
        """The newest assessment so far."""
        return self.row.assessments.prefetch_related("needs").first()

    def get_initial(self) -> dict[str, Any]:
        found = {name: getattr(self.last, name) for name in forms.FIGURES} if self.last else {}
        return {name: typed(value) if isinstance(value, Decimal) else value for name, value in found.items()}

    def get_form_kwargs(self) -> dict[str, Any]:
        found = self.last.needs.all() if self.last else []
        needs = {(row.child_id, row.need): row.severity for row in found}
        return super().get_form_kwargs() | {"lines": self.lines, "needs": needs}

    def save(self, form: forms.AssessForm) -> NeedsAssessment:
        told = form.cleaned_data
        figures = {name: told[name] for name in (*forms.FIGURES, "note")}
        if told["worry"]:
            messages.success(self.request, str(_("Who leads the case has your word to read today.")))
        return deciding.assess(
            request=self.row, figures=figures, needs=form.said(), worry=told["worry"], by=self.user, now=timezone.now()
        )

    def after(self, result: NeedsAssessment) -> str:
        """Recommending comes next, where no insurance is to be priced first."""
        is_insured = any(shown.line.kind == LineKind.HEALTH_INSURANCE for shown in self.lines)
        return reverse(f"emergency_fund:{'detail' if is_insured else 'recommend'}", args=[self.row.pk])


class Recommend(WorkForm):
    """From which budget line; then those who decide are asked."""

    form_class = forms.RecommendForm
    template_name = "emergency_fund/recommend.html"
    title = _("Recommend the request")
    queue = "assess"
    lead = _("Choose the budget line of each thing and how it is given. The money is kept for it until the decision.")
    verb = _("Ask for the decision")
    success_message = _("Recommended. Others decide now.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        rules.can_assess(self.row.state).insist()

    def get_initial(self) -> dict[str, Any]:
        return {"total": sum(shown.line.asked for shown in self.asked_for)}

    @property
    def asked_for(self) -> list[LineShown]:
        """What is to be decided: not what was asked for before the request was mended."""
        return [shown for shown in self.lines if shown.line.state == LineState.ASKED]

    def get_form_kwargs(self) -> dict[str, Any]:
        budget: list[BudgetLine] = lines_to_pay_from(self.row.office_id, self.today)
        return super().get_form_kwargs() | {"lines": self.asked_for, "budget": budget}

    def save(self, form: forms.RecommendForm) -> AssistanceRequest:
        return deciding.recommend(
            request=self.row, budget=form.budget(), total=form.said_total(), providers=form.providers(),
            ways=form.ways(), by=self.user, now=timezone.now(),
        )  # fmt: skip


class Expire(RequestAct):
    """What was not fetched in time gives its money back."""

    policy = WORK
    success_message = _("Expired. The money is free again.")

    def act(self) -> AssistanceRequest:
        return delivering.expire(request=self.row, by=self.user, now=timezone.now())
