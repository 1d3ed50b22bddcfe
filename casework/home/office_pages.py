"""Offices: listed, added and changed by two people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.access.scopes import may
from casework.accounts.models import Office
from casework.approvals.models import Proposal
from casework.ui.views import FormPage, PageView

from .people_forms import NewOfficeForm, OfficeForm
from .people_services import propose_office


class OfficesPage(PageView):
    """All offices."""

    policy = Policy(action="accounts.office.see")
    template_name = "home/offices.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_propose = may(self.request.user, "accounts.office.propose") is not None
        return super().get_context_data(offices=Office.objects.all(), may_propose=may_propose, **kwargs)


class OfficeFormPage(FormPage):
    """A form whose result a second person confirms."""

    policy = Policy(action="accounts.office.propose")
    template_name = "home/office.html"
    success_message = _("Proposed. It is done as soon as a second person confirms it.")
    office: Office | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(office=self.office, **kwargs)

    def save(self, form: forms.BaseForm) -> Proposal:
        by: Any = self.request.user
        return propose_office(office=self.office, values=form.cleaned_data, by=by, now=timezone.now())

    def after(self, result: Proposal) -> str:
        return reverse("approvals:proposal", args=[result.pk])


class AddOfficePage(OfficeFormPage):
    """A new office."""

    form_class = NewOfficeForm


class ChangeOfficePage(OfficeFormPage):
    """New names, address or letters' prefix."""

    form_class = OfficeForm

    def prepare(self, **kwargs: Any) -> None:
        self.office = Office.objects.filter(pk=kwargs["pk"]).first()
        if self.office is None:
            raise Http404

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.office, name) for name in OfficeForm.base_fields}
