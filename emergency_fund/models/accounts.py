"""The account to which money of a family is sent."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from emergency_fund.banks import Bank, shortened
from emergency_fund.states import AccountState

from .requests import AssistanceRequest, OfRequest


class FamilyAccount(OfRequest):
    """An account of a family, written down on one of its requests; the last one that a second person confirmed holds.

    Who only pays sees of it the bank and the last digits (safety.md 1).
    """

    request = models.ForeignKey(AssistanceRequest, models.PROTECT, related_name="accounts")
    family = models.ForeignKey("people.Family", models.PROTECT, related_name="+")
    bank = models.CharField(_("bank"), max_length=10, choices=Bank.choices)
    number = models.CharField(_("account"), max_length=20, help_text="digits alone")
    holder = models.CharField(_("whose account"), max_length=120)
    state = models.CharField(_("state"), max_length=9, choices=AccountState.choices, default=AccountState.WAITING)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    EDGES = {"state": {AccountState.WAITING: {AccountState.CONFIRMED}}}

    class Meta(OfRequest.Meta):
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(state="confirmed", confirmed_by__isnull=False, confirmed_at__isnull=False)
                & ~Q(confirmed_by=F("entered_by")),
                name="Another person confirms an account",
            ),
        ]
        indexes = [
            models.Index(fields=["family", "-confirmed_at"], condition=Q(state="confirmed"), name="account_of_family"),
        ]

    def __str__(self) -> str:
        return self.told

    @property
    def told(self) -> str:
        """The bank and the last digits."""
        return f"{self.get_bank_display()} {shortened(self.number)}"

    def access_place(self) -> tuple[int, tuple[str, ...]]:
        """The office and the programme that decide who may act on it."""
        return self.request.access_place()
