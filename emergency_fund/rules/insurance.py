"""What stands against pricing and ordering an insurance: E-EAF-11, 12, 70 to 81, 187, W-01 and 12 (reference 2.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.aid.states import Scheme
from casework.kernel.dates import add_months, short
from casework.kernel.digits import clean_line, to_ascii_digits
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Finding, error, warning
from emergency_fund.insurance_states import ENDED_EARLY, HAS_CARD, POLICY_EDGES, PolicyState
from emergency_fund.states import LineKind, LineState, RequestState

BEFORE_RECOMMENDED = (RequestState.SUBMITTED, RequestState.SCREENED)
DECIDED_FOR = (LineState.APPROVED, LineState.PARTLY, LineState.DELIVERED)
"""Lines of which an insurance can be ordered."""
SLACK = timedelta(days=31)
"""Hospitals write the end of a month, or the same day a year later."""
MOST_AHEAD = timedelta(days=366)
"""A first day further ahead is a slip of the pen."""
START = "starts_on"


@dataclass(frozen=True, kw_only=True)
class Start:
    """A first day, and what decides whether it can be one."""

    on: date
    today: date
    born: date | None
    newborn_days: int


def can_quote(kind: str, line: str, request: str, *, has_price: bool) -> Verdict:
    """E-EAF-70: an insurance line while nobody was asked to decide; afterwards only one that has no price.

    An appeal that was granted brings back a line whose price ended when it was not approved. What is paid buys one
    insurance: after its end the family asks anew.
    """
    if kind != LineKind.HEALTH_INSURANCE:
        return no("E-EAF-70", _("Only a line of health insurance has a price of an insurance."))
    if line in (LineState.APPROVED, LineState.PARTLY) and not has_price:
        return YES
    if line != LineState.ASKED or request not in BEFORE_RECOMMENDED:
        told = _("Others decide on this or have decided; its price stays. Whoever decides can return the request.")
        return no("E-EAF-70", told)
    return YES


def last_day(starts_on: date, months: int) -> date:
    """The last day of a cover of so many months."""
    return add_months(starts_on, months) - timedelta(days=1)


def is_newborn(born: date | None, today: date, days: int) -> bool:
    """Whether the child was born so few days ago that it can be insured from its birth."""
    return born is not None and timedelta(0) <= today - born <= timedelta(days=days)


def against_start(start: Start) -> Iterator[Finding]:
    """E-EAF-71: from today on, for a newborn from its birth on, not before it and not years ahead."""
    first = start.today
    if start.born is not None and is_newborn(start.born, start.today, start.newborn_days):
        first = start.born
    if start.born is not None and start.on < start.born:
        yield error("E-EAF-71", START, _("The child was born on %(day)s. Choose that day or a later one.") % {
            "day": told_day(start.born),
        })  # fmt: skip
    elif start.on < first:
        yield error("E-EAF-71", START, _("That day has passed. Choose %(day)s or a later one.") % {
            "day": told_day(first),
        })  # fmt: skip
    elif start.on > start.today + MOST_AHEAD:
        yield error("E-EAF-71", START, _("That day is more than a year ahead. Check the date."))


def against_age(scheme: str, ages: Sequence[tuple[int, int]], *, age: int | None, on: date) -> Iterator[Finding]:
    """E-EAF-12: the ages a scheme is for on a day against that of the child; E-EAF-72: nobody knows its price."""
    words = {"scheme": Scheme(scheme).label, "day": told_day(on), "age": age}
    if age is None:
        yield error("E-EAF-12", "scheme", _("The birth date of the child is not known. Write it on the case first."))
    elif not ages:
        told = _("%(scheme)s has no price on %(day)s. A supervisor adds it under Settings, Reference rows.") % words
        yield error("E-EAF-72", "scheme", told)
    elif not any(low <= age <= high for low, high in ages):
        words |= {"ages": ", ".join(f"{low}–{high}" for low, high in ages)}
        told = _("%(scheme)s is for ages %(ages)s; the child is %(age)s on %(day)s. Choose another insurance.") % words
        yield error("E-EAF-12", "scheme", told)


def against_price(price: Decimal) -> Iterator[Finding]:
    """E-EAF-73: what costs nothing needs no money of the fund."""
    if price <= 0:
        told = _(
            "This insurance costs nothing. Have the child registered for it, and return the request to take this out."
        )
        yield error("E-EAF-73", "scheme", told)


def against_overlap(cover: tuple[date, date] | None, *, field: str = START) -> Iterator[Finding]:
    """E-EAF-11: first and last day of a cover that shares a day, whoever paid for it."""
    if cover is not None:
        words = {"first": told_day(cover[0]), "last": told_day(cover[1])}
        told = _("The child is insured from %(first)s to %(last)s. Choose a first day after that.") % words
        yield error("E-EAF-11", field, told)


def can_order(state: str, line: str) -> Verdict:
    """E-EAF-74: what is priced, when its line is approved."""
    if state != PolicyState.QUOTED:
        return no("E-EAF-74", _("This insurance is ordered already, or it has ended. Look at its request."))
    if line not in DECIDED_FOR:
        return no("E-EAF-74", _("This insurance is not approved yet. It is ordered after the decision."))
    return YES


def against_no_price(line: int) -> Iterator[Finding]:
    """E-EAF-187: others decide on what an insurance costs, so the line of this id is priced first."""
    told = _("This insurance has no price yet. Price it on the page of the request, then recommend it.")
    yield error("E-EAF-187", f"line_{line}", told)


def can_pay_for(is_ordered: bool) -> Verdict:
    """E-EAF-81: an insurance is ordered before it is paid: then no other one takes its days."""
    if not is_ordered:
        return no("E-EAF-81", _("This insurance is not ordered yet. Have it ordered on the page of its request first."))
    return YES


def ran_out(on: date | None) -> Iterator[Finding]:
    """W-12: what is paid for is over; the hospital may still be owed for it."""
    if on is not None:
        told = _("This insurance ran out on %(day)s. Pay it only if the hospital still has to have the money for it.")
        yield warning("W-12", "amount", told % {"day": short(on, (get_language() or "en")[:2])})


def against_dearer(*, price: Decimal, approved: Decimal) -> Iterator[Finding]:
    """E-EAF-75: an insurance costs no more than was approved for it."""
    if price > approved:
        words = {"price": f"{price:,.2f}", "approved": f"{approved:,.2f}"}
        told = _(
            "From that day it costs %(price)s baht, and %(approved)s are approved. Choose an earlier day, or cancel "
            "the insurance and ask anew."
        )
        yield error("E-EAF-75", START, told % words)


def can_take_card(state: str, *, is_replaced: bool = False) -> Verdict:
    """E-EAF-76: the card of what was ordered, and what stands on a card that came, read again.

    Not of what ran out once its line buys another one (`is_replaced`).
    """
    if is_replaced:
        return no("E-EAF-76", _("Another insurance was priced in place of this one. Cancel that one first."))
    if state in (PolicyState.ORDERED, *HAS_CARD):
        return YES
    return no("E-EAF-76", _("No card is expected: the insurance is not ordered, or it is over."))


def card_number(text: str) -> str:
    """A card number as it is compared: digits of one kind, capital letters, without spaces and strokes."""
    return re.sub(r"[\s\-–/.]", "", to_ascii_digits(clean_line(text))).upper()[:40]


def against_card(number: str, *, is_taken: bool) -> Iterator[Finding]:
    """E-EAF-78: a card has a number, and belongs to one child."""
    if not re.search(r"\d", number):
        yield error("E-EAF-78", "number", _("Write the number of the card as it stands on it."))
    elif is_taken:
        told = _("Another child has a card with this number. Compare it with the card, and ask the hospital.")
        yield error("E-EAF-78", "number", told)


@dataclass(frozen=True, kw_only=True)
class CardDays:
    """First and last day as they stand on a card, for an insurance of so many months."""

    first: date
    last: date
    months: int
    born: date | None


def against_days(card: CardDays, *, today: date | None) -> Iterator[Finding]:
    """E-EAF-77: a card holds from a day to a later one, is not over yet, and about as long as was ordered.

    Without `today` it may be over: what was written down wrongly is read again.
    """
    if card.born is not None and card.first < card.born:
        told = _("The child was born on %(day)s. Check the first day on the card.") % {"day": told_day(card.born)}
        yield error("E-EAF-77", "valid_from", told)
    if card.last < card.first:
        yield error("E-EAF-77", "valid_to", _("The last day is before the first one. Check both on the card."))
    elif today is not None and card.last < today:
        yield error("E-EAF-77", "valid_to", _("That card has run out. Check the year, or ask the hospital."))
    elif card.last > last_day(card.first, card.months) + SLACK:
        words = {"months": card.months}
        told = _("%(months)s months were ordered; this is longer. Check the dates on the card.") % words
        yield error("E-EAF-77", "valid_to", told)


def can_end(state: str, to: str) -> Verdict:
    """E-EAF-79: a hospital refuses what was ordered; what is priced, ordered or in force can be cancelled."""
    if to in POLICY_EDGES.get(PolicyState(state), ()) and to in ENDED_EARLY:
        return YES
    if to == PolicyState.REJECTED:
        return no("E-EAF-79", _("Only what was ordered and has no card yet is refused. Cancel the insurance instead."))
    return no("E-EAF-79", _("This insurance has ended already."))


def against_reason(reason: str) -> Iterator[Finding]:
    """E-EAF-80: whoever ends it says why."""
    if not says_why(reason):
        yield error("E-EAF-80", "reason", _("Say in a sentence why it ends."))


def told_day(on: date) -> str:
    """A day in the language of the page."""
    return short(on, (get_language() or "en")[:2])
