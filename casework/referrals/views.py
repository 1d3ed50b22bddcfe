"""Pages of referrals."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.access.scopes import may, may_on
from casework.cases.models import Case
from casework.cases.queries import case_header
from casework.ui.paging import LongList
from casework.ui.views import PageView, RowForm

from . import forms, services
from .models import Referral
from .queries import waiting_first
from .rules import agreed_to, can_tell

SEND = Policy(action="referrals.referral.send")
ROWS_PER_PAGE = 50


class ReferralList(PageView):
    """Referrals of the cases the person sees: waiting first."""

    policy = SEND
    template_name = "referrals/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Referral.objects.visible_to(self.user).select_related("case__child", "service", "sent_by")
        rows = rows.prefetch_related("case__child__names")
        page = LongList(waiting_first(rows), ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        told = {"rows": list(page), "page": page, "sees_cases": may(self.user, "cases.case.list")}
        return super().get_context_data(now=timezone.now(), **told, **kwargs)


class NewReferral(RowForm):
    """Ask a service for a child."""

    policy = SEND
    model = Case
    row_name = "case"
    form_class = forms.ReferralForm
    template_name = "referrals/new.html"
    success_message = _("The referral is sent.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        header = case_header(self.row, self.user, self.today)
        lead = _("The service is told only what you tick.")
        return super().get_context_data(**kwargs) | {
            "title": _("Refer to a service"),
            "lead": lead,
            "agreed": agreed_to(self.row, self.today),
            "verb": _("Send the referral"),
            "header": header,
        }

    @property
    def may_override(self) -> bool:
        """Whether the person may share without consent, with a reason."""
        return may_on(self.user, "cases.consent.override", self.row)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"may_override": self.may_override}

    def save(self, form: django_forms.Form) -> Referral:
        return services.send_referral(
            case=self.row, by=self.user, now=timezone.now(), may_override=self.may_override, **form.cleaned_data
        )

    def after(self, result: Any) -> str:
        return reverse("referrals:detail", args=[result.pk])


class ReferralDetail(RowForm):
    """One referral; its answer is recorded here."""

    policy = SEND
    model = Referral
    row_name = "referral"
    form_class = forms.AnswerForm
    template_name = "referrals/detail.html"
    success_message = _("The answer is recorded.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"state": self.row.state}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        header = case_header(self.row.case, self.user, self.today)
        labels = dict(forms.SHARED_CHOICES)
        told = [labels[name] for name in self.row.shared_fields if name in labels]
        letter = can_tell(self.row, self.today)
        facts = {"case": self.row.case, "header": header, "told": told, "letter": letter}
        return super().get_context_data(**kwargs) | facts

    def save(self, form: django_forms.Form) -> Referral:
        answer, text, by = form.cleaned_data["answer"], form.cleaned_data["text"], self.user
        if answer == "completed":
            return services.complete_referral(referral=self.row, outcome=text, by=by)
        if answer == "cancelled":
            return services.cancel_referral(referral=self.row, reason=text, by=by)
        return services.record_answer(
            referral=self.row, accepted=answer == "accepted", text=text, by=by, now=timezone.now()
        )

    def after(self, result: Any) -> str:
        return reverse("referrals:detail", args=[self.row.pk])
