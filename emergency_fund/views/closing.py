"""The end of a request: closed by a person; and how the claim on another source went on."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.access.scopes import may
from casework.cases.models import Case
from emergency_fund.forms.closing import CloseForm, EntitlementForm
from emergency_fund.models import AssistanceRequest, EntitlementUpdate
from emergency_fund.queries.closing import blockers_of, standing_of
from emergency_fund.querysets import SCREEN
from emergency_fund.rules.closing import can_close
from emergency_fund.rules.entitlements import can_follow_up
from emergency_fund.services.closing import close_request
from emergency_fund.services.entitlements import update_entitlement
from emergency_fund.states import EntitlementStatus

from .requests import EDIT, RequestForm


class CloseRequest(RequestForm):
    """What stands against closing, in words and links; else the comment and the button."""

    policy = Policy(action=SCREEN)
    form_class = CloseForm
    template_name = "emergency_fund/close.html"
    title = _("Close the request")
    verb = _("Close the request")
    success_message = _("The request is closed.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_close(self.row.state).insist()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standing = standing_of(self.row, self.today)
        blockers = blockers_of(self.row, standing, self.user)
        return super().get_context_data(blockers=blockers, standing=standing, **kwargs)

    def save(self, form: django_forms.Form) -> AssistanceRequest:
        comment = form.cleaned_data["comment"]
        return close_request(request=self.row, comment=comment, by=self.user, now=timezone.now())


class FollowEntitlement(RequestForm):
    """What the family or the office that pays says now."""

    policy = EDIT
    form_class = EntitlementForm
    template_name = "emergency_fund/entitlement.html"
    title = _("What another source pays")
    lead = _("Ask the family, or the office that pays.")
    success_message = _("Written down.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_follow_up(self.row.state).insist()

    def get_initial(self) -> dict[str, Any]:
        incident = self.row.incident
        is_known = incident.entitlement_status != EntitlementStatus.NOT_CHECKED
        return {
            "entitlement": incident.entitlement if is_known else "",
            "status": incident.entitlement_status if is_known else "",
            "amount": incident.entitlement_amount, "on": self.today,
        }  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        updates = self.row.entitlement_updates.select_related("by")
        return super().get_context_data(updates=updates, referral=self._referral(), **kwargs)

    def _referral(self) -> str:
        """Where the office that pays is asked; only for who sees the case and sends referrals."""
        case = self.row.case
        office_id, programmes = case.access_place()
        if may(self.user, "referrals.referral.send", office_id=office_id, programmes=programmes) is None:
            return ""
        if not Case.objects.visible_to(self.user).filter(pk=case.pk).exists():
            return ""
        return reverse("referrals:new", args=[case.pk])

    def save(self, form: django_forms.Form) -> EntitlementUpdate:
        return update_entitlement(request=self.row, by=self.user, now=timezone.now(), **form.cleaned_data)
