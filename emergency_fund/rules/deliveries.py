"""What stands against handing over and paying: E-EAF-15 to 19 (reference programmes 2.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.kernel import dates
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Finding, error, warning
from casework.people.states import FamilyRole
from emergency_fund.states import LineState, ReceiverProof, RequestState

ADULT_AT = 18
A_MOMENT = timedelta(minutes=15)
ALONE_AT = 15


PERHAPS_CHILD = (FamilyRole.CHILD, FamilyRole.SIBLING)
"""The roles in a family of which nobody can say without an age that they are adults."""


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """Who receives: their role, if they are of the family, how old, and whether somebody watched or it was sent."""

    role: str | None
    age: int | None
    has_witness: bool
    is_sent: bool
    """The bank sends it to an account of theirs: nobody hands it over."""


def may_be_offered(role: str, age: int | None) -> bool:
    """Whether somebody of the family stands among those who can receive: not a child under 15, or of no known age."""
    return role not in PERHAPS_CHILD if age is None else age >= ALONE_AT


def against_receiver(who: Receiver) -> Iterator[Finding]:
    """E-EAF-15: an adult of the family, or before a witness a child of 15 or older, or a parent whose age is unknown.

    Of a child or sibling whose age is not known nobody can say that they are old enough.
    """
    is_young = who.age is not None and who.age < ADULT_AT
    if who.role is None or not may_be_offered(who.role, who.age) or (is_young and not who.has_witness):
        told = _("Give it to an adult of the family, or to a child of 15 or older before a witness.")
        yield error("E-EAF-15", "received_by", told)
    elif who.age is None and not (who.has_witness or who.is_sent):
        told = _("Their age is not known. Write the name of a witness, or let their birth date be written down.")
        yield error("E-EAF-15", "witness", told)


def can_pay(state: str) -> Verdict:
    """E-EAF-26: only what is approved and not yet delivered, cancelled or expired."""
    if state not in (LineState.APPROVED, LineState.PARTLY):
        return no("E-EAF-26", _("This is not to be paid: it was not approved, or it is delivered or expired."))
    return YES


def can_hand_over(user_id: int, *, kept_out: frozenset[int]) -> Verdict:
    """E-EAF-16: who asked for it, worked on it or decided on it does not pay it out (safety.md §1, day.md 22)."""
    if user_id in kept_out:
        return no("E-EAF-16", _("You asked for this, worked on it or approved it. Somebody else hands it over."))
    return YES


def has_no_interest(*, is_related: bool, is_of_provider: bool) -> Verdict:
    """E-EAF-170 and 171: who declared to belong to the family, or to have to do with who is paid, leaves it."""
    if is_related:
        return no("E-EAF-170", _("You declared that you belong to this family. Somebody else pays and hands over."))
    if is_of_provider:
        return no("E-EAF-171", _("You declared that you have to do with who is paid here. Somebody else pays."))
    return YES


def against_amount(*, amount: Decimal, approved: Decimal, paid: Decimal) -> Iterator[Finding]:
    """E-EAF-17 and 19: no more than was approved and is not yet paid."""
    if amount <= 0:
        yield error("E-EAF-19", "amount", _("Write how much is handed over."))
    elif amount > approved - paid:
        words = {"left": f"{approved - paid:,.2f}"}
        code = "E-EAF-19" if paid else "E-EAF-17"
        yield error(code, "amount", _("Of this, %(left)s baht are still to be paid.") % words)


def against_day(*, on: date, today: date, approved_on: date | None, is_closed: bool) -> Iterator[Finding]:
    """E-EAF-220 to 222: paid or handed over up to today, since it was approved, in a month that finance has open."""
    if approved_on is not None and on < approved_on:
        told = _("It was approved on %(day)s. It cannot have been given before.")
        yield error("E-EAF-221", "on", told % {"day": _told(approved_on)})
    else:
        yield from _against_any_day(on, today, is_closed)


def against_day_back(*, on: date, today: date, given_on: date, is_closed: bool) -> Iterator[Finding]:
    """E-EAF-220, 222 and 229: it came back up to today, since the family had it, in a month that finance has open."""
    if on < given_on:
        told = _("The family had it on %(day)s. It cannot have come back before.")
        yield error("E-EAF-229", "on", told % {"day": _told(given_on)})
    else:
        yield from _against_any_day(on, today, is_closed)


def _against_any_day(on: date, today: date, is_closed: bool) -> Iterator[Finding]:
    if on > today:
        yield error("E-EAF-220", "on", _("This day is still to come. Write the true day, up to today."))
    elif is_closed:
        yield error("E-EAF-222", "on", _("Finance has closed this month. Write a day after it."))


def _told(on: date) -> str:
    return dates.short(on, (get_language() or "en")[:2])


def are_paid_together(
    *, lines: Collection[int], payees: Collection[str], requests: Collection[int]
) -> Iterator[Finding]:
    """E-EAF-219 and 261: things of one request stand on one receipt, each once, and all go to the same payee."""
    if len(set(lines)) < len(lines):
        yield error("E-EAF-261", "lines", _("One thing stands here twice. Name it once, with all that is paid of it."))
    if len(set(payees)) > 1 or len(set(requests)) > 1:
        yield error("E-EAF-219", "lines", _("These are not paid to the same. Pay them one by one."))


def paid_a_moment_ago(receipt: str) -> Iterator[Finding]:
    """W-11: the same part of the same thing was paid within minutes; perhaps it is sent twice."""
    if receipt:
        told = _("The same amount of this was paid a moment ago, see receipt %(receipt)s. Is this another payment?")
        yield warning("W-11", "amount", told % {"receipt": receipt})


def against_proof(*, proof: str, witness: str) -> Iterator[Finding]:
    """E-EAF-35: a thumb print and somebody who knows them need the witness’s name."""
    if proof in (ReceiverProof.THUMB_PRINT, ReceiverProof.WITNESS) and not witness.strip():
        yield error("E-EAF-35", "witness", _("Write the name of the witness."))


def is_same_payment(number: str, *, is_same: bool) -> Verdict:
    """E-EAF-18: one payment has one key; another amount under it would be a second payment."""
    if is_same:
        return YES
    told = _("Something of this was paid meanwhile, see receipt %(number)s. Look what is still to be paid, then go on.")
    return no("E-EAF-18", told % {"number": number})


def against_payee(*, payee: str, receipt: str, is_to_family: bool, proof: str) -> Iterator[Finding]:
    """E-EAF-192 to 194: money for a hospital or shop is proven by its receipt, whether it or the family gets it."""
    if not payee and not is_to_family:
        told = _("The request names nobody else who is paid. Choose who of the family receives it.")
        yield error("E-EAF-192", "received_by", told)
    if payee and not receipt.strip():
        wanted = _("Write the number of the receipt that %(payee)s gave.") % {"payee": payee}
        yield error("E-EAF-193", "provider_receipt", wanted)
    if is_to_family == (proof == ReceiverProof.THEIR_RECEIPT):
        told = _("Say how you know who it is. Another’s receipt alone proves no payment to the family.")
        yield error("E-EAF-194", "proof", told)


def is_same_return(*, is_same: bool) -> Verdict:
    """E-EAF-18: one return has one key; another amount under it would be a second return."""
    if is_same:
        return YES
    return no("E-EAF-18", _("Somebody wrote down meanwhile that something came back. Look at the receipt, then go on."))


def against_return(*, amount: Decimal, left: Decimal, reason: str) -> Iterator[Finding]:
    """E-EAF-32 and 33: no more comes back than was handed over, and somebody says why."""
    if not 0 < amount <= left:
        yield error("E-EAF-32", "amount", _("Up to %(left)s baht of this can come back.") % {"left": f"{left:,.2f}"})
    if not says_why(reason):
        yield error("E-EAF-33", "reason", _("Say in a sentence why it came back."))


@dataclass(frozen=True, kw_only=True)
class Again:
    """How a line and its request stand, whether help that came first was rejected, and whether its insurance goes on.

    What buys no insurance counts as insured.
    """

    line: str
    request: str
    is_rejected: bool
    is_insured: bool


def against_paying_again(again: Again) -> Iterator[Finding]:
    """E-EAF-195 to 197: what comes back is paid again while its request goes on, or was delivered and is not closed.

    Not what was rejected after it was helped first, until an appeal is granted; nor for an insurance that ended early.
    """
    is_going = again.request in (RequestState.APPROVED, RequestState.IN_DELIVERY, RequestState.DELIVERED)
    if not is_going or again.line not in (LineState.PARTLY, LineState.DELIVERED):
        told = _(
            "This request has ended, so nothing of it is paid again. Ask anew for the family if it still needs it."
        )
        yield error("E-EAF-195", "then", told)
    elif again.is_rejected:
        told = _("This was paid first and then rejected, so it is not paid again. The budget line has it back.")
        yield error("E-EAF-196", "then", told)
    elif not again.is_insured:
        told = _("This insurance was refused or cancelled, so it is not paid again. The budget line has it back.")
        yield error("E-EAF-197", "then", told)


def can_expire(expires_on: date | None, today: date) -> Verdict:
    """E-EAF-34: approved help expires after its last day."""
    if expires_on is None or today <= expires_on:
        told = _("There is still time to pay or fetch this. Take it back if the family no longer wants it.")
        return no("E-EAF-34", told)
    return YES
