"""Whether a month goes to finance, and whether what finance booked agrees (day.md 25)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.funds.models import BatchLine, FinanceBatch
from casework.funds.states import BatchState
from casework.kernel import dates
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Finding, error

NOTHING = _("Until the end of this month there is nothing paid or paid back that finance does not have yet.")


def against_month(
    first: date, last: date, *, today: date, newest: FinanceBatch | None, language: str
) -> Iterator[Finding]:
    """E-FIN-01: a month that is over. E-FIN-03: later than what finance has."""
    if last >= today:
        told = _("This month is not over. Export it from %(day)s on.")
        yield error("E-FIN-01", "month", told % {"day": dates.short(dates.add_months(first, 1), language)})
    if newest is not None and first <= newest.first_on:
        words = {"number": newest.number, "day": dates.short(newest.last_on, language)}
        told = _("Finance has the months until %(day)s, see %(number)s. Later entries go with the next month.")
        yield error("E-FIN-03", "month", told % words)


def against_reason(reason: str) -> Iterator[Finding]:
    """E-FIN-02: a file leaves the house for something."""
    if not says_why(reason):
        yield error("E-FIN-02", "reason", _("Say in a few words what the file is for."))


def can_answer(state: str) -> Verdict:
    """E-FIN-06: what finance booked is written down until the batch is closed."""
    return (
        YES if state == BatchState.OPEN else no("E-FIN-06", _("This batch is closed. What was booked stays as it is."))
    )


def against_closing(lines: Iterable[BatchLine]) -> Iterator[Finding]:
    """E-FIN-05: every line has its answer, and every difference is explained."""
    for line in lines:
        if line.difference is None:
            told = _("%(line)s: write what finance booked first.")
            yield error("E-FIN-05", "", told % {"line": line.line})
        elif line.difference and not says_why(line.explanation):
            words = {"line": line.line, "gap": f"{abs(line.difference):,.2f}"}
            told = (
                _("%(line)s: finance booked %(gap)s baht more. Explain it first.")
                if line.difference > 0
                else _("%(line)s: finance booked %(gap)s baht less. Explain it first.")
            )
            yield error("E-FIN-05", "", told % words)
