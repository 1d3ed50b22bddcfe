"""What the ledger says: lines with their sources, gifts of a donor, the rate of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import BooleanField, Case, ExpressionWrapper, F, Q, QuerySet, Sum, When
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Office
from casework.funds.models import BudgetEntry, BudgetLine, ExchangeRate, FundingSource, every_line_is_of
from casework.funds.states import AMOUNTS, BY_BUDGET, EFFECTS, EntryKind
from casework.kernel.subjects import subject_type
from casework.programmes.contributions import Words, registry


@dataclass(frozen=True, kw_only=True)
class Amounts:
    """The amounts of several lines, added up."""

    allotted: Decimal
    reserved: Decimal
    committed: Decimal
    disbursed: Decimal
    left: Decimal

    @classmethod
    def of(cls, lines: Iterable[BudgetLine]) -> Amounts:
        """The sums of these lines."""
        rows = list(lines)
        return cls(**{one.name: sum((getattr(row, one.name) for row in rows), Decimal(0)) for one in fields(cls)})


def amounts_at(lines: Iterable[BudgetLine], moment: datetime, *, with_it: bool) -> dict[int, Amounts]:
    """The amounts of lines, by their ids, as they were before a moment; `with_it` with what was written at it."""
    sums = {line.pk: dict.fromkeys(AMOUNTS, Decimal(0)) for line in lines}
    rows = BudgetEntry.rows.filter(line__in=sums, **{"at__lte" if with_it else "at__lt": moment}).order_by()
    signed = Sum(Case(When(reverses__isnull=True, then="amount"), default=-F("amount")))
    for line, kind, baht in rows.values_list("line", "kind").annotate(baht=signed):
        for name in AMOUNTS:
            sums[line][name] += getattr(EFFECTS[EntryKind(kind)], name) * baht
    return {pk: Amounts(**by, left=2 * by["allotted"] - sum(by.values())) for pk, by in sums.items()}


@dataclass(frozen=True)
class Balance:
    """A line's amounts as pages show them; in every view they add up to what the line was given (day.md 26)."""

    line: BudgetLine | Amounts

    @property
    def parts(self) -> list[tuple[str, float]]:
        """Paid, approved and asked for as parts of the bar, in percent of what was given."""
        given = self.line.allotted
        shares = [("m-spent", "disbursed"), ("m-commit", "committed"), ("m-this", "reserved")]
        return [(css, float(getattr(self.line, name) / given * 100)) for css, name in shares if given]

    @property
    def rows(self) -> list[tuple[str, Words, Decimal]]:
        """The colour, the word and the amount of each part, and of the rest."""
        line = self.line
        return [
            ("m-spent", _("Paid"), line.disbursed),
            ("m-commit", _("Approved, not yet paid"), line.committed),
            ("m-this", _("Asked for"), line.reserved),
            ("", _("Left"), line.left),
        ]

    @property
    def words(self) -> str:
        """The bar for those who do not see it."""
        return ", ".join(f"{word} {amount:,.2f}" for _css, word, amount in self.rows)


def paid_from(payment: models.Model) -> BudgetLine:
    """The line a payment was posted to; its returns go there too, also when the request moved to another line."""
    about = {"subject_type": subject_type(payment), "subject_id": payment.pk}
    entries = BudgetEntry.rows.filter(kind=EntryKind.DISBURSE, reverses__isnull=True, **about)
    return BudgetLine.rows.select_related("source").get(pk__in=entries.values("line"))


def lines_of(user: Any) -> QuerySet[BudgetLine]:
    """The lines the person looks after, with source and office."""
    rows: QuerySet[BudgetLine] = BudgetLine.objects.visible_to(user)
    return rows.select_related("source", "office").order_by("source__code", "office__code", "name_en")


def sources_of(user: Any) -> QuerySet[FundingSource]:
    """The sources the person sees, open ones first; `is_whole` where every line of one is theirs to look after."""
    rows: QuerySet[FundingSource] = FundingSource.objects.visible_to(user)
    whole = ExpressionWrapper(every_line_is_of(user), BooleanField())
    return rows.annotate(is_whole=whole).order_by("-state", "code")


def sign_of(entry: BudgetEntry) -> str:
    """Whether there is more left of the line by an entry (+) or less (−); nothing where it was taken off before."""
    effect = EFFECTS[EntryKind(entry.kind)]
    more = effect.allotted - effect.reserved - effect.committed - effect.disbursed
    return ("", "+", "−")[-more if entry.reverses_id else more]


def programmes_of(kinds: Iterable[str]) -> set[str | None]:
    """The programmes whose kinds of help these are; None for a kind that no programme gives."""
    known = {kind.key: kind.programme for kind in registry.gather("aid_kinds")}
    return {known.get(kind) for kind in kinds}


def has_line(source: FundingSource, office: Office, values: Mapping[str, Any]) -> bool:
    """Whether the source has a line of this name for the office and programme."""
    same = {"programme": values["programme"], "name_en": values["name_en"]}
    return BudgetLine.rows.filter(source=source, office=office, **same).exists()


def given_by(source: FundingSource, *, until: date | None = None) -> Decimal:
    """What the source has given to its lines, in the donor's currency; up to a day where one is named."""
    down = Q(kind=EntryKind.LOWER, reverses__isnull=True) | Q(
        kind__in=[EntryKind.ALLOT, EntryKind.RAISE], reverses__isnull=False
    )
    entries = BudgetEntry.rows.filter(line__source=source, kind__in=BY_BUDGET)
    if until is not None:
        entries = entries.filter(on__lte=until)
    signed = Case(When(down, then=-F("donor_amount")), default=F("donor_amount"))
    return entries.aggregate(given=Sum(signed))["given"] or Decimal(0)


def rate_on(currency: str, on: date) -> ExchangeRate | None:
    """The newest rate of a currency that holds on a day."""
    return ExchangeRate.objects.filter(currency=currency, valid_from__lte=on).order_by("-valid_from").first()
