"""The page on which the family names who fetches its help."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emergency_fund.forms.collectors import CollectorForm
from emergency_fund.models import Collector
from emergency_fund.queries.collectors import namers_of
from emergency_fund.queries.family import sees_family
from emergency_fund.rules.collectors import can_name_collector
from emergency_fund.services.collecting import name_collector

from .requests import EDIT, RequestForm


class NameCollector(RequestForm):
    """Somebody outside the household fetches it, as an adult of the family says."""

    policy = EDIT
    form_class = CollectorForm
    title = _("Somebody else fetches it")
    lead = _("For a family that cannot come. What is fetched is the family’s.")
    success_message = _("Written down. The cashier reads it when they come.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_name_collector(self.row.state).insist()

    def get_form_kwargs(self) -> dict[str, Any]:
        members = namers_of(self.row.family, self.today)
        return super().get_form_kwargs() | {"members": members, "is_named": sees_family(self.row, self.user)}

    def save(self, form: CollectorForm) -> Collector:
        return name_collector(request=self.row, by=self.user, now=timezone.now(), **form.answers())
