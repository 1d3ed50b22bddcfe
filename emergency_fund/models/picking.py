"""What a family gets from a store: counted from who lives in it on a day, with its lots, and frozen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.kernel.models import Removable, TrueDay
from emergency_fund.querysets import OfLineQuerySet, OfPickListQuerySet

from .requests import AssistanceLine


class PickList(TrueDay, models.Model):
    """A kit for one line as it was packed on a day. It reserves nothing (decision 19); another one replaces it."""

    line = models.ForeignKey(AssistanceLine, models.PROTECT, related_name="pick_lists")
    store = models.ForeignKey("stock.Store", models.PROTECT, related_name="+", verbose_name=_("store"))
    kit = models.ForeignKey("stock.Kit", models.PROTECT, related_name="+", verbose_name=_("kit"))
    on = models.DateField(_("day"), help_text="the family is counted as it was on this day")
    counted = models.JSONField(help_text="basis → how many of the family it counts")
    months = models.PositiveSmallIntegerField(_("months"))
    is_current = models.BooleanField(default=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField()

    rows = models.Manager.from_queryset(OfLineQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["line"], condition=Q(is_current=True), name="A line has one pick list now")
        ]

    def __str__(self) -> str:
        return f"pick list {self.pk} of line {self.line_id}"

    def day_of_lots(self, today: date) -> date:
        """As of which day its lots are chosen: of a list for a day that has been, that day."""
        return self.on if self.is_late else today

    @property
    def people(self) -> int:
        """How many lived in the family on the day of the list."""
        return int(self.counted.get("person_month", 0))

    def access_place(self) -> tuple[int, tuple[str, ...]]:
        """The office and the programme that decide who may act on it."""
        return self.line.access_place()


class PickedItem(Removable):
    """So much of an item on a pick list, from one lot; without a lot, what the store had too little.

    What stands in for another item says for which, and for how much of it.
    """

    pick_list = models.ForeignKey(PickList, models.CASCADE, related_name="items")
    item = models.ForeignKey("stock.Item", models.PROTECT, related_name="+")
    lot = models.ForeignKey("stock.Lot", models.PROTECT, null=True, related_name="+")
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=2)
    handed = models.DecimalField(_("handed over"), max_digits=12, decimal_places=2, default=0)
    instead_of = models.ForeignKey(
        "stock.Lot", models.PROTECT, null=True, related_name="+", help_text="the lot that would have expired first"
    )
    reason = models.CharField(_("why another lot"), max_length=200, blank=True)
    stands_for = models.ForeignKey(
        "stock.Item", models.PROTECT, null=True, related_name="+", help_text="the item of the kit that it stands in for"
    )
    covers = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, help_text="so much of the item that it stands in for"
    )

    rows = models.Manager.from_queryset(OfPickListQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pick_list", "item", "lot", "stands_for"],
                nulls_distinct=False,
                name="A pick list names a lot once for an item",
            ),
            models.CheckConstraint(
                condition=Q(stands_for__isnull=True, covers__isnull=True)
                | (Q(stands_for__isnull=False, covers__gte=0, lot__isnull=False) & ~Q(stands_for=F("item"))),
                name="What stands in is of a lot and covers some of another item",
            ),
            models.CheckConstraint(
                condition=Q(instead_of__isnull=True, reason="")
                | (Q(instead_of__isnull=False) & ~Q(reason="") & ~Q(instead_of=F("lot"))),
                name="Another lot is taken for a reason",
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="A row of a pick list picks something"),
            models.CheckConstraint(
                condition=Q(handed__gte=0) & Q(handed__lte=F("quantity")) & (Q(lot__isnull=False) | Q(handed=0)),
                name="No more is handed over than was packed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of item {self.item_id}"

    @property
    def left(self) -> Any:
        """What is packed and not yet handed over."""
        return self.quantity - self.handed
