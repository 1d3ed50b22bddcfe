"""What was paid or handed over on a line, to whom, and how it was made sure who that is."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.kernel.models import AppendOnly, TrueDay
from casework.kernel.money import amount_field
from casework.people.states import FamilyRole
from casework.programmes.contributions import Words
from emergency_fund import states as s
from emergency_fund.banks import Bank, shortened
from emergency_fund.querysets import OfDeliveryQuerySet, OfLineQuerySet

from .collectors import Collector
from .picking import PickList
from .requests import AssistanceLine


class Delivery(TrueDay, AppendOnly):
    """Money paid or goods handed over once on a line; its key makes sure that it happens once."""

    line = models.ForeignKey(AssistanceLine, models.PROTECT, related_name="deliveries")
    amount = amount_field(_("amount"))
    number = models.CharField(
        _("receipt"), max_length=24, db_index=True, help_text="things that are paid at once stand on one receipt"
    )
    key = models.CharField(max_length=80, unique=True, help_text="line and period: paid once, however often it is sent")
    received_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    collector = models.ForeignKey(
        Collector, models.PROTECT, null=True, related_name="+", help_text="who fetched it for whom it was for"
    )
    received_name = models.CharField(_("received by"), max_length=120)
    relation = models.CharField(
        _("relation to the child"), max_length=40, help_text="a family role by its code; in old rows perhaps in words"
    )
    proof = models.CharField(_("how we know who it was"), max_length=14, choices=s.ReceiverProof.choices)
    witness = models.CharField(_("witness"), max_length=120, blank=True)
    provider_receipt = models.CharField(
        _("number of their receipt"), max_length=60, blank=True, help_text="of the hospital or shop that has the money"
    )
    paper_receipt = models.CharField(
        _("number of the paper receipt"), max_length=30, blank=True, help_text="that the family signed on the way"
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True, help_text="written beside it on the way")
    account_bank = models.CharField(_("bank"), max_length=10, blank=True, choices=Bank.choices)
    account_number = models.CharField(_("account"), max_length=20, blank=True, help_text="digits alone")
    account_holder = models.CharField(_("whose account"), max_length=120, blank=True)
    account_reference = models.CharField(_("reference of the transfer"), max_length=60, blank=True)
    pick_list = models.ForeignKey(PickList, models.PROTECT, null=True, related_name="deliveries")
    on = models.DateField(_("day"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("handed over by"))
    at = models.DateTimeField()

    rows = models.Manager.from_queryset(OfLineQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "deliveries"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["number", "line"], name="A line stands once on a receipt"),
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(amount=0, pick_list__isnull=False), name="A delivery is worth something"
            ),
            models.CheckConstraint(
                condition=~Q(proof__in=["thumb_print", "witness"]) | ~Q(witness=""),
                name="A thumb print has its witness",
            ),
            models.CheckConstraint(
                condition=Q(account_bank="", account_number="", account_holder="", account_reference="")
                & ~Q(proof="bank_slip")
                | Q(proof="bank_slip", pick_list__isnull=True)
                & ~Q(account_bank="")
                & ~Q(account_number="")
                & ~Q(account_holder="")
                & ~Q(account_reference=""),
                name="A transfer says to which account and has its slip",
            ),
            models.CheckConstraint(
                condition=~Q(proof="their_receipt") & Q(received_by__isnull=False)
                | Q(proof="their_receipt", received_by__isnull=True, pick_list__isnull=True) & ~Q(provider_receipt=""),
                name="Who is not of the family has given a receipt",
            ),
            models.CheckConstraint(
                condition=Q(collector__isnull=True) | Q(received_by__isnull=False) & ~Q(proof="bank_slip"),
                name="A collector fetches in hand for somebody of the family",
            ),
        ]
        indexes = [
            models.Index(fields=["account_number"], name="delivery_account", condition=~Q(account_number="")),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def times(self) -> str:
        """How many of what at which price it paid, where that is a whole number."""
        return self.line.times(self.amount)

    @property
    def is_to_family(self) -> bool:
        """Whether somebody of the family received it; else the hospital or shop that the request names."""
        return self.received_by_id is not None

    @property
    def is_money_in_hand(self) -> bool:
        """Whether the family can say how much it was: not of goods, nor of what a hospital or shop was paid."""
        return self.is_to_family and self.pick_list_id is None

    @property
    def relation_now(self) -> Words:
        """How who received it belongs to the child, in the reader's language."""
        return FamilyRole(self.relation).label if self.relation in FamilyRole.values else self.relation

    @property
    def account(self) -> str:
        """Where a transfer went: the bank and the last digits; nothing for what was handed over."""
        number = shortened(self.account_number)
        return f"{self.get_account_bank_display()} {number}" if self.account_number else ""

    def access_place(self) -> tuple[int, tuple[str, ...]]:
        """The office and the programme that decide who may act on it."""
        return self.line.access_place()


class DeliveryReturn(TrueDay, AppendOnly):
    """A part of what was paid or handed over that came back; the money is the line's again."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="returns")
    amount = amount_field(_("amount"))
    reason = models.CharField(_("reason"), max_length=300)
    key = models.CharField(max_length=80, unique=True, help_text="the act that made it: sent twice, it is done once")
    is_goods = models.BooleanField(default=False, help_text="goods came back into a store, not money")
    is_to_pay_again = models.BooleanField(default=False, help_text="the family is still to have it")
    on = models.DateField(_("day"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("taken back by"))
    at = models.DateTimeField()

    rows = models.Manager.from_queryset(OfDeliveryQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(amount=0, is_goods=True), name="What came back is worth something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount} of {self.delivery_id}"
