"""How much there is: sources opened and closed, lines opened, money given to them. A second person confirms each.

What is proposed is kept as facts in JSON; the act is done, and refused, with the same words when it is confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Office, User
from casework.audit.services import record_event
from casework.funds.models import BudgetEntry, BudgetLine, FundingSource
from casework.funds.queries import budget as queries
from casework.funds.rules import budget as rules
from casework.funds.states import Currency, EntryKind, SourceState
from casework.kernel.acts import act
from casework.kernel.moves import move
from casework.kernel.refusals import Finding, Refusal, refuse_errors

from .ledger import post_entry, reverse_entry

DATES, AMOUNTS = ("starts_on", "ends_on", "on"), ("ceiling", "amount", "donor_amount")


def kept(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as JSON keeps them: dates and amounts as text."""
    return {name: str(value) if isinstance(value, date | Decimal) else value for name, value in facts.items()}


def read(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that kept() wrote."""
    made = dict(facts)
    for name in DATES:
        if made.get(name):
            made[name] = date.fromisoformat(made[name])
    for name in AMOUNTS:
        if made.get(name):
            made[name] = Decimal(made[name])
    return made


@act
def open_source(*, facts: Mapping[str, Any], by: User, now: datetime) -> FundingSource:
    """Open a donor's money for a time. Raises Refusal for a code that is taken, or days the wrong way round."""
    values = read(facts)
    refuse_errors(rules.against_source(values, is_taken=FundingSource.rows.filter(code=values["code"]).exists()))
    source = FundingSource.rows.create(**values, created_by=by)
    record_event("funds.source.opened", actor=by, subject=source, level=1, at=now)
    return source


@act
def close_source(*, source: FundingSource, reason: str, by: User, now: datetime) -> FundingSource:
    """Close a source: nothing more is asked for, approved or paid from it; giving back stays possible.

    Raises Refusal without a reason, TransitionNotAllowed when it is closed already.
    """
    refuse_errors(rules.against_reason(reason))
    source = move(source, SourceState.CLOSED, closed_reason=reason.strip()[:300])
    record_event("funds.source.closed", actor=by, subject=source, level=1, reason=reason, at=now)
    return source


@act
def reopen_source(*, source: FundingSource, reason: str, by: User, now: datetime) -> FundingSource:
    """Open a source again that was closed too early: what waits on its lines is approved and paid as before.

    Raises Conflict with E-BUD-19 when it is open, Refusal without a reason.
    """
    rules.can_reopen(source.state).insist()
    refuse_errors(rules.against_reason(reason))
    source = move(source, SourceState.OPEN, closed_reason="")
    record_event("funds.source.reopened", actor=by, subject=source, level=1, reason=reason, at=now)
    return source


@act
def open_line(*, source: FundingSource, facts: Mapping[str, Any], by: User, now: datetime) -> BudgetLine:
    """Open a budget line of a source for an office and a programme.

    Raises Refusal when the source is closed or has such a line, or the line could be given nothing (E-BUD-12).
    """
    values = read(facts)
    office = Office.objects.get(pk=values.pop("office"))
    is_taken = queries.has_line(source, office, values)
    refuse_errors(rules.against_line(source, ceiling=values["ceiling"], is_taken=is_taken))
    line = BudgetLine.rows.create(source=source, office=office, **values, created_by=by)
    record_event("funds.line.opened", actor=by, subject=line, office_id=office.pk, level=1, at=now)
    return line


@act
def give(
    *, line: BudgetLine, kind: EntryKind, facts: Mapping[str, Any], key: str, reason: str, by: User, now: datetime,
    proposed_by: User | None = None,
) -> BudgetEntry:  # fmt: skip
    """Give a line money of its source, or raise or lower what it has. Of a foreign donor, at the rate of the day.

    Raises Refusal when the donor gives less than that in all (E-BUD-08), there is no rate (E-BUD-09), it is nothing in
    baht (E-BUD-17), or of a day that has not come (E-BUD-18) or on which the source does not give (E-BUD-02).
    """
    values = read(facts)
    source = FundingSource.rows.select_for_update().get(pk=line.source_id)
    amount, donor_amount = in_baht(source, values)
    asked = -donor_amount if kind == EntryKind.LOWER else donor_amount
    refuse_errors(
        [
            *against_giving(source, amount, values["on"], now),
            *rules.against_ceiling(source, given=queries.given_by(source), asked=asked),
        ]
    )
    entry = post_entry(
        line=line, kind=kind, amount=amount, donor_amount=donor_amount, on=values["on"], subject=line, key=key,
        reason=reason, by=by, proposed_by=proposed_by, now=now,
    )  # fmt: skip
    record_event(
        "funds.line.given", actor=by, subject=line, office_id=line.office_id, level=1, reason=reason, at=now,
        changes={"amount": ("", amount)},
    )  # fmt: skip
    return entry


def against_giving(source: FundingSource, amount: Decimal, on: date, now: datetime) -> list[Finding]:
    """Findings against this amount in baht of a source on a day; post_entry adds those of the line."""
    language = (get_language() or "en")[:2]
    return list(rules.against_gift(source, amount, on=on, today=timezone.localdate(now), language=language))


@act
def take_back(
    *, entry: BudgetEntry, reason: str, by: User, now: datetime, proposed_by: User | None = None
) -> BudgetEntry:
    """Take back what was wrongly written of what a line has, at the rate and on the day of the wrong entry.

    Raises Conflict for what belongs to a request (E-BUD-16) or was taken back (E-BUD-05), Refusal without a reason,
    when the money is asked for or spent (E-BUD-01), or the donor gives less than that in all (E-BUD-08).
    """
    source = FundingSource.rows.select_for_update().get(pk=entry.line.source_id)
    refuse_errors(against_taking_back(entry, source))
    back = reverse_entry(entry=entry, reason=reason, by=by, proposed_by=proposed_by, now=now)
    record_event(
        "funds.line.taken-back", actor=by, subject=entry.line, office_id=entry.line.office_id, level=1, reason=reason,
        at=now, changes={"amount": (entry.amount, "")},
    )  # fmt: skip
    return back


def against_taking_back(entry: BudgetEntry, source: FundingSource) -> list[Finding]:
    """Findings against taking an entry back; reverse_entry adds its own. Raises Conflict as take_back does."""
    kind = EntryKind(entry.kind)
    rules.can_take_back(kind, is_reversed=entry.is_reversed).insist()
    findings = list(rules.against_entry(entry.line, kind, -entry.amount, on=entry.on))
    if kind == EntryKind.LOWER:
        given = queries.given_by(source)
        findings += rules.against_ceiling(source, given=given, asked=entry.donor_amount or entry.amount)
    return findings


def in_baht(source: FundingSource, values: Mapping[str, Any]) -> tuple[Decimal, Decimal]:
    """The amount of a gift in baht and in the donor's currency, at the rate of its day.

    Raises Refusal (E-BUD-09) when nobody has written down a rate.
    """
    if source.currency == Currency.THB:
        return values["amount"], values["amount"]
    rate = queries.rate_on(source.currency, values["on"])
    if rate is None:
        words = {"currency": source.currency}
        told = _("There is no rate of %(currency)s for that day. A programme manager adds it under Settings.")
        raise Refusal("E-BUD-09", "on", told % words)
    return (values["amount"] * rate.baht).quantize(Decimal("0.01")), values["amount"]
