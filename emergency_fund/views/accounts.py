"""The page on which an officer writes down the account of a family."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from emergency_fund.forms.accounts import AccountForm
from emergency_fund.models import FamilyAccount
from emergency_fund.querysets import ENTER_ACCOUNT
from emergency_fund.rules.accounts import can_name_account
from emergency_fund.services.accounts import enter_account

from .working import ActOfOfficer


class EnterAccount(ActOfOfficer):
    """Where money of the family is sent; another person compares it before anything is."""

    policy = Policy(action=ENTER_ACCOUNT)
    form_class = AccountForm
    title = _("Account of the family")
    lead = _("Copy it from the bank book. Another officer compares it before money is sent there.")
    success_message = _("Written down. It waits for a second person.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_name_account(self.row.state).insist()

    def save(self, form: AccountForm) -> FamilyAccount:
        return enter_account(request=self.row, account=form.account(), by=self.user, now=timezone.now())
