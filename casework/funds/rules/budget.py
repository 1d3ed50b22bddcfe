"""Whether money can move on a budget line (reference programmes 1.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.funds.models import BudgetLine, FundingSource
from casework.funds.states import AMOUNTS, BY_BUDGET, EFFECTS, Currency, EntryKind, SourceState
from casework.kernel import dates
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Finding, error

SPENDS = frozenset({EntryKind.RESERVE, EntryKind.COMMIT, EntryKind.DISBURSE})
"""Kinds that need a source that is open on the day; giving back is always possible."""


def amounts_after(line: BudgetLine, kind: EntryKind, amount: Decimal) -> dict[str, Decimal]:
    """The four amounts of a line after an entry."""
    effect = asdict(EFFECTS[kind])
    return {name: getattr(line, name) + effect[name] * amount for name in AMOUNTS}


def against_entry(
    line: BudgetLine, kind: EntryKind, amount: Decimal, *, on: date, currency: str = Currency.THB, wanted: str = ""
) -> Iterator[Finding]:
    """What stands against an entry: E-BUD-01 to 04 and 06. `wanted` is the kind of help the money is for.

    A negative amount is an entry taken back, for which its source need not be open.
    """
    if currency != Currency.THB:
        yield error("E-BUD-04", "amount", _("Budget lines are in baht. Convert the amount first."))
    if kind in SPENDS and amount > 0:
        yield from _against_source(line.source, on)
    if wanted and wanted not in line.kinds:
        yield error("E-BUD-03", "line", _("This budget line does not pay for that. Choose another line."))
    after = amounts_after(line, kind, amount)
    if after["allotted"] - after["reserved"] - after["committed"] - after["disbursed"] < 0:
        words = {"left": f"{line.left:,.2f}", "asked": f"{abs(amount):,.2f}"}
        yield error("E-BUD-01", "amount", _("The line has %(left)s baht left, and %(asked)s are asked for.") % words)
    elif min(after.values()) < 0:
        yield error("E-BUD-01", "amount", _("That is more than was asked for, approved or paid on this line."))
    elif after["allotted"] > line.ceiling:
        yield error("E-BUD-06", "amount", _("The line would have more than its ceiling."))


def pays_on(source: FundingSource, on: date) -> bool:
    """Whether a source is open and gives on a day."""
    return source.state == SourceState.OPEN and source.starts_on <= on <= source.ends_on


def _against_source(source: FundingSource, on: date) -> Iterator[Finding]:
    if source.state != SourceState.OPEN:
        yield error("E-BUD-02", "line", _("This source of money is closed. Choose a line of another source."))
    elif not source.starts_on <= on <= source.ends_on:
        yield error("E-BUD-02", "line", _("The source of this line does not pay on that day. Choose another line."))


def against_gift(source: FundingSource, amount: Decimal, *, on: date, today: date, language: str) -> Iterator[Finding]:
    """What stands against a gift, or a change of what a line has.

    E-BUD-17: it is more than nothing in baht. E-BUD-18: its day has been. E-BUD-02: the source gives on that day.
    """
    if amount <= 0:
        yield error("E-BUD-17", "amount", _("Write an amount of more than 0."))
    if source.state != SourceState.OPEN:
        yield error("E-BUD-02", "", _("This source of money is closed."))
    elif on > today:
        yield error("E-BUD-18", "on", _("This day has not come yet. Write the day of the transfer or the decision."))
    elif not source.starts_on <= on <= source.ends_on:
        words = {"first": dates.short(source.starts_on, language), "last": dates.short(source.ends_on, language)}
        told = _("This source gives from %(first)s to %(last)s. Write a day within that time.")
        yield error("E-BUD-02", "on", told % words)


def can_close(state: str) -> Verdict:
    """E-BUD-20: what is open."""
    return YES if state == SourceState.OPEN else no("E-BUD-20", _("This source of money is closed."))


def can_reopen(state: str) -> Verdict:
    """E-BUD-19: what is closed."""
    return YES if state == SourceState.CLOSED else no("E-BUD-19", _("This source of money is open."))


def against_source(values: Mapping[str, Any], *, is_taken: bool) -> Iterator[Finding]:
    """What stands against a new source."""
    if is_taken:
        yield error("E-BUD-10", "code", _("Another source has this code."))
    if values["ends_on"] < values["starts_on"]:
        yield error("E-BUD-11", "ends_on", _("The last day is before the first one."))
    if values["ceiling"] <= 0:
        yield error("E-BUD-12", "ceiling", _("Write how much the donor gives."))


def against_line(source: FundingSource, *, ceiling: Decimal, is_taken: bool) -> Iterator[Finding]:
    """What stands against a new line of a source."""
    if source.state != SourceState.OPEN:
        yield error("E-BUD-02", "", _("This source of money is closed."))
    if is_taken:
        yield error("E-BUD-10", "name_en", _("The source has a line of this name for this office."))
    if ceiling <= 0:
        yield error("E-BUD-12", "ceiling", _("Write how much the line is given at most."))


def can_take_back(kind: str, *, is_reversed: bool) -> Verdict:
    """E-BUD-05 and 16: what a budget was given is taken back once; what a request moved is corrected on the request."""
    if kind not in BY_BUDGET:
        return no("E-BUD-16", _("This entry belongs to a request or a payment. Correct it there."))
    if is_reversed:
        return no("E-BUD-05", _("This entry was taken back already."))
    return YES


def against_reason(reason: str) -> Iterator[Finding]:
    """E-BUD-07: whoever closes or opens a source, or takes an entry back, says why in words."""
    if not says_why(reason):
        yield error("E-BUD-07", "reason", _("Say why in a sentence. A second person and the audit read it."))


def against_ceiling(source: FundingSource, *, given: Decimal, asked: Decimal) -> Iterator[Finding]:
    """Whether a gift goes beyond what the donor gives in all; amounts in the donor's currency."""
    if given + asked > source.ceiling:
        words = {"left": f"{source.ceiling - given:,.2f}", "currency": source.currency}
        yield error("E-BUD-08", "amount", _("The donor gives %(left)s %(currency)s more, not that much.") % words)
