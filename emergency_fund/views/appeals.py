"""A family appeals, and others decide on it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.approvals.states import Act
from casework.ui.views import RowForm
from emergency_fund.after_states import TURNED_AWAY
from emergency_fund.forms.appeals import AppealForm, DecideAppealForm
from emergency_fund.models import Appeal
from emergency_fund.queries import appeals as queries
from emergency_fund.queries.family import members_of, sees_family, speakers_of
from emergency_fund.queries.page import LineShown, request_context
from emergency_fund.services import appeals

from .deciding import DECIDE
from .requests import EDIT, RequestForm


class MakeAppeal(RequestForm):
    """Take down that the family does not agree with the decision."""

    policy = EDIT
    form_class = AppealForm
    title = _("The family appeals")
    lead = _("Other people than before look at it again. What was approved is paid all the same.")
    verb = _("Send the appeal")
    success_message = _("The appeal is with people who did not decide before.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        queries.may_be_appealed(self.row, queries.appeal_of(self.row)).insist()

    def get_initial(self) -> dict[str, Any]:
        return {"made_on": self.today, "made_by": self.row.requester_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        is_named = sees_family(self.row, self.user)
        members = speakers_of(members_of(self.row.family), self.today)
        return super().get_form_kwargs() | {"members": members, "is_named": is_named}

    def save(self, form: AppealForm) -> Appeal:
        told = form.cleaned_data
        return appeals.make_appeal(
            request=self.row, made_by=form.teller, relation=form.relation, channel=told["channel"],
            made_on=told["made_on"], why=told["why"], by=self.user, now=timezone.now(),
        )  # fmt: skip


class DecideAppeal(RowForm):
    """An appeal before those who decide on it."""

    policy = DECIDE
    model: ClassVar[type[models.Model]] = Appeal
    row_name = "appeal"
    form_class = DecideAppealForm
    template_name = "emergency_fund/decide_appeal.html"
    success_message = _("Your decision is written down.")

    def rows(self) -> Any:
        rows: Any = super().rows()
        told = ("case__child", "family", "office", "incident", "approval", "asked_by", "requester")
        return rows.select_related("approval", "noted_by", "made_by", *(f"request__{name}" for name in told))

    @property
    def _shown(self) -> dict[str, Any]:
        if not hasattr(self, "_context"):
            self._context = request_context(self.row.request, self.user, timezone.now())
        return self._context

    @property
    def _lines(self) -> list[tuple[LineShown, Decimal]]:
        if self.row.against in TURNED_AWAY:
            return []
        shown = {line.line.pk: line for line in self._shown["lines"]}
        return [(shown[line.pk], left) for line, left in appeals.lines_left(self.row) if line.pk in shown]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"lines": self._lines}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = queries.appeal_shown(self.row, self.user, timezone.now())
        context = super().get_context_data(**kwargs) | self._shown
        return context | {
            "shown": shown, "steps": shown.steps, "clock": shown.clock, "is_late": shown.is_late,
            "request_": self.row.request, "sees_family": sees_family(self.row.request, self.user),
        }  # fmt: skip

    def save(self, form: DecideAppealForm) -> Appeal:
        told = form.cleaned_data
        return appeals.decide_appeal(
            appeal=self.row, act=Act(told["act"]), amounts=form.amounts(), code=told["code"], comment=told["comment"],
            by=self.user, now=timezone.now(),
        )  # fmt: skip

    def after(self, result: Appeal) -> str:
        return reverse("emergency_fund:detail", args=[self.row.request_id])
