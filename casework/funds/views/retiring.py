"""A box of cash ends: its cash goes back to the bank, it is put out of use, and used again where that was a mistake."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms as django_forms
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.approvals.models import Proposal
from casework.funds.forms import cash as forms
from casework.funds.models import CashBox
from casework.funds.proposals import cash as proposals
from casework.funds.queries.retiring import standing_of
from casework.funds.rules.cash import against_retiring, can_use
from casework.funds.services import retiring
from casework.ui.views import RowAct

from .cash import OPEN, BoxForm, SlipForm


class BringToBank(SlipForm):
    """Cash of the box was brought to the bank."""

    form_class = forms.BankForm
    title = _("Bring cash back to the bank")
    lead = _("Bring the money to the bank first. It leaves the books when a second person has seen the slip.")
    success_message = _("Written down. It leaves the books as soon as a second person confirms it.")

    def save(self, form: django_forms.BaseForm) -> Proposal:
        return proposals.propose_banking(box=self.row, by=self.user, now=timezone.now(), **form.cleaned_data)


class RetireBox(BoxForm):
    """Put the box out of use; the page says what still stands against it."""

    policy = Policy(action=OPEN)
    form_class = forms.RetireForm
    template_name = "funds/box_retire.html"
    title = _("Put the box out of use")
    lead = _("Nothing is paid from it any more. Its movements and counts stay.")
    verb = _("Put it out of use")
    success_message = _("The box is out of use.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_use(is_active=self.row.is_active).insist()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(blockers=list(against_retiring(standing_of(self.row))), **kwargs)

    def save(self, form: django_forms.BaseForm) -> CashBox:
        return retiring.retire_box(box=self.row, by=self.user, now=timezone.now(), **form.cleaned_data)


class UseBoxAgain(RowAct):
    """The box is used again."""

    policy = Policy(action=OPEN)
    model: ClassVar[type[models.Model]] = CashBox
    success_message = _("The box is in use again.")

    def act(self) -> CashBox:
        return retiring.use_box_again(box=self.row, by=self.user, now=timezone.now())

    def back(self) -> str:
        return reverse("funds:box", args=[self.row.pk])
