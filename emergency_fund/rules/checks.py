"""What stands against asking a family about a payment, and what the answer must say: E-EAF-150 to 155 and 264."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from casework.kernel.guards import YES, Verdict, no
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Finding, error
from emergency_fund.after_states import IN_DOUBT, CheckResult, CheckState


def can_ask(user_id: int, *, involved: frozenset[int]) -> Verdict:
    """E-EAF-150: who asked for it, assessed, approved or handed it over does not ask whether it arrived."""
    if user_id in involved:
        return no("E-EAF-150", _("You asked for this, decided it or handed it over. Somebody else calls the family."))
    return YES


def is_waiting(state: str) -> Verdict:
    """E-EAF-154: a payment is asked about once."""
    if state != CheckState.WAITING:
        return no("E-EAF-154", _("The family was asked about this payment already."))
    return YES


def against_answer(*, result: str, amount: Decimal | None, said: str, paid: Decimal | None) -> Iterator[Finding]:
    """E-EAF-151 to 153, 264: how much money arrived, the same as was paid or with issues, and what was said.

    `paid` is None where the family had no money in its hand: what goods cost, or a hospital had, it cannot know.
    """
    has_arrived = paid is not None and result in (CheckResult.RECEIVED, CheckResult.ISSUES)
    if has_arrived and not amount:
        yield error("E-EAF-151", "amount", _("Write how much the family received, or choose “not received”."))
    elif paid is not None and result == CheckResult.RECEIVED and amount != paid:
        words = {"paid": f"{paid:,.2f}"}
        told = _("%(paid)s baht were paid. For another amount choose “with issues”, and write what was said.")
        yield error("E-EAF-152", "amount", told % words)
    elif paid is not None and has_arrived and amount and amount > paid:
        told = _("%(paid)s baht were paid, so no more can have arrived. Check the amount with the family.")
        yield error("E-EAF-264", "amount", told % {"paid": f"{paid:,.2f}"})
    if result in IN_DOUBT and not says_why(said):
        yield error("E-EAF-153", "said", _("Write in a sentence what the family said."))


def against_try(*, tried_on: date | None, today: date) -> Iterator[Finding]:
    """E-EAF-155: a day on which nobody was reached counts once."""
    if tried_on == today:
        yield error("E-EAF-155", "result", _("Today is written down already. Call again on another day."))
