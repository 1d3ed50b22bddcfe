"""Boxes of cash, the append-only movements that make what is in them, and what was counted by notes and coins."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import offices_of
from casework.access.visibility import GuardedManager
from casework.funds.states import COUNT_EDGES, CashKind, CountState
from casework.kernel.models import AppendOnly, CountedDay, Named, Stamped
from casework.kernel.money import amount_field

BOX_SEE = "funds.box.see"


class BoxQuerySet(models.QuerySet):
    """Boxes of cash."""

    def visible_to(self, user: Any) -> BoxQuerySet:
        """Boxes of the offices where the person looks after cash."""
        return self.filter(office_id__in=offices_of(user, BOX_SEE))


class CashBox(Named, Stamped):
    """Petty cash of an office in the hands of its keeper. What is in it is kept by the database, never below zero."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name=_("office"))
    keeper = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("keeper"))
    name_en = models.CharField(_("name in English"), max_length=80)
    name_th = models.CharField(_("name in Thai"), max_length=80, blank=True)
    name_my = models.CharField(_("name in Burmese"), max_length=80, blank=True)
    balance = amount_field(_("in the box"), default=Decimal(0))
    opened_on = models.DateField(_("opened on"))
    is_active = models.BooleanField(_("in use"), default=True)
    retired_at = models.DateTimeField(null=True, help_text="when it was put out of use, empty and counted")
    retired_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    retired_reason = models.CharField(_("why it is not in use"), max_length=300, blank=True)

    kept_by_database = ("balance",)

    rows = models.Manager.from_queryset(BoxQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "cash boxes"
        ordering = ["office__code", "name_en"]
        constraints = [
            models.CheckConstraint(condition=Q(balance__gte=0), name="No box has less than nothing in it"),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True)
                | (Q(balance=0, is_active=False, retired_by__isnull=False) & ~Q(retired_reason="")),
                name="A box is put out of use when it is empty",
            ),
            models.UniqueConstraint(fields=["office", "name_en"], name="An office names a cash box once"),
        ]

    def access_place(self) -> tuple[int, None]:
        """The office whose people look after it, for every programme."""
        return self.office_id, None


class OfBoxQuerySet(models.QuerySet):
    """Rows of a box, seen where the box is seen."""

    def visible_to(self, user: Any) -> OfBoxQuerySet:
        return self.filter(box__office_id__in=offices_of(user, BOX_SEE))


class CashMovement(CountedDay, AppendOnly):
    """Cash came into a box or went out of it. A wrong movement is answered by another one."""

    box = models.ForeignKey(CashBox, models.PROTECT, related_name="movements")
    kind = models.CharField(_("what"), max_length=12, choices=CashKind.choices)
    amount = amount_field(_("amount"))
    key = models.CharField(max_length=80, unique=True, help_text="the act that made it: sent twice, it is done once")
    reference = models.CharField(_("reference"), max_length=60, blank=True, help_text="of the bank, or a receipt")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    on = models.DateField(_("day"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    rows = models.Manager.from_queryset(OfBoxQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="A movement of cash has an amount"),
            models.CheckConstraint(
                condition=~Q(kind__in=[CashKind.FILL, CashKind.TO_BANK]) | ~Q(reference=""),
                name="Cash from the bank has its reference",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[CashKind.FILL, CashKind.TO_BANK])
                | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("by"))),
                name="Two people move cash from and to the bank",
            ),
            models.UniqueConstraint(
                Upper("reference"), condition=Q(kind=CashKind.FILL, confirmed_by__isnull=False),
                name="A bank slip fills a box once",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["box", "-id"], name="funds_cash_box"),
            models.Index(fields=["subject_type", "subject_id"], name="funds_cash_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} in box {self.box_id}"


class CashCount(Stamped):
    """What somebody counted in a box by notes and coins; it holds as soon as a second person confirms it."""

    box = models.ForeignKey(CashBox, models.PROTECT, related_name="counts")
    on = models.DateField(_("day"))
    pieces = models.JSONField(help_text="worth of a note or coin in baht → how many")
    counted = amount_field(_("counted"))
    in_books = amount_field(_("in the books"))
    explanation = models.CharField(_("why it differs"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=CountState.choices, default=CountState.COUNTED)
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    written_once = ("box", "pieces", "counted", "in_books", "explanation", "created_by")

    EDGES = {"state": COUNT_EDGES}

    rows = models.Manager.from_queryset(OfBoxQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(counted__gte=0) & Q(in_books__gte=0), name="Nobody counts less than nothing"
            ),
            models.CheckConstraint(
                condition=Q(counted=F("in_books")) | ~Q(explanation=""), name="A difference is explained"
            ),
            models.CheckConstraint(
                condition=~Q(state=CountState.CONFIRMED)
                | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("created_by"))),
                name="Who counted does not confirm",
            ),
        ]

    def __str__(self) -> str:
        return f"count of box {self.box_id} on {self.on}"

    @property
    def difference(self) -> Decimal:
        """How much more is there than in the books; negative when there is less."""
        return self.counted - self.in_books

    def access_place(self) -> tuple[int, None]:
        """The office whose people look after the box."""
        return self.box.access_place()
