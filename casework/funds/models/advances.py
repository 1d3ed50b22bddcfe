"""Cash given to a member of staff for a purpose, and what it was used for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import offices_of
from casework.access.visibility import GuardedManager
from casework.funds.states import ADVANCE_EDGES, AdvanceKind, AdvanceState
from casework.kernel.models import AppendOnly, Stamped, TrueDay
from casework.kernel.money import amount_field

from .cash import BOX_SEE, CashBox


def advance_seen_by(user: Any, advance: str = "") -> Q:
    """The condition under which a person sees an advance: they look after the cash of its office, or hold it."""
    offices = Q(**{f"{advance}box__office_id__in": offices_of(user, BOX_SEE)})
    return offices | Q(**{f"{advance}holder": user})


class AdvanceQuerySet(models.QuerySet):
    """Advances."""

    def visible_to(self, user: Any) -> AdvanceQuerySet:
        return self.filter(advance_seen_by(user))

    def open(self) -> AdvanceQuerySet:
        """Those that are not settled."""
        return self.filter(state=AdvanceState.OPEN)


class Advance(Stamped):
    """Cash of a box that a member of staff carries for a purpose, until a day. What is used is kept by the database."""

    number = models.CharField(_("number"), max_length=24, unique=True, editable=False)
    box = models.ForeignKey(CashBox, models.PROTECT, related_name="advances", verbose_name=_("cash box"))
    holder = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("given to"))
    amount = amount_field(_("amount"))
    used = amount_field(_("accounted for"), default=Decimal(0))
    purpose = models.CharField(_("for"), max_length=200)
    given_on = models.DateField(_("given on"))
    until_on = models.DateField(_("until"))
    state = models.CharField(_("state"), max_length=7, choices=AdvanceState.choices, default=AdvanceState.OPEN)
    settled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    kept_by_database = ("used",)

    EDGES = {"state": ADVANCE_EDGES}

    rows = models.Manager.from_queryset(AdvanceQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["until_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="An advance has an amount"),
            models.CheckConstraint(
                condition=Q(used__gte=0) & Q(used__lte=F("amount")), name="No more of an advance is used than was given"
            ),
            models.CheckConstraint(condition=Q(until_on__gte=F("given_on")), name="An advance ends after it is given"),
            models.CheckConstraint(
                condition=~Q(state=AdvanceState.SETTLED)
                | (Q(used=F("amount")) & Q(settled_by__isnull=False) & ~Q(settled_by=F("holder"))),
                name="A settled advance is accounted for by another",
            ),
        ]
        indexes = [models.Index(fields=["holder"], condition=Q(state="open"), name="funds_open_advance")]

    def __str__(self) -> str:
        return self.number

    @property
    def left(self) -> Decimal:
        """What is not accounted for yet."""
        return self.amount - self.used

    def access_place(self) -> tuple[int, None]:
        """The office whose people look after the box."""
        return self.box.access_place()


class OfAdvanceQuerySet(models.QuerySet):
    """Rows of an advance, seen where the advance is seen."""

    def visible_to(self, user: Any) -> OfAdvanceQuerySet:
        return self.filter(advance_seen_by(user, "advance__"))


class AdvanceEntry(TrueDay, AppendOnly):
    """A payment from an advance, with its receipt, or what came back of it, or is missing and explained."""

    advance = models.ForeignKey(Advance, models.PROTECT, related_name="entries")
    kind = models.CharField(_("what"), max_length=7, choices=AdvanceKind.choices)
    amount = amount_field(_("amount"))
    key = models.CharField(max_length=80, unique=True, help_text="the act that made it: sent twice, it is done once")
    reference = models.CharField(_("receipt"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True, help_text="why it is missing")
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    on = models.DateField(_("day"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    rows = models.Manager.from_queryset(OfAdvanceQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "advance entries"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="Something of an advance was used"),
            models.CheckConstraint(
                condition=~Q(kind=AdvanceKind.RECEIPT) | ~Q(reference=""), name="A payment has its receipt"
            ),
            models.CheckConstraint(
                condition=~Q(kind=AdvanceKind.SHORT)
                | (~Q(reason="") & Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("by"))),
                name="Two people explain what is missing of an advance",
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="funds_advance_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} of {self.advance_id}"
