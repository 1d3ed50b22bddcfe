"""The monthly statement of a donor's money, from the entries of its lines; it adds up to the satang."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Case, F, Sum, When
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import Choice
from casework.documents.said import amount
from casework.funds import currency
from casework.funds.models import BudgetEntry, BudgetLine, ExchangeRate, FundingSource
from casework.funds.papers.budget import FundStatement, StatementKind, StatementLine
from casework.funds.queries import budget as queries
from casework.funds.states import EFFECTS, Currency, EntryKind
from casework.funds.words.budget import STATEMENT
from casework.kernel import dates
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.money import baht_in_words
from casework.kernel.refusals import Refusal

MOST_MONTHS = 24
CENT = Decimal("0.01")
NO_LINES = _("This source has no budget line yet.")
NOT_BEGUN = _("This source pays from a later day on.")
CHOOSE = _("Choose one of the list.")


@dataclass(kw_only=True)
class Month:
    """A line's month: `opening` + `allotted` = `paid` + `committed` + `reserved` + `left`."""

    opening: Decimal = field(default=Decimal(0))
    allotted: Decimal = field(default=Decimal(0))
    paid: Decimal = field(default=Decimal(0))
    committed: Decimal = field(default=Decimal(0))
    reserved: Decimal = field(default=Decimal(0))

    @property
    def left(self) -> Decimal:
        """What there was and came, and is neither paid nor promised nor asked for."""
        return self.opening + self.allotted - self.paid - self.committed - self.reserved

    def add(self, kind: EntryKind, baht: Decimal, *, is_before: bool) -> None:
        """Count entries of a kind, of the month or of the time before it; a negative sum was taken back."""
        effect = EFFECTS[kind]
        self.committed += effect.committed * baht
        self.reserved += effect.reserved * baht
        if is_before:
            self.opening += (effect.allotted - effect.disbursed) * baht
        else:
            self.allotted += effect.allotted * baht
            self.paid += effect.disbursed * baht


def months_of(source: FundingSource, today: date) -> list[date]:
    """The first days of the source's months that have begun: the last one that is over first, the running one last."""
    month, last = today.replace(day=1), min(today, source.ends_on).replace(day=1)
    found: list[date] = []
    while last >= source.starts_on.replace(day=1) and len(found) < MOST_MONTHS:
        found.append(last)
        last = (last - timedelta(days=1)).replace(day=1)
    return [*(day for day in found if day != month), *(day for day in found if day == month)]


def months_by_line(lines: Iterable[BudgetLine], first: date, last: date) -> dict[int, Month]:
    """Line id → its month from one day to another, from the entries."""
    found = {line.pk: Month() for line in lines}
    signed = Case(When(reverses__isnull=False, then=-F("amount")), default=F("amount"))
    before = Case(When(on__lt=first, then=True), default=False)
    rows = BudgetEntry.rows.filter(line__in=found, on__lte=last).order_by().values("line", "kind", is_before=before)
    for row in rows.annotate(baht=Sum(signed)):
        found[row["line"]].add(EntryKind(row["kind"]), row["baht"], is_before=row["is_before"])
    return found


class StatementPaper(StatementKind):
    """A source's month; which is chosen, the last one that is over first."""

    def can_make(self, subject: FundingSource) -> Verdict:
        if not subject.lines.exists():
            return no("E-BUD-13", NO_LINES)
        return YES if months_of(subject, timezone.localdate()) else no("E-BUD-14", NOT_BEGUN)

    def choices(self, subject: FundingSource) -> Sequence[Choice]:
        language = (get_language() or "en")[:2]
        return [
            Choice(
                key=f"{day:%Y-%m}", label=dates.month_and_year(day, language), options={"month": day.isoformat()}
            )
            for day in months_of(subject, timezone.localdate())
        ]  # fmt: skip

    def context(self, subject: FundingSource, *, language: str, facts: Mapping[str, Any]) -> FundStatement:
        self.can_make(subject).insist()
        today = timezone.localdate()
        months = {day.isoformat(): day for day in months_of(subject, today)}
        first = months.get(facts.get("month") or next(iter(months)))
        if first is None:
            raise Refusal("E-BUD-15", "choice", CHOOSE)
        last = _last_of(first)
        lines = list(subject.lines.select_related("office").order_by("office__code", "name_en"))
        by_line = months_by_line(lines, first, last)
        total = _sum(by_line.values())
        words = STATEMENT[language]
        spent = total.paid + total.committed + total.reserved + total.left
        return FundStatement(
            donor=subject.donor,
            source=subject.code,
            month=f"{dates.month_name(first.month, language)} {dates.year_text(first.year, language)}",
            from_to=words["from_to"]
            % {"first": dates.short(subject.starts_on, language), "last": dates.short(subject.ends_on, language)},
            running=words["running"] % {"on": dates.short(today, language)} if last >= today else "",
            lines=tuple(_told(by_line[line.pk], line.name(language), line.office.name(language)) for line in lines),
            total=_told(total, words["total"]),
            proof=f"{amount(total.opening)} + {amount(total.allotted)} = {amount(spent)}",
            in_words={code: baht_in_words(abs(total.paid), code) for code in ("th", "en")},
            is_back=total.paid < 0,
            gifts=f"{subject.currency} {amount(queries.given_by(subject, until=last))} {words['of']}"
            f" {amount(subject.ceiling)}",
            **_in_currency(subject, lines, total, (first, last), language),
        )


def _last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _sum(months: Iterable[Month]) -> Month:
    total = Month()
    for month in months:
        for name in ("opening", "allotted", "paid", "committed", "reserved"):
            setattr(total, name, getattr(total, name) + getattr(month, name))
    return total


def _told(month: Month, name: str, office: str = "") -> StatementLine:
    return StatementLine(
        name=name, office=office, opening=amount(month.opening), allotted=amount(month.allotted),
        paid=amount(month.paid), committed=amount(month.committed), reserved=amount(month.reserved),
        left=amount(month.left),
    )  # fmt: skip


def _in_currency(
    source: FundingSource, lines: Sequence[BudgetLine], total: Month, month: tuple[date, date], language: str
) -> dict[str, Any]:
    """The sum in the donor's currency, and by which rates; or for which day there is none."""
    if source.currency == Currency.THB:
        return {}
    words, (first, last) = STATEMENT[language], month
    rates = currency.Rates(source.currency, last)
    newest = rates.on(last)
    if newest is None:
        return {"rate": words["no_rate"] % {"currency": source.currency}}
    found = currency.converted(lines, rates, first, last)
    if found.missing_on is not None:
        on = dates.short(found.missing_on, language)
        return {"rate": words["missing_rate"] % {"currency": source.currency, "on": on}}
    if total.committed or total.reserved or not found.rates:
        found.use(newest)
    own = Month(
        opening=_rounded(found.opening), allotted=_rounded(found.allotted), paid=_rounded(found.paid),
        committed=_rounded(total.committed / newest.baht), reserved=_rounded(total.reserved / newest.baht),
    )  # fmt: skip
    named = [_rate_words(rate, language) for rate in sorted(found.rates, key=lambda rate: rate.valid_from)]
    return {
        "rate": " ".join([*named, words["by_rates"]]),
        "in_currency": _told(own, words["in_currency"] % {"currency": source.currency}),
    }


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def _rate_words(rate: ExchangeRate, language: str) -> str:
    told = {
        "currency": rate.currency, "rate": f"{rate.baht:f}".rstrip("0").rstrip("."), "source": rate.source,
        "from": dates.short(rate.valid_from, language),
    }  # fmt: skip
    return STATEMENT[language]["rate"] % told


KINDS = (StatementPaper,)
