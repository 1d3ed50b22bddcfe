"""Whether somebody is given an advance, what is paid from it, and whether it is settled (day.md 25)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from casework.funds.models import Advance
from casework.funds.states import AdvanceState
from casework.kernel import dates
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.money import baht
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Finding, error

SHORTEST_PURPOSE = 5
MORE = _("%(left)s baht have no receipt, %(back)s came back, which is more. Count again.")
LESS = _(
    "%(left)s baht have no receipt, %(back)s came back. Write down the missing payments first, let the rest be brought "
    "back, or say why it is missing."
)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much is given at most, and until which day."""

    most: Decimal
    last_on: date


def against_giving(
    *, amount: Decimal, purpose: str, until_on: date, today: date, limits: Limits, language: str
) -> Iterator[Finding]:
    """E-ADV-02: an amount, what for, and until when. E-ADV-10 and 11: within the limits of the fund."""
    if amount <= 0:
        yield error("E-ADV-02", "amount", _("Write how much is given."))
    if amount > limits.most:
        told = _("An advance is %(most)s at most. Give less, or pay it from the box.")
        yield error("E-ADV-10", "amount", told % {"most": baht(limits.most)})
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        yield error("E-ADV-02", "purpose", _("Say in a few words what the money is for."))
    if until_on < today:
        yield error("E-ADV-02", "until_on", _("This day is over. Write the day until which it is settled."))
    elif until_on > limits.last_on:
        told = _("An advance of today is settled until %(day)s at the latest. Write an earlier day.")
        yield error("E-ADV-11", "until_on", told % {"day": dates.short(limits.last_on, language)})


def against_second(open_one: Advance | None) -> Iterator[Finding]:
    """E-ADV-01: nobody is given a second advance while one is open."""
    if open_one is not None:
        told = _("This person holds advance %(number)s, which is not settled. Settle that one first.")
        yield error("E-ADV-01", "holder", told % {"number": open_one.number})


def can_give(user_id: int, *, holder: int) -> Verdict:
    """E-ADV-04: nobody gives an advance to themselves."""
    return YES if user_id != holder else no("E-ADV-04", _("Somebody else gives you an advance, and settles it."))


def can_settle(user_id: int, advance: Advance) -> Verdict:
    """E-ADV-05: an open one, by somebody else than who holds it."""
    if advance.state != AdvanceState.OPEN:
        return no("E-ADV-07", _("This advance is settled already."))
    if user_id == advance.holder_id:
        return no("E-ADV-05", _("You hold this advance. Somebody else settles it."))
    return YES


def against_paying(advance: Advance, amount: Decimal, *, field: str) -> Iterator[Finding]:
    """E-ADV-03 and 07: no more is paid from an advance than is left of it, and nothing once it is settled."""
    if advance.state != AdvanceState.OPEN:
        yield error("E-ADV-07", field, _("This advance is settled already. Choose another source."))
    elif amount > advance.left:
        words = {"number": advance.number, "have": f"{advance.left:,.2f}", "need": f"{amount:,.2f}"}
        told = _("Advance %(number)s has %(have)s baht left, %(need)s are needed. Pay a part, or from a cash box.")
        yield error("E-ADV-03", field, told % words)


def against_day(on: date, *, today: date, given_on: date, language: str) -> Iterator[Finding]:
    """E-ADV-12 and 13: it was paid from, or came back, on a day that has been, and since somebody carried it."""
    if on > today:
        yield error("E-ADV-13", "on", _("This day is still to come. Write the true day, up to today."))
    elif on < given_on:
        words = {"day": dates.short(given_on, language)}
        yield error("E-ADV-12", "on", _("This advance was given on %(day)s. Write that day or a later one.") % words)


def against_settling(advance: Advance, brought_back: Decimal) -> Iterator[Finding]:
    """E-ADV-06: what came back is all that no receipt accounts for."""
    words = {"left": f"{advance.left:,.2f}", "back": f"{brought_back:,.2f}"}
    if brought_back > advance.left:
        yield error("E-ADV-06", "brought_back", MORE % words)
    elif brought_back < advance.left:
        yield error("E-ADV-06", "brought_back", LESS % words)


def against_shortage(explanation: str) -> Iterator[Finding]:
    """E-ADV-08: what is missing of an advance is explained."""
    if not says_why(explanation):
        yield error("E-ADV-08", "explanation", _("Say in a sentence why it is missing. A second person reads this."))


def can_confirm_shortage(user_id: int, *, settled_by: int, holder: int) -> Verdict:
    """E-ADV-09: neither who holds the advance nor who settles it confirms that some is missing."""
    if user_id in (settled_by, holder):
        return no("E-ADV-09", _("You hold this advance, or settle it. Somebody else confirms what is missing."))
    return YES
