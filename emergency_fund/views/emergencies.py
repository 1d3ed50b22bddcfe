"""Help now, approve later: one page with what follows, and the reason in words."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emergency_fund.forms.emergencies import HelpNowForm
from emergency_fund.models import AssistanceRequest
from emergency_fund.policies import DECIDE
from emergency_fund.services.emergencies import can_help_now, help_now

from .requests import RequestForm, RequestMixin


class HelpNow(RequestMixin, RequestForm):
    """Let it be paid at once; the others approve within 72 hours."""

    policy = DECIDE
    form_class = HelpNowForm
    template_name = "emergency_fund/help_now.html"
    title = _("Help now, approve later")
    verb = _("Help now")
    success_message = _("It can be paid now. The others decide within 72 hours.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_help_now(self.row, self.user, timezone.now()).insist()

    def save(self, form: HelpNowForm) -> AssistanceRequest:
        return help_now(request=self.row, reason=form.cleaned_data["reason"], by=self.user, now=timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"total": sum(shown.line.worth for shown in context["lines"])}
