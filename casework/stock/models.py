"""Items, versioned kits, lots with expiry and cost, what lies where, and the movements that make it so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import offices_of
from casework.access.visibility import GuardedManager
from casework.kernel.models import AppendOnly, CountedDay, KeptByDatabase, Named, Stamped
from casework.kernel.money import amount_field
from casework.kernel.plurals import counted

from .states import COMES, CONFIRMED, Basis, MovementKind, WriteOffCause

SEE = "stock.store.see"


class Item(Named):
    """A thing that is kept in store, counted in a unit."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_en = models.CharField(_("name in English"), max_length=80)
    name_th = models.CharField(_("name in Thai"), max_length=80, blank=True)
    name_my = models.CharField(_("name in Burmese"), max_length=80, blank=True)
    unit = models.CharField(_("unit"), max_length=20, help_text=_("As in a sentence with a number: pieces, g, packs."))
    unit_th = models.CharField(_("unit in Thai"), max_length=20, blank=True)
    unit_my = models.CharField(_("unit in Burmese"), max_length=20, blank=True)
    is_whole = models.BooleanField(
        _("counted in whole"), default=False, help_text=_("Such as pieces, packs or sets: there is no half of one.")
    )
    shelf_days = models.PositiveSmallIntegerField(
        _("days it must keep"), default=0, help_text=_("It is not handed over with fewer days left.")
    )
    minimum = models.DecimalField(
        _("fewest in a store"), max_digits=12, decimal_places=2, default=0,
        help_text=_("With fewer, the people of the store are told to order. 0 if it is not watched."),
    )  # fmt: skip
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name_en"]
        constraints = [models.CheckConstraint(condition=Q(minimum__gte=0), name="The fewest of an item is 0 or more")]

    def unit_in(self, language: str) -> str:
        """The word for its unit in a language, English where there is none."""
        return getattr(self, f"unit_{language}", "") or self.unit

    def unit_for(self, number: Decimal, language: str = "") -> str:
        """The word for its unit beside so much of it, in a language (the reader's, where none is named)."""
        language = language or (get_language() or "en")[:2]
        return counted(self.unit_in(language), number)

    @property
    def unit_now(self) -> str:
        """The word for its unit in the reader's language."""
        return self.unit_in((get_language() or "en")[:2])


class Kit(models.Model):
    """A kit as it is packed from a day on; a change is a new version."""

    key = models.SlugField(_("kit"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"))
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        ordering = ["key", "-version"]
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="A kit has each version once")]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class KitItem(models.Model):
    """So much of an item for everybody of an age that the basis counts."""

    kit = models.ForeignKey(Kit, models.CASCADE, related_name="items")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    basis = models.CharField(_("counted"), max_length=12, choices=Basis.choices)
    quantity = models.DecimalField(_("quantity"), max_digits=10, decimal_places=2)
    min_age = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kit", "item", "basis"], name="A kit counts an item one way once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="A kit holds some of each item"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.item_id} {self.basis}"


class Substitute(models.Model):
    """Another item that stands in for one of a kit where a store has too little: so much of it for so much of that.

    What is named first is taken first.
    """

    kit = models.ForeignKey(Kit, models.CASCADE, related_name="substitutes")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    other = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("what stands in"))
    quantity = models.DecimalField(_("so much of it"), max_digits=10, decimal_places=2)
    counts_for = models.DecimalField(_("stands in for so much"), max_digits=10, decimal_places=2)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kit", "item", "other"], name="An item stands in for another once"),
            models.CheckConstraint(condition=~Q(other=F("item")), name="No item stands in for itself"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0) & Q(counts_for__gt=0), name="Some of it stands in for some of the item"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.other_id} for {self.counts_for} of {self.item_id}"


class Lot(models.Model):
    """Things that came together: one item, one expiry, one price."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="lots")
    number = models.CharField(_("lot number"), max_length=40)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    unit_cost = amount_field(_("cost of one"), default=0)

    class Meta:
        ordering = ["expires_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="A lot of an item has a number")]

    def __str__(self) -> str:
        return f"{self.item} {self.number}"

    def expires_before(self, day: date) -> bool:
        """Whether it no longer keeps until a day; what has no expiry always does."""
        return self.expires_on is not None and self.expires_on < day


class StoreQuerySet(models.QuerySet):
    """Stores."""

    def visible_to(self, user: Any) -> StoreQuerySet:
        """Stores of the offices where the person looks after stock."""
        return self.filter(office_id__in=offices_of(user, SEE))


class Store(Named):
    """A place of an office where things lie."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="stores", verbose_name=_("office"))
    name_en = models.CharField(_("name in English"), max_length=80)
    name_th = models.CharField(_("name in Thai"), max_length=80, blank=True)
    name_my = models.CharField(_("name in Burmese"), max_length=80, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    rows = models.Manager.from_queryset(StoreQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["office__code", "name_en"]
        constraints = [models.UniqueConstraint(fields=["office", "name_en"], name="An office names a store once")]

    def access_place(self) -> tuple[int, None]:
        """The office whose people look after it, for every programme."""
        return self.office_id, None


class OfStoreQuerySet(models.QuerySet):
    """Rows of a store, seen where the store is seen."""

    def visible_to(self, user: Any) -> OfStoreQuerySet:
        return self.filter(store__office_id__in=offices_of(user, SEE))


class Balance(KeptByDatabase):
    """How much of a lot lies in a store; kept by the database from the movements, never below zero."""

    store = models.ForeignKey(Store, models.PROTECT, related_name="balances")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="balances")
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=2)

    rows = models.Manager.from_queryset(OfStoreQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.UniqueConstraint(fields=["store", "lot"], name="A lot has one balance in a store"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="No lot lies below zero"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of lot {self.lot_id}"


class Movement(CountedDay, AppendOnly):
    """Something came or went. A wrong movement is answered by another one."""

    store = models.ForeignKey(Store, models.PROTECT, related_name="movements")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="movements")
    kind = models.CharField(_("what"), max_length=10, choices=MovementKind.choices)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=2)
    key = models.CharField(max_length=80, unique=True, help_text="the act that made it: sent twice, it is done once")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    cause = models.CharField(_("why it is written off"), max_length=8, choices=WriteOffCause.choices, blank=True)
    reference = models.CharField(_("supplier’s paper"), max_length=80, blank=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    on = models.DateField(_("day"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    confirmed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    at = models.DateTimeField()

    rows = models.Manager.from_queryset(OfStoreQuerySet)()
    objects = GuardedManager()

    other: Store | None = None
    """The store on the other side, where it was asked for."""

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="A movement moves something"),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(CONFIRMED)) | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("by"))),
                name="A second person confirms what is lost",
            ),
        ]
        indexes = [
            models.Index(fields=["store", "-on", "-id"], name="stock_movement_by_day"),
            models.Index(fields=["subject_type", "subject_id"], name="stock_movement_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity} of lot {self.lot_id}"

    @property
    def comes(self) -> bool:
        """Whether it made more lie there."""
        return self.kind in COMES


class StockCount(Stamped, AppendOnly):
    """What somebody counted in a store on a day; differences are explained and confirmed by a second person."""

    store = models.ForeignKey(Store, models.PROTECT, related_name="counts")
    on = models.DateField(_("day"))
    lines = models.JSONField(help_text="lot id → [in the books, counted, why it differs]")

    rows = models.Manager.from_queryset(OfStoreQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-on", "-pk"]

    def access_place(self) -> tuple[int, None]:
        """The office whose people look after the store."""
        return self.store.access_place()

    def __str__(self) -> str:
        return f"count of store {self.store_id} on {self.on}"
