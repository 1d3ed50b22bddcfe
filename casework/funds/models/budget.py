"""Funding sources, their budget lines, and the append-only entries that make a line's balance."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import rights_of, scope_condition
from casework.access.visibility import GuardedManager
from casework.funds.states import BY_BUDGET, SOURCE_EDGES, Currency, EntryKind, SourceState
from casework.kernel.models import AppendOnly, Named, Stamped, TrueDay
from casework.kernel.money import amount_field

SEE = "funds.budget.see"


class SourceQuerySet(models.QuerySet):
    """Funding sources."""

    def visible_to(self, user: Any) -> SourceQuerySet:
        """All of them, for whoever looks after a budget anywhere: a donor's money stands in several offices."""
        return self.filter() if rights_of(user, SEE) else self.none()

    def looked_after_by(self, user: Any) -> SourceQuerySet:
        """Those of which the person looks after every line, and there is one: their statements tell of all of it."""
        return self.filter(every_line_is_of(user))


def every_line_is_of(user: Any) -> Q:
    """The condition under which the person looks after every line of a source that has one."""
    own = BudgetLine.rows.filter(scope_condition(user, SEE, office="office_id", programme="programme"))
    others = BudgetLine.rows.exclude(pk__in=own.values("pk"))
    return Q(pk__in=own.values("source")) & ~Q(pk__in=others.values("source"))


class FundingSource(Stamped):
    """The money of one donor for a time, in the donor's currency."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    donor = models.CharField(_("donor"), max_length=120)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices, default=Currency.THB)
    ceiling = amount_field(_("ceiling"), help_text=_("In the donor’s currency."))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    state = models.CharField(_("state"), max_length=6, choices=SourceState.choices, default=SourceState.OPEN)
    closed_reason = models.CharField(max_length=300, blank=True)

    EDGES = {"state": SOURCE_EDGES}

    rows = models.Manager.from_queryset(SourceQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="A source ends after it starts"),
            models.CheckConstraint(condition=Q(ceiling__gt=0), name="A source has money"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.donor}"

    def access_places(self) -> list[tuple[int, tuple[str, ...]]]:
        """The offices and programmes whose people look after its lines."""
        places = self.lines.order_by("pk").values_list("office_id", "programme")
        return [(office_id, (programme,)) for office_id, programme in places]

    def access_place(self) -> tuple[int, tuple[str, ...]]:
        """The office and programme of its first line, for what is stamped with one; a source without lines has none."""
        return next(iter(self.access_places()), (0, ()))


class ExchangeRate(models.Model):
    """What one unit of a donor's currency is worth in baht from a day on."""

    currency = models.CharField(
        _("currency"), max_length=3, choices=[choice for choice in Currency.choices if choice[0] != Currency.THB]
    )
    valid_from = models.DateField(_("valid from"))
    baht = models.DecimalField(_("baht for one unit"), max_digits=12, decimal_places=6)
    source = models.CharField(_("source"), max_length=300)
    checked_on = models.DateField(_("last checked"), null=True, blank=True)

    class Meta:
        ordering = ["currency", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "valid_from"], name="A currency has one rate on a day"),
            models.CheckConstraint(condition=Q(baht__gt=0), name="A rate is more than nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.baht}"


class LineQuerySet(models.QuerySet):
    """Budget lines."""

    def visible_to(self, user: Any) -> LineQuerySet:
        """Lines of the offices and programmes where the person looks after the budget."""
        return self.filter(scope_condition(user, SEE, office="office_id", programme="programme"))


class BudgetLine(Named, Stamped):
    """What a source gives one office for one programme's category. Its four amounts are kept by the database.

    `allotted` is what there is, `reserved` what is asked for, `committed` what is approved and not yet paid,
    `disbursed` what is paid; `left` is the rest. All in baht, none below zero.
    """

    source = models.ForeignKey(FundingSource, models.PROTECT, related_name="lines", verbose_name=_("source"))
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name=_("office"))
    programme = models.CharField(_("programme"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=80)
    name_th = models.CharField(_("name in Thai"), max_length=80, blank=True)
    name_my = models.CharField(_("name in Burmese"), max_length=80, blank=True)
    kinds = ArrayField(models.CharField(max_length=40), verbose_name=_("pays for"))
    ceiling = amount_field(_("ceiling"), help_text=_("In baht."))
    allotted = amount_field(_("given"), default=Decimal(0))
    reserved = amount_field(_("asked for"), default=Decimal(0))
    committed = amount_field(_("approved, not yet paid"), default=Decimal(0))
    disbursed = amount_field(_("paid"), default=Decimal(0))
    left = models.GeneratedField(
        expression=F("allotted") - F("reserved") - F("committed") - F("disbursed"),
        output_field=models.DecimalField(max_digits=14, decimal_places=2), db_persist=True,
    )  # fmt: skip

    kept_by_database = ("allotted", "reserved", "committed", "disbursed")

    rows = models.Manager.from_queryset(LineQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["source__code", "office__code", "name_en"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reserved__gte=0, committed__gte=0, disbursed__gte=0), name="No amount of a line below zero"
            ),
            models.CheckConstraint(
                condition=Q(allotted__gte=F("reserved") + F("committed") + F("disbursed")),
                name="A line promises no more than it has",
            ),
            models.CheckConstraint(condition=Q(allotted__lte=F("ceiling")), name="A line is given its ceiling at most"),
            models.UniqueConstraint(
                fields=["source", "office", "programme", "name_en"], name="A line stands once in its source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name_now}, {self.source.code}"

    def access_place(self) -> tuple[int, tuple[str, ...]]:
        """The office and the programme whose people look after the line."""
        return self.office_id, (self.programme,)


class EntryQuerySet(models.QuerySet):
    """Entries of budget lines."""

    def visible_to(self, user: Any) -> EntryQuerySet:
        return self.filter(scope_condition(user, SEE, office="line__office_id", programme="line__programme"))


class BudgetEntry(TrueDay, AppendOnly):
    """One thing that happened on a line. A wrong one is reversed by another, never changed."""

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="entries")
    kind = models.CharField(_("what"), max_length=8, choices=EntryKind.choices)
    amount = amount_field(_("amount"))
    on = models.DateField(_("day"), help_text="of the expense or the gift")
    donor_amount = amount_field(_("in the donor’s currency"), null=True, blank=True)
    key = models.CharField(max_length=80, unique=True, help_text="the act that made it: sent twice, it is done once")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    reference = models.CharField(
        _("reference"), max_length=60, blank=True, help_text="the number of the paper, such as a receipt: never a name"
    )
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("by"),
        help_text="nobody where the calendar did it",
    )  # fmt: skip
    proposed_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="where two people decided; `by` confirmed",
    )
    at = models.DateTimeField()

    rows = models.Manager.from_queryset(EntryQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-pk"]
        verbose_name_plural = "budget entries"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="An entry has an amount"),
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True) | (Q(by__isnull=False) & ~Q(proposed_by=F("by"))),
                name="Who proposed an entry does not confirm it",
            ),
        ]
        indexes = [
            models.Index(fields=["line", "-id"], name="funds_entry_line"),
            models.Index(fields=["subject_type", "subject_id"], name="funds_entry_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} on line {self.line_id}"

    def access_place(self) -> tuple[int, tuple[str, ...]]:
        """The office and the programme whose people look after the line."""
        return self.line.access_place()

    @property
    def is_reversed(self) -> bool:
        """Whether it was taken back, or takes another back."""
        return self.reverses_id is not None or hasattr(self, "reversed_by")

    @property
    def is_given(self) -> bool:
        """Whether it says what the line has, and may be taken back."""
        return self.kind in BY_BUDGET and not self.is_reversed
