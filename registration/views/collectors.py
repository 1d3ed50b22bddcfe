"""Who may and who must not be given the certificate."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy

from casework.access.policies import Policy
from registration.forms import collectors as told
from registration.models import Collector
from registration.rules.handover import live_collectors
from registration.services import collectors as services

from .records import EDIT, BirthForm

LIFT = Policy(action="registration.collector.lift")


class NameCollector(BirthForm):
    policy = EDIT
    form_class = told.CollectorForm
    template_name = "registration/collector.html"
    title = gettext_lazy("Who may collect the certificate?")
    lead = gettext_lazy("Ask the mother alone. Who must not be given it is refused at the handover.")
    success_message = gettext_lazy("It is written down.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(collectors=live_collectors(self.row), **kwargs)

    def save(self, form: forms.Form) -> Collector:
        return services.name_collector(birth=self.row, by=self.user, **form.cleaned_data)


class EndCollector(BirthForm):
    """Take somebody off the list; who must not be given it is taken off by a supervisor."""

    policy = EDIT
    model: ClassVar[type[models.Model]] = Collector
    form_class = told.TakeOffForm
    title = gettext_lazy("Take off the list")
    verb = gettext_lazy("Take off")
    success_message = gettext_lazy("It is written down.")

    @property
    def lead(self) -> str:
        return " · ".join(
            part for part in (self.row.name, str(self.row.get_relation_display()), self.row.reason) if part
        )

    def save(self, form: forms.Form) -> Collector:
        if not self.row.is_allowed:
            LIFT.admit(self.request)
            LIFT.admit_row(self.request, self.row)
        return services.end_collector(collector=self.row, by=self.user, today=self.today, **form.cleaned_data)
